package quality

import (
	"math/bits"
	"strings"
	"sync"
)

// stopLists are eight very common words of each language: for English those
// of Gopher, for the others the most common articles, prepositions,
// conjunctions and forms of "to be".
var stopLists = [...]struct{ language, words string }{
	{"en", "the be to of and that have with"},
	{"de", "der die und in den von mit ist"},
	{"fr", "de la le et les des en est"},
	{"es", "de la que el en y los es"},
	{"it", "di e il la che in un è"},
	{"pt", "de a o que e do da em"},
	{"nl", "de het een van en in is dat"},
	{"pl", "w i z na do się nie jest"},
	{"ru", "и в не на с что по это"},
	{"uk", "і в не на з що до це"},
	{"cs", "a v se na je že s to"},
	{"sv", "och i att det som en på är"},
	{"da", "og i at det som en på er"},
	{"no", "og i å det som en på er"},
	{"nb", "og i å det som en på er"},
	{"fi", "ja on ei se että oli hän kun"},
	{"hu", "a az és hogy nem is egy van"},
	{"ro", "de și în a la cu că nu"},
	{"tr", "ve bir bu için de da ile olarak"},
	{"el", "και το να του η της με που"},
	{"id", "yang dan di untuk dengan dari ini itu"},
	{"ms", "yang dan di untuk dengan dari ini itu"},
	{"vi", "và của là có trong cho được không"},
	{"ar", "في من على إلى أن عن هذا التي"},
	{"fa", "و در به از که این را با"},
	{"he", "של את על לא הוא זה עם גם"},
	{"hi", "के में की है और से का को"},
	{"ja", "の に は を た が で と"},
	{"zh", "的 是 在 了 不 和 有 我"},
}

// stopWords counts which stop words of each language a text has.
type stopWords struct {
	index map[uint64][]listed
	have  [len(stopLists)]uint16 // a bit for each word of a list
	list  int                    // that of the text's language, -1 where it is not known
}

// listed is a word's place in a list.
type listed struct{ list, at uint8 }

var stopIndex = sync.OnceValue(func() map[uint64][]listed {
	index := map[uint64][]listed{}
	for k, l := range stopLists {
		for i, w := range strings.Fields(l.words) {
			h := wordHash(w)
			index[h] = append(index[h], listed{uint8(k), uint8(i)})
		}
	}
	return index
})

func newStopWords(language string) stopWords {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	s := stopWords{index: stopIndex(), list: -1}
	for k, l := range stopLists {
		if l.language == language {
			s.list = k
		}
	}
	return s
}

// add takes a word by its hash.
func (s *stopWords) add(hash uint64) {
	for _, l := range s.index[hash] {
		s.have[l.list] |= 1 << l.at
	}
}

// found is how many words of the language's list occur; where that is not
// known, of the list with the most.
func (s *stopWords) found() int {
	if s.list >= 0 {
		return bits.OnesCount16(s.have[s.list])
	}
	most := 0
	for _, have := range s.have {
		most = max(most, bits.OnesCount16(have))
	}
	return most
}

// wordHash is the hash of a word as the scanner has it.
func wordHash(w string) uint64 {
	h := uint64(offset)
	for _, r := range w {
		h = (h ^ uint64(r)) * prime
	}
	return h
}
