package block

import "strings"

// maxLooks is how often the open elements are looked at for a comment: it
// takes their start tags, which may be long, to be read again. A page that
// asks for more has so many comments that what it says is theirs.
const maxLooks = 16

// inComment says whether the splitter stands in a reader's comment: what is
// told there of a date or an author is not the page's.
func (s *splitter) inComment() bool {
	if s.metas.looks++; s.metas.looks > maxLooks {
		return true
	}
	for i := range s.stack {
		e := &s.stack[i]
		if e.start < e.end && e.tag != tagHTML && e.tag != tagBody && namesComments(&s.reread(e.start).attrs) {
			return true
		}
	}
	return false
}

// namesComments reports a start tag that names a comment or the list of them.
func namesComments(a *attrs) bool {
	for _, at := range a.list {
		switch at.name {
		case attrItemType:
			if kind := a.texts.attr(at.value); strings.HasSuffix(kind, "/Comment") || strings.HasSuffix(kind, "/UserComments") {
				return true
			}
		case attrID, attrClass:
			if namesThread(a.texts.attr(at.value)) {
				return true
			}
		}
	}
	return false
}

// maxThreadName is how much of an id or a class is read for its names.
const maxThreadName = 512

// threadNames are names of a comment or of the list of them, without the
// number that may follow. An article's class such as has-comments or
// comments-open is none.
const threadNames = " comment comments commentlist comment-list comments-list comments-area comment-body comment-thread div-comment li-comment isso-comment "

// namesThread says whether one of the words of an id or a class is such a name.
func namesThread(names string) bool {
	for one := range strings.FieldsSeq(strings.ToLower(names[:min(len(names), maxThreadName)])) {
		if one = strings.TrimRight(one, "-_0123456789"); one != "" && strings.Contains(threadNames, " "+one+" ") {
			return true
		}
	}
	return false
}
