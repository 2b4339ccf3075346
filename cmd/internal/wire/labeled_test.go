package wire

import (
	"encoding/json"
	"reflect"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
)

// TestLabeledPageJSON holds that training.LabeledPage and the message of the
// same name have one JSON form, that of the files of labelled pages.
func TestLabeledPageJSON(t *testing.T) {
	empty, some, fold := "", "wanted", 0
	for _, page := range []training.LabeledPage{
		{ID: "1", URL: "http://a.example/", HTML: "<p>ä", MainText: &some, PageKind: "article", Language: "de"},
		{ID: "2", Text: "a\nb", Spans: []training.Span{{Text: "a", Label: classifier.Navigation}, {Text: "b", Label: classifier.LinkSpam}}},
		{ID: "3", Text: "x", MainText: &empty, Fold: &fold, With: []string{"y"}, Without: []string{"z"}},
	} {
		want, err := json.Marshal(page)
		if err != nil {
			t.Fatal(err)
		}
		var message pb.LabeledPage
		if err := protojson.Unmarshal(want, &message); err != nil {
			t.Errorf("reading %s: %v", want, err)
			continue
		}
		got, err := protojson.Marshal(&message)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(tree(t, got), tree(t, want)) {
			t.Errorf("message %s\n   file %s", got, want)
		}
	}
}

// tree is JSON without its spacing and its order of names.
func tree(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
