#!/bin/sh
# Shows the whole path once: starts a server on a free port, has it label
# demo.html, prints the blocks and then the clean text, stops the server.
# 'make demo' runs it from the top of the repository; it needs Go alone.
set -eu

here=cmd/pagesieve/testdata
work=$(mktemp -d)
server=
cleanup() {
	status=$?
	trap - EXIT INT TERM
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	if [ "$status" -ne 0 ] && [ -s "$work/log" ]; then
		echo "demo: failed; the server's log:" >&2
		cat "$work/log" >&2
	fi
	rm -rf "$work"
	exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

echo "building …"
go build -o "$work/" ./cmd/pagesieve ./cmd/pagesieved

"$work/pagesieved" --listen 127.0.0.1:0 --http '' --log-format text 2>"$work/log" &
server=$!

# The log names the port that the server was given.
address=
tries=0
while [ -z "$address" ]; do
	tries=$((tries + 1))
	if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
		echo "demo: the server did not start" >&2
		exit 1
	fi
	sleep 0.1
	address=$(sed -n 's/.*protocol=grpc.* addr=\([0-9.]*:[0-9]*\).*/\1/p' "$work/log")
done

printf '\n$ pagesieve score --server %s %s/demo.html\n\n' "$address" "$here"
"$work/pagesieve" score --server "$address" "$here/demo.html"

printf '\n$ pagesieve score --server %s --text %s/demo.html\n\n' "$address" "$here"
"$work/pagesieve" score --server "$address" --text "$here/demo.html"
