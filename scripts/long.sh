#!/usr/bin/env bash
# Runs tests that are too long for every day. They skip themselves unless their variable is set:
#   long.sh soak        tests named TestSoak…, with SANDTABLE_SOAK=1
#   long.sh figures     tests named TestFigure…, which draw the figures of the documents into $SANDTABLE_FIGURES
set -euo pipefail
source "$(dirname "$0")/lib.sh"

case "${1:-}" in
soak)
	export SANDTABLE_SOAK=1
	name=TestSoak
	;;
figures)
	export SANDTABLE_FIGURES="$PWD/docs/figures"
	mkdir -p "$SANDTABLE_FIGURES"
	name=TestFigure
	;;
*)
	echo "usage: long.sh soak | figures" >&2
	exit 2
	;;
esac
mapfile -t packages < <(packages_with "^func $name")
if [[ ${#packages[@]} == 0 ]]; then
	echo "There is no test whose name begins with $name." >&2
	exit 1
fi
go test -count=1 -timeout 0 -v -run "^$name" "${packages[@]}"
