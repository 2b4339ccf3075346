package block

import (
	"bytes"
	"mime"
	"strings"
)

// prescan is how far into a page its <meta charset> is looked for.
const prescan = 4096

// byteOrderMark returns the charset that the first bytes name, and how many
// they are.
func byteOrderMark(src []byte) (name string, length int) {
	switch {
	case bytes.HasPrefix(src, []byte("\xef\xbb\xbf")):
		return "utf-8", 3
	case bytes.HasPrefix(src, []byte("\xff\xfe")):
		return "utf-16le", 2
	case bytes.HasPrefix(src, []byte("\xfe\xff")):
		return "utf-16be", 2
	}
	return "", 0
}

// declared returns the charsets that the page is said to have, the most
// trusted first.
func declared(body []byte, contentType string, html bool) []string {
	var names []string
	add := func(label string) {
		name := canonical(label)
		if isWide(name) {
			name = "utf-8" // it was read as ASCII so far, hence cannot be UTF-16
		}
		if name != "" {
			names = append(names, name)
		}
	}
	add(headerCharset(contentType))
	head := body[:min(len(body), prescan)]
	if html {
		add(metaCharset(head))
	}
	add(xmlCharset(head))
	return names
}

// headerCharset reads the charset of a Content-Type, also of one that is not
// well formed.
func headerCharset(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	_, rest, ok := strings.Cut(strings.ToLower(contentType), "charset=")
	if !ok {
		return ""
	}
	rest = strings.TrimLeft(rest, " \"'")
	if n := strings.IndexAny(rest, "; ,\"'"); n >= 0 {
		rest = rest[:n]
	}
	return rest
}

// metaCharset finds <meta charset=…> or <meta http-equiv content="…charset=…">.
func metaCharset(head []byte) string {
	head = bytes.ToLower(head)
	for {
		open := bytes.IndexByte(head, '<')
		if open < 0 {
			return ""
		}
		head = head[open:]
		if bytes.HasPrefix(head, []byte("<!--")) {
			_, rest, ok := bytes.Cut(head, []byte("-->"))
			if !ok {
				return ""
			}
			head = rest
			continue
		}
		tag, rest, _ := bytes.Cut(head[1:], []byte(">"))
		if bytes.HasPrefix(tag, []byte("meta")) {
			if label := afterKey(tag, "charset"); label != "" {
				return label
			}
		}
		head = rest
	}
}

// xmlCharset reads the encoding of an XML declaration.
func xmlCharset(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	decl, _, ok := bytes.Cut(head, []byte("?>"))
	if !ok {
		return ""
	}
	return afterKey(decl, "encoding")
}

// afterKey returns the value of key=value or key="value" in s.
func afterKey(s []byte, key string) string {
	for {
		_, rest, ok := bytes.Cut(s, []byte(key))
		if !ok {
			return ""
		}
		s = rest
		value, ok := bytes.CutPrefix(bytes.TrimLeft(s, " \t\r\n\f"), []byte("="))
		if !ok {
			continue
		}
		value = bytes.TrimLeft(value, " \t\r\n\f\"'")
		if n := bytes.IndexAny(value, " \t\r\n\f\"';/>"); n >= 0 {
			value = value[:n]
		}
		return string(value)
	}
}
