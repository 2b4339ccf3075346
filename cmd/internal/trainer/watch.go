package trainer

import (
	"context"
	"fmt"
	"time"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/retrain"
)

// tellEvery is how often a training's caller is told at most.
const tellEvery = 200 * time.Millisecond

// watch runs work and tells the caller how far it is. It returns when work has
// ended, be it that the caller has gone.
func watch[T any](rpc trainStream, work func(context.Context, func(retrain.Progress)) (T, error)) (result T, err error) {
	ctx, cancel := context.WithCancel(rpc.Context())
	defer cancel()
	latest := make(chan retrain.Progress, 1)
	report := func(p retrain.Progress) { // never waits: what nobody has read yet is old
		select {
		case <-latest:
		default:
		}
		select {
		case latest <- p:
		default:
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("train: panic: %v", p)
			}
		}()
		result, err = work(ctx, report)
	}()
	start := time.Now()
	for {
		select {
		case <-done:
			return result, err
		case p := <-latest:
			if rpc.Send(message(p, time.Since(start))) != nil {
				cancel() // and wait: no other training may begin before
			}
		}
		select {
		case <-done:
			return result, err
		case <-time.After(tellEvery):
		}
	}
}

// foretellFrom is how much must be done before the rest is foretold from it.
const foretellFrom = 0.05

func message(p retrain.Progress, took time.Duration) *pb.TrainResponse {
	m := &pb.TrainProgress{Stage: p.Stage, Pages: int32(p.Pages), Done: p.Done}
	if p.Done >= foretellFrom {
		left := took.Seconds() * (1 - p.Done) / p.Done
		m.SecondsLeft = &left
	}
	return &pb.TrainResponse{Event: &pb.TrainResponse_Progress{Progress: m}}
}
