package classifier

import (
	"reflect"
	"strings"
	"sync"
	"testing"
)

// TestPagesLeaveNoTraces holds that the memory one page leaves to the next
// changes nothing for it, on any number of goroutines.
func TestPagesLeaveNoTraces(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	docs := []Document{
		{HTML: []byte(paperPage(2)), URL: "https://paper.example/"},
		{HTML: []byte("<p>x")},
		{HTML: []byte(paperPage(5))},
		{Text: []byte(strings.Repeat("A line of plain text, as it were.\n\n", 40))},
		{HTML: []byte{}},
	}
	want := make([]*Result, len(docs))
	for i, d := range docs {
		fresh := &Classifier{model: c.model}
		if want[i], err = fresh.Classify(t.Context(), d, Options{Evidence: true}); err != nil {
			t.Fatal(err)
		}
	}
	used := &Classifier{model: c.model}
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for k := range 2 * len(docs) {
				i := (worker + k) % len(docs)
				got, err := used.Classify(t.Context(), docs[i], Options{Evidence: true})
				if err != nil || !reflect.DeepEqual(got, want[i]) {
					t.Errorf("page %d has another answer after others: %v", i, err)
				}
			}
		})
	}
	wg.Wait()
}
