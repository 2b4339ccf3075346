package soak

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// BenchmarkOverhead classifies one page of 50 KB in turn by the library and by
// a unary call over TCP to a server in the same process. overhead-µs is by how
// much the median call takes longer: what the client does, both ways over the
// loopback, and what the server does beside classifying. overhead-cpu-µs is the
// same of the mean time on processors, and overhead-p5-µs of the fastest
// twentieth: other programs disturb both less.
func BenchmarkOverhead(b *testing.B) {
	c, err := classifier.Default()
	if err != nil {
		b.Fatal(err)
	}
	html, _ := article(rand.New(rand.NewPCG(3, 4)), 50<<10)
	p := page{html: html}
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
