package bayes

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const testSchema = "test inputs"

// smallModel is a model with something in every part.
func smallModel() *Model {
	rng := rand.New(rand.NewPCG(7, 8))
	m := &Model{Name: "small", Notes: []string{"pages: 3"}}
	for range 3 {
		m.Views = append(m.Views, Compile(randomCounts(rng, 50).Classifiers()))
	}
	kinds := KindCounts{}
	for range 20 {
		kinds.Add(rng.Uint32()|1, rng.IntN(NumKinds))
	}
	m.Kinds = CompileKinds(kinds.Classifier(), [NumKinds]float64{1, 2, 3})
	forest, _, _ := boostCheckers(1)
	for f := range m.Pools {
		for pass := range m.Pools[f] {
			m.Pools[f][pass] = Pool{Body: forest, Form: forest, Comment: forest, Spam: forest, Calibration: Calibration{A: 0.9, B: 0.1}}
		}
	}
	return m
}

func TestModelFileRoundTrip(t *testing.T) {
	m := smallModel()
	first := m.Encode(testSchema)
	back, err := Decode(first, testSchema)
	if err != nil {
		t.Fatal(err)
	}
	if second := back.Encode(testSchema); !bytes.Equal(first, second) {
		t.Error("encoding what was decoded gives other bytes")
	}
	if back.Digest != m.Digest || back.Name != m.Name || !slices.Equal(back.Notes, m.Notes) {
		t.Errorf("header: %q %q %q", back.Name, back.Notes, back.Digest)
	}
	var answers [2][1][NumLabels]float32
	for i, m := range []*Model{back, m} {
		m.Pools[Text][1].ProbabilitiesOf([][]float32{{0.3, -0.2, 0.5}}, answers[i][:])
	}
	if answers[0] != answers[1] {
		t.Error("pools answer otherwise")
	}
}

// seal gives a changed body a checksum that fits, so that the checks behind
// the checksum are reached.
func seal(data []byte) []byte {
	body := slices.Clone(data[:len(data)-sha256.Size])
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}

func TestBadModelFiles(t *testing.T) {
	good := smallModel().Encode(testSchema)
	version := slices.Clone(good)
	binary.LittleEndian.PutUint32(version[8:], 99)
	flipped := slices.Clone(good)
	flipped[len(flipped)/2] ^= 1
	huge := slices.Clone(good)
	binary.LittleEndian.PutUint32(huge[12:], 1<<31) // length of the schema string
	cases := []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "not a pagesieve model"},
		{"foreign", []byte("GIF89a and so on, long enough to hold a checksum at its end......"), "not a pagesieve model"},
		{"short", good[:20], "cut short"},
		{"truncated", good[:len(good)-100], "checksum"},
		{"flipped", flipped, "checksum"},
		{"version", seal(version), "version 99"},
		{"huge count", seal(huge), "beyond the file's size"},
		{"left over", seal(append(slices.Clone(good[:len(good)-sha256.Size]), make([]byte, 40)...)), "left over"},
	}
	for _, c := range cases {
		if _, err := Decode(c.data, testSchema); err == nil || !errors.Is(err, ErrModel) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
	if _, err := Decode(good, "other inputs"); err == nil || !strings.Contains(err.Error(), "train it again") {
		t.Errorf("schema: error %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	good := smallModel().Encode(testSchema)
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > sha256.Size {
			data = seal(data)
		}
		m, err := Decode(data, testSchema)
		if err != nil {
			return
		}
		if again := m.Encode(testSchema); !bytes.Equal(again, data) {
			t.Error("a file that decodes does not encode to itself")
		}
	})
}
