package block

import (
	"strconv"

	"golang.org/x/net/html"
)

// decodeReference is html.UnescapeString of one character reference, without
// allocation for those that pages are full of.
func decodeReference(raw string) string {
	switch raw {
	case "&amp;":
		return "&"
	case "&lt;":
		return "<"
	case "&gt;":
		return ">"
	case "&nbsp;", "&#160;":
		return "\u00a0"
	case "&quot;":
		return "\""
	case "&apos;":
		return "'"
	case "&comma;":
		return ","
	case "&rsquo;", "&#8217;", "&#x2019;":
		return "’"
	case "&lsquo;", "&#8216;":
		return "‘"
	case "&rdquo;", "&#8221;", "&#x201D;":
		return "”"
	case "&ldquo;", "&#8220;", "&#x201C;":
		return "“"
	case "&raquo;", "&#187;":
		return "»"
	case "&laquo;":
		return "«"
	case "&copy;", "&#169;":
		return "©"
	case "&reg;":
		return "®"
	case "&trade;":
		return "™"
	case "&uuml;", "&#252;":
		return "ü"
	case "&ouml;", "&#246;":
		return "ö"
	case "&auml;", "&#228;":
		return "ä"
	case "&szlig;", "&#223;":
		return "ß"
	case "&eacute;", "&#233;":
		return "é"
	case "&oacute;":
		return "ó"
	case "&iacute;":
		return "í"
	case "&aacute;":
		return "á"
	case "&egrave;":
		return "è"
	case "&agrave;":
		return "à"
	case "&ccedil;", "&#231;":
		return "ç"
	case "&ntilde;":
		return "ñ"
	case "&ndash;", "&#8211;":
		return "–"
	case "&mdash;", "&#8212;":
		return "—"
	case "&hellip;", "&#8230;":
		return "…"
	case "&middot;":
		return "·"
	case "&bull;":
		return "•"
	case "&shy;":
		return "\u00ad"
	case "&euro;":
		return "€"
	case "&times;":
		return "×"
	case "&rarr;":
		return "→"
	case "&#8222;":
		return "„"
	}
	if c := asciiReference(raw); c != "" {
		return c
	}
	return html.UnescapeString(raw)
}

// ascii is the characters that are seen, and the space.
const ascii = ` !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_` + "`abcdefghijklmnopqrstuvwxyz{|}~"

// asciiReference decodes a number such as &#39; or &#x27; that is one of them,
// and gives nothing for any other reference.
func asciiReference(raw string) string {
	if len(raw) < len("&#0;") || len(raw) > len("&#x0000;") || raw[1] != '#' || raw[len(raw)-1] != ';' {
		return ""
	}
	digits, base := raw[2:len(raw)-1], 10
	if digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	for i := range len(digits) { // ParseUint would take signs of its own, and allocate its errors
		if !isAlnum(digits[i]) || base == 10 && digits[i] > '9' || digits[i]|0x20 > 'f' {
			return ""
		}
	}
	if digits == "" {
		return ""
	}
	n, err := strconv.ParseUint(digits, base, 16)
	if err != nil || n < ' ' || n > '~' {
		return ""
	}
	return ascii[n-' ' : n-' '+1]
}
