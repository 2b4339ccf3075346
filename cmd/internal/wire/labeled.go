package wire

import (
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/encoding/protojson"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
)

// FromLabeledPage is a labelled page from its message, by way of the JSON form
// that both have. Its error wraps training.ErrPage.
func FromLabeledPage(m *pb.LabeledPage) (training.LabeledPage, error) {
	data, err := protojson.Marshal(m)
	if err != nil {
		return training.LabeledPage{ID: m.GetId()}, fmt.Errorf("%w %q: %w", training.ErrPage, m.GetId(), err)
	}
	return training.ParsePage(data)
}

// LabeledPage is the inverse of FromLabeledPage.
func LabeledPage(p training.LabeledPage) (*pb.LabeledPage, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("%w %q: %w", training.ErrPage, p.ID, err)
	}
	m := &pb.LabeledPage{}
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("%w %q: %w", training.ErrPage, p.ID, err)
	}
	return m, nil
}
