package daemon

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority signs certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}
}

// sign makes a certificate with its key, both as PEM, that ends then.
func (a *authority) sign(t testing.TB, name string, serial int64, ends time.Time) (cert, key []byte) {
	t.Helper()
	own := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: time.Now().Add(-time.Hour), NotAfter: ends,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, own.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(own)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})
}

// client is a client's configuration that trusts the authority, and shows a
// certificate if there is one.
func (a *authority) client(t testing.TB, cert, key []byte) *tls.Config {
	t.Helper()
	c := &tls.Config{RootCAs: x509.NewCertPool()}
	c.RootCAs.AddCert(a.cert)
	if cert != nil {
		pair, err := tls.X509KeyPair(cert, key)
		if err != nil {
			t.Fatal(err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c
}

// folder holds the files of a server.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

// put exchanges a file as renewals do: all at once.
func (f folder) put(t testing.TB, name string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(f.path(name+".new"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(f.path(name+".new"), f.path(name)); err != nil {
		t.Fatal(err)
	}
	return f.path(name)
}

const (
	goodToken  = "good-token-0123456789"
	otherToken = "other-token-0123456789"
)

// guarded are the flags of a server with everything that guards it, and its
// files.
func (a *authority) guarded(t testing.TB) (folder, []string) {
	t.Helper()
	f := folder(t.TempDir())
	cert, key := a.sign(t, "localhost", 2, time.Now().Add(time.Hour))
	return f, []string{
		"--tls-cert", f.put(t, "cert.pem", cert), "--tls-key", f.put(t, "key.pem", key), "--tls-client-ca", f.put(t, "ca.pem", a.pem),
		"--credentials", f.put(t, "who", []byte("crawler classify token:"+goodToken+"\nrobot classify cert:robot.example\n")),
		"--reload-every", "20ms",
	}
}
