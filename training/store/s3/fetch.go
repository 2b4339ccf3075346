package s3

import (
	"context"
	"iter"

	"github.com/minio/minio-go/v7"
)

// batch is one object of a log.
type batch struct {
	key     string
	n       int64
	kind    byte
	payload []byte
}

func (b *Bucket) batch(ctx context.Context, key string) (batch, error) {
	_, n, err := numberOf(key)
	if err != nil {
		return batch{}, err
	}
	data, err := b.get(ctx, key)
	if err != nil {
		return batch{}, err
	}
	kind, payload, err := parse(key, data)
	return batch{key, n, kind, payload}, err
}

// ahead is how many objects are read at a time.
const ahead = 8

// fetch reads objects, several at a time, and gives them in order.
func (b *Bucket) fetch(ctx context.Context, keys []minio.ObjectInfo) iter.Seq2[batch, error] {
	type result struct {
		batch batch
		err   error
	}
	return func(yield func(batch, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		var running []chan result
		for next := 0; ; {
			for ; next < len(keys) && len(running) < ahead; next++ {
				c := make(chan result, 1)
				key := keys[next].Key
				go func() {
					got, err := b.batch(ctx, key)
					c <- result{got, err}
				}()
				running = append(running, c)
			}
			if len(running) == 0 {
				return
			}
			r := <-running[0]
			running = running[1:]
			if !yield(r.batch, r.err) {
				return
			}
		}
	}
}
