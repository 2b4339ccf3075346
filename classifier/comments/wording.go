package comments

import (
	"sync"

	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// replyWording is how pages invite a comment, by language, in lower case. Each
// phrase stands for itself within a short text.
var replyWording = []phrase.List{
	{Name: "en", Phrases: "leave a reply|leave a comment|leave your comment|leave a response|leave your reply|post a comment|post comment|post your comment|add a comment|add comment|add your comment|write a comment|submit comment|join the discussion|join the conversation|have your say|what do you think|your email address will not be published|reply to this topic|post a reply|post reply|quick reply|sign the guestbook|share your thoughts|cancel reply"},
	{Name: "de", Phrases: "kommentar hinterlassen|hinterlasse einen kommentar|hinterlassen sie einen kommentar|schreibe einen kommentar|schreiben sie einen kommentar|kommentar schreiben|kommentar verfassen|kommentar abschicken|kommentar absenden|antwort hinterlassen|schreibe eine antwort|ihr kommentar|dein kommentar|deine e-mail-adresse wird nicht veröffentlicht|ihre e-mail-adresse wird nicht veröffentlicht|mitdiskutieren|antworten abbrechen"},
	{Name: "fr", Phrases: "laisser un commentaire|laissez un commentaire|laisser une réponse|ajouter un commentaire|poster un commentaire|écrire un commentaire|publier un commentaire|votre commentaire|laisser un message|votre adresse e-mail ne sera pas publiée|votre adresse de messagerie ne sera pas publiée|réagir à cet article"},
	{Name: "es", Phrases: "deja un comentario|deja una respuesta|dejar un comentario|deja tu comentario|dejar una respuesta|añadir comentario|añade un comentario|escribe un comentario|publicar un comentario|publicar comentario|enviar comentario|tu comentario|tu dirección de correo electrónico no será publicada|cancelar respuesta"},
	{Name: "it", Phrases: "lascia un commento|lascia una risposta|lascia un tuo commento|aggiungi un commento|scrivi un commento|invia commento|pubblica un commento|il tuo commento|il tuo indirizzo email non sarà pubblicato|annulla risposta"},
	{Name: "pt", Phrases: "deixe um comentário|deixe uma resposta|deixe seu comentário|deixe o seu comentário|deixar um comentário|adicionar comentário|escreva um comentário|enviar comentário|publicar comentário|postar um comentário|o seu endereço de email não será publicado|o seu endereço de e-mail não será publicado|cancelar resposta"},
	{Name: "nl", Phrases: "geef een reactie|plaats een reactie|laat een reactie achter|reactie plaatsen|schrijf een reactie|reageer op dit artikel|reactie annuleren|je e-mailadres wordt niet gepubliceerd|het e-mailadres wordt niet gepubliceerd"},
	{Name: "pl", Phrases: "dodaj komentarz|zostaw komentarz|napisz komentarz|skomentuj|twój komentarz|opublikuj komentarz|anuluj pisanie odpowiedzi|twój adres e-mail nie zostanie opublikowany"},
	{Name: "ru", Phrases: "оставить комментарий|добавить комментарий|написать комментарий|оставьте комментарий|ваш комментарий|отправить комментарий|комментировать|оставить отзыв|отменить ответ|ваш адрес email не будет опубликован|ваш e-mail не будет опубликован"},
	{Name: "uk", Phrases: "залишити коментар|додати коментар|залишити відповідь|ваш коментар|скасувати відповідь|ваша e-mail адреса не оприлюднюватиметься"},
	{Name: "tr", Phrases: "bir cevap yazın|bir yanıt yazın|yorum yap|yorum yaz|yorum gönder|yorum ekle|yorumunuz|e-posta hesabınız yayımlanmayacak|e-posta adresiniz yayınlanmayacak"},
	{Name: "sv", Phrases: "lämna ett svar|lämna en kommentar|skriv en kommentar|skicka kommentar|kommentera|publicera kommentar|din e-postadress kommer inte publiceras"},
	{Name: "da", Phrases: "skriv et svar|skriv en kommentar|efterlad en kommentar|send kommentar|tilføj kommentar|din e-mailadresse vil ikke blive publiceret"},
	{Name: "no", Phrases: "legg igjen en kommentar|legg igjen et svar|skriv en kommentar|publiser kommentar|legg til kommentar|din e-postadresse vil ikke bli publisert"},
	{Name: "fi", Phrases: "vastaa|jätä kommentti|kirjoita kommentti|lähetä kommentti|lisää kommentti|sähköpostiosoitettasi ei julkaista"},
	{Name: "cs", Phrases: "napsat komentář|přidat komentář|vložit komentář|zanechat komentář|odeslat komentář|váš komentář|vaše e-mailová adresa nebude zveřejněna|zrušit odpověď na komentář"},
	{Name: "hu", Phrases: "hozzászólás küldése|vélemény, hozzászólás|szólj hozzá|hozzászólok|új hozzászólás|az e-mail címet nem tesszük közzé|válasz megszakítása"},
	{Name: "ro", Phrases: "lasă un comentariu|lasă un răspuns|adaugă un comentariu|scrie un comentariu|publică comentariul|adresa ta de email nu va fi publicată|anulează răspunsul"},
	{Name: "el", Phrases: "αφήστε ένα σχόλιο|αφήστε μια απάντηση|προσθήκη σχολίου|γράψτε ένα σχόλιο|υποβολή σχολίου|το σχόλιό σας|η ηλ. διεύθυνση σας δεν δημοσιεύεται"},
	{Name: "id", Phrases: "tinggalkan komentar|tinggalkan balasan|tulis komentar|kirim komentar|beri komentar|tambahkan komentar|posting komentar|batalkan balasan|alamat email anda tidak akan dipublikasikan"},
	{Name: "vi", Phrases: "để lại một bình luận|để lại bình luận|viết bình luận|gửi bình luận|thêm bình luận|bình luận của bạn|trả lời hủy|email của bạn sẽ không được hiển thị công khai"},
	{Name: "ja", Phrases: "コメントを残す|コメントを投稿|コメントする|コメントを書く|コメントを送信|コメントを追加|返信を残す|返信をキャンセル|メールアドレスが公開されることはありません"},
	{Name: "zh", Phrases: "发表评论|发表回复|发表您的看法|提交评论|添加评论|我要评论|写评论|留言|發表迴響|發表評論|發佈回覆|發佈留言|張貼留言|取消回复|电子邮件地址不会被公开|您的邮箱地址不会被公开"},
	{Name: "ko", Phrases: "댓글 남기기|댓글 달기|댓글 쓰기|댓글 작성|댓글쓰기|댓글을 남겨|답글 남기기|댓글 등록|이메일 주소는 공개되지 않습니다"},
	{Name: "ar", Phrases: "اترك تعليقا|اترك تعليقاً|اترك ردا|اترك رد|أضف تعليق|إضافة تعليق|أضف تعليقا|إرسال التعليق|شارك برأيك|لن يتم نشر عنوان بريدك الإلكتروني"},
	{Name: "he", Phrases: "כתיבת תגובה|השאר תגובה|השארת תגובה|הוסף תגובה|הוספת תגובה|שלח תגובה|האימייל לא יוצג באתר|ביטול תגובה"},
	{Name: "fa", Phrases: "دیدگاهتان را بنویسید|نظر خود را بنویسید|ارسال دیدگاه|ارسال نظر|دیدگاه خود را بنویسید|نشانی ایمیل شما منتشر نخواهد شد|لغو پاسخ"},
	{Name: "th", Phrases: "ใส่ความเห็น|แสดงความคิดเห็น|เขียนความคิดเห็น|ความเห็นของคุณ|อีเมลของคุณจะไม่แสดงให้คนอื่นเห็น|ยกเลิกการตอบ"},
	{Name: "hi", Phrases: "टिप्पणी करें|प्रातिक्रिया दे|एक टिप्पणी छोड़ें|टिप्पणी लिखें|अपनी टिप्पणी|आपका ईमेल पता प्रकाशित नहीं किया जाएगा"},
}

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
	replyPhrases   = sync.OnceValue(func() phrase.Set { return phrase.New(replyWording) })
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
