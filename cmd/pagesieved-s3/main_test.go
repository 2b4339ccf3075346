package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
	"github.com/pagesieve/pagesieve/cmd/internal/daemon"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/s3"
)

// TestMain lets this binary be the process that trains for its servers.
func TestMain(m *testing.M) {
	if slices.Equal(os.Args[1:], []string{trainer.ChildArg}) {
		os.Exit(daemon.Run(context.Background(), os.Args[1:], os.Stdout, os.Stderr, daemon.Options{}))
	}
	os.Exit(m.Run())
}

func TestOptions(t *testing.T) {
	env := func(endpoint string) func(string) string {
		return func(name string) string {
			return map[string]string{"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "c"}[name]
		}
	}
	for _, c := range []struct {
		where, endpoint string
		want            s3.Options
	}{
		{"s3://models", "", s3.Options{Endpoint: "s3.amazonaws.com", Bucket: "models"}},
		{"s3://models/a/b", "http://localhost:9000", s3.Options{Endpoint: "localhost:9000", Plain: true, Bucket: "models", Prefix: "a/b/"}},
	} {
		c.want.AccessKey, c.want.SecretKey, c.want.Region = "a", "b", "c"
		if got, err := options(c.where, env(c.endpoint)); err != nil || got != c.want {
			t.Errorf("%s: got %+v, error %v", c.where, got, err)
		}
	}
	for where, endpoint := range map[string]string{"s3://": "", "s3:///a": "", "s3://models": "localhost:9000"} {
		if _, err := options(where, env(endpoint)); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s at %q: error %v", where, endpoint, err)
		}
	}
}

// TestReplicas: of two servers on one bucket, one learns and promotes, and the
// other answers with the new version within seconds.
func TestReplicas(t *testing.T) {
	endpoint := startBucket(t)
	t.Setenv("AWS_ENDPOINT_URL", "http://"+endpoint)
	t.Setenv("AWS_ACCESS_KEY_ID", "pagesieve")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "for tests alone")
	one := launch(t, "--store", "s3://models/shared", "--anonymous-role", "admin")
	two := launch(t, "--store", "s3://models/shared", "--store-follow")
	add(t, one)
	stream, err := pb.NewTrainingServiceClient(one).Train(t.Context(), &pb.TrainRequest{Trees: 2})
	check(t, err)
	var version string
	for version == "" {
		m, err := stream.Recv()
		check(t, err)
		version = m.GetResult().GetVersion().GetId()
	}
	_, err = pb.NewModelServiceClient(one).PromoteVersion(t.Context(), &pb.PromoteVersionRequest{Version: version})
	check(t, err)
	begun := time.Now()
	for answers(t, two) != version {
		if time.Since(begun) > 30*time.Second {
			t.Fatalf("the other server answers with %s, want %s", answers(t, two), version)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Logf("the other server took the version after %v", time.Since(begun))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func add(t *testing.T, conn *grpc.ClientConn) {
	t.Helper()
	stream, err := pb.NewTrainingServiceClient(conn).AddPages(t.Context())
	check(t, err)
	wanted := "The ferry leaves at eight, and whoever misses it has to wait for the tide."
	page := &pb.LabeledPage{Id: "1", Content: &pb.LabeledPage_Html{Html: "<nav><a href=/>Home</a></nav><p>" + wanted}, MainText: &wanted}
	check(t, stream.Send(&pb.AddPagesRequest{Page: page}))
	if a, err := stream.Recv(); err != nil || a.GetError() != nil {
		t.Fatalf("answer %v, error %v", a, err)
	}
	check(t, stream.CloseSend())
}

func answers(t *testing.T, conn *grpc.ClientConn) string {
	t.Helper()
	out, err := pb.NewFilterServiceClient(conn).Classify(t.Context(), &pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_HtmlString{HtmlString: "<p>One."}}})
	check(t, err)
	return out.GetModel()
}

// launch runs the program until the test ends.
func launch(t *testing.T, args ...string) *grpc.ClientConn {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	log, stderr := io.Pipe()
	exit := make(chan int, 1)
	go func() {
		args := append([]string{"--listen", "127.0.0.1:0", "--http", "", "--log-format", "json"}, args...)
		exit <- daemon.Run(ctx, args, io.Discard, stderr, daemon.Options{Store: open})
		_ = stderr.Close()
	}()
	lines, said := bufio.NewScanner(log), ""
	for lines.Scan() {
		said += lines.Text() + "\n"
		var line struct{ Msg, Protocol, Addr string }
		if json.Unmarshal(lines.Bytes(), &line) != nil || line.Msg != "listening" {
			continue
		}
		go func() { _, _ = io.Copy(io.Discard, log) }()
		conn, err := client.Dial(line.Addr)
		check(t, err)
		t.Cleanup(func() {
			_ = conn.Close()
			stop()
			if code := <-exit; code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
		return conn
	}
	stop()
	t.Fatalf("it never listened:\n%s", said)
	return nil
}

// startBucket runs the S3 server of package s3's tests, with a bucket.
func startBucket(t *testing.T) (endpoint string) {
	t.Helper()
	folder := t.TempDir()
	binary := filepath.Join(folder, "versitygw")
	build := exec.Command("go", "build", "-o", binary, "github.com/versity/versitygw/cmd/versitygw")
	build.Dir = "../../training/store/s3/tools"
	build.Env = append(os.Environ(), "GOWORK=off", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the S3 server: %v\n%s", err, out)
	}
	for _, name := range []string{"data", "meta"} {
		check(t, os.Mkdir(filepath.Join(folder, name), 0o700))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	endpoint = l.Addr().String()
	check(t, l.Close())
	cmd := exec.Command(binary, "--port", endpoint, "--access", "pagesieve", "--secret", "for tests alone", "posix", "--sidecar", filepath.Join(folder, "meta"), filepath.Join(folder, "data"))
	check(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	at, err := minio.New(endpoint, &minio.Options{Creds: credentials.NewStaticV4("pagesieve", "for tests alone", "")})
	check(t, err)
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		err := at.MakeBucket(t.Context(), "models", minio.MakeBucketOptions{})
		if err == nil {
			return endpoint
		}
		if time.Since(begun) > 30*time.Second {
			t.Fatal(err)
		}
	}
}
