package retrain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/pages"
	"github.com/pagesieve/pagesieve/training/store"
)

// source is what stored pages are called among the sources of a model.
const source = "stored"

// Stored is a labelled page as it is stored.
func Stored(p training.LabeledPage) (store.Page, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return store.Page{}, fmt.Errorf("%w %q: %w", training.ErrPage, p.ID, err)
	}
	page := store.Page{ID: p.ID, Data: data}
	return page, store.CheckPage(page)
}

// Labeled is the inverse of Stored.
func Labeled(p store.Page) (training.LabeledPage, error) {
	l, err := training.ParsePage(p.Data)
	l.ID, l.Source = p.ID, source
	return l, err
}

// Check says why a page cannot teach, if it cannot: an error that wraps
// training.ErrPage.
func Check(ctx context.Context, p training.LabeledPage) error {
	if p.MainText == nil && len(p.Spans) == 0 {
		return fmt.Errorf("%w %q: neither main_text nor spans", training.ErrPage, p.ID)
	}
	e, err := training.NewExample(ctx, p)
	if err != nil {
		return err
	}
	found := func(t training.Truth) bool { return t != training.Unknown }
	if len(p.Spans) == 0 && *p.MainText != "" {
		found = training.Truth.IsBody
	}
	if !slices.ContainsFunc(e.Truth, found) {
		return fmt.Errorf("%w %q: none of its labelled text is on the page", training.ErrPage, p.ID)
	}
	return nil
}

func digestOf(p store.Page) string {
	sum := sha256.Sum256(p.Data)
	return hex.EncodeToString(sum[:])
}

// basePages are those that the program brings along, but for any whose id is
// taken.
func basePages(taken map[string]bool) ([]training.LabeledPage, error) {
	all, err := pages.All()
	if err != nil {
		return nil, err
	}
	var out []training.LabeledPage
	for _, p := range all {
		if l := training.OwnPage(p); !taken[l.ID] {
			out = append(out, l)
		}
	}
	return out, nil
}

// load reads stored pages. Those that cannot be read are skipped, with why.
func load(stored []store.Page, withoutBase bool) (labeled []training.LabeledPage, digests map[string]string, skipped []string, err error) {
	digests, taken := map[string]string{}, map[string]bool{}
	for _, p := range stored {
		l, err := Labeled(p)
		if err != nil {
			skipped = append(skipped, err.Error())
			continue
		}
		digests[p.ID], taken[p.ID] = digestOf(p), true
		labeled = append(labeled, l)
	}
	if withoutBase {
		return labeled, digests, skipped, nil
	}
	base, err := basePages(taken)
	if err != nil {
		return nil, nil, nil, errors.Join(errors.New("read the base pages"), err)
	}
	return append(labeled, base...), digests, skipped, nil
}
