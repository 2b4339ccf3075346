package classifier

import (
	"context"
	"strings"
	"testing"
)

func TestVerdicts(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	prose := strings.Repeat("<p>"+hostileParagraph+"</p>", 6)
	cases := []struct {
		page string
		want Verdict
	}{
		{"<title>Ferry times</title><body class=post><div class=content><h1>Ferry times</h1>" + prose + "</div>", OK},
		{"<title>404 Not Found</title><h1>404 Not Found</h1><p>The page is not here.</p>", ErrorPage},
		{"<title>How to fix a 404 page</title><body class=post><div class=content>" + prose + "</div>", OK},
		{"<title>Just a moment...</title><p>Checking your browser.</p>", ConsentOrLoginWall},
		{"<title>Club pages</title><form><label>Name <input name=user></label><input type=password name=p><button>Enter</button></form>", ConsentOrLoginWall},
		{"<ul><li><a href=/>Home</a><li><a href=/news>News</a></ul>", NoMainContent},
	}
	for _, tc := range cases {
		r, err := c.Classify(context.Background(), Document{HTML: []byte(tc.page)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Verdict != tc.want {
			t.Errorf("%.60s: verdict %v %q, want %v", tc.page, r.Verdict, r.Reasons, tc.want)
		}
	}
}
