package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// remoteTraining are the flags of a training on a server.
type remoteTraining struct {
	server      string
	promote     bool
	folds       int32
	withoutBase bool
}

func (r *remoteTraining) add(c *cobra.Command) {
	c.Flags().StringVar(&r.server, "server", "", "have the pagesieved at this `ADDR` train on its stored pages")
	c.Flags().BoolVar(&r.promote, "promote-if-not-worse", false, "with --server: promote the new version if it is not worse than the active one on held-out pages")
	c.Flags().Int32Var(&r.folds, "folds", 0, "with --server: measure by this many held-out folds of sites, each of which costs a further training (default 3 with --promote-if-not-worse, else none)")
	c.Flags().BoolVar(&r.withoutBase, "without-base", false, "with --server: leave out the pages that the program brings along")
}

// check refuses flags that do not go together.
func (r *remoteTraining) check(c *cobra.Command) error {
	here, there := []string{"data", "out", "spam", "flat", "text"}, []string{"promote-if-not-worse", "folds", "without-base"}
	if r.server != "" {
		for _, name := range here {
			if c.Flags().Changed(name) {
				return usage(fmt.Errorf("--%s is for training here, and the server trains on the pages that it stores", name))
			}
		}
		return nil
	}
	for _, name := range there {
		if c.Flags().Changed(name) {
			return usage(fmt.Errorf("--%s goes with --server", name))
		}
	}
	return nil
}

func (r *remoteTraining) train(c *cobra.Command, name string, seed uint64, trees int) error {
	conn, err := connect(r.server)
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithCancel(c.Context())
	defer cancel()
	p := newProgress(c.ErrOrStderr())
	defer p.end()
	stream, err := pb.NewTrainingServiceClient(conn).Train(ctx, &pb.TrainRequest{
		Name: name, PromoteIfNotWorse: r.promote, Folds: r.folds, WithoutBase: r.withoutBase, Seed: seed, Trees: int32(trees),
	})
	for err == nil {
		var m *pb.TrainResponse
		m, err = stream.Recv()
		if m.GetResult() != nil {
			p.end()
			return r.tell(c, m.GetResult())
		}
		if g := m.GetProgress(); g != nil {
			left := -1.0
			if g.SecondsLeft != nil {
				left = g.GetSecondsLeft()
			}
			p.bar(printable(g.GetStage()), min(max(g.GetDone(), 0), 1), left)
		}
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the server ended the training without a result")
	}
	return failed("train", err)
}

func (r *remoteTraining) tell(c *cobra.Command, result *pb.TrainResult) error {
	out := c.OutOrStdout()
	v := result.GetVersion()
	for _, why := range result.GetSkipped() {
		fmt.Fprintf(c.ErrOrStderr(), "pagesieve: skipped: %s\n", printable(why))
	}
	fmt.Fprintf(out, "%s: trained on %d stored pages, %d bytes\n", printable(v.GetId()), v.GetPages(), v.GetBytes())
	if v.GetComparison() != nil {
		writeComparison(out, v.GetComparison())
	}
	switch {
	case result.GetPromoted():
		fmt.Fprintln(out, "promoted: it answers from now on")
	default:
		fmt.Fprintf(out, "kept as a candidate; promote it with: pagesieve models promote %s\n", printable(v.GetId()))
	}
	return nil
}

func writeComparison(w io.Writer, m *pb.Comparison) {
	verdict := "not worse"
	if !m.GetNotWorse() {
		verdict = "not promoted by itself"
	}
	fmt.Fprintf(w, "compared with %s on %d held-out pages of %d sites: %.3f against %.3f, difference %+.3f to %+.3f\n%s: %s\n",
		printable(m.GetActive()), m.GetPages(), m.GetSites(), m.GetCandidateScore(), m.GetActiveScore(), m.GetLow(), m.GetHigh(), verdict, printable(m.GetReason()))
}
