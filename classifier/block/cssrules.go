package block

import (
	"iter"
	"strings"
)

// The limits of reading style sheets.
const (
	maxSheet   = 1 << 20 // bytes on one page
	maxRules   = 1 << 12 // selectors that hide something
	maxShowing = 1 << 13 // selectors that may undo that
	maxParts   = 8       // compounds of one selector
)

// rule is one selector of a <style> element with what its declarations say of
// hiding.
type rule struct {
	parts  []compound // as written: the last one is the element itself
	style  style
	weight int // specificity (CSS Selectors 4, 17)
}

// compound is a selector for one element; every part that is set must fit.
type compound struct {
	tag, id string
	classes []string
	child   bool // must be the parent of the next compound's element
}

// sheet gathers the rules of a page's style sheets.
type sheet struct {
	rules []rule
	hide  int // how many of them hide
	steps int
	parts []compound // room for the rules' own
	names []string   // room for the classes of compounds
	texts *textSlab
}

// read takes the rules of one style sheet.
func (sh *sheet) read(css string) {
	open := 0 // @media blocks around the place
	for css != "" {
		sh.steps++
		css = skipCSSSpace(css)
		switch {
		case css == "":
		case css[0] == '}' && open > 0:
			css = css[1:]
			open--
		case css[0] == '@':
			var entered bool
			if css, entered = sh.skipAtRule(css); entered {
				open++
			}
		default:
			css = sh.ruleSet(css)
		}
	}
}

// ruleSet takes "selectors { declarations }" and returns what follows.
func (sh *sheet) ruleSet(css string) string {
	brace := strings.IndexByte(css, '{')
	if brace < 0 {
		return ""
	}
	selectors, rest := css[:brace], css[brace+1:]
	end := indexBrace(rest)
	if end < 0 {
		return ""
	}
	declarations := rest[:end]
	if rest[end] == '{' { // rules within the rule
		rest = skipBlock(css[brace:])
	} else {
		rest = rest[end+1:]
	}
	var st style
	st.read(sh.withoutComments(declarations), sh.texts)
	if st.hidden() != 0 || st.display != unsaid || st.visible != unsaid || st.opacity != unsaid {
		sh.add(selectors, st)
	}
	return rest
}

// add enters a rule for each selector that is simple enough.
func (sh *sheet) add(selectors string, st style) {
	hides := st.hidden() != 0
	for one := range strings.SplitSeq(sh.withoutComments(selectors), ",") {
		if hides && sh.hide >= maxRules || !hides && len(sh.rules)-sh.hide >= maxShowing {
			return
		}
		parts, weight, ok := sh.parseSelector(one)
		if !ok {
			continue
		}
		sh.rules = append(sh.rules, rule{parts, st, weight})
		if hides {
			sh.hide++
		}
	}
}

// skipCSSSpace drops white space, comments and what HTML puts around styles.
func skipCSSSpace(css string) string {
	for {
		css = strings.TrimLeft(css, " \t\n\r\f;")
		switch {
		case strings.HasPrefix(css, "/*"):
			_, css, _ = strings.Cut(css[2:], "*/")
		case strings.HasPrefix(css, "<!--"):
			css = css[4:]
		case strings.HasPrefix(css, "-->"):
			css = css[3:]
		default:
			return css
		}
	}
}

// skipAtRule passes over an at-rule, or enters one whose rules hold for every
// screen.
func (sh *sheet) skipAtRule(css string) (rest string, entered bool) {
	end := strings.IndexAny(css, ";{")
	if end < 0 {
		return "", false
	}
	if css[end] == ';' {
		return css[end+1:], false
	}
	if !mayEnter(css[:end]) {
		return skipBlock(css[end:]), false
	}
	switch prelude := sh.texts.tidy(sh.texts.lower(css[:end])); {
	case prelude == "@media all", prelude == "@media screen", prelude == "@media only screen",
		prelude == "@media all,screen", prelude == "@media screen,all", strings.HasPrefix(prelude, "@layer"):
		return css[end+1:], true
	}
	return skipBlock(css[end:]), false
}

