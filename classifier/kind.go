package classifier

// PageKind is the kind of a whole page.
type PageKind uint8

// The page kinds.
const (
	Article PageKind = iota
	Forum
	Product
	Collection
	Listing
	Documentation
	Service
	NumPageKinds = 7
)

// String is the kind's name.
func (k PageKind) String() string {
	return [NumPageKinds + 1]string{"article", "forum", "product", "collection", "listing", "documentation", "service", "unknown"}[min(k, NumPageKinds)]
}

// Verdict is the judgement of a whole page.
type Verdict uint8

// The verdicts.
const (
	OK                 Verdict = iota
	NoMainContent              // nothing on the page is its main content
	Thin                       // hardly any main content
	SpamInjected               // an honest page that carries foreign link spam
	SpamPage                   // nothing but link spam
	ConsentOrLoginWall         // a consent, login or captcha page in place of the content
	ErrorPage                  // "not found", "service unavailable"
	NumVerdicts        = 7
)

// String is the verdict's name.
func (v Verdict) String() string {
	return [NumVerdicts + 1]string{"ok", "no_main_content", "thin", "spam_injected", "spam_page", "consent_or_login_wall", "error_page", "unknown"}[min(v, NumVerdicts)]
}

// String is the preset's name.
func (p Preset) String() string {
	return [...]string{"balanced", "precision", "recall", "unknown"}[min(p, Recall+1)]
}
