package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
)

// wasteAllowed is how many bytes of replaced pages a log may hold before it is
// rewritten, beside as many as those in force.
const wasteAllowed = 64 << 20

// DeletePages forgets pages and says which of them were there. When it returns
// nil, their text is gone from the store too: the log is rewritten without it.
// (What the file system or the bucket keeps of deleted files is theirs.) The
// versions of the model that were trained on them remain until they are
// deleted; the next one trained knows nothing of them.
func (s *Store) DeletePages(ctx context.Context, ids []string) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var gone []string
	now := s.now().Unix()
	err := s.change(ctx, Pages, func() (entries [][]byte, err error) {
		gone = gone[:0]
		seen := map[string]bool{}
		for _, id := range ids {
			if _, ok := s.pages[id]; ok && !seen[id] {
				seen[id] = true
				gone = append(gone, id)
				entries = append(entries, deleteEntry(id, now))
			}
		}
		return entries, nil
	})
	if err != nil {
		return nil, fmt.Errorf("delete pages: %w", err)
	}
	if err := s.tidy(ctx); err != nil {
		return gone, fmt.Errorf("the pages are deleted, but their text is still stored: %w", err)
	}
	return gone, nil
}

// tidy rewrites the log of pages if it holds the text of deleted ones.
func (s *Store) tidy(ctx context.Context) error {
	if !s.deleted || s.follow {
		return nil
	}
	return s.rewrite(ctx)
}

// rewrite replaces the log of pages by one with the pages in force alone.
func (s *Store) rewrite(ctx context.Context) error {
	for range attempts {
		err := s.backend.Replace(ctx, Pages, s.pagesEnd, s.entriesInForce(ctx))
		if err != nil && !errors.Is(err, ErrConflict) {
			return fmt.Errorf("rewrite the log of pages: %w", err)
		}
		if err == nil {
			s.resetPages()
		}
		if err := s.readPages(ctx); err != nil || !s.deleted {
			return err
		}
	}
	return fmt.Errorf("rewrite the log of pages: %w", ErrConflict)
}

func (s *Store) entriesInForce(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for p, err := range s.inForce(ctx) {
			var entry []byte
			if err == nil {
				info := s.pages[p.ID]
				entry = putEntry(p, info.digest, info.time)
			}
			if !yield(entry, err) || err != nil {
				return
			}
		}
	}
}

// inForce reads the pages in force, in the order of the log, up to pagesEnd.
// s.mu is held.
func (s *Store) inForce(ctx context.Context) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		for e, err := range s.backend.Read(ctx, Pages, Position{}) {
			if err != nil {
				yield(Page{}, err)
				return
			}
			id, _, data, err := pageEntry(e.Data)
			info, ok := s.pages[id]
			switch {
			case err != nil:
				yield(Page{}, fmt.Errorf("%w: %w", ErrDamaged, err))
				return
			case !ok || info.at != e.At: // deleted or replaced since
			case sha256.Sum256(data) != info.digest:
				yield(Page{}, fmt.Errorf("page %.80q: %w", id, ErrDamaged))
				return
			default:
				if !yield(Page{id, append([]byte(nil), data...)}, nil) {
					return
				}
			}
			if e.At == s.pagesEnd {
				return
			}
		}
	}
}
