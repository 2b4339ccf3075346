// Package augment puts link spam into clean pages, so that a model can learn
// from pages that hold it: ordinary labelled pages hold almost none. Beside
// the spam it puts in hard negatives, which look like spam and are honest: a
// shop's brand menu, a blogroll, a list of partners.
//
// One page goes through it so:
//
//	spots.go   the places; one is drawn
//	finder.go  where in an HTML page something can be put without breaking a tag
//	text.go    the same for plain text
//	border.go  that a piece does not run together with the text around it
//	lists.go   the material: lists/spam, lists/honest, lists/common.txt
//	expand.go  templates → words, with some of them marked as keywords
//	brand.go   made-up names
//	host.go    made-up hosts and addresses for the links
//	piece.go   what is put in, before it becomes markup
//	spam.go    lists, sentences, keyword prose
//	comment.go spun comments and trackbacks
//	honest.go  hard negatives
//	markup.go  both → HTML, hidden where asked for
//	page.go    whole pages that are nothing but spam
//	augment.go the front door, and the splicing
//
// Everything is drawn from a PCG with the caller's seed: the same page, seed,
// options and lists give the same bytes on any machine.
//
// Some kinds and languages are held out: lists that Options.HeldOut alone
// uses, so that a model is measured on spam whose words it never saw.
package augment
