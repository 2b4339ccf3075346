package dir

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/pagesieve/pagesieve/training/store"
)

// somePages are n pages of 100 KB.
func somePages(n int) []store.Page {
	rng := rand.New(rand.NewPCG(1, 1))
	data := make([]byte, 100_000+n)
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	pages := make([]store.Page, n)
	for i := range pages {
		pages[i] = store.Page{ID: fmt.Sprint("page ", i), Data: data[i : i+100_000]}
	}
	return pages
}

// BenchmarkOpen opens a store of 1,500 pages, 150 MB.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "store")
	s, err := openStore(path)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.PutPages(b.Context(), somePages(1500)); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := openStore(path)
		if err != nil || s.NumPages() != 1500 {
			b.Fatal(err)
		}
		s.Close()
	}
}

// BenchmarkPut puts pages of 100 KB, one and 64 at a time, each time durably.
func BenchmarkPut(b *testing.B) {
	for _, n := range []int{1, 64} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, err := openStore(filepath.Join(b.TempDir(), "store"))
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			pages := somePages(n)
			k := 0
			for b.Loop() {
				for i := range pages {
					pages[i].ID = fmt.Sprint(k, i)
				}
				k++
				if _, err := s.PutPages(b.Context(), pages); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(n) * 100_000)
		})
	}
}
