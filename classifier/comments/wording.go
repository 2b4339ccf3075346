package comments

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// contactWording is what other forms with a box for text say.
var contactWording = []phrase.List{
	{Name: "en", Phrases: "contact us|contact form|get in touch|send us a message|send message|send a message|request a quote|send enquiry|send inquiry|how can we help|submit a ticket|write a review|report this|apply now|book now|chat with us|live chat|start a chat|start chat|our survey|take the survey|rsvp|to a friend|tell a friend|share by email|share by e-mail|leave us a message|report an error|report a problem"},
	{Name: "de", Phrases: "kontaktformular|kontaktieren sie uns|nachricht senden|anfrage senden|schreiben sie uns|nehmen sie kontakt|bewertung schreiben|chatten sie mit|live-chat|unsere umfrage|an der umfrage|an einen freund|artikel versenden|fehler melden"},
	{Name: "fr", Phrases: "contactez-nous|formulaire de contact|envoyer le message|envoyez-nous|demande de devis|nous contacter|envoyer à un ami|notre sondage|répondre au sondage|signaler une erreur|discuter avec nous"},
	{Name: "es", Phrases: "contáctenos|contáctanos|formulario de contacto|enviar mensaje|ponte en contacto|póngase en contacto|enviar a un amigo|nuestra encuesta|confirmar asistencia|chatea con nosotros"},
	{Name: "it", Phrases: "contattaci|modulo di contatto|invia messaggio|richiedi un preventivo|invia a un amico|nostro sondaggio|chatta con noi|segnala un errore"},
	{Name: "pt", Phrases: "fale conosco|entre em contato|formulário de contacto|enviar mensagem|enviar para um amigo|enviar a um amigo|nossa pesquisa|confirmar presença"},
	{Name: "nl", Phrases: "neem contact|contactformulier|bericht verzenden|stuur naar een vriend|onze enquête|chat met ons|fout melden"},
	{Name: "pl", Phrases: "skontaktuj się|formularz kontaktowy|wyślij wiadomość|wyślij znajomemu|poleć znajomemu|nasza ankieta|czat z nami|zgłoś błąd"},
	{Name: "ru", Phrases: "обратная связь|свяжитесь с нами|отправить сообщение|напишите нам|отправить другу|наш опрос|пройти опрос|чат с нами|сообщить об ошибке"},
	{Name: "ja", Phrases: "お問い合わせ|お問合せ|アンケートに|友達に送る|チャットで"},
	{Name: "zh", Phrases: "联系我们|聯絡我們|发送消息|在线留言|在線留言|線上留言|线上留言|客户留言|客戶留言|给我们留言|給我們留言|留言咨询|留言諮詢|在线咨询|线上咨询|意见反馈|问卷调查|問卷調查"},
	{Name: "ko", Phrases: "문의하기|문의 보내기|설문조사|친구에게 보내기|온라인 상담"},
	{Name: "tr", Phrases: "bize ulaşın|iletişim formu|mesaj gönder|arkadaşına gönder|anketimize|canlı sohbet"},
}

// otherNames are words of the action, id or class of forms that ask for
// comments in passing, beside those of names.go.
const otherNames = " survey questionnaire poll quiz rsvp share sharing friend tellafriend sendtofriend emailfriend chat livechat umfrage sondage encuesta sondaggio enquete ankieta "

// namesOther says whether a form's names are those of another kind of form.
func namesOther(form *block.Form) bool {
	for _, name := range [...]string{form.Action, form.ID, form.Class} {
		for w := range nameWords(name) {
			if strings.Contains(otherNames, " "+w+" ") {
				return true
			}
		}
	}
	return false
}

