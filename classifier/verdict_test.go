package classifier

import (
	"context"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/phrase"
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

// standIns are pages that stand in place of the content, as servers, systems
// and gatekeepers write them, in other words.
var standIns = []struct {
	name, page string
	want       Verdict
}{
	{"Apache", "<title>404 Not Found</title><h1>Not Found</h1><p>The requested URL was not found on this server.</p><hr><address>Apache Server at orrin.example Port 80</address>", ErrorPage},
	{"nginx", "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>", ErrorPage},
	{"a blog's", "<title>Page not found – Orrin Press</title><header><a href=/>Orrin Press</a><nav><a href=/a>News</a> <a href=/b>Tides</a></nav></header><main><h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location. Maybe try one of the links below or a search?</p></main>", ErrorPage},
	{"German", "<title>Seite nicht gefunden | Hafenblatt</title><nav><a href=/>Start</a></nav><h1>Seite nicht gefunden</h1><p>Die Seite, die Sie suchen, gibt es nicht mehr.</p>", ErrorPage},
	{"French", "<title>Page introuvable - Le Quai</title><h1>Erreur 404</h1><p>La page demandée n’existe pas.</p><a href=/>Accueil</a>", ErrorPage},
	{"Spanish", "<title>Página no encontrada | El Muelle</title><h1>Página no encontrada</h1><p>Lo sentimos, no pudimos encontrar lo que busca.</p>", ErrorPage},
	{"Russian", "<title>Страница не найдена</title><h1>Ошибка 404</h1><p>Такой страницы нет.</p>", ErrorPage},
	{"Japanese", "<title>ページが見つかりません | 港日報</title><h1>ページが見つかりません</h1><p>お探しのページは移動した可能性があります。</p>", ErrorPage},
	{"Polish", "<title>Nie znaleziono strony - Port</title><h1>Nie znaleziono strony</h1><p>Przepraszamy.</p>", ErrorPage},
	{"Turkish", "<title>Sayfa bulunamadı</title><h1>404</h1><p>Aradığınız sayfa bulunamadı.</p>", ErrorPage},
	{"Chinese", "<title>404 页面不存在</title><h1>抱歉，页面不存在</h1>", ErrorPage},
	{"maintenance", "<title>Maintenance</title><h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1>", ErrorPage},
	{"no database", "<h1>Error establishing a database connection</h1>", ErrorPage},
	{"a check of the browser", "<title>Just a moment...</title><h1>orrin.example</h1><p>Verifying you are human. This may take a few seconds.</p><p>orrin.example needs to review the security of your connection before proceeding.</p>", ConsentOrLoginWall},
	{"unusual traffic", "<title>Sorry...</title><p>Our systems have detected unusual traffic from your computer network. Please try your request again later.</p>", ConsentOrLoginWall},
	{"a gateway's, at length", "<title>orrin.example | 522: Connection timed out</title><h1>Connection timed out</h1><h2>What happened?</h2><p>" + strings.Repeat("The first server waited for the second and had no answer, so that the page could not be brought to you in time. ", 4) + "</p><p>Please try again in a few minutes, or tell whoever runs the site that its server does not answer to us at all.</p>", ErrorPage},
	{"consent, in a frame's words", "<title>Orrin News</title><div><h2>We value your privacy</h2><p>We and our 312 partners store and/or access information on a device, such as cookies, and process personal data for personalised ads and content, as long as you let us do so.</p><p>With your permission we and our partners may use precise places and the traits of your device. You may click to consent to what is described above.</p><button>Accept all</button><button>Reject all</button></div>", ConsentOrLoginWall},
	{"consent, German, and nothing else", "<title>zeitung.example</title><h1>Willkommen</h1><p>Wir und unsere bis zu 200 Partner speichern Informationen auf einem Gerät, zum Beispiel Cookies, und verarbeiten Daten, um Ihnen personalisierte Anzeigen und Inhalte zu zeigen und zu messen, wie sie wirken.</p><p>Sie können Ihre Einwilligung jederzeit in den Einstellungen widerrufen.</p><button>Alle akzeptieren</button>", ConsentOrLoginWall},
	{"a banner on a page with little text", "<title>Ferry times | Orrin</title><div class=banner><p>This website uses cookies to ensure that all of it works.</p><button>Got it</button></div><main><h1>Ferry times</h1><p>" + hostileParagraph + "</p><p>" + hostileParagraph + "</p></main>", OK},
	{"consent, English", "<title>Before you continue to Orrin Search</title><p>We use cookies and data to deliver and maintain services.</p><form><button>Reject all</button><button>Accept all</button></form>", ConsentOrLoginWall},
	{"consent, German", "<title>Hafenblatt</title><h2>Mit Werbung und Cookies weiterlesen</h2><p>Besuchen Sie uns wie gewohnt mit Werbung.</p><button>Zustimmen</button>", ConsentOrLoginWall},
	{"age", "<title>Orrin Distillery</title><h1>Are you of legal drinking age?</h1><button>Yes</button><button>No</button>", ConsentOrLoginWall},
	{"login", "<title>Log in ‹ Orrin Press</title><form method=post><label>Username <input name=log></label><label>Password <input type=password name=pwd></label><button>Log In</button></form><a href=/lost>Lost your password?</a>", ConsentOrLoginWall},
	{"login, French", "<title>Connexion - Le Quai</title><p>Connectez-vous pour voir cette page.</p><form><input name=u><input type=password name=p></form>", ConsentOrLoginWall},
	{"login, Japanese", "<title>ログイン</title><p>ログインしてください</p><form><input name=u><input type=password name=p></form>", ConsentOrLoginWall},
	{"captcha, Russian", "<title>Вы не робот?</title><p>Подтвердите, что вы не робот</p><button>Я не робот</button>", ConsentOrLoginWall},
	{"captcha, Chinese", "<title>安全验证</title><p>请完成安全验证</p>", ConsentOrLoginWall},
	{"a paywall", "<title>The wall that nobody wants - Orrin Press</title><body class=post><article><h1>The wall that nobody wants</h1><p class=lead>" + hostileParagraph + "</p></article><div class=offer><p>Subscribe to continue reading</p><p>One month for one crown.</p></div>", ConsentOrLoginWall},
}

// lookAlikes are pages about errors and walls, and pages with a bit of one.
var lookAlikes = []struct{ name, page string }{
	{"an article on 404", "<title>404 Not Found: the history of an error</title><body class=post><article><h1>404 Not Found: the history of an error</h1>" + strings.Repeat("<p>"+hostileParagraph+"</p>", 5) + "</article>"},
	{"a short one", "<title>How to fix a 404 not found error</title><body class=post><article><h1>How to fix a 404 not found error</h1><p>" + hostileParagraph + "</p><p>" + hostileParagraph + "</p></article>"},
	{"an article on captchas", "<title>Why every site asks whether you are a robot</title><body class=post><article><h1>Why every site asks whether you are a robot</h1>" + strings.Repeat("<p>"+hostileParagraph+" I am not a robot, it says.</p>", 4) + "</article>"},
	{"a German one on consent", "<title>Was ist ein Cookie-Banner? | Hafenblatt</title><body class=post><article><h1>Was ist ein Cookie-Banner?</h1>" + "<p>Die Fähre fährt um acht, und wer sie verpasst, sagt der Hafenmeister, muss warten, bis die Flut zurückkommt.</p><p>Wer in der Zwischenzeit etwas lesen will, dem geht es kaum besser: Mit Werbung und Cookies weiterlesen, so heißt es auf fast jeder Seite, und wer das nicht möchte, soll zahlen.</p><p>Das Banner ist eine Folge der Gesetze, die seit einigen Jahren gelten. Sie verlangen, dass jeder gefragt wird, bevor ein Dienst ihn wiedererkennt.</p><p>Im Hafen hat man eine einfachere Lösung gefunden, denn dort hängt die Zeitung noch im Schaukasten, und gelesen wird sie von allen.</p><p>Der Hafenmeister selbst hat nie verstanden, wozu das alles gut sein soll. Seine Tochter, die in der Stadt studiert, hat es ihm an einem langen Abend erklärt.</p><p>Am Ende waren sich beide einig, dass die Frage wichtiger ist als die Antwort, und dass man sie kürzer stellen könnte. Danach fuhr die letzte Fähre.</p><p>Wer mehr darüber wissen will, findet in der Bücherei zwei Regale voll, und an der Kasse sitzt jemand, der alles gelesen hat und gern davon erzählt.</p></article>"},
	{"an article with a login in the header", "<title>Ferry times</title><body class=post><form class=login><input name=u><input type=password name=p><button>Log in</button></form><article><h1>Ferry times</h1>" + strings.Repeat("<p>"+hostileParagraph+"</p>", 5) + "</article>"},
	{"an article with a cookie notice", "<title>Ferry times</title><body class=post><article><h1>Ferry times</h1>" + strings.Repeat("<p>"+hostileParagraph+"</p>", 5) + "</article><div class=cookie><p>We use cookies. Before you continue to our site, please choose.</p><button>Accept all</button></div>"},
	{"an article with a paywalled neighbour", "<title>Ferry times</title><body class=post><article><h1>Ferry times</h1>" + strings.Repeat("<p>"+hostileParagraph+"</p>", 5) + "</article><aside><p>This article is for subscribers</p></aside>"},
}

func TestStandIns(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	check := func(name, page string, ok func(Verdict) bool) {
		r, err := c.Classify(context.Background(), Document{HTML: []byte(page)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !ok(r.Verdict) || r.Verdict != OK && len(r.Reasons) == 0 {
			t.Errorf("%s: verdict %v %q, text %.80q", name, r.Verdict, r.Reasons, r.Text)
		}
	}
	for _, s := range standIns {
		check(s.name, s.page, func(v Verdict) bool { return v == s.want })
	}
	for _, s := range lookAlikes {
		check(s.name, s.page, func(v Verdict) bool { return v != ErrorPage && v != ConsentOrLoginWall })
	}
}

// TestPhrases holds that every list of phrases can be read.
func TestPhrases(t *testing.T) {
	for _, text := range []string{"Are you a robot?", "page not found", "log in", "how to do it"} {
		found := false
		for _, set := range []phrase.Set{wallPhrases(), errorPhrases(), titlePhrases(), askPhrases()} {
			_, ok := set.Find(text)
			found = found || ok
		}
		if !found {
			t.Errorf("%q is in no list", text)
		}
	}
}
