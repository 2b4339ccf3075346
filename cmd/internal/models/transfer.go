package models

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"google.golang.org/grpc"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/store"
)

// piece is how many bytes of a model go into one message.
const piece = 1 << 20

// maxModel is the longest model taken.
const maxModel = store.MaxEntry - 1<<10

func (s *service) ExportVersion(req *pb.ExportVersionRequest, to grpc.ServerStreamingServer[pb.ExportVersionResponse]) error {
	id, err := s.active.find(req.GetVersion())
	if err != nil {
		return Status(err)
	}
	if id == s.active.builtIn.ModelVersion() {
		return Status(fmt.Errorf("%w: version %s is built into the program and not in the store", ErrRequest, id))
	}
	v, err := s.store.Version(id)
	if err != nil {
		return Status(err)
	}
	data, err := s.store.Model(to.Context(), id)
	if err != nil {
		return Status(err)
	}
	out := &pb.ExportVersionResponse{Version: s.active.Message(v, false)}
	for len(data) > 0 {
		n := min(piece, len(data))
		out.Data, data = data[:n], data[n:]
		if err := to.Send(out); err != nil {
			return err
		}
		out = &pb.ExportVersionResponse{}
	}
	return nil
}

func (s *service) ImportVersion(from grpc.ClientStreamingServer[pb.ImportVersionRequest, pb.ImportVersionResponse]) error {
	data, want, err := receive(from)
	if err != nil {
		return Status(err)
	}
	digest := sha256.Sum256(data)
	sum := hex.EncodeToString(digest[:])
	if want != "" && sum != want {
		return Status(fmt.Errorf("%w: the SHA-256 of what came is %s, not %.80s", ErrRequest, sum, want))
	}
	c, err := ready(from.Context(), data)
	if err != nil {
		return Status(err)
	}
	if c.ModelVersion() == s.active.builtIn.ModelVersion() {
		return Status(fmt.Errorf("%w: %s is the version that is built in", ErrRequest, c.ModelVersion()))
	}
	v, err := s.store.Version(c.ModelVersion())
	if errors.Is(err, store.ErrNotFound) || err == nil && v.SHA256 != sum { // the store refuses the latter
		details, _ := Details{Imported: true, Notes: c.ModelInfo().Notes}.Encode()
		v, err = s.store.PutVersion(from.Context(), store.Version{ID: c.ModelVersion(), Details: details}, data)
	}
	if err != nil {
		return Status(err)
	}
	return from.SendAndClose(&pb.ImportVersionResponse{Version: s.active.Message(v, true)})
}

// receive gathers the pieces of a model.
func receive(from grpc.ClientStreamingServer[pb.ImportVersionRequest, pb.ImportVersionResponse]) (data []byte, sum string, err error) {
	for first := true; ; first = false {
		req, err := from.Recv()
		if errors.Is(err, io.EOF) {
			return data, sum, nil
		}
		if err != nil {
			return nil, "", err
		}
		if first {
			sum = req.GetSha256()
		}
		if len(data)+len(req.GetData()) > maxModel {
			return nil, "", fmt.Errorf("%w: the model is longer than %d MiB", ErrRequest, store.MaxEntry>>20)
		}
		data = append(data, req.GetData()...)
	}
}