// moreReplies are invitations beside those of [phrase.Replies], which the
// model has learnt from and which must stay as they are until it is trained
// anew. Most are what Blogger and Drupal write in that language.
var moreReplies = []phrase.List{
	{Name: "en", Phrases: "add new comment|add a new comment|post new comment|post a new comment|what are your thoughts|comment on this article|comment on this story|comment on this post|reply to this discussion|reply to this thread|reply to this post|leave your comments|leave comment|sign our guestbook|sign my guestbook"},
	{Name: "de", Phrases: "neuen kommentar hinzufügen|neuen kommentar verfassen|hinterlasse eine antwort|ins gästebuch eintragen"},
	{Name: "fr", Phrases: "enregistrer un commentaire|rédiger un commentaire|ajouter un nouveau commentaire|commenter cet article|commenter l'article"},
	{Name: "es", Phrases: "comentar esta noticia|comentar este artículo|deje un comentario|escribir un comentario|agregar nuevo comentario"},
	{Name: "it", Phrases: "inserisci commento|scrivi commento|aggiungi un nuovo commento|commenta questo articolo"},
	{Name: "pt", Phrases: "enviar um comentário|adicionar um comentário|adicionar novo comentário|escrever um comentário|publicar um comentário"},
	{Name: "nl", Phrases: "een reactie posten|een reactie plaatsen|geef een antwoord|laat een antwoord achter|reactie schrijven"},
	{Name: "pl", Phrases: "prześlij komentarz|dodaj odpowiedź|zostaw odpowiedź|zamieść komentarz"},
	{Name: "ru", Phrases: "опубликовать комментарий|добавить свой комментарий|оставить свой комментарий"},
	{Name: "uk", Phrases: "дописати коментар|опублікувати коментар|надіслати коментар|написати коментар"},
	{Name: "tr", Phrases: "yeni yorum ekle|yeni yorum gönder"},
	{Name: "sv", Phrases: "skicka en kommentar|lägg till en kommentar|lägg till ny kommentar"},
	{Name: "da", Phrases: "send en kommentar|tilføj en kommentar|tilføj ny kommentar"},
	{Name: "no", Phrases: "legg inn en kommentar|legg til en kommentar|legg til ny kommentar|send en kommentar"},
	{Name: "fi", Phrases: "lisää uusi kommentti|jätä vastaus"},
	{Name: "cs", Phrases: "zveřejnit komentář|napište svůj komentář"},
	{Name: "hu", Phrases: "megjegyzés küldése|hozzászólás hozzáadása|írjon hozzászólást"},
	{Name: "ro", Phrases: "trimiteți un comentariu|trimiteţi un comentariu|trimite un comentariu|adaugă comentariu nou|adaugă comentariu"},
	{Name: "el", Phrases: "δημοσίευση σχολίου|προσθήκη νέου σχολίου"},
	{Name: "id", Phrases: "tambah komentar baru|tambah komentar"},
	{Name: "vi", Phrases: "đăng nhận xét|viết nhận xét|thêm bình luận mới|gửi nhận xét"},
	{Name: "ja", Phrases: "新しいコメントを追加|コメントを書き込む|コメントの投稿"},
	{Name: "zh", Phrases: "添加新评论|发布留言|寫下留言|撰寫留言|新增留言|新增評論|提交評論"},
	{Name: "ko", Phrases: "새 댓글 추가|댓글 추가"},
	{Name: "ar", Phrases: "إرسال تعليق|إضافة تعليق جديد|أضف تعليق جديد|أضف تعليقاً"},
	{Name: "he", Phrases: "הוסף רשומת תגובה|הוספת תגובה חדשה|פרסום תגובה"},
	{Name: "fa", Phrases: "ارسال یک نظر|افزودن دیدگاه|دیدگاه جدید"},
	{Name: "hr", Phrases: "objavi komentar|ostavi komentar|dodaj novi komentar"},
	{Name: "sr", Phrases: "постави коментар|objavi komentar"},
	{Name: "bg", Phrases: "публикуване на коментар|добавяне на коментар|добавяне на нов коментар"},
	{Name: "sk", Phrases: "zverejnenie komentára|pridať nový komentár"},
	{Name: "sl", Phrases: "objavite komentar|dodaj odgovor|dodaj nov komentar"},
	{Name: "lt", Phrases: "skelbti komentarą|pridėti komentarą"},
	{Name: "lv", Phrases: "atstāt atbildi|ierakstīt komentāru|pievienot komentāru|komentēt"},
	{Name: "et", Phrases: "lisa uus kommentaar"},
	{Name: "is", Phrases: "skrifa ummæli"},
	{Name: "eu", Phrases: "argitaratu iruzkina|utzi iruzkina|utzi erantzuna"},
	{Name: "gl", Phrases: "publicar un comentario|deixa unha resposta|deixar un comentario"},
	{Name: "hi", Phrases: "एक टिप्पणी भेजें|टिप्पणी भेजें|नई टिप्पणी जोड़ें"},
	{Name: "ta", Phrases: "கருத்துரையிடுக"},
	{Name: "mr", Phrases: "टिप्पणी पोस्ट करा"},
	{Name: "gu", Phrases: "ટિપ્પણી પોસ્ટ કરો"},
}

