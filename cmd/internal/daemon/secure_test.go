package daemon

import (
	"crypto/tls"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// dial connects over TLS, for the length of the test.
func dial(t testing.TB, addr string, c *tls.Config) pb.FilterServiceClient {
	t.Helper()
	conn, err := client.Dial(addr, grpc.WithTransportCredentials(credentials.NewTLS(c)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return pb.NewFilterServiceClient(conn)
}

// classify asks for one page and gives back the code.
func classify(t testing.TB, c pb.FilterServiceClient, token string) codes.Code {
	t.Helper()
	ctx := t.Context()
	if token != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
	}
	_, err := c.Classify(ctx, &pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_HtmlString{HtmlString: "<p>One.<p>Two."}}})
	return status.Code(err)
}

// eventually waits for what a reload brings about.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func TestTokensAndCertificates(t *testing.T) {
	a := newAuthority(t)
	files, flags := a.guarded(t)
	p := launch(t, flags...)
	bare := dial(t, p.addrs["grpc"], a.client(t, nil, nil))
	robotCert, robotKey := a.sign(t, "robot.example", 3, time.Now().Add(time.Hour))
	robot := dial(t, p.addrs["grpc"], a.client(t, robotCert, robotKey))
	strangerCert, strangerKey := a.sign(t, "stranger.example", 4, time.Now().Add(time.Hour))
	stranger := dial(t, p.addrs["grpc"], a.client(t, strangerCert, strangerKey))
	for _, c := range []struct {
		name  string
		call  pb.FilterServiceClient
		token string
		want  codes.Code
	}{
		{"token", bare, goodToken, codes.OK},
		{"other token", bare, otherToken, codes.Unauthenticated},
		{"nothing", bare, "", codes.Unauthenticated},
		{"certificate", robot, "", codes.OK},
		{"stranger's certificate", stranger, "", codes.PermissionDenied},
		{"stranger's certificate and a token", stranger, goodToken, codes.OK},
	} {
		if got := classify(t, c.call, c.token); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	files.put(t, "who", []byte("crawler classify token:"+otherToken+"\n"))
	eventually(t, "the other token is good", func() bool { return classify(t, bare, otherToken) == codes.OK })
	if got := classify(t, bare, goodToken); got != codes.Unauthenticated {
		t.Errorf("the token that was taken away: %v", got)
	}
	if got := classify(t, robot, ""); got != codes.PermissionDenied {
		t.Errorf("the certificate that was taken away: %v", got)
	}
	files.put(t, "who", []byte("nonsense"))
	eventually(t, "an error in the log", func() bool { return strings.Contains(p.log.String(), "going on with what was read before") })
	if got := classify(t, bare, otherToken); got != codes.OK {
		t.Errorf("after a bad file: %v", got)
	}
}

// serial is that of the certificate that the server shows.
func serial(t *testing.T, addr string, c *tls.Config) int64 {
	t.Helper()
	conn, err := tls.Dial("tcp", addr, c)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

func TestCertificateIsRenewed(t *testing.T) {
	a := newAuthority(t)
	files, flags := a.guarded(t)
	p := launch(t, flags...)
	trust := a.client(t, nil, nil)
	old := dial(t, p.addrs["grpc"], trust)
	if got := classify(t, old, goodToken); got != codes.OK {
		t.Fatal(got)
	}
	cert, key := a.sign(t, "localhost", 77, time.Now().Add(time.Hour))
	files.put(t, "cert.pem", cert) // for a moment it does not fit its key
	files.put(t, "key.pem", key)
	for _, protocol := range []string{"grpc", "http"} {
		eventually(t, protocol+" shows the new certificate", func() bool { return serial(t, p.addrs[protocol], trust) == 77 })
	}
	if got := classify(t, old, goodToken); got != codes.OK {
		t.Errorf("a connection that was open: %v", got)
	}
}

// Without a file of credentials TLS itself asks for a certificate.
func TestClientsMustHaveACertificate(t *testing.T) {
	a := newAuthority(t)
	_, flags := a.guarded(t)
	p := launch(t, flags[:6]...)
	if got := classify(t, dial(t, p.addrs["grpc"], a.client(t, nil, nil)), ""); got != codes.Unavailable {
		t.Errorf("without one: %v", got)
	}
	cert, key := a.sign(t, "anyone.example", 5, time.Now().Add(time.Hour))
	if got := classify(t, dial(t, p.addrs["grpc"], a.client(t, cert, key)), ""); got != codes.OK {
		t.Errorf("with one: %v", got)
	}
}

func TestExpiredServerCertificateIsRefused(t *testing.T) {
	a := newAuthority(t)
	cert, key := a.sign(t, "localhost", 6, time.Now().Add(-time.Minute))
	if _, err := parseTLS([][]byte{cert, key}, false); err == nil || !strings.Contains(err.Error(), "has expired on") {
		t.Errorf("got %v", err)
	}
}
