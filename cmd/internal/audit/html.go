package audit

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"
)

//go:embed report.html
var reportPage string

var reportTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("report").Funcs(template.FuncMap{
		"number":  number,
		"join":    func(list []string) string { return strings.Join(list, ", ") },
		"first":   func(list []Host) []Host { return list[:min(len(list), hostsShown)] },
		"rest":    func(list []Host) []Host { return list[min(len(list), hostsShown):] },
		"percent": func(p float64) float64 { return 100 * p },
		"words":   func(verdict string) string { return strings.ReplaceAll(verdict, "_", " ") },
	}).Parse(reportPage)
})

// HTML writes the report as one page that needs nothing else: no script, no
// picture, no font, and no link, for what it lists is not to be clicked.
func (r *Report) HTML(w io.Writer) error {
	t, err := reportTemplate()
	if err != nil {
		return err
	}
	return t.Execute(w, r)
}
