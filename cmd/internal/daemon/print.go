package daemon

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

const usage = `pagesieved labels the blocks of web pages and gives back their clean text,
over gRPC (pagesieve.v1.FilterService) and over HTTP with JSON.

Usage:
  pagesieved [flags]

Examples:
  pagesieved
  pagesieved --listen :8420 --http :8421 --log-format json
  pagesieved --model my.model --http ''
  pagesieved --listen :8420 --tls-cert cert.pem --tls-key key.pem --credentials who.txt
  pagesieved --config pagesieved.yaml --print-config

  curl --data-binary @page.html 'localhost:8421/v1/classify?format=markdown'
  pagesieve score --server localhost:8420 page.html

Every flag is also a variable, --max-calls being PAGESIEVED_MAX_CALLS, and a
name in the file of --config, max-calls: 100. A flag wins over its variable,
and that over the file.

Flags:
`

// printHelp prints usage and flags, these with two dashes as we write them.
func printHelp(f *flag.FlagSet, stdout io.Writer) {
	fmt.Fprint(stdout, usage)
	f.VisitAll(func(fl *flag.Flag) {
		value, text := flag.UnquoteUsage(fl)
		if fl.DefValue != "" && value != "" {
			text += " (default " + fl.DefValue + ")"
		}
		fmt.Fprintf(stdout, "  %-25s %s\n", "--"+fl.Name+" "+strings.ToUpper(value), text)
	})
}

// print writes the settings that hold as a file that --config reads, with
// where each came from. Secrets are in files of their own, of which a setting
// holds the name alone.
func (s *settings) print(w io.Writer) error {
	doc := &yaml.Node{Kind: yaml.MappingNode}
	s.flags.VisitAll(func(fl *flag.Flag) {
		if onceOnly(fl.Name) {
			return
		}
		from := s.source[fl.Name]
		if from == "" {
			from = fromDefault
		}
		key, value := &yaml.Node{}, &yaml.Node{}
		key.SetString(fl.Name)
		value.SetString(fl.Value.String())
		switch valueOf(fl).(type) {
		case int:
			value.Tag = "!!int"
		case bool:
			value.Tag = "!!bool"
		}
		value.LineComment = from
		doc.Content = append(doc.Content, key, value)
	})
	out, err := yaml.Marshal(doc)
	if err != nil {
		return fmt.Errorf("printing the settings: %w", err)
	}
	_, err = w.Write(out)
	return err
}

// valueOf is a setting's value, nil where it is none of the kinds of package flag.
func valueOf(fl *flag.Flag) any {
	if g, ok := fl.Value.(flag.Getter); ok {
		return g.Get()
	}
	return nil
}
