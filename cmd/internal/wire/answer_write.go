package wire

import (
	"encoding/binary"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// Numbers of the fields that are written and read here rather than by
// protobuf's own means, which take five times as long. An answer is mostly blocks.
const (
	answerBlocks = 3

	blockText          = 1
	blockStart         = 2
	blockEnd           = 3
	blockPath          = 4
	blockLabel         = 5
	blockRole          = 6
	blockProbabilities = 7
	blockKept          = 8
	blockUnsure        = 9
)

// The types of fields that blocks have, which stand in the last three bits of a tag.
const (
	tagVarint  = byte(protowire.VarintType)
	tagFixed64 = byte(protowire.Fixed64Type)
	tagBytes   = byte(protowire.BytesType)
)

// answer is a ClassifyResponse ready to be written: its blocks, and all the rest of it.
type answer struct {
	blocks []*pb.Block
	rest   *pb.ClassifyResponse
	bound  int // at most so many bytes
}

func newAnswer(m *pb.ClassifyResponse) answer {
	a := answer{blocks: m.GetBlocks(), rest: &pb.ClassifyResponse{}}
	from, to := m.ProtoReflect(), a.rest.ProtoReflect()
	from.Range(func(field protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if field.Number() != answerBlocks {
			to.Set(field, v)
		}
		return true
	})
	to.SetUnknown(from.GetUnknown())
	a.bound = proto.Size(a.rest)
	for _, b := range a.blocks {
		a.bound += plainBound + len(b.GetText()) + len(b.GetPath())
		if !plain(b) {
			a.bound += proto.Size(b)
		}
	}
	return a
}

// append appends the message to b. The strings of blocks must be UTF-8, as
// those that Response makes are.
func (a answer) append(b []byte) ([]byte, error) {
	b, err := proto.MarshalOptions{UseCachedSize: true}.MarshalAppend(b, a.rest)
	for _, m := range a.blocks {
		if err != nil {
			return nil, err
		}
		begin := len(b)
		b = append(b, answerBlocks<<3|tagBytes, 0, 0) // most blocks' lengths take two bytes
		if plain(m) {
			b = appendPlain(b, m)
		} else if b, err = (proto.MarshalOptions{}).MarshalAppend(b, m); err != nil {
			return nil, err
		}
		b = fillLength(b, begin+1)
	}
	return b, err
}

// fillLength puts the length of what follows into the two bytes at b[at:], which it makes as
// many as it takes.
func fillLength(b []byte, at int) []byte {
	n := uint64(len(b) - at - 2)
	if n >= 1<<7 && n < 1<<14 {
		b[at], b[at+1] = byte(n)|0x80, byte(n>>7)
		return b
	}
	var length [10]byte
	return slices.Replace(b, at, at+2, protowire.AppendVarint(length[:0], n)...)
}

// plain reports whether a block has those fields alone that are written here.
func plain(m *pb.Block) bool {
	return m != nil && m.Probabilities != nil && len(m.Hidden) == 0 && len(m.Evidence) == 0 && len(m.Reasons) == 0 &&
		len(m.Targets) == 0 && len(m.ProtoReflect().GetUnknown()) == 0 && len(m.Probabilities.ProtoReflect().GetUnknown()) == 0
}

// plainBound is more than a plain block takes beside its strings: its tag and length, and of its fields five
// numbers, two lengths and five times nine bytes.
const plainBound = 128

func appendPlain(b []byte, m *pb.Block) []byte {
	b = appendString(b, blockText, m.Text)
	b = appendInt(b, blockStart, m.Start)
	b = appendInt(b, blockEnd, m.End)
	b = appendString(b, blockPath, m.Path)
	b = appendInt(b, blockLabel, int32(m.Label))
	b = appendInt(b, blockRole, int32(m.Role))
	b = append(b, blockProbabilities<<3|tagBytes, 0)
	begin, p := len(b), m.Probabilities
	b = appendDouble(b, 1, p.Body)
	b = appendDouble(b, 2, p.Navigation)
	b = appendDouble(b, 3, p.CommentForm)
	b = appendDouble(b, 4, p.Comment)
	b = appendDouble(b, 5, p.LinkSpam)
	b[begin-1] = byte(len(b) - begin) // at most 45
	b = appendBool(b, blockKept, m.Kept)
	return appendBool(b, blockUnsure, m.Unsure)
}

// A field that has its zero value is not written. All numbers of fields are below 16, so
// that a tag is one byte.

func appendString(b []byte, field byte, s string) []byte {
	if s == "" {
		return b
	}
	return append(protowire.AppendVarint(append(b, field<<3|tagBytes), uint64(len(s))), s...)
}

func appendInt(b []byte, field byte, v int32) []byte {
	if v == 0 {
		return b
	}
	return protowire.AppendVarint(append(b, field<<3|tagVarint), uint64(int64(v)))
}

func appendBool(b []byte, field byte, v bool) []byte {
	if !v {
		return b
	}
	return append(b, field<<3|tagVarint, 1)
}

func appendDouble(b []byte, field byte, v float64) []byte {
	bits := math.Float64bits(v)
	if bits == 0 {
		return b
	}
	return binary.LittleEndian.AppendUint64(append(b, field<<3|tagFixed64), bits)
}
