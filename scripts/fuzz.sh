#!/usr/bin/env bash
# Runs every fuzz target for FUZZTIME (5s) each. Targets are found in the test files.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

fuzztime="${FUZZTIME:-5s}"
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
count=0
failed=()
for dir in $(packages_with '^func Fuzz'); do
	for target in $(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/p' "$dir"/*_test.go | sort -u); do
		count=$((count + 1))
		printf '%-40s %s\n' "$dir" "$target"
		# Inputs of many kilobytes take a minute to be made smaller, which is not what the time is for.
		if go test -run '^$' -fuzz "^$target\$" -fuzztime "$fuzztime" -fuzzminimizetime 10x "$dir" >"$log" 2>&1; then continue; fi
		# Go's fuzzing may end with this message when the time is up in the middle of an input; that is no finding.
		if grep -q 'context deadline exceeded' "$log" && ! grep -q 'Failing input written' "$log"; then continue; fi
		cat "$log"
		failed+=("$dir:$target")
	done
done
echo "$count fuzz targets, $fuzztime each"
if [[ ${#failed[@]} -gt 0 ]]; then
	echo "failed: ${failed[*]}"
	exit 1
fi
