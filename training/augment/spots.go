package augment

import (
	"slices"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// The places. The first are for HTML, the last for plain text.
const (
	PlaceHeader       = "header"        // at the top, before the content
	PlaceArticle      = "article"       // between the main container's paragraphs
	PlaceAfterArticle = "after_article" // where the main container ends
	PlaceComment      = "comment"       // as one of the readers' comments
	PlaceSidebar      = "sidebar"
	PlaceHidden       = "hidden" // anywhere, where no reader sees it
	PlaceFooter       = "footer" // after the footer
	PlaceBodyEnd      = "body_end"
	PlaceAfterHTML    = "after_html"

	PlaceTextStart  = "text_start"
	PlaceTextMiddle = "text_middle" // between paragraphs
	PlaceTextEnd    = "text_end"
)

// Places are all of them, for flags and reports.
func Places() []string {
	return []string{
		PlaceHeader, PlaceArticle, PlaceAfterArticle, PlaceComment, PlaceSidebar, PlaceHidden, PlaceFooter,
		PlaceBodyEnd, PlaceAfterHTML, PlaceTextStart, PlaceTextMiddle, PlaceTextEnd,
	}
}

// spot is a byte offset between two tags, or between two lines of text.
type spot struct {
	place string
	at    int
	model string // start tag of the paragraph or comment before, to imitate; in text the gap between paragraphs
}

type spotsByPlace map[string][]spot

func (s spotsByPlace) empty() bool { return len(s) == 0 }

func (s spotsByPlace) add(place string, at int, model string) {
	s[place] = append(s[place], spot{place, at, model})
}

func (g *generator) findSpots(page string) spotsByPlace {
	if g.text {
		return textSpots(page)
	}
	return htmlSpots(page)
}

// wanted drops the places that the options leave out.
func (g *generator) wanted(spots spotsByPlace) spotsByPlace {
	for place := range spots {
		if len(g.opts.Places) > 0 && !slices.Contains(g.opts.Places, place) {
			delete(spots, place)
		}
	}
	return spots
}

// pickSpot draws a place, each alike, then one of its spots. Nothing honest
// is hidden, stands between comments or follows the page's end.
func (g *generator) pickSpot(spots spotsByPlace, label bayes.Label) (spot, bool) {
	var open []string
	for _, p := range Places() {
		honest := p != PlaceHidden && p != PlaceComment && p != PlaceAfterHTML
		if len(spots[p]) > 0 && (label == bayes.LinkSpam || honest) {
			open = append(open, p)
		}
	}
	if len(open) == 0 {
		return spot{}, false
	}
	return pick(g.rng, spots[pick(g.rng, open)]), true
}
