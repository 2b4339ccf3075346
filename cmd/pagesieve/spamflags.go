package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/training/augment"
)

// spamFlags say what is put into pages. augment has them as they are, eval
// with a prefix.
type spamFlags struct {
	prefix                                    string
	lists                                     string
	kinds, languages, places, shapes, holdOut []string
	draw                                      augment.Draw
}

// add puts the flags into the command; the first of draws is the default.
func (f *spamFlags) add(c *cobra.Command, prefix string, draws ...augment.Draw) {
	f.prefix = prefix
	flags := c.Flags()
	flags.StringVar(&f.lists, prefix+"lists", "", "`DIR` of your own lists, in the form of training/augment/lists (default the embedded ones)")
	flags.StringSliceVar(&f.kinds, prefix+"kinds", nil, "kinds of spam and of honest look-alikes to put in, such as casino,blogroll (default all)")
	flags.StringSliceVar(&f.languages, prefix+"languages", nil, "languages of what is put in, such as de,tr (default all)")
	flags.StringSliceVar(&f.places, prefix+"places", nil, "places, such as footer,hidden,after_html (default all)")
	flags.StringSliceVar(&f.shapes, prefix+"shapes", nil, "shapes, such as list,comment,prose (default all)")
	flags.StringSliceVar(&f.holdOut, prefix+"hold-out", nil, "kinds and languages that are kept for measuring (default those that the lists name)")
	names := make([]string, len(draws))
	for i, d := range draws {
		names[i] = d.String()
	}
	addChoice(c, prefix+"draw", choice[augment.Draw]{&f.draw, names, draws},
		"what to draw from: what is not held out, what is, or all")
}

// options reads the lists and checks that they have what is asked for.
func (f *spamFlags) options() (augment.Options, error) {
	o := augment.Options{Kinds: f.kinds, Languages: f.languages, Places: f.places, Shapes: f.shapes, Draw: f.draw, HoldOut: f.holdOut, Lists: augment.Embedded()}
	if f.lists != "" {
		lists, err := augment.Load(os.DirFS(f.lists))
		if err != nil {
			return o, hint(fmt.Errorf("read lists in %s: %w", f.lists, err), "training/augment/README.md tells their form")
		}
		o.Lists = lists
	}
	spam, honest := o.Lists.Kinds()
	kinds, languages := slices.Concat(spam, honest), o.Lists.Languages()
	err := errors.Join(
		f.known("kinds", f.kinds, kinds),
		f.known("languages", f.languages, languages),
		f.known("places", f.places, augment.Places()),
		f.known("shapes", f.shapes, augment.Shapes()),
		f.known("hold-out", f.holdOut, slices.Concat(kinds, languages)),
	)
	if err == nil && !o.Possible() {
		err = usage(fmt.Errorf("no list is left to draw spam or look-alikes from: see --%sdraw, --%skinds, --%slanguages and --%shold-out", f.prefix, f.prefix, f.prefix, f.prefix))
	}
	return o, err
}

// known finds a name that the lists do not have.
func (f *spamFlags) known(flag string, names, have []string) error {
	for _, n := range names {
		if !slices.Contains(have, n) {
			return usage(fmt.Errorf("--%s%s: no %q: have %s", f.prefix, flag, n, strings.Join(have, ", ")))
		}
	}
	return nil
}
