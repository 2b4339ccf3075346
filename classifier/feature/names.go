package feature

import "github.com/pagesieve/pagesieve/classifier/block"

// Seeds that keep tokens of different kinds apart.
const (
	seedTag uint64 = iota + 1
	seedTagPair
	seedTagTriple
	seedClass
	seedID
	seedRole
	seedProp
	seedWhole
	seedPhraseAll
	seedPhraseFirst
	seedPhraseLast
	seedHost
	seedTarget
	seedRel
	seedField
	seedAction
	seedShape
	seedContext
	seedKindURL
	seedKindTitle
	seedKindMeta
	seedKindName
	seedKindFact
	seedSignature
	seedSection
	seedSectionAll
	seedSectionAbove
)

// elementTokens lists the tokens of every element, once, for all its blocks.
func (f *Page) elementTokens(l *layout) {
	els := l.page.Elements
	f.Path, f.Names = f.room.tokenList(len(els), 3), f.room.tokenList(len(els), 6)
	f.Tags = f.room.hashes.take(len(els))
	for i := range els {
		e := &els[i]
		tag := hashString(seedTag, e.Tag)
		f.Tags[i] = tag
		f.Path.add(tag)
		if e.Parent >= 0 {
			pair := combine(tag, f.Tags[e.Parent])
			f.Path.add(pair)
			if g := els[e.Parent].Parent; g >= 0 {
				f.Path.add(combine(pair, f.Tags[g]))
			}
		}
		f.Path.next()
		nameTokens(e, f.Names.add)
		f.Names.next()
	}
}

// nameTokens gives the words of an element's class, id, role and itemprop.
func nameTokens(e *block.Element, add func(uint64)) {
	splitName(seedClass, e.Class, add)
	splitName(seedClass, e.ID, add) // class and id share a vocabulary
	if e.ID != "" {
		add(hashString(seedID, e.ID))
	}
	if e.Role != "" {
		add(hashString(seedRole, e.Role))
	}
	if e.ItemProp != "" {
		add(hashString(seedProp, e.ItemProp))
	}
	if e.ItemType != "" {
		add(hashString(seedProp, lastSegment(e.ItemType)))
	}
}

// splitName splits a name at white space, punctuation, digits and the change
// from lower to upper case: "postBody-main_2" is post, body, main.
func splitName(seed uint64, name string, add func(uint64)) {
	h, n := uint64(fnvOffset^seed*fnvPrime), 0
	lower := false
	flush := func() {
		if n > 1 {
			add(mix(h))
		}
		h, n = fnvOffset^seed*fnvPrime, 0
	}
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if lower {
				flush()
			}
			lower = false
			c |= 0x20
		case c >= 'a' && c <= 'z' || c >= 0x80:
			lower = true
		default:
			flush()
			lower = false
			continue
		}
		h = (h ^ uint64(c)) * fnvPrime
		n++
	}
	flush()
}

func lastSegment(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '/' {
			return s[i+1:]
		}
	}
	return s
}
