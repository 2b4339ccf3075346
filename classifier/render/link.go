package render

import (
	"net/url"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Bounds on links, which would else let a page of short links and a long base
// grow many times over. What exceeds them is written as text.
const (
	maxHref  = 8 << 10  // bytes of one link as written on the page
	maxBase  = 2 << 10  // bytes of the address that links are resolved against
	maxAdded = 16 << 20 // bytes that resolving adds to all links of a page
)

// linker turns links as written on a page into those of the output.
type linker struct {
	off   bool
	base  *url.URL // nil if unknown
	added int
}

func newLinker(p *block.Page, opts Options) *linker {
	l := &linker{off: !opts.WithLinks, base: absolute(nil, opts.Base)}
	if base := absolute(l.base, p.Meta.Base); base != nil {
		l.base = base
	}
	return l
}

// absolute is a web address resolved against another, nil if it is none.
func absolute(base *url.URL, address string) *url.URL {
	u := parse(address)
	if address == "" || u == nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || len(u.String()) > maxBase {
		return nil
	}
	return u
}

// resolve is the destination to write for a link, false if the link is better
// left out: it is empty, broken, too long, or leads to anything but the web,
// a mailbox or a telephone. Schemes are named by what is allowed, not by what
// is not: javascript: is only the best known of those that run or embed.
func (l *linker) resolve(href string) (string, bool) {
	if l.off {
		return "", false
	}
	return l.address(href, "http", "https", "mailto", "tel", "ftp")
}

// address is a link resolved and escaped, if its scheme is among those given.
func (l *linker) address(href string, schemes ...string) (string, bool) {
	u := parse(href)
	if u == nil || l.added > maxAdded {
		return "", false
	}
	if l.base != nil {
		u = l.base.ResolveReference(u)
	}
	allowed := u.Scheme == ""
	for _, s := range schemes {
		allowed = allowed || u.Scheme == s
	}
	to := destination(u.String())
	if !allowed || to == "" {
		return "", false
	}
	l.added += max(0, len(to)-len(href))
	return to, l.added <= maxAdded
}

// parse reads a link as browsers do: without white space around it or line
// breaks in it, a stray % taken literally. It is nil if nothing can be read.
func parse(href string) *url.URL {
	if len(href) > maxHref {
		return nil
	}
	href = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.Trim(href, controls))
	if href == "" {
		return nil
	}
	u, err := url.Parse(href)
	if err != nil && strings.Contains(href, "%") {
		u, err = url.Parse(strings.ReplaceAll(href, "%", "%25"))
	}
	if err != nil {
		return nil
	}
	return u
}

// controls are the characters that browsers strip off both ends of a link.
const controls = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f "

// destination escapes an address for the brackets of a Markdown link, in or
// outside a table.
func destination(address string) string {
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(address)+8)
	for i := range len(address) {
		c := address[i]
		switch {
		case c <= ' ' || c == 0x7F || strings.IndexByte("<>\"`|{}^\\", c) >= 0:
			out = append(out, '%', hex[c>>4], hex[c&15])
			continue
		case c == '(' || c == ')' || c == '&' && entity(address[i+1:]):
			out = append(out, '\\')
		}
		out = append(out, c)
	}
	return string(out)
}
