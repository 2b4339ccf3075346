package audit

import (
	"github.com/pagesieve/pagesieve/classifier"
)

// Report is what was found on many pages. Clean pages are counted and not
// listed.
type Report struct {
	Pages    int    `json:"pages"`      // read, failed ones too
	Clean    int    `json:"clean"`      // no spam found
	Spam     int    `json:"with_spam"`  // pages with any
	Failed   int    `json:"failed"`     // could not be read
	Unread   int    `json:"unread"`     // left out, as the limit of pages was reached
	Findings int    `json:"findings"`   // on all pages
	Words    int    `json:"spam_words"` // on all pages
	Hosts    []Host `json:"hosts"`      // that the spam's links lead to, most links first
	Model    string `json:"model"`
	List     []Page `json:"list"` // pages with spam and pages that failed, in the order of reading

	hosts map[string]int
}

// Page is one page with spam, or one that failed.
type Page struct {
	Name     string    `json:"name"`
	URL      string    `json:"url,omitempty"`
	Title    string    `json:"title,omitempty"`
	Verdict  string    `json:"verdict,omitempty"`
	Reasons  []string  `json:"reasons,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
	More     int       `json:"more,omitempty"` // findings beyond MaxFindings
	Error    string    `json:"error,omitempty"`
}

// Host is a host that links lead to.
type Host struct {
	Name  string `json:"name"`
	Links int    `json:"links"`
}

// Limits of a report.
const (
	MaxFindings = 200 // of one page
	MaxHosts    = 500 // of the whole report, and of one finding
	maxExcerpt  = 280 // characters of a finding's text
)

// Add takes in one page, which must have been classified with evidence.
func (r *Report) Add(name string, doc classifier.Document, result *classifier.Result) {
	r.Pages++
	r.Model = result.Model
	found := findings(doc, result)
	if len(found) == 0 {
		r.Clean++
		return
	}
	r.Spam++
	if r.hosts == nil {
		r.hosts = map[string]int{}
	}
	for i := range found {
		r.Findings++
		r.Words += found[i].Words
		for _, h := range found[i].Hosts {
			r.hosts[h.Name] += h.Links
		}
	}
	page := Page{Name: name, URL: doc.URL, Title: result.Metadata.Title, Verdict: result.Verdict.String(), Reasons: result.Reasons}
	page.More = max(0, len(found)-MaxFindings)
	page.Findings = found[:len(found)-page.More]
	r.List = append(r.List, page)
}

// Fail takes in a page that could not be read.
func (r *Report) Fail(name string, err error) {
	r.Pages++
	r.Failed++
	r.List = append(r.List, Page{Name: name, Error: err.Error()})
}

// Finish sums up the hosts. Nothing may be added after it.
func (r *Report) Finish() { r.Hosts = sorted(r.hosts) }
