package training

import (
	"strings"
	"testing"
)

// blocksOf splits lines into words.
func blocksOf(text string) (blocks [][]uint64, rank []int32) {
	for line := range strings.Lines(text) {
		r := int32(64)
		if strings.HasPrefix(line, "hidden ") {
			line, r = strings.TrimPrefix(line, "hidden "), 32
		}
		blocks, rank = append(blocks, words(line)), append(rank, r)
	}
	return blocks, rank
}

func TestAlign(t *testing.T) {
	for _, c := range []struct{ name, page, ref, want string }{
		{
			"a menu that names an item of the list is not the list",
			"Home\nPhone Cases\nScreen Guards\nShop by kind\nPhone Cases\nCharging Cables\nScreen Guards\nImprint",
			"Shop by kind\nPhone Cases\nCharging Cables\nScreen Guards",
			"...####.",
		},
		{
			"of two copies the first counts",
			"One copy of a longer sentence\nand more\nOne copy of a longer sentence",
			"One copy of a longer sentence and more",
			"##.",
		},
		{
			"a copy that the reader sees comes before a hidden one",
			"hidden The lamp is made of brass\nMenu\nThe lamp is made of brass",
			"The lamp is made of brass",
			"..#",
		},
		{
			"a hidden text is found where it is the only one",
			"hidden The lamp is made of brass and needs no oil\nMenu",
			"The lamp is made of brass and needs no oil",
			"#.",
		},
		{
			"short lines are found between what stands around them",
			"Notes\nThe first of two long paragraphs here\nNotes\nThe second of two long paragraphs here\nNotes",
			"The first of two long paragraphs here\nNotes\nThe second of two long paragraphs here",
			".###.",
		},
	} {
		blocks, rank := blocksOf(c.page)
		got := ""
		for _, a := range align(blocks, rank, words(c.ref)) {
			if a.Share >= 0.5 && a.Claim >= 0.5*a.Share {
				got += "#"
			} else {
				got += "."
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Text that repeats itself must not cost the square of its length.
func TestAlignEndsOnRepetition(t *testing.T) {
	long := words(strings.Repeat("a b a a b ", 20000))
	if got := align([][]uint64{long}, []int32{64}, long); got[0].Claim < 0.9 {
		t.Errorf("found %v of a text in itself", got[0].Claim)
	}
}
