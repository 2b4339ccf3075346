package bayes

// A view is a naive Bayes classifier over one kind of token. Its answer for a
// block is not one posterior but four log-odds, so that pages which tell no
// more than "main content or not" can teach the first of them and finely
// labelled pages the other three.
const (
	OddsBody    = iota // log P(token|body)         − log P(token|not body)
	OddsForm           // log P(token|comment_form) − log P(token|navigation)
	OddsComment        // log P(token|comment)      − log P(token|navigation)
	OddsSpam           // log P(token|link_spam)    − log P(token|navigation)
	NumOdds     = 4
)

// OddsUnit is the size of one step of a stored log-odds, in nats⁻¹: tables
// hold whole numbers of 1/256 nat, so that sums do not depend on their order.
const OddsUnit = 256

// Odds are the four log-odds in steps of 1/OddsUnit nat.
type Odds [NumOdds]int16

// Sum adds up the odds of many tokens.
type Sum struct {
	Total [NumOdds]int32
	N     int32 // tokens that the view knows
}

// Add counts one token in.
func (s *Sum) Add(o *Odds) {
	for i := range s.Total {
		s.Total[i] += int32(o[i])
	}
	s.N++
}

// Plus is the sum of both.
func (s Sum) Plus(t Sum) Sum {
	for i := range s.Total {
		s.Total[i] += t.Total[i]
	}
	s.N += t.N
	return s
}

// Table is the compiled form of one view: token hash to log-odds, by open
// addressing. A token is known by 32 bits of its hash; with 100,000 tokens one
// foreign token in 43,000 is taken for a known one.
type Table struct {
	mask  uint32
	slots []slot
	n     int
}

// slot is one place of a table. Key and odds lie side by side, so that a
// lookup meets one line of the cache.
type slot struct {
	key  uint32 // 0 where there is no token
	odds Odds
}

// Key is the part of a 64-bit token hash that tables keep. It is never 0.
func Key(hash uint64) uint32 {
	k := uint32(hash >> 32)
	if k == 0 {
		return 1
	}
	return k
}

// NewTable builds a table from keys (none of them 0 or twice) and their odds.
func NewTable(keys []uint32, odds []Odds) *Table {
	size := 16
	for size*2 < len(keys)*3 { // at most two thirds full
		size *= 2
	}
	t := &Table{mask: uint32(size - 1), slots: make([]slot, size), n: len(keys)}
	for i, k := range keys {
		at := k & t.mask
		for t.slots[at].key != 0 {
			at = (at + 1) & t.mask
		}
		t.slots[at] = slot{k, odds[i]}
	}
	return t
}

// Len is the number of tokens.
func (t *Table) Len() int { return t.n }

// Find is the odds of a token, nil if the view does not know it.
func (t *Table) Find(hash uint64) *Odds {
	k := Key(hash)
	for at := k & t.mask; ; at = (at + 1) & t.mask {
		switch s := &t.slots[at]; s.key {
		case k:
			return &s.odds
		case 0:
			return nil
		}
	}
}

// Sum adds up the odds of all tokens that are known.
func (t *Table) Sum(hashes []uint64) (s Sum) {
	for _, h := range hashes {
		if o := t.Find(h); o != nil {
			s.Add(o)
		}
	}
	return s
}
