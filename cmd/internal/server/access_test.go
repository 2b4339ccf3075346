package server

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"
)

const (
	tokenCrawl = "crawl-0123456789-0123456789"
	tokenTrain = "train-0123456789-0123456789"
	tokenAdmin = "admin-0123456789-0123456789"
)

// access is one credential of each kind.
func access(t testing.TB) *Access {
	t.Helper()
	digest := sha256.Sum256([]byte(tokenTrain))
	a, err := ParseAccess([]byte(`# who may call
crawler classify token:` + tokenCrawl + `
desk    train    sha256:` + hex.EncodeToString(digest[:]) + `
root    admin    token:` + tokenAdmin + ` # by hand only
robot   classify cert:robot.example
spiffe  train    cert:spiffe://example/desk
`))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestParseAccessRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "nobody could call",
		"# nothing":                          "nobody could call",
		"a classify":                         "line 1: 2 fields",
		"\na owner token:" + tokenCrawl:      "line 2: unknown role",
		"a none token:" + tokenCrawl:         "unknown role",
		"a admin token:short":                "a token of 5 bytes",
		"a admin sha256:abcd":                "want 64 digits",
		"a admin " + tokenCrawl:              "begins the third field",
		"a admin cert:":                      "begins the third field",
		"a admin token:" + tokenCrawl + " x": "4 fields",
	} {
		_, err := ParseAccess([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), tokenCrawl) {
			t.Errorf("the error holds a token: %v", err)
		}
	}
}

// state is a connection whose client certificate TLS has verified.
func state(c x509.Certificate, expires time.Time) *tls.ConnectionState {
	c.NotAfter = expires
	return &tls.ConnectionState{VerifiedChains: [][]*x509.Certificate{{&c}}}
}

func TestWho(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	later := now.Add(time.Hour)
	robot := x509.Certificate{DNSNames: []string{"other.example", "robot.example"}}
	named := x509.Certificate{Subject: pkix.Name{CommonName: "robot.example"}}
	desk := x509.Certificate{URIs: []*url.URL{{Scheme: "spiffe", Host: "example", Path: "/desk"}}}
	a := access(t)
	for _, c := range []struct {
		name   string
		access *Access
		header string
		conn   *tls.ConnectionState
		want   caller
		err    error
	}{
		{"open", nil, "", nil, caller{"", RoleClassify}, nil},
		{"open, a token that nobody asked for", nil, "Bearer x", nil, caller{"", RoleClassify}, nil},
		{"open, certificate", nil, "", state(named, later), caller{"robot.example", RoleClassify}, nil},
		{"open, expired certificate", nil, "", state(named, now.Add(-1)), caller{}, errWho},
		{"token", a, "Bearer " + tokenCrawl, nil, caller{"crawler", RoleClassify}, nil},
		{"token, other case", a, "bearer  " + tokenCrawl, nil, caller{"crawler", RoleClassify}, nil},
		{"token held as digest", a, "Bearer " + tokenTrain, nil, caller{"desk", RoleTrain}, nil},
		{"admin's token", a, "Bearer " + tokenAdmin, nil, caller{"root", RoleAdmin}, nil},
		{"wrong token", a, "Bearer " + tokenCrawl + "x", nil, caller{}, errWho},
		{"empty token", a, "Bearer ", nil, caller{}, errWho},
		{"endless token", a, "Bearer " + strings.Repeat("x", maxToken+1), nil, caller{}, errWho},
		{"other scheme", a, "Basic " + tokenCrawl, nil, caller{}, errWho},
		{"nothing", a, "", nil, caller{}, errWho},
		{"TLS without a certificate", a, "", &tls.ConnectionState{}, caller{}, errWho},
		{"certificate never verified", a, "", &tls.ConnectionState{PeerCertificates: []*x509.Certificate{&robot}}, caller{}, errWho},
		{"certificate by DNS name", a, "", state(robot, later), caller{"robot", RoleClassify}, nil},
		{"certificate by common name", a, "", state(named, later), caller{"robot", RoleClassify}, nil},
		{"certificate by URI", a, "", state(desk, later), caller{"spiffe", RoleTrain}, nil},
		{"expired certificate", a, "", state(robot, now.Add(-1)), caller{}, errWho},
		{"stranger's certificate", a, "", state(x509.Certificate{DNSNames: []string{"evil.example"}}, later), caller{}, errForbidden},
		{"wrong token, good certificate", a, "Bearer nonsense", state(robot, later), caller{}, errWho},
	} {
		got, err := c.access.who(c.header, c.conn, RoleClassify, now)
		if got != c.want || !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: got %v, error %v", c.name, got, err)
		}
	}
}

// An entry for a certificate has an empty digest, which no token may match.
func TestNoTokenForCertificates(t *testing.T) {
	a := &Access{[]credential{{caller: caller{"robot", RoleAdmin}, digest: sha256.Sum256([]byte("x")), cert: "robot.example"}}}
	if c, err := a.who("Bearer x", nil, RoleAdmin, time.Now()); err == nil {
		t.Errorf("let in as %v", c)
	}
}

func TestRoles(t *testing.T) {
	for method, want := range map[string]Role{
		"/pagesieve.v1.FilterService/Classify":                      RoleClassify,
		"/pagesieve.v1.FilterService/ClassifyStream":                RoleClassify,
		"/pagesieve.v1.TrainingService/AddPages":                    RoleTrain,
		"/pagesieve.v1.TrainingService/Anything":                    RoleTrain,
		"/pagesieve.v1.ModelService/ListVersions":                   RoleTrain,
		"/pagesieve.v1.ModelService/PromoteVersion":                 RoleAdmin,
		"/pagesieve.v1.ModelService/Anything":                       RoleAdmin,
		"/grpc.health.v1.Health/Check":                              RoleNone,
		"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo": RoleClassify,
		"/other.Service/Method":                                     RoleAdmin,
		"/pagesieve.v1.FilterServiceX/Classify":                     RoleAdmin,
		"pagesieve.v1.FilterService":                                RoleClassify,
		"":                                                          RoleAdmin,
	} {
		if got := needs(method); got != want {
			t.Errorf("%s needs %v, want %v", method, got, want)
		}
	}
}
