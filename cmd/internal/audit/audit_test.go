package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
)

const page = "<h1>Zoë's page</h1>\n<p>Über die Fähre</p>\n<div>é <a href=//a.example>buy a</a></div>\n<ul><li>buy b</li><li>buy c</li></ul>\n"

// spam is a block of the page with the given text.
func spam(t *testing.T, text string, label classifier.Label, hidden block.Hidden, targets ...string) classifier.Block {
	t.Helper()
	start := strings.Index(page, text)
	if start < 0 {
		t.Fatalf("no %q on the page", text)
	}
	b := classifier.Block{Text: text, Start: start, End: start + len(text), Path: "html/body/ul/li", Label: label, Hidden: hidden, Targets: targets,
		Reasons: []string{"a link to x, not on the page's subject", "words that spam uses: “" + text + "”"}}
	b.Probabilities[label] = 0.9
	return b
}

func result(t *testing.T) *classifier.Result {
	return &classifier.Result{Charset: "utf-8", Model: "m", Verdict: classifier.SpamInjected, Blocks: []classifier.Block{
		spam(t, "Über die Fähre", classifier.Body, 0),
		spam(t, "buy a", classifier.LinkSpam, 0, "a.example", "a.example"),
		spam(t, "buy b", classifier.LinkSpam, block.HiddenTiny, "b.example"),
		spam(t, "buy c", classifier.LinkSpam, block.HiddenTiny, "a.example"),
	}}
}

func TestFindings(t *testing.T) {
	found := findings(classifier.Document{HTML: []byte(page)}, result(t))
	if len(found) != 2 {
		t.Fatalf("%d findings, want 2: blocks that hide differently are apart", len(found))
	}
	one, two := found[0], found[1]
	if one.Line != 3 || one.Column != 28 || one.Links != 2 || len(one.Hosts) != 1 || one.Words != 2 || len(one.Hidden) > 0 {
		t.Errorf("%+v", one)
	}
	if two.Line != 4 || two.EndLine != 4 || len(two.Blocks) != 2 || page[two.Start:two.End] != "buy b</li><li>buy c" || !slices.Equal(two.Hidden, []string{"too small to see"}) {
		t.Errorf("%+v", two)
	}
	want := []string{"2 links to 2 hosts in 2 blocks, none on the page's subject", "words that spam uses: “buy b”"}
	if !slices.Equal(two.Reasons, want) {
		t.Errorf("reasons %q, want %q", two.Reasons, want)
	}
}

func TestReport(t *testing.T) {
	var r Report
	r.Add("clean.html", classifier.Document{HTML: []byte("x")}, &classifier.Result{Model: "m"})
	r.Add("<b>.html", classifier.Document{HTML: []byte(page)}, result(t))
	r.Fail("broken.html", errors.New("no such file"))
	r.Finish()
	if r.Pages != 3 || r.Clean != 1 || r.Spam != 1 || r.Failed != 1 || r.Findings != 2 || fmt.Sprint(r.Hosts) != "[{a.example 3} {b.example 1}]" {
		t.Errorf("%+v", r)
	}
	data, err := json.Marshal(&r)
	if err != nil || !bytes.Contains(data, []byte(`"list":[{"name":"\u003cb\u003e.html"`)) {
		t.Errorf("JSON %s, error %v", data, err)
	}
}

// TestHTML holds that the page of the report is well-formed, says what was
// found, runs nothing and links nowhere, whatever a page says.
func TestHTML(t *testing.T) {
	res := result(t)
	evil := `<script>alert(1)</script><a href="javascript:x">`
	res.Blocks[1].Text, res.Blocks[1].Path, res.Blocks[1].Reasons, res.Blocks[1].Targets = evil, evil, []string{evil}, []string{evil}
	res.Metadata.Title, res.Reasons = evil, []string{evil}
	var r Report
	r.Add(evil, classifier.Document{HTML: []byte(page)}, res)
	r.Fail(evil, errors.New(evil))
	r.Finish()
	var out bytes.Buffer
	if err := r.HTML(&out); err != nil {
		t.Fatal(err)
	}
	text := visibleText(t, out.Bytes())
	for _, want := range []string{"Link spam on 1 of 2 pages", "Line 4", "too small to see", "a.example", evil} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the page: %s", want, text)
		}
	}
	var empty Report
	empty.Finish()
	if err := empty.HTML(&out); err != nil {
		t.Fatal(err)
	}
}

// visibleText parses a page, fails on tags that do something, and returns its
// text.
func visibleText(t *testing.T, page []byte) string {
	t.Helper()
	var text strings.Builder
	var open []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("not closed: %v", open)
			}
			return text.String()
		case html.TextToken:
			if len(open) > 0 && open[len(open)-1] != "style" {
				text.Write(z.Text())
			}
			s := string(text.String())
			text.Reset()
			text.WriteString(html.UnescapeString(s))
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "script", "a", "img", "iframe", "link", "form":
				t.Errorf("<%s> in the page", tag)
			case "meta", "html", "li", "p": // void, or closed at will
			default:
				open = append(open, tag)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := string(name)
			if tag == "html" || tag == "li" || tag == "p" {
				continue
			}
			if len(open) == 0 || open[len(open)-1] != tag {
				t.Fatalf("</%s> in %v", tag, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// TestLines holds columns against characters, and against bytes where there
// are none.
func TestLines(t *testing.T) {
	src := []byte("é\n\nabc\xe9")
	for _, c := range []struct {
		charset              string
		offset, line, column int
	}{
		{"utf-8", 0, 1, 1}, {"utf-8", 2, 1, 2}, {"utf-8", 3, 2, 1}, {"utf-8", 4, 3, 1}, {"UTF-8", 6, 3, 3},
		{"windows-1252", 2, 1, 3}, {"utf-8", 99, 3, 5}, {"utf-8", -1, 1, 1},
	} {
		if line, column := newLines(src, c.charset).at(c.offset); line != c.line || column != c.column {
			t.Errorf("%s, byte %d: %d:%d, want %d:%d", c.charset, c.offset, line, column, c.line, c.column)
		}
	}
	if line, column := newLines(nil, "utf-8").at(0); line != 1 || column != 1 {
		t.Errorf("an empty page: %d:%d", line, column)
	}
}
