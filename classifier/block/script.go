package block

import "strings"

// scriptKind says what a <script> holds, as far as it may hold text.
type scriptKind uint8

const (
	scriptCode scriptKind = iota
	scriptLD              // JSON-LD
	scriptJSON            // a page's data
	scriptElse            // templates, import maps and what else no reader sees
)

// pageScript is the contents of a <script>.
type pageScript struct {
	span
	kind scriptKind
}

// kindOfScript reads a script's type.
func kindOfScript(a *attrs) scriptKind {
	t, _, _ := strings.Cut(a.texts.lower(a.get(attrType)), ";")
	switch t = strings.TrimSpace(t); {
	case t == "", t == "module", strings.HasSuffix(t, "javascript"), strings.HasSuffix(t, "ecmascript"):
		return scriptCode
	case t == "application/ld+json":
		return scriptLD
	case t == "application/json", t == "text/json", strings.HasSuffix(t, "+json"):
		return scriptJSON
	}
	return scriptElse
}
