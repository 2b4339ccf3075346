package comments

import (
	"html"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Names of the elements that hold the author and the date, whole.
const (
	authorNames = " author fn p-author username user-name user_name nickname commenter commentauthor wpd-comment-author author-name authorname poster isso-author idc-name "
	dateNames   = " date dt-published published time timestamp datetime comment-metadata commentmetadata comment-meta posted-on post-date when "
)

// Properties that tell the author and the date, in microdata or RDFa.
const (
	authorProperties = " author creator foaf:name dc:creator schema:author "
	dateProperties   = " datecreated datepublished uploaddate commenttime dc:date dc:created dcterms:created schema:datecreated schema:datepublished "
)

// Last words of names such as comment__author, commentDate and
// comment_author_name.
const (
	authorWords = " author name user username authorname "
	dateWords   = " date time timestamp datetime "
)

// namesPart says whether a class is in list, or names that part of a comment:
// it has a word for comments and ends in one of the words.
func namesPart(class, list, words string) bool {
	if hasName(list, class) {
		return true
	}
	for one := range strings.FieldsSeq(class[:min(len(class), maxName)]) {
		about, last := false, ""
		for w := range nameWords(one) {
			about, last = about || topicOf(w) == topicComment, w
		}
		if about && strings.Contains(words, " "+last+" ") {
			return true
		}
	}
	return false
}

// maxHead is how many bytes before a comment's first block are read for its
// author and date. Without a bound, comments within comments would be read as
// often as they are nested.
const maxHead = 4096

// markup reads the tags of a comment's part of the source: microdata,
// microformats, <time>, and the classes that blogs use.
func (g *grouper) markup(p *piece, c *Comment, m *meta) {
	start := c.Start
	if p.unit >= 0 {
		start = max(int(g.page.Elements[p.unit].Start), c.Start-maxHead)
	}
	for tag := range g.page.Tags(start, c.End) {
		if m.author != "" && m.time != "" {
			return
		}
		var class, prop, rel, when, title, content string
		for key, value := range tag.Attrs() {
			switch key {
			case "class":
				class = value
			case "itemprop", "property":
				prop = value
			case "rel":
				rel = value
			case "datetime":
				when = value
			case "data-timestamp", "data-time", "data-utime":
				when = unixTime(value)
			case "title":
				title = value
			case "content":
				content = value
			}
		}
		if m.author == "" && (hasName(authorProperties+"name ", prop) || namesPart(class, authorNames, authorWords) || hasName(" author ", rel)) {
			m.author = g.nameIn(tag, content)
		}
		if when == "" && hasName(dateProperties, prop) {
			when = content
		}
		if when == "" && namesPart(class, dateNames, dateWords) {
			when = title
		}
		if when != "" && m.time == "" {
			if m.time = machineTime(when); m.time != "" && m.date == "" {
				m.date = g.innerText(tag)
			}
		}
	}
}

// nameIn is the author's name in an element, or in its content attribute.
func (g *grouper) nameIn(tag block.Tag, content string) string {
	if content == "" {
		content = g.innerText(tag)
	}
	if m := says().FindStringSubmatch(content); m != nil {
		content = m[1]
	}
	content, _ = writer(saysLast().ReplaceAllString(content, ""))
	if content = bare(content); !plainName(content) || isAction(content) || dateTime().MatchString(content) {
		return ""
	}
	return content
}

// maxInner is how much of an element's contents is read.
const maxInner = 400

// anyTag is a tag within a short text.
var anyTag = lazy(`<[^>]*>`)

// innerText is the short text in an element, without its tags. A page in
// another charset than UTF-8 is read by its blocks alone.
func (g *grouper) innerText(tag block.Tag) string {
	rest := string(g.page.Source[tag.End:min(tag.End+maxInner, len(g.page.Source))])
	i := strings.Index(rest, "</"+tag.Name)
	if i < 0 || !utf8.ValidString(rest[:i]) {
		return ""
	}
	return strings.Join(strings.Fields(html.UnescapeString(anyTag().ReplaceAllString(rest[:i], " "))), " ")
}

// machineTime is a date in RFC 3339, empty for one that is not certain.
func machineTime(v string) string {
	v = block.ISODate(strings.TrimSpace(v))
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, v); err == nil && t.Year() > 1980 {
			return v
		}
	}
	return ""
}

// unixTime reads seconds or milliseconds since 1970.
func unixTime(v string) string {
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return v
	}
	if n > 1e11 {
		n /= 1000
	}
	if n < 3e8 || n > 1e10 {
		return ""
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}
