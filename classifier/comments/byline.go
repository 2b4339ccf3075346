package comments

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// byline is what a line says of who wrote a comment, and when.
type byline struct {
	author, date string
	end          int // of the line, where text follows it in the same block
}

// maxByline is the longest line, in bytes, that is about a comment and not
// part of it.
const maxByline = 160

// months are the beginnings of the months' names in the languages below; they
// only have to stand beside a day or a year.
const months = `jan\p{L}*|feb\p{L}*|fév\p{L}*|mar\p{L}*|mär\p{L}*|mär|apr\p{L}*|avr\p{L}*|abr\p{L}*|may|mai|mei|maj|mag\p{L}*|mayo|maio|jun\p{L}*|juin|giu\p{L}*|jul\p{L}*|juil\p{L}*|lug\p{L}*|aug\p{L}*|août|ago\p{L}*|sep\p{L}*|set\p{L}*|oct\p{L}*|okt\p{L}*|ott\p{L}*|out\p{L}*|nov\p{L}*|dec\p{L}*|dez\p{L}*|déc\p{L}*|dic\p{L}*|gen\p{L}*|ene\p{L}*|` +
	`stycz\p{L}*|lut\p{L}*|kwie\p{L}*|maja|czerw\p{L}*|lip\p{L}*|sierp\p{L}*|wrze\p{L}*|paźdz\p{L}*|listop\p{L}*|grud\p{L}*|` +
	`янв\p{L}*|фев\p{L}*|мар\p{L}*|апр\p{L}*|мая|май|июн\p{L}*|июл\p{L}*|авг\p{L}*|сен\p{L}*|окт\p{L}*|ноя\p{L}*|дек\p{L}*|` +
	`ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık`

// weekdays may stand before a date.
const weekdays = `(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+|\b(?:mo|di|mi|do|fr|sa|so|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)\.?,\s+|\b(?:lun|mar|mer|jeu|ven|sam|dim)(?:\.|di|credi|dredi|anche)?,?\s+)?`

// dates are ways to write when something was said, without the time of day.
const dates = `\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?` +
	`|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]` +
	`|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./]\d{1,2}[./]\d{1,2}` +
	`|\d{1,2}(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?(?:` + months + `)\.?,?\s+(?:de\s+|del\s+)?\d{4}` +
	`|(?:` + months + `)\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}` +
	`|(?:\d{1,3}|an?|one|einem?|einer|un|une|uno|una|um|uma)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago` +
	`|vor\s+(?:\d{1,3}|einem?|einer)\s+\p{L}+|il y a\s+(?:\d{1,3}|une?)\s+\p{L}+|hace\s+(?:\d{1,3}|una?)\s+\p{L}+|há\s+(?:\d{1,3}|uma?)\s+\p{L}+|\d{1,3}\s+\p{L}+\s+(?:fa|geleden|temu|назад|önce|sedan|siden|sitten)` +
	`|\d{1,3}\s?(?:日|時間|分|か月|年|天|小时|分钟|小時|分鐘|个月|個月|일|시간|분|개월|년)\s?(?:前|전)`

// clock is the time of day that may follow.
const clock = `(?:\s*[,@–|-]?\s*(?:at|um|à|a las|alle|às|om|о|в|o godz\.|godz\.|kl\.|saat)?\s*\d{1,2}[:.h時]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?\s?m\.?\b|uhr)?(?:\s*(?-i:[A-Z]{3,4})\b)?)?`

