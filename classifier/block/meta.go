package block

import (
	"slices"
	"strings"
)

// metaState gathers what the page says of itself. Sources that are trusted
// more have lower indices.
type metaState struct {
	title       [3]string // og:title, twitter:title, JSON-LD headline
	description [3]string // meta description, og:description, twitter:description
	author      [3]string // meta author, article:author, JSON-LD author
	date        [5]string // article:published_time, datePublished, JSON-LD, other meta, <time>
	site        [3]string // og:site_name, application-name, JSON-LD publisher
	language    [3]string // <html lang>, content-language, og:locale
	canonical   [2]string // link rel=canonical, og:url
	authors     []string  // of the JSON-LD, in order
	looks       int       // how often inComment has looked
}

// maxMeta is the longest value of a meta element that is kept.
const maxMeta = 1 << 14

// metadata reads a start tag that may describe the page.
func (s *splitter) metadata(k tag, a *attrs) {
	switch k {
	case tagHTML:
		s.keep(&s.metas.language[0], a.get(attrLang))
		s.keep(&s.metas.language[0], a.get(attrXMLLang))
	case tagMeta:
		s.meta(a)
	case tagLink:
		for rel := range strings.FieldsSeq(a.texts.lower(a.get(attrRel))) {
			if rel == "canonical" {
				s.keep(&s.metas.canonical[0], a.get(attrHref))
				break
			}
		}
	case tagBase:
		s.keep(&s.page.Meta.Base, a.get(attrHref))
	case tagTime:
		s.time(a)
	}
}

// keep gives a field its first value that says something.
func (s *splitter) keep(to *string, value string) {
	if *to != "" || len(value) > maxMeta {
		return
	}
	*to = s.slab.texts.tidy(value)
}

// meta reads a <meta>.
func (s *splitter) meta(a *attrs) {
	var key, content string
	for _, at := range a.list {
		switch at.name {
		case attrProperty, attrNamed, attrItemProp, attrHTTPEquiv:
			if key == "" {
				key = a.texts.lower(strings.TrimSpace(a.texts.attr(at.value)))
			}
		case attrContent:
			content = a.texts.attr(at.value)
		}
	}
	to := s.metaField(key)
	if to == nil || *to != "" || content == "" || a.has(attrItemProp) && s.inComment() {
		return
	}
	s.keep(to, content)
}

// metaField is where the content of a <meta> named key belongs, or nil.
func (s *splitter) metaField(key string) *string {
	m := &s.metas
	switch key {
	case "og:title":
		return &m.title[0]
	case "twitter:title":
		return &m.title[1]
	case "headline":
		return &m.title[2]
	case "description":
		return &m.description[0]
	case "og:description":
		return &m.description[1]
	case "twitter:description":
		return &m.description[2]
	case "author":
		return &m.author[0]
	case "article:author", "dc.creator", "parsely-author", "sailthru.author":
		return &m.author[1]
	case "article:published_time":
		return &m.date[0]
	case "datepublished":
		return &m.date[1]
	case "og:article:published_time", "article:published", "date", "pubdate", "publishdate", "publish-date", "publish_date",
		"dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "citation_publication_date", "datecreated":
		return &m.date[3]
	case "og:site_name":
		return &m.site[0]
	case "application-name":
		return &m.site[1]
	case "content-language", "language", "inlanguage":
		return &m.language[1]
	case "og:locale":
		return &m.language[2]
	case "og:url":
		return &m.canonical[1]
	case "og:type":
		return &s.page.Meta.Type
	case "generator":
		return &s.page.Meta.Generator
	}
	return nil
}

// time reads a <time>: the date of publication if it says so, and otherwise
// the last resort for one.
func (s *splitter) time(a *attrs) {
	to := &s.metas.date[4]
	if a.has(attrPubdate) || slices.Contains(strings.Fields(a.get(attrItemProp)), "datePublished") {
		to = &s.metas.date[1]
	}
	if when := a.get(attrDatetime); when != "" && *to == "" && !s.inComment() {
		s.keep(to, when)
	}
}

// titleText takes the contents of the first <title>.
func (s *splitter) titleText() {
	if s.hi-s.lo <= maxMeta {
		s.keep(&s.page.Meta.TitleTag, unescape(s.text[s.lo:s.hi]))
	}
}

// finishMeta chooses among the sources.
func (s *splitter) finishMeta() {
	m, p := &s.metas, &s.page.Meta
	if len(m.authors) > 0 {
		m.author[2] = strings.Join(m.authors, ", ")
	}
	if strings.HasPrefix(m.author[1], "http") { // a profile, not a name
		m.author[1] = ""
	}
	p.Title = first(m.title[:])
	p.Description = first(m.description[:])
	p.Author = first(m.author[:])
	p.Date = isoDate(first(m.date[:]))
	p.SiteName = first(m.site[:])
	p.Language = languageTag(first(m.language[:]))
	p.Canonical = first(m.canonical[:])
}

// first is the first string that is not empty.
func first(from []string) string {
	for _, v := range from {
		if v != "" {
			return v
		}
	}
	return ""
}

// languageTag writes a locale such as en_US.UTF-8 as a BCP 47 tag.
func languageTag(v string) string {
	v, _, _ = strings.Cut(v, ",")
	v, _, _ = strings.Cut(v, ".")
	v = strings.ReplaceAll(strings.TrimSpace(v), "_", "-")
	if len(v) > 35 || strings.ContainsAny(v, " <>\"'{}") { // the longest that BCP 47 foresees (RFC 5646, 4.4.1)
		return ""
	}
	return v
}
