package comments

import (
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// units knows for every element which comment it is part of, as far as names,
// microdata and microformats tell.
type units struct {
	of    []int32 // per element: the element that holds the whole comment, -1 outside of any
	depth []int32 // per unit: comments and indented lists around it
}

// unitClasses are classes that name one comment, whole.
const unitClasses = " comment comment-item comment_item commentitem comment-wrap comment-wrapper comment-block comment-box commentbox comment-entry comment-node comment-single single-comment comment-card " +
	"commentlist-item kommentar kommentar-item commentaire comentario comentário commento komentarz reactie yorum komentar kommentti u-comment p-comment h-cite "

// pieceWords name parts of a comment rather than all of it.
const pieceWords = " author content body text meta metadata form reply respond link date avatar image count list area title header footer info permalink user name vote rating thread "

// indents are classes of the lists of replies that stand beside a comment and
// not in it.
const indents = " indented replies comment-replies "

// readUnits goes through the elements once, parents before children.
func readUnits(page *block.Page) units {
	n := len(page.Elements)
	u := units{of: make([]int32, n), depth: make([]int32, n)}
	sort := make([]string, n) // of the elements that name a comment: tag and class, or the number in the id
	number := make([]string, n)
	siblings := map[string]int{}
	indent := make([]int32, n)
	for e := range page.Elements {
		el := &page.Elements[e]
		if sort[e], number[e] = namesComment(el); sort[e] != "" {
			siblings[siblingKey(el.Parent, sort[e])]++
		}
	}
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
		if sort[e] == "" {
			continue
		}
		if above >= 0 && isPiece(el, sort[e], sort[above], number[e], number[above], siblings[siblingKey(el.Parent, sort[e])]) {
			continue
		}
		u.of[e], u.depth[e] = int32(e), indent[e]
		if above >= 0 {
			u.depth[e] = max(u.depth[above]+1, indent[e])
		}
		if d, ok := classDepth(el.Class); ok {
			u.depth[e] = d
		}
	}
	return u
}

func siblingKey(parent int32, sort string) string {
	return string([]byte{byte(parent), byte(parent >> 8), byte(parent >> 16), byte(parent >> 24)}) + sort
}

// isPiece says whether an element that names a comment is only part of the one
// around it: <li id=comment-5><div id=div-comment-5>, <li class=comment><p
// class=comment>.
func isPiece(el *block.Element, own, above, number, numberAbove string, siblings int) bool {
	switch {
	case number != "" && numberAbove != "":
		return number == numberAbove
	case el.Tag == "p" || el.Tag == "span" || el.Tag == "a":
		return true
	}
	return own != above && siblings < 2
}

// namesComment reports an element that names a comment: its sort, and the
// number in its id, if it has one.
func namesComment(el *block.Element) (sort, number string) {
	if el.ID == "" && el.Class == "" && el.ItemType == "" && el.ItemProp == "" {
		return "", ""
	}
	sort = el.Tag
	if name, digits := cutNumber(el.ID); digits != "" && idNamesComment(name) {
		return sort, digits
	}
	switch {
	case strings.HasSuffix(el.ItemType, "/Comment"), strings.HasSuffix(el.ItemType, "/UserComments"), hasName(" comment ", el.ItemProp):
		return sort, ""
	case hasName(unitClasses, el.Class) && el.Tag != "a" && el.Tag != "body" && el.Tag != "form" && el.Tag != "textarea":
		return sort, ""
	}
	return "", ""
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
