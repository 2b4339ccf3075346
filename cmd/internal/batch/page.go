package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier"
)

// page is one line of the input, read. Its byte slices lie in the line's own
// memory.
type page struct {
	id          any // string or json.Number, as it was given; nil if it was not
	url         string
	contentType string
	html, text  []byte
}

// readPage reads one line's JSON and destroys the line in doing so. With an
// error it still gives the id, if that stood before what is wrong. Unknown
// fields are skipped, null is as good as absent, and of a field given twice
// the last counts.
func readPage(data []byte) (page, error) {
	var p page
	s := scanner{b: data}
	if s.next() != '{' {
		return p, s.unexpected("an object")
	}
	s.i++
	if s.next() == '}' {
		s.i++
	} else if err := p.readFields(&s); err != nil {
		return p, err
	}
	if s.next(); s.i < len(s.b) {
		return p, s.unexpected("the line's end")
	}
	if p.html == nil && p.text == nil {
		return p, errors.New("neither html nor text is given")
	}
	return p, nil
}

func (p *page) readFields(s *scanner) error {
	for {
		name, err := s.text()
		if err != nil {
			return err
		}
		if s.next() != ':' {
			return s.unexpected("a colon")
		}
		s.i++
		if err := p.readField(s, name); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.i++
		case '}':
			s.i++
			return nil
		default:
			return s.unexpected("a comma or a closing brace")
		}
	}
}

func (p *page) readField(s *scanner, name []byte) (err error) {
	switch string(name) {
	case "id":
		p.id, err = readID(s)
	case "url":
		p.url, err = readString(s, "url")
	case "content_type":
		p.contentType, err = readString(s, "content_type")
	case "html":
		p.html, err = readText(s, "html")
	case "text":
		p.text, err = readText(s, "text")
	default:
		if s.next() == '"' {
			_, err = s.text() // cheaper than raw, which reads a string twice
		} else {
			_, err = s.raw()
		}
	}
	return err
}

// readID takes numbers too, since many data sets count their pages, and gives
// them back as numbers.
func readID(s *scanner) (any, error) {
	if s.next() == '"' {
		id, err := s.text()
		return string(id), err
	}
	raw, err := s.raw()
	switch {
	case err != nil:
		return nil, err
	case string(raw) == "null":
		return nil, nil
	case raw[0] == '-' || '0' <= raw[0] && raw[0] <= '9':
		return json.Number(raw), nil
	}
	return nil, errors.New("id is neither a string nor a number")
}

func readString(s *scanner, name string) (string, error) {
	b, err := readText(s, name)
	return string(b), err
}

// readText reads a string, or nil for null.
func readText(s *scanner, name string) ([]byte, error) {
	if s.next() == '"' {
		return s.text()
	}
	raw, err := s.raw()
	if err == nil && string(raw) != "null" {
		err = fmt.Errorf("%s is not a string", name)
	}
	return nil, err
}

// document is the page as the classifier takes it. JSON is UTF-8, so a
// charset that the server or the page names held for the bytes that someone
// has decoded since. Bytes that are no UTF-8 break JSON's rule; then what
// the header says is the best there is.
func (p page) document() classifier.Document {
	d := classifier.Document{HTML: p.html, Text: p.text, URL: p.url, ContentType: p.contentType}
	media, _, _ := mime.ParseMediaType(p.contentType)
	if media == "text/plain" && d.HTML != nil {
		d.HTML, d.Text = nil, d.HTML
	}
	if d.HTML != nil && utf8.Valid(d.HTML) {
		d.ContentType = "text/html; charset=utf-8"
	} else if d.HTML == nil && utf8.Valid(d.Text) {
		d.ContentType = "text/plain; charset=utf-8"
	}
	return d
}
