package block

import (
	"strings"
	"testing"
)

// TestCommentDates holds that what a reader's comment tells of its date is not
// taken for the page's.
func TestCommentDates(t *testing.T) {
	own := `<time datetime="2021-04-02">2 April</time>`
	for _, c := range []struct{ name, page, date string }{
		{"the page's own", `<article>` + own + `<p>Text.</p></article>`, "2021-04-02"},
		{"WordPress", `<p>Text.</p><ol class="comment-list"><li id="comment-7"><time datetime="2022-01-01">then</time></li></ol>`, ""},
		{"a class with a number", `<p>Text.</p><div class="odd comment-9"><p><time datetime="2022-01-01">then</time></p></div>`, ""},
		{"comment before the article", `<aside id="comments"><time datetime="2022-01-01">then</time></aside><article>` + own + `</article>`, "2021-04-02"},
		{"microdata", `<p>Text.</p><div itemscope itemtype="https://schema.org/Comment"><meta itemprop="dateCreated" content="2022-01-01"><time itemprop="datePublished" datetime="2022-01-02">then</time></div>`, ""},
		{"microdata of the page", `<div itemscope itemtype="https://schema.org/Article"><meta itemprop="datePublished" content="2021-04-02"><p>Text.</p></div>`, "2021-04-02"},
		{"article with comments open", `<article class="post has-comments comments-open">` + own + `<p>Text.</p></article>`, "2021-04-02"},
		{"many comments", strings.Repeat(`<div class="comment"><p><time datetime="2022-01-01">then</time></p></div>`, 3*maxLooks), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, err := HTML(t.Context(), []byte("<html><body>"+c.page), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if page.Meta.Date != c.date {
				t.Errorf("date %q, want %q", page.Meta.Date, c.date)
			}
		})
	}
}
