package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/audit"
)

const auditLong = `audit tells those who run a site of every piece of link spam on its pages: where
it stands (line, column, bytes, path in the document), how it is hidden, which
hosts its links lead to, and why it is taken for spam.

A page is a file, a URL, or - for standard input; of a folder and the folders in
it, every file named *.html, *.htm, *.xhtml or *.txt is a page, also with .gz,
in the order of their names. Files may be gzip. Nothing is fetched but the URLs
given. With --url, links to that site are its own; without it, the page's own
canonical address counts.

Exit codes:
  0  no page has link spam
  1  a page failed, and no other has link spam
  2  the command line was wrong
  3  link spam was found`

const auditExample = `  pagesieve audit page.html
  pagesieve audit https://example.com/
  pagesieve audit --url https://example.com/ --html /var/www/html > report.html
  pagesieve audit --json site/ | jq -r '.list[].findings[]?.hosts[]?.name' | sort -u`

// auditOptions are the flags of audit.
type auditOptions struct {
	score      scoreOptions // where pages come from, and where they are classified
	json, html bool
	maxPages   int
}

func newAudit() *cobra.Command {
	o := &auditOptions{score: scoreOptions{agentIdent: agentIdent()}}
	s := &o.score
	c := &cobra.Command{
		Use:     "audit FILE|URL|FOLDER|-...",
		Short:   "Report the link spam on a site's pages to those who run it",
		Long:    auditLong,
		Example: auditExample,
		Args:    atLeastOne("page"),
		RunE:    running(o.run),
	}
	f := c.Flags()
	f.BoolVar(&o.json, "json", false, "write the report as one JSON object")
	f.BoolVar(&o.html, "html", false, "write the report as one page of HTML that needs nothing else")
	f.IntVar(&o.maxPages, "max-pages", 100_000, "most pages read; the report counts the others")
	addChoice(c, "as", choice[format]{&s.as, []string{"auto", "html", "text"}, []format{unknown, html, text}}, "what the pages are")
	f.StringVar(&s.url, "url", "", "`ADDRESS` of the site that the files came from: tells own links from foreign ones")
	f.StringVar(&s.model, "model", "", "model `FILE` (default the embedded model)")
	f.StringVar(&s.server, "server", "", "classify on the pagesieved at `HOST:PORT`")
	f.DurationVar(&s.timeout, "timeout", 30*time.Second, "longest time for one page")
	f.IntVar(&s.maxBytes, "max-bytes", block.DefaultMaxBytes, "longest page, unpacked")
	return c
}

// errFound is how an audit ends that found link spam, and said so.
var errFound = errors.New("link spam found")

func (o *auditOptions) run(c *cobra.Command, args []string) error {
	switch {
	case o.json && o.html:
		return usage(errors.New("--json and --html are two forms of one thing: give one of them"))
	case o.maxPages <= 0:
		return usage(errors.New("--max-pages wants more than 0"))
	}
	if err := o.score.check(); err != nil {
		return usage(err)
	}
	classify, done, err := o.score.engine()
	if err != nil {
		return err
	}
	defer done()
	s := &o.score
	report := &audit.Report{List: []audit.Page{}}
	complain := func(err error) { tell(c.ErrOrStderr(), err, c.CommandPath()) }
	from := sources{c.InOrStdin(), newFetcher(s.agentIdent), s.as, s.url, s.maxBytes}
	opts := classifier.Options{Evidence: true, MaxBytes: s.maxBytes}
	pages := scorer{from, classify, opts, s.timeout, auditView{report}, complain}
	if err := o.read(c.Context(), pages, report, args); err != nil {
		return err
	}
	report.Finish()
	if err := o.write(c.OutOrStdout(), report); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	switch {
	case report.Spam > 0:
		return errFound
	case report.Failed > 0:
		return errTold
	}
	return nil
}

// read audits one page after the other.
func (o *auditOptions) read(ctx context.Context, pages scorer, report *audit.Report, args []string) error {
	for name, err := range pages.from.names(args) {
		if report.Pages >= o.maxPages {
			report.Unread++
			continue
		}
		_, err := pages.score(ctx, name, err)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			pages.tell(fmt.Errorf("audit %s: %w", name, err))
			report.Fail(name, err)
		}
	}
	if report.Unread > 0 {
		pages.tell(hint(fmt.Errorf("audit: %d pages were not read: the limit is %d", report.Unread, o.maxPages), "raise --max-pages"))
	}
	return nil
}

func (o *auditOptions) write(w io.Writer, report *audit.Report) error {
	switch {
	case o.json:
		return jsonView{w}.write(report)
	case o.html:
		return report.HTML(w)
	}
	return report.Text(w, printable)
}

// auditView puts pages into a report instead of showing them.
type auditView struct{ report *audit.Report }

func (v auditView) page(name string, doc classifier.Document, r *classifier.Result) error {
	v.report.Add(name, doc, r)
	return nil
}

// failed does nothing: read takes note of it.
func (v auditView) failed(string, error) error { return nil }
