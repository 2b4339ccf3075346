package training

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// MaxLine is the longest line of a file of labelled pages.
const MaxLine = 64 << 20

// Read gives the labelled pages of a file of JSON Lines (plain, or compressed
// as its name ends: .gz, .xz, .zst), of a .page file as package pages has
// them, or of every such file in a folder. A page
// that cannot be read comes with its error and the next goes on; an error of
// the file itself ends it.
func Read(path string) iter.Seq2[LabeledPage, error] {
	return func(yield func(LabeledPage, error) bool) {
		files, err := dataFiles(path)
		if err != nil {
			yield(LabeledPage{}, err)
			return
		}
		for _, f := range files {
			if !readFile(f, yield) {
				return
			}
		}
	}
}

func dataFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read labelled pages: %w", err)
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var files []string
	for _, pattern := range []string{"*.jsonl", "*.jsonl.gz", "*.jsonl.xz", "*.jsonl.zst", "*.page"} {
		m, err := filepath.Glob(filepath.Join(path, pattern))
		if err != nil {
			return nil, fmt.Errorf("read labelled pages: %w", err)
		}
		files = append(files, m...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("read labelled pages: no .jsonl or .page file in %s", path)
	}
	slices.Sort(files)
	return files, nil
}

func readFile(path string, yield func(LabeledPage, error) bool) bool {
	if strings.HasSuffix(path, ".page") {
		return yield(readOwn(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return yield(LabeledPage{}, fmt.Errorf("read labelled pages: %w", err))
	}
	defer f.Close()
	r, err := decompress(path, f)
	if err != nil {
		return yield(LabeledPage{}, fmt.Errorf("read labelled pages: %s: %w", path, err))
	}
	return readLines(path, r, yield)
}

func decompress(path string, r io.Reader) (io.Reader, error) {
	r = bufio.NewReaderSize(r, 1<<20)
	switch {
	case strings.HasSuffix(path, ".gz"):
		return gzip.NewReader(r)
	case strings.HasSuffix(path, ".xz"):
		return xz.NewReader(r)
	case strings.HasSuffix(path, ".zst"):
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	}
	return r, nil
}

// readLines reads a stream of JSON Lines; name is what errors call it. It says
// whether to go on.
func readLines(name string, r io.Reader, yield func(LabeledPage, error) bool) bool {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<20), MaxLine)
	for n := 1; s.Scan(); n++ {
		if len(strings.TrimSpace(string(s.Bytes()[:min(len(s.Bytes()), 64)]))) == 0 {
			continue
		}
		p, err := ParsePage(s.Bytes())
		if err != nil {
			err = fmt.Errorf("%s line %d: %w", name, n, err)
		}
		p.Source, _, _ = strings.Cut(filepath.Base(name), ".")
		if p.ID == "" {
			p.ID = fmt.Sprintf("%s:%d", filepath.Base(name), n)
		}
		if !yield(p, err) {
			return false
		}
	}
	if err := s.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("a line is longer than %d MiB", MaxLine>>20)
		}
		return yield(LabeledPage{}, fmt.Errorf("read labelled pages: %s: %w", name, err))
	}
	return true
}
