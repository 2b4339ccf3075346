package dir

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/pagesieve/pagesieve/training/store"
)

// A log's file is a header and frames, all numbers little-endian:
//
//	header  8 bytes "PGSLOG1\n", 16 random bytes (the salt), CRC-32C of both
//	frame   the salt's first 4 bytes; uint32 length of the rest; uint32 CRC-32C
//	        of salt, offset of the frame, length and rest; then the rest: uvarint
//	        number of entries, and each entry with its length before it as uvarint
//
// A frame holds the entries of one Append, all or none. It is written when the
// frame before it is durable. Hence a frame that cannot be read is the torn end
// of an Append that nobody was told of, unless a good frame follows: then it is
// damage. (Damage to the very last frame looks like a torn end.) The salt makes every file another, and no page can hold what would
// pass for a frame.
const (
	logMagic   = "PGSLOG1\n"
	saltBytes  = 16
	headBytes  = len(logMagic) + saltBytes + 4
	frameBytes = 12
	maxFrame   = store.MaxEntry + store.MaxBatch
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type salt [saltBytes]byte

func header(s salt) []byte {
	h := append([]byte(logMagic), s[:]...)
	return binary.LittleEndian.AppendUint32(h, crc32.Checksum(h, castagnoli))
}

func readHeader(r io.ReaderAt) (s salt, err error) {
	h := make([]byte, headBytes)
	if _, err := r.ReadAt(h, 0); err != nil && !errors.Is(err, io.EOF) {
		return s, err
	}
	copy(s[:], h[len(logMagic):])
	if !bytes.Equal(h, header(s)) {
		return s, fmt.Errorf("%w: its head is not that of a log", store.ErrDamaged)
	}
	return s, nil
}

// sum is the checksum of a frame at an offset.
func (s salt) sum(offset int64, payload []byte) uint32 {
	var place [saltBytes + 12]byte
	copy(place[:], s[:])
	binary.LittleEndian.PutUint64(place[saltBytes:], uint64(offset))
	binary.LittleEndian.PutUint32(place[saltBytes+8:], uint32(len(payload)))
	return crc32.Update(crc32.Checksum(place[:], castagnoli), castagnoli, payload)
}

// frame makes the frame of some entries, to stand at an offset.
func (s salt) frame(offset int64, entries [][]byte) ([]byte, error) {
	size := frameBytes + binary.MaxVarintLen64
	for _, e := range entries {
		size += len(e) + binary.MaxVarintLen64
	}
	if size > maxFrame {
		return nil, fmt.Errorf("%w: entries of %d bytes at a time", store.ErrInvalid, size)
	}
	b := make([]byte, frameBytes, size)
	b = binary.AppendUvarint(b, uint64(len(entries)))
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(len(e)))
		b = append(b, e...)
	}
	payload := b[frameBytes:]
	copy(b, s[:4])
	binary.LittleEndian.PutUint32(b[4:], uint32(len(payload)))
	binary.LittleEndian.PutUint32(b[8:], s.sum(offset, payload))
	return b, nil
}

// errNoFrame: no whole frame stands there.
var errNoFrame = errors.New("no frame")

// readFrame reads the frame at an offset of a file of a size: its payload, into
// the buffer if it has room, and where the next one begins. It fails with
// errNoFrame, or an error of reading.
func (s salt) readFrame(r io.ReaderAt, offset, size int64, buf []byte) (payload []byte, next int64, err error) {
	var h [frameBytes]byte
	if offset+frameBytes > size {
		return nil, 0, errNoFrame
	}
	if _, err := r.ReadAt(h[:], offset); err != nil {
		return nil, 0, cutShort(err)
	}
	n := int64(binary.LittleEndian.Uint32(h[4:]))
	next = offset + frameBytes + n
	if !bytes.Equal(h[:4], s[:4]) || n > maxFrame || next > size {
		return nil, 0, errNoFrame
	}
	payload = slices.Grow(buf[:0], int(n))[:n]
	if _, err := r.ReadAt(payload, offset+frameBytes); err != nil && n > 0 {
		return nil, 0, cutShort(err)
	}
	if s.sum(offset, payload) != binary.LittleEndian.Uint32(h[8:]) {
		return nil, 0, errNoFrame
	}
	return payload, next, nil
}

// cutShort: a file that is shorter than it was a moment ago has no frame there.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return errNoFrame
	}
	return err
}

// torn says whether what stands from offset on, where no frame can be read, is
// a torn end: nil, or store.ErrDamaged where a good frame follows.
func (s salt) torn(r io.ReaderAt, offset, size int64) error {
	const chunk = 1 << 20
	buf := make([]byte, chunk+3)
	for at := offset + 1; at < size; at += chunk {
		n, err := r.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		for i := 0; ; i++ {
			k := bytes.Index(buf[i:n], s[:4])
			if k < 0 {
				break
			}
			i += k
			if _, _, err := s.readFrame(r, at+int64(i), size, nil); err == nil {
				return fmt.Errorf("%w: the entries from byte %d on cannot be read, and others follow at %d", store.ErrDamaged, offset, at+int64(i))
			}
		}
	}
	return nil
}

// split takes a payload apart into its entries.
func split(payload []byte) ([][]byte, error) {
	count, used := binary.Uvarint(payload)
	if used <= 0 || count > uint64(len(payload)) {
		return nil, store.ErrDamaged
	}
	payload = payload[used:]
	entries := make([][]byte, 0, count)
	for range count {
		n, used := binary.Uvarint(payload)
		if used <= 0 || n > uint64(len(payload)-used) {
			return nil, store.ErrDamaged
		}
		entries = append(entries, payload[used:used+int(n):used+int(n)])
		payload = payload[used+int(n):]
	}
	return entries, nil
}
