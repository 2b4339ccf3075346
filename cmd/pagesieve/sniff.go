package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// format is what a page is read as.
type format uint8

const (
	unknown format = iota
	html
	text
)

// formatOf goes by the name's ending, before .gz.
func formatOf(name string) format {
	switch strings.ToLower(filepath.Ext(trimGzip(name))) {
	case ".html", ".htm", ".xhtml":
		return html
	case ".txt":
		return text
	}
	return unknown
}

func trimGzip(name string) string {
	if ext := filepath.Ext(name); strings.EqualFold(ext, ".gz") {
		return name[:len(name)-len(ext)]
	}
	return name
}

// formatOfType goes by a Content-Type header.
func formatOfType(contentType string) format {
	switch media, _, _ := mime.ParseMediaType(contentType); media {
	case "text/html", "application/xhtml+xml":
		return html
	case "text/plain":
		return text
	}
	return unknown
}

// sniff goes by the page itself: HTML begins with a tag, in any charset.
func sniff(data []byte) format {
	head := bytes.ReplaceAll(data[:min(len(data), 2048)], []byte{0}, nil) // UTF-16
	for _, bom := range []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		head = bytes.TrimPrefix(head, []byte(bom))
	}
	head = bytes.TrimSpace(head)
	if strings.HasPrefix(http.DetectContentType(head), "text/html") {
		return html
	}
	if len(head) > 1 && head[0] == '<' && (head[1] == '!' || head[1] == '?' || 'a' <= head[1]|0x20 && head[1]|0x20 <= 'z') {
		return html
	}
	return text
}

func firstKnown(formats ...format) format {
	for _, f := range formats {
		if f != unknown {
			return f
		}
	}
	return unknown
}

// readPage reads a page of at most limit bytes, which gzip may have made
// shorter. A page that unpacks to more is given up as soon as it does.
func readPage(r io.Reader, limit int) ([]byte, error) {
	in := bufio.NewReader(r)
	magic, _ := in.Peek(2)
	if string(magic) != "\x1f\x8b" {
		return readLimited(in, limit)
	}
	unpacked, err := gzip.NewReader(in)
	if err != nil {
		return nil, gzipError(err)
	}
	data, err := readLimited(unpacked, limit)
	if err != nil && !errors.Is(err, block.ErrTooLarge) {
		return nil, gzipError(err)
	}
	return data, err
}

func readLimited(r io.Reader, limit int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err == nil && len(data) > limit {
		return nil, fmt.Errorf("%w: longer than %d bytes", block.ErrTooLarge, limit)
	}
	return data, err
}

func gzipError(err error) error {
	again := "fetch or compress the file again"
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return hint(errors.New("its gzip data ends too early"), "%s", again)
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return hint(errors.New("its gzip data is damaged"), "%s", again)
	}
	return fmt.Errorf("unpack gzip: %w", err)
}
