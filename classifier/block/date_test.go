package block

import (
	"testing"
	"time"
)

// TestParseTimeIsTimeParse: what parseTime rules out without a try, time.Parse
// refuses.
func TestParseTimeIsTimeParse(t *testing.T) {
	layouts := []string{
		"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02 15:04:05 MST", "2006-01-02T15:04", "2006-01-02 15:04",
		time.RFC1123, "2006-01-02", "2006/01/02", "20060102", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
	}
	values := []string{
		"", "2", "2024", "2024-05-03", "2024/05/03", "20240503", "2024-5-3", "2024-05-03T10:00", "2024-05-03 10:00", "2024-05-03T10:00:00.5Z",
		"2024-05-03T10:00:00+02:00", "2024-05-03 10:00:00 CET", "Fri, 03 May 2024 10:00:00 GMT", "May 3, 2024", "may 3, 2024", "3 May 2024",
		"03 May 2024", " 3 May 2024", "-2024-05-03", "2024-05-03x", "2024_05_03", "yesterday", "١٢٣٤-05-03",
	}
	parsed := 0
	for _, layout := range layouts {
		for _, v := range values {
			want, err := time.Parse(layout, v)
			if got, ok := parseTime(layout, v); ok != (err == nil) || !got.Equal(want) {
				t.Errorf("parseTime(%q, %q) = %v, %v; time.Parse gives %v, %v", layout, v, got, ok, want, err)
			} else if ok {
				parsed++
			}
		}
	}
	if parsed < len(layouts) {
		t.Errorf("only %d parsed: some layout is not tried", parsed)
	}
}
