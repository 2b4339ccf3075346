package comments

import (
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// units knows for every element which comment it is part of, as far as names,
// microdata and microformats tell.
type units struct {
	of      []int32 // per element: the element that holds the whole comment, -1 outside of any
	depth   []int32 // per unit: comments and indented lists around it
	certain []bool  // per unit: its markup means a comment of a reader and nothing else
}

// unitClasses are classes that name one comment, whole.
const unitClasses = " comment comment-item comment_item commentitem comment-entry comment-node comment-single single-comment comment-card " +
	"commentlist-item kommentar kommentar-item commentaire comentario comentário commento komentarz reactie yorum komentar kommentti u-comment p-comment h-cite " + certainClasses

// certainClasses are those that only a comment system gives to a comment.
const certainClasses = " isso-comment idc-c wpd-comment "

// wrapClasses are classes of a box that holds one comment, part of one or all
// of them.
const wrapClasses = " comment-wrap comment-wrapper comment-block comment-box commentbox "

// pieceWords name parts of a comment rather than all of it.
const pieceWords = " author content body text meta metadata form reply respond link date avatar image count list area title header footer info permalink user name vote rating thread "

// indents are classes of the lists of replies that stand beside a comment and
// not in it.
const indents = " indented replies comment-replies "

// name is what an element's markup says of a comment.
type name struct {
	sort    string // tag of an element that names one, else empty
	number  string // the number in its id
	wrap    bool   // only a box around a comment, or around all of them
	certain bool
}

// readUnits goes through the elements, parents before children.
func readUnits(page *block.Page) units {
	n := len(page.Elements)
	u := units{of: make([]int32, n), depth: make([]int32, n), certain: make([]bool, n)}
	names := readNames(page.Elements)
	siblings := map[string]int{}
	indent := make([]int32, n)
	for e := range page.Elements {
		if el := &page.Elements[e]; names[e].sort != "" {
			siblings[siblingKey(el.Parent, names[e].sort)]++
		}
	}
	terms := map[int32]int32{} // by list: the <dt> that names a comment, of which the <dd> after it are part
	for e := range page.Elements {
		el := &page.Elements[e]
		above := int32(-1)
		if el.Parent >= 0 {
			above, indent[e] = u.of[el.Parent], indent[el.Parent]
		}
		if hasName(indents, el.Class) {
			indent[e]++
		}
		u.of[e] = above
		switch term, ok := terms[el.Parent]; {
		case el.Tag == "dd" && ok:
			u.of[e] = term
			continue
		case el.Tag == "dt" && ok:
			delete(terms, el.Parent)
		}
		if names[e].sort == "" {
			continue
		}
		if above >= 0 && isPiece(el, &names[e], &names[above], siblings[siblingKey(el.Parent, names[e].sort)]) {
			continue
		}
		u.of[e], u.depth[e], u.certain[e] = int32(e), indent[e], names[e].certain
		if above >= 0 {
			u.depth[e] = max(u.depth[above]+1, indent[e])
		}
		if d, ok := classDepth(el.Class); ok {
			u.depth[e] = d
		}
		if el.Tag == "dt" {
			terms[el.Parent] = int32(e)
		}
	}
	return u
}

// readNames reads the names of all elements. A box that holds an element which
// names a comment names none itself.
func readNames(elements []block.Element) []name {
	names := make([]name, len(elements))
	holds := make([]bool, len(elements))
	for e := len(elements) - 1; e >= 0; e-- {
		el := &elements[e]
		names[e] = namesComment(el)
		if names[e].wrap && holds[e] {
			names[e] = name{}
		}
		if el.Parent >= 0 {
			holds[el.Parent] = holds[el.Parent] || holds[e] || names[e].sort != "" && !names[e].wrap
		}
	}
	return names
}

func siblingKey(parent int32, sort string) string {
	return string([]byte{byte(parent), byte(parent >> 8), byte(parent >> 16), byte(parent >> 24)}) + sort
}

// isPiece says whether an element that names a comment is only part of the one
// around it: <li id=comment-5><div id=div-comment-5>, <li class=comment><p
// class=comment>.
func isPiece(el *block.Element, own, above *name, siblings int) bool {
	switch {
	case own.number != "" && above.number != "":
		return own.number == above.number
	case el.Tag == "p" || el.Tag == "span" || el.Tag == "a":
		return true
	}
	return (own.sort != above.sort || own.wrap) && siblings < 2
}

// namesComment reads an element's own names.
func namesComment(el *block.Element) name {
	if el.ID == "" && el.Class == "" && el.ItemType == "" && el.ItemProp == "" {
		return name{}
	}
	if id, digits := cutNumber(el.ID); digits != "" && idNamesComment(id) {
		return name{sort: el.Tag, number: digits, certain: strings.Contains(strings.ToLower(id), "comment")}
	}
	if strings.HasSuffix(el.ItemType, "/Comment") || strings.HasSuffix(el.ItemType, "/UserComments") || hasName(" comment ", el.ItemProp) {
		return name{sort: el.Tag, certain: el.ItemType != ""}
	}
	switch el.Tag {
	case "a", "body", "form", "textarea":
		return name{}
	}
	switch {
	case hasName(unitClasses, el.Class):
		return name{sort: el.Tag, certain: hasName(certainClasses, el.Class)}
	case hasName(wrapClasses, el.Class):
		return name{sort: el.Tag, wrap: true}
	}
	return name{}
}

// cutNumber cuts the number off the end of an id.
func cutNumber(id string) (name, digits string) {
	end := len(id)
	for end > 0 && '0' <= id[end-1] && id[end-1] <= '9' {
		end--
	}
	return id[:end], id[end:]
}

// idNamesComment says whether an id without its number, such as "li-comment-",
// means one comment and not a part of one.
func idNamesComment(name string) bool {
	if strings.EqualFold(name, "c") || strings.EqualFold(name, "cmt") {
		return true
	}
	about := false
	for w := range nameWords(name) {
		if strings.Contains(pieceWords, " "+w+" ") && w != "body" {
			return false
		}
		about = about || topicOf(w) == topicComment
	}
	return about
}

// hasName says whether one of the names in list, with spaces around each, is
// among the words of an attribute.
func hasName(list, attribute string) bool {
	if attribute == "" {
		return false
	}
	return slices.ContainsFunc(strings.Fields(attribute[:min(len(attribute), maxName)]), func(w string) bool {
		return strings.Contains(list, " "+strings.ToLower(w)+" ")
	})
}

// classDepth reads WordPress's depth-N, which counts from 1.
func classDepth(class string) (int32, bool) {
	_, after, ok := strings.Cut(class, "depth-")
	if !ok {
		return 0, false
	}
	depth := int32(0)
	for i := 0; i < len(after) && i < 3 && '0' <= after[i] && after[i] <= '9'; i++ {
		depth = depth*10 + int32(after[i]-'0')
	}
	return depth - 1, depth > 0
}
