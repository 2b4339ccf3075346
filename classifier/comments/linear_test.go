//go:build unix

package comments_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cpu is the time that this process has had of its processors: unlike the
// clock's, it does not grow when others keep the machine busy.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestLinear holds that pages made to be slow are not.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, build := range map[string]func(n int) string{
		"comments within comments": func(n int) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `<div id="comment-%d">`, i)
			}
			return b.String() + strings.Repeat("<p>some words</p></div>", n)
		},
		"classes within classes": func(n int) string {
			return strings.Repeat(`<div class="comment">words`, n)
		},
		"forms": func(n int) string {
			return strings.Repeat(`<form action="/comment"><textarea name=x></textarea>Reply</form>`, n)
		},
		"fields": func(n int) string {
			return "<form><textarea name=comment>" + strings.Repeat(`</textarea><input name=a value="Send">`, n)
		},
		"quotes":        func(n int) string { return strings.Repeat(`<a b="`, n) },
		"marks":         func(n int) string { return strings.Repeat(`<div class="giscus g-recaptcha" id=commento></div>`, n) },
		"one paragraph": func(n int) string { return "<p>" + strings.Repeat("Ann says: on 5 May 2012 ", n) },
		"deep and wide": func(n int) string {
			return strings.Repeat("<div>", 250) + strings.Repeat("<p>Ann says:</p><p>words</p>", n)
		},
	} {
		took := func(n int) time.Duration {
			src := []byte(build(n))
			best := time.Hour
			for range 2 {
				start := cpu(t)
				run(t, src, 3)
				best = min(best, cpu(t)-start)
			}
			return best
		}
		if one, four := took(500), took(2000); four > 12*one+20*time.Millisecond {
			t.Errorf("%s: %v for 500, %v for 2,000", name, one, four)
		}
	}
}
