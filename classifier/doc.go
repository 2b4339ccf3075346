// Package classifier takes a web page and gives back its blocks, each labelled
// as main content or as one of the things around it, the clean text, and a
// judgement of the page as a whole.
//
//	c, err := classifier.Default()
//	r, err := c.Classify(ctx, classifier.Document{HTML: page, URL: url}, classifier.Options{})
//	fmt.Println(r.Text)
//
// This comment follows one page from its bytes to its clean text and names the
// file to open for each step. Packages stand below this directory; each knows
// only those before it, and block and bayes know nothing of each other.
//
// # 1. Bytes to blocks: package block
//
// [block.HTML] (block/html.go) and [block.Text] (block/text.go) cut a page
// into blocks: runs of text that a reader sees as one piece. The types and
// their promises are all in block/block.go.
//
// First the bytes become UTF-8: block/charset.go decides by byte order mark,
// header, meta and, failing these, charset_guess.go by the letters.
// Binary data is turned away there (charset_binary.go).
//
// HTML is read in one pass: scan.go with scan_tag.go and scan_raw.go cuts it
// into tokens and names.go knows the names in them; no tree is built, a stack of
// open elements is enough. starttag.go and endtag.go follow the HTML standard
// where tags are missing or misnested, build.go opens and closes elements,
// tags.go says what each tag means, table.go and noscript.go have the parts
// with rules of their own. run.go gathers text, seam.go sees where words end
// between tags, emit.go makes the block. What goes with a block: links and
// styles (mark.go, format.go), form controls (control.go, form.go), images
// (picture.go), evidence that it is hidden (hidden.go, and cssrules.go with
// cssmatch.go for style sheets), its DOM path (path.go). What the page says of
// itself is in meta.go, jsonld.go and date.go; where hardly any text is
// visible, data.go looks for the article in the page's data. reference.go
// decodes characters, texts.go holds what is decoded, and room.go keeps memory
// from one page to the next.
//
// Plain text is read by lines: text_wrap.go tells wrapped paragraphs from
// lines that are blocks, text_lists.go finds menus and lists of links within a
// line, text_sentences.go cuts what has no lines at all.
//
// # 2. Blocks to evidence: package feature
//
// [feature.Extract] (feature/feature.go) describes every block by tokens and
// facts. Tokens are hashes (hash.go) and come in ten kinds, the views: words,
// link targets, names of classes, and so on (tokens.go, words.go, links.go,
// names.go). Facts are numbers such as link density or the share of the page's
// prose around a block (facts.go, named in factnames.go), computed from the
// layout of the page (layout.go, tree.go), from which words return
// elsewhere on it (repeats.go), from which invitations to comment it holds
// (replies.go), and from the list that a block is an entry of,
// its links, and how foreign its words and letters are to the page
// (stretch.go). kind.go has the tokens of the page as a whole.
// room.go keeps memory from one page to the next.
//
// # 3. Evidence to probabilities: package bayes
//
// Each view is a naive Bayes classifier, trained through
// github.com/navossoc/bayesian (bayes/learn.go) and answered from a compiled
// table (odds.go). The views of a block and its facts make one row of numbers
// (feature/inputs.go), which the pool, a forest of boosted trees (forest.go, lot.go,
// and cuts.go for processors that can; boost.go grows it), turns into the probabilities of the five labels
// (model.go; label.go names them). That is the first pass. The second sees in
// addition what the first believes of the blocks around (feature/second.go;
// feature/second_strong.go measures by the page's surest blocks, and in
// feature/second_spam.go one entry of a list that is spam raises the others);
// both are joined in feature/schema.go. Pages with markup, plain text, and pages
// whose markup has no names have pools of their own. The page's kind is one more naive
// Bayes classifier. codec.go documents the model file and reads and writes it.
//
// # 4. Probabilities to labels
//
// From here on the files are this package's own. classify.go runs the steps:
// a page's threshold for body is the one that makes the expected F1 of its
// text greatest (bayes/decide.go), the other labels compete by probability,
// the headline gets its role. verdict.go judges the page, and stand_in.go tells
// errors and walls by what they say (walls.go); explain.go finds the tokens and
// facts that decided, reasons.go and reasons_spam.go put them into words,
// result.go puts the answer together, unsure.go marks what
// is in doubt. kind.go has page kinds and verdicts, info.go what a model says of itself, and
// classifier.go everything that callers hold in their hands.
//
// # 5. Labels to text: package render
//
// [render.Text] (render/text.go) and [render.Markdown] (render/markdown.go)
// write the kept blocks. The package's own comment names the rest.
//
// # 6. What readers wrote: package comments
//
// comments/form.go finds the forms for writing comments, by their markup,
// their wording and the scripts that put them there; thread.go puts the blocks
// of one comment together. The package's own comment names the rest.
//
// # 7. How good the text is: package quality
//
// quality/measure.go takes the measures that makers of corpora filter by, each
// as its source defines it (quality/signals.go); signals.go here adds the
// page's shares.
//
// Models are trained and measured in the directory training beside this one;
// the command line, the batch filter and the server are under cmd.
//
// # What hostile input can and cannot do
//
// A page can be wrong in every way; it is never refused for its shape. It can
// be refused for its size, in bytes or blocks ([block.ErrTooLarge]), or for not
// being text ([block.ErrBinary]). Otherwise Classify returns an error only when
// the context ends.
//
// A page cannot make the library panic, nor take time or memory out of
// proportion to its length: nesting, attributes, marks, table columns, style
// rules and form controls are all read in linear time, and nothing recurses
// with the depth of the page. It cannot make the library fetch or run
// anything: no file is opened and no connection made. It cannot leave traces:
// nothing read outlives a call, so pages neither teach the model nor change the
// answer for the next page. In Markdown it cannot place raw HTML or a link
// that runs a script. It can, of course, say things that are not true, in its
// text and in its metadata.
//
// A model file is checked against its digest and against limits before
// anything of its size is allocated. A broken or foreign one is an error that
// wraps bayes.ErrModel.
//
// # What a Result promises
//
// Blocks are all blocks of the page, in document order, and Start and End
// their place in the bytes as given, so that every label can be checked
// against the source. Probabilities sum to 1 and are calibrated on pages from
// sites the model has not seen. Text is made of the blocks with Kept set and of
// no others. Evidence, where asked for, is what moved the score and not a
// story told afterwards. The same page, options and model give the same
// Result, on any number of cores, and Model names the model that gave it.
//
// A Classifier is safe for use by many goroutines. A Result holds parts of the
// document's bytes, which must not change while it is in use.
package classifier
