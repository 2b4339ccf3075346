package server

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier"
)

// benchServer answers at once, with as many blocks as a page of that size
// has, so that what is measured is the way there and back.
func benchServer(b *testing.B, size int) (*fixture, string) {
	blocks := make([]classifier.Block, size/250)
	for i := range blocks {
		blocks[i] = classifier.Block{
			Text: strings.Repeat("word ", 20), Path: "html/body/div#main.post/p[2]", Start: i * 250, End: i*250 + 100,
			Kept: true, Probabilities: [classifier.NumLabels]float64{0.9, 0.05, 0.02, 0.02, 0.01},
		}
	}
	result := &classifier.Result{Text: strings.Repeat("word ", size/20), Blocks: blocks, Model: "bench"}
	f := start(b, Config{Classify: func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error) {
		return result, nil
	}})
	return f, strings.Repeat("<p>word ", size/8)
}

var benchSizes = []int{8 << 10, 50 << 10, 1 << 20}

func BenchmarkUnary(b *testing.B) {
	for _, size := range benchSizes {
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
			f, page := benchServer(b, size)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.Classify(b.Context(), textRequest("1", page)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkStream(b *testing.B) {
	for _, size := range benchSizes {
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
			f, page := benchServer(b, size)
			stream, err := f.ClassifyStream(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			sent := make(chan error, 1)
			b.ReportAllocs()
			b.ResetTimer()
			go func() {
				for range b.N {
					if err := stream.Send(streamRequest("1", page)); err != nil {
						sent <- err
						return
					}
				}
				sent <- stream.CloseSend()
			}()
			for {
				if _, err := stream.Recv(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
			if err := <-sent; err != nil {
				b.Fatal(err)
			}
		})
	}
}

func BenchmarkHTTPRaw(b *testing.B) {
	result := &classifier.Result{Text: "x"}
	s, _ := webServer(b, Config{Classify: func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error) {
		return result, nil
	}})
	page := strings.Repeat("<p>word ", 50<<10/8)
	b.ReportAllocs()
	for b.Loop() {
		if rec := s.post("/v1/classify", "text/html", page); rec.Code != 200 {
			b.Fatal(rec.Body)
		}
	}
}
