package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func withToken(ctx context.Context, token string) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
}

// special is a service with a unary method of any name, as other parts of the
// project register them.
func special(service, method string, reached *bool) func(grpc.ServiceRegistrar) {
	return func(r grpc.ServiceRegistrar) {
		r.RegisterService(&grpc.ServiceDesc{ServiceName: service, HandlerType: (*any)(nil), Methods: []grpc.MethodDesc{{
			MethodName: method,
			Handler: func(srv any, ctx context.Context, dec func(any) error, unary grpc.UnaryServerInterceptor) (any, error) {
				req := new(pb.ClassifyRequest)
				if err := dec(req); err != nil {
					return nil, err
				}
				return unary(ctx, req, &grpc.UnaryServerInfo{FullMethod: "/" + service + "/" + method}, func(context.Context, any) (any, error) {
					*reached = true
					return &pb.ClassifyResponse{}, nil
				})
			},
		}}}, struct{}{})
	}
}

// TestRolesHold calls methods of each role with each token.
func TestRolesHold(t *testing.T) {
	a := access(t)
	var reached bool
	f := start(t, Config{Classify: fake, Access: func() *Access { return a }, Services: func(r grpc.ServiceRegistrar) {
		special("pagesieve.v1.TrainingService", "Train", &reached)(r)
		special("pagesieve.v1.ModelService", "PromoteVersion", &reached)(r)
		special("nobody.knows", "Me", &reached)(r)
	}})
	tokens := []string{"", "wrong" + tokenCrawl, tokenCrawl, tokenTrain, tokenAdmin}
	for method, want := range map[string][]codes.Code{
		"/pagesieve.v1.TrainingService/Train":       {codes.Unauthenticated, codes.Unauthenticated, codes.PermissionDenied, codes.OK, codes.OK},
		"/pagesieve.v1.ModelService/PromoteVersion": {codes.Unauthenticated, codes.Unauthenticated, codes.PermissionDenied, codes.PermissionDenied, codes.OK},
		"/nobody.knows/Me":                          {codes.Unauthenticated, codes.Unauthenticated, codes.PermissionDenied, codes.PermissionDenied, codes.OK},
		pb.FilterService_Classify_FullMethodName:    {codes.Unauthenticated, codes.Unauthenticated, codes.OK, codes.OK, codes.OK},
	} {
		for i, token := range tokens {
			ctx := t.Context()
			if token != "" {
				ctx = withToken(ctx, token)
			}
			reached = false
			err := f.conn.Invoke(ctx, method, textRequest("", "hello"), new(pb.ClassifyResponse))
			if status.Code(err) != want[i] {
				t.Errorf("%s with token %d: got %v, want %v", method, i, err, want[i])
			}
			if own := method != pb.FilterService_Classify_FullMethodName; own && reached != (want[i] == codes.OK) {
				t.Errorf("%s with token %d: reached the handler: %v", method, i, reached)
			}
			if reason, hint := reasonOf(err); err != nil && (reason == "" || hint == "") {
				t.Errorf("%s with token %d: no reason or hint: %v", method, i, err)
			}
		}
	}
	if _, err := grpc_health_v1.NewHealthClient(f.conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
		t.Errorf("health asks who calls: %v", err)
	}
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); status.Code(err) != codes.Unauthenticated {
		t.Errorf("a stream without a token: %v", err)
	}
	if log := f.log.String(); strings.Contains(log, tokenCrawl) || !strings.Contains(log, "client=crawler") {
		t.Errorf("a token in the log, or no name of a client:\n%s", log)
	}
	if n := strings.Count(f.log.String(), "code=Unauthenticated"); n > 3 {
		t.Errorf("%d lines for refused calls within moments", n)
	}
}

// Without credentials everyone may classify, and training and models are off.
func TestTrainingIsOffUnlessConfigured(t *testing.T) {
	var reached bool
	f := start(t, Config{Classify: fake, Services: special("pagesieve.v1.TrainingService", "Train", &reached)})
	err := f.conn.Invoke(t.Context(), "/pagesieve.v1.TrainingService/Train", textRequest("", "x"), new(pb.ClassifyResponse))
	if status.Code(err) != codes.PermissionDenied || reached {
		t.Errorf("got %v, reached %v", err, reached)
	}
	if _, err := f.Classify(t.Context(), textRequest("", "x")); err != nil {
		t.Error(err)
	}
}

