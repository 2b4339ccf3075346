package classifier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// maxReasons is how many reasons in words a block is given.
const maxReasons = 5

// reason is something that is true of a block, in words, and the views and
// facts that it puts into words.
type reason struct {
	text  string
	names []string
	prior float64 // orders reasons that the model owes nothing to
}

// reasons say in words why block i has its label. Each is true of the block by
// itself, and they come in the order of what the model owed to the views and
// facts behind them. evidence(i) must have been called just before.
func (x *explainer) reasons(i int) []string {
	var all []reason
	switch x.page.labels[i] {
	case LinkSpam:
		all = x.spam(i)
	case Navigation:
		all = x.navigation(i)
	case Comment:
		all = x.comment(i)
	case CommentForm:
		all = x.form(i)
	default:
		all = x.body(i)
	}
	owed := x.owed()
	weight := func(r reason) float64 {
		w := r.prior
		for _, name := range r.names {
			w += max(0, owed[name])
		}
		return w
	}
	slices.SortStableFunc(all, func(a, b reason) int { return cmp.Compare(weight(b), weight(a)) })
	out := make([]string, 0, maxReasons)
	for _, r := range all[:min(len(all), maxReasons)] {
		out = append(out, r.text)
	}
	return out
}

// owed is what each view and fact moved the score by.
func (x *explainer) owed() map[string]float64 {
	sums := map[string]float64{}
	for k, v := range x.moved {
		if v != 0 {
			sums[feature.InputName(k)] += float64(v)
		}
	}
	return sums
}

// reasonList gathers reasons.
type reasonList []reason

func (l *reasonList) add(ok bool, prior float64, names, format string, args ...any) {
	if ok {
		*l = append(*l, reason{fmt.Sprintf(format, args...), strings.Split(names, "|"), prior})
	}
}

// Bounds from which on something is worth a word.
const (
	loud      = 0.7 // log-odds of a word
	mostly    = 0.6 // share
	shortItem = 4.0 // words
	manyAlike = 5   // blocks
	fewWords  = 5
)

func (x *explainer) navigation(i int) []reason {
	var l reasonList
	b, f := &x.page.split.Blocks[i], x.page.feats.FactsOf(i)
	words := x.page.feats.WordsN[i]
	l.add(f[feature.FactLinkDensity] >= mostly, 0.3, "link density|links|targets", "%s, and hardly a word outside of them", count(b.Links, "link"))
	l.place(f)
	l.add(f[feature.FactGroup] >= 2.5, 0.2, "group|group words|group density|group share|run|near names|paths", "one of many blocks alike")
	l.add(words < fewWords && f[feature.FactEndsSentence] == 0, 0.1, "words|runes|ends sentence|shapes|marks", "%s, and no sentence", count(int(words+0.5), "word"))
	l.add(b.Control != (block.Controls{}), 0.2, "controls|in form|form fields", "a form's field or button")
	l.hidden(b, 0.4)
	return l
}

func (x *explainer) body(i int) []reason {
	var l reasonList
	b, f := &x.page.split.Blocks[i], x.page.feats.FactsOf(i)
	words := x.page.feats.WordsN[i]
	l.add(x.page.roles[i] == block.RoleTitle, 1, "in title|covers title|from headline", "the page's title says the same")
	l.add(words >= 10 && f[feature.FactEnds] > 0, 0.3, "words|runes|marks|ends|ends sentence|shapes", "running text of %s", count(int(words+0.5), "word"))
	l.add(f[feature.FactInBest] > 0, 0.3, "in best|best share|best distance|best meet|first pass: in core", "it stands where most of the page's running text does")
	l.add(f[feature.FactInArticle] > 0, 0.1, "in article|ancestors", "it stands in an <article>")
	l.add(f[feature.FactNear3] > 5, 0.1, "near 3|near 8|first pass: near 3|first pass: near 8|first pass: prev|first pass: next", "running text before and after it")
	l.add(b.Links == 0 && words >= 10, 0.1, "link density|links", "no links")
	return l
}

func (x *explainer) comment(i int) []reason {
	var l reasonList
	name := x.ancestorNamed(i, "comment", "kommentar", "commentaire", "comentario", "respon", "repl")
	l.add(name != "", 0.5, "near names|far names|ancestors|paths", "it stands in an element named “%s”", name)
	f := x.page.feats.FactsOf(i)
	l.add(f[feature.FactRunningBefore] > mostly, 0.2, "running before|running after|words before|position|first pass: before", "it stands after most of the page's running text")
	l.add(f[feature.FactGroup] >= 2, 0.2, "group|run|group running|first pass: group comment|first pass: parent comment|first pass: grand comment", "one of several blocks alike")
	l.words(x, i, "words that comments use")
	return l
}

func (x *explainer) form(i int) []reason {
	var l reasonList
	b := &x.page.split.Blocks[i]
	f := x.page.feats.FactsOf(i)
	l.add(b.Form >= 0 && f[feature.FactFormText] > 0, 0.6, "in form|form text|form fields|controls", "it stands in a form with a box for text")
	name := x.ancestorNamed(i, "respond", "comment", "reply", "kommentar")
	l.add(name != "", 0.4, "near names|far names|ancestors|paths", "it stands in an element named “%s”", name)
	l.words(x, i, "words that comment forms use")
	return l
}

// place says in which part of the page a block stands.
func (l *reasonList) place(f []float32) {
	l.add(f[feature.FactInNav] > 0, 0.2, "in nav|ancestors", "it stands in a menu")
	l.add(f[feature.FactInFooter] > 0, 0.2, "in footer|ancestors", "it stands in the page's footer")
	l.add(f[feature.FactInAside] > 0, 0.2, "in aside|ancestors", "it stands in an aside")
	l.add(f[feature.FactInHeader] > 0 && f[feature.FactInArticle] == 0, 0.2, "in header|ancestors", "it stands in the page's header")
}

// hidden says how a block is hidden.
func (l *reasonList) hidden(b *block.Block, prior float64) {
	why := HiddenWords(b.Hidden)
	l.add(len(why) > 0, prior, "hidden", "hidden from readers: %s", strings.Join(why, ", "))
}

// words names the words that speak loudest for the label.
func (l *reasonList) words(x *explainer, i int, what string) {
	var found []string
	for _, s := range x.loudest(feature.Words, i) {
		word := "“" + strings.ToLower(s.text) + "”"
		if s.odds >= loud && len(found) < 3 && len(s.text) > 2 && len(s.text) < 40 && !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	l.add(len(found) > 0, 0, "words|phrases|known", "%s: %s", what, strings.Join(found, ", "))
}

// maxNamed is how many elements around a block are asked for their names.
const maxNamed = 8

// ancestorNamed is the class or id around block i that has one of the parts
// in it.
func (x *explainer) ancestorNamed(i int, parts ...string) string {
	els := x.page.split.Elements
	for e, step := x.page.split.Blocks[i].Element, 0; e >= 0 && step < maxNamed; e, step = els[e].Parent, step+1 {
		for name := range strings.FieldsSeq(els[e].ID + " " + els[e].Class) {
			for _, part := range parts {
				if len(name) < 60 && strings.Contains(strings.ToLower(name), part) {
					return name
				}
			}
		}
	}
	return ""
}
