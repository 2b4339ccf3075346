package daemon

import (
	"io"
	"path/filepath"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// TestStore: with a store the services are there, for those who have the role,
// and after a restart what was stored is too.
func TestStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store")
	for round := range 2 {
		p := launch(t, "--store", path, "--anonymous-role", "train")
		conn, err := client.Dial(p.addrs["grpc"])
		if err != nil {
			t.Fatal(err)
		}
		training, models := pb.NewTrainingServiceClient(conn), pb.NewModelServiceClient(conn)
		list, err := training.ListPages(t.Context(), &pb.ListPagesRequest{})
		if err != nil || int(list.GetTotalSize()) != round {
			t.Errorf("round %d: %d pages, error %v", round, list.GetTotalSize(), err)
		}
		addOne(t, training)
		if versions, err := models.ListVersions(t.Context(), &pb.ListVersionsRequest{}); err != nil || !versions.GetVersions()[0].GetActive() {
			t.Errorf("versions %v, error %v", versions, err)
		}
		if _, err := models.PromoteVersion(t.Context(), &pb.PromoteVersionRequest{Version: "default"}); status.Code(err) != codes.PermissionDenied {
			t.Errorf("promoting without the role: error %v", err)
		}
		_ = conn.Close()
		p.end(t)
	}
}

func addOne(t *testing.T, training pb.TrainingServiceClient) {
	t.Helper()
	stream, err := training.AddPages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wanted := "The ferry leaves at eight, and whoever misses it has to wait for the tide."
	page := &pb.LabeledPage{Id: "1", Content: &pb.LabeledPage_Html{Html: "<p>" + wanted}, MainText: &wanted}
	if err := stream.Send(&pb.AddPagesRequest{Page: page}); err != nil {
		t.Fatal(err)
	}
	if a, err := stream.Recv(); err != nil || a.GetError() != nil {
		t.Errorf("answer %v, error %v", a, err)
	}
	_ = stream.CloseSend()
	if _, err := stream.Recv(); err != io.EOF {
		t.Errorf("the stream ends with %v", err)
	}
}
