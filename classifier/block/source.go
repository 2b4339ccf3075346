package block

import (
	"iter"
	"strings"
	"unsafe"
)

// Tag is a start tag as it stands in a page's source. Page.Elements knows only
// what holds a block; this is for what holds none: scripts, frames, empty
// containers, and attributes that an Element does not keep.
type Tag struct {
	Name       string // lower case
	Start, End int    // byte range in Page.Source
	Inner      string // contents of a script, as written
	attrs      string // the tag from behind its name
	texts      *textSlab
}

// Attr is the value of an attribute, empty where there is none.
func (t Tag) Attr(key string) string {
	for k, v := range t.Attrs() {
		if k == key {
			return v
		}
	}
	return ""
}

// Attrs yields every attribute, with its key in lower case.
func (t Tag) Attrs() iter.Seq2[string, string] {
	return func(yield func(key, value string) bool) {
		for key, value := range t.RawAttrs() {
			if !yield(key, t.texts.attr(value)) {
				return
			}
		}
	}
}

// RawAttrs is Attrs with the values as written: see AttrText.
func (t Tag) RawAttrs() iter.Seq2[string, string] {
	return func(yield func(key, value string) bool) {
		a := sourceAttrs{raw: t.attrs, texts: t.texts}
		for key, value, ok := a.next(); ok; key, value, ok = a.next() {
			if !yield(key, value) {
				return
			}
		}
	}
}

// AttrText decodes the character references in an attribute's value.
func AttrText(value string) string { return (*textSlab)(nil).attr(value) }

// Tags yields the start tags in Source[lo:hi], in order, passing over comments
// and the contents of scripts and styles. The time it takes is linear in the
// bytes. Plain text has none, nor does a page in a charset that does not hold
// ASCII (UTF-16).
func (p *Page) Tags(lo, hi int) iter.Seq[Tag] {
	return func(yield func(Tag) bool) {
		if p.Format != FormatHTML {
			return
		}
		src := unsafe.String(unsafe.SliceData(p.Source), len(p.Source))
		lo, hi := max(0, lo), min(hi, len(src))
		texts := &textSlab{}
		for lo < hi {
			i := strings.IndexByte(src[lo:hi], '<')
			if i < 0 || lo+i+1 >= hi {
				return
			}
			lo += i
			if next, ok := afterMarkup(src[:hi], lo); !ok {
				lo = next
				continue
			}
			tag := Tag{Start: lo, End: tagEnd(src[:hi], lo), texts: texts}
			behind := lo + 1
			for behind < tag.End && !isSpace(src[behind]) && src[behind] != '/' && src[behind] != '>' {
				behind++
			}
			tag.Name, tag.attrs = texts.lower(src[lo+1:behind]), src[behind:tag.End]
			lo = tag.End
			switch tag.Name {
			case "script", "style", "textarea", "title", "iframe", "noembed", "xmp", "plaintext":
				lo = indexEndTag(src, tag.End, hi, tag.Name)
				if tag.Name == "script" {
					tag.Inner = src[tag.End:lo]
				}
			}
			if !yield(tag) {
				return
			}
		}
	}
}

// afterMarkup reports true if a start tag begins at s[i], a '<'; otherwise it
// gives the place behind what does begin there.
func afterMarkup(s string, i int) (next int, start bool) {
	switch c := s[i+1] | 0x20; {
	case 'a' <= c && c <= 'z':
		return i, true
	case strings.HasPrefix(s[i:], "<!--"):
		end := strings.Index(s[i+2:], "-->") // <!--> is a comment too
		if end < 0 {
			return len(s), false
		}
		return i + 2 + end + 3, false
	}
	return i + 1, false
}

// tagEnd is the place behind the tag that begins at s[i]. A '>' in a quoted
// value does not end it.
func tagEnd(s string, i int) int {
	equals := false
	for i++; i < len(s); i++ {
		switch c := s[i]; {
		case c == '>':
			return i + 1
		case c == '=':
			equals = true
		case isSpace(c):
		case equals && (c == '"' || c == '\''):
			end := strings.IndexByte(s[i+1:], c)
			if end < 0 {
				return len(s)
			}
			i += end + 1
			equals = false
		default:
			equals = false
		}
	}
	return len(s)
}

// ISODate writes a date as RFC 3339 has it if it is in one of the usual forms:
// with time and zone, with time alone, or the day alone. Anything else comes
// back as it is.
func ISODate(v string) string { return isoDate(v) }
