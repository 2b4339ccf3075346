// Package architecture holds the tests that keep the parts of the project
// apart: which package may import which, and what none may do.
package architecture

import (
	"slices"
	"strings"
	"testing"
)

const module = "github.com/pagesieve/pagesieve/"

// layers are the project's packages, lowest first. A package imports those of
// lower layers only. The names are paths below the module's root; one that
// ends in /... means all packages below it.
var layers = [][]string{
	{"classifier/block", "classifier/bayes", "classifier/quality", "classifier/phrase"},
	{"classifier/feature", "classifier/comments"},
	{"classifier/render"},
	{"classifier"},
	{"training/store", "training/augment", "training/pages"},
	{"training/store/storetest"},
	{"training/store/dir"},
	{"training"},
	{"training/labelui", "training/retrain"},
	{"proto/..."},
	{"cmd/internal/..."},
	{"cmd/..."},
}

// only lists imports that few packages may have, with those packages.
var only = []struct {
	path    string
	allowed []string
	tests   bool // test files may have it wherever they stand under cmd
}{
	{module + "proto/...", []string{"cmd/internal/server", "cmd/internal/wire", "cmd/internal/client", "cmd/internal/models", "cmd/internal/trainer", "cmd/pagesieve", "cmd/examples/go"}, true},
	{"github.com/navossoc/bayesian", []string{"classifier/bayes", "classifier/bayesian", "training"}, false},
	{"google.golang.org/grpc/...", []string{"cmd/...", "proto/..."}, false},
	{"google.golang.org/protobuf/...", []string{"cmd/...", "proto/..."}, false},
	{"net/http/...", []string{"cmd/...", "training/labelui"}, false},
	{"github.com/spf13/cobra", []string{"cmd/..."}, false},
}

// never lists what no package outside tests imports, or none of the library.
var never = []struct{ path, within, why string }{
	{"log", "...", "a logger is passed in: log/slog"},
	{"C", "...", "builds need no C compiler"},
	{"os", "classifier/...", "the library touches no files"},
	{"os/exec", "classifier/...", "the library starts no programs"},
	{"net", "classifier/...", "the library opens no connections"},
	{"log/slog", "classifier/...", "the library answers and does not log"},
	{"math/rand", "...", "math/rand/v2 with a seed makes the same bytes each time"},
}

// matches says whether a path is the one named, or lies below it if the name
// ends in "...".
func matches(path, name string) bool {
	if below, ok := strings.CutSuffix(name, "..."); ok {
		return strings.HasPrefix(path+"/", below)
	}
	return path == name
}

func anyMatches(path string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return matches(path, name) })
}

// layerOf is the place of a package in layers, -1 for one that has none.
func layerOf(dir string) int {
	return slices.IndexFunc(layers, func(names []string) bool { return anyMatches(dir, names) })
}

// violation says what is wrong with the package in dir importing path, or "".
func violation(dir, path string, test bool) string {
	for _, o := range only {
		if matches(path, o.path) && !anyMatches(dir, o.allowed) && !(test && o.tests && strings.HasPrefix(dir, "cmd/")) {
			return "only " + strings.Join(o.allowed, ", ") + " may import it"
		}
	}
	for _, n := range never {
		if !test && path == n.path && matches(dir, n.within) {
			return n.why
		}
	}
	target, ours := strings.CutPrefix(path, module)
	if !ours || target == dir { // its own tests, from outside
		return ""
	}
	from, to := layerOf(dir), layerOf(target)
	sibling := strings.HasPrefix(dir, "cmd/internal/") && strings.HasPrefix(target, "cmd/internal/")
	switch {
	case from < 0 || to < 0:
		return "a package is missing in the list of layers"
	case to > from:
		return "imports point the other way"
	case to == from && !sibling:
		return "packages of one layer do not know each other"
	}
	return ""
}

// TestRules holds that the rules catch what they are for.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		dir, path string
		test, ok  bool
	}{
		{"classifier/block", "golang.org/x/net/html", false, true},
		{"classifier/block", module + "classifier/bayes", false, false},
		{"classifier/bayes", module + "classifier/block", false, false},
		{"classifier/bayes", module + "classifier/block", true, false},
		{"classifier/bayes", "github.com/navossoc/bayesian", false, true},
		{"classifier/feature", "github.com/navossoc/bayesian", false, false},
		{"classifier/feature", module + "classifier/bayes", false, true},
		{"classifier/feature", module + "classifier", false, false},
		{"classifier", module + "training", false, false},
		{"classifier", module + "proto/pagesieve/v1", false, false},
		{"classifier", "google.golang.org/grpc/codes", false, false},
		{"classifier", "net/http", false, false},
		{"classifier", "os", false, false},
		{"classifier", "os", true, true},
		{"training", "os", false, true},
		{"training", module + "classifier", false, true},
		{"training", module + "training/augment", false, true},
		{"training/pages", module + "training", false, false},
		{"training/store", module + "classifier", false, true},
		{"training/store", module + "training", false, false},
		{"training/labelui", module + "cmd/internal/wire", false, false},
		{"cmd/internal/batch", module + "proto/pagesieve/v1", false, false},
		{"cmd/internal/server", module + "cmd/internal/wire", false, true},
		{"cmd/internal/audit", module + "classifier", false, true},
		{"classifier/comments", module + "classifier/feature", false, false},
		{"classifier/quality", module + "classifier/block", false, false},
		{"cmd/internal/server", module + "proto/pagesieve/v1", false, true},
		{"cmd/pagesieved", module + "proto/pagesieve/v1", false, false},
		{"cmd/pagesieved", module + "proto/pagesieve/v1", true, true},
		{"cmd/pagesieved", module + "cmd/pagesieve", false, false},
		{"cmd/pagesieve", module + "cmd/internal/batch", false, true},
		{"cmd/pagesieve", "log", false, false},
		{"elsewhere", module + "classifier", false, false},
	} {
		if why := violation(c.dir, c.path, c.test); (why == "") != c.ok {
			t.Errorf("%s imports %s (test %v): got %q, want ok %v", c.dir, c.path, c.test, why, c.ok)
		}
	}
}
