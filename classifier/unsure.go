package classifier

const (
	// unsureMargin is how close the two best labels of a block must be for it
	// to be marked unsure.
	unsureMargin = 0.2
	// unsureQuality is the expected F1 below which a page is marked unsure. On
	// pages of sites and a set never trained on, that is a fifth of those with
	// markup, whose texts have a mean F1 of 0.50 where the others' is 0.92;
	// two of three texts below 0.7 are among them.
	unsureQuality = 0.7
)

func unsure(b *Block) bool {
	own, other := b.Probabilities[b.Label], 0.0
	for l, v := range b.Probabilities {
		if Label(l) != b.Label {
			other = max(other, v)
		}
	}
	return own-other < unsureMargin
}

// isUnsure says whether the page's body is in doubt: its expected F1 is low or,
// where there is none, its blocks are still expected to hold the words of one.
func (p *page) isUnsure() bool {
	if p.tally().words[Body] > 0 {
		return p.sure < unsureQuality
	}
	expected := 0.0
	for i := range p.labels {
		expected += float64(p.feats.WordsN[i] * p.judged.P[i][Body])
	}
	return expected >= thinWords
}

// unsureShare is the share of the page's words that stand in unsure blocks.
func (p *page) unsureShare(blocks []Block) float64 {
	unsure, all := 0.0, 0.0
	for i := range blocks {
		w := float64(p.feats.WordsN[i])
		all += w
		if blocks[i].Unsure {
			unsure += w
		}
	}
	return unsure / max(all, 1)
}
