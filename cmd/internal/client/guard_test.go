package client

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGuard(t *testing.T) {
	junk := filepath.Join(t.TempDir(), "junk")
	if err := os.WriteFile(junk, []byte("junk"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env  map[string]string
		tls  bool
		auth string
		err  string
	}{
		{nil, false, "", ""},
		{map[string]string{envToken: "secret\n"}, false, "Bearer secret", ""},
		{map[string]string{envToken: "secret", envCA: "system"}, true, "Bearer secret", ""},
		{map[string]string{envCA: "/no/such/file"}, false, "", "PAGESIEVE_CA: open /no/such/file"},
		{map[string]string{envCA: junk}, false, "", "no certificate in"},
		{map[string]string{envCert: "x", envKey: "y"}, false, "", "want PAGESIEVE_CA too"},
		{map[string]string{envCA: "system", envCert: junk, envKey: junk}, false, "", "PAGESIEVE_CERT and PAGESIEVE_KEY: "},
	} {
		g, err := newGuard(func(name string) (string, bool) { v, ok := c.env[name]; return v, ok })
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%v: got %v", c.env, err)
			}
			continue
		}
		if err != nil || (g.tls != nil) != c.tls {
			t.Fatalf("%v: got %+v, error %v", c.env, g, err)
		}
		md, err := g.GetRequestMetadata(t.Context())
		if err != nil || md["authorization"] != c.auth {
			t.Errorf("%v: got %v, error %v", c.env, md, err)
		}
	}
}
