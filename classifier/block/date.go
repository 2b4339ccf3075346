package block

import (
	"strings"
	"time"
)

// isoDate writes a date as ISO 8601 if it is in one of the usual forms, and
// otherwise leaves it as it is. Days and months in figures alone are read only
// where their order is certain.
func isoDate(v string) string {
	if len(v) > 64 {
		return v
	}
	for _, layout := range []string{
		"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST",
		time.RFC1123Z, time.RFC1123, "Mon Jan 2 15:04:05 MST 2006", "Mon, 2 Jan 2006 15:04:05 -0700",
	} {
		if t, ok := parseTime(layout, v); ok {
			return t.Format(time.RFC3339)
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, ok := parseTime(layout, v); ok {
			return t.Format("2006-01-02T15:04:05")
		}
	}
	plain := strings.ReplaceAll(v, ".", "")
	for _, layout := range []string{"2006-01-02", "2006/01/02", "20060102", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006"} {
		for _, form := range []string{v, plain} {
			if t, ok := parseTime(layout, form); ok {
				return t.Format("2006-01-02")
			}
		}
	}
	return v
}

// parseTime is time.Parse, whose errors are costly, where the value's first
// bytes do not rule the layout out.
func parseTime(layout, v string) (time.Time, bool) {
	switch numeric := isDigit(layout[0]); {
	case v == "" || numeric != isDigit(v[0]):
		return time.Time{}, false
	case len(layout) > len("2006-01-02") && numeric && layout[4] == '-': // all of fixed width up to there
		if len(v) < len("2006-01-02T") || v[4] != '-' || v[len("2006-01-02")] != layout[len("2006-01-02")] {
			return time.Time{}, false
		}
	case numeric && (layout[4] == '-' || layout[4] == '/'):
		if len(v) != len(layout) || v[4] != layout[4] {
			return time.Time{}, false
		}
	}
	t, err := time.Parse(layout, v)
	return t, err == nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
