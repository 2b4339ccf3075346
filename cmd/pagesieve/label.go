package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
)

const labelLong = `label keeps the labelled pages of a pagesieved that has a store, on which
'pagesieve train --server' trains.`

const labelExample = `  pagesieve label add mine.jsonl
  pagesieve label list
  pagesieve label rm blog.example/2019/05`

func newLabel() *cobra.Command {
	var server string
	c := &cobra.Command{
		Use: "label", Short: "Keep labelled pages on a server", Long: labelLong, Example: labelExample,
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	addServer(c, &server)
	c.AddCommand(newLabelAdd(&server), newLabelList(&server), newLabelRm(&server))
	return c
}

func newLabelAdd(server *string) *cobra.Command {
	return &cobra.Command{
		Use:   "add FILE...",
		Short: "Store labelled pages",
		Long: `add stores the labelled pages of files of JSON Lines (.jsonl, also .gz, .xz,
.zst) or of folders of such. A page takes the place of one with the same id.
What is counted is safely stored. A page that is rejected is named, with why,
and the others go on.`,
		Example: "  pagesieve label add mine.jsonl\n  pagesieve label add pages/ --server host:8420",
		Args:    atLeastOne("file of labelled pages"),
		RunE:    running(func(c *cobra.Command, files []string) error { return labelAdd(c, *server, files) }),
	}
}

func labelAdd(c *cobra.Command, server string, files []string) error {
	conn, err := connect(server)
	if err != nil {
		return err
	}
	defer conn.Close()
	group, ctx := errgroup.WithContext(c.Context())
	stream, err := pb.NewTrainingServiceClient(conn).AddPages(ctx)
	if err != nil {
		return failed("add pages", err)
	}
	a := &adding{c: c, progress: newProgress(c.ErrOrStderr()), unreadable: make(chan error)}
	group.Go(func() error { return a.send(ctx, stream, files) })
	group.Go(func() error { return a.receive(ctx, stream) })
	err = group.Wait()
	a.progress.end()
	fmt.Fprintf(c.OutOrStdout(), "%d added, %d replaced, %d unchanged, %d rejected\n",
		a.changes[pb.PageChange_PAGE_CHANGE_ADDED], a.changes[pb.PageChange_PAGE_CHANGE_REPLACED], a.changes[pb.PageChange_PAGE_CHANGE_UNCHANGED], a.rejected)
	if err == nil && a.rejected > 0 {
		return pagesFailed{a.rejected, a.answered + a.rejected}
	}
	return err
}

// adding is a run of label add. Only receive changes its counts.
type adding struct {
	c          *cobra.Command
	progress   *progress
	unreadable chan error // pages that were not sent; closed at the end
	changes    [4]int
	answered   int
	rejected   int
}

type addStream = grpc.BidiStreamingClient[pb.AddPagesRequest, pb.AddPagesResponse]

// send sends all pages of the files.
func (a *adding) send(ctx context.Context, stream addStream, files []string) error {
	defer close(a.unreadable)
	for _, file := range files {
		for p, err := range training.Read(file) {
			var m *pb.LabeledPage
			if err == nil {
				m, err = wire.LabeledPage(p)
			}
			if errors.Is(err, training.ErrPage) {
				select {
				case a.unreadable <- err:
					continue
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			if err != nil {
				return err
			}
			if stream.Send(&pb.AddPagesRequest{Page: m}) != nil {
				return nil // receive gets to know why
			}
		}
	}
	return stream.CloseSend()
}

// receive counts what came of the pages.
func (a *adding) receive(ctx context.Context, stream addStream) error {
	answers := make(chan *pb.AddPagesResponse)
	var end error
	go func() {
		defer close(answers)
		for {
			m, err := stream.Recv()
			if err != nil {
				end = err
				return
			}
			select {
			case answers <- m:
			case <-ctx.Done():
				end = ctx.Err()
				return
			}
		}
	}()
	unreadable := a.unreadable
	for {
		select {
		case err, more := <-unreadable:
			if !more {
				unreadable = nil
				continue
			}
			a.reject(err.Error())
		case m, more := <-answers:
			if !more {
				if errors.Is(end, io.EOF) {
					return nil
				}
				return failed("add pages", end)
			}
			a.answer(m)
		}
	}
}

func (a *adding) answer(m *pb.AddPagesResponse) {
	if m.GetError() != nil {
		a.reject(fmt.Sprintf("%s: %s", m.GetId(), m.GetError().GetMessage()))
		return
	}
	a.answered++
	if change := int(m.GetChange()); change < len(a.changes) && change >= 0 {
		a.changes[change]++
	}
	a.progress.line(func() string { return fmt.Sprintf("%d pages stored", a.answered) })
}

func (a *adding) reject(why string) {
	a.rejected++
	a.progress.end()
	fmt.Fprintf(a.c.ErrOrStderr(), "pagesieve: rejected: %s\n", printable(why))
}

func newLabelList(server *string) *cobra.Command {
	var ids bool
	c := &cobra.Command{
		Use: "list", Short: "List the stored pages",
		Example: "  pagesieve label list\n  pagesieve label list --ids | grep ^blog | xargs pagesieve label rm --yes",
		Args:    noArgs(""),
		RunE:    running(func(c *cobra.Command, _ []string) error { return labelList(c, *server, ids) }),
	}
	c.Flags().BoolVar(&ids, "ids", false, "write the ids alone, one a line")
	return c
}

func labelList(c *cobra.Command, server string, ids bool) error {
	conn, err := connect(server)
	if err != nil {
		return err
	}
	defer conn.Close()
	t := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	if !ids {
		fmt.Fprintln(t, "page\tbytes\tstored\tdigest")
	}
	req := &pb.ListPagesRequest{PageSize: 1000}
	for {
		list, err := pb.NewTrainingServiceClient(conn).ListPages(c.Context(), req)
		if err != nil {
			return failed("list pages", err)
		}
		for _, p := range list.GetPages() {
			if ids {
				fmt.Fprintln(t, printable(p.GetId()))
				continue
			}
			fmt.Fprintf(t, "%s\t%d\t%s\t%.12s\n", printable(p.GetId()), p.GetBytes(), p.GetUpdateTime().AsTime().Format("2006-01-02 15:04"), p.GetDigest())
		}
		if req.PageToken = list.GetNextPageToken(); req.PageToken == "" {
			if !ids {
				fmt.Fprintf(t, "%d pages\n", list.GetTotalSize())
			}
			return t.Flush()
		}
	}
}

func newLabelRm(server *string) *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "rm ID...",
		Short: "Forget stored pages",
		Long: `rm deletes pages and their text from the server's store. The next model that
is trained is the one that would be there had the pages never been. Versions
that were trained on them keep what they counted until they are deleted.`,
		Example: "  pagesieve label rm blog.example/2019/05\n  pagesieve label rm --yes a b c",
		Args:    atLeastOne("page id"),
		RunE:    running(func(c *cobra.Command, ids []string) error { return labelRm(c, *server, ids, yes) }),
	}
	addYes(c, &yes)
	return c
}

func addYes(c *cobra.Command, yes *bool) {
	c.Flags().BoolVarP(yes, "yes", "y", false, "do not ask")
}

func labelRm(c *cobra.Command, server string, ids []string, yes bool) error {
	conn, err := connect(server)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := confirm(c, yes, fmt.Sprintf("forget %d of the labelled pages for good?", len(ids))); err != nil {
		return err
	}
	gone := 0
	for rest := ids; len(rest) > 0; {
		n := min(len(rest), 1000)
		out, err := pb.NewTrainingServiceClient(conn).DeletePages(c.Context(), &pb.DeletePagesRequest{Ids: rest[:n]})
		if err != nil {
			return failed("delete pages", err)
		}
		gone, rest = gone+len(out.GetIds()), rest[n:]
	}
	fmt.Fprintf(c.OutOrStdout(), "%d pages forgotten\n", gone)
	if gone < len(ids) {
		return hint(fmt.Errorf("%d of the ids name no stored page", len(ids)-gone), "list them: pagesieve label list")
	}
	return nil
}
