package block

import "strings"

// token is a kind of token.
type token uint8

const (
	endOfPage token = iota
	textToken
	startToken
	endToken
	otherToken // comments, doctypes and what is taken for one
)

// scanner cuts HTML into tokens. It does so exactly as the tokenizer of
// golang.org/x/net/html does, to which tests hold it on every page at hand,
// but over a string that is there as a whole: it jumps over text, comments and
// scripts, copies nothing, and keeps of the attributes those alone that the
// splitter reads. Tokens lie end to end, [lo, hi) being the current one.
type scanner struct {
	text   string
	lo, hi int
	raw    tag // the element whose contents come next as one text token, or tagOther

	// Of the current tag, until the next token:
	tag         tag
	written     span // its name
	selfClosing bool // <br/>
	attrs       attrs
}

// next moves to the next token. A tag that the page's end cuts short is none.
func (z *scanner) next() token {
	z.lo = z.hi
	if z.raw != tagOther {
		if z.hi = z.endOfRaw(z.lo); z.hi > z.lo {
			return textToken
		}
	}
	i := z.lo
	for {
		j := strings.IndexByte(z.text[i:], '<')
		if j < 0 || i+j+1 >= len(z.text) {
			return z.rest()
		}
		i += j
		if byteClasses[z.text[i+1]]&opensMarkup != 0 {
			break
		}
		i++
	}
	if i > z.lo {
		z.hi = i
		return textToken
	}
	return z.markup(i + 1)
}

// rest is the token at the end of the page.
func (z *scanner) rest() token {
	z.hi = len(z.text)
	if z.hi > z.lo {
		return textToken
	}
	return endOfPage
}

// markup reads the token whose '<' stands before i.
func (z *scanner) markup(i int) token {
	switch z.text[i] {
	case '!':
		if strings.HasPrefix(z.text[i:], "!--") {
			z.hi = z.afterComment(i + 3)
		} else {
			z.hi = z.afterAngle(i + 1)
		}
		return otherToken
	case '?':
		z.hi = z.afterAngle(i + 1)
		return otherToken
	case '/':
		i++
		if i >= len(z.text) {
			return z.rest()
		}
		if byteClasses[z.text[i]]&letter == 0 {
			z.hi = z.afterAngle(i)
			return otherToken
		}
		return z.readTag(i, endToken)
	}
	return z.readTag(i, startToken)
}

// afterAngle is the place behind the first '>' from i on.
func (z *scanner) afterAngle(i int) int {
	j := strings.IndexByte(z.text[i:], '>')
	if j < 0 {
		return len(z.text)
	}
	return i + j + 1
}

// afterComment is the place behind the comment whose text begins at start. It
// ends with --> or --!>, or at once with > or ->.
func (z *scanner) afterComment(start int) int {
	for i := start; ; {
		j := strings.IndexByte(z.text[i:], '>')
		if j < 0 {
			return len(z.text)
		}
		i += j
		body := z.text[start:i]
		if body == "" || body == "-" || strings.HasSuffix(body, "--") || strings.HasSuffix(body, "--!") {
			return i + 1
		}
		i++
	}
}
