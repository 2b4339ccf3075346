package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func (m *modelsCommand) newDiff() *cobra.Command {
	most := int32(20)
	c := m.command("diff [FROM] TO", "Show which blocks of the stored pages two versions label differently", cobra.RangeArgs(1, 2),
		func(c *cobra.Command, args []string) error {
			if most < 1 {
				return usage(fmt.Errorf("--max %d: want 1 or more", most))
			}
			return m.diff(c, args, most)
		})
	c.Flags().Int32Var(&most, "max", most, "most blocks to show; all are counted")
	return c
}

func (m *modelsCommand) diff(c *cobra.Command, args []string, most int32) error {
	req := &pb.DiffVersionsRequest{To: args[len(args)-1], MaxChanges: most}
	if len(args) == 2 {
		req.From = args[0]
	}
	stream, err := m.DiffVersions(c.Context(), req)
	if err != nil {
		return failed("compare versions", err)
	}
	out := c.OutOrStdout()
	for {
		got, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return failed("compare versions", errors.New("the server ended without a summary"))
		}
		if err != nil {
			return failed("compare versions", err)
		}
		if s := got.GetSummary(); s != nil {
			writeSummary(out, s)
			return nil
		}
		writeChange(out, got.GetChange())
	}
}

func writeChange(w io.Writer, d *pb.LabelChange) {
	if d.GetPageId() != "" {
		fmt.Fprintf(w, "%s: ", printable(d.GetPageId()))
	}
	fmt.Fprintf(w, "bytes %d to %d: %s %.2f, then %s %.2f\n  %s\n", d.GetStart(), d.GetEnd(),
		labelName(d.GetFrom()), d.GetFromProbability(), labelName(d.GetTo()), d.GetToProbability(), shorten(printable(d.GetText()), defaultWidth))
}

func labelName(l pb.Label) string { return strings.ToLower(strings.TrimPrefix(l.String(), "LABEL_")) }

func writeSummary(w io.Writer, s *pb.DiffSummary) {
	fmt.Fprintf(w, "%s and %s: %d of %d pages differ, %d blocks in all", printable(s.GetFrom()), printable(s.GetTo()), s.GetChangedPages(), s.GetPages(), s.GetBlocks())
	if s.GetFailed() > 0 {
		fmt.Fprintf(w, ", %d pages failed", s.GetFailed())
	}
	fmt.Fprintln(w)
	writeCounts(w, s.GetChanges())
}

func writeCounts(w io.Writer, counts []*pb.LabelCount) {
	for _, n := range counts {
		fmt.Fprintf(w, "  %6d blocks: %s, then %s\n", n.GetBlocks(), labelName(n.GetFrom()), labelName(n.GetTo()))
	}
}

func (m *modelsCommand) newShadow() *cobra.Command {
	share, off := 0.1, false
	c := m.command("shadow [VERSION]", "Have a version classify beside the active one, or see what it said", cobra.MaximumNArgs(1),
		func(c *cobra.Command, args []string) error {
			if off || len(args) > 0 {
				return m.setShadow(c, args, share, off)
			}
			return m.shadow(c)
		})
	c.Flags().Float64Var(&share, "share", share, "share of the pages that the version gets to see, above 0 and at most 1")
	c.Flags().BoolVar(&off, "off", false, "end it")
	c.Example = "  pagesieve models shadow trained-1a2b --share 0.2\n  pagesieve models shadow\n  pagesieve models shadow --off"
	return c
}

func (m *modelsCommand) setShadow(c *cobra.Command, args []string, share float64, off bool) error {
	req := &pb.SetShadowRequest{}
	if off && len(args) > 0 {
		return usage(errors.New("--off takes no version"))
	}
	if !off {
		req = &pb.SetShadowRequest{Version: args[0], Share: share}
	}
	set, err := m.SetShadow(c.Context(), req)
	if err != nil {
		return failed("set the shadow", err)
	}
	if off {
		fmt.Fprintln(c.OutOrStdout(), "no version is in the shadow")
		return nil
	}
	fmt.Fprintf(c.OutOrStdout(), "%s sees %.0f %% of the pages; see what it says with: pagesieve models shadow\n", printable(set.GetVersion()), 100*share)
	return nil
}

func (m *modelsCommand) shadow(c *cobra.Command) error {
	s, err := m.GetShadow(c.Context(), &pb.GetShadowRequest{})
	if err != nil {
		return failed("look at the shadow", err)
	}
	out := c.OutOrStdout()
	if s.GetVersion() == "" {
		fmt.Fprintln(out, "no version is in the shadow")
		return nil
	}
	for _, d := range s.GetSamples() {
		writeChange(out, d)
	}
	fmt.Fprintf(out, "%s beside %s: %d of %d pages differ, %d in their verdict, %d blocks in all\n", printable(s.GetVersion()), printable(s.GetActive()),
		s.GetChangedPages(), s.GetPages(), s.GetChangedVerdicts(), s.GetBlocks())
	writeCounts(out, s.GetChanges())
	fmt.Fprintf(out, "%d pages left out, %d failed, %v a page\n", s.GetDropped(), s.GetFailed(), s.GetMeanTime().AsDuration().Round(10*time.Microsecond))
	return nil
}
