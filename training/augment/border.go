package augment

import "strings"

// isBlock says whether markup begins and ends with an element of its own, so
// that it cannot run together with the text around it.
func isBlock(markup string) bool {
	markup = strings.TrimSpace(markup)
	return startsBlock(markup) && endsBlock(markup)
}

// standsAlone says whether tags that end a block are on both sides of an
// offset, so that text put there does not run together with the page's own.
func standsAlone(page string, at int) bool {
	const reach = 400 // a tag further off counts as text
	before := strings.TrimSpace(page[max(0, at-reach):at])
	after := strings.TrimSpace(page[at:min(len(page), at+reach)])
	return (before == "" && at < reach || endsBlock(before)) && (after == "" && at+reach >= len(page) || startsBlock(after))
}

func startsBlock(markup string) bool {
	return strings.HasPrefix(markup, "<") && isBorder(markup[1:])
}

func endsBlock(markup string) bool {
	open := strings.LastIndexByte(markup, '<')
	return open >= 0 && strings.HasSuffix(markup, ">") && isBorder(markup[open+1:])
}

// isBorder says whether a tag, from behind its bracket, ends a block.
func isBorder(tag string) bool {
	tag = strings.TrimPrefix(tag, "/")
	end := 0
	for end < len(tag) && (tag[end]|0x20 >= 'a' && tag[end]|0x20 <= 'z' || tag[end] >= '0' && tag[end] <= '9') {
		end++
	}
	name := strings.ToLower(tag[:end])
	return name != "" && !isInline(name) && !isVoid(name) && (!isRaw(name) || name == "style")
}
