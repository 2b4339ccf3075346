package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// id is a version's whole id.
func (m *modelsCommand) id(ctx context.Context, version string) (string, error) {
	v, err := m.GetVersion(ctx, &pb.GetVersionRequest{Version: version})
	return v.GetVersion().GetId(), err
}

func (m *modelsCommand) promote(c *cobra.Command, args []string) error {
	to, err := m.id(c.Context(), args[0])
	if err != nil {
		return failed("promote version", err)
	}
	from, err := m.id(c.Context(), "active")
	if err != nil {
		return failed("promote version", err)
	}
	if from == to {
		fmt.Fprintf(c.OutOrStdout(), "%s is active already\n", printable(to))
		return nil
	}
	if err := confirm(c, m.yes, fmt.Sprintf("promote %s in place of %s?", printable(to), printable(from))); err != nil {
		return err
	}
	done, err := m.PromoteVersion(c.Context(), &pb.PromoteVersionRequest{Version: to})
	if err != nil {
		return failed("promote version", err)
	}
	tellActive(c.OutOrStdout(), done.GetVersion(), done.GetFormer())
	return nil
}

func tellActive(w io.Writer, v *pb.Version, former string) {
	fmt.Fprintf(w, "%s answers from now on, in place of %s\n", printable(v.GetId()), printable(former))
}

func (m *modelsCommand) rollback(c *cobra.Command, _ []string) error {
	from, err := m.id(c.Context(), "active")
	if err != nil {
		return failed("roll back", err)
	}
	if err := confirm(c, m.yes, fmt.Sprintf("roll back from %s to the version before?", printable(from))); err != nil {
		return err
	}
	done, err := m.RollBack(c.Context(), &pb.RollBackRequest{Active: from})
	if err != nil {
		return failed("roll back", err)
	}
	tellActive(c.OutOrStdout(), done.GetVersion(), done.GetFormer())
	return nil
}

func (m *modelsCommand) rm(c *cobra.Command, args []string) error {
	id, err := m.id(c.Context(), args[0])
	if err != nil {
		return failed("delete version", err)
	}
	if err := confirm(c, m.yes, fmt.Sprintf("delete %s for good?", printable(id))); err != nil {
		return err
	}
	if _, err := m.DeleteVersion(c.Context(), &pb.DeleteVersionRequest{Version: id}); err != nil {
		return failed("delete version", err)
	}
	fmt.Fprintf(c.OutOrStdout(), "%s is deleted\n", printable(id))
	return nil
}

func (m *modelsCommand) newExport() *cobra.Command {
	var out string
	c := m.command("export VERSION", "Write a version's model to a file", cobra.ExactArgs(1), func(c *cobra.Command, args []string) error {
		if out == "" {
			return usage(errors.New("no file to write to: --out FILE"))
		}
		return m.export(c, args[0], out)
	})
	c.Flags().StringVar(&out, "out", "", "`FILE` to write the model to")
	c.Example = "  pagesieve models export active --out active.model"
	return c
}

func (m *modelsCommand) export(c *cobra.Command, version, out string) error {
	stream, err := m.ExportVersion(c.Context(), &pb.ExportVersionRequest{Version: version})
	if err != nil {
		return failed("export version", err)
	}
	p := newProgress(c.ErrOrStderr())
	defer p.end()
	var data bytes.Buffer
	var v *pb.Version
	for {
		piece, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return failed("export version", err)
		}
		if v == nil {
			v = piece.GetVersion()
		}
		data.Write(piece.GetData())
		p.bar("export", min(1, float64(data.Len())/float64(max(1, v.GetBytes()))), -1)
	}
	if sum := sha256.Sum256(data.Bytes()); hex.EncodeToString(sum[:]) != v.GetSha256() {
		return hint(errors.New("export version: what came is damaged: its checksum does not match"), "try again")
	}
	if err := replaceFile(out, data.Bytes()); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	p.end()
	fmt.Fprintf(c.OutOrStdout(), "%s: model %s, %d bytes\n", out, printable(v.GetId()), data.Len())
	return nil
}

// pieceBytes is how much of a model goes into one message.
const pieceBytes = 1 << 20

func (m *modelsCommand) load(c *cobra.Command, args []string) error {
	data, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("open model %s: %w", args[0], cause(err))
	}
	stream, err := m.ImportVersion(c.Context())
	if err != nil {
		return failed("import model", err)
	}
	p := newProgress(c.ErrOrStderr())
	defer p.end()
	digest := sha256.Sum256(data)
	sum := hex.EncodeToString(digest[:])
	for sent := 0; sent < len(data); sent += pieceBytes {
		piece := &pb.ImportVersionRequest{Data: data[sent:min(len(data), sent+pieceBytes)]}
		if sent == 0 {
			piece.Sha256 = sum
		}
		if stream.Send(piece) != nil {
			break // the answer says why
		}
		p.bar("import", float64(sent)/float64(len(data)), -1)
	}
	done, err := stream.CloseAndRecv()
	if err != nil {
		return failed("import model", err)
	}
	p.end()
	fmt.Fprintf(c.OutOrStdout(), "%s is stored; promote it with: pagesieve models promote %[1]s\n", printable(done.GetVersion().GetId()))
	return nil
}
