package s3

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"github.com/pagesieve/pagesieve/training/store"
)

// An object of a log is
//
//	8 bytes "PGSBAT1\n", 'E' or 'M', uint32 CRC-32C of its name and all that
//	follows (little-endian), and then
//	'E'  uvarint number of entries, and each entry with its length before it
//	'M'  the generation that has taken this one's place
const (
	batchMagic = "PGSBAT1\n"
	kindEntry  = 'E'
	kindMoved  = 'M'
	headBytes  = len(batchMagic) + 1 + 4
	maxObject  = store.MaxEntry + store.MaxBatch
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(name string, kind byte, payload []byte) uint32 {
	c := crc32.Checksum([]byte(name), castagnoli)
	return crc32.Update(crc32.Update(c, castagnoli, []byte{kind}), castagnoli, payload)
}

func object(name string, kind byte, payload []byte) []byte {
	b := append(make([]byte, 0, headBytes+len(payload)), batchMagic...)
	b = binary.LittleEndian.AppendUint32(append(b, kind), sum(name, kind, payload))
	return append(b, payload...)
}

func parse(name string, data []byte) (kind byte, payload []byte, err error) {
	if len(data) < headBytes || !bytes.HasPrefix(data, []byte(batchMagic)) {
		return 0, nil, fmt.Errorf("%s: %w: it is no part of a log", name, store.ErrDamaged)
	}
	kind, payload = data[len(batchMagic)], data[headBytes:]
	if binary.LittleEndian.Uint32(data[len(batchMagic)+1:]) != sum(name, kind, payload) || kind != kindEntry && kind != kindMoved {
		return 0, nil, fmt.Errorf("%s: %w: its checksum does not match", name, store.ErrDamaged)
	}
	return kind, payload, nil
}

func join(entries [][]byte) ([]byte, error) {
	size := 0
	for _, e := range entries {
		size += len(e) + binary.MaxVarintLen64
	}
	if size > maxObject-headBytes-binary.MaxVarintLen64 {
		return nil, fmt.Errorf("%w: entries of %d bytes at a time", store.ErrInvalid, size)
	}
	b := binary.AppendUvarint(make([]byte, 0, size), uint64(len(entries)))
	for _, e := range entries {
		b = append(binary.AppendUvarint(b, uint64(len(e))), e...)
	}
	return b, nil
}

func split(name string, payload []byte) ([][]byte, error) {
	damaged := fmt.Errorf("%s: %w", name, store.ErrDamaged)
	count, used := binary.Uvarint(payload)
	if used <= 0 || count > uint64(len(payload)) {
		return nil, damaged
	}
	payload = payload[used:]
	entries := make([][]byte, 0, count)
	for range count {
		n, used := binary.Uvarint(payload)
		if used <= 0 || n > uint64(len(payload)-used) {
			return nil, damaged
		}
		entries = append(entries, payload[used:used+int(n):used+int(n)])
		payload = payload[used+int(n):]
	}
	return entries, nil
}
