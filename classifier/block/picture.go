package block

import "strings"

// pictures are the images that wait to learn which element around them is
// stored. They hang on open elements in chains, so that passing them on to a
// parent costs the same however many they are.
type pictures struct {
	next []int32 // by image: the one behind it in its chain
}

// chain is a list of images; both ends are image numbers plus one.
type chain struct{ head, tail int32 }

// image notes an <img>. Those that only a browser without scripts would load
// repeat one that a script loads.
func (s *splitter) image(a *attrs) {
	f := s.flow()
	if f.dropped || f.origin == OriginNoscript {
		return
	}
	img := Image{Before: len(s.page.Blocks), Element: none, Start: s.dec.offset(s.lo)}
	if s.run.active {
		img.Before++
	}
	img.Alt, img.Src = altAndSource(a)
	if img.Alt == "" && img.Src == "" {
		return
	}
	s.page.Images = append(s.page.Images, img)
	s.pics.next = append(s.pics.next, 0)
	n := int32(len(s.page.Images))
	s.pass(&chain{n, n}, s.top())
}

// pass gives the images of a chain to open element i.
func (s *splitter) pass(c *chain, i int32) {
	if c.head == 0 || i < 0 {
		return
	}
	e := &s.stack[i]
	switch {
	case e.index != none:
		s.pics.settle(s.page.Images, c, e.index)
	case e.pics.head == 0:
		e.pics = *c
	default:
		s.pics.next[c.tail-1] = e.pics.head
		e.pics.head = c.head
	}
	*c = chain{}
}

// settle tells the images of a chain that element is the one around them.
func (p *pictures) settle(images []Image, c *chain, element int32) {
	for n := c.head; n != 0; n = p.next[n-1] {
		images[n-1].Element = element
		if n == c.tail {
			break
		}
	}
	*c = chain{}
}

// altAndSource reads an image's text and its address, which pages that load
// images late keep in other attributes.
func altAndSource(a *attrs) (alt, src string) {
	var late, set string
	for _, at := range a.list {
		switch at.name {
		case attrAlt:
			alt = strings.TrimSpace(a.texts.attr(at.value))
		case attrSrc:
			src = strings.TrimSpace(a.texts.attr(at.value))
		case attrDataSrc, attrDataLazySrc, attrDataOriginal:
			if late == "" {
				late = strings.TrimSpace(a.texts.attr(at.value))
			}
		case attrSrcset, attrDataSrcset:
			if set == "" {
				set = firstOf(a.texts.attr(at.value))
			}
		}
	}
	if late != "" && (src == "" || strings.HasPrefix(src, "data:")) {
		src = late
	}
	if set != "" && (src == "" || strings.HasPrefix(src, "data:")) {
		src = set
	}
	return alt, src
}

// firstOf is the first address of a srcset.
func firstOf(set string) string {
	for field := range strings.FieldsSeq(set) {
		return strings.TrimRight(field, ",")
	}
	return ""
}
