package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Page is a labelled page.
type Page struct {
	ID   string
	Data []byte // what is known of it, in a form that the caller chooses
}

// PageInfo is a page without its content.
type PageInfo struct {
	ID     string
	Digest string // SHA-256 of its data, hex
	Bytes  int
	Time   time.Time // when it was put
}

// Change is what came of putting a page.
type Change uint8

// The changes.
const (
	Added Change = iota
	Replaced
	Unchanged
)

// MaxID is the longest id of a page, in bytes.
const MaxID = 512

type pageAt struct {
	digest [sha256.Size]byte
	bytes  int
	time   int64
	at     Position
}

// An entry of the log of pages is an operation, a time (unix seconds), and
//
//	put     the SHA-256 of the data, the id with its length before it, the data
//	delete  the id
const (
	opPut    = 'P'
	opDelete = 'D'
)

func putEntry(p Page, digest [sha256.Size]byte, now int64) []byte {
	b := make([]byte, 0, 64+len(p.ID)+len(p.Data))
	b = binary.LittleEndian.AppendUint64(append(b, opPut), uint64(now))
	b = append(b, digest[:]...)
	b = binary.AppendUvarint(b, uint64(len(p.ID)))
	b = append(b, p.ID...)
	return append(b, p.Data...)
}

func deleteEntry(id string, now int64) []byte {
	return append(binary.LittleEndian.AppendUint64([]byte{opDelete}, uint64(now)), id...)
}

var errEntry = errors.New("an entry is not what it should be")

// pageEntry takes an entry apart; data is nil for a deletion.
func pageEntry(e []byte) (id string, info pageAt, data []byte, err error) {
	if len(e) < 9 {
		return "", info, nil, errEntry
	}
	op, rest := e[0], e[9:]
	info.time = int64(binary.LittleEndian.Uint64(e[1:]))
	if op == opDelete {
		return string(rest), info, nil, nil
	}
	if op != opPut || len(rest) < sha256.Size {
		return "", info, nil, errEntry
	}
	rest = rest[copy(info.digest[:], rest):]
	n, used := binary.Uvarint(rest)
	if used <= 0 || n > uint64(len(rest)-used) {
		return "", info, nil, errEntry
	}
	rest = rest[used:]
	info.bytes = len(rest) - int(n)
	return string(rest[:n]), info, rest[n:len(rest):len(rest)], nil
}

func (s *Store) resetPages() {
	s.pages, s.pagesEnd = map[string]pageAt{}, Position{}
	s.live, s.dead, s.deleted = 0, 0, false
}

func (s *Store) readPages(ctx context.Context) error {
	return s.read(ctx, Pages, &s.pagesEnd, s.resetPages, s.applyPage)
}

func (s *Store) applyPage(e Entry) error {
	id, info, data, err := pageEntry(e.Data)
	if err != nil {
		return err
	}
	if old, ok := s.pages[id]; ok {
		s.live -= int64(old.bytes)
		s.dead += int64(old.bytes)
	}
	if data == nil {
		delete(s.pages, id)
		s.deleted = true
		return nil
	}
	info.at = e.At
	s.pages[id] = info
	s.live += int64(info.bytes)
	return nil
}

// CheckPage says why a page cannot be stored, if it cannot: an error that
// wraps ErrInvalid.
func CheckPage(p Page) error {
	switch {
	case p.ID == "":
		return fmt.Errorf("%w: the page has no id", ErrInvalid)
	case len(p.ID) > MaxID:
		return fmt.Errorf("%w: the id is longer than %d bytes", ErrInvalid, MaxID)
	case !utf8.ValidString(p.ID) || strings.ContainsFunc(p.ID, unicode.IsControl):
		return fmt.Errorf("%w: the id holds control characters or is not UTF-8", ErrInvalid)
	case len(p.Data) == 0:
		return fmt.Errorf("%w: the page is empty", ErrInvalid)
	case len(p.Data) > MaxEntry-MaxID-64:
		return fmt.Errorf("%w: the page is longer than %d MiB", ErrInvalid, MaxEntry>>20)
	}
	return nil
}

