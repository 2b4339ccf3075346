package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
)

// Admin answers for those who run the server: /metrics, /healthz, /readyz and
// /debug/pprof. It asks nobody who they are, and profiles tell much: it
// belongs on an address that only they reach.
func (s *Server) Admin() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.Handler())
	mux.HandleFunc("GET /healthz", healthy)
	mux.HandleFunc("GET /readyz", readiness(s.draining))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// ServeAdmin answers for Admin until ctx ends and Serve has stopped, which is
// told to those who ask for readiness.
func (s *Server) ServeAdmin(ctx context.Context, l net.Listener) error {
	side := &http.Server{
		Handler:        s.Admin(),
		ReadTimeout:    handshake,
		IdleTimeout:    maxIdle,
		MaxHeaderBytes: maxHeaders,
		ErrorLog:       s.web.ErrorLog,
	}
	defer context.AfterFunc(ctx, func() { <-s.stopped; _ = side.Close() })()
	s.log.Info("listening", "protocol", "admin", "addr", l.Addr().String())
	if err := side.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving admin on %s: %w", l.Addr(), err)
	}
	return nil
}

// healthy says that the process answers.
func healthy(rw http.ResponseWriter, _ *http.Request) { fmt.Fprintln(rw, "ok") }

// readiness says whether to send calls here: not while the server stops.
func readiness(draining context.Context) http.HandlerFunc {
	return func(rw http.ResponseWriter, _ *http.Request) {
		if draining.Err() != nil {
			http.Error(rw, "stopping", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(rw, "ok")
	}
}
