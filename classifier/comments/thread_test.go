package comments_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/comments"
)

// group labels every block of a page below the first <h4> as comment, but for
// those whose text is in other, and groups them.
func group(t *testing.T, src []byte, html bool, other map[string]bayes.Label) []comments.Comment {
	t.Helper()
	split := block.Text
	if html {
		split = block.HTML
	}
	page, err := split(t.Context(), src, block.Options{})
	if err != nil {
		t.Fatal(err)
	}
	labels, p := make([]bayes.Label, len(page.Blocks)), make([][bayes.NumLabels]float32, len(page.Blocks))
	below := false
	for i := range page.Blocks {
		b := &page.Blocks[i]
		if below {
			labels[i] = bayes.Comment
		}
		if l, ok := other[b.Text]; ok {
			labels[i] = l
		}
		below = below || b.Text == "Comments"
		p[i][labels[i]] = 0.9
	}
	return comments.Group(page, labels, p)
}

func write(found []comments.Comment) string {
	var out []string
	for _, c := range found {
		out = append(out, fmt.Sprintf("%s|%s|%s|%d|%s", c.Author, c.Date, c.Time, c.Depth, strings.ReplaceAll(c.Text, "\n", " / ")))
	}
	return strings.Join(out, "\n")
}

func TestGroup(t *testing.T) {
	for _, c := range slices.Concat(threadCases, threadPlatforms) {
		t.Run(c.name, func(t *testing.T) {
			head := "<h4>Comments</h4>"
			if c.text {
				head = "Comments\n\n"
			}
			src := head + c.page
			found := group(t, []byte(src), !c.text, c.labels)
			if got := write(found); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			end := 0
			for _, one := range found {
				if one.FirstBlock >= one.EndBlock || one.Start < end && one.Depth <= 0 || one.End > len(src) {
					t.Errorf("blocks %d–%d, bytes %d–%d", one.FirstBlock, one.EndBlock, one.Start, one.End)
				}
				end = one.End
			}
		})
	}
}

// TestSpamComment holds that a comment labelled as spam is returned with its
// probability, and that spam elsewhere is no comment.
func TestSpamComment(t *testing.T) {
	html := `<h4>Comments</h4><ol><li id="comment-1"><b class="fn">Ann</b><p>I took it twice.</p></li>
<li id="comment-2"><b class="fn">best-pills</b><p>Buy cheap pills at our store</p></li></ol><div id="footer"><p>Replica watches</p></div>`
	found := group(t, []byte(html), true, map[string]bayes.Label{"Buy cheap pills at our store": bayes.LinkSpam, "Replica watches": bayes.LinkSpam})
	if len(found) != 2 || found[0].Spam > 0.1 || found[1].Spam < 0.8 || found[1].Author != "best-pills" {
		t.Errorf("found %+v", found)
	}
}

// threadCase is a page below a headline, of HTML unless text, and what write
// makes of its comments. labels are of blocks that are not labelled comment.
type threadCase struct {
	name, page, want string
	text             bool
	labels           map[string]bayes.Label
}

