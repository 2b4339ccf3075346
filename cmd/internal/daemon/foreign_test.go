package daemon

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/pages"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// seal puts the right sum behind a model file's bytes, so that it is not that
// which saves the server.
func seal(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), sum[:]...)
}

// damaged is a model file with something wrong in it and the right sum.
func damaged(r *rand.Rand, good []byte) []byte {
	body := bytes.Clone(good[:len(good)-sha256.Size])
	at := r.IntN(len(body) - 8)
	if r.IntN(3) == 0 {
		at = r.IntN(400) // counts and names
	}
	switch r.IntN(5) {
	case 0:
		body[at] ^= 1 << r.IntN(8)
	case 1:
		binary.LittleEndian.PutUint32(body[at:], ^uint32(0))
	case 2:
		binary.LittleEndian.PutUint64(body[at:], 0x7ff8000000000001) // not a number
	case 3:
		body = body[:at]
	default:
		body = append(body[:at:at], body[at/2:]...)
	}
	return seal(body)
}

// smallModel is a model of a few pages.
func smallModel(t *testing.T) []byte {
	t.Helper()
	all, err := pages.All()
	if err != nil {
		t.Fatal(err)
	}
	var stored []store.Page
	for _, p := range all[:16] {
		s, err := retrain.Stored(training.OwnPage(p))
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, s)
	}
	out, err := retrain.Train(t.Context(), stored, retrain.Options{Name: "small", WithoutBase: true, Trees: 4})
	if err != nil {
		t.Fatal(err)
	}
	return out.Model
}

// TestForeignModels sends model files that nobody trained, as a fuzzer makes
// them, and others that are none at all. Each is refused with a word, or taken
// and then either answers pages or is not promoted.
func TestForeignModels(t *testing.T) {
	p := launch(t, "--store", filepath.Join(t.TempDir(), "store"), "--anonymous-role", "admin")
	conn, err := client.Dial(p.addrs["grpc"])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	models, filter := pb.NewModelServiceClient(conn), pb.NewFilterServiceClient(conn)
	load := func(data []byte) (string, string) {
		stream, err := models.ImportVersion(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for len(data) > 0 {
			n := min(len(data), 1<<20)
			if stream.Send(&pb.ImportVersionRequest{Data: data[:n]}) != nil {
				break
			}
			data = data[n:]
		}
		resp, err := stream.CloseAndRecv()
		return resp.GetVersion().GetId(), outcome(err)
	}

	good := smallModel(t)
	var encoded bytes.Buffer
	if err := gob.NewEncoder(&encoded).Encode(map[string][]float64{"body": {1, 2}, "rest": {3}}); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"gob": encoded.Bytes(), "sealed gob": seal(encoded.Bytes()), "zip bomb": bomb(t), "nothing": nil,
		"sealed ones": seal(bytes.Repeat([]byte{0xff}, 1<<16)), "head alone": seal(good[:12]), "without its sum": good[:len(good)-sha256.Size],
	} {
		if _, got := load(data); got != "InvalidArgument MODEL_BROKEN" {
			t.Errorf("%s: %s", name, got)
		}
	}
	r := rand.New(rand.NewPCG(3, 3))
	outcomes := map[string]int{}
	for range 120 {
		id, got := load(damaged(r, good))
		outcomes[got]++
		if got != codes.OK.String() {
			continue
		}
		if _, err := models.PromoteVersion(t.Context(), &pb.PromoteVersionRequest{Version: id}); err != nil {
			t.Errorf("a model that was taken is not promoted: %s", outcome(err))
		}
		if _, err := filter.Classify(t.Context(), htmlPage("<h1>Tide</h1><p>The ferry leaves at eight, and whoever misses it has to wait.")); err != nil {
			t.Errorf("with a model that was taken: %s", outcome(err))
		}
	}
	t.Log(outcomes)
	for got := range outcomes {
		if got != codes.OK.String() && !strings.HasSuffix(got, " MODEL_BROKEN") {
			t.Errorf("outcome %s", got)
		}
	}
	if outcomes["InvalidArgument MODEL_BROKEN"] < 20 || outcomes[codes.OK.String()] == 0 {
		t.Errorf("outcomes %v: want both", outcomes)
	}
	if _, got := load(good); got != codes.OK.String() {
		t.Errorf("the model as it was: %s", got)
	}
	if log := p.log.String(); strings.Contains(log, `"level":"ERROR"`) || strings.Contains(log, "panic") {
		t.Errorf("in the log:\n%.3000s", log)
	}
}
