package retrain

import (
	"strings"
	"sync"
)

// Progress tells how far a training is.
type Progress struct {
	Stage string
	Pages int     // that are trained on
	Done  float64 // share of the work, 0 to 1, as far as can be told; never falls
}

// meter turns what the trainer says of each of several trainings into a share
// of all the work.
type meter struct {
	mu       sync.Mutex
	report   func(Progress)
	last     Progress
	from, to float64 // what of the work the present part is
}

func newMeter(report func(Progress)) *meter {
	if report == nil {
		report = func(Progress) {}
	}
	return &meter{report: report}
}

// part begins a part that is a share of all the work.
func (m *meter) part(share float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.from, m.to = m.last.Done, min(m.last.Done+share, 1)
}

// pages says how many pages there are.
func (m *meter) pages(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last.Pages = n
}

// at says how much of the part is done.
func (m *meter) at(stage string, share float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last.Stage = stage
	m.last.Done = max(m.last.Done, m.from+(m.to-m.from)*min(share, 1))
	m.report(m.last)
}

// stages are those of one training, in order, and about where in its time each
// ends.
var stages = []struct {
	name string
	end  float64
}{
	{"count", 0.04}, {"compile", 0.08},
	{"html pass 1", 0.22}, {"html pass 2", 0.43},
	{"text pass 1", 0.55}, {"text pass 2", 0.68},
	{"bare html pass 1", 0.84}, {"bare html pass 2", 1},
}

// training takes the trainer's word.
func (m *meter) training(stage string, done, total int) {
	name := stage
	if _, rest, ok := strings.Cut(stage, ": "); ok { // of a fold
		name = rest
	}
	begin := 0.0
	for _, s := range stages {
		if s.name == name {
			m.at(stage, begin+(s.end-begin)*float64(done)/float64(max(total, 1)))
			return
		}
		begin = s.end
	}
}
