package comments_test

import (
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/comments"
)

// plain is a form that nothing but the text before it tells of.
func plain(language, phrase string) string {
	return `<!doctype html><html lang="` + language + `"><body>` + story + `<section><h3>` + phrase +
		`</h3><form method=post action="/x"><input name=f1><textarea name=f2></textarea><button>OK</button></form></section></body></html>`
}

// TestMoreWording holds what Blogger and Drupal write by themselves, and words
// that count alone.
func TestMoreWording(t *testing.T) {
	for _, c := range []struct{ language, phrase string }{
		{"en", "Add new comment"}, {"en", "Post new comment"}, {"en", "What are your thoughts?"}, {"fr", "Enregistrer un commentaire"},
		{"nl", "Een reactie posten"}, {"pl", "Prześlij komentarz"}, {"pt", "Enviar um comentário"}, {"ar", "إرسال تعليق"},
		{"el", "Δημοσίευση σχολίου"}, {"vi", "Đăng nhận xét"}, {"he", "הוסף רשומת תגובה"}, {"hi", "एक टिप्पणी भेजें"},
		{"hu", "Megjegyzés küldése"}, {"ro", "Trimiteți un comentariu"}, {"bg", "Публикуване на коментар"}, {"lv", "Atstāt atbildi"},
		{"de", "Kommentieren"}, {"fr", "Commenter »"}, {"es", "Comentar"}, {"zh", "發佈留言"},
	} {
		found, _ := forms(t, plain("", c.phrase))
		if len(found) != 1 || found[0].Language != c.language {
			t.Errorf("%s: %q: found %+v", c.language, c.phrase, found)
		}
	}
	if found, _ := forms(t, plain("de", "Leser kommentieren das Spiel")); len(found) > 0 {
		t.Errorf("a word in a sentence: found %+v", found)
	}
}

// TestPageLanguage holds that a wording of many languages is in the page's.
func TestPageLanguage(t *testing.T) {
	for _, c := range []struct{ page, phrase, want string }{
		{"da", "Skriv en kommentar", "da"}, {"no", "Skriv en kommentar", "no"}, {"nb-NO", "Skriv en kommentar", "no"},
		{"sv-SE", "Skriv en kommentar", "sv"}, {"", "Skriv en kommentar", "sv"}, {"en", "Skriv en kommentar", "sv"},
		{"sl", "Dodaj komentar", "sl"}, {"hr", "Dodaj komentar", "hr"}, {"pt-BR", "Comentar", "pt"}, {"sr", "Ваш коментар", "sr"},
		{"da", "Leave a reply", "en"},
	} {
		found, _ := forms(t, plain(c.page, c.phrase))
		if len(found) != 1 || found[0].Language != c.want {
			t.Errorf("%q on a page in %q: found %+v, want %s", c.phrase, c.page, found, c.want)
		}
	}
}

// TestWordsOfFields finds forms that have no text but on a button or in a box.
func TestWordsOfFields(t *testing.T) {
	for name, c := range map[string]struct{ form, wording string }{
		"button":      {`<form method=post action="/go.php"><textarea name=body></textarea><input type=submit value="Post Comment"></form>`, "post comment"},
		"placeholder": {`<form method=post action="/x"><textarea name=t placeholder="Leave a comment"></textarea><button aria-label=Send></button></form>`, "leave a comment"},
		"action":      {`<form method=post action="comment"><input type=hidden name=parent><textarea name=text></textarea><input type=submit value="add comment"></form>`, "add comment"},
	} {
		found, _ := forms(t, page("", "<div>"+c.form+"</div>"))
		if len(found) != 1 || found[0].Wording != c.wording {
			t.Errorf("%s: found %+v", name, found)
		}
	}
	next := `<form action="/a"><p>Leave a comment</p><input name=x></form><form action="/b"><textarea name=t></textarea><button>Go</button></form>`
	if found, _ := forms(t, page("", next)); len(found) > 0 {
		t.Errorf("invited by another form: found %+v", found)
	}
}

// labelled finds the comment forms of a page whose blocks behind the story are
// all labelled as one.
func labelled(t *testing.T, body string) []comments.Form {
	t.Helper()
	p, err := block.HTML(t.Context(), []byte(page("", body)), block.Options{})
	if err != nil {
		t.Fatal(err)
	}
	labels := make([]bayes.Label, len(p.Blocks))
	for i := range labels {
		labels[i] = bayes.Body
		if i >= 4 { // headline and three paragraphs
			labels[i] = bayes.CommentForm
		}
	}
	return comments.Forms(p, labels)
}

// TestMistakenLabels holds that forms of other kinds are none even where the
// model takes all of them for one.
func TestMistakenLabels(t *testing.T) {
	for name, body := range map[string]string{
		"newsletter":         `<form action="/subscribe" method=post><h3>Join the discussion: our weekly newsletter</h3><input type=email name=EMAIL><button>Subscribe</button></form>`,
		"newsletter, headed": `<h3>Join the discussion</h3><form action="/list" method=post><input type=email name=EMAIL><button>Subscribe</button></form>`,
		"survey":             `<form action="/survey" method=post><h3>How was it?</h3><input type=radio name=a><p>Any other comments?</p><textarea name="q5_comments"></textarea><button>Submit</button></form>`,
		"invitation":         `<form action="/rsvp" method=post><h3>RSVP</h3><input name=name><input name=guests><textarea name=comments placeholder=Comments></textarea><button>Send</button></form>`,
		"to a friend":        `<form action="/share" method=post><h3>Send this article to a friend</h3><input name=from><input name=to><textarea name=comment placeholder="Add a comment"></textarea><button>Send</button></form>`,
		"chat":               `<form id=chat action="#"><h3>Chat with us</h3><textarea name=msg placeholder="Write a reply..."></textarea><button>Send</button></form>`,
		"message, Chinese":   `<h2>在线留言</h2><form action="/message" method=post><input name=name><input name=email><textarea name=content></textarea><button>提交留言</button></form>`,
		"label, Chinese":     `<form action="/message" method=post><input name=name><label>留言<textarea name=content></textarea></label><button>提交</button></form>`,
		"closed":             `<div id=comments><p class=no-comments>Comments are closed.</p></div>`,
		"closed, German":     `<div id=comments><p>Die Kommentare sind geschlossen.</p></div>`,
	} {
		if found := labelled(t, body); len(found) > 0 {
			t.Errorf("%s: found %+v", name, found)
		}
	}
}

// TestForStrangers holds that what stands in the place of a form is found.
func TestForStrangers(t *testing.T) {
	for name, body := range map[string]string{
		"text alone":         `<h3>Leave a Reply</h3><p>You must be <a href="/in">logged in</a> to post a comment.</p>`,
		"login form behind":  `<h3>Leave a Reply</h3><p>You must be logged in to post a comment.</p><form action="/in" method=post><input name=log><input type=password name=pwd><input type=submit value="Log In"></form>`,
		"button in a form":   `<form action="/in"><h3>Leave a Reply</h3><input type=hidden name=back><button>Log in to comment</button></form>`,
		"form around it all": `</div><form id=aspnetForm>` + manyLines + `<h3>Leave a Reply</h3><p>You must be logged in to post a comment.</p><input name=q></form>`,
	} {
		if found := labelled(t, body); len(found) != 1 || found[0].Wording != "leave a reply" {
			t.Errorf("%s: found %+v", name, found)
		}
	}
}

const manyLines = `<ul><li>one<li>two<li>three<li>four<li>five<li>six<li>seven<li>eight<li>nine<li>ten<li>eleven<li>twelve<li>one<li>two<li>three<li>four<li>five<li>six</ul>`
