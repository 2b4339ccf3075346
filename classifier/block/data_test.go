package block

import (
	"os"
	"strings"
	"testing"
)

// TestDataRanges checks that a text taken from a page's data points to the
// very string that holds it.
func TestDataRanges(t *testing.T) {
	for _, name := range []string{"data_next", "data_jsonld"} {
		src, err := os.ReadFile("testdata/" + name + ".html")
		if err != nil {
			t.Fatal(err)
		}
		page, err := HTML(t.Context(), src, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, b := range page.Blocks {
			if b.Origin != OriginData {
				continue
			}
			raw := string(src[b.Start:b.End])
			if first, _, _ := strings.Cut(b.Text, " "); !strings.HasPrefix(strings.ReplaceAll(raw, `\`, ""), first) {
				t.Errorf("%s: block %d %q begins at %.20q", name, i, b.Text, raw)
			}
			if words := strings.Fields(b.Text); !strings.HasSuffix(raw, words[len(words)-1]) && !strings.Contains(raw, `\u201d.`) {
				t.Errorf("%s: block %d %q ends with %q", name, i, b.Text, raw)
			}
		}
	}
}

func TestIsProse(t *testing.T) {
	for text, want := range map[string]bool{
		"A sentence of many words, which goes on and on, until it is long enough to be taken for prose by anyone at all.":                 true,
		"Ein Satz mit vielen Wörtern, der immer weiter geht, bis er lang genug ist, um für Prosa gehalten zu werden, von wem auch immer.": true,
		"这是一个足够长的句子，用来说明没有空格的文字也可以被认作正文。它有逗号，也有句号，而且字数足够多，所以读者会把它当作文章。":                                                                   true,
		"function(a,b){return a.length>b.length?a:b};var x=document.getElementById('main');x.style.display='none';if(x){x.remove();}":     false,
		"iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==":            false,
		".button{color:red;margin:0 auto;padding:1px 2px 3px 4px}.other{color:blue;margin:0 auto;padding:1px 2px 3px 4px} .x{top:0.5em}":  false,
		"home about products services contact login register cart checkout wishlist account orders returns shipping faq blog press jobs":  false,
		"short one.": false,
	} {
		if got := isProse(text); got != want {
			t.Errorf("isProse(%q) = %v", text, got)
		}
	}
}

func TestIsoDate(t *testing.T) {
	for v, want := range map[string]string{
		"2024-05-03T10:00:00+02:00":     "2024-05-03T10:00:00+02:00",
		"2024-05-03T10:00:00.000Z":      "2024-05-03T10:00:00Z",
		"2024-05-03T10:00:00+0200":      "2024-05-03T10:00:00+02:00",
		"2024-05-03 10:00":              "2024-05-03T10:00:00",
		"May 3, 2024":                   "2024-05-03",
		"3 May 2024":                    "2024-05-03",
		"Fri, 03 May 2024 10:00:00 GMT": "2024-05-03T10:00:00Z",
		"03/05/2024":                    "03/05/2024",
		"yesterday":                     "yesterday",
		"":                              "",
	} {
		if got := isoDate(v); got != want {
			t.Errorf("isoDate(%q) = %q, want %q", v, got, want)
		}
	}
}
