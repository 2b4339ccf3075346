package render

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/block"
)

var update = flag.Bool("update", false, "rewrite the wanted texts in testdata")

// TestPages renders all blocks of each testdata/NAME.html and compares with
// NAME.md and NAME.txt.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in testdata: %v", err)
	}
	for _, file := range pages {
		name := strings.TrimSuffix(file, ".html")
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p, kept := split(t, src)
			markdown := Markdown(p, kept, nil, Options{Base: "https://example.org/", WithLinks: true, WithImages: true})
			compare(t, name+".md", markdown)
			compare(t, name+".txt", Text(p, kept, nil))
			page, words := readBack(t, Markdown(p, kept, nil, Options{WithLinks: true}))
			if want := wordsOf(p, kept); !slices.Equal(words, want) {
				t.Errorf("words read back differ\n got %q\nwant %q\nHTML:\n%s", words, want, page)
			}
		})
	}
}

// TestStrayFiles holds that every file in testdata belongs to a page.
func TestStrayFiles(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		ext := filepath.Ext(f.Name())
		_, err := os.Stat(filepath.Join("testdata", strings.TrimSuffix(f.Name(), ext)+".html"))
		if f.Name() != "fuzz" && (err != nil || !slices.Contains([]string{".html", ".md", ".txt"}, ext)) {
			t.Errorf("testdata/%s is neither a page nor the wanted text of one", f.Name())
		}
	}
}

// split is the page's blocks and the indices of all of them.
func split(t *testing.T, src []byte) (*block.Page, []int) {
	t.Helper()
	p, err := block.HTML(context.Background(), src, block.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p, every(p)
}

func every(p *block.Page) []int {
	kept := make([]int, len(p.Blocks))
	for i := range kept {
		kept[i] = i
	}
	return kept
}

// compare compares with a file, which ends in a line break; -update rewrites it.
func compare(t *testing.T, file, got string) {
	t.Helper()
	got += "\n"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n got:\n%s\nwant:\n%s", file, got, want)
	}
}
