package bayes

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// A model file is, all numbers little-endian:
//
//	magic     8 bytes "PGSIEVE\n"
//	version   uint32, 1
//	schema    string: which inputs the pools were fitted to
//	name      string
//	notes     uint32 n, then n strings
//	views     uint32 n, then n tables
//	kinds     7 float64 log priors, then a table with 7 odds a token
//	pools     first and second pass for html, for text, for bare html
//	sum       SHA-256 of everything before it
//
//	string    uint32 length, then UTF-8 bytes
//	table     uint32 n; n uint32 keys, ascending; n×4 int16 odds in 1/256 nat
//	          (body:rest, comment_form:navigation, comment:…, link_spam:…)
//	pool      two float64 (calibration A, B); four forests (body,
//	          comment_form, comment, link_spam)
//	forest    uint32 depth, inputs, trees; float32 bias; then, tree by tree,
//	          2^depth−1 uint16 inputs, as many float32 cuts, as many float32
//	          means, and 2^depth float32 leaves
//
// The same model always gives the same bytes. Readers of later versions go on
// reading version 1.
const (
	magic       = "PGSIEVE\n"
	fileVersion = 1
)

// ErrModel is wrapped by every error about a model file.
var ErrModel = errors.New("model file")

// Limits of a model file, so that a broken one cannot ask for much.
const (
	maxModelBytes = 256 << 20
	maxString     = 1 << 16
	maxNotes      = 1 << 12
	maxViews      = 64
	maxDepth      = 10
	maxInputs     = 1 << inputBits
	maxTrees      = 1 << 14
)

// Encode writes a model file, and sets the model's digest.
func (m *Model) Encode(schema string) []byte {
	w := &writer{}
	w.raw([]byte(magic))
	w.u32(fileVersion)
	w.str(schema)
	w.str(m.Name)
	w.u32(uint32(len(m.Notes)))
	for _, n := range m.Notes {
		w.str(n)
	}
	w.u32(uint32(len(m.Views)))
	for _, v := range m.Views {
		w.table(v)
	}
	w.kinds(m.Kinds)
	for f := range m.Pools {
		for pass := range m.Pools[f] {
			w.pool(&m.Pools[f][pass])
		}
	}
	sum := sha256.Sum256(w.b)
	w.raw(sum[:])
	m.Digest = hex.EncodeToString(sum[:])
	return w.b
}

type writer struct{ b []byte }

func (w *writer) raw(b []byte)  { w.b = append(w.b, b...) }
func (w *writer) u32(v uint32)  { w.b = binary.LittleEndian.AppendUint32(w.b, v) }
func (w *writer) u16(v uint16)  { w.b = binary.LittleEndian.AppendUint16(w.b, v) }
func (w *writer) f32(v float32) { w.u32(math.Float32bits(v)) }
func (w *writer) f64(v float64) { w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v)) }
func (w *writer) str(s string) {
	w.u32(uint32(len(s)))
	w.raw([]byte(s))
}

func (w *writer) table(t *Table) {
	keys, odds := t.Sorted()
	w.u32(uint32(len(keys)))
	for _, k := range keys {
		w.u32(k)
	}
	for _, o := range odds {
		for _, v := range o {
			w.u16(uint16(v))
		}
	}
}

func (w *writer) kinds(t *KindTable) {
	for _, p := range t.Prior {
		w.f64(p)
	}
	w.u32(uint32(len(t.order)))
	for _, k := range t.order {
		w.u32(k)
	}
	for _, o := range t.odds {
		for _, v := range o {
			w.u16(uint16(v))
		}
	}
}

func (w *writer) pool(p *Pool) {
	w.f64(p.Calibration.A)
	w.f64(p.Calibration.B)
	for _, f := range p.Forests() {
		w.forest(f)
	}
}

// Forests are those of body, comment form, comment and link spam.
func (p *Pool) Forests() [4]*Forest { return [4]*Forest{p.Body, p.Form, p.Comment, p.Spam} }

