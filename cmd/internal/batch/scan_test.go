package batch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// reference reads a line with encoding/json, where it can say the same.
func reference(data []byte) (p page, ok bool) {
	var raw map[string]json.RawMessage
	if json.Unmarshal(data, &raw) != nil || raw == nil {
		return p, false
	}
	field := func(name string) []byte {
		var s *string
		if v, given := raw[name]; given && ok {
			ok = json.Unmarshal(v, &s) == nil
		}
		if s == nil {
			return nil
		}
		return append([]byte{}, *s...)
	}
	ok = true
	p.html, p.text = field("html"), field("text")
	p.url, p.contentType = string(field("url")), string(field("content_type"))
	dec := json.NewDecoder(bytes.NewReader(raw["id"]))
	dec.UseNumber()
	if id, given := raw["id"]; given && dec.Decode(&p.id) != nil {
		panic(string(id))
	}
	switch p.id.(type) {
	case nil, string, json.Number:
	default:
		ok = false
	}
	return p, ok && (p.html != nil || p.text != nil)
}

var lineSeeds = []string{
	`{"id":"a","html":"<p>\u00e9\n\"x\" \/ \\ \ud83d\ude00 \ud83d \ude00\ud83d</p>"}`,
	`{"id":7,"text":"x","url":null,"content_type":"text/html","more":[{"a":"]}\\\""}]}`,
	` { "id" : -1.5e3 , "text" : "" } `,
	`{"id":"a","html":null,"text":"plain \u0041"}`,
	`{}`, `[]`, `nul`, `{"html":"x"`, `{"html":"x"}}`, `{"html":"x",}`, `{"html" "x"}`,
	`{"html":"x","a":tru}`, `{"html":"x","a":[}`, `{"html":"x","a":01}`, `{"html":"\x"}`, `{"html":"\u12"}`,
	"{\"html\":\"a\tb\"}", "{\"html\":\"\xff\"}", `{"html":"x","id":{}}`, `{"html":"x","a":}`, `{"html":"x","a":"`,
	`{"html":"x","html":"y"}`, `{"html":5}`, `{"url":5,"html":""}`, `{"id":true,"html":""}`, "", "\x00", "{\"html\":\x00}",
	`{"html":"` + strings.Repeat(`0123456789\t`, 40) + `"}`,
}

func TestReadPage(t *testing.T) {
	for _, seed := range lineSeeds {
		compare(t, []byte(seed))
	}
}

func FuzzReadPage(f *testing.F) {
	for _, seed := range lineSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { compare(t, data) })
}

// compare holds readPage to encoding/json. Lines that are not UTF-8 are read
// differently on purpose, and so are names: ours are exact, and those of
// encoding/json into a map are too, but a field given twice and first wrongly
// is refused by ours alone.
func compare(t *testing.T, data []byte) {
	t.Helper()
	got, err := readPage(bytes.Clone(data))
	if !utf8.Valid(data) {
		return
	}
	want, ok := reference(data)
	if err != nil && ok && repeats(data) {
		return
	}
	if (err == nil) != ok {
		t.Fatalf("%q: error %v, encoding/json reads it: %v", data, err, ok)
	}
	if ok && !reflect.DeepEqual(got, want) {
		t.Fatalf("%q:\ngot  %+v\nwant %+v", data, got, want)
	}
}

func repeats(data []byte) bool {
	for _, name := range []string{`id`, `url`, `html`, `text`, `content_type`} {
		dec, seen := json.NewDecoder(bytes.NewReader(data)), 0
		for {
			token, err := dec.Token()
			if err != nil {
				break
			}
			if token == name {
				seen++
			}
		}
		if seen > 1 {
			return true
		}
	}
	return false
}

func TestReadPageKeepsIDOfBrokenLine(t *testing.T) {
	p, err := readPage([]byte(`{"id":"a7","html":"<p>cut o`))
	if err == nil || p.id != "a7" {
		t.Fatalf("id %v, error %v", p.id, err)
	}
}

func TestDocument(t *testing.T) {
	for _, c := range []struct{ in, contentType, html, text string }{
		{`{"html":"<p>é","content_type":"text/html; charset=iso-8859-1"}`, "text/html; charset=utf-8", "<p>é", ""},
		{"{\"html\":\"<p>\xe9\",\"content_type\":\"text/html; charset=iso-8859-1\"}", "text/html; charset=iso-8859-1", "<p>\xe9", ""},
		{`{"html":"a < b","content_type":"text/plain"}`, "text/plain; charset=utf-8", "", "a < b"},
		{`{"text":"a"}`, "text/plain; charset=utf-8", "", "a"},
	} {
		p, err := readPage([]byte(c.in))
		if err != nil {
			t.Fatal(err)
		}
		d := p.document()
		if d.ContentType != c.contentType || string(d.HTML) != c.html || string(d.Text) != c.text {
			t.Errorf("%s: %q %q %q", c.in, d.ContentType, d.HTML, d.Text)
		}
	}
}

// BenchmarkReadPage reads the pages named by PAGES, or made-up ones.
func BenchmarkReadPage(b *testing.B) {
	pages := benchmarkLines(b)
	size := 0
	for _, p := range pages {
		size += len(p)
	}
	b.SetBytes(int64(size / len(pages)))
	b.ReportAllocs()
	scratch := make([]byte, 0, 8<<20)
	for i := 0; b.Loop(); i++ {
		scratch = append(scratch[:0], pages[i%len(pages)]...)
		if _, err := readPage(scratch); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkLines(b *testing.B) [][]byte {
	name := os.Getenv("PAGES")
	if name == "" {
		html := strings.Repeat("<li class=\"entry\">\n\t<a href=\"/some/where\">Some words of a link</a></li>\n", 4000)
		data, _ := json.Marshal(map[string]string{"id": "a", "html": html})
		return [][]byte{data}
	}
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var pages [][]byte
	in := bufio.NewReaderSize(f, readBuffer)
	for len(pages) < 200 {
		data, _, err := readLine(in, DefaultMaxLine)
		if err != nil {
			break
		}
		pages = append(pages, data)
	}
	return pages
}
