package augment

import (
	"net/url"
	"strconv"
	"strings"
)

// hostOf is the host of an address, empty if it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// foreignHost makes up a host under a top-level domain that nobody can
// register, unless the caller gave hosts to use.
func (g *generator) foreignHost(kind string) string {
	if len(g.opts.Hosts) > 0 {
		return pick(g.rng, g.opts.Hosts)
	}
	name := g.syllables(2 + g.rng.IntN(3))
	switch g.rng.IntN(6) {
	case 0:
		name = kind + "-" + name
	case 1:
		name += kind
	case 2:
		name += strconv.Itoa(g.rng.IntN(1000))
	case 3:
		name += "-" + g.syllables(2)
	}
	name = strings.ReplaceAll(name, "_", "-") + "." + pick(g.rng, []string{"example", "shop.example", "example", "blog.example", "co.example"})
	if g.chance(2) {
		name = "www." + name
	}
	return name
}

// pathStyles is the number of ways in which addresses are written.
const pathStyles = 8

// address is a page on a host; style, drawn once for a piece or anew for each
// host, says how the path is written.
func (g *generator) address(host, keyword string, style int) string {
	return pick(g.rng, []string{"http://", "https://", "https://"}) + host + g.path("/", keyword, style)
}

// ownAddress is an address on the page's own site.
func (g *generator) ownAddress(base, keyword string, style int, absolute bool) string {
	path := g.path(base, keyword, style)
	if absolute {
		return "https://" + g.own + path
	}
	return path
}

func (g *generator) path(base, keyword string, style int) string {
	switch style {
	case 0, 1:
		return base
	case 2:
		return base + "?p=" + strconv.Itoa(g.rng.IntN(9999))
	case 3:
		return base + slug(keyword) + ".html"
	case 4:
		return base + slug(keyword) + "-c-" + strconv.Itoa(g.rng.IntN(300)) + ".html"
	case 5:
		return base + slug(keyword)
	}
	return base + slug(keyword) + "/"
}

// slug is a keyword as it stands in addresses.
func slug(keyword string) string {
	words := strings.FieldsFunc(strings.ToLower(keyword), func(r rune) bool {
		return r < 0x80 && !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	})
	return url.PathEscape(strings.Join(words, "-"))
}
