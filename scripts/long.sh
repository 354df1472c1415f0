#!/usr/bin/env bash
# Runs tests that are too long for every day. They skip themselves unless they are asked for:
#   long.sh soak         tests named TestSoak…, with SANDTABLE_SOAK=1; large and flooded counties; many more arguments for
#                        the functions of sim/num
#   long.sh soak-short   the soak of the engine with seeds of its own, in seconds
#   long.sh figures      tests named TestFigure…, which draw the figures of the documents into $SANDTABLE_FIGURES, that is
#                        docs/figures; those that need published data skip without it, and leave the old figure alone
#   long.sh pictures     tests named TestPicture…, which draw into $SANDTABLE_PICTURES, that is bin/pictures, to be looked at
set -euo pipefail
source "$(dirname "$0")/lib.sh"

# run NAME FLAG… runs the tests that match a name in every package that has one.
run() {
	local packages
	mapfile -t packages < <(packages_with "^func $1")
	if [[ ${#packages[@]} == 0 ]]; then
		echo "There is no test whose name begins with $1." >&2
		return 1
	fi
	go test -count=1 -timeout 0 -v -run "^$1" "${packages[@]}" "${@:2}"
}

failed=0
case "${1:-}" in
soak)
	export SANDTABLE_SOAK=1
	heading "Many seeds"
	run TestSoak || failed=1
	heading "Large and flooded counties"
	run 'TestSizesFromSmallToLarge' -large || failed=1
	run 'TestLinjiangFloods' -water || failed=1
	heading "Functions of sim/num"
	go test -count=1 -timeout 0 ./sim/num -samples 200000 || failed=1
	;;
soak-short)
	export SANDTABLE_SOAK=short
	run TestSoakNonsense || failed=1
	;;
figures)
	export SANDTABLE_FIGURES="$PWD/docs/figures"
	mkdir -p "$SANDTABLE_FIGURES"
	run TestFigure || failed=1
	;;
pictures)
	export SANDTABLE_PICTURES="$PWD/bin/pictures"
	mkdir -p "$SANDTABLE_PICTURES"
	run TestPicture || failed=1
	;;
*)
	echo "usage: long.sh soak | soak-short | figures | pictures" >&2
	exit 2
	;;
esac
exit $failed
