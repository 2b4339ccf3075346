package server

import (
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"google.golang.org/grpc/codes"

	"github.com/pagesieve/pagesieve/classifier"
)

// Metrics is what a server counts, in a registry of its own. The labels take
// few values, whatever callers send.
type Metrics struct {
	registry *prometheus.Registry

	requests  *prometheus.CounterVec
	latency   *prometheus.HistogramVec
	pages     *prometheus.CounterVec
	pageTime  prometheus.Histogram
	pageBytes prometheus.Histogram
	blocks    [classifier.NumLabels]prometheus.Counter
	verdicts  *prometheus.CounterVec
	sheds     *prometheus.CounterVec
	model     *prometheus.GaugeVec
	served    atomic.Pointer[string] // the model that answered last
}

// NewMetrics is a registry with all that a server counts, and what Go and the
// process tell of themselves.
func NewMetrics() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "pagesieve", Name: name, Help: help}, labels)
	}
	seconds := prometheus.ExponentialBuckets(0.0005, 2, 17)        // 0.5 ms to 33 s
	bytes := prometheus.ExponentialBucketsRange(1<<10, 64<<20, 17) // a factor of 2
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counter("requests_total", "Calls, by method and gRPC status code.", "method", "code"),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "pagesieve", Name: "request_duration_seconds",
			Help: "How long unary calls took.", Buckets: seconds}, []string{"method"}),
		pages: counter("pages_total", "Pages, of calls and of streams, by gRPC status code.", "code"),
		pageTime: prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "pagesieve", Name: "page_duration_seconds",
			Help: "How long the classifier took for a page that it answered.", Buckets: seconds}),
		pageBytes: prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "pagesieve", Name: "page_size_bytes",
			Help: "Length of the pages as sent.", Buckets: bytes}),
		verdicts: counter("verdicts_total", "Pages answered, by verdict.", "verdict"),
		sheds:    counter("shed_total", "Calls refused because of load: too many open in all (calls), of one client (client), or too many pages waiting (queue).", "reason"),
		model: prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "pagesieve", Name: "model_info",
			Help: "1 for the model that answered last, under its version."}, []string{"model"}),
	}
	blocks := counter("blocks_total", "Blocks of the pages answered, by label.", "label")
	for l := range classifier.NumLabels {
		m.blocks[l] = blocks.WithLabelValues(classifier.Label(l).String())
	}
	for _, reason := range []string{shedAll, shedClient, shedQueue} {
		m.sheds.WithLabelValues(reason)
	}
	m.registry.MustRegister(m.requests, m.latency, m.pages, m.pageTime, m.pageBytes, blocks, m.verdicts, m.sheds, m.model,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Registry is where others, such as training, register what they count.
func (m *Metrics) Registry() prometheus.Registerer { return m.registry }

// Handler answers in the format of Prometheus.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// gauge registers a figure that is looked up when asked for. A second server
// on the same metrics leaves the first one's.
func (m *Metrics) gauge(name, help string, value func() float64) {
	_ = m.registry.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "pagesieve", Name: name, Help: help}, value))
}

// call counts a call. Calls of names that no service has do not come here.
func (m *Metrics) call(method string, code codes.Code, took time.Duration, unary bool) {
	m.requests.WithLabelValues(method, code.String()).Inc()
	if unary {
		m.latency.WithLabelValues(method).Observe(took.Seconds())
	}
}

func (m *Metrics) shed(reason string) { m.sheds.WithLabelValues(reason).Inc() }

// page counts a page that came to the classifier or was refused before.
func (m *Metrics) page(code codes.Code, bytes int) {
	m.pages.WithLabelValues(code.String()).Inc()
	m.pageBytes.Observe(float64(bytes))
}

// result counts what the classifier answered.
func (m *Metrics) result(r *classifier.Result, took time.Duration) {
	m.pageTime.Observe(took.Seconds())
	m.verdicts.WithLabelValues(r.Verdict.String()).Inc()
	var n [classifier.NumLabels]int
	for i := range r.Blocks {
		n[r.Blocks[i].Label]++
	}
	for l, count := range n {
		m.blocks[l].Add(float64(count))
	}
	if last := m.served.Load(); last == nil || *last != r.Model {
		name := strings.Clone(r.Model) // a pointer into the result would hold all of it
		m.served.Store(&name)
		m.model.Reset()
		m.model.WithLabelValues(r.Model).Set(1)
	}
}