// lazy is a regular expression that is compiled when it is first asked for: with
// all languages at once that takes as long as many a page.
func lazy(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

var (
	dateTime = lazy(`(?i)` + weekdays + `(?:` + dates + `)` + clock)
	says     = lazy(`(?i)^(\S.{0,58}?)\s*(?:\s(?:says|said|writes|wrote|commented|(?:replied|responded)(?:\s+to\s+\S.{0,78}?)?|sagt|sagte|schreibt|schrieb|meint|meinte|kommentierte|dit|a dit|écrit|a écrit|dice|dijo|escribió|comentó|ha detto|ha scritto|scrive|scrisse|disse|diz|escreveu|comentou|zegt|schreef|schrijft|pisze|napisał\p{L}*|mówi|говорит|пишет|сказал\p{L}*|написал\p{L}*|пише|каже|dedi ki|diyor ki|yazdı|skriver|skrev|säger|sier|siger|sanoo|kirjoitti|napsal\p{L}*|říká|szerint|írta|spune|a spus|λέει|έγραψε|berkata|viết|nói)|さんのコメント|さんより|より|说道|说|說道|說|님의 말|يقول|قال|אומר|כתב|گفت)\s*(?:[:：]|(?:\.{3}|…)\s*$|(?:on|am|le|el|il|em|op|dnia|den)?\s*\(?` + weekdays + `(?:` + dates + `)` + clock + `\)?\s*[:：]?)`)
	saysLast = lazy(`(?i)\s+(?:says|said|writes|wrote|sagt|schreibt|meint|dit|a dit|dice|dijo|ha detto|scrive|disse|diz|zegt|schreef|pisze|mówi|говорит|пишет|skriver|säger|sier|siger|sanoo|szerint|spune|λέει)\s*(?::|\.{3}|…)?$`)
	age      = lazy(`(?i)^\d{1,3}\s?(?:s|m|h|d|w|y|mo|min|hr|std|j|yr)s?\.?$`)
	dayMonth = lazy(`(?i)^(?:\d{1,2}\.?\s(?:` + months + `)|(?:` + months + `)\s\d{1,2})\.?$`)
	by       = lazy(`(?i)^(?:posted by|comment by|submitted by|written by|by|von|geschrieben von|verfasst von|par|posté par|publié par|soumis par|por|publicado por|enviado por|da|scritto da|inviato da|door|geplaatst door|ingediend door|przez|автор|от|投稿者|作者)(?:\s*[:：]|\s|$)\s*`)
	label    = lazy(`(?i)^(?:permalink|comment link|#\d{1,6}[.:]?|\[[–+-]\])(?:\s+|$)`)
	joining  = lazy(`[\s,|·•–—-]+(?:on|at|am|le|el|il|em|op|den|dnia)$`)
)

// readByline reads a line such as "Ann says:", "Posted by Ann on 5 May 2012"
// or "Ann, 05.05.2012". It reports false for a line that is none.
func readByline(text string) (byline, bool) {
	line, _, _ := strings.Cut(text, "\n")
	if m := says().FindStringSubmatchIndex(line[:min(len(line), maxByline)]); m != nil && plainName(line[m[2]:m[3]]) {
		return byline{line[m[2]:m[3]], dateTime().FindString(line[:m[1]]), m[1]}, true
	}
	if len(line) > maxByline {
		return byline{}, false
	}
	at := dateTime().FindStringIndex(line)
	if at == nil && (age().MatchString(line) || dayMonth().MatchString(line)) {
		at = []int{0, len(line)}
	}
	if at == nil {
		return byline{}, false
	}
	out := byline{date: line[at[0]:at[1]], end: len(line)}
	before, named := writer(strings.Trim(line[:at[0]], " ,|·•–—-()"))
	after, namedAfter := writer(strings.Trim(line[at[1]:], " ,|·•–—-():：#."))
	switch {
	case named && plainName(before):
		out.author = before
		return out, true
	case len(strings.Fields(before)) > 5 || len(strings.Fields(after)) > 5:
		return byline{}, false
	case namedAfter && plainName(after):
		out.author = after
	case plainName(before) && !isPreposition(before):
		out.author = before
	}
	return out, true
}

// writer is the name in a part of a byline, "Posted by: Ann on" or "#3 Ann",
// and whether words such as "by" say that it is one.
func writer(part string) (name string, named bool) {
	part = label().ReplaceAllString(part, "")
	part = joining().ReplaceAllString(part, "")
	if word := by().FindString(part); word != "" && word != part {
		part, named = part[len(word):], true
	}
	return strings.Trim(part, " ,|·•–—-()#"), named
}

// isPreposition reports what stands before a date and is no name.
func isPreposition(s string) bool {
	return strings.Contains("|on|am|le|el|il|em|op|den|dnia|posted|posted on|at|updated|date|datum|veröffentlicht|publié le|", "|"+strings.ToLower(strings.TrimRight(s, ":"))+"|")
}

// plainName says whether a text can be a name: short, without marks of a
// sentence, and with a letter or a figure.
func plainName(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && len(s) <= 60 && len(strings.Fields(s)) <= 5 && !strings.ContainsAny(s, "!?;\"“”<>") && !strings.Contains(s, ". ")
}

// actions are what buttons under a comment say, one by one.
const actions = "|reply|replies|show replies|hide replies|view replies|reply to this|reply to this comment|quote|report|report abuse|flag|share|like|dislike|edit|delete|permalink|comment link|link|link to this comment|embed|save|parent|context|upvote|downvote|hide|show more|read more|log in to reply|expand full comment|view comment|see more|reply ↓|↓ reply|" +
	"antworten|antwort|kommentar melden|zitieren|melden|gefällt mir|teilen|bearbeiten|löschen|répondre|réponses|supprimer|signaler|citer|j'aime|responder|respuestas|respostas|eliminar|excluir|citar|reportar|me gusta|rispondi|risposte|elimina|segnala|mi piace|curtir|denunciar|beantwoorden|antwoord|rapporteer|" +
	"odpowiedz|zgłoś|cytuj|ответить|цитировать|пожаловаться|відповісти|yanıtla|cevapla|beğen|svara|svar|anmäl|vastaa|odpovědět|válasz|răspunde|απάντηση|balas|trả lời|thích|返信|返信する|回复|回覆|赞|답글|신고|رد|הגב|השב|پاسخ|ตอบกลับ|जवाब दें|"

// maxActions is the longest row of buttons, in bytes, and maxActionWords the
// most words on one.
const (
	maxActions     = 120
	maxActionWords = 5
)

// isAction reports the text of the buttons or links under a comment: one, or
// several in a row.
func isAction(text string) bool {
	text = strings.ToLower(strings.Trim(text, " ()[]|·•0123456789\n"))
	if text == "" {
		return true
	}
	if len(text) > maxActions {
		return false
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()[]|·•,›»", r) })
	for len(words) > 0 {
		n := actionWords(words)
		if n == 0 {
			return false
		}
		words = words[n:]
	}
	return true
}

// actionWords is how many of the first words are on one button: the most that
// can be, 0 if they are on none. A figure counts answers or votes; an age may
// stand among the buttons.
func actionWords(words []string) int {
	for n := min(len(words), maxActionWords); n > 0; n-- {
		if strings.Contains(actions, "|"+strings.Join(words[:n], " ")+"|") {
			return n
		}
	}
	if strings.Trim(words[0], "0123456789") == "" || age().MatchString(words[0]) {
		return 1
	}
	return 0
}