func (w *writer) forest(f *Forest) {
	inner, leaves, trees := 1<<f.Depth-1, 1<<f.Depth, f.Trees()
	w.u32(uint32(f.Depth))
	w.u32(uint32(f.Inputs))
	w.u32(uint32(trees))
	w.f32(f.Bias)
	for t := range trees {
		for _, v := range f.Input[t*inner : (t+1)*inner] {
			w.u16(v)
		}
		for _, v := range f.Cut[t*inner : (t+1)*inner] {
			w.f32(v)
		}
		for _, v := range f.Mean[t*inner : (t+1)*inner] {
			w.f32(v)
		}
		for _, v := range f.Leaf[t*leaves : (t+1)*leaves] {
			w.f32(v)
		}
	}
}

// Sorted is the table's content by ascending key.
func (t *Table) Sorted() ([]uint32, []Odds) {
	used := make([]slot, 0, t.n)
	for _, s := range t.slots {
		if s.key != 0 {
			used = append(used, s)
		}
	}
	slices.SortFunc(used, func(a, b slot) int { return cmp.Compare(a.key, b.key) })
	keys, odds := make([]uint32, len(used)), make([]Odds, len(used))
	for i, s := range used {
		keys[i], odds[i] = s.key, s.odds
	}
	return keys, odds
}

// Decode reads a model file. schema must be the one it was written with. A
// broken, foreign or hostile file is an error that wraps ErrModel; memory
// stays in proportion to the file's size.
func Decode(data []byte, schema string) (*Model, error) {
	m, err := decode(data, schema)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrModel, err)
	}
	return m, nil
}

func decode(data []byte, schema string) (*Model, error) {
	switch {
	case len(data) > maxModelBytes:
		return nil, fmt.Errorf("longer than %d MiB", maxModelBytes>>20)
	case len(data) < len(magic) || !bytes.Equal(data[:len(magic)], []byte(magic)):
		return nil, errors.New("not a pagesieve model")
	case len(data) < len(magic)+4+sha256.Size:
		return nil, errTruncated
	}
	r := &reader{b: data[len(magic) : len(data)-sha256.Size]}
	if v := r.u32(); v != fileVersion {
		return nil, fmt.Errorf("version %d of the format, this program reads %d", v, fileVersion)
	}
	sum := sha256.Sum256(data[:len(data)-sha256.Size])
	if !bytes.Equal(sum[:], data[len(data)-sha256.Size:]) {
		return nil, errors.New("checksum does not match: the file is damaged or cut short")
	}
	if s := r.str(); s != schema && r.err == nil {
		return nil, fmt.Errorf("made for inputs %q, this program has %q: train it again", s, schema)
	}
	m := r.model()
	if r.err == nil && len(r.b) > 0 {
		r.err = errors.New("bytes left over at the end")
	}
	m.Digest = hex.EncodeToString(sum[:])
	return m, r.err
}

var errTruncated = errors.New("cut short")

// reader reads; after its first error it gives zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) take(n int) []byte {
	if r.err == nil && n > len(r.b) {
		r.err = errTruncated
	}
	if r.err != nil {
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) u32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) f64() float64 {
	if b := r.take(8); b != nil {
		return r.finite(math.Float64frombits(binary.LittleEndian.Uint64(b)))
	}
	return 0
}

func (r *reader) f32() float32 { return float32(r.finite(float64(math.Float32frombits(r.u32())))) }

func (r *reader) finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		r.fail("a number is not finite")
		return 0
	}
	return v
}

func (r *reader) fail(why string) {
	if r.err == nil {
		r.err = errors.New(why)
	}
}

// count reads a number of things of size bytes each, of which there must be
// that many bytes left.
func (r *reader) count(most, size int) int {
	n := r.u32()
	if uint64(n) > uint64(most) || uint64(n)*uint64(size) > uint64(len(r.b)) {
		r.fail("a count is beyond the file's size or the limits")
		return 0
	}
	return int(n)
}

func (r *reader) str() string { return string(r.take(r.count(maxString, 1))) }

