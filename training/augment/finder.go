package augment

import (
	"strings"

	"golang.org/x/net/html"
)

// holder is an open element and what paragraphs stand right in it.
type holder struct {
	tag        string
	start      string // start tag as written
	comment    bool   // looks like one reader's comment
	sidebar    bool
	footer     bool
	text       int // bytes in its own paragraphs
	paragraphs []spot
}

// finder walks the tokens once. It looks at most maxPop elements up for the
// one that an end tag closes, so that no nesting makes it slow.
type finder struct {
	spots   spotsByPlace
	open    []holder // the first stands for the document
	best    holder
	bestEnd int
	inP     int // bytes of text since the last <p>, -1 outside one
	pTag    string
	safeEnd int // the last offset outside of scripts, comments and tags
}

const maxPop = 64

// htmlSpots finds the spots of a page.
func htmlSpots(page string) spotsByPlace {
	f := &finder{spots: spotsByPlace{}, inP: -1, bestEnd: -1, open: make([]holder, 1, 32)}
	z := html.NewTokenizer(strings.NewReader(page))
	raw := false // inside script, style and the like
	for at := 0; at < len(page); {
		kind := z.Next()
		text := page[at : at+len(z.Raw())]
		if kind == html.ErrorToken {
			break // what is left is a tag cut short
		}
		name, hasAttr := "", false
		if kind == html.StartTagToken || kind == html.EndTagToken {
			n, more := z.TagName()
			name, hasAttr = string(n), more
		}
		f.token(z, kind, name, hasAttr, text, at)
		raw = isRaw(name) && kind == html.StartTagToken || raw && kind == html.TextToken
		at += len(text)
		if !raw && !(kind == html.CommentToken && isOpenComment(text)) {
			f.safeEnd = at
		}
	}
	f.finish()
	return f.spots
}

// isOpenComment tells a comment that nothing ends, however the page goes on.
func isOpenComment(text string) bool {
	if !strings.HasPrefix(text, "<!--") {
		return !strings.HasSuffix(text, ">")
	}
	for _, end := range []string{"-->", "--!>"} {
		if strings.HasSuffix(text, end) {
			return false
		}
	}
	return text != "<!-->"
}

// isRaw tells the elements whose content is no markup.
func isRaw(tag string) bool {
	switch tag {
	case "script", "style", "textarea", "title", "noscript", "iframe", "noembed", "noframes", "xmp", "plaintext":
		return true
	}
	return false
}

func (f *finder) token(z *html.Tokenizer, kind html.TokenType, name string, hasAttr bool, text string, at int) {
	end := at + len(text)
	switch kind {
	case html.TextToken:
		if f.inP >= 0 {
			f.inP += len(strings.TrimSpace(text))
		}
	case html.StartTagToken:
		f.startTag(z, name, hasAttr, text, end)
	case html.EndTagToken:
		f.endTag(name, at, end)
	}
}

func (f *finder) startTag(z *html.Tokenizer, name string, hasAttr bool, text string, end int) {
	switch {
	case name == "p":
		f.inP, f.pTag = 0, text
		return
	case isVoid(name) || isInline(name) || isRaw(name):
		return
	}
	f.inP = -1
	if name == "body" {
		f.spots.add(PlaceHeader, end, "")
	}
	h := holder{tag: name, start: text}
	class := classOf(z, hasAttr)
	h.comment = (name == "li" || name == "div" || name == "article") && isComment(class)
	h.sidebar = name == "aside" || strings.Contains(class, "sidebar")
	h.footer = name == "footer" || strings.Contains(class, "footer")
	f.open = append(f.open, h)
}

// classOf is an element's id and classes in lower case.
func classOf(z *html.Tokenizer, more bool) string {
	var out string
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if k := string(key); k == "id" || k == "class" {
			out += " " + strings.ToLower(string(value))
		}
	}
	return out
}

// isComment tells one comment's element from the list's and from its parts.
func isComment(class string) bool {
	for word := range strings.FieldsSeq(class) {
		if word == "comment" || word == "pingback" || strings.HasPrefix(word, "comment-") && strings.Trim(word[len("comment-"):], "0123456789") == "" {
			return true
		}
	}
	return false
}

func (f *finder) endTag(name string, at, end int) {
	switch name {
	case "p":
		if n := len(f.open); n > 0 && f.inP > 0 {
			h := &f.open[n-1]
			h.text += f.inP
			h.paragraphs = append(h.paragraphs, spot{PlaceArticle, end, f.pTag})
		}
		f.inP = -1
		return
	case "body":
		f.spots[PlaceBodyEnd] = []spot{{PlaceBodyEnd, at, ""}}
		return
	case "html":
		f.spots[PlaceAfterHTML] = []spot{{PlaceAfterHTML, end, ""}}
		return
	}
	if isVoid(name) || isInline(name) || isRaw(name) {
		return
	}
	f.inP = -1
	for i := len(f.open) - 1; i >= 0 && i >= len(f.open)-maxPop; i-- {
		if f.open[i].tag == name {
			f.close(i, at, end)
			return
		}
	}
}

// close ends the element i, and those inside it that were left open.
func (f *finder) close(i, at, end int) {
	for _, h := range f.open[i+1:] {
		f.consider(h, at)
	}
	h := f.open[i]
	f.open = f.open[:i]
	outside := end
	switch h.tag { // after these only another of their kind may stand
	case "td", "th", "tr", "li", "dd", "dt", "tbody", "table":
		outside = at
	}
	f.consider(h, outside)
	switch {
	case h.comment:
		f.spots.add(PlaceComment, end, h.start)
	case h.sidebar && h.tag != "body" && h.tag != "table" && h.tag != "ul":
		f.spots.add(PlaceSidebar, at, "")
	case h.footer && outside == end:
		f.spots.add(PlaceFooter, end, "")
	case h.tag == "header" || h.tag == "nav":
		if len(f.spots[PlaceArticle])+len(f.best.paragraphs) == 0 {
			f.spots.add(PlaceHeader, end, "")
		}
	}
}

// consider keeps the element with the most text in paragraphs of its own.
func (f *finder) consider(h holder, end int) {
	if h.text > f.best.text && h.tag != "noscript" {
		f.best, f.bestEnd = h, end
	}
}

// finish fills the places that follow from the whole page. A page may end
// inside a script, a comment or a tag; what stood behind that would be lost.
func (f *finder) finish() {
	for _, h := range f.open {
		f.consider(h, -1)
	}
	if n := len(f.best.paragraphs); n > 1 {
		f.spots[PlaceArticle] = f.best.paragraphs[:n-1]
	}
	if f.bestEnd >= 0 {
		f.spots.add(PlaceAfterArticle, f.bestEnd, "")
	}
	if f.spots[PlaceBodyEnd] == nil {
		f.spots.add(PlaceBodyEnd, f.safeEnd, "")
	}
	if f.spots[PlaceAfterHTML] != nil {
		f.spots.add(PlaceAfterHTML, f.safeEnd, "")
	}
	for _, p := range []string{PlaceHeader, PlaceArticle, PlaceAfterArticle, PlaceFooter, PlaceBodyEnd} {
		for _, s := range f.spots[p] {
			f.spots.add(PlaceHidden, s.at, "")
		}
	}
}

func isVoid(tag string) bool {
	switch tag {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// isInline tells the elements that stand inside a paragraph's text.
func isInline(tag string) bool {
	switch tag {
	case "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s",
		"small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var":
		return true
	}
	return false
}
