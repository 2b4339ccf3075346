package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// choice is a flag that takes one of a few names, each for a value. The first
// name is the default where the flag is not given.
type choice[T comparable] struct {
	to     *T
	names  []string
	values []T
}

func (c choice[T]) String() string {
	if c.to == nil { // pflag asks a zero value for its default
		return ""
	}
	return c.names[max(0, slices.Index(c.values, *c.to))]
}

func (c choice[T]) Set(name string) error {
	i := slices.Index(c.names, name)
	if i < 0 {
		return fmt.Errorf("want one of %s", strings.Join(c.names, ", "))
	}
	*c.to = c.values[i]
	return nil
}

func (c choice[T]) Type() string { return strings.Join(c.names, "|") }

// addChoice puts the flag into the command, with completion of its names.
func addChoice[T comparable](c *cobra.Command, name string, flag choice[T], help string) {
	*flag.to = flag.values[0]
	c.Flags().Var(flag, name, help)
	c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(flag.names, cobra.ShellCompDirectiveNoFileComp))
}

// labelsFlag takes labels by name, with commas between them.
type labelsFlag struct{ to *[]classifier.Label }

var _ pflag.Value = labelsFlag{}

func (l labelsFlag) String() string {
	if l.to == nil {
		return ""
	}
	var names []string
	for _, label := range *l.to {
		names = append(names, label.String())
	}
	return strings.Join(names, ",")
}

func (l labelsFlag) Set(list string) error {
	*l.to = nil
	for name := range strings.SplitSeq(list, ",") {
		label, err := bayes.ParseLabel(strings.TrimSpace(name))
		if err != nil {
			return err
		}
		*l.to = append(*l.to, label)
	}
	return nil
}

func (l labelsFlag) Type() string { return "labels" }

// addPageFlags adds the flags that say what the clean text is.
func addPageFlags(c *cobra.Command, opts *classifier.Options) {
	addPreset(c, opts)
	c.Flags().BoolVar(&opts.WithTitle, "with-title", false, "put the headline into the clean text")
	c.Flags().BoolVar(&opts.WithCaptions, "with-captions", false, "put the pictures' captions into the clean text")
	c.Flags().Var(labelsFlag{&opts.Labels}, "labels", "labels that make up the clean text, such as body,comment (default body)")
}

// addSignals adds the flag that asks for measures of quality.
func addSignals(c *cobra.Command, opts *classifier.Options) {
	c.Flags().BoolVar(&opts.Signals, "signals", false, "measure the body as Gopher, C4 and FineWeb do")
}

// addPreset adds the flag that chooses between missing text and keeping too much.
func addPreset(c *cobra.Command, opts *classifier.Options) {
	addChoice(c, "preset", choice[classifier.Preset]{&opts.Preset, []string{"balanced", "precision", "recall"},
		[]classifier.Preset{classifier.Balanced, classifier.Precision, classifier.Recall}},
		"whether to rather miss some text or keep too much")
}
