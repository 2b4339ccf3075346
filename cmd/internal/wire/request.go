package wire

import (
	"fmt"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// FieldError says which field of a message cannot be used, and why.
type FieldError struct {
	Field string // path of the field, such as "options.preset"
	Why   string
}

// Error is "field: why".
func (e *FieldError) Error() string { return e.Field + ": " + e.Why }

// Request is the message for one page. The caller sets Page.Id and, where the
// text alone is wanted, Options.OmitBlocks.
func Request(doc classifier.Document, opts classifier.Options) *pb.ClassifyRequest {
	page := &pb.Page{Url: valid(doc.URL), ContentType: valid(doc.ContentType)}
	switch {
	case doc.HTML != nil:
		page.Content = &pb.Page_Html{Html: doc.HTML}
	case utf8.Valid(doc.Text):
		page.Content = &pb.Page_Text{Text: string(doc.Text)}
	default:
		page.Content = &pb.Page_TextBytes{TextBytes: doc.Text}
	}
	return &pb.ClassifyRequest{Page: page, Options: options(opts)}
}

func options(opts classifier.Options) *pb.ClassifyOptions {
	out := &pb.ClassifyOptions{
		Preset:       toEnum[pb.Preset](opts.Preset),
		Format:       toEnum[pb.TextFormat](opts.Format),
		WithTitle:    opts.WithTitle,
		WithCaptions: opts.WithCaptions,
		Evidence:     opts.Evidence,
		Comments:     opts.Comments,
		Signals:      opts.Signals,
		MaxBytes:     number(opts.MaxBytes),
		MaxBlocks:    number(opts.MaxBlocks),
	}
	for _, l := range opts.Labels {
		out.Labels = append(out.Labels, toEnum[pb.Label](l))
	}
	return out
}

// FromRequest is the inverse of Request. Its error is a *FieldError. The
// document may share memory with the message.
func FromRequest(req *pb.ClassifyRequest) (classifier.Document, classifier.Options, error) {
	doc, err := fromPage(req.GetPage())
	if err != nil {
		return doc, classifier.Options{}, err
	}
	opts, err := fromOptions(req.GetOptions())
	return doc, opts, err
}

func fromPage(page *pb.Page) (classifier.Document, error) {
	doc := classifier.Document{URL: page.GetUrl(), ContentType: page.GetContentType()}
	switch c := page.GetContent().(type) {
	case *pb.Page_Html:
		doc.HTML = c.Html
		if doc.HTML == nil { // an empty page is HTML all the same
			doc.HTML = []byte{}
		}
	case *pb.Page_HtmlString:
		doc.HTML = []byte(c.HtmlString)
	case *pb.Page_Text:
		doc.Text = []byte(c.Text)
	case *pb.Page_TextBytes:
		doc.Text = c.TextBytes
	default:
		return doc, &FieldError{"page.content", "missing: want one of html, html_string, text, text_bytes"}
	}
	return doc, nil
}

// The number of presets and formats, for reading their enums.
const (
	numPresets = int(classifier.Recall) + 1
	numFormats = int(classifier.Markdown) + 1
)

func fromOptions(in *pb.ClassifyOptions) (classifier.Options, error) {
	opts := classifier.Options{
		WithTitle:    in.GetWithTitle(),
		WithCaptions: in.GetWithCaptions(),
		Evidence:     in.GetEvidence(),
		Comments:     in.GetComments(),
		Signals:      in.GetSignals(),
		MaxBytes:     int(in.GetMaxBytes()),
		MaxBlocks:    int(in.GetMaxBlocks()),
	}
	var ok bool
	if opts.Preset, ok = orDefault[classifier.Preset](in.GetPreset(), numPresets); !ok {
		return opts, unknown("options.preset", in.GetPreset())
	}
	if opts.Format, ok = orDefault[classifier.TextFormat](in.GetFormat(), numFormats); !ok {
		return opts, unknown("options.format", in.GetFormat())
	}
	for i, e := range in.GetLabels() {
		l, ok := fromEnum[classifier.Label](e, classifier.NumLabels)
		if !ok {
			return opts, unknown(fmt.Sprintf("options.labels[%d]", i), e)
		}
		opts.Labels = append(opts.Labels, l)
	}
	if opts.MaxBytes < 0 {
		return opts, &FieldError{"options.max_bytes", "below 0"}
	}
	if opts.MaxBlocks < 0 {
		return opts, &FieldError{"options.max_blocks", "below 0"}
	}
	return opts, nil
}

// unknown is the error for an enum value that this program does not know.
func unknown(field string, value fmt.Stringer) error {
	return &FieldError{field, fmt.Sprintf("unknown value %s", value)}
}
