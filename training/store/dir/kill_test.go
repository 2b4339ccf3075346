package dir

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/storetest"
)

// The environment of a writer that is to be killed.
const (
	killStore = "PAGESIEVE_KILL_STORE" // the folder; beside it stands begin.json
	killSeed  = "PAGESIEVE_KILL_SEED"
	killTimes = "PAGESIEVE_KILLS" // how often TestKill kills; few where not set
)

// TestMain runs a writer in place of the tests where TestKill asks for one.
func TestMain(m *testing.M) {
	if path := os.Getenv(killStore); path != "" {
		if err := writeUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeUntilKilled changes a store step by step, and tells of each that is
// acknowledged.
func writeUntilKilled(path string) error {
	data, err := os.ReadFile(filepath.Join(filepath.Dir(path), "begin.json"))
	if err != nil {
		return err
	}
	var begin storetest.State
	if err := json.Unmarshal(data, &begin); err != nil {
		return err
	}
	seed, err := strconv.ParseUint(os.Getenv(killSeed), 10, 64)
	if err != nil {
		return err
	}
	s, err := openStore(path)
	if err != nil {
		return err
	}
	fmt.Println("open")
	w := storetest.NewWorkload(seed, begin)
	for n := 1; ; n++ {
		if err := w.Step()(context.Background(), s); err != nil {
			return err
		}
		fmt.Println(n) // one write: it comes whole or not at all
	}
}

func openStore(path string) (*store.Store, error) {
	d, err := Open(path, Options{})
	if err != nil {
		return nil, err
	}
	return store.Open(context.Background(), d, store.Options{})
}

// TestKill kills a writer again and again at random points. What it was told is
// stored is there after each, what it was told last may be, and nothing else
// is.
func TestKill(t *testing.T) {
	kills := 20
	if v := os.Getenv(killTimes); v != "" {
		var err error
		if kills, err = strconv.Atoi(v); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "store")
	rng := rand.New(rand.NewPCG(20, 26))
	var state storetest.State
	steps, torn := 0, 0
	var starts []time.Duration
	for k := range kills {
		seed := uint64(k)
		acknowledged := killWriter(t, path, seed, state, time.Duration(rng.IntN(30_000))*time.Microsecond)
		start := time.Now()
		s, err := openStore(path)
		if err != nil {
			t.Fatalf("kill %d: %v", k, err)
		}
		starts = append(starts, time.Since(start))
		got, err := storetest.StateOf(t.Context(), s)
		if err != nil {
			t.Fatalf("kill %d: %v", k, err)
		}
		w := storetest.NewWorkload(seed, state)
		for range acknowledged {
			w.Step()
		}
		if got.Key() != w.State().Key() {
			w.Step() // done, but it could not say so
			torn++
		}
		if got.Key() != w.State().Key() {
			t.Fatalf("kill %d after %d steps: got %.600s, want %.600s", k, acknowledged, got.Key(), w.State().Key())
		}
		state = w.State()
		steps += acknowledged
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(filepath.Join(path, "*", unfinished+"*")); len(left) > 0 {
			t.Errorf("kill %d: left over: %v", k, left)
		}
	}
	slices.Sort(starts)
	median := starts[len(starts)/2] // the slowest tells of the machine's other work
	t.Logf("%d kills, %d changes acknowledged, %d done and not acknowledged; start: median %v, slowest %v", kills, steps, torn, median, starts[len(starts)-1])
	if median > time.Second {
		t.Errorf("a start takes %v", median)
	}
	if steps < kills {
		t.Errorf("only %d changes in %d runs: the writer hardly wrote", steps, kills)
	}
}

// killWriter starts a writer, kills it some time after it has begun, and says
// how many changes it acknowledged.
func killWriter(t *testing.T, path string, seed uint64, begin storetest.State, after time.Duration) int {
	t.Helper()
	data, err := json.Marshal(begin)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "begin.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killStore+"="+path, killSeed+"="+strconv.FormatUint(seed, 10))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "open\n" {
		t.Fatalf("the writer does not start: %q, %v", line, err)
	}
	time.Sleep(after)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatalf("the writer ended before it was killed: %v", err)
	}
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // tells that it was killed
	if err := os.Remove(filepath.Join(filepath.Dir(path), "begin.json")); err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(rest), "\n")
}
