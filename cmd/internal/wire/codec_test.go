package wire

import (
	"math/rand"
	"strings"
	"testing"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func TestCodec(t *testing.T) {
	c := Codec()
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

// TestAnswers holds that answers on the wire are protobuf's own: what the codec
// writes, protobuf reads, and the other way round.
func TestAnswers(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	c := Codec()
	check := func(want *pb.ClassifyResponse) {
		t.Helper()
		written, err := c.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		standard, err := proto.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{written.Materialize(), standard} {
			var a, b pb.ClassifyResponse
			if err := proto.Unmarshal(data, &a); err != nil || !proto.Equal(want, &a) {
				t.Fatalf("protobuf reads another answer, error %v: want %v, got %v", err, want, &a)
			}
			if err := c.Unmarshal(mem.BufferSlice{mem.SliceBuffer(data)}, &b); err != nil || !proto.Equal(want, &b) {
				t.Fatalf("the codec reads another answer, error %v: want %v, got %v", err, want, &b)
			}
		}
		written.Free()
	}
	for range 100 {
		m := Response(anyResult(t, r))
		check(m)
		for i, b := range m.Blocks { // most blocks have no rare fields
			b.Hidden, b.Evidence, b.Reasons, b.Targets = nil, nil, nil, nil
			b.Text = strings.Repeat(b.Text, i*i)
		}
		check(m)
	}
	unknown := protowire.AppendVarint(protowire.AppendTag(nil, 99, protowire.VarintType), 7)
	m := &pb.ClassifyResponse{Blocks: []*pb.Block{{}, {Start: -1, Probabilities: &pb.LabelProbabilities{Body: 1}}, {Probabilities: &pb.LabelProbabilities{}}}}
	check(m)
	m.ProtoReflect().SetUnknown(unknown)
	m.Blocks[0].ProtoReflect().SetUnknown(unknown)
	m.Blocks[1].Probabilities.ProtoReflect().SetUnknown(unknown)
	check(m)
}

// FuzzAnswer holds that the codec reads what protobuf reads, and nothing else.
func FuzzAnswer(f *testing.F) {
	plain := &pb.Block{Text: "a", Path: "html/body", End: 1, Label: 1, Probabilities: &pb.LabelProbabilities{Body: 0.5}, Kept: true}
	rare := &pb.Block{Text: "é", Reasons: []string{"b"}, Hidden: []pb.HiddenReason{1, 2}}
	for _, blocks := range [][]*pb.Block{{plain}, {rare}, {plain, rare, plain}} {
		data, err := proto.Marshal(&pb.ClassifyResponse{Id: "1", Blocks: blocks, Quality: 1})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	// a text that is not UTF-8, and after it another one in its place
	f.Add([]byte{answerBlocks<<3 | tagBytes, 6, blockText<<3 | tagBytes, 1, 0xff, blockText<<3 | tagBytes, 1, 'a'})
	c := Codec()
	f.Fuzz(func(t *testing.T, data []byte) {
		var want, got pb.ClassifyResponse
		wantErr := proto.Unmarshal(data, &want)
		gotErr := c.Unmarshal(mem.BufferSlice{mem.SliceBuffer(data)}, &got)
		if (wantErr == nil) != (gotErr == nil) {
			t.Fatalf("got error %v, want %v", gotErr, wantErr)
		}
		if wantErr == nil && !proto.Equal(&want, &got) {
			t.Errorf("got %v, want %v", &got, &want)
		}
	})
}