// PutPages stores pages in the place of those with the same ids, and says what
// each changed. All are durable when it returns nil. When it fails, the first
// pages of more than MaxBatch bytes may be stored; to put them again does no
// harm.
func (s *Store) PutPages(ctx context.Context, pages []Page) ([]Change, error) {
	for _, p := range pages {
		if err := CheckPage(p); err != nil {
			return nil, fmt.Errorf("put page %.80q: %w", p.ID, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	changes := make([]Change, 0, len(pages))
	for len(pages) > 0 {
		n, size := 1, len(pages[0].Data)
		for n < len(pages) && size+len(pages[n].Data) <= MaxBatch/2 {
			size += len(pages[n].Data)
			n++
		}
		some, err := s.putBatch(ctx, pages[:n])
		if err != nil {
			return nil, fmt.Errorf("put pages: %w", err)
		}
		changes, pages = append(changes, some...), pages[n:]
	}
	if s.dead > s.live+wasteAllowed {
		return changes, s.rewrite(ctx)
	}
	return changes, nil
}

func (s *Store) putBatch(ctx context.Context, pages []Page) ([]Change, error) {
	now := s.now().Unix()
	digests := make([][sha256.Size]byte, len(pages))
	for i, p := range pages {
		digests[i] = sha256.Sum256(p.Data)
	}
	var changes []Change
	err := s.change(ctx, Pages, func() (entries [][]byte, err error) {
		changes = changes[:0]
		batch := map[string][sha256.Size]byte{}
		for i, p := range pages {
			old, there := batch[p.ID]
			if !there {
				var at pageAt
				at, there = s.pages[p.ID]
				old = at.digest
			}
			switch {
			case !there:
				changes = append(changes, Added)
			case old == digests[i]:
				changes = append(changes, Unchanged)
				continue
			default:
				changes = append(changes, Replaced)
			}
			batch[p.ID] = digests[i]
			entries = append(entries, putEntry(p, digests[i], now))
		}
		return entries, nil
	})
	return changes, err
}

// Page reads one page, or fails with ErrNotFound.
func (s *Store) Page(ctx context.Context, id string) (Page, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	info, ok := s.pages[id]
	if !ok {
		return Page{}, fmt.Errorf("read page %.80q: %w", id, ErrNotFound)
	}
	e, err := s.backend.Entry(ctx, Pages, info.at)
	if err != nil {
		return Page{}, fmt.Errorf("read page %.80q: %w", id, err)
	}
	got, _, data, err := pageEntry(e)
	if err != nil || got != id || sha256.Sum256(data) != info.digest {
		return Page{}, fmt.Errorf("read page %.80q: %w", id, ErrDamaged)
	}
	return Page{id, data}, nil
}

// ListPages gives at most n pages in the order of their ids, from the first
// after the one given.
func (s *Store) ListPages(after string, n int) []PageInfo {
	s.mu.RLock()
	defer s.mu.RUnlock()
	ids := slices.Sorted(maps.Keys(s.pages))
	i, found := slices.BinarySearch(ids, after)
	if found {
		i++
	}
	var out []PageInfo
	for _, id := range ids[i:min(len(ids), i+max(n, 0))] {
		p := s.pages[id]
		out = append(out, PageInfo{id, hex.EncodeToString(p.digest[:]), p.bytes, time.Unix(p.time, 0).UTC()})
	}
	return out
}

// NumPages is how many pages there are.
func (s *Store) NumPages() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.pages)
}

// Snapshot reads all pages, in the order of their ids, and the digest of the
// set: the SHA-256, in hex, over each page's id and digest. The same pages
// have the same digest in any store.
func (s *Store) Snapshot(ctx context.Context) ([]Page, string, error) {
	s.mu.Lock() // it may read what others have written since
	defer s.mu.Unlock()
	if s.follow {
		return nil, "", fmt.Errorf("read all pages: %w", ErrReadOnly)
	}
	if err := s.readPages(ctx); err != nil {
		return nil, "", fmt.Errorf("read all pages: %w", err)
	}
	pages := make([]Page, 0, len(s.pages))
	for p, err := range s.inForce(ctx) {
		if err != nil {
			return nil, "", fmt.Errorf("read all pages: %w", err)
		}
		pages = append(pages, p)
	}
	slices.SortFunc(pages, func(a, b Page) int { return strings.Compare(a.ID, b.ID) })
	sum := sha256.New()
	for _, p := range pages {
		info := s.pages[p.ID]
		fmt.Fprintf(sum, "%d %s ", len(p.ID), p.ID)
		sum.Write(info.digest[:])
	}
	return pages, hex.EncodeToString(sum.Sum(nil)), nil
}
