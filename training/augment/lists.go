package augment

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed lists
var embedded embed.FS

// ErrLists is wrapped by every error about lists that cannot be read.
var ErrLists = errors.New("spam lists")

// Lists is the material of spam and hard negatives. It never changes and may
// be shared.
type Lists struct {
	spam, honest []*kind // by name
	common       *kind
	heldOut      map[string]bool // languages
}

// kind is one file: what it sells or, if it is honest, what it lists.
type kind struct {
	name      string
	heldOut   bool
	own       bool // honest kinds: links go to the page's own host …
	foreign   bool // … or to others
	menu      bool // honest kinds that fit only where links show whose they are
	notice    bool // honest kinds that are a line or two of prose and no list
	sections  map[string]*section
	languages []string // of sections, sorted
}

// section is one language of a kind.
type section struct {
	pools                                       map[string][]string
	items, sentences, headings, names, comments []string
}

// Embedded is the lists that come with the program, read once.
func Embedded() *Lists { return readEmbedded() }

var readEmbedded = sync.OnceValue(func() *Lists {
	sub, err := fs.Sub(embedded, "lists")
	if err != nil {
		panic(err)
	}
	l, err := Load(sub)
	if err != nil {
		panic(err) // a test reads them
	}
	return l
})

// Load reads lists from a folder laid out as lists/README.md says.
func Load(fsys fs.FS) (*Lists, error) {
	l := &Lists{heldOut: map[string]bool{}}
	var err error
	if l.common, err = readKind(fsys, "common.txt", l.heldOut); err != nil {
		return nil, err
	}
	if l.spam, err = readKinds(fsys, "spam"); err != nil {
		return nil, err
	}
	if l.honest, err = readKinds(fsys, "honest"); err != nil {
		return nil, err
	}
	for _, k := range slices.Concat(l.spam, l.honest) {
		if err := l.check(k); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// Kinds names the kinds of spam and of hard negatives, sorted.
func (l *Lists) Kinds() (spam, honest []string) { return names(l.spam), names(l.honest) }

// HeldOut names the kinds, of spam and then of hard negatives, and the
// languages that are kept for measuring.
func (l *Lists) HeldOut() (kinds, languages []string) {
	for _, k := range slices.Concat(l.spam, l.honest) {
		if k.heldOut {
			kinds = append(kinds, k.name)
		}
	}
	return kinds, slices.Sorted(maps.Keys(l.heldOut))
}

// Languages are all languages of the spam kinds, sorted.
func (l *Lists) Languages() []string {
	set := map[string]bool{}
	for _, k := range l.spam {
		for _, lang := range k.languages {
			set[lang] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func names(kinds []*kind) []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = k.name
	}
	return out
}

func readKinds(fsys fs.FS, dir string) ([]*kind, error) {
	files, err := fs.Glob(fsys, dir+"/*.txt")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%w: no .txt file in %s", ErrLists, dir)
	}
	slices.Sort(files)
	kinds := make([]*kind, len(files))
	for i, f := range files {
		if kinds[i], err = readKind(fsys, f, nil); err != nil {
			return nil, err
		}
	}
	return kinds, nil
}

// readKind reads one file; heldOut receives the held-out languages that the
// common file names.
func readKind(fsys fs.FS, file string, heldOut map[string]bool) (*kind, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLists, err)
	}
	k := &kind{name: strings.TrimSuffix(path.Base(file), ".txt"), sections: map[string]*section{}}
	var s *section
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			s = &section{pools: map[string][]string{}}
			k.sections[line[1:len(line)-1]] = s
		case s == nil:
			err = k.header(line, heldOut)
		default:
			err = s.line(line)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %s line %d: %w", ErrLists, file, n, err)
		}
	}
	k.languages = slices.Sorted(maps.Keys(k.sections))
	return k, nil
}

func (k *kind) header(line string, heldOut map[string]bool) error {
	key, value, _ := strings.Cut(line, ":")
	for _, v := range strings.Fields(value) {
		switch {
		case key == "held out" && heldOut != nil:
			heldOut[v] = true
		case key == "held out":
			k.heldOut = v == "yes"
		case key == "links" && v == "own":
			k.own = true
		case key == "links" && v == "foreign":
			k.foreign = true
		case key == "menu":
			k.menu = v == "yes"
		case key == "notice":
			k.notice = v == "yes"
		default:
			return fmt.Errorf("unknown header %q", line)
		}
	}
	return nil
}

// line reads one line of a section: its first sign says what it is.
func (s *section) line(line string) error {
	sign, rest := line[0], strings.TrimSpace(line[1:])
	switch sign {
	case '$':
		name, values, ok := strings.Cut(rest, ":")
		if !ok {
			return fmt.Errorf("want $name: one | two, got %q", line)
		}
		for _, v := range choices(values) {
			s.pools[name] = append(s.pools[name], strings.TrimSpace(v))
		}
	case '-':
		s.items = append(s.items, rest)
	case '>':
		s.sentences = append(s.sentences, rest)
	case '=':
		s.headings = append(s.headings, rest)
	case '@':
		s.names = append(s.names, rest)
	case '~':
		s.comments = append(s.comments, rest)
	default:
		return fmt.Errorf("unknown sign in %q", line)
	}
	return nil
}

// check finds sections without items and names of pools that are not there.
func (l *Lists) check(k *kind) error {
	for _, lang := range k.languages {
		s := k.sections[lang]
		switch {
		case len(s.items) == 0:
			return fmt.Errorf("%w: %s [%s] has no items", ErrLists, k.name, lang)
		case k.notice && len(s.sentences) == 0:
			return fmt.Errorf("%w: %s [%s] is a notice and has no sentences", ErrLists, k.name, lang)
		}
		for _, t := range slices.Concat(s.items, s.sentences, s.headings, s.names, s.comments) {
			for _, name := range holes(t) {
				if !isBuiltIn(name) && l.pool(k, lang, name) == nil {
					return fmt.Errorf("%w: %s [%s]: unknown {%s} in %q", ErrLists, k.name, lang, name, t)
				}
			}
		}
	}
	return nil
}

// pool finds a pool in the kind's own language, then in the common one, then
// among those that hold for every language.
func (l *Lists) pool(k *kind, lang, name string) []string {
	for _, s := range []*section{k.sections[lang], l.common.sections[lang], l.common.sections["*"]} {
		if s != nil && len(s.pools[name]) > 0 {
			return s.pools[name]
		}
	}
	return nil
}
