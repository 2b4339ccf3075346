package quality

import (
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

// stopWords counts which of a language's stop words a text has.
type stopWords struct {
	want  map[uint64]uint8 // hash to place in the list
	have  uint16
	found int
}

var stopIndex = sync.OnceValue(func() map[string]map[uint64]uint8 {
	index := map[string]map[uint64]uint8{}
	for _, l := range stopLists {
		want := map[uint64]uint8{}
		for i, w := range strings.Fields(l.words) {
			want[wordHash(w)] = uint8(i)
		}
		index[l.language] = want
	}
	return index
})

func newStopWords(language string) stopWords {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	want := stopIndex()[language]
	if want == nil {
		want = stopIndex()["en"]
	}
	return stopWords{want: want}
}

// add takes a word by its hash.
func (s *stopWords) add(hash uint64) {
	if i, ok := s.want[hash]; ok && s.have&(1<<i) == 0 {
		s.have |= 1 << i
		s.found++
	}
}

// wordHash is the hash of a word as the scanner has it.
func wordHash(w string) uint64 {
	h := uint64(offset)
	for _, r := range w {
		h = (h ^ uint64(r)) * prime
	}
	return h
}
