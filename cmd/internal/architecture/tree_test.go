package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the project.
type source struct {
	path string // below the root, with slashes
	dir  string // its package's path below the root
	test bool
	ast  *ast.File
}

// sources reads every Go file of the root module. Modules within it have rules
// of their own. It reads the files itself: a list from elsewhere could be old.
func sources(t *testing.T) []source {
	t.Helper()
	const root = "../../.."
	var all []source
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return skip(root, path, d.Name())
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, path)
		below = filepath.ToSlash(below)
		all = append(all, source{path: below, dir: strings.TrimSuffix(below, "/"+d.Name()), test: strings.HasSuffix(below, "_test.go"), ast: f})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d Go files found: is %s still the root?", len(all), root)
	}
	return all
}

// skip leaves out what is no package of the root module.
func skip(root, path, name string) error {
	if path == root {
		return nil
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil || name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return filepath.SkipDir
	}
	return nil
}

func TestImports(t *testing.T) {
	for _, f := range sources(t) {
		for _, spec := range f.ast.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := violation(f.dir, path, f.test); why != "" {
				t.Errorf("%s imports %s: %s", f.path, path, why)
			}
		}
	}
}

// TestNoHiddenStart holds that importing a package runs none of its code and
// that only a main function ends the process.
func TestNoHiddenStart(t *testing.T) {
	for _, f := range sources(t) {
		if f.test || ast.IsGenerated(f.ast) {
			continue
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", f.path)
			}
			if isMain := f.ast.Name.Name == "main" && fn.Name.Name == "main"; !isMain && calls(fn, "os", "Exit") {
				t.Errorf("%s: %s calls os.Exit, which is for main", f.path, fn.Name.Name)
			}
		}
	}
}

// calls says whether a function calls pkg.name.
func calls(fn *ast.FuncDecl, pkg, name string) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == name {
			x, ok := s.X.(*ast.Ident)
			found = found || ok && x.Name == pkg
		}
		return true
	})
	return found
}

// TestPackageComments holds that every package says what it is for.
func TestPackageComments(t *testing.T) {
	described := map[string]bool{}
	for _, f := range sources(t) {
		external := strings.HasSuffix(f.ast.Name.Name, "_test")
		if !external {
			described[f.dir] = described[f.dir] || f.ast.Doc != nil
		}
	}
	for dir, ok := range described {
		if !ok && !strings.HasPrefix(dir, "proto/") {
			t.Errorf("package %s has no comment", dir)
		}
	}
}
