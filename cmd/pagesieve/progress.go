package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// progress tells people how far a long run is, at most a few times a second
// and in one line on a terminal, else every ten seconds in lines of their own.
type progress struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	start    time.Time
	last     time.Time
}

func newProgress(w io.Writer) *progress {
	return &progress{w: w, terminal: isTerminal(w), start: time.Now()}
}

func (p *progress) stage(stage string, done, total int) {
	p.line(func() string {
		return fmt.Sprintf("%s %d/%d, %.0f s", stage, done, total, time.Since(p.start).Seconds())
	})
}

// barWidth is how many columns a bar takes.
const barWidth = 30

// bar tells how much of all the work is done, 0 to 1, and how many seconds it
// will still take, where that is known and not below 0.
func (p *progress) bar(stage string, done, left float64) {
	p.line(func() string {
		full := int(done * barWidth)
		line := fmt.Sprintf("[%s%s] %3.0f %% %s", strings.Repeat("#", full), strings.Repeat("-", barWidth-full), 100*done, stage)
		if left >= 0 {
			line += fmt.Sprintf(", about %.0f s left", left)
		}
		return line
	})
}

// line shows a line, unless the last one is too fresh.
func (p *progress) line(text func() string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	every := 10 * time.Second
	if p.terminal {
		every = 200 * time.Millisecond
	}
	if time.Since(p.last) < every {
		return
	}
	p.last = time.Now()
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%s", text())
	} else {
		fmt.Fprintln(p.w, text())
	}
}

// end clears the line.
func (p *progress) end() {
	if p.terminal {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
