package soak

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// overheadPages are what a unary call is measured on: a page of 50 KB as most
// are, and one with twice as many blocks and four times as much text.
func overheadPages() map[string][]byte {
	dense, _ := article(rand.New(rand.NewPCG(3, 4)), 50<<10)
	return map[string][]byte{"ordinary": ordinary(rand.New(rand.NewPCG(3, 4))), "dense": dense}
}

// BenchmarkOverhead classifies one page of 50 KB in turn by the library and by
// a unary call over TCP to a server in the same process. overhead-µs is by how
// much the median call takes longer: what the client does, both ways over the
// loopback, and what the server does beside classifying. overhead-cpu-µs is the
// same of the mean time on processors, and overhead-p5-µs of the fastest
// twentieth: other programs disturb both less.
func BenchmarkOverhead(b *testing.B) {
	for name, html := range overheadPages() {
		b.Run(name, func(b *testing.B) { overhead(b, page{html: html}) })
	}
}

func overhead(b *testing.B, p page) {
	c, err := classifier.Default()
	if err != nil {
		b.Fatal(err)
	}
	rpc := pb.NewFilterServiceClient(dial(b, serve(b, server.Config{Classify: c.Classify})))
	var library, unary []time.Duration
	var libraryCPU, unaryCPU time.Duration
	for b.Loop() {
		used, start := spentHere(), time.Now()
		if _, err := c.Classify(b.Context(), classifier.Document{HTML: p.html}, classifier.Options{}); err != nil {
			b.Fatal(err)
		}
		between, usedBetween := time.Now(), spentHere()
		if _, err := rpc.Classify(b.Context(), classifyRequest(0, p)); err != nil {
			b.Fatal(err)
		}
		library, unary = append(library, between.Sub(start)), append(unary, time.Since(between))
		libraryCPU, unaryCPU = libraryCPU+usedBetween-used, unaryCPU+spentHere()-usedBetween
	}
	in, out := quantile(library, 0.5), quantile(unary, 0.5)
	b.ReportMetric(float64(in.Nanoseconds())/1e3, "library-µs")
	b.ReportMetric(float64(out.Nanoseconds())/1e3, "unary-µs")
	b.ReportMetric(float64((quantile(unary, 0.05)-quantile(library, 0.05)).Nanoseconds())/1e3, "overhead-p5-µs")
	b.ReportMetric(float64(libraryCPU.Nanoseconds())/1e3/float64(b.N), "library-cpu-µs")
	b.ReportMetric(float64((unaryCPU-libraryCPU).Nanoseconds())/1e3/float64(b.N), "overhead-cpu-µs")
	b.ReportMetric(float64((out-in).Nanoseconds())/1e3, "overhead-µs")
}

// BenchmarkOverheadParts measures the parts of what a call adds, one by one:
// the request's decoding, from result to message, the message's encoding, the
// client's decoding, and the whole way with an answer that is there already.
func BenchmarkOverheadParts(b *testing.B) {
	c, err := classifier.Default()
	if err != nil {
		b.Fatal(err)
	}
	codec := wire.Codec()
	for name, html := range overheadPages() {
		result, err := c.Classify(b.Context(), classifier.Document{HTML: html}, classifier.Options{})
		if err != nil {
			b.Fatal(err)
		}
		request, response := classifyRequest(0, page{html: html}), wire.Response(result)
		encode := func(m proto.Message) mem.BufferSlice {
			data, err := codec.Marshal(m)
			if err != nil {
				b.Fatal(err)
			}
			return data
		}
		decode := func(data mem.BufferSlice, to proto.Message) {
			if err := codec.Unmarshal(data, to); err != nil {
				b.Fatal(err)
			}
		}
		sent, answer := encode(request), encode(response)
		part := func(what string, do func()) {
			b.Run(name+"/"+what, func(b *testing.B) {
				b.ReportAllocs()
				var took []time.Duration
				for b.Loop() {
					start := time.Now()
					do()
					took = append(took, time.Since(start))
				}
				b.ReportMetric(float64(quantile(took, 0.05).Nanoseconds())/1e3, "p5-µs")
				b.ReportMetric(float64(quantile(took, 0.5).Nanoseconds())/1e3, "median-µs")
			})
		}
		part("client encodes", func() { encode(request).Free() })
		part("server decodes", func() { decode(sent, new(pb.ClassifyRequest)) })
		part("result to message", func() { wire.Response(result) })
		part("server encodes", func() { encode(response).Free() })
		part("client decodes", func() { decode(answer, new(pb.ClassifyResponse)) })
		ready := func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error) {
			return result, nil
		}
		rpc := pb.NewFilterServiceClient(dial(b, serve(b, server.Config{Classify: ready})))
		part("whole way", func() {
			if _, err := rpc.Classify(b.Context(), request); err != nil {
				b.Fatal(err)
			}
		})
	}
}
