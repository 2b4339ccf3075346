package classifier

import (
	"context"
	"strings"
	"testing"
)

// TestComments holds that comments and their form come with the answer.
func TestComments(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	thread := `<ol class="comment-list">`
	for _, name := range []string{"Harold P.", "Nuala", "Edith Marrow"} {
		thread += `<li class="comment" id="comment-` + strings.ToLower(name[:3]) + `1"><div class="comment-author vcard"><b class="fn">` + name + `</b> <span class="says">says:</span></div>
<div class="comment-content"><p>My grandmother crossed with it every market day. She always said the ferryman knew more than the priest.</p></div></li>`
	}
	page := strings.Replace(seedBlog("", ""), `<div id="respond"`, thread+`</ol><div id="respond"`, 1)
	r, err := c.Classify(context.Background(), Document{HTML: []byte(page)}, Options{Comments: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.CommentForms) != 1 || r.CommentForms[0].Platform != "wordpress" || r.CommentForms[0].Wording != "leave a reply" {
		t.Errorf("comment forms %+v", r.CommentForms)
	}
	if len(r.Comments) != 3 || r.Comments[0].Author != "Harold P." || !strings.HasPrefix(r.Comments[2].Text, "My grandmother") || r.Comments[1].Spam > 0.5 {
		t.Errorf("comments %+v", r.Comments)
	}
	if r, err = c.Classify(context.Background(), Document{HTML: []byte(page)}, Options{}); err != nil || r.Comments != nil {
		t.Errorf("comments without being asked for, or %v", err)
	}
}
