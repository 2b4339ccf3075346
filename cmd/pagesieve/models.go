package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

const modelsLong = `models keeps the versions of the model of a pagesieved that has a store: which
there are, which one answers, and how they differ. A version is named by its
id, by any beginning of it that no other has, or as "active".`

const modelsExample = `  pagesieve models list
  pagesieve models diff trained-1a2b
  pagesieve models promote trained-1a2b
  pagesieve models rollback`

func newModels() *cobra.Command {
	m := &modelsCommand{}
	c := &cobra.Command{
		Use: "models", Short: "Keep the versions of a server's model", Long: modelsLong, Example: modelsExample,
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	addServer(c, &m.server)
	c.AddCommand(
		m.command("list", "List all versions", cobra.NoArgs, m.list),
		m.command("show VERSION", "Tell all that is known of a version", cobra.ExactArgs(1), m.show),
		m.newDiff(),
		m.changing("promote VERSION", "Make a version the one that answers", cobra.ExactArgs(1), m.promote),
		m.changing("rollback", "Go back to the version that answered before", cobra.NoArgs, m.rollback),
		m.newExport(),
		m.command("import FILE", "Take a model file in as a version that is not active", cobra.ExactArgs(1), m.load),
		m.changing("rm VERSION", "Delete a version that is not active", cobra.ExactArgs(1), m.rm),
		m.newShadow(),
	)
	return c
}

// modelsCommand holds the flags of all its commands.
type modelsCommand struct {
	server string
	yes    bool
	pb.ModelServiceClient
}

// command is one of them, with a connection while it runs.
func (m *modelsCommand) command(use, short string, args cobra.PositionalArgs, run func(*cobra.Command, []string) error) *cobra.Command {
	name, argument, _ := strings.Cut(use, " ")
	example := "  pagesieve models " + name
	switch argument {
	case "VERSION", "[FROM] TO":
		example += " trained-1a2b"
	case "FILE":
		example += " mine.model"
	}
	return &cobra.Command{
		Use: use, Short: short, Example: example,
		Args: func(c *cobra.Command, given []string) error {
			if err := args(c, given); err != nil {
				return usage(err)
			}
			return nil
		},
		RunE: running(func(c *cobra.Command, args []string) error {
			conn, err := connect(m.server)
			if err != nil {
				return err
			}
			defer conn.Close()
			m.ModelServiceClient = pb.NewModelServiceClient(conn)
			return run(c, args)
		}),
	}
}

// changing is a command that asks before it changes something.
func (m *modelsCommand) changing(use, short string, args cobra.PositionalArgs, run func(*cobra.Command, []string) error) *cobra.Command {
	c := m.command(use, short, args, run)
	addYes(c, &m.yes)
	return c
}

func (m *modelsCommand) list(c *cobra.Command, _ []string) error {
	all, err := m.ListVersions(c.Context(), &pb.ListVersionsRequest{})
	if err != nil {
		return failed("list versions", err)
	}
	t := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "version\tstored\tpages\tagainst the active one\t")
	for _, v := range all.GetVersions() {
		stored := "-"
		if !v.GetBuiltIn() {
			stored = v.GetCreateTime().AsTime().Format("2006-01-02 15:04")
		}
		against := "-"
		if cmp := v.GetComparison(); cmp != nil {
			against = fmt.Sprintf("%+.3f to %+.3f", cmp.GetLow(), cmp.GetHigh())
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\n", printable(v.GetId()), stored, v.GetPages(), against, standing(v))
	}
	return t.Flush()
}

// standing is what a version is, in words.
func standing(v *pb.Version) string {
	var is []string
	for _, s := range []struct {
		so   bool
		name string
	}{{v.GetActive(), "active"}, {v.GetBuiltIn(), "built in"}, {v.GetImported(), "imported"}} {
		if s.so {
			is = append(is, s.name)
		}
	}
	return strings.Join(is, ", ")
}

func (m *modelsCommand) show(c *cobra.Command, args []string) error {
	got, err := m.GetVersion(c.Context(), &pb.GetVersionRequest{Version: args[0]})
	if err != nil {
		return failed("show version", err)
	}
	out, v := c.OutOrStdout(), got.GetVersion()
	fmt.Fprintf(out, "version %s\n", printable(v.GetId()))
	if s := standing(v); s != "" {
		fmt.Fprintf(out, "it is %s\n", s)
	}
	if !v.GetBuiltIn() {
		fmt.Fprintf(out, "sha256 %s, %d bytes\nstored %s\n", v.GetSha256(), v.GetBytes(), v.GetCreateTime().AsTime().Format("2006-01-02 15:04:05"))
	}
	if v.GetPages() > 0 {
		fmt.Fprintf(out, "trained on %d stored pages, digest %.12s\n", v.GetPages(), v.GetPagesDigest())
	}
	for _, p := range v.GetParents() {
		fmt.Fprintf(out, "parent %s\n", printable(p))
	}
	if v.GetComparison() != nil {
		writeComparison(out, v.GetComparison())
	}
	for _, n := range v.GetNotes() {
		fmt.Fprintln(out, printable(n))
	}
	return writeVersionReport(out, v.GetReport())
}

func writeVersionReport(w io.Writer, r *pb.Report) error {
	if r == nil {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\nmeasured out of fold on %d pages, %d failed, %d blocks accused of spam\n", r.GetPages(), len(r.GetFailed()), r.GetAccused())
	fmt.Fprintln(t, "clean text by words\tpages\tF1\t±\tprecision\trecall")
	for _, g := range r.GetGroups() {
		fmt.Fprintf(t, "%s\t%d\t%.4f\t%.4f\t%.3f\t%.3f\n", printable(g.GetGroup()), g.GetPages(), g.GetF1(), g.GetF1Deviation(), g.GetPrecision(), g.GetRecall())
	}
	fmt.Fprintln(t, "labels by words\tlabel\tprecision\trecall\tF1")
	for _, l := range r.GetLabels() {
		fmt.Fprintf(t, "%s\t%s\t%.3f\t%.3f\t%.3f\n", printable(l.GetGroup()), printable(l.GetLabel()), l.GetPrecision(), l.GetRecall(), l.GetF1())
	}
	return t.Flush()
}
