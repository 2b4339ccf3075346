package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier"
)

// sources reads pages from where the arguments of score say.
type sources struct {
	stdin    io.Reader
	fetch    fetcher
	as       format // what a page is, where it does not say itself
	url      string // of files, as the user says
	maxBytes int
}

// names yields every page that the arguments name, those in folders one by
// one. An error is that of one argument, and the next pair goes on.
func (s sources) names(args []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, arg := range args {
			names, err := s.expand(arg)
			if err != nil && !yield(arg, readError{err}) {
				return
			}
			for _, name := range names {
				if !yield(name, nil) {
					return
				}
			}
		}
	}
}

// A readError is why a page could not be had at all.
type readError struct{ error }

func (r readError) Unwrap() error { return r.error }

// expand lists the pages in a folder; anything else stands for itself.
func (s sources) expand(arg string) ([]string, error) {
	if arg == "-" || isURL(arg) {
		return []string{arg}, nil
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, cause(err)
	}
	if !info.IsDir() {
		return []string{arg}, nil
	}
	var names []string
	err = filepath.WalkDir(arg, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return cause(err)
		case entry.IsDir() && name != arg && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.Type().IsRegular() && formatOf(name) != unknown:
			names = append(names, name)
		}
		return nil
	})
	if err == nil && len(names) == 0 {
		err = hint(errors.New("no pages in this folder"), "pages are files named *.html, *.htm, *.xhtml or *.txt, with or without .gz")
	}
	slices.Sort(names)
	return names, err
}

// cause is err without the path, which the message names already.
func cause(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func isURL(arg string) bool {
	return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`).MatchString(arg)
}

// read fetches or reads one page.
func (s sources) read(ctx context.Context, name string) (classifier.Document, error) {
	var data []byte
	var err error
	doc := classifier.Document{URL: s.url}
	as := s.as
	switch {
	case isURL(name):
		data, doc, err = s.fetch.get(ctx, name, s.maxBytes, as == unknown)
	case name == "-":
		data, err = s.readStdin(ctx)
	default:
		data, err = s.readFile(name)
	}
	if err != nil {
		return doc, readError{err}
	}
	if as == unknown {
		as = firstKnown(formatOfType(doc.ContentType), formatOf(name), sniff(data))
	}
	if as == text {
		doc.Text = data
	} else {
		doc.HTML = data
	}
	return doc, nil
}

func (s sources) readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	defer f.Close()
	data, err := readPage(f, s.maxBytes)
	return data, cause(err)
}

// readStdin leaves a read that hangs to the program's end when ctx ends.
func (s sources) readStdin(ctx context.Context) (data []byte, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		data, err = readPage(s.stdin, s.maxBytes)
	}()
	select {
	case <-done:
		return data, err
	case <-ctx.Done():
		return nil, fmt.Errorf("read standard input: %w", ctx.Err())
	}
}
