package comments

import (
	"html"
	"regexp"
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

// Names of the elements that hold the author and the date, whole or the
// beginning of a name.
const (
	authorNames = " author fn p-author username user-name user_name nickname commenter comment-author comment_author commentauthor comment-author-name comment_author_name wpd-comment-author author-name authorname poster "
	dateNames   = " date dt-published published time timestamp datetime comment-date comment_date commentdate comment-time comment-metadata commentmetadata comment-meta posted-on post-date when "
)

// meta gathers what markup and wording tell of the comment c.
func (g *grouper) meta(p *piece, c *Comment) meta {
	m := meta{skip: map[int]bool{}, headed: -1}
	g.markup(p, c, &m)
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
		case ok && k < 3 && line.author != "" && m.headed < 0 && says.MatchString(text):
			m.take(line)
			m.headed, m.head = i, line.end
		case m.author != "" && k < 4 && len(text) < maxByline && strings.HasPrefix(text, m.author) && isSays(text[len(m.author):]):
			m.skip[i] = true
		default:
			g.named(p, i, k, text, &m)
		}
	}
	return m
}

// bare is a name without the marks around it.
func bare(s string) string { return strings.Trim(s, " :,-–—@|") }

// saysAll reports a text of nothing but the author and the date.
func (m *meta) saysAll(text string) bool {
	rest := text
	if m.author != "" {
		rest = strings.Replace(rest, m.author, "", 1)
	}
	if m.date != "" {
		rest = strings.Replace(rest, m.date, "", 1)
	}
	if isPreposition(strings.TrimSpace(rest)) {
		return rest != text
	}
	return rest != text && !strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isSays reports what is left of "Ann says:" without the name.
func isSays(rest string) bool {
	return strings.TrimSpace(rest) == "" || len(rest) < 40 && (saysLast.MatchString("x"+rest) || says.MatchString("x"+rest))
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
	if b := &g.page.Blocks[i]; k == 0 && m.author == "" && len(p.blocks) > 1 && b.Links == 1 && b.LinkLen == len(b.Text) && plainName(text) && !isAction(text) && !countsComments(text) {
		m.author = bare(text) // a link to who it is
		m.skip[i] = true
		return
	}
	for e, step := g.page.Blocks[i].Element, 0; e >= 0 && e != p.unit && step < 3; step++ {
		el := &g.page.Elements[e]
		if m.author == "" && (hasName(authorNames, el.Class) || hasName(" author ", el.ItemProp)) && plainName(text) {
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
			case "itemprop":
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
		if m.author == "" && (hasName(" author creator name ", prop) || hasName(authorNames, class) || hasName(" author ", rel)) {
			m.author = g.nameIn(tag, content)
		}
		if when == "" && hasName(" datecreated datepublished uploaddate commenttime ", prop) {
			when = content
		}
		if when == "" && hasName(dateNames, class) {
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
	if m := says.FindStringSubmatch(content); m != nil {
		content = m[1]
	}
	content = saysLast.ReplaceAllString(content, "")
	if content = bare(content); !plainName(content) || isAction(content) || dateTime.MatchString(content) {
		return ""
	}
	return content
}

// maxInner is how much of an element's contents is read.
const maxInner = 400

// anyTag is a tag within a short text.
var anyTag = regexp.MustCompile(`<[^>]*>`)

// innerText is the short text in an element, without its tags. A page in
// another charset than UTF-8 is read by its blocks alone.
func (g *grouper) innerText(tag block.Tag) string {
	rest := string(g.page.Source[tag.End:min(tag.End+maxInner, len(g.page.Source))])
	i := strings.Index(rest, "</"+tag.Name)
	if i < 0 || !utf8.ValidString(rest[:i]) {
		return ""
	}
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(rest[:i], " "))), " ")
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
