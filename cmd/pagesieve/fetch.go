package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// maxRedirects is what browsers and robots follow, more or less.
const maxRedirects = 10

// fetcher gets pages from the web. The time limit is that of the context.
type fetcher struct {
	client *http.Client
	agent  string
}

// agentIdent is what this program calls itself to web servers.
func agentIdent() string {
	return "pagesieve/" + version() + " (+https://github.com/pagesieve/pagesieve)"
}

func newFetcher(agent string) fetcher {
	return fetcher{&http.Client{CheckRedirect: checkRedirect}, agent}
}

var (
	errScheme    = hint(errors.New("only http and https are fetched"), "save the page and give the file")
	errRedirects = hint(fmt.Errorf("more than %d redirects", maxRedirects), "the site may want cookies: save the page from a browser and give the file")
)

func checkRedirect(req *http.Request, via []*http.Request) error {
	if !isHTTP(req.URL) {
		return errScheme
	}
	if len(via) > maxRedirects {
		return errRedirects
	}
	return nil
}

func isHTTP(u *url.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// get fetches a page of at most limit bytes. The document has no content yet,
// only the address that redirects led to and the type that the server named.
// With pagesOnly, a type that is no page's is an error.
func (f fetcher) get(ctx context.Context, address string, limit int, pagesOnly bool) ([]byte, classifier.Document, error) {
	var doc classifier.Document
	resp, err := f.open(ctx, address)
	if err != nil {
		return nil, doc, err
	}
	defer resp.Body.Close()
	doc.URL = resp.Request.URL.String()
	doc.ContentType = resp.Header.Get("Content-Type")
	if resp.StatusCode != http.StatusOK {
		return nil, doc, hint(fmt.Errorf("the server answered %s", resp.Status), "see what a browser gets at this address; a page saved from there can be given as a file")
	}
	if pagesOnly && doc.ContentType != "" && formatOfType(doc.ContentType) == unknown {
		return nil, doc, hint(fmt.Errorf("the server sent %s, which is not a page", doc.ContentType), "if it is HTML all the same, say --as html")
	}
	data, err := readLimited(resp.Body, limit)
	if err != nil && !errors.Is(err, block.ErrTooLarge) {
		err = fetchError(err)
	}
	return data, doc, err
}

func (f fetcher) open(ctx context.Context, address string) (*http.Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fetchError(err)
	}
	if !isHTTP(u) {
		return nil, errScheme
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fetchError(err)
	}
	req.Header.Set("User-Agent", f.agent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1")
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, fetchError(err)
	}
	return resp, nil
}

// fetchError is err without the method and address around it, which the
// message names already.
func fetchError(err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err
	}
	switch {
	case errors.As(err, new(hinted)), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return hint(errors.New("the page ended too early"), "try again")
	}
	return hint(err, "check the address and the network")
}
