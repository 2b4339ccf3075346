package comments_test

import (
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

const (
	one = "The ferry was late again, and nobody told us why."
	two = "It was the tide, as it is every spring."
)

// threadPlatforms are comments as the platforms write them, in other words.
var threadPlatforms = []threadCase{
	{name: "Blogger, definition list",
		page: `<h4>2 comments:</h4><dl id="comments-block"><dt class="comment-author" id="c101"><a name="c101"></a><a href="/u/1">Ann Oake</a> said...</dt><dd class="comment-body" id="Blog1_cmt-101"><p>` + one + `</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="#c101" title="comment permalink">3 May 2012 at 09:11</a></span></dd>
<dt class="comment-author" id="c102"><a href="/u/2">Bo</a> said...</dt><dd class="comment-body" id="Blog1_cmt-102"><p>` + two + `</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="#c102">4 May 2012 at 10:00</a></span></dd></dl>`,
		want: "Ann Oake|3 May 2012 at 09:11||0|" + one + "\nBo|4 May 2012 at 10:00||0|" + two},
	{name: "said with an ellipsis, no names", page: `<p>Ann said...</p><p>` + one + `</p><p>Bo said…</p><p>` + two + `</p>`,
		want: "Ann|||-1|" + one + "\nBo|||-1|" + two},
	{name: "Blogger, buttons in a row",
		page: `<ol><li class="comment" id="c7"><cite class="user"><a href="/u">Ann</a></cite><span class="datetime">3 May 2012 at 09:11</span><p class="comment-content">` + one + `</p><span class="comment-actions"><a>Reply</a><span><a>Delete</a></span></span><div class="comment-replies"><span class="thread-count"><a>Replies</a></span></div></li></ol>`,
		want: "Ann|3 May 2012 at 09:11||0|" + one},
	{name: "Substack", page: `<div class="comment"><div class="comment-meta"><span><a href="/p/1">Ann Oake</a></span> <a class="comment-timestamp" title="2023-05-01T10:11:00.000Z">May 1</a></div><div class="comment-body"><p>` + one + `</p></div><div class="comment-actions"><a>Reply</a> <a>Share</a></div></div>`,
		want: "Ann Oake|May 1|2023-05-01T10:11:00Z|0|" + one},
	{name: "Drupal 7",
		page: `<section id="comments" class="comment-wrapper"><h2>Comments</h2><article class="comment"><p class="submitted"><a class="permalink" href="#5">Permalink</a> Submitted by <span class="username">Ann</span> on <span property="dc:date dc:created" content="2014-03-02T10:10:00+00:00">Sun, 03/02/2014 - 10:10</span></p><p>` + one + `</p></article><div class="indented"><article class="comment"><p class="submitted"><a class="permalink">Permalink</a> Submitted by Bo on Mon, 03/03/2014 - 08:00</p><p>` + two + `</p></article></div></section>`,
		want: "Ann|Sun, 03/02/2014 - 10:10|2014-03-02T10:10:00Z|0|" + one + "\nBo|Mon, 03/03/2014 - 08:00||1|" + two},
	{name: "Drupal 6, a linked title", page: `<div class="comment"><h3><a href="#c">Late again</a></h3><div class="submitted">Submitted by Ann of the Moor on Sun, 2009-05-03 10:11.</div><p>` + one + `</p></div>`,
		want: "Ann of the Moor|Sun, 2009-05-03 10:11||0|Late again / " + one},
	{name: "Drupal 10", page: `<article id="comment-30" class="comment"><footer class="comment__meta"><p class="comment__author"><span>Ann</span></p><p class="comment__time">2 days ago</p><p>Permalink</p></footer><p>` + one + `</p></article>`,
		want: "Ann|2 days ago||0|" + one},
	{name: "WordPress, Kubrick", page: `<ol><li id="comment-8"><cite>Ann</cite> Says:<br><small class="commentmetadata"><a href="#comment-8" title="">May 4th, 2007 at 10:11 am</a></small><p>` + one + `</p></li></ol>`,
		want: "Ann|May 4th, 2007 at 10:11 am||0|" + one},
	{name: "JComments", page: `<div id="comment-item-20"><div class="rbox"><div class="comment-box"><a class="comment-anchor" id="comment-20" href="#comment-20">#1</a> <span class="comment-author">Ann</span> <span class="comment-date">2012-05-01 10:11</span><div class="comment-body" id="comment-body-20">` + one + `</div><span><a>Quote</a></span></div></div></div>`,
		want: "Ann|2012-05-01 10:11||0|" + one},
	{name: "K2", labels: map[string]bayes.Label{one: bayes.Body, two: bayes.Body},
		page: `<ul><li class="odd"><span class="commentLink"><a id="comment0">Comment Link</a></span> <span>Wednesday, 02 May 2012 10:11</span> <span>posted by Ann</span><p>` + one + `</p></li><li class="even"><span><a id="comment1">Comment Link</a></span> <span>Thursday, 03 May 2012 09:00</span> <span>posted by Bo</span><p>` + two + `</p></li></ul>`,
		want: "Ann|Wednesday, 02 May 2012 10:11||-1|" + one + "\nBo|Thursday, 03 May 2012 09:00||-1|" + two},
	{name: "a time zone", page: `<div id="comment-1"><p>Ann, 5 May 2012 10:11 CEST</p><p>` + one + `</p></div>`, want: "Ann|5 May 2012 10:11 CEST||0|" + one},
	{name: "a weekday in a name", page: `<div id="comment-1"><p>Ramon, 5 May 2012</p><p>` + one + `</p></div>`, want: "Ramon|5 May 2012||0|" + one},
	{name: "Movable Type", page: `<div class="comment" id="comment-72"><span class="vcard author">Bo</span> <a href="#comment-72">replied to comment from Ann Oake</a> <abbr class="published" title="2010-05-03T09:00:00Z">May 3, 2010 9:00 AM</abbr><p>` + two + `</p></div>`,
		want: "Bo|May 3, 2010 9:00 AM|2010-05-03T09:00:00Z|0|" + two},
	{name: "Movable Type, without names", page: `<p>Posted by: Ann on May 3, 2010 9:00 AM</p><p>` + one + `</p><p>Bo replied to Ann on May 4, 2010</p><p>` + two + `</p>`,
		want: "Ann|May 3, 2010 9:00 AM||-1|" + one + "\nBo|May 4, 2010||-1|" + two},
	{name: "Ghost", labels: map[string]bayes.Label{"Ann": bayes.Navigation, "Bo": bayes.Body},
		page: `<section><div class="row"><h4>Ann</h4><div>1 May</div><p>` + one + `</p><p>Reply</p></div><div class="row"><h4>Bo</h4><div>2 May</div><p>` + two + `</p></div></section>`,
		want: "Ann|1 May||-1|" + one + "\nBo|2 May||-1|" + two},
	{name: "the headline before the only comment", page: `<h3>1 comment</h3><p>` + one + `</p>`, want: "|||-1|" + one},
}

// TestCertain holds that markup which only a comment has counts against the
// label, and that other markup does not.
func TestCertain(t *testing.T) {
	words := one + " We waited for an hour."
	menu := `<a href="/a">The harbour and its boats</a> <a href="/b">The ferry</a>`
	for _, c := range []struct {
		name, page string
		want       int
	}{
		{"microdata", `<div itemscope itemtype="https://schema.org/Comment"><a itemprop="author" href="/u">Ann</a><div>` + words + `</div></div>`, 1},
		{"Isso", `<div class="isso-comment" id="isso-1"><span class="isso-author">Ann</span> <time datetime="2023-05-01">a year ago</time><p>` + words + `</p></div>`, 1},
		{"IntenseDebate", `<div class="idc-c" id="IDComment9"><p class="idc-name">Ann</p><p>520 weeks ago</p><p>` + words + `</p></div>`, 1},
		{"a number", `<li id="comment-12"><b class="fn">Ann</b><p>` + words + `</p></li>`, 1},
		{"neither author nor date", `<div id="comment-12"><p>` + words + `</p></div>`, 0},
		{"a menu", `<li id="comment-12"><b class="fn">Ann</b><p>` + menu + `</p></li>`, 0},
		{"a box of TYPO3", `<div id="c12"><p>By Ann, 5 May 2012</p><p>` + words + `</p></div>`, 0},
		{"an opinion", `<article class="comment"><span class="author">Ann</span><p>5 May 2012</p><p>` + words + `</p></article>`, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if found := group(t, []byte("<body>"+c.page), true, nil); len(found) != c.want {
				t.Errorf("found %+v", found)
			}
		})
	}
}
