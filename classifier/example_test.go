package classifier_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
)

const page = `<html><body>
<ul class="menu"><li><a href="/">Home</a></li><li><a href="/tides">Tides</a></li></ul>
<article><h1>The tide mill</h1>
<p>The mill by the harbour has ground rye since 1782, twice a day, whenever the tide falls.</p>
<p>Its wheel was built anew in spring, and the miller says that it now turns in half the water.</p></article>
<form id="commentform"><h3>Leave a Reply</h3><p>Your email address will not be published.</p><textarea name="comment"></textarea></form>
</body></html>`

// The embedded model, used for one page.
func ExampleDefault() {
	c, err := classifier.Default()
	if err != nil {
		log.Fatal(err)
	}
	doc := classifier.Document{HTML: []byte(page), URL: "https://example.org/mill"}
	r, err := c.Classify(context.Background(), doc, classifier.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Metadata.Title)
	fmt.Println(r.Text)
	// Output:
	// The tide mill
	// The mill by the harbour has ground rye since 1782, twice a day, whenever the tide falls.
	//
	// Its wheel was built anew in spring, and the miller says that it now turns in half the water.
}

// A model of one's own, from a file.
func ExampleNew() {
	file, err := os.ReadFile("forum.model")
	if err != nil {
		log.Fatal(err)
	}
	c, err := classifier.New(file)
	if err != nil {
		log.Fatal(err) // a broken or foreign file
	}
	fmt.Println(c.ModelVersion())
}

// Every block with its label, its probability, its place in the page, and why.
func ExampleClassifier_Classify() {
	c, err := classifier.Default()
	if err != nil {
		log.Fatal(err)
	}
	doc := classifier.Document{HTML: []byte(page)}
	r, err := c.Classify(context.Background(), doc, classifier.Options{Evidence: true})
	switch {
	case errors.Is(err, block.ErrTooLarge), errors.Is(err, block.ErrBinary):
		log.Print("not a page to classify: ", err)
		return
	case err != nil:
		log.Fatal(err)
	}
	for _, b := range r.Blocks {
		fmt.Printf("%-12s %.2f  %d–%d  %.40s\n", b.Label, b.Probability(), b.Start, b.End, b.Text)
		for _, e := range b.Evidence {
			fmt.Printf("    %+.1f %s: %s\n", e.LogOdds, e.View, e.Token)
		}
	}
	fmt.Println(r.Kind, r.Verdict, r.Reasons)
}

// Comments as Markdown, with little of anything else.
func ExampleOptions() {
	c, err := classifier.Default()
	if err != nil {
		log.Fatal(err)
	}
	opts := classifier.Options{
		Preset: classifier.Precision,
		Format: classifier.Markdown,
		Labels: []classifier.Label{classifier.Comment},
	}
	r, err := c.Classify(context.Background(), classifier.Document{Text: []byte("Great post!\n\nLeave a Reply")}, opts)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Text)
}
