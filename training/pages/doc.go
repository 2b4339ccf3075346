// Package pages holds labelled pages that were written for this project, for
// tests to train and measure on: many layouts, languages and kinds of spam.
//
// A page is one file, NAME.page. Headers come first, then a line of three
// dashes, then the page itself with a gutter that says what each line's text
// is:
//
//	url: https://blog.example/2019/05/bridges
//	kind: article
//	language: en
//	---
//	    | <div id="menu">
//	nav |   <a href="/">Home</a> <a href="/about">About</a>
//	    | </div>
//	body| <h1>On bridges</h1>
//	form| <h3>Leave a Reply</h3>
//	comm| <p>Ann says: I walk it daily.</p>
//	spam| <div>Cheap shoes | Cheap boots</div>
//
// The page is what follows the gutter's bar and one space; a line without a
// gutter is an empty line. The labels are therefore beside the text that they
// label and cannot drift from it. Every line with text that a reader could see
// needs one, hidden text too; scripts, styles, <title> and <template> are not
// text. In a script of JSON-LD a labelled line stands for its value:
// "articleBody": "the text"; in <noscript> for its text.
//
// With the header "format: text" the page is plain text. To add a page, add
// a file.
package pages
