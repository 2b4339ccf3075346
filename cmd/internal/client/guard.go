package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

// The variables that say how to reach a server that is guarded.
const (
	envToken = "PAGESIEVE_TOKEN" // a bearer token; it goes in the clear where there is no TLS
	envCA    = "PAGESIEVE_CA"    // file with the authority of the server's certificate; "system" for those of the system
	envCert  = "PAGESIEVE_CERT"  // file with a client certificate
	envKey   = "PAGESIEVE_KEY"   // file with its key
)

// guard is TLS, if any, and who calls. It implements
// credentials.PerRPCCredentials.
type guard struct {
	tls   *tls.Config // nil for none
	token string
}

// newGuard reads the environment.
func newGuard(lookup func(string) (string, bool)) (*guard, error) {
	value := func(name string) string { v, _ := lookup(name); return strings.TrimSpace(v) }
	g := &guard{token: value(envToken)}
	ca, cert, key := value(envCA), value(envCert), value(envKey)
	if ca == "" {
		if cert != "" || key != "" {
			return nil, fmt.Errorf("%s and %s want %s too", envCert, envKey, envCA)
		}
		return g, nil
	}
	g.tls = &tls.Config{MinVersion: tls.VersionTLS12}
	if ca != "system" {
		data, err := os.ReadFile(ca)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", envCA, err)
		}
		g.tls.RootCAs = x509.NewCertPool()
		if !g.tls.RootCAs.AppendCertsFromPEM(data) {
			return nil, fmt.Errorf("%s: no certificate in %s", envCA, ca)
		}
	}
	if cert != "" || key != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return nil, fmt.Errorf("%s and %s: %w", envCert, envKey, err)
		}
		g.tls.Certificates = []tls.Certificate{pair}
	}
	return g, nil
}

func (g *guard) transport() grpc.DialOption {
	if g.tls == nil {
		return grpc.WithTransportCredentials(insecure.NewCredentials())
	}
	return grpc.WithTransportCredentials(credentials.NewTLS(g.tls))
}

// GetRequestMetadata implements credentials.PerRPCCredentials.
func (g *guard) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	if g.token == "" {
		return nil, nil
	}
	return map[string]string{"authorization": "Bearer " + g.token}, nil
}

// RequireTransportSecurity implements credentials.PerRPCCredentials. A proxy
// on the same machine may stand between.
func (g *guard) RequireTransportSecurity() bool { return false }
