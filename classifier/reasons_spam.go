package classifier

import (
	"fmt"
	"math"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// HiddenWords says in words how a block is hidden, strongest evidence first;
// nil if it is not.
func HiddenWords(h block.Hidden) []string {
	var out []string
	for _, one := range []struct {
		bit  block.Hidden
		word string
	}{
		{block.HiddenOffscreen, "placed off the screen"},
		{block.HiddenTiny, "too small to see"},
		{block.HiddenColor, "in the colour of its background"},
		{block.HiddenDisplay, "display: none"},
		{block.HiddenVisible, "visibility: hidden"},
		{block.HiddenOpacity, "opacity: 0"},
		{block.HiddenClip, "clipped to nothing"},
		{block.HiddenAttribute, "the hidden attribute"},
		{block.HiddenARIA, "aria-hidden"},
	} {
		if h&one.bit != 0 {
			out = append(out, one.word)
		}
	}
	if len(out) > 0 && h&block.HiddenStyleRule != 0 {
		out[len(out)-1] += " by a style sheet"
	}
	return out
}

// telling is the prior of what a reader can check at a glance: where links
// lead, and how a block is hidden. It comes first, whatever the model owed to it.
const telling = 5

// last is the prior of what says nothing of the block itself.
const last = -1000

// foreignLetters is the share of triples of letters that the page's prose knows
// of text in another language, at most.
const foreignLetters = 0.35

// spam says why block i is link spam.
func (x *explainer) spam(i int) []reason {
	var l reasonList
	b, f := &x.page.split.Blocks[i], x.page.feats.FactsOf(i)
	x.links(&l, i)
	x.offTopic(&l, i)
	x.list(&l, i)
	l.words(x, i, "words that spam uses")
	l.targets(x, i)
	l.hidden(b, telling)
	l.add(b.Origin == block.OriginAfterHTML, telling, "origin|position", "it stands behind the end of the page")
	after := f[feature.FactRunningAfter] == 0 && f[feature.FactRunningBefore] > 0
	l.add(after && b.Origin != block.OriginAfterHTML, 0.2, "running after|running before|words after|index end|position|first pass: after|first pass: until", "it stands after the page's running text")
	before := f[feature.FactRunningBefore] == 0 && f[feature.FactRunningAfter] > 0
	l.add(before, 0.1, "running after|running before|words before|index|position|first pass: before", "it stands before the page's running text")
	letters := f[feature.FactStretchLetters]
	l.add(letters >= 0 && letters < foreignLetters && f[feature.FactForeignScript] <= mostly, 0.4, "letters|stretch letters|known", "hardly the letters of the page's language")
	l.add(f[feature.FactForeignScript] > mostly, 0.4, "foreign script|non latin", "another script than that of the page")
	l.add(f[feature.FactUpperWords] > mostly && x.page.feats.WordsN[i] >= fewWords, 0, "upper words|upper|shapes", "%.0f %% of its words begin with a capital", f[feature.FactUpperWords]*100)
	x.neighbours(&l, i)
	return l
}

// links says where the links lead.
func (x *explainer) links(l *reasonList, i int) {
	const names = "links|link density|foreign links|foreign hosts|own links|targets|stretch foreign|stretch hosts|stretch root"
	b := &x.page.split.Blocks[i]
	if b.Links == 0 {
		return
	}
	links := x.page.feats.ForeignHosts(i)
	hosts := map[string]int{}
	most := ""
	for _, h := range links {
		if hosts[h]++; hosts[h] > hosts[most] {
			most = h
		}
	}
	not, none := "", ""
	if own, shared := x.subjectShare(i); own > 0 && shared == 0 && len(x.subject) > 0 {
		not, none = ", not on the page's subject", ", none on the page's subject"
	}
	switch {
	case len(links) == 1:
		l.add(true, 0.3, names, "a link to %s%s", links[0], not)
	case len(hosts) == 1 && len(links) > 1:
		l.add(true, telling, names, "%s, all to %s%s", count(len(links), "link"), most, none)
	case len(hosts) > 1:
		l.add(true, telling, names, "%s to %s%s", count(len(links), "link"), count(len(hosts), "host"), none)
	default:
		l.add(true, 0.1, names, "%s within the site", count(b.Links, "link"))
	}
}

// subjectShare counts the block's words that say something, and those of them
// that the body or the title use.
func (x *explainer) subjectShare(i int) (own, shared int) {
	if x.subject == nil {
		x.subject = x.page.feats.SubjectOf(func(i int) bool { return x.page.labels[i] == Body })
	}
	return x.subject.Share(x.page.feats, i)
}

// offTopic says how little a block has to do with the page.
func (x *explainer) offTopic(l *reasonList, i int) {
	const names = "elsewhere|in prose|in title|in description|known|words|outside|stretch outside|stretch prose"
	own, shared := x.subjectShare(i)
	switch {
	case len(x.subject) == 0 || own < fewWords:
	case shared == 0:
		l.add(true, 0.5, names, "none of its %d words stands in the main content or the title", own)
	case float64(shared) < 0.2*float64(own):
		l.add(true, 0.3, names, "only %d of its %d words stand in the main content or the title", shared, own)
	}
	word, n := x.page.feats.Repeated(i)
	l.add(n >= fewWords && len(word) < 40, 0.3, "words|phrases|shapes", "the word “%s” %d times in %.0f words", word, n, x.page.feats.WordsN[i])
}

// list says whether the block is a list, or one of its items.
func (x *explainer) list(l *reasonList, i int) {
	b, f := &x.page.split.Blocks[i], x.page.feats.FactsOf(i)
	items := strings.FieldsFunc(b.Text, func(r rune) bool { return strings.ContainsRune("|,;•·/\n–»、，｜", r) })
	words := float64(x.page.feats.WordsN[i])
	const names = "separators|marks|lines|ends|ends sentence|shapes|words|link density"
	l.add(len(items) >= fewWords && words/float64(len(items)) <= shortItem && f[feature.FactEnds] < 0.02, 0.4, names, "a list of %d short items, and no sentence", len(items))
	l.add(words <= 8 && x.alike(i) >= manyAlike, 0.3, "run|group|group words|group share|group density|first pass: group", "one of %d short blocks alike", x.alike(i))
}

// alike counts the blocks with the same place in the markup.
func (x *explainer) alike(i int) int {
	f := x.page.feats.FactsOf(i)
	return int(math.Round(math.Exp2(float64(f[feature.FactGroup])) - 1))
}

// neighbours says whether the blocks beside are spam too.
func (x *explainer) neighbours(l *reasonList, i int) {
	n := 0
	for k := max(0, i-3); k <= min(len(x.page.labels)-1, i+3); k++ {
		if k != i && x.page.labels[k] == LinkSpam {
			n++
		}
	}
	l.add(n > 0, last, "", "spam in %s beside it", plural(n, "block"))
}

// plural is a number with its noun, "one" for 1.
func plural(n int, noun string) string {
	if n == 1 {
		return "a " + noun
	}
	return count(n, noun)
}

// targets names the words in the links' addresses that speak loudest.
func (l *reasonList) targets(x *explainer, i int) {
	var found []string
	for _, s := range x.loudest(feature.Targets, i) {
		if s.odds >= loud && len(found) < 3 && strings.HasPrefix(s.text, "/") && len(s.text) < 40 {
			found = append(found, fmt.Sprintf("“%s”", strings.Trim(s.text, "/")))
		}
	}
	l.add(len(found) > 0, 0, "targets", "addresses with words that spam uses: %s", strings.Join(found, ", "))
}
