package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// readBuffer holds nearly every page whole, so that most lines are copied
// once.
const readBuffer = 1 << 20

// prefixKept is how much of an over-long line is kept to find its id in.
const prefixKept = 4 << 10

// line is one line of the input.
type line struct {
	number  int    // counted from 1, blank ones too
	data    []byte // its own memory; only a prefix if tooLong
	tooLong bool
}

// lines yields the lines of r that are not blank. A line longer than limit
// bytes is skipped up to its end and comes with tooLong set, without ever
// being held in memory whole. The last pair has an error if r failed.
func lines(r io.Reader, limit int) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		in := bufio.NewReaderSize(r, readBuffer)
		skipBOM(in)
		for number := 1; ; number++ {
			data, tooLong, err := readLine(in, limit)
			if len(bytes.TrimSpace(data)) > 0 || tooLong {
				if !yield(line{number, data, tooLong}, nil) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(line{}, fmt.Errorf("read line %d: %w", number, err))
				return
			}
		}
	}
}

// skipBOM drops the mark that some editors put before UTF-8. It reads one
// byte ahead only, so that a pipe which sends little is not waited for.
func skipBOM(in *bufio.Reader) {
	if first, err := in.Peek(1); err != nil || first[0] != 0xEF {
		return
	}
	if mark, err := in.Peek(3); err == nil && string(mark) == "\uFEFF" {
		in.Discard(3)
	}
}

// readLine reads up to the next line feed, which it leaves out. At the end of
// the input it gives what is left, together with io.EOF.
func readLine(in *bufio.Reader, limit int) (data []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if !tooLong && len(data)+len(part) > limit+1 {
			tooLong = true
			data = bytes.Clone(append(data, part...)[:min(prefixKept, limit)])
		}
		if !tooLong {
			data = append(data, part...)
		}
		if err != bufio.ErrBufferFull {
			return bytes.TrimSuffix(data, []byte{'\n'}), tooLong, err
		}
	}
}
