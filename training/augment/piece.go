package augment

import "slices"

// The shapes of what is put in.
const (
	ShapeList      = "list"      // keywords with a separator between them
	ShapeSentences = "sentences" // sentences that hold keywords
	ShapeProse     = "prose"     // a paragraph of keyword gibberish with two or three links
	ShapeComment   = "comment"   // one spun comment
	ShapeNames     = "names"     // comments whose writers are called by keywords
	ShapeSitemap   = "sitemap"   // a long column of search phrases
	ShapeTrackback = "trackback" // "[…] more about it at … […]"
	ShapeMenu      = "menu"      // a hard negative as links or words in a row or column
	ShapeSelect    = "select"    // a hard negative as a drop-down
	ShapeTeasers   = "teasers"   // a hard negative with a line of text to each entry
	ShapeNotice    = "notice"    // a hard negative that is a line or two of prose
)

var spamShapes = []string{
	ShapeList, ShapeList, ShapeList, ShapeList, ShapeSentences, ShapeSentences,
	ShapeProse, ShapeComment, ShapeNames, ShapeSitemap, ShapeTrackback,
}

// Shapes are all of them, for flags and reports; the last four are honest.
func Shapes() []string {
	return []string{
		ShapeList, ShapeSentences, ShapeProse, ShapeComment, ShapeNames, ShapeSitemap, ShapeTrackback,
		ShapeMenu, ShapeSelect, ShapeTeasers, ShapeNotice,
	}
}

// piece is what is put in, before it becomes markup or lines of text.
type piece struct {
	kind, language, shape string
	heading               string
	entries               []entry
	sep                   string // between the entries
	honest                bool
	foreign               bool // its links lead away
}

// entry is one item, sentence or comment.
type entry struct {
	author     run // of a comment
	date       string
	runs       []run
	hasComment bool
}

func (p piece) linked() bool {
	for _, e := range p.entries {
		if e.author.href != "" || slices.ContainsFunc(e.runs, func(r run) bool { return r.href != "" }) {
			return true
		}
	}
	return false
}
