// Pagesieved-otel is pagesieved with traces: each gRPC call becomes a span of
// OpenTelemetry, sent by OTLP over gRPC. The variables of OpenTelemetry say
// where to and how many, such as OTEL_EXPORTER_OTLP_ENDPOINT and
// OTEL_TRACES_SAMPLER. Spans hold method, code and sizes, and no page text.
//
// It is a module of its own, for its libraries are twice those of the server.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.37.0"
	"google.golang.org/grpc/stats"

	"github.com/pagesieve/pagesieve/cmd/internal/daemon"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(daemon.Run(ctx, os.Args[1:], os.Stdout, os.Stderr, daemon.Options{Tracing: tracing}))
}

// tracing sends spans in the background; those that cannot be sent are dropped
// and logged, and calls never wait for them.
func tracing(ctx context.Context, log *slog.Logger) (stats.Handler, func(context.Context) error, error) {
	exporter, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, nil, err
	}
	about, err := resource.New(ctx, resource.WithAttributes(semconv.ServiceName("pagesieved")), resource.WithFromEnv())
	if err != nil {
		return nil, nil, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("sending traces", "error", err) }))
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(about))
	flush := func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		return provider.Shutdown(ctx)
	}
	return otelgrpc.NewServerHandler(otelgrpc.WithTracerProvider(provider), otelgrpc.WithPropagators(propagation.TraceContext{})), flush, nil
}
