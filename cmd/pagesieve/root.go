package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

const rootLong = `pagesieve splits a web page into blocks and labels each one as body,
navigation, comment_form, comment or link_spam. From the labels it makes the
page's clean text and a judgement of the page.

Exit codes:
  0    all went well
  1    a page failed, or the run did; the others were still answered
  2    the command line was wrong
  3    audit found link spam
  130  stopped by Ctrl-C`

const rootExample = `  pagesieve score page.html
  pagesieve score --text https://example.com/
  pagesieve filter < pages.jsonl > answers.jsonl`

const completionExample = `  source <(pagesieve completion bash)
  pagesieve completion fish > ~/.config/fish/completions/pagesieve.fish`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:                "pagesieve",
		Short:              "Clean text and labelled blocks from web pages",
		Long:               rootLong,
		Example:            rootExample,
		SilenceErrors:      true, // report does both
		SilenceUsage:       true,
		DisableSuggestions: true,
		Args:               knownCommand,
		RunE:               func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(newScore(), newAudit(), newFilter(), newTrain(), newEval(), newAugment(), newModel(), newLabel(), newModels(), newVersion())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Example = completionExample
		}
	}
	return root
}

// knownCommand refuses words that are no command, and proposes one.
func knownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := usage(fmt.Errorf("unknown command %q", args[0]))
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return hint(err, "did you mean '%s %s'?", c.CommandPath(), near[0])
	}
	return err
}

// atLeastOne is for commands that take pages.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage(fmt.Errorf("no %s given", what))
		}
		return nil
	}
}

// noArgs is for commands that take none, and says what people may have meant.
func noArgs(instead string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		err := usage(fmt.Errorf("%s takes no argument, but was given %q", c.Name(), args[0]))
		if instead != "" {
			return hint(err, "%s", instead)
		}
		return err
	}
}
