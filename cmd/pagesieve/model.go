package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newModel() *cobra.Command {
	c := &cobra.Command{
		Use:   "model",
		Short: "Look at model files",
		Args:  knownCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:     "info [FILE]",
		Short:   "Tell what a model file holds and where it comes from",
		Long:    "info tells a model file's name, digest, size and provenance; without FILE\nthose of the embedded model.",
		Example: "  pagesieve model info\n  pagesieve model info mine.model",
		Args:    cobra.MaximumNArgs(1),
		RunE:    running(modelInfo),
	})
	return c
}

func modelInfo(c *cobra.Command, args []string) error {
	name := ""
	if len(args) > 0 {
		name = args[0]
	}
	m, err := openModel(name)
	if err != nil {
		return err
	}
	out := c.OutOrStdout()
	info := m.ModelInfo()
	fmt.Fprintf(out, "model %s\nsha256 %s\ninputs %s\n", m.ModelVersion(), info.Digest, info.Schema)
	for _, v := range info.Views {
		fmt.Fprintf(out, "view %s: %d tokens\n", v.Name, v.Tokens)
	}
	fmt.Fprintf(out, "page kinds: %d tokens\ntrees: %d\n", info.KindTokens, info.Trees)
	for _, n := range info.Notes {
		fmt.Fprintln(out, printable(n))
	}
	return nil
}
