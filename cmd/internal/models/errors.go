package models

import (
	"context"
	"errors"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// The errors of the services themselves.
var (
	// ErrRequest: a field of the request cannot be used.
	ErrRequest = errors.New("not a request to answer")
	// ErrTraining: another training runs.
	ErrTraining = errors.New("another training is running")
	// ErrLost: the process that trained has ended without an answer.
	ErrLost = errors.New("the process that trained is gone")
)

// row is one line of the table.
type row struct {
	err    error
	code   codes.Code
	reason string // of ErrorInfo: for programs
	hint   string // for people: what to do
}

// table is in order: the first that an error wraps counts.
func table() []row {
	return []row{
		{context.Canceled, codes.Canceled, "CANCELED", ""},
		{context.DeadlineExceeded, codes.DeadlineExceeded, "DEADLINE_EXCEEDED", "allow more time in the call"},
		{ErrRequest, codes.InvalidArgument, "INVALID_REQUEST", "the comments in training.proto and models.proto say what each field takes"},
		{retrain.ErrOptions, codes.InvalidArgument, "INVALID_REQUEST", "the comments in training.proto say what each field takes"},
		{training.ErrPage, codes.InvalidArgument, "INVALID_REQUEST", "a labelled page needs an id, html or text, and main_text or spans whose text is on the page"},
		{training.ErrNothing, codes.FailedPrecondition, "NOTHING_TO_LEARN", "add labelled pages, with body and with other blocks, or train with the base pages"},
		{ErrTraining, codes.FailedPrecondition, "TRAINING_RUNNING", "wait until it ends; it is cancelled with the call that began it"},
		{ErrLost, codes.ResourceExhausted, "TRAINING_LOST", "it may have run out of memory: give it more, or train on fewer pages; the server's log has its last words"},
		{store.ErrDamaged, codes.DataLoss, "STORE_DAMAGED", "restore the store from a copy; the server's log has the place"},
		{bayes.ErrModel, codes.InvalidArgument, "MODEL_BROKEN", "give a file that this version of pagesieve trained"},
		{ErrModel, codes.FailedPrecondition, "MODEL_BROKEN", "train it again"},
		{store.ErrActive, codes.FailedPrecondition, "VERSION_ACTIVE", "promote another version first"},
		{store.ErrNotFound, codes.NotFound, "NOT_FOUND", "list what there is: pagesieve models list, pagesieve label list"},
		{store.ErrInvalid, codes.InvalidArgument, "INVALID_REQUEST", "the comments in training.proto and models.proto say what each field takes"},
		{store.ErrConflict, codes.Aborted, "CONFLICT", "look at what has changed, and try again"},
		{store.ErrFull, codes.ResourceExhausted, "STORE_FULL", "free space where the server keeps its store; what was acknowledged is safe"},
		{store.ErrReadOnly, codes.FailedPrecondition, "READ_ONLY", "this server only follows the store, or may not write to its disk: ask the one that writes"},
	}
}

// Status is the status to send for an error of a store, a training or a model;
// an error that is a status already stays as it is. An unknown error is
// returned as it is too, for the server to log and to hide.
func Status(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := err.(interface{ GRPCStatus() *status.Status }); ok {
		return err
	}
	for _, r := range table() {
		if !errors.Is(err, r.err) {
			continue
		}
		s := status.New(r.code, strings.ToValidUTF8(err.Error(), "\uFFFD"))
		info := &errdetails.ErrorInfo{Reason: r.reason, Domain: "pagesieve"}
		if r.hint != "" {
			info.Metadata = map[string]string{"hint": r.hint}
		}
		if detailed, err := s.WithDetails(info); err == nil {
			s = detailed
		}
		return s.Err()
	}
	return err
}
