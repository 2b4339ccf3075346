#!/bin/sh
# Labels the pages named on the command line with curl alone: the page as it
# is, and then as JSON. The address is that of HTTP.
#
#	ADDR=http://localhost:8421 sh cmd/examples/curl.sh page.html …
#
# CA is a file with the authority of the server's certificate, and
# PAGESIEVE_TOKEN a token, where the server asks for it. --retry tries again
# where it is busy or away, after the time that it asks for.
set -eu

addr=${ADDR:-http://localhost:8421}

# call sends a body from stdin. The token goes by a file of settings, for
# others on the machine can read the arguments of a program.
call() {
	path=$1
	shift
	{
		[ -z "${PAGESIEVE_TOKEN:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$PAGESIEVE_TOKEN"
		[ -z "${CA:-}" ] || printf 'cacert = "%s"\n' "$CA"
	} >"$settings"
	curl --silent --show-error --fail-with-body --max-time 30 --retry 3 --config "$settings" "$@" --data-binary @- "$addr$path"
}

settings=$(mktemp)
trap 'rm -f "$settings"' EXIT

for page in "$@"; do
	call '/v1/classify?omit_blocks&format=markdown' -H 'Content-Type: text/html' <"$page"
	printf '{"page": {"id": "%s", "html": "%s"}, "options": {"omit_blocks": true}}' "$(basename "$page")" "$(base64 <"$page" | tr -d '\n')" |
		call /pagesieve.v1.FilterService/Classify -H 'Content-Type: application/json'
done
