package feature

import (
	"slices"
	"sync"

	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// replyPhrases are the words of invitations to comment, as a page's are
// numbered: by the hash of their first.
var replyPhrases = sync.OnceValue(func() map[uint64][][]uint64 {
	byFirst := map[uint64][][]uint64{}
	for _, list := range phrase.Replies() {
		for text := range list.All() {
			var words []uint64
			scanWords(text, func(h uint64, _, _ int) { words = append(words, h) })
			if len(words) > 0 {
				byFirst[words[0]] = append(byFirst[words[0]], words)
			}
		}
	}
	return byFirst
})

// maxReply is how many words a block has at most that invites comments.
const maxReply = 60

// findReplies fills, per block, the share of its words that are of an
// invitation to comment. Most words of a page begin none, which is seen once a
// word.
func (l *layout) findReplies() {
	phrases := replyPhrases()
	starts := l.room.flags.take(l.known.size())
	for id, h := range l.known.hashes {
		_, starts[id] = phrases[h]
	}
	l.replies = l.room.floats.take(len(l.stats))
	for i := range l.stats {
		for _, id := range l.numbersOf(i) {
			if starts[id] && l.stats[i].Words <= maxReply {
				l.replies[i] = replyShare(phrases, l.text.Of(i))
				break
			}
		}
	}
}

// replyShare is the share of the longest invitation among the words.
func replyShare(phrases map[uint64][][]uint64, words []uint64) float32 {
	most := 0
	for at, h := range words {
		for _, p := range phrases[h] {
			if end := at + len(p); len(p) > most && end <= len(words) && slices.Equal(words[at:end], p) {
				most = len(p)
			}
		}
	}
	return ratio(float64(most), float64(len(words)))
}