// bareReplies are invitations that are ordinary words too: they count where a
// text says nothing else.
var bareReplies = []phrase.List{
	{Name: "de", Phrases: "kommentieren"},
	{Name: "fr", Phrases: "commenter"},
	{Name: "es", Phrases: "comentar"},
	{Name: "pt", Phrases: "comentar"},
	{Name: "nl", Phrases: "reageren"},
	{Name: "pl", Phrases: "skomentować|komentuj"},
	{Name: "da", Phrases: "kommenter|kommentér"},
	{Name: "no", Phrases: "kommenter"},
	{Name: "cs", Phrases: "komentovat"},
	{Name: "sk", Phrases: "komentovať"},
}

// noInvitations are phrases of [phrase.Replies] that tell of comments but ask
// for none: nobody can write where comments are closed, and 留言, a message,
// is what contact forms ask for as well.
const noInvitations = "comments are closed|comments are off|comments are disabled|commenting is closed|" +
	"kommentare sind geschlossen|kommentare sind deaktiviert|kommentarfunktion ist|les commentaires sont fermés|" +
	"los comentarios están cerrados|comentarios cerrados|i commenti sono chiusi|comentários encerrados|" +
	"os comentários estão fechados|comentários estão desativados|reacties zijn gesloten|możliwość komentowania|" +
	"komentowanie jest wyłączone|комментарии закрыты|комментарии отключены|留言"

// invitations are the phrases that invite a comment.
func invitations() []phrase.List {
	none := strings.Split(noInvitations, "|")
	var out []phrase.List
	for _, l := range slices.Concat(phrase.Replies(), moreReplies) {
		for text := range l.All() {
			if !slices.Contains(none, text) {
				out = append(out, phrase.List{Name: l.Name, Phrases: text})
			}
		}
	}
	return out
}

var (
	replyPhrases   = sync.OnceValue(func() phrase.Set { return phrase.New(invitations()) })
	barePhrases    = sync.OnceValue(func() phrase.Set { return phrase.New(bareReplies) })
	contactPhrases = sync.OnceValue(func() phrase.Set { return phrase.New(contactWording) })
)

// maxInvitation is the longest text, in bytes, that invites a comment rather
// than speaks of one.
const maxInvitation = 240

// invites is the phrase that invites a comment in a text, if there is one, of
// the language given where others have it too.
func invites(text, language string) (phrase.Found, bool) {
	if len(text) > maxInvitation {
		return phrase.Found{}, false
	}
	if one, ok := replyPhrases().FindIn(text, language); ok {
		return one, true
	}
	text = strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if one, ok := barePhrases().FindIn(text, language); ok && len(one.Text) == len(text) {
		return one, true
	}
	return phrase.Found{}, false
}

// speaksOfOther says whether a text is the wording of another kind of form.
func speaksOfOther(text string) bool {
	if len(text) > maxInvitation {
		return false
	}
	_, ok := contactPhrases().Find(text)
	return ok
}

// wordingLanguage is what lists of phrases call a language (BCP 47).
func wordingLanguage(tag string) string {
	main, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch main {
	case "nb", "nn":
		return "no"
	case "iw":
		return "he"
	case "in":
		return "id"
	}
	return main
}
