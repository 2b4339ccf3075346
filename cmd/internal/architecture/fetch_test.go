package architecture

import (
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// serving are the packages that a running pagesieved is made of, in so far as
// pages pass through them.
var serving = []string{
	"classifier", "classifier/...", "cmd/internal/server", "cmd/internal/wire", "cmd/internal/daemon", "cmd/internal/watch", "cmd/pagesieved",
}

// reaching are the ways of the libraries in use to open a connection to
// somewhere else.
var reaching = map[string][]string{
	"net":                    {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "Resolver", "DefaultResolver", "LookupHost", "LookupIP", "LookupAddr"},
	"net/http":               {"Client", "DefaultClient", "Transport", "DefaultTransport", "RoundTripper", "Get", "Head", "Post", "PostForm", "NewRequest", "NewRequestWithContext"},
	"crypto/tls":             {"Dial", "DialWithDialer", "Dialer"},
	"google.golang.org/grpc": {"NewClient", "Dial", "DialContext"},
}

// unreachable are packages whose whole purpose it is.
var unreachable = []string{"net/rpc", "net/smtp", "net/http/httputil", "os/exec", "golang.org/x/net/http2", module + "cmd/internal/client"}

// reaches lists where a file opens connections to somewhere else.
func reaches(f *ast.File) (found []string) {
	names := map[string][]string{} // of a package in this file, to what it must not use
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return []string{spec.Path.Value}
		}
		if slices.Contains(unreachable, p) {
			found = append(found, p)
		}
		name := path.Base(p)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if reaching[p] != nil {
			names[name] = reaching[p]
		}
		if name == "." && reaching[p] != nil {
			found = append(found, "import . "+p)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && slices.Contains(names[x.Name], s.Sel.Name) {
				found = append(found, x.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
	return found
}

// TestServerFetchesNothing holds that no code that pages pass through in a
// server can open a connection, whatever URL a page holds.
func TestServerFetchesNothing(t *testing.T) {
	looked, listening := 0, false
	for _, f := range sources(t) {
		if f.test || !anyMatches(f.dir, serving) {
			continue
		}
		looked++
		for _, r := range reaches(f.ast) {
			t.Errorf("%s reaches out: %s", f.path, r)
		}
		listening = listening || strings.HasPrefix(f.path, "cmd/internal/daemon/listen")
	}
	if looked < 50 || !listening {
		t.Errorf("looked at %d files", looked)
	}
	caught := 0 // the programs that do fetch are found by the same means
	for _, f := range sources(t) {
		if f.dir == "cmd/pagesieve" || f.dir == "cmd/internal/client" {
			caught += len(reaches(f.ast))
		}
	}
	if caught < 3 {
		t.Errorf("only %d found where pages are fetched", caught)
	}
}
