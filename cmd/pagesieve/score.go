package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
)

const scoreLong = `score labels the blocks of each page and shows them: whether the block stands
in the clean text (+), its label, the label's probability (with ? where the
next label is nearly as likely), and its text. The quality above them is the
expected F1 of the clean text, with ? where that is too low to rely on it.

A page is a file, a URL, or - for standard input; of a folder, every file named
*.html, *.htm, *.xhtml or *.txt is a page, also with .gz. Files may be gzip.
What is HTML and what is text is told from the name, the server's answer or the
page itself, in this order, or by --as.

A page that fails is reported and the others go on; the exit code is then 1.`

const scoreExample = `  pagesieve score page.html
  pagesieve score --text https://example.com/
  curl -s https://example.com/ | pagesieve score --markdown -
  pagesieve score --json crawl/ | jq -r .verdict
  pagesieve score --explain --labels body,comment thread.html
  pagesieve score --comments thread.html
  pagesieve score --server 127.0.0.1:8420 page.html`

// scoreOptions are the flags of score.
type scoreOptions struct {
	page                           classifier.Options
	text, markdown, json, explain  bool
	comments                       bool
	as                             format
	color                          colorMode
	url, model, server, agentIdent string
	timeout                        time.Duration
	maxBytes                       int
}

func newScore() *cobra.Command {
	o := &scoreOptions{agentIdent: agentIdent()}
	c := &cobra.Command{
		Use:     "score FILE|URL|FOLDER|-...",
		Short:   "Label the blocks of pages and show them",
		Long:    scoreLong,
		Example: scoreExample,
		Args:    atLeastOne("page"),
		RunE:    running(o.run),
	}
	f := c.Flags()
	f.BoolVar(&o.text, "text", false, "write the clean text alone")
	f.BoolVar(&o.markdown, "markdown", false, "write the clean text as Markdown")
	f.BoolVar(&o.json, "json", false, "write everything known, one JSON object a page")
	f.BoolVar(&o.explain, "explain", false, "show what decided each label: in words, and by view, token and log-odds")
	f.BoolVar(&o.comments, "comments", false, "show the readers' comments one by one instead of the blocks; with --json, beside them")
	addPageFlags(c, &o.page)
	addSignals(c, &o.page)
	addChoice(c, "as", choice[format]{&o.as, []string{"auto", "html", "text"}, []format{unknown, html, text}}, "what the pages are")
	f.StringVar(&o.url, "url", "", "`ADDRESS` that the files came from: tells own links from foreign ones")
	f.StringVar(&o.model, "model", "", "model `FILE` (default the embedded model)")
	f.StringVar(&o.server, "server", "", "classify on the pagesieved at `HOST:PORT`")
	f.DurationVar(&o.timeout, "timeout", 30*time.Second, "longest time for one page")
	f.IntVar(&o.maxBytes, "max-bytes", block.DefaultMaxBytes, "longest page, unpacked")
	addChoice(c, "color", choice[colorMode]{&o.color, []string{"auto", "always", "never"}, []colorMode{colorAuto, colorAlways, colorNever}}, "when to use colour; NO_COLOR is heeded")
	return c
}

func (o *scoreOptions) run(c *cobra.Command, args []string) error {
	if err := o.check(); err != nil {
		return usage(err)
	}
	classify, done, err := o.engine()
	if err != nil {
		return err
	}
	defer done()
	o.page.Evidence, o.page.MaxBytes, o.page.Comments = o.explain, o.maxBytes, o.comments
	if o.markdown {
		o.page.Format = classifier.Markdown
	}
	from := sources{c.InOrStdin(), newFetcher(o.agentIdent), o.as, o.url, o.maxBytes}
	complain := func(err error) { tell(c.ErrOrStderr(), err, c.CommandPath()) }
	return scorer{from, classify, o.page, o.timeout, o.view(c, args), complain}.run(c.Context(), args)
}

// check refuses flags that contradict each other.
func (o *scoreOptions) check() error {
	switch {
	case o.text && o.markdown:
		return errors.New("--text and --markdown are two forms of one thing: give one of them")
	case o.text && o.json:
		return errors.New("--json holds the clean text already: leave --text out")
	case o.explain && !o.json && (o.text || o.markdown):
		return errors.New("--explain explains blocks, which clean text does not show: leave one of them out")
	case o.comments && (o.text || o.markdown):
		return errors.New("--comments shows comments, which stand apart from the clean text: leave one of them out")
	case o.comments && o.explain && !o.json:
		return errors.New("--explain explains blocks, in whose place --comments shows comments: leave one of them out")
	case o.page.Signals && (o.text || o.markdown):
		return errors.New("--signals shows measures, which stand apart from the clean text: leave one of them out")
	case o.server != "" && o.model != "":
		return errors.New("the server has its own model: leave --server or --model out")
	case o.maxBytes <= 0 || o.timeout <= 0:
		return errors.New("--max-bytes and --timeout want more than 0")
	}
	return nil
}

// engine is where pages are classified, and how to let go of it.
func (o *scoreOptions) engine() (classify, func() error, error) {
	if o.server != "" {
		return remote(o.server)
	}
	c, err := local(o.model)
	return c, func() error { return nil }, err
}

// view is how results are written.
func (o *scoreOptions) view(c *cobra.Command, args []string) view {
	w := c.OutOrStdout()
	switch {
	case o.json:
		return jsonView{w}
	case o.text || o.markdown:
		return &textView{w: w, terminal: isTerminal(w), several: len(args) > 1 || isFolder(args[0])}
	}
	blocks := &blockView{w: w, columns: columns(w, os.Getenv), color: useColor(o.color, isTerminal(w), os.Getenv)}
	if o.comments {
		return commentView{blocks}
	}
	return blocks
}

// A view writes what came of pages.
type view interface {
	page(name string, doc classifier.Document, r *classifier.Result) error
	failed(name string, err error) error // people were told already
}

// scorer takes pages from their sources to the view.
type scorer struct {
	from     sources
	classify classify
	opts     classifier.Options
	timeout  time.Duration
	view     view
	tell     func(error)
}

func (s scorer) run(ctx context.Context, args []string) error {
	var failed, all int
	for name, err := range s.from.names(args) {
		all++
		shown, err := s.score(ctx, name, err)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			s.tell(fmt.Errorf("score %s: %w", name, err))
			shown = s.view.failed(name, err)
		}
		if shown != nil {
			return fmt.Errorf("write results: %w", shown)
		}
	}
	switch {
	case failed > 0 && all > 1:
		return hint(pagesFailed{failed, all}, "the others were answered")
	case failed > 0:
		return errTold
	}
	return nil
}

// score reads, classifies and shows one page. The first error is one of
// showing it, the second that of the page.
func (s scorer) score(ctx context.Context, name string, err error) (shown, failed error) {
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	doc, err := s.from.read(ctx, name)
	var result *classifier.Result
	if err == nil {
		result, err = s.classify(ctx, doc, s.opts)
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("not done within %v: %w", s.timeout, context.DeadlineExceeded)
	case err != nil:
		return nil, err
	}
	return s.view.page(name, doc, result), nil
}
