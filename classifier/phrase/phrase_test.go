package phrase

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	s := New([]List{{Name: "en", Phrases: "leave a reply|reply now"}, {Name: "de", Phrases: "antwort schreiben"}, {Name: "zh", Phrases: "发表评论"}, {Name: "status", Phrases: "error 404|can't be found"}})
	for _, c := range []struct{ text, want, name string }{
		{"Leave a Reply", "leave a reply", "en"},
		{"You may reply now!", "reply now", "en"},
		{"Please leave a replying machine", "", ""},
		{"sleave a reply", "", ""},
		{"Jetzt ANTWORT SCHREIBEN", "antwort schreiben", "de"},
		{"我要发表评论吗", "发表评论", "zh"},
		{"Error 404: gone", "error 404", "status"},
		{"error 4040", "", ""},
		{"That page can’t be found.", "can't be found", "status"},
		{"", "", ""},
		{"\xff\xfeabc", "", ""},
	} {
		found, ok := s.Find(c.text)
		if found.Text != c.want || found.Name != c.name || ok != (c.want != "") {
			t.Errorf("%q: got %+v, %v", c.text, found, ok)
		}
	}
}

// TestFindIn holds that of lists that share a phrase the named one counts.
func TestFindIn(t *testing.T) {
	s := New([]List{{Name: "sv", Phrases: "skriv en kommentar"}, {Name: "da", Phrases: "skriv en kommentar|send kommentar"}, {Name: "no", Phrases: "skriv en kommentar"}})
	for _, c := range []struct{ text, prefer, name string }{
		{"Skriv en kommentar", "", "sv"},
		{"Skriv en kommentar", "no", "no"},
		{"Skriv en kommentar", "da", "da"},
		{"Skriv en kommentar", "fi", "sv"},
		{"Send kommentar", "no", "da"},
		{"Skriv", "no", ""},
	} {
		if found, ok := s.FindIn(c.text, c.prefer); found.Name != c.name || ok != (c.name != "") {
			t.Errorf("%q for %q: got %+v, %v", c.text, c.prefer, found, ok)
		}
	}
}

// TestAppendLower holds that texts are put into lower case as strings.ToLower
// does.
func TestAppendLower(t *testing.T) {
	for _, text := range []string{"", "ABC xyz 12", "ÄÖÜ ẞ", "İstanbul", "ΣΑΣ", "中文 ДА", "a\xffB", strings.Repeat("Long ", 100)} {
		if got, want := string(appendLower(nil, text)), strings.ToLower(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
