package wire

import (
	"fmt"

	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// codec is gRPC's own codec for protobuf but for its pool of buffers, and for
// answers: by far the largest messages of many parts, they are written by
// answer_write.go and read by answer_read.go.
type codec struct{ pool *pool }

// Codec is protobuf for gRPC, made for pages and answers. It takes and gives
// the same messages as any other.
func Codec() encoding.CodecV2 { return codec{new(pool)} }

// Name is the content subtype.
func (codec) Name() string { return "proto" }

// Marshal encodes a message.
func (c codec) Marshal(v any) (mem.BufferSlice, error) {
	m, err := message(v)
	if err != nil {
		return nil, err
	}
	if answer, ok := m.(*pb.ClassifyResponse); ok {
		a := newAnswer(answer)
		return c.buffer(a.bound, a.append)
	}
	return c.buffer(proto.Size(m), func(b []byte) ([]byte, error) {
		return proto.MarshalOptions{UseCachedSize: true}.MarshalAppend(b, m)
	})
}

// buffer is what write appends, which is at most so many bytes.
func (c codec) buffer(bound int, write func([]byte) ([]byte, error)) (mem.BufferSlice, error) {
	if mem.IsBelowBufferPoolingThreshold(bound) {
		data, err := write(make([]byte, 0, bound))
		if err != nil {
			return nil, err
		}
		return mem.BufferSlice{mem.SliceBuffer(data)}, nil
	}
	buf := c.pool.Get(bound)
	data, err := write((*buf)[:0])
	if err != nil {
		c.pool.Put(buf)
		return nil, err
	}
	*buf = data
	return mem.BufferSlice{mem.NewBuffer(buf, c.pool)}, nil
}

// Unmarshal decodes into a message, which shares no memory with data.
func (c codec) Unmarshal(data mem.BufferSlice, v any) error {
	m, err := message(v)
	if err != nil {
		return err
	}
	buf := data.MaterializeToBuffer(c.pool)
	defer buf.Free()
	if answer, ok := m.(*pb.ClassifyResponse); ok {
		return readAnswer(buf.ReadOnlyData(), answer)
	}
	return proto.Unmarshal(buf.ReadOnlyData(), m)
}

func message(v any) (proto.Message, error) {
	switch m := v.(type) {
	case proto.Message:
		return m, nil
	case protoadapt.MessageV1:
		return protoadapt.MessageV2Of(m), nil
	}
	return nil, fmt.Errorf("a %T is no protobuf message", v)
}
