#!/bin/sh
# Runs the examples of clients against a server with TLS and tokens, and says
# which could not be run for want of their language. STRICT=1 makes that an
# error.
set -eu
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
missing=

have() { command -v "$1" >/dev/null 2>&1; }
lack() { echo "not run: $1: $2"; missing="$missing $1"; }

page=cmd/pagesieve/testdata/demo.html
go build -o "$work/" ./cmd/pagesieved
go build -o "$work/client" ./cmd/examples/go

tls=
if have openssl; then
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
	tls="--tls-cert $work/cert.pem --tls-key $work/key.pem"
	CA=$work/cert.pem
	export CA
else
	lack TLS "no openssl to make a certificate"
fi
PAGESIEVE_TOKEN=example-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export PAGESIEVE_TOKEN
echo "example classify token:$PAGESIEVE_TOKEN" >"$work/credentials"

: >"$work/log"
# shellcheck disable=SC2086 # the flags of TLS are several words
"$work/pagesieved" --listen 127.0.0.1:0 --http 127.0.0.1:0 --log-format json --credentials "$work/credentials" $tls 2>"$work/log" &
server=$!
for _ in $(seq 100); do
	[ "$(grep -c '"msg":"listening"' "$work/log")" = 2 ] && break
	sleep 0.1
done
port() { sed -n 's/.*"protocol":"'"$1"'","addr":"127.0.0.1:\([0-9]*\)".*/\1/p' "$work/log"; }
rpc=localhost:$(port grpc)
scheme=http${tls:+s}

# expect NAME runs a client on the page and looks for its text in the answer.
expect() {
	name=$1
	shift
	if ! "$@" >"$work/out" 2>&1 || ! grep -q "tide mill is a simple bargain" "$work/out"; then
		echo "the example in $name failed:" >&2
		cat "$work/out" "$work/log" >&2
		exit 1
	fi
	echo "ok: $name"
}

expect Go "$work/client" -addr "$rpc" ${tls:+-ca "$CA"} "$page"

if have curl; then
	ADDR=$scheme://localhost:$(port http) expect curl sh cmd/examples/curl.sh "$page"
else
	lack curl "no curl"
fi

if have python3 && python3 -m venv "$work/venv" 2>/dev/null &&
	"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r cmd/examples/python/requirements.txt 2>"$work/pip"; then
	expect Python "$work/venv/bin/python" cmd/examples/python/client.py --addr "$rpc" ${tls:+--ca "$CA"} "$page"
else
	lack Python "no python3 with venv, or no grpcio to be had"
fi

[ -z "${STRICT:-}" ] || [ -z "$missing" ]
