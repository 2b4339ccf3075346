// Package block turns the bytes of a web page into blocks: runs of text that
// a reader sees as one piece (a paragraph, a menu entry, a table cell), each
// with its byte range in the original bytes and the facts of the markup
// around it. It judges nothing; it only tells what is there.
package block

import "errors"

// Errors that HTML and Text wrap.
var (
	// ErrTooLarge: the page is longer than Options.MaxBytes, or has more
	// blocks than Options.MaxBlocks.
	ErrTooLarge = errors.New("page too large")
	// ErrBinary: the bytes are not text in any charset (an image, a PDF, gzip).
	ErrBinary = errors.New("page is not text")
)

// Format says what a page was read as.
type Format uint8

// The formats.
const (
	FormatHTML Format = iota
	FormatText
)

// Options guide the splitting of one page. The zero value is useful.
type Options struct {
	ContentType string // HTTP Content-Type header, for its charset; may be empty
	MaxBytes    int    // longest page accepted; 0 means DefaultMaxBytes
	MaxBlocks   int    // most blocks accepted; 0 means DefaultMaxBlocks
}

// The limits that hold where Options leaves them at 0.
const (
	DefaultMaxBytes  = 32 << 20
	DefaultMaxBlocks = 200_000
)

// Page is a document split into blocks. Its strings may share memory with
// Source, which must not change while the Page is in use.
type Page struct {
	Format   Format
	Source   []byte    // the original bytes, as given
	Charset  string    // IANA name of the charset that Source was decoded from
	Elements []Element // every ancestor of a block, parents before children; may be empty for text
	Blocks   []Block   // in document order
	Images   []Image   // in document order
	Forms    []Form    // in document order
	Meta     Meta
}

// Element is one HTML element that has a block below it.
type Element struct {
	Parent   int32  // index in Page.Elements, -1 for the root
	Depth    int32  // 0 for the root
	Nth      int32  // 1-based place among the siblings seen so far with the same tag
	Start    int32  // byte offset of the start tag in Source
	Tag      string // lower case
	ID       string
	Class    string // as written, white space separated
	Role     string
	ItemProp string
	ItemType string
	Hidden   Hidden // evidence on this very element
}

// Hidden is a set of reasons to believe that a reader does not see a text.
type Hidden uint16

// The evidence of hiding. HiddenStyleRule stands beside the reason that the
// rule gave.
const (
	HiddenDisplay   Hidden = 1 << iota // display:none
	HiddenVisible                      // visibility:hidden or collapse
	HiddenOpacity                      // opacity:0
	HiddenOffscreen                    // positioned far off the screen, or text-indent far out
	HiddenTiny                         // font-size, width or height of nearly nothing, with overflow hidden
	HiddenAttribute                    // the hidden attribute
	HiddenARIA                         // aria-hidden=true
	HiddenColor                        // text colour equal to the background's, in one declaration
	HiddenStyleRule                    // found through a <style> rule rather than inline
	HiddenClip                         // clip or clip-path to nothing
)

// Role is the part that a block plays in the text's structure.
type Role uint8

// The roles. The splitter sets those that the markup tells; Title and Byline
// are found by the classifier.
const (
	RoleNone Role = iota
	RoleTitle
	RoleHeading
	RoleCaption
	RoleByline
	RoleList
	RoleTable
	RoleCode
	RoleQuote
)

// String is the role's name, empty for RoleNone.
func (r Role) String() string {
	return [...]string{"", "title", "heading", "caption", "byline", "list", "table", "code", "quote"}[r%9]
}

// Origin says where in the document a block's text stood.
type Origin uint8

// The origins.
const (
	OriginVisible   Origin = iota // in the document's own flow
	OriginNoscript                // inside <noscript>
	OriginTemplate                // inside <template>
	OriginAfterHTML               // after </html> or </body>
	OriginData                    // JSON-LD or embedded page data, offered where visible text is missing
)

// Block is one run of text.
type Block struct {
	Text    string // white space collapsed (kept in RoleCode); '\n' where the page breaks a line
	Start   int    // first byte in Page.Source, of the text itself
	End     int    // one past the last byte in Page.Source
	Element int32  // innermost element that holds all of the text, inline ones included; -1 for plain text
	Box     int32  // nearest block-level element around it; -1 for plain text
	Role    Role
	Level   uint8 // heading 1–6; list nesting depth 1…; quote depth
	Origin  Origin
	Hidden  Hidden   // union over the ancestors
	Form    int32    // index in Page.Forms of the form around it, -1 for none
	Control Controls // form controls inside this block or just before it with no text between
	Row     int32    // table row number within the page, counted from 1; 0 outside tables
	Column  int32    // cell number within the row, counted from 1
	Ordinal int32    // number of the list item in an <ol>, 0 otherwise
	Marks   []Mark   // links and inline styles over Text, by Start; nested ones after their parent
	Links   int      // number of links that touch the block
	LinkLen int      // bytes of Text inside links
	Gap     int      // blank lines before it, for plain text
}

// Controls counts form controls.
type Controls struct {
	Inputs, Textareas, Selects, Buttons, Checks uint8 // saturating; Inputs are one-line text fields
}

// MarkKind is what a Mark marks.
type MarkKind uint8

// The kinds of marks.
const (
	MarkLink MarkKind = iota
	MarkStrong
	MarkEmphasis
	MarkCode
)

// Mark is a link or an inline style over part of a block's text.
type Mark struct {
	Kind       MarkKind
	Start, End int    // byte range in Block.Text
	Href       string // of a link, as written, entities decoded
	Rel        string // of a link
}

// Image is a picture that has an alternative text or a place in the flow.
type Image struct {
	Before   int   // index of the block that follows it (may equal len(Blocks))
	Element  int32 // element around it
	Alt, Src string
	Start    int // byte offset of the tag
}

// Form is a <form>, or a run of form controls outside one.
type Form struct {
	Element    int32 // -1 if no block stands inside it
	Start, End int   // byte range of the form in Source
	Action     string
	Method     string // lower case, "get" where absent
	ID, Class  string
	Fields     []Field
}

// Field is one form control.
type Field struct {
	Tag         string // input, textarea, select, button
	Type        string // lower case; "text" where absent on input
	Name, ID    string
	Placeholder string
	Value       string // of buttons and submit inputs only
	Hidden      Hidden
}

// Meta is what the page says of itself. Fields are empty where it does not.
type Meta struct {
	TitleTag    string   // <title>
	Title       string   // og:title, twitter:title, JSON-LD headline: the first of these
	Description string   // meta description or og:description
	Author      string   // meta author, article:author, JSON-LD author
	Date        string   // ISO 8601 where it can be parsed, else as written
	SiteName    string   // og:site_name, JSON-LD publisher
	Language    string   // <html lang>, content-language, og:locale; BCP 47
	Canonical   string   // link rel=canonical or og:url
	Base        string   // <base href>
	Type        string   // og:type
	SchemaTypes []string // @type values of the JSON-LD on the page, in order, without repeats
	ArticleBody string   // JSON-LD articleBody or text, entities and tags removed
	Generator   string   // meta generator
}
