package block

import "strings"

// readTag reads the tag whose name begins at i.
func (z *scanner) readTag(i int, kind token) token {
	text := z.text
	start, h := i, uint32(0)
	for i < len(text) && byteClasses[text[i]]&endsName == 0 {
		h = nameHash(h, text[i])
		i++
	}
	z.written = span{start, i}
	z.tag = tagNames.find(h, text[start:i])
	z.attrs.list, z.attrs.seen = z.attrs.list[:0], 0
	slash := span{-1, -1} // the name of an attribute whose bare value ends with the tag
	switch {
	case i < len(text) && text[i] == '>':
		z.hi = i + 1
	default:
		if z.hi, slash = z.readAttrs(i, kind == startToken); z.hi < 0 {
			z.hi = len(text)
			return endOfPage
		}
	}
	if kind == startToken {
		z.selfClosing = text[z.hi-2] == '/' && (slash.lo < 0 || repeated(text, i, slash))
		if z.tag.has(isRaw) {
			z.raw = z.tag
		}
	}
	return kind
}

// name is the name of the current tag, in lower case.
func (z *scanner) name() string {
	if z.tag != tagOther {
		return tagInfos[z.tag].name
	}
	return z.attrs.texts.lower(z.text[z.written.lo:z.written.hi])
}

// readAttrs reads the attributes from i on up to the tag's '>', and returns the
// place behind that, or −1 where the page ends before. The span is the name of
// an attribute whose bare value, a=x, ends right before the '>'.
func (z *scanner) readAttrs(i int, keep bool) (end int, last span) {
	text := z.text
	for i < len(text) {
		c := text[i]
		switch {
		case c == '>':
			if last.hi != i {
				last.lo = -1
			}
			return i + 1, last
		case byteClasses[c]&(space|slashByte) != 0:
			i++
			continue
		}
		start, h := i, nameHash(0, c)
		for i++; i < len(text) && byteClasses[text[i]]&endsKey == 0; i++ { // an equals sign may begin a name
			h = nameHash(h, text[i])
		}
		key := text[start:i]
		name := attrOther
		if keep {
			name = attrNames.find(h, key)
		}
		for i < len(text) && byteClasses[text[i]]&space != 0 {
			i++
		}
		value := ""
		if i < len(text) && text[i] == '=' {
			var bare bool
			if value, i, bare = attrValue(text, i+1); bare {
				last = span{start, i}
			}
		}
		if name != attrOther {
			z.attrs.add(name, value)
		}
	}
	return -1, last
}

// attrValue reads the value that begins at or after i and returns it with the
// place after it.
func attrValue(text string, i int) (value string, after int, bare bool) {
	for i < len(text) && byteClasses[text[i]]&space != 0 {
		i++
	}
	if i >= len(text) || text[i] == '>' {
		return "", i, false
	}
	if quote := text[i]; quote == '"' || quote == '\'' {
		end := strings.IndexByte(text[i+1:], quote)
		if end < 0 {
			return "", len(text), false
		}
		return text[i+1 : i+1+end], i + end + 2, false
	}
	start := i
	for i < len(text) && byteClasses[text[i]]&space == 0 && text[i] != '>' {
		i++
	}
	return text[start:i], i, true
}

// repeated says whether the attribute whose name begins at last.lo stands in
// the same tag before, whose attributes begin at i. x/net forgets it then, and
// takes the slash that its value ends with for the tag's own.
func repeated(text string, i int, last span) bool {
	key := func(i int) string {
		end := i + 1
		for byteClasses[text[end]]&endsKey == 0 {
			end++
		}
		return text[i:end]
	}
	name := lower(key(last.lo))
	for i < last.lo {
		if byteClasses[text[i]]&(space|slashByte) != 0 {
			i++
			continue
		}
		k := key(i)
		if lower(k) == name {
			return true
		}
		for i += len(k); byteClasses[text[i]]&space != 0; {
			i++
		}
		if text[i] == '=' {
			_, i, _ = attrValue(text, i+1)
		}
	}
	return false
}
