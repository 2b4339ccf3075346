package daemon

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"sync"

	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/dir"
)

// storeSettings are the flags about the store.
type storeSettings struct {
	path    string
	follow  bool
	workers int
}

func (s *storeSettings) add(f *flag.FlagSet) {
	f.StringVar(&s.path, "store", "", "`DIR` of labelled pages and versions of the model; turns TrainingService and ModelService on")
	f.BoolVar(&s.follow, "store-follow", false, "only follow the store: another server writes it, and this one takes its models")
	f.IntVar(&s.workers, "train-workers", 0, "cores to train on, `N`, in a process of its own at low priority; half of them where 0")
}

// addStore has the server answer with the store's active version, and adds the
// services. The function that it returns lets go of the store.
func (s *settings) addStore(ctx context.Context, o Options, c *classifier.Classifier, model []byte, config *server.Config) (func(), error) {
	if s.store.path == "" {
		return func() {}, nil
	}
	st, err := s.openStore(ctx, o)
	if err != nil {
		return nil, err
	}
	active, err := models.NewActive(ctx, st, c, config.Log)
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	ctx, cancel := context.WithCancel(ctx)
	var following sync.WaitGroup
	following.Go(func() { active.Follow(ctx, models.FollowEvery) })
	config.Classify = active.Classify
	config.Services = func(to grpc.ServiceRegistrar) {
		models.Register(to, active)
		if !s.store.follow {
			trainer.Register(to, trainer.Config{
				Store: st, Active: active, Workers: s.store.workers, BuiltIn: model, Run: trainer.Apart(config.Log),
			})
		}
	}
	return func() {
		cancel()
		following.Wait()
		active.Close()
		if err := st.Close(); err != nil {
			config.Log.Error("closing the store", "error", err)
		}
	}, nil
}

func (s *settings) openStore(ctx context.Context, o Options) (*store.Store, error) {
	open := o.Store
	if open == nil {
		open = openFolder
	}
	b, err := open(ctx, s.store.path, s.store.follow)
	if err != nil {
		return nil, &failure{fmt.Errorf("opening the store: %w", err), storeHint(err, s.store.follow), 1}
	}
	st, err := store.Open(ctx, b, store.Options{Follow: s.store.follow})
	if err != nil {
		return nil, &failure{err, storeHint(err, s.store.follow), 1}
	}
	return st, nil
}

func openFolder(_ context.Context, path string, readOnly bool) (store.Backend, error) {
	return dir.Open(path, dir.Options{ReadOnly: readOnly})
}

// storeHint is what to do about a store that cannot be opened.
func storeHint(err error, follow bool) string {
	switch {
	case errors.Is(err, store.ErrLocked):
		return "stop the other pagesieved, or only follow its store: --store-follow"
	case errors.Is(err, store.ErrNotFound) && follow:
		return "the server that writes the store makes it: start that one first, with --store"
	case errors.Is(err, store.ErrReadOnly):
		return "give this user the right to write there, or only follow the store: --store-follow"
	case errors.Is(err, store.ErrFull):
		return "free space there"
	case errors.Is(err, store.ErrDamaged):
		return "restore the file from a copy, or begin a new store in another folder"
	}
	return "--store wants a folder, which is made where there is none in the folder above"
}
