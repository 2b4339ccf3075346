package bayes

import "fmt"

// Label is what a block of a page is.
type Label uint8

// The five labels. Their order is that of every [NumLabels]float64 in this
// project, of the wire format and of model files, and never changes.
const (
	Body        Label = iota // the main content
	Navigation               // site furniture: menus, bylines, footers, ads
	CommentForm              // the form for writing a comment, and its wording
	Comment                  // what readers wrote under the content
	LinkSpam                 // links or text put there to rank something foreign to the page
	NumLabels   = 5
)

var labelNames = [NumLabels]string{"body", "navigation", "comment_form", "comment", "link_spam"}

// String is the label's name as it stands in files and messages.
func (l Label) String() string {
	if int(l) < NumLabels {
		return labelNames[l]
	}
	return fmt.Sprintf("label(%d)", uint8(l))
}

// ParseLabel is the inverse of String.
func ParseLabel(name string) (Label, error) {
	for i, n := range labelNames {
		if n == name {
			return Label(i), nil
		}
	}
	return 0, fmt.Errorf("unknown label %q: want body, navigation, comment_form, comment or link_spam", name)
}