// Who runs a server for himself alone may open it.
func TestAnonymousRole(t *testing.T) {
	var reached bool
	f := start(t, Config{Classify: fake, Anonymous: RoleTrain, Services: special("pagesieve.v1.TrainingService", "Train", &reached)})
	err := f.conn.Invoke(t.Context(), "/pagesieve.v1.TrainingService/Train", textRequest("", "x"), new(pb.ClassifyResponse))
	if err != nil || !reached {
		t.Errorf("got %v, reached %v", err, reached)
	}
}

// A credential that is taken away ends with the next call.
func TestAccessIsAskedAtEveryCall(t *testing.T) {
	a, b := access(t), &Access{}
	now := a
	f := start(t, Config{Classify: fake, Access: func() *Access { return now }})
	ctx := withToken(t.Context(), tokenCrawl)
	if _, err := f.Classify(ctx, textRequest("", "x")); err != nil {
		t.Error(err)
	}
	now = b
	if _, err := f.Classify(ctx, textRequest("", "x")); status.Code(err) != codes.Unauthenticated {
		t.Errorf("got %v", err)
	}
}

// blocked is a classifier that holds every page until release.
func blocked() (classify Classify, started chan bool, release chan bool) {
	started, release = make(chan bool, 100), make(chan bool)
	return func(ctx context.Context, doc classifier.Document, opts classifier.Options) (*classifier.Result, error) {
		started <- true
		select {
		case <-release:
			return fake(ctx, doc, opts)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}, started, release
}

func isBusy(t *testing.T, err error) {
	t.Helper()
	reason, _ := reasonOf(err)
	if status.Code(err) != codes.ResourceExhausted || reason != "BUSY" {
		t.Errorf("got %v with reason %q", err, reason)
	}
	for _, d := range status.Convert(err).Details() {
		if info, ok := d.(*errdetails.RetryInfo); ok && info.GetRetryDelay().AsDuration() == retryAfter {
			return
		}
	}
	t.Errorf("no word on when to try again in %v", err)
}

func TestLimitsOfCalls(t *testing.T) {
	a := access(t)
	f := start(t, Config{Classify: fake, Access: func() *Access { return a }, MaxClientCalls: 2, MaxCalls: 3})
	open := func(token string) error {
		stream, err := f.ClassifyStream(withToken(t.Context(), token))
		if err != nil {
			t.Fatal(err)
		}
		if err := stream.Send(streamRequest("", "x")); err != nil {
			_, err = stream.Recv()
			return err
		}
		_, err = stream.Recv()
		return err
	}
	for i, c := range []struct {
		token string
		busy  bool
	}{{tokenCrawl, false}, {tokenCrawl, false}, {tokenCrawl, true}, {tokenTrain, false}, {tokenTrain, true}} {
		err := open(c.token)
		if c.busy {
			isBusy(t, err)
		} else if err != nil {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if _, err := grpc_health_v1.NewHealthClient(f.conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
		t.Errorf("a full server is not healthy: %v", err)
	}
	if n := f.server.metrics.value(t, "pagesieve_shed_total", `reason="client"`); n != 1 {
		t.Errorf("%v calls shed because of their client", n)
	}
}

func TestCallsEnd(t *testing.T) {
	f := start(t, Config{Classify: fake, MaxCalls: 1})
	for i, text := range []string{"good", "binary", "panic", "good"} {
		if _, err := f.Classify(t.Context(), textRequest("", text)); status.Code(err) == codes.ResourceExhausted {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if n := f.server.metrics.value(t, "pagesieve_calls_open", ""); n > 1 {
		t.Errorf("%v calls are open after all ended", n)
	}
}

func TestQueue(t *testing.T) {
	classify, started, release := blocked()
	f := start(t, Config{Classify: classify, Workers: 1, MaxQueue: 1})
	errs := make(chan error, 2)
	call := func() {
		_, err := f.Classify(t.Context(), textRequest("", "x"))
		errs <- err
	}
	go call()
	<-started
	go call()
	for f.server.metrics.value(t, "pagesieve_pages_waiting", "") < 1 {
		time.Sleep(time.Millisecond)
	}
	_, err := f.Classify(t.Context(), textRequest("", "x"))
	isBusy(t, err)
	close(release)
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestWebGate(t *testing.T) {
	a := access(t)
	classify, started, release := blocked()
	s, log := webServer(t, Config{Classify: classify, Access: func() *Access { return a }, MaxClientCalls: 1})
	call := func(path, token string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("hello"))
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		rec := httptest.NewRecorder()
		s.web.Handler.ServeHTTP(rec, r)
		return rec
	}
	for _, path := range []string{"/v1/classify", jsonPath} {
		rec := call(path, "")
		if rec.Code != 401 || rec.Header().Get("WWW-Authenticate") != "Bearer" || !strings.Contains(rec.Body.String(), "UNAUTHENTICATED") {
			t.Errorf("%s: code %d: %s", path, rec.Code, rec.Body)
		}
	}
	a.credentials[0].role = RoleNone // a role too low for it
	if rec := call("/v1/classify", tokenCrawl); rec.Code != 401 {
		t.Errorf("code %d", rec.Code)
	}
	a.credentials[0].role = RoleClassify
	done := make(chan int)
	go func() { done <- call("/v1/classify", tokenCrawl).Code }()
	<-started
	rec := call("/v1/classify", tokenCrawl)
	if rec.Code != 429 || rec.Header().Get("Retry-After") != "1" {
		t.Errorf("code %d: %s", rec.Code, rec.Body)
	}
	close(release)
	if code := <-done; code != 200 {
		t.Errorf("code %d", code)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		rec := httptest.NewRecorder()
		s.web.Handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != 200 {
			t.Errorf("%s asks who calls: %d", path, rec.Code)
		}
	}
	if strings.Contains(log.String(), tokenCrawl) {
		t.Errorf("a token in the log:\n%s", log)
	}
}

func TestClientOf(t *testing.T) {
	for _, c := range []struct{ name, addr, want string }{
		{"", "192.0.2.7:1234", "addr:192.0.2.7"},
		{"", "[::ffff:192.0.2.7]:1234", "addr:192.0.2.7"},
		{"", "[2001:db8:1:2:3:4:5:6]:1", "addr:2001:db8:1:2::/64"},
		{"", "[fe80::1%eth0]:1", "addr:fe80::/64"},
		{"", "@", "addr:@"},
		{"", "bufconn:1", "addr:bufconn"},
		{"crawler", "192.0.2.7:1234", "name:crawler"},
	} {
		if got := clientOf(caller{name: c.name}, c.addr); got != c.want {
			t.Errorf("%v: got %s, want %s", c, got, c.want)
		}
	}
}

// Clients that come and go leave nothing behind.
func TestLimiterForgets(t *testing.T) {
	l := &callLimiter{perClient: 1, inAll: 10, counts: map[string]int{}}
	for i := range 1000 {
		client := fmt.Sprint(i)
		if _, ok := l.enter(client); !ok {
			t.Fatal("refused")
		}
		l.leave(client)
	}
	if len(l.counts) != 0 || l.open() != 0 {
		t.Errorf("%d clients, %v calls left", len(l.counts), l.open())
	}
}

func TestThrottle(t *testing.T) {
	var th throttle
	begin := time.Unix(100, 0)
	lines := 0
	for i := range 100 {
		if n, ok := th.pass(begin.Add(time.Duration(i) * 30 * time.Millisecond)); ok {
			lines++
			if lines > 1 && n < 30 {
				t.Errorf("line %d tells of %d that were not written", lines, n)
			}
		}
	}
	if lines != 3 {
		t.Errorf("%d lines in 3 seconds", lines)
	}
}
