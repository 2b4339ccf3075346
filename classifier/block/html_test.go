package block

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the .want files in testdata")

// TestHTML splits testdata/NAME.html and compares the blocks with NAME.want.
// A new case needs no Go: write the page, run with -update, read the result.
func TestHTML(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := f.Name()
		switch {
		case f.IsDir() && (name == "fuzz" || name == "text"):
		case strings.HasSuffix(name, ".html"):
			t.Run(strings.TrimSuffix(name, ".html"), func(t *testing.T) { htmlCase(t, filepath.Join("testdata", name)) })
		case strings.HasSuffix(name, ".want"):
			if _, err := os.Stat(filepath.Join("testdata", strings.TrimSuffix(name, ".want")+".html")); err != nil {
				t.Errorf("%s has no page: %v", name, err)
			}
		default:
			t.Errorf("testdata/%s is neither a page nor what is wanted of one", name)
		}
	}
}

func htmlCase(t *testing.T, file string) {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page, err := HTML(t.Context(), src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, page)
	checkRanges(t, page)
	got := describePage(page)
	want := strings.TrimSuffix(file, ".html") + ".want"
	if *update {
		if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	wanted, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(wanted), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// describePage writes a page for a golden file: a line for each block, its
// marks below it, and then what else the page holds.
func describePage(p *Page) string {
	var b strings.Builder
	for i := range p.Blocks {
		describeBlock(&b, p, &p.Blocks[i])
	}
	for _, img := range p.Images {
		fmt.Fprintf(&b, "image before %d in %s alt=%q src=%q\n", img.Before, p.Path(img.Element), img.Alt, img.Src)
	}
	for i, f := range p.Forms {
		fmt.Fprintf(&b, "form %d at %s action=%q method=%s id=%q class=%q\n", i, p.Path(f.Element), f.Action, f.Method, f.ID, f.Class)
		for _, c := range f.Fields {
			fmt.Fprintf(&b, "  field %s type=%q name=%q id=%q placeholder=%q value=%q%s\n", c.Tag, c.Type, c.Name, c.ID, c.Placeholder, c.Value, c.Hidden.names())
		}
	}
	describeMeta(&b, &p.Meta)
	return b.String()
}

func describeBlock(b *strings.Builder, p *Page, k *Block) {
	fmt.Fprintf(b, "%s %q", p.Path(k.Element), k.Text)
	if k.Box != k.Element {
		fmt.Fprintf(b, " box=%s", p.Path(k.Box))
	}
	if k.Role != RoleNone || k.Level != 0 {
		fmt.Fprintf(b, " role=%s/%d", k.Role, k.Level)
	}
	if k.Ordinal != 0 {
		fmt.Fprintf(b, " ordinal=%d", k.Ordinal)
	}
	if k.Row != 0 || k.Column != 0 {
		fmt.Fprintf(b, " cell=%d,%d", k.Row, k.Column)
	}
	if k.Origin != OriginVisible {
		fmt.Fprintf(b, " origin=%s", [...]string{"", "noscript", "template", "after", "data"}[k.Origin])
	}
	b.WriteString(k.Hidden.names())
	if k.Form >= 0 {
		fmt.Fprintf(b, " form=%d", k.Form)
	}
	if k.Control != (Controls{}) {
		fmt.Fprintf(b, " controls=%+v", k.Control)
	}
	if k.Links != 0 {
		fmt.Fprintf(b, " links=%d/%d", k.Links, k.LinkLen)
	}
	b.WriteByte('\n')
	for _, m := range k.Marks {
		kind := [...]string{"link", "strong", "emphasis", "code"}[m.Kind]
		fmt.Fprintf(b, "  %s %q", kind, k.Text[m.Start:m.End])
		if m.Kind == MarkLink {
			fmt.Fprintf(b, " href=%q rel=%q", m.Href, m.Rel)
		}
		b.WriteByte('\n')
	}
}

// names writes the evidence as words.
func (h Hidden) names() string {
	var on []string
	for i, name := range []string{"display", "visibility", "opacity", "offscreen", "tiny", "attribute", "aria", "color", "rule", "clip"} {
		if h&(1<<i) != 0 {
			on = append(on, name)
		}
	}
	if on == nil {
		return ""
	}
	return " hidden=" + strings.Join(on, ",")
}

func describeMeta(b *strings.Builder, m *Meta) {
	for _, f := range []struct{ name, value string }{
		{"title tag", m.TitleTag}, {"title", m.Title}, {"description", m.Description}, {"author", m.Author},
		{"date", m.Date}, {"site", m.SiteName}, {"language", m.Language}, {"canonical", m.Canonical},
		{"base", m.Base}, {"type", m.Type}, {"schema types", strings.Join(m.SchemaTypes, " ")},
		{"article body", m.ArticleBody}, {"generator", m.Generator},
	} {
		if f.value != "" {
			fmt.Fprintf(b, "meta %s: %q\n", f.name, f.value)
		}
	}
}

func TestHTMLLimits(t *testing.T) {
	page := []byte(strings.Repeat("<p>x", 11))
	if _, err := HTML(t.Context(), page, Options{MaxBlocks: 10}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("11 blocks where 10 are allowed: %v", err)
	}
	if _, err := HTML(t.Context(), page, Options{MaxBlocks: 11}); err != nil {
		t.Errorf("11 blocks where 11 are allowed: %v", err)
	}
	if _, err := HTML(t.Context(), page, Options{MaxBytes: 10}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%d bytes where 10 are allowed: %v", len(page), err)
	}
	if _, err := HTML(t.Context(), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), Options{}); !errors.Is(err, ErrBinary) {
		t.Errorf("a picture: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := HTML(ctx, []byte(strings.Repeat("<p>x", 4*checkEvery)), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
}

// TestHTMLCharset checks that offsets are those of the bytes as given.
func TestHTMLCharset(t *testing.T) {
	src := []byte("<meta charset=windows-1252><p>Caf\xe9 au lait</p><p>\x93quoted\x94</p>")
	page, err := HTML(t.Context(), src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ text, raw string }{{"Café au lait", "Caf\xe9 au lait"}, {"“quoted”", "\x93quoted\x94"}} {
		b := page.Blocks[i]
		if raw := string(src[b.Start:b.End]); b.Text != want.text || raw != want.raw {
			t.Errorf("block %d is %q at %q, want %q at %q", i, b.Text, raw, want.text, want.raw)
		}
	}
}
