#!/usr/bin/env bash
# Installs what the tests need and runs them all: those of the window on a display in memory, the others plainly.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

heading "What the tests need"
scripts/deps.sh test || [[ $? == 3 ]] # what is missing is told again at the end

failed=0
heading "Tests without a display"
mapfile -t plain < <(plain_packages)
go test ${TESTFLAGS:-} "${plain[@]}" || failed=1

mapfile -t window < <(window_packages)
left_out=""
if [[ ${#window[@]} -gt 0 ]]; then
	heading "Tests of the window"
	if window_runs; then
		xvfb-run -a -s "-screen 0 1280x800x24" go test ${TESTFLAGS:-} "${window[@]}" || failed=1
	else
		left_out="${window[*]}"
	fi
fi

heading "Result"
if [[ -n "$left_out" ]]; then
	echo "LEFT OUT, because their packages are not installed (make deps says which): $left_out"
fi
if [[ $failed == 1 ]]; then
	echo "Some tests failed."
	exit 1
fi
echo "All tests that ran have passed."