// mayEnter tells without allocation most at-rules that are not entered: all but
// @layer, and @media without a feature such as (min-width: 600px).
func mayEnter(prelude string) bool {
	const name = len("@media")
	if len(prelude) < name {
		return false
	}
	if strings.EqualFold(prelude[:name], "@layer") {
		return true
	}
	return strings.EqualFold(prelude[:name], "@media") && strings.IndexByte(prelude, '(') < 0
}

// indexBrace is the place of the first brace, -1 without.
func indexBrace(css string) int {
	end := strings.IndexByte(css, '}')
	if end < 0 {
		return strings.IndexByte(css, '{')
	}
	if open := strings.IndexByte(css[:end], '{'); open >= 0 {
		return open
	}
	return end
}

// skipBlock passes over the block that css begins with.
func skipBlock(css string) string {
	depth := 0
	for i := 0; ; {
		end := strings.IndexByte(css[i:], '}')
		if end < 0 {
			return ""
		}
		depth += strings.Count(css[i:i+end], "{")
		i += end + 1
		if depth--; depth == 0 {
			return css[i:]
		}
	}
}

// withoutComments drops comments.
func (sh *sheet) withoutComments(css string) string {
	if !strings.Contains(css, "/*") {
		return css
	}
	b, at := sh.texts.room(len(css))
	for css != "" {
		before, after, _ := strings.Cut(css, "/*")
		b.WriteString(before)
		_, css, _ = strings.Cut(after, "*/")
	}
	return b.String()[at:]
}

// parseSelector reads a selector of tags, classes and ids with descendants and
// children; it refuses any other.
func (sh *sheet) parseSelector(s string) (parts []compound, weight int, ok bool) {
	if cap(sh.parts)-len(sh.parts) < maxParts {
		sh.parts = make([]compound, 0, 16*maxParts)
	}
	parts = sh.parts[len(sh.parts):]
	for field := range selectorFields(s) {
		if field == ">" {
			if len(parts) == 0 {
				return nil, 0, false
			}
			parts[len(parts)-1].child = true
			continue
		}
		c, w, ok := sh.parseCompound(field)
		if !ok || len(parts) == maxParts {
			return nil, 0, false
		}
		parts = append(parts, c)
		weight += w
	}
	if len(parts) == 0 || parts[len(parts)-1].empty() || parts[len(parts)-1].child {
		return nil, 0, false
	}
	sh.parts = sh.parts[:len(sh.parts)+len(parts)]
	return parts[:len(parts):len(parts)], weight, true
}

// selectorFields yields what white space separates in a selector, and each '>'
// apart.
func selectorFields(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for field := range strings.FieldsSeq(s) {
			for field != "" {
				n := strings.IndexByte(field, '>')
				switch n {
				case -1:
					n = len(field)
				case 0:
					n = 1
				}
				if !yield(field[:n]) {
					return
				}
				field = field[n:]
			}
		}
	}
}

func (c *compound) empty() bool { return c.tag == "" && c.id == "" && len(c.classes) == 0 }

// parseCompound reads something like div#main.post.wide.
func (sh *sheet) parseCompound(s string) (c compound, weight int, ok bool) {
	from := len(sh.names)
	s = strings.TrimPrefix(s, "*")
	for s != "" {
		kind := s[0]
		if kind == '.' || kind == '#' {
			s = s[1:]
		} else if !isNameByte(kind) {
			return c, 0, false
		}
		end := 0
		for end < len(s) && (isNameByte(s[end]) || s[end] == '-' || s[end] >= 0x80) {
			end++
		}
		if end == 0 {
			return c, 0, false
		}
		switch kind {
		case '.':
			sh.names = append(sh.names, s[:end])
			c.classes = sh.names[from:len(sh.names):len(sh.names)]
			weight += 100
		case '#':
			c.id = s[:end]
			weight += 10_000
		default:
			c.tag = sh.texts.lower(s[:end])
			weight++
		}
		s = s[end:]
	}
	return c, weight, true
}
