package comments

import (
	"sync"

	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// contactWording is what other forms with a box for text say.
var contactWording = []phrase.List{
	{Name: "en", Phrases: "contact us|contact form|get in touch|send us a message|send message|send a message|request a quote|send enquiry|send inquiry|how can we help|submit a ticket|write a review|report this|apply now|book now"},
	{Name: "de", Phrases: "kontaktformular|kontaktieren sie uns|nachricht senden|anfrage senden|schreiben sie uns|nehmen sie kontakt|bewertung schreiben"},
	{Name: "fr", Phrases: "contactez-nous|formulaire de contact|envoyer le message|envoyez-nous|demande de devis|nous contacter"},
	{Name: "es", Phrases: "contáctenos|contáctanos|formulario de contacto|enviar mensaje|ponte en contacto|póngase en contacto"},
	{Name: "it", Phrases: "contattaci|modulo di contatto|invia messaggio|richiedi un preventivo"},
	{Name: "pt", Phrases: "fale conosco|entre em contato|formulário de contacto|enviar mensagem"},
	{Name: "nl", Phrases: "neem contact|contactformulier|bericht verzenden"},
	{Name: "pl", Phrases: "skontaktuj się|formularz kontaktowy|wyślij wiadomość"},
	{Name: "ru", Phrases: "обратная связь|свяжитесь с нами|отправить сообщение|напишите нам"},
	{Name: "ja", Phrases: "お問い合わせ|お問合せ"},
	{Name: "zh", Phrases: "联系我们|聯絡我們|发送消息"},
	{Name: "ko", Phrases: "문의하기|문의 보내기"},
	{Name: "tr", Phrases: "bize ulaşın|iletişim formu|mesaj gönder"},
}

var (
	replyPhrases   = sync.OnceValue(func() phrase.Set { return phrase.New(phrase.Replies()) })
	contactPhrases = sync.OnceValue(func() phrase.Set { return phrase.New(contactWording) })
)

// maxInvitation is the longest text, in bytes, that invites a comment rather
// than speaks of one.
const maxInvitation = 240

// invites is the phrase that invites a comment in a text, if there is one.
func invites(text string) (phrase.Found, bool) {
	if len(text) > maxInvitation {
		return phrase.Found{}, false
	}
	return replyPhrases().Find(text)
}