var threadCases = []threadCase{
	{name: "WordPress", labels: map[string]bayes.Label{"Reply": bayes.Navigation},
		page: `<div id="comments" class="comments-area"><ol class="comment-list">
<li id="comment-901" class="comment even depth-1"><article id="div-comment-901" class="comment-body"><div class="comment-author vcard"><b class="fn">Harold P.</b> <span class="says">says:</span></div><div class="comment-metadata"><a href="#comment-901"><time datetime="2019-04-15T08:02:00+01:00">April 15, 2019 at 8:02 am</time></a></div><div class="comment-content"><p>My grandmother crossed with it every market day.</p><p>She said the ferryman knew more than the priest.</p></div><div class="reply"><a href="?replytocom=901">Reply</a></div></article></li>
<li id="comment-904" class="comment odd depth-1"><article id="div-comment-904" class="comment-body"><div class="comment-author vcard"><b class="fn">Nuala</b> <span class="says">says:</span></div><div class="comment-metadata"><a href="#comment-904"><time datetime="2019-04-15T19:45:00+01:00">April 15, 2019 at 7:45 pm</time></a></div><div class="comment-content"><p>Lovely piece. Do you know which museum it is in?</p></div><div class="reply"><a href="?replytocom=904">Reply</a></div></article>
<ol class="children"><li id="comment-905" class="comment depth-2"><article id="div-comment-905" class="comment-body"><div class="comment-author vcard"><b class="fn">Edith</b> <span class="says">says:</span></div><div class="comment-metadata"><time datetime="2019-04-16T09:10:00+01:00">April 16, 2019 at 9:10 am</time></div><div class="comment-content"><p>The river museum in Kell. They hope to show it from June.</p></div><div class="reply"><a href="?replytocom=905">Reply</a></div></article></li></ol></li></ol></div>`,
		want: "Harold P.|April 15, 2019 at 8:02 am|2019-04-15T08:02:00+01:00|0|My grandmother crossed with it every market day. / She said the ferryman knew more than the priest.\n" +
			"Nuala|April 15, 2019 at 7:45 pm|2019-04-15T19:45:00+01:00|0|Lovely piece. Do you know which museum it is in?\n" +
			"Edith|April 16, 2019 at 9:10 am|2019-04-16T09:10:00+01:00|1|The river museum in Kell. They hope to show it from June."},
	{name: "schema.org", page: `<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Ann</span><meta itemprop="dateCreated" content="2020-02-03"><p itemprop="text">I was there.</p></div><div itemscope itemtype="https://schema.org/Comment"><span itemprop="author" itemscope><span itemprop="name">Bo</span></span><p itemprop="text">So was I.</p></div>`,
		want: "Ann||2020-02-03|0|I was there.\nBo|||0|So was I."},
	{name: "class alone, replies beside", page: `<div class="comment"><span class="username">Pia</span> <span class="date">3. Mai 2011 um 10:20 Uhr</span><div class="content"><p>Das war schön.</p></div></div><div class="indented"><div class="comment"><span class="username">Ole</span><div class="content"><p>Fand ich auch.</p></div></div></div>`,
		want: "Pia|3. Mai 2011 um 10:20 Uhr||0|Das war schön.\nOle|||1|Fand ich auch."},
	{name: "li.comment with p.comment", page: `<ul><li class="comment"><p class="comment">One thing to say.</p></li><li class="comment"><p class="comment">Another.</p></li></ul>`,
		want: "|||0|One thing to say.\n|||0|Another."},
	{name: "boxes without names", page: `<div class="x"><div class="y1"><b>Kim</b><p>First words.</p><p>More of them.</p></div><div class="y2"><b>Lou</b><p>Second words.</p></div></div>`,
		want: "|||-1|Kim / First words. / More of them.\n|||-1|Lou / Second words."},
	{name: "definition list", page: `<dl><dt>Ann says:</dt><dd>I was there.</dd><dt>Bob says:</dt><dd>I was not.</dd></dl>`,
		want: "Ann|||-1|I was there.\nBob|||-1|I was not."},
	{name: "flat, French", page: `<p>Luc a dit :</p><p>Très bien.</p><p>Encore une fois.</p><p>Zoé a dit le 5 mai 2010 à 14:03</p><p>Pas mal.</p>`,
		want: "Luc|||-1|Très bien. / Encore une fois.\nZoé|5 mai 2010 à 14:03||-1|Pas mal."},
	{name: "plain text", text: true, page: "Anna schreibt:\n\nDas Boot fährt nicht mehr, seit der Steg gesperrt ist und niemand ihn repariert.\n\nBernd schreibt:\n\nDoch, aber nur am Sonntag, wenn das Wetter gut ist und genug Leute warten.",
		want: "Anna|||-1|Das Boot fährt nicht mehr, seit der Steg gesperrt ist und niemand ihn repariert.\nBernd|||-1|Doch, aber nur am Sonntag, wenn das Wetter gut ist und genug Leute warten."},
	{name: "a link to the author, and an age", page: `<div><div class="row"><a href="/@doug">Doug C.</a><p>8d</p><p>Is there room for being wrong?</p><p>Expand full comment</p></div><div class="row"><a href="/@pia">Pia</a><p>3h</p><p>There is.</p></div></div>`,
		want: "Doug C.|8d||-1|Is there room for being wrong?\nPia|3h||-1|There is."},
	{name: "the thread's headline", page: `<h3>2 comments so far</h3><div id="c1"><b class="author">Sheri says</b><p>Fine.</p></div><div id="c2"><p>So it is.</p></div>`,
		want: "Sheri|||0|Fine.\n|||0|So it is."},
	{name: "unix time", page: `<div id="c12"><span class="nickname">Sam</span><span class="time" data-timestamp="1400000000">a while ago</span><p>Good.</p></div>`,
		want: "Sam|a while ago|2014-05-13T16:53:20Z|0|Good."},
}
