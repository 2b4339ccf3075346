package comments

import (
	"html"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// meta is what is known of a comment beside its text.
type meta struct {
	author, date, time string
	skip               map[int]bool // blocks that hold nothing else
	headed             int          // block that begins with the byline, or -1
	head               int          // bytes of that
}

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

// meta gathers what markup and wording tell of the comment c.
func (g *grouper) meta(p *piece, c *Comment) meta {
	m := meta{skip: map[int]bool{}, headed: -1}
	g.markup(p, c, &m)
	head := -1 // a block that may be the name of who it is
	for k, i := range p.blocks {
		b := &g.page.Blocks[i]
		text := strings.TrimSpace(b.Text)
		line, ok := readByline(text)
		switch {
		case len(text) < maxByline && m.saysAll(text):
			m.skip[i] = true
		case ok && line.end >= len(text):
			m.take(line)
			m.skip[i] = true
		case ok && k < 3 && line.author != "" && m.headed < 0 && says().MatchString(text):
			m.take(line)
			m.begin(i, text, line.end)
		case m.author != "" && k < 4 && len(text) < maxByline && strings.HasPrefix(text, m.author) && isSays(text[len(m.author):]):
			m.skip[i] = true
		case k < 2 && m.author == "" && m.besideDate(text):
			m.skip[i] = true
		case k == 0 && isHeadName(text) && (b.Links == 1 && b.LinkLen == len(b.Text) && len(p.blocks) > 1 || g.datesNext(p)):
			head = i
		default:
			g.named(p, i, k, text, &m)
		}
	}
	if head >= 0 && m.author == "" {
		m.author = bare(g.page.Blocks[head].Text)
		m.skip[head] = true
	}
	return m
}

// begin notes that a block begins with the byline, which ends at end. The date
// may follow on a line of its own.
func (m *meta) begin(i int, text string, end int) {
	rest := strings.TrimSpace(text[end:])
	if line, ok := readByline(rest); ok && line.author == "" {
		m.take(line)
		end = len(text) - len(rest) + line.end
	}
	if end >= len(text) {
		m.skip[i] = true
		return
	}
	m.headed, m.head = i, end
}

// besideDate takes the author from a text of that and a date which the markup
// told: it may be one that is not certain to be a date by its wording.
func (m *meta) besideDate(text string) bool {
	name, ok := strings.CutSuffix(text, m.date)
	if !ok || m.date == "" || name == "" {
		return false
	}
	if name, _ = writer(strings.Trim(name, " ,|·•–—-()")); !plainName(name) || isPreposition(name) || isAction(name) {
		return false
	}
	m.author = bare(name)
	return true
}

// isHeadName says whether the text at a comment's head can be a name, where it
// is a link or a date follows. It may be the comment's title just as well, so
// that any other sign of the author counts for more.
func isHeadName(text string) bool {
	return len(text) <= 80 && !strings.Contains(text, "\n") && plainName(text) && !isAction(text) && !countsComments(text)
}

// datesNext says whether the second block is a date and nothing else.
func (g *grouper) datesNext(p *piece) bool {
	if len(p.blocks) < 3 {
		return false
	}
	text := strings.TrimSpace(g.page.Blocks[p.blocks[1]].Text)
	line, ok := readByline(text)
	return ok && line.author == "" && line.end >= len(text) && len(line.date) == len(text)
}

// bare is a name without the marks around it.
func bare(s string) string { return strings.Trim(s, " :,-–—@|") }

// saysAll reports a text of nothing but the author and the date, with words
// such as "posted by".
func (m *meta) saysAll(text string) bool {
	rest := text
	if m.date != "" {
		rest = strings.Replace(rest, m.date, " ", 1)
	}
	if m.author != "" {
		rest = strings.Replace(rest, m.author, " ", 1)
	}
	if rest == text {
		return false
	}
	rest = strings.TrimSpace(label().ReplaceAllString(strings.TrimSpace(rest), ""))
	rest = strings.TrimLeft(rest[len(by().FindString(rest)):], " ,|·•–—-()")
	return isPreposition(rest) || !strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isSays reports what is left of "Ann says:" without the name.
func isSays(rest string) bool {
	return strings.TrimSpace(rest) == "" || len(rest) < 40 && (saysLast().MatchString("x"+rest) || says().MatchString("x"+rest))
}

// take fills in what is not known yet.
func (m *meta) take(line byline) {
	if m.author == "" {
		m.author = strings.TrimSpace(line.author)
	}
	if m.date == "" {
		m.date = strings.TrimSpace(line.date)
	}
}

// named reads a short block in an element that is named for the author.
func (g *grouper) named(p *piece, i, k int, text string, m *meta) {
	if k > 3 || len(text) > 80 || strings.Contains(text, "\n") {
		return
	}
	for e, step := g.page.Blocks[i].Element, 0; e >= 0 && e != p.unit && step < 3; step++ {
		el := &g.page.Elements[e]
		if m.author == "" && (namesPart(el.Class, authorNames, authorWords) || hasName(" author ", el.ItemProp)) && plainName(text) {
			m.author = bare(text)
			m.skip[i] = true
			return
		}
		e = el.Parent
	}
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
