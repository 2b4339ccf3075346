package training

import (
	"math/bits"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// minHosts is on how many sites a token must occur to be kept.
const minHosts = 3

// minLanguages is in how many languages of the spam that is put in a token must
// occur to be kept without them.
const minLanguages = 4

// counts are the token counts of all views and of the page kinds, for a set of
// pages. Counts of sets add up and subtract, which is what makes training out
// of fold cheap.
type counts struct {
	views [feature.NumViews]bayes.Counts
	kinds bayes.KindCounts
	pages [bayes.NumKinds]int
}

func newCounts() *counts {
	c := &counts{kinds: bayes.KindCounts{}}
	for v := range c.views {
		c.views[v] = bayes.Counts{}
	}
	return c
}

// columns are the columns of a view's counts that a block teaches.
func columns(known, guess Truth) (all, fine int) {
	all, fine = bayes.ColumnRest, -1
	switch known {
	case Unknown:
		return -1, -1
	case Truth(bayes.Body):
		return bayes.ColumnBody, -1
	}
	switch guess {
	case Truth(bayes.Navigation):
		fine = bayes.ColumnNavigation
	case Truth(bayes.CommentForm):
		fine = bayes.ColumnForm
	case Truth(bayes.Comment):
		fine = bayes.ColumnComment
	case Truth(bayes.LinkSpam):
		fine = bayes.ColumnSpam
	}
	return all, fine
}

// counted says whether an example's blocks teach a view: the words of a twin
// are those of its page and would count twice, and a flat twin's markup is
// made up.
func counted(e *Example, v feature.View) bool {
	return !e.Twin || e.Format == bayes.Text && (v == feature.Shapes || v == feature.Contexts)
}

func (c *counts) add(e *Example, vocabulary *vocabulary, balance balance) {
	muted := balance.muted(e)
	for v := range feature.View(feature.NumViews) {
		if !counted(e, v) {
			continue
		}
		view := c.views[v]
		for i, t := range e.Truth {
			all, fine := columns(t, e.Guess[i])
			if all < 0 {
				continue
			}
			if muted[i] && spoken(v) {
				if fine == bayes.ColumnSpam {
					continue
				}
				fine = -1
			}
			e.Features.EachToken(v, i, func(h uint64) {
				key := bayes.Key(h)
				if !vocabulary.views[v].kept(key) {
					return
				}
				view.Add(key, all, 1)
				if fine >= 0 {
					view.Add(key, fine, 1)
				}
			})
		}
	}
	if e.Kind < 0 || e.Twin {
		return
	}
	c.pages[e.Kind]++
	for _, h := range e.Features.Kind {
		if key := bayes.Key(h); vocabulary.kinds.kept(key) {
			c.kinds.Add(key, e.Kind)
		}
	}
}

// minus is the counts without those of a part.
func (c *counts) minus(part *counts) *counts {
	out := newCounts()
	for v := range c.views {
		for key, n := range c.views[v] {
			rest := *n
			if p := part.views[v][key]; p != nil {
				for k := range rest {
					rest[k] -= p[k]
				}
			}
			out.views[v][key] = &rest
		}
	}
	for key, n := range c.kinds {
		rest := *n
		if p := part.kinds[key]; p != nil {
			for k := range rest {
				rest[k] -= p[k]
			}
		}
		out.kinds[key] = &rest
	}
	for k := range c.pages {
		out.pages[k] = c.pages[k] - part.pages[k]
	}
	return out
}

// plus adds a part's counts.
func (c *counts) plus(part *counts) {
	for v := range c.views {
		for key, n := range part.views[v] {
			for k, x := range n {
				if x > 0 {
					c.views[v].Add(key, k, x)
				}
			}
		}
	}
	for key, n := range part.kinds {
		for k, x := range n {
			for range x {
				c.kinds.Add(key, k)
			}
		}
	}
	for k := range c.pages {
		c.pages[k] += part.pages[k]
	}
}

// spread counts on how many sites each token occurs.
type spread map[uint32]*siteCount

type siteCount struct {
	last, n   int32
	languages uint32 // a bit for each in which spam that was put in has it
	honest    bool   // a look-alike that was put in has it
}

func (s spread) at(key uint32) *siteCount {
	c := s[key]
	if c == nil {
		c = &siteCount{last: -1}
		s[key] = c
	}
	return c
}

func (s spread) see(key uint32, site int32) {
	c := s.at(key)
	if c.last != site {
		c.last = site
		c.n++
	}
}

func (s spread) kept(key uint32) bool {
	c := s[key]
	return c != nil && (c.n >= minHosts || !c.honest && bits.OnesCount32(c.languages) >= minLanguages)
}

// put counts the token of a block that was put in.
func (c *siteCount) put(e *Example, i int) {
	if e.Guess[i] == Truth(bayes.LinkSpam) {
		c.languages |= 1 << e.MadeUp[i]
	} else {
		c.honest = true
	}
}

// vocabulary is which tokens are kept.
type vocabulary struct {
	views [feature.NumViews]spread
	kinds spread
}

// newVocabulary reads all examples, which must be sorted by host. What stands
// only in pieces put in for training is not kept, as of a language that no real
// page is in every word would speak for spam; but what spam of several languages
// has in common, the names of drugs and brands, is.
func newVocabulary(examples []*Example) *vocabulary {
	v := &vocabulary{kinds: spread{}}
	for k := range v.views {
		v.views[k] = spread{}
	}
	site, host := int32(0), ""
	for _, e := range examples {
		if e.Host != host {
			site, host = site+1, e.Host
		}
		for view := range feature.View(feature.NumViews) {
			if !counted(e, view) {
				continue
			}
			for i, t := range e.Truth {
				switch {
				case e.madeUp(i):
					e.Features.EachToken(view, i, func(h uint64) { v.views[view].at(bayes.Key(h)).put(e, i) })
				case t != Unknown:
					e.Features.EachToken(view, i, func(h uint64) { v.views[view].see(bayes.Key(h), site) })
				}
			}
		}
		if e.Twin {
			continue
		}
		for _, h := range e.Features.Kind {
			v.kinds.see(bayes.Key(h), site)
		}
	}
	for k := range v.views {
		v.views[k].prune()
	}
	v.kinds.prune()
	return v
}

func (s spread) prune() {
	for key := range s {
		if !s.kept(key) {
			delete(s, key)
		}
	}
}
