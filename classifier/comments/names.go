package comments

import "strings"

// topic is what the words of a form's names say it is for.
type topic uint8

const (
	topicNone topic = iota
	topicComment
	topicContact // any other form that has a box for text
	topicLogin
	topicSearch
)

// topicWords are words of ids, classes, actions and field names, whole or as
// the beginning of a longer one where they end in a star.
var topicWords = [...]struct {
	topic topic
	words string
}{
	{topicComment, "comment* kommentar* commentaire* comentar* comentario* commento komment* koment* yorum reactie* respond reply quickreply respuesta antwort* reponse risposta " +
		"guestbook gastbuch gästebuch discuss* disqus discussion diskussion replies responses mtcomment jcomments komento"},
	{topicContact, "contact* kontakt* contacto contatto contato enquir* inquir* wpcf7 feedback support ticket quote anfrage booking reserv* subject betreff asunto oggetto assunto sujet " +
		"phone telephone telefon* tel company firma newsletter subscribe checkout order bewerbung apply application job report callback appointment sendmail mailto captcha-contact"},
	{topicLogin, "login signin logon register signup passwd password anmelden registration"},
	{topicSearch, "search suche suchen recherche buscar busca cerca zoeken szukaj arama searchform"},
}

// topicOf is what one word says.
func topicOf(word string) topic {
	for i := range topicWords {
		for w := range strings.FieldsSeq(topicWords[i].words) {
			if head, open := strings.CutSuffix(w, "*"); open && strings.HasPrefix(word, head) || word == w {
				return topicWords[i].topic
			}
		}
	}
	return topicNone
}

// maxName is how much of an attribute is read for its words.
const maxName = 512

// topics counts what the words of a name say.
func topics(name string, count *[5]int) {
	for w := range nameWords(name) {
		count[topicOf(w)]++
	}
}

// nameWords yields the words of an identifier in lower case: commentForm,
// comment-form and comment_form have the same two.
func nameWords(name string) func(yield func(string) bool) {
	name = name[:min(len(name), maxName)]
	return func(yield func(string) bool) {
		start := -1
		for i := 0; i <= len(name); i++ {
			letter := i < len(name) && (name[i] >= 'a' && name[i] <= 'z' || name[i] >= 'A' && name[i] <= 'Z' || name[i] >= 0x80)
			camel := letter && start >= 0 && name[i] >= 'A' && name[i] <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z'
			if start >= 0 && (!letter || camel) {
				if !yield(strings.ToLower(name[start:i])) {
					return
				}
				start = -1
			}
			if letter && start < 0 {
				start = i
			}
		}
	}
}
