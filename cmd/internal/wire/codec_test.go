package wire

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func TestCodec(t *testing.T) {
	c, err := Codec()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, 1000, 4096, 50_000, 1 << 20, 5 << 20} {
		want := &pb.Page{Id: "1", Content: &pb.Page_Text{Text: strings.Repeat("x", size)}}
		data, err := c.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got pb.Page
		if err := c.Unmarshal(data, &got); err != nil || !proto.Equal(want, &got) {
			t.Errorf("%d bytes came back as %d, error %v", size, len(got.GetText()), err)
		}
		data.Free()
	}
	if _, err := c.Marshal("text"); err == nil {
		t.Error("a string was marshalled")
	}
	if _, err := c.Marshal(&pb.Page{Id: "\xff"}); err == nil {
		t.Error("broken UTF-8 was marshalled")
	}
	if err := c.Unmarshal(nil, "text"); err == nil {
		t.Error("a string was unmarshalled into")
	}
}
