package comments

import (
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// captchaMarks are parts of a script's or frame's address, of a class, an id
// or a field's name, each with the captcha that it belongs to.
var captchaMarks = [...]struct{ part, captcha string }{
	{"recaptcha/api.js?render=", "recaptcha_v3"},
	{"recaptcha/enterprise.js?render=", "recaptcha_v3"},
	{"g-recaptcha-response", "recaptcha"},
	{"g-recaptcha", "recaptcha_v2"},
	{"recaptcha/api2", "recaptcha_v2"},
	{"recaptcha_challenge_field", "recaptcha_v1"},
	{"recaptcha_response_field", "recaptcha_v1"},
	{"h-captcha", "hcaptcha"},
	{"hcaptcha.com", "hcaptcha"},
	{"cf-turnstile", "turnstile"},
	{"challenges.cloudflare.com/turnstile", "turnstile"},
	{"frc-captcha", "friendly_captcha"},
	{"altcha-widget", "altcha"},
	{"mtcaptcha", "mtcaptcha"},
	{"keycaptcha", "keycaptcha"},
	{"smart-captcha", "smartcaptcha"},
	{"akismet_comment_nonce", "akismet_nonce"},
	{"ak_js", "akismet_timestamp"},
	{"captcha_sid", "image"},
	{"captcha_code", "image"},
	{"captchaimage", "image"},
	{"securimage", "image"},
	{"captcha_image", "image"},
	{"captcha_refid", "image"},
	{"comments-form-captcha-image", "image"},
	{"cptch_number", "math_question"},
	{"captcha_response", "image"},
	{"mathcaptcha", "math_question"},
	{"math_captcha", "math_question"},
	{"antispam_question", "question"},
	{"spamquestion", "question"},
	{"qa_answer", "question"},
}

// captchaIn is the captcha that a name or an address belongs to, if any.
func captchaIn(s string) string {
	s = strings.ToLower(s)
	for i := range captchaMarks {
		if strings.Contains(s, captchaMarks[i].part) {
			if captchaMarks[i].captcha == "recaptcha_v3" && strings.Contains(s, "render=explicit") {
				return "" // that is how v2 is loaded
			}
			return captchaMarks[i].captcha
		}
	}
	return ""
}

// isCaptchaField reports a text area that a captcha's script fills in.
func isCaptchaField(name string) bool {
	return strings.HasPrefix(name, "g-recaptcha") || strings.HasPrefix(name, "h-captcha") || strings.HasPrefix(name, "ak_hp")
}

// sum is a small sum to be solved, in figures.
var sum = lazy(`\b\d{1,3}\s*[+\-−–x×*]\s*\d{1,3}\s*=`)

// sumWords is one in words: "What is three plus 4?"
var sumWords = lazy(`(?i)(what is|how much is|wie viel ist|was ist|was ergibt|combien font|cuánto es|cuanto es|quanto fa|quanto é|hoeveel is|ile to jest|сколько будет)\s+[\p{L}\d]+\s+([+\-−x×*]|plus|minus|times|und|plus|et|más|mas|più|piu|mais|en|dodać|плюс|минус)\s+[\p{L}\d]+`)

// captchas finds what form in asks of robots, sorted.
func (f *finder) captchas(form *block.Form, first, end int) []string {
	found := map[string]bool{}
	add := func(name string) {
		if name != "" {
			found[name] = true
		}
	}
	for k := range form.Fields {
		add(captchaIn(form.Fields[k].Name))
		add(captchaIn(form.Fields[k].ID))
	}
	for _, c := range f.marks.captchas {
		if c.anywhere || c.start >= form.Start && c.start < form.End {
			add(c.name)
		}
	}
	if found["recaptcha_v2"] {
		delete(found, "recaptcha_v3") // a box to tick may be loaded by the same address
	}
	if found["recaptcha_v2"] || found["recaptcha_v3"] {
		delete(found, "recaptcha") // the field that either fills in
	}
	for k := first; k < min(end, first+maxLooked); k++ {
		if t := f.page.Blocks[k].Text; len(t) <= maxInvitation && (sum().MatchString(t) || sumWords().MatchString(t)) {
			add("math_question")
		}
	}
	var out []string
	for name := range found {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// honeypotNames are fields that ready-made forms use as bait.
const honeypotNames = "honeypot hp_ ak_hp wpbruiser alt_s hpot nospam antispam_honeypot website_hp b_name leave_blank leave_this trap bot-field botfield confirm_email_hp url_hp fax_number contact_me_by_fax"

// honeypot reports a field that looks like one to fill in, but that no reader
// sees. A text area that waits for its editor is none.
func honeypot(f *block.Field, noTab bool) bool {
	if f.Type == "hidden" || f.Tag == "button" || f.Type == "submit" || f.Type == "checkbox" || f.Type == "radio" || isTokenField(f.Name) {
		return false
	}
	name := strings.ToLower(f.Name + " " + f.ID)
	for part := range strings.FieldsSeq(honeypotNames) {
		if strings.Contains(name, part) {
			return true
		}
	}
	hides := f.Hidden &^ (block.HiddenARIA | block.HiddenStyleRule)
	return f.Tag == "input" && hides != 0 || f.Tag == "textarea" && hides != 0 && noTab || noTab && f.Hidden&block.HiddenARIA != 0
}

// isTokenField reports a field that a captcha's script fills in.
func isTokenField(name string) bool {
	return isCaptchaField(name) && !strings.HasPrefix(name, "ak_hp")
}
