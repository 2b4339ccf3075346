package classifier

import (
	_ "embed"
	"sync"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/comments"
	"github.com/pagesieve/pagesieve/classifier/feature"
	"github.com/pagesieve/pagesieve/classifier/quality"
)

// Label is what a block is; see the constants.
type Label = bayes.Label

// The labels.
const (
	Body        = bayes.Body
	Navigation  = bayes.Navigation
	CommentForm = bayes.CommentForm
	Comment     = bayes.Comment
	LinkSpam    = bayes.LinkSpam
	NumLabels   = bayes.NumLabels
)

// Preset chooses between missing some of the text and keeping too much.
type Preset uint8

// The presets.
const (
	Balanced Preset = iota
	Precision
	Recall
)

// TextFormat is the form of Result.Text.
type TextFormat uint8

// The forms.
const (
	PlainText TextFormat = iota
	Markdown
)

// Document is one page to classify: HTML, or Text already taken out of a page.
type Document struct {
	HTML        []byte // used if not nil
	Text        []byte // used if HTML is nil
	URL         string // where the page came from, if known: tells own links from foreign ones
	ContentType string // HTTP header, for its charset
}

// Options guide one call. The zero value is the default.
type Options struct {
	Preset       Preset
	Format       TextFormat
	WithTitle    bool    // put the headline into Text
	WithCaptions bool    // put pictures' captions into Text
	Labels       []Label // which labels make up Text; empty means Body
	Evidence     bool    // fill Block.Evidence, Reasons and Targets
	Comments     bool    // fill Result.Comments
	Signals      bool    // fill Result.Signals
	MaxBytes     int     // longest page accepted; 0 means block.DefaultMaxBytes
	MaxBlocks    int     // most blocks accepted; 0 means block.DefaultMaxBlocks
}

// Result is the answer for one page.
type Result struct {
	Text     string // clean text in the form asked for
	Blocks   []Block
	Metadata Metadata
	Kind     PageKind
	Kinds    [NumPageKinds]float64 // probability of each page kind
	Verdict  Verdict
	Reasons  []string // why the verdict, in words
	Quality  float64  // 0…1, expected F-measure of the body as the page's main text, by words; 0 without a body
	Charset  string
	Model    string // version of the model: name and digest

	Unsure      bool    // Quality is below 0.7; where there is no body, one of 25 words or more is still to be expected
	UnsureShare float64 // 0…1, of the page's words, those in unsure blocks

	CommentForms []comments.Form    // forms for writing comments, in document order
	Comments     []comments.Comment // nil unless asked for
	Signals      *quality.Signals   // of the body alone; nil unless asked for
}

// Block is one labelled block of a page.
type Block struct {
	Text          string
	Start, End    int    // byte range in the document as given
	Path          string // DOM path, such as html/body/div#main.post/p[2]; empty for text
	Label         Label
	Role          block.Role
	Probabilities [NumLabels]float64 // sums to 1
	Kept          bool               // stands in Result.Text
	Unsure        bool               // the best label is hardly better than the next
	Hidden        block.Hidden
	Evidence      []Evidence // strongest first; nil unless asked for
	Reasons       []string   // why the label, in words, strongest first; nil unless evidence is asked for
	Targets       []string   // hosts of other sites that its links lead to, one for each link; nil unless evidence is asked for
}

// Probability is that of the block's label.
func (b Block) Probability() float64 { return b.Probabilities[b.Label] }

// Evidence is one reason for a block's label.
type Evidence struct {
	View    string  // the view or fact it comes from, such as "words" or "link density"
	Token   string  // the token or the fact's value
	LogOdds float64 // in nats; positive speaks for the block's label, negative against it
}

// Metadata is what the page says of itself, and its headline as found.
type Metadata struct {
	Title, Author, Date, SiteName, Language, Description, Canonical string
}

// Classifier labels pages with one model. It is immutable and safe for use by
// many goroutines.
type Classifier struct {
	model *bayes.Model
	rooms sync.Pool // of *room, for the pages at hand
}

// New is a classifier with the model in the given file's bytes. It fails with
// an error that wraps bayes.ErrModel.
func New(model []byte) (*Classifier, error) {
	m, err := bayes.Decode(model, feature.Schema())
	if err != nil {
		return nil, err
	}
	return FromModel(m)
}

// FromModel is a classifier with a model in memory, such as one just trained.
func FromModel(m *bayes.Model) (*Classifier, error) {
	if err := feature.Check(m); err != nil {
		return nil, err
	}
	return &Classifier{model: m}, nil
}

//go:embed default.model
var defaultModel []byte

// Default is the classifier with the embedded model, built once.
var Default = sync.OnceValues(func() (*Classifier, error) { return New(defaultModel) })

// ModelVersion names the model: its name and the start of its file's digest.
func (c *Classifier) ModelVersion() string {
	return c.model.Name + "-" + c.model.Digest[:min(12, len(c.model.Digest))]
}
