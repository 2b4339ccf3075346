package feature

import "testing"

func TestReplies(t *testing.T) {
	f := readPage(t, "<h3>Leave a Reply</h3><p>Please leave a reply below now</p><p>A reply came late.</p><p>我要发表评论</p>", "")
	for i, want := range []struct{ least, most float32 }{{1, 1}, {0.4, 0.6}, {0, 0}, {0.3, 1}} {
		if got := f.FactsOf(i)[FactReplies]; got < want.least || got > want.most {
			t.Errorf("block %d: %v, want %v to %v", i, got, want.least, want.most)
		}
	}
}

func TestHeadline(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"equal to <title>", `<title>Rain floods the old harbour | News</title><meta property="og:title" content="Flood in town"><div>News</div><h2>Rain floods the old harbour</h2><p>It rained.</p>`, "Rain floods the old harbour"},
		{"equal to og:title", `<title>Weather</title><meta property="og:title" content="Rain floods the old harbour"><h2>Rain floods the old harbour</h2><p>It rained.</p>`, "Rain floods the old harbour"},
		{"said otherwise", `<title>Best Tax Preparation Software | Example</title><h1>The Best Tax Software to Buy</h1><p>It is good.</p>`, "The Best Tax Software to Buy"},
		{"the site's name", `<title>Rain floods the old harbour and three streets | The Daily Paper</title><h1><a href="/">The Daily Paper</a></h1><p>It rained.</p>`, ""},
		{"none", `<title>Rain floods harbour</title><p>It was a day like any other in the north.</p>`, ""},
	} {
		f := readPage(t, c.html, "")
		got := ""
		if h := f.Headline(); h >= 0 {
			got = f.Source.Blocks[h].Text
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
