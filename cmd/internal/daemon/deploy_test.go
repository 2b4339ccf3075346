package daemon

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
)

// deployed is a file of the folder for those who run the server.
func deployed(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../pagesieved/deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// documents are those of a file of YAML.
func documents(t *testing.T, data []byte) (all []map[string]any) {
	t.Helper()
	d := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var doc map[string]any
		if err := d.Decode(&doc); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, doc)
	}
}

// at is what stands below keys and indices in a document.
func at(t *testing.T, doc any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch key := step.(type) {
		case string:
			m, ok := doc.(map[string]any)
			if !ok || m[key] == nil {
				t.Fatalf("nothing at %v", path)
			}
			doc = m[key]
		case int:
			l, ok := doc.([]any)
			if !ok || len(l) <= key {
				t.Fatalf("nothing at %v", path)
			}
			doc = l[key]
		}
	}
	return doc
}

// texts are the strings of a list.
func texts(t *testing.T, list any) (out []string) {
	t.Helper()
	for _, v := range list.([]any) {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

// reads parses arguments, and a file of settings if there is one, as the
// program does.
func reads(t *testing.T, args []string, file string) *settings {
	t.Helper()
	if i := slices.Index(args, "--config"); i >= 0 {
		args = append(slices.Clone(args[:i]), args[i+2:]...)
	}
	if file != "" {
		args = append(args, "--config", config(t, file))
	}
	s, err := parse(args, none, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSystemdUnit(t *testing.T) {
	unit := string(deployed(t, "pagesieved.service"))
	var args []string
	for line := range strings.Lines(unit) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "[") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok || key == "" {
			t.Errorf("not a setting: %s", line)
		}
		if key == "ExecStart" {
			args = strings.Fields(value)[1:]
		}
	}
	s := reads(t, args, string(deployed(t, "pagesieved.yaml")))
	if s.credentials != "%d/credentials" || s.maxCalls != 512 || !strings.HasPrefix(s.adminAddr, "127.0.0.1:") {
		t.Errorf("got %+v", s)
	}
	for _, want := range []string{"DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=\n", "MemoryDenyWriteExecute=yes"} {
		if !strings.Contains(unit, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestKubernetes(t *testing.T) {
	byKind := map[string]map[string]any{}
	for _, doc := range documents(t, deployed(t, "kubernetes.yaml")) {
		byKind[at(t, doc, "kind").(string)] = doc
		at(t, doc, "apiVersion")
	}
	pod := at(t, byKind["Deployment"], "spec", "template", "spec")
	container := at(t, pod, "containers", 0)
	s := reads(t, texts(t, at(t, container, "args")), at(t, byKind["ConfigMap"], "data", "pagesieved.yaml").(string))
	ports := map[string]string{}
	for _, p := range at(t, container, "ports").([]any) {
		ports[at(t, p, "name").(string)] = fmt.Sprint(":", at(t, p, "containerPort"))
	}
	if ports["grpc"] != s.listenAddr || ports["http"] != s.httpAddr || ports["admin"] != s.adminAddr {
		t.Errorf("ports %v, settings %s %s %s", ports, s.listenAddr, s.httpAddr, s.adminAddr)
	}
	admin := adminOf(t)
	for _, probe := range []string{"startupProbe", "livenessProbe", "readinessProbe"} {
		get := at(t, container, probe, "httpGet")
		if code, _ := ask(admin, at(t, get, "path").(string)); code != 200 || at(t, get, "port") != "admin" {
			t.Errorf("%s: %v answers %d", probe, get, code)
		}
	}
	for _, p := range at(t, byKind["Service"], "spec", "ports").([]any) {
		if ports[at(t, p, "targetPort").(string)] == "" {
			t.Errorf("the service leads to no port: %v", p)
		}
	}
	if at(t, byKind["HorizontalPodAutoscaler"], "spec", "scaleTargetRef", "name") != at(t, byKind["Deployment"], "metadata", "name") {
		t.Error("the autoscaler scales something else")
	}
	if at(t, pod, "securityContext", "runAsNonRoot") != true || at(t, container, "securityContext", "readOnlyRootFilesystem") != true {
		t.Error("it may run as root, or write")
	}
	mounts := texts(t, at(t, container, "volumeMounts"))
	for _, file := range []string{s.tlsCert, s.tlsKey, s.credentials} {
		if !slices.ContainsFunc(mounts, func(m string) bool { return strings.Contains(m, "mountPath:"+filepath.Dir(file)+" ") }) {
			t.Errorf("nothing is mounted for %s: %v", file, mounts)
		}
	}
}

func TestComposeAndDockerfile(t *testing.T) {
	docker := string(deployed(t, "Dockerfile"))
	env := map[string]string{}
	for _, m := range regexp.MustCompile(`(PAGESIEVED_[A-Z_]+)=(\S+)`).FindAllStringSubmatch(docker, -1) {
		env[m[1]] = m[2]
	}
	s, err := parse(nil, func(name string) (string, bool) { v, ok := env[name]; delete(env, name); return v, ok }, io.Discard)
	if err != nil || len(env) > 0 {
		t.Fatalf("%v: no setting has the names %v", err, env)
	}
	if want := fmt.Sprintf("EXPOSE %s %s %s", s.listenAddr[1:], s.httpAddr[1:], s.adminAddr[1:]); !strings.Contains(docker, want) {
		t.Errorf("no %s", want)
	}
	last := docker[strings.LastIndex(docker, "\nFROM "):]
	if !strings.HasPrefix(last, "\nFROM scratch\n") || !strings.Contains(last, "\nUSER 65532:65532\n") {
		t.Errorf("not a bare image without root: %s", last)
	}
	compose := documents(t, deployed(t, "compose.yaml"))[0]
	service := at(t, compose, "services", "pagesieved")
	reads(t, texts(t, at(t, service, "command")), "")
	for _, p := range texts(t, at(t, service, "ports")) {
		if inside := p[strings.LastIndex(p, ":"):]; inside != s.listenAddr && inside != s.httpAddr {
			t.Errorf("a port is published that should not be: %s", p)
		}
	}
	file := filepath.Join("../../..", at(t, service, "build", "dockerfile").(string))
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
	target := at(t, documents(t, deployed(t, "prometheus.yaml"))[0], "scrape_configs", 0, "static_configs", 0, "targets", 0)
	if target != "pagesieved"+s.adminAddr {
		t.Errorf("Prometheus asks %v", target)
	}
}

// adminOf is the admin side of a server that has answered a page.
func adminOf(t *testing.T) *server.Server {
	t.Helper()
	c, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Config{Classify: c.Classify})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(s *server.Server, path string) (code int, body string) {
	rec := httptest.NewRecorder()
	s.Admin().ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
	return rec.Code, rec.Body.String()
}

// TestDashboard holds that every figure that the dashboard shows is one that a
// server that has been called tells.
func TestDashboard(t *testing.T) {
	p := launch(t, "--admin", "127.0.0.1:0")
	callGRPC(t, p.addrs["grpc"])
	told := get(t, "http://"+p.addrs["admin"]+"/metrics")
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(deployed(t, "grafana.json"), &board); err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`\b(?:pagesieve|go|process)_[a-z_]+`)
	label := regexp.MustCompile(`by \(([a-z, ]+)\)`)
	shown := 0
	for _, panel := range board.Panels {
		for _, target := range panel.Targets {
			for _, name := range names.FindAllString(target.Expr, -1) {
				shown++
				if !strings.Contains(told, "\n"+name+"{") && !strings.Contains(told, "\n"+name+" ") {
					t.Errorf("%s: no %s", panel.Title, name)
				}
				for _, by := range label.FindAllStringSubmatch(target.Expr, -1) {
					for l := range strings.SplitSeq(by[1], ", ") {
						if l != "instance" && !regexp.MustCompile(name+`\{[^}]*\b`+l+`="`).MatchString(told) {
							t.Errorf("%s: %s has no label %s", panel.Title, name, l)
						}
					}
				}
			}
		}
	}
	if shown < 15 {
		t.Errorf("only %d figures on the dashboard", shown)
	}
}

func TestExampleCredentials(t *testing.T) {
	if _, err := server.ParseAccess(deployed(t, "credentials.example.txt")); err != nil {
		t.Error(err)
	}
}
