package server

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// caller is who makes a call, as far as known.
type caller struct {
	name string // empty for one that nothing names
	role Role
}

// credential is one line of a file of credentials. Of a token nothing but its
// digest is held.
type credential struct {
	caller
	digest [sha256.Size]byte // of the token
	cert   string            // a name that a client certificate bears; empty for a token
}

// Access says who may call, and what. It does not change; a file that changes
// is read into a new one.
type Access struct{ credentials []credential }

// What a refused caller did wrong. What the caller sent is in neither.
var (
	errWho       = errors.New("caller not known")
	errForbidden = errors.New("caller may not do this")
)

// The shortest and longest token, in bytes: a short one can be guessed, and
// nobody makes one that long.
const (
	minToken = 20
	maxToken = 4 << 10
)

// ParseAccess reads a file of credentials: one on a line of three fields, and
// comments from # on.
//
//	NAME  ROLE  sha256:HEX    the digest of a bearer token: printf %s TOKEN | sha256sum
//	NAME  ROLE  token:TOKEN   the token itself
//	NAME  ROLE  cert:SUBJECT  a DNS name, a URI or the common name of a client certificate
//
// ROLE is classify, train or admin. NAME stands in the log and is what limits
// for each client count by; it may have many credentials. The errors name the
// line and never quote it.
func ParseAccess(data []byte) (*Access, error) {
	a := &Access{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(text)
		if len(fields) == 0 {
			continue
		}
		c, err := parseCredential(fields)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		a.credentials = append(a.credentials, c)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(a.credentials) == 0 {
		return nil, errors.New("no credential in it: nobody could call")
	}
	return a, nil
}

func parseCredential(fields []string) (c credential, err error) {
	if len(fields) != 3 {
		return c, fmt.Errorf("%d fields: want NAME ROLE CREDENTIAL", len(fields))
	}
	c.name = fields[0]
	if c.role, err = ParseRole(fields[1]); err != nil {
		return c, err
	}
	kind, value, _ := strings.Cut(fields[2], ":")
	switch {
	case kind == "cert" && value != "":
		c.cert = value
	case kind == "token" && len(value) >= minToken && len(value) <= maxToken:
		c.digest = sha256.Sum256([]byte(value))
	case kind == "token":
		return c, fmt.Errorf("a token of %d bytes: want %d to %d", len(value), minToken, maxToken)
	case kind == "sha256":
		digest, err := hex.DecodeString(value)
		if err != nil || len(digest) != sha256.Size {
			return c, errors.New("no digest behind sha256: want 64 digits")
		}
		c.digest = [sha256.Size]byte(digest)
	default:
		return c, errors.New("neither sha256: nor token: nor cert: begins the third field")
	}
	return c, nil
}

// who finds the caller by what a call brought: the authorization header, and
// the state of its connection, nil without TLS. A header that is there decides
// alone. Where a is nil everyone has the role anyone.
func (a *Access) who(header string, conn *tls.ConnectionState, anyone Role, now time.Time) (caller, error) {
	leaf := verified(conn)
	if leaf != nil && now.After(leaf.NotAfter) { // the connection may be older
		return caller{}, fmt.Errorf("%w: the client certificate has expired", errWho)
	}
	if a == nil {
		c := caller{role: anyone}
		if leaf != nil {
			c.name = leaf.Subject.CommonName
		}
		return c, nil
	}
	if header != "" {
		return a.byToken(header)
	}
	if leaf != nil {
		return a.byCertificate(leaf)
	}
	return caller{}, fmt.Errorf("%w: neither a token nor a client certificate came with the call", errWho)
}

// byToken compares in constant time, and with all credentials, so that the
// time tells nothing of them.
func (a *Access) byToken(header string) (found caller, err error) {
	scheme, token, _ := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "bearer") || token == "" || len(token) > maxToken {
		return caller{}, fmt.Errorf("%w: the authorization header is not Bearer TOKEN", errWho)
	}
	digest := sha256.Sum256([]byte(token))
	for _, c := range a.credentials {
		if subtle.ConstantTimeCompare(digest[:], c.digest[:]) == 1 && c.cert == "" {
			found = c.caller
		}
	}
	if found.role == RoleNone {
		return caller{}, fmt.Errorf("%w: no such token", errWho)
	}
	return found, nil
}

// byCertificate finds the caller by any name of a certificate that TLS has
// verified.
func (a *Access) byCertificate(leaf *x509.Certificate) (caller, error) {
	names := append(slices.Clone(leaf.DNSNames), leaf.Subject.CommonName)
	for _, u := range leaf.URIs {
		names = append(names, u.String())
	}
	for _, c := range a.credentials {
		if c.cert != "" && slices.Contains(names, c.cert) {
			return c.caller, nil
		}
	}
	return caller{}, fmt.Errorf("%w: its certificate is good, but no credential names it", errForbidden)
}

// verified is the client's certificate, nil where there is none.
func verified(conn *tls.ConnectionState) *x509.Certificate {
	if conn == nil || len(conn.VerifiedChains) == 0 || len(conn.VerifiedChains[0]) == 0 {
		return nil
	}
	return conn.VerifiedChains[0][0]
}
