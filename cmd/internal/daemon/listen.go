package daemon

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
)

// listeners are the open ports; web and admin are nil where not wanted.
type listeners struct{ rpc, web, admin net.Listener }

// listen opens all ports or none.
func (s *settings) listen(ctx context.Context) (on listeners, err error) {
	var open []net.Listener
	for _, want := range []struct {
		flag, addr string
		to         *net.Listener
	}{{"--listen", s.listenAddr, &on.rpc}, {"--http", s.httpAddr, &on.web}, {"--admin", s.adminAddr, &on.admin}} {
		if want.addr == "" {
			continue
		}
		l, err := listen(ctx, want.flag, want.addr)
		if err != nil {
			for _, o := range open {
				err = errors.Join(err, o.Close())
			}
			return listeners{}, err
		}
		*want.to = l
		open = append(open, l)
	}
	return on, nil
}

func listen(ctx context.Context, name, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err == nil {
		return l, nil
	}
	var op *net.OpError
	if errors.As(err, &op) { // its own account repeats the address
		err = op.Err
	}
	hint := fmt.Sprintf("%s wants host:port, such as 127.0.0.1:0 for any free port", name)
	if errors.Is(err, syscall.EADDRINUSE) {
		hint = fmt.Sprintf("another program has this port, perhaps another pagesieved: choose one with %s", name)
	}
	return nil, &failure{fmt.Errorf("listening on %s: %w", addr, err), hint, 1}
}
