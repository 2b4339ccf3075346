package main

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// defaultWidth is that of lines on something that is no terminal.
const defaultWidth = 100

// colorMode is when colour is used.
type colorMode uint8

const (
	colorAuto colorMode = iota
	colorAlways
	colorNever
)

// isTerminal says whether people read what is written to w as it comes.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// useColor follows https://no-color.org where the user did not decide.
func useColor(mode colorMode, terminal bool, getenv func(string) string) bool {
	if mode != colorAuto {
		return mode == colorAlways
	}
	return terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}

// columns is the width of the terminal that w is, or what COLUMNS says.
func columns(w io.Writer, getenv func(string) string) int {
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return defaultWidth
}

// printable makes text fit for one line of a terminal: a page must not be
// able to move the cursor, set colours or turn the direction of the line.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || isFormatControl(r):
			return -1
		}
		return r
	}, s)
	return strings.ToValidUTF8(s, "\uFFFD")
}

// printableText is printable for text of many lines.
func printableText(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = printable(strings.ReplaceAll(line, "\t", "    "))
	}
	return strings.Join(lines, "\n")
}

// isFormatControl knows the characters that turn or isolate directions, and
// line and paragraph separators.
func isFormatControl(r rune) bool {
	return 0x2028 <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069
}

// shorten cuts s so that it takes at most n columns, an ellipsis included.
func shorten(s string, n int) string {
	used, cut := 0, 0 // cut: where s could end to leave room for the ellipsis
	for i, r := range s {
		w := runeWidth(r)
		if used+w > n {
			return strings.TrimRight(s[:cut], " ") + "…"
		}
		used += w
		if used < n {
			cut = i + len(string(r))
		}
	}
	return s
}

// runeWidth is the number of columns of a character: two for East Asian wide
// ones, none for marks over the one before.
func runeWidth(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
