package architecture

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// fileName finds names of Go files, with or without their directory.
var fileName = regexp.MustCompile(`([a-z]+/)?[a-z_]+\.go\b`)

// TestMap holds that the files named in the map of the pipeline exist where it
// says: a name without a directory is in the package of its section.
func TestMap(t *testing.T) {
	text, err := os.ReadFile("../../../classifier/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	in, named := ".", 0
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(strings.TrimSpace(line), "// # "); ok {
			in = "."
			if _, name, ok := strings.Cut(title, ": package "); ok {
				in = name
			}
		}
		for _, file := range fileName.FindAllString(line, -1) {
			named++
			if !strings.Contains(file, "/") {
				file = path.Join(in, file)
			}
			if _, err := os.Stat("../../../classifier/" + file); err != nil {
				t.Errorf("classifier/doc.go names %s, which is not there", file)
			}
		}
	}
	if named < 40 {
		t.Errorf("only %d files found in classifier/doc.go", named)
	}
}