func (r *reader) model() *Model {
	m := &Model{Name: r.str()}
	for range r.count(maxNotes, 4) {
		m.Notes = append(m.Notes, r.str())
	}
	for range r.count(maxViews, 4) {
		m.Views = append(m.Views, r.table())
	}
	m.Kinds = r.kinds()
	for f := range m.Pools {
		for pass := range m.Pools[f] {
			m.Pools[f][pass] = r.pool()
		}
	}
	return m
}

func (r *reader) keys(size int) []uint32 {
	n := r.count(math.MaxInt32, 4+size)
	raw := r.take(4 * n)
	keys := make([]uint32, len(raw)/4)
	last := uint32(0)
	for i := range keys {
		keys[i] = binary.LittleEndian.Uint32(raw[4*i:])
		if keys[i] <= last {
			r.fail("keys are not in ascending order")
			return nil
		}
		last = keys[i]
	}
	return keys
}

func (r *reader) table() *Table {
	keys := r.keys(2 * NumOdds)
	raw := r.take(2 * NumOdds * len(keys))
	odds := make([]Odds, len(raw)/(2*NumOdds))
	for i := range odds {
		for k := range NumOdds {
			odds[i][k] = int16(binary.LittleEndian.Uint16(raw[2*(i*NumOdds+k):]))
		}
	}
	return NewTable(keys[:len(odds)], odds)
}

func (r *reader) kinds() *KindTable {
	var prior [NumKinds]float64
	for k := range prior {
		prior[k] = r.f64()
	}
	keys := r.keys(2 * NumKinds)
	raw := r.take(2 * NumKinds * len(keys))
	odds := make([][NumKinds]int16, len(raw)/(2*NumKinds))
	for i := range odds {
		for k := range NumKinds {
			odds[i][k] = int16(binary.LittleEndian.Uint16(raw[2*(i*NumKinds+k):]))
		}
	}
	return NewKindTable(prior, keys[:len(odds)], odds)
}

func (r *reader) pool() Pool {
	c := Calibration{A: r.f64(), B: r.f64()}
	p := Pool{Calibration: c, Body: r.forest(), Form: r.forest(), Comment: r.forest(), Spam: r.forest()}
	forests := p // without what is made of it
	p.cuts = sync.OnceValue(func() *cuts { return newCuts(&forests) })
	return p
}

func (r *reader) forest() *Forest {
	depth, inputs := int(r.u32()), int(r.u32())
	if depth < 1 || depth > maxDepth || inputs < 1 || inputs > maxInputs {
		r.fail("a forest is beyond the limits")
		return &Forest{Depth: 1}
	}
	inner, leaves := 1<<depth-1, 1<<depth
	trees := r.count(maxTrees, inner*10+leaves*4)
	f := &Forest{Depth: depth, Inputs: inputs, Bias: r.f32()}
	nodes := make([]float32, 2*inner*trees)
	f.Input, f.Leaf = make([]uint16, inner*trees), make([]float32, leaves*trees)
	f.Cut, f.Mean = nodes[:inner*trees], nodes[inner*trees:]
	for t := range trees {
		from, to := t*inner, (t+1)*inner
		r.inputs(f.Input[from:to], inputs)
		r.floats(f.Cut[from:to])
		r.floats(f.Mean[from:to])
		r.floats(f.Leaf[t*leaves : (t+1)*leaves])
	}
	return f.index()
}

func (r *reader) floats(to []float32) {
	b := r.take(4 * len(to))
	for i := 0; i < len(to) && 4*i < len(b); i++ {
		to[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if to[i]-to[i] != 0 { // NaN or infinite
			r.finite(float64(to[i]))
			to[i] = 0
		}
	}
}

func (r *reader) inputs(to []uint16, limit int) {
	b := r.take(2 * len(to))
	for i := 0; i < len(to) && 2*i < len(b); i++ {
		if to[i] = binary.LittleEndian.Uint16(b[2*i:]); int(to[i]) >= limit {
			r.fail("a tree asks for an input that does not exist")
			to[i] = 0
		}
	}
}
