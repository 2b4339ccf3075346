package comments_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/comments"
)

const story = `<div class="content"><h1>The ferry at Orrin</h1>
<p>The ferry leaves at eight, and whoever misses it, the harbour master says, will have to wait until the tide is back. There is a bench and a lamp.</p>
<p>In winter the crossing is shorter, because the ice keeps the boat to the deep side of the river, and nobody minds being early for once.</p>
<p>The bell was cast in the town. It has a crack that you can hear when the wind comes from the north, and two names on its rim.</p></div>`

// forms finds the comment forms of a page whose labels tell nothing.
func forms(t *testing.T, html string) ([]comments.Form, *block.Page) {
	t.Helper()
	p, err := block.HTML(t.Context(), []byte(html), block.Options{})
	if err != nil {
		t.Fatal(err)
	}
	labels := make([]bayes.Label, len(p.Blocks))
	for i := range labels {
		labels[i] = bayes.Navigation
	}
	return comments.Forms(p, labels), p
}

func page(head, body string) string {
	return "<!doctype html><html><head><title>The ferry at Orrin</title>" + head + "</head><body>" + story + body + "</body></html>"
}

func TestPlatforms(t *testing.T) {
	for _, c := range platformCases {
		t.Run(c.name, func(t *testing.T) {
			html := page(c.head, c.body)
			found, p := forms(t, html)
			if len(found) != 1 {
				t.Fatalf("%d comment forms, want 1: %+v", len(found), found)
			}
			f := found[0]
			if f.Platform != c.platform || f.Embedded != c.embedded || strings.Join(f.Captchas, " ") != c.captchas {
				t.Errorf("platform %q, embedded %v, captchas %q; want %q, %v, %q", f.Platform, f.Embedded, f.Captchas, c.platform, c.embedded, c.captchas)
			}
			var bait []string
			for _, field := range f.Fields {
				if field.Honeypot {
					bait = append(bait, field.Name)
				}
			}
			if strings.Join(bait, " ") != c.bait {
				t.Errorf("honeypots %q, want %q", bait, c.bait)
			}
			if c.action != "" && (f.Action != c.action || f.Method != "post") {
				t.Errorf("action %q by %s, want %q by post", f.Action, f.Method, c.action)
			}
			if f.Start < 0 || f.Start >= f.End || f.End > len(html) || html[f.Start] != '<' {
				t.Errorf("byte range %d–%d", f.Start, f.End)
			}
			if f.FirstBlock > f.EndBlock || f.EndBlock > len(p.Blocks) {
				t.Errorf("blocks %d–%d of %d", f.FirstBlock, f.EndBlock, len(p.Blocks))
			}
			for i, b := range p.Blocks {
				if b.Start >= f.Start && b.End <= f.End && (i < f.FirstBlock || i >= f.EndBlock) {
					t.Errorf("block %d, %q, is not among %d–%d", i, b.Text, f.FirstBlock, f.EndBlock)
				}
			}
		})
	}
}

func TestOtherForms(t *testing.T) {
	for _, c := range otherForms {
		t.Run(c.name, func(t *testing.T) {
			if found, _ := forms(t, page("", c.body)); len(found) > 0 {
				t.Errorf("found %+v", found)
			}
		})
	}
}

func TestFields(t *testing.T) {
	found, _ := forms(t, page("", platformCases[0].body))
	want := []comments.Field{
		{Name: "comment", Type: "textarea", Required: true},
		{Name: "author", Type: "text", Required: true},
		{Name: "email", Type: "email", Required: true},
		{Name: "url", Type: "url"},
		{Name: "submit", Type: "submit"},
		{Name: "comment_post_ID", Type: "hidden", Hidden: true},
		{Name: "akismet_comment_nonce", Type: "hidden", Hidden: true},
		{Name: "ak_hp_textarea", Type: "textarea", Hidden: true, Honeypot: true},
	}
	if f := found[0]; !slices.Equal(f.Fields, want) {
		t.Errorf("fields\n%+v, want\n%+v", f.Fields, want)
	}
}

// TestWording finds a form that nothing but its wording tells of, in every
// language of the table.
func TestWording(t *testing.T) {
	for language, phrase := range map[string]string{
		"en": "Leave a reply", "de": "Schreibe einen Kommentar", "fr": "Laisser un commentaire", "es": "Deja una respuesta",
		"it": "Lascia un commento", "pt": "Deixe um comentário", "nl": "Geef een reactie", "pl": "Dodaj komentarz",
		"ru": "Добавить комментарий", "uk": "Залишити відповідь", "tr": "Bir yanıt yazın", "sv": "Lämna ett svar",
		"da": "Skriv et svar", "no": "Legg igjen en kommentar", "fi": "Lisää kommentti", "cs": "Napsat komentář",
		"hu": "Hozzászólás küldése", "ro": "Lasă un răspuns", "el": "Αφήστε μια απάντηση", "id": "Tinggalkan Balasan",
		"vi": "Để lại một bình luận", "ja": "コメントを残す", "zh": "发表评论", "ko": "댓글 남기기", "ar": "اترك تعليقاً",
		"he": "כתיבת תגובה", "fa": "دیدگاهتان را بنویسید", "th": "ใส่ความเห็น", "hi": "टिप्पणी करें",
	} {
		found, _ := forms(t, page("", `<section><h3>`+phrase+`</h3><form method=post action="/x"><input name=f1><textarea name=f2></textarea><button>OK</button></form></section>`))
		if len(found) != 1 || found[0].Language != language {
			t.Errorf("%s: %q: found %+v", language, phrase, found)
		}
	}
	article := page("", `<p>How to make people leave a comment, in ten steps that cost nothing.</p><form method=post action="/x"><input name=f1><textarea name=f2></textarea></form>`)
	if found, _ := forms(t, article); len(found) > 0 {
		t.Errorf("an article on comments: found %+v", found)
	}
}

// TestManyForms holds that the work stays bounded.
func TestManyForms(t *testing.T) {
	form := `<form action="/comment/add"><p>Leave a reply<textarea name=comment></textarea></form>`
	found, _ := forms(t, strings.Repeat(form, 2000))
	if n := len(found); n != comments.MaxForms {
		t.Errorf("%d forms", n)
	}
}

func BenchmarkForms(b *testing.B) {
	src := page(platformCases[0].head, strings.Repeat("<div class='widget sidebar'><ul class=menu><li id=a class='item x'><a href=/a>More of it</a></ul></div>", 200)+platformCases[0].body)
	split, err := block.HTML(context.Background(), []byte(src), block.Options{})
	if err != nil {
		b.Fatal(err)
	}
	labels := make([]bayes.Label, len(split.Blocks))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		comments.Forms(split, labels)
	}
}
