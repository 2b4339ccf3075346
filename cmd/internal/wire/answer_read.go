package wire

import (
	"encoding/binary"
	"math"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// readAnswer is proto.Unmarshal for an answer. The blocks' messages, and their strings, share
// an allocation each.
func readAnswer(data []byte, m *pb.ClassifyResponse) error {
	begin, end, n := blockRun(data)
	if n == 0 {
		return proto.Unmarshal(data, m)
	}
	if err := proto.Unmarshal(data[:begin], m); err != nil {
		return err
	}
	if err := (proto.UnmarshalOptions{Merge: true}).Unmarshal(data[end:], m); err != nil {
		return err
	}
	return readBlocks(data[begin:end], n, m)
}

// blockRun finds the n blocks of an answer. n is 0 where they do not follow
// each other without a gap, or where data is no message.
func blockRun(data []byte) (begin, end, n int) {
	for at := 0; at < len(data); {
		number, kind, tag := protowire.ConsumeTag(data[at:])
		if tag < 0 {
			return 0, 0, 0
		}
		value := protowire.ConsumeFieldValue(number, kind, data[at+tag:])
		if value < 0 {
			return 0, 0, 0
		}
		if number == answerBlocks {
			if n == 0 {
				begin, end = at, at
			}
			if at != end || kind != protowire.BytesType {
				return 0, 0, 0
			}
			n, end = n+1, at+tag+value
		}
		at += tag + value
	}
	return begin, end, n
}

// readBlocks reads a run of n blocks, as blockRun found it.
func readBlocks(run []byte, n int, m *pb.ClassifyResponse) error {
	blocks, all, beliefs := make([]pb.Block, n), make([]*pb.Block, n), make([]pb.LabelProbabilities, n)
	text := string(run)
	for i, at := 0, 0; i < n; i++ {
		_, _, tag := protowire.ConsumeTag(run[at:])
		data, length := protowire.ConsumeBytes(run[at+tag:])
		end := at + tag + length
		if !readPlain(data, text[end-len(data):end], &blocks[i], &beliefs[i]) { // it has fields that are rare
			blocks[i].Reset()
			if err := proto.Unmarshal(data, &blocks[i]); err != nil {
				return err
			}
		}
		all[i], at = &blocks[i], end
	}
	m.Blocks = all
	return nil
}

// readPlain reads a block that has only the fields of a plain one, and says
// whether it is one. text is data.
func readPlain(data []byte, text string, m *pb.Block, p *pb.LabelProbabilities) bool {
	for at := 0; at < len(data); {
		tag := data[at]
		at++
		v, n := protowire.ConsumeVarint(data[at:]) // all of its fields begin with one
		if n < 0 {
			return false
		}
		at += n
		switch tag {
		case blockStart<<3 | tagVarint:
			m.Start = int32(v)
		case blockEnd<<3 | tagVarint:
			m.End = int32(v)
		case blockLabel<<3 | tagVarint:
			m.Label = pb.Label(v)
		case blockRole<<3 | tagVarint:
			m.Role = pb.Role(v)
		case blockKept<<3 | tagVarint:
			m.Kept = v != 0
		case blockUnsure<<3 | tagVarint:
			m.Unsure = v != 0
		case blockText<<3 | tagBytes, blockPath<<3 | tagBytes, blockProbabilities<<3 | tagBytes:
			if v > uint64(len(data)-at) {
				return false
			}
			end := at + int(v)
			switch value := text[at:end]; {
			case tag>>3 == blockProbabilities:
				if m.Probabilities = p; !readProbabilities(data[at:end], p) {
					return false
				}
			case !utf8.ValidString(value): // of a field sent twice the last one stays, and both are checked
				return false
			case tag>>3 == blockText:
				m.Text = value
			default:
				m.Path = value
			}
			at = end
		default:
			return false
		}
	}
	return true
}

func readProbabilities(data []byte, p *pb.LabelProbabilities) bool {
	for ; len(data) >= 9; data = data[9:] {
		v := math.Float64frombits(binary.LittleEndian.Uint64(data[1:]))
		switch data[0] {
		case 1<<3 | tagFixed64:
			p.Body = v
		case 2<<3 | tagFixed64:
			p.Navigation = v
		case 3<<3 | tagFixed64:
			p.CommentForm = v
		case 4<<3 | tagFixed64:
			p.Comment = v
		case 5<<3 | tagFixed64:
			p.LinkSpam = v
		default:
			return false
		}
	}
	return len(data) == 0
}
