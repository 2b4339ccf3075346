// Package comments finds what belongs to the readers of a page: the forms for
// writing comments, and the comments themselves, one by one.
//
//	form.go      which forms are for comments: [Forms]
//	field.go     its fields, and which are required
//	place.go     what stands around them, and forms without a <form>
//	platform.go  which system they belong to, by marks.go and its index
//	captcha.go   what they ask of robots, and which fields are bait
//	wording.go   "Leave a reply", in many languages
//	names.go     the words of ids, classes, actions and field names
//	thread.go    which blocks are one comment: [Group]
//	unit.go      the element around one comment
//	loose.go     the same where nothing names it
//	meta.go      a comment's author and date
//	markup.go    the same by microdata, classes and <time>
//	byline.go    the same where only the wording tells
//
// Both start from the blocks, their labels and probabilities, and from the
// page's source; they change none of them. What a page's markup and the model
// do not tell is left empty, and nothing is fetched: a form or thread that a
// script puts there is known by its script alone.
package comments
