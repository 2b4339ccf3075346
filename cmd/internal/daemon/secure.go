package daemon

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/pagesieve/pagesieve/cmd/internal/server"
	"github.com/pagesieve/pagesieve/cmd/internal/watch"
)

// secrets are what was read from the files of TLS and credentials; nil for
// files that are not given.
type secrets struct {
	tls    *watch.Files[*tls.Config]
	access *watch.Files[*server.Access]
}

func (s *settings) secrets() (*secrets, error) {
	out := &secrets{}
	var err error
	if s.tlsCert != "" {
		paths := []string{s.tlsCert, s.tlsKey}
		if s.tlsClientCA != "" {
			paths = append(paths, s.tlsClientCA)
		}
		optional := s.credentials != "" // a token may stand in for a client certificate
		parse := func(contents [][]byte) (*tls.Config, error) { return parseTLS(contents, optional) }
		if out.tls, err = watch.Open(parse, paths...); err != nil {
			return nil, &failure{fmt.Errorf("reading the files of TLS: %w", err), "--tls-cert, --tls-key and --tls-client-ca want files of PEM", 1}
		}
	}
	if s.credentials != "" {
		parse := func(contents [][]byte) (*server.Access, error) { return server.ParseAccess(contents[0]) }
		if out.access, err = watch.Open(parse, s.credentials); err != nil {
			return nil, &failure{fmt.Errorf("reading the credentials: %w", err), "each line is: NAME ROLE sha256:DIGEST, NAME ROLE token:TOKEN or NAME ROLE cert:SUBJECT", 1}
		}
	}
	return out, nil
}

// parseTLS makes a configuration of a certificate, its key, and perhaps the
// authorities of client certificates.
func parseTLS(contents [][]byte, optional bool) (*tls.Config, error) {
	pair, err := tls.X509KeyPair(contents[0], contents[1])
	if err != nil {
		return nil, err
	}
	if now := time.Now(); now.After(pair.Leaf.NotAfter) {
		return nil, fmt.Errorf("the certificate has expired on %s", pair.Leaf.NotAfter.Format(time.DateOnly))
	}
	c := &tls.Config{
		MinVersion:   tls.VersionTLS12,
		Certificates: []tls.Certificate{pair},
		NextProtos:   []string{"h2", "http/1.1"},
	}
	if len(contents) > 2 {
		c.ClientCAs = x509.NewCertPool()
		if !c.ClientCAs.AppendCertsFromPEM(contents[2]) {
			return nil, errors.New("no certificate in the file of client authorities")
		}
		c.SessionTicketsDisabled = true // a ticket would outlive a change of authorities
		c.ClientAuth = tls.RequireAndVerifyClientCert
		if optional {
			c.ClientAuth = tls.VerifyClientCertIfGiven
		}
	}
	return c, nil
}

// tlsConfig looks up the current configuration at every handshake; nil for no
// TLS.
func (s *secrets) tlsConfig() *tls.Config {
	if s.tls == nil {
		return nil
	}
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		NextProtos:         []string{"h2", "http/1.1"},
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { return s.tls.Value(), nil },
	}
}

// currentAccess is who may call now.
func (s *secrets) currentAccess() *server.Access {
	if s.access == nil {
		return nil
	}
	return s.access.Value()
}

// watch reads the files again when they change, until ctx ends.
func (s *secrets) watch(ctx context.Context, every time.Duration, log *slog.Logger) {
	var group sync.WaitGroup
	if s.tls != nil {
		group.Go(func() { s.tls.Watch(ctx, every, log) })
	}
	if s.access != nil {
		group.Go(func() { s.access.Watch(ctx, every, log) })
	}
	group.Wait()
}
