package comments_test

import (
	"strings"
	"testing"
)

const joomla = `<meta name="generator" content="Joomla! - Open Source Content Management">`

// ownMarks are pages whose platform shows beside the form, around it, in a
// field's value or in a script.
var ownMarks = []struct {
	name, platform string
	embedded       bool
	captchas       string
	head, body     string
}{
	{name: "JComments by its script", platform: "joomla_jcomments", captchas: "image",
		head: joomla + `<script src="/components/com_jcomments/js/jcomments-v2.3.js"></script>`,
		body: `<div id="jc"><h4>Add comment</h4><form id="comments-form" action="javascript:void(null);"><input name="name"><textarea name="comment"></textarea><img id="comments-form-captcha-image" src="/c" alt=""><input name="code"><a href="#">Send</a></form></div>`},
	{name: "JComments by what its form calls", platform: "joomla_jcomments", captchas: "image", head: joomla,
		body: `<div id="jc"><h4>Add comment</h4><form id="comments-form" action="javascript:void(null);"><input name="name"><textarea name="comment"></textarea><input name="captcha_refid"></form><script>jcomments.setForm(new JCommentsForm('comments-form', jcEditor));</script></div>`},
	{name: "Komento", platform: "joomla_komento", head: joomla + `<script src="/media/com_komento/scripts/komento.js"></script>`,
		body: `<div id="section-kmt"><h3>Leave your comments</h3><form><input name="name"><textarea id="commentInput"></textarea><button type="button">Submit Comment</button></form></div>`},
	{name: "K2", platform: "joomla_k2", head: joomla,
		body: `<h3>Leave a comment</h3><form action="/index.php" method="post" id="comment-form"><textarea name="commentText"></textarea><input name="userName"><input type="submit" value="Submit comment"><input type="hidden" name="option" value="com_k2"></form>`},
	{name: "Squarespace 7.1", platform: "squarespace",
		body: `<div class="squarespace-comments"><div>Comments (0)</div><div class="new"><textarea class="comment-input" placeholder="Add a comment..."></textarea><button>Post Comment</button></div></div>`},
	{name: "Typepad, old", platform: "typepad",
		body: `<h2>Post a comment</h2><form method="post" action="http://www.typepad.com/t/comments" id="comments-form"><input name="author"><textarea name="text"></textarea><input type="submit" value="Post"></form>`},
	{name: "Typepad by its generator", platform: "typepad", head: `<meta name="generator" content="http://www.typepad.com/">`,
		body: `<h2>Post a comment</h2><form method="post" action="/c"><textarea name="text"></textarea></form>`},
	{name: "Invision", platform: "invision",
		body: `<h2>Join the conversation</h2><form class="ipsForm ipsForm_vertical" action="/topic/12-x/" method="post"><input type="hidden" name="csrfKey" value="x"><textarea name="topic_comment_12"></textarea><button>Submit Reply</button></form>`},
	{name: "wpDiscuz in a language unheard of", platform: "wordpress",
		body: `<form method="post" class="wpd_comm_form wpd_main_comm_form"><textarea name="wc_comment"></textarea><input name="wc_name"><input type="submit" value="Tuma"></form>`},
	{name: "giscus by a script's script", platform: "giscus", embedded: true,
		body: `<div id="c"></div><script>(function(){var s=document.createElement("script");s.src="https://giscus.app/client.js";document.getElementById("c").appendChild(s);})();</script>`},
	{name: "utterances by a script's script", platform: "utterances", embedded: true,
		body: `<script>var s=document.createElement("script");s.src="https://utteranc.es/client.js";document.body.appendChild(s);</script>`},
	{name: "Medium's editor", platform: "medium", embedded: true, head: `<script src="https://cdn-client.medium.com/lite/main.js"></script>`,
		body: `<h2>Responses (2)</h2><div role="textbox" contenteditable="true" aria-label="What are your thoughts?"><p>What are your thoughts?</p></div><button disabled>Respond</button>`},
	{name: "an editor with its words inside", embedded: true,
		body: `<h2>Responses (2)</h2><div contenteditable><p>Add a comment</p></div>`},
}

func TestOwnMarks(t *testing.T) {
	for _, c := range ownMarks {
		found, _ := forms(t, page(c.head, c.body))
		if len(found) != 1 {
			t.Errorf("%s: %d comment forms, want 1: %+v", c.name, len(found), found)
			continue
		}
		if f := found[0]; f.Platform != c.platform || f.Embedded != c.embedded || strings.Join(f.Captchas, " ") != c.captchas {
			t.Errorf("%s: platform %q, embedded %v, captchas %q", c.name, f.Platform, f.Embedded, f.Captchas)
		}
	}
}

// TestBesides holds that a thread that a script puts beside a form is another.
func TestBesides(t *testing.T) {
	body := `<form action="/wp-comments-post.php" method="post"><h3>Leave a Reply</h3><textarea name="comment"></textarea></form><div id="disqus_thread"></div>`
	found, _ := forms(t, page("", body))
	if len(found) != 2 || found[0].Platform != "wordpress" || found[1].Platform != "disqus" || found[1].Wording != "" {
		t.Errorf("found %+v", found)
	}
	contact := `<form action="/contact" method="post"><h2>Contact us</h2><input name="subject"><textarea name="message"></textarea></form>`
	found, _ = forms(t, page(`<script src="/components/com_jcomments/js/jcomments-v2.3.js"></script>`, contact))
	if len(found) != 1 || !found[0].Embedded {
		t.Errorf("a contact form beside JComments: found %+v", found)
	}
}

// TestOtherEditors holds that not all that can be written in is for comments.
func TestOtherEditors(t *testing.T) {
	for _, body := range []string{
		`<div contenteditable="true" aria-label="Title of the page"><p>Untitled</p></div>`,
		`<div contenteditable="false" aria-label="Add a comment"></div>`,
		`<h3>Chat with us</h3><div contenteditable aria-label="Write a reply"></div>`,
	} {
		if found, _ := forms(t, page("", body)); len(found) > 0 {
			t.Errorf("%s: found %+v", body, found)
		}
	}
}
