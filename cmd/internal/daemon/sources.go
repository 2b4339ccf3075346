package daemon

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Where a setting can come from, in the order of precedence.
const (
	fromFlag    = "flag"
	fromEnv     = "environment"
	fromFile    = "file"
	fromDefault = "default"
)

// onceOnly are the flags that make no sense as lasting settings.
func onceOnly(name string) bool {
	return slices.Contains([]string{"config", "print-config", "version"}, name)
}

// envName is the variable of a setting: PAGESIEVED_MAX_CALLS for max-calls.
func envName(name string) string {
	return "PAGESIEVED_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// fill takes from the environment, and then from the file, what the flags did
// not say. It returns where each setting came from. Variables that name no
// setting are left alone, for schedulers make such of their own accord; a name
// in the file that is none is an error.
func fill(f *flag.FlagSet, lookup func(string) (string, bool)) (map[string]string, error) {
	source := map[string]string{}
	f.Visit(func(fl *flag.Flag) { source[fl.Name] = fromFlag })
	var errs []error
	f.VisitAll(func(fl *flag.Flag) {
		value, ok := lookup(envName(fl.Name))
		if !ok || source[fl.Name] != "" || onceOnly(fl.Name) && fl.Name != "config" {
			return
		}
		source[fl.Name] = fromEnv
		if err := f.Set(fl.Name, value); err != nil {
			errs = append(errs, wrongUsage("reading the environment", fmt.Errorf("%s: %q: %w", envName(fl.Name), value, err)))
		}
	})
	if len(errs) > 0 {
		return nil, errs[0]
	}
	path := f.Lookup("config").Value.String()
	if path == "" {
		return source, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &failure{fmt.Errorf("reading the settings: %w", err), "--config and PAGESIEVED_CONFIG want a file of YAML", 1}
	}
	if err := fillFromFile(f, data, source); err != nil {
		return nil, wrongUsage("reading the settings: "+path, err)
	}
	return source, nil
}

// fillFromFile takes settings from YAML: a mapping of names to single values.
func fillFromFile(f *flag.FlagSet, data []byte, source map[string]string) error {
	var doc yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&doc); errors.Is(err, io.EOF) {
		return nil // empty
	} else if err != nil {
		return err
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return errors.New("more than one document in it")
	}
	top := doc.Content[0]
	if top.Kind == yaml.ScalarNode && top.Tag == "!!null" {
		return nil // comments alone
	}
	if top.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: want lines of the form name: value", top.Line)
	}
	seen := map[string]bool{}
	for i := 0; i < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		fl := f.Lookup(key.Value)
		switch {
		case fl == nil || onceOnly(key.Value):
			return fmt.Errorf("line %d: no setting %q", key.Line, key.Value)
		case seen[key.Value]:
			return fmt.Errorf("line %d: %s stands there twice", key.Line, key.Value)
		case value.Kind != yaml.ScalarNode:
			return fmt.Errorf("line %d: %s wants a single value", value.Line, key.Value)
		}
		seen[key.Value] = true
		if source[key.Value] != "" {
			continue
		}
		source[key.Value] = fromFile
		text := value.Value
		if value.Tag == "!!null" {
			text = ""
		}
		if err := f.Set(key.Value, text); err != nil {
			return fmt.Errorf("line %d: %s: %q: %w", value.Line, key.Value, text, err)
		}
	}
	return nil
}
