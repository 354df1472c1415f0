#!/usr/bin/env bash
# Runs the benchmarks (BENCH selects by name) and compares the program with its budget. Results stay under runs/.
#   bench.sh [-short]     -short: every benchmark once, the largest left out, and the budget's table for a hamlet. It
#                         tells whether they still work, not how fast anything is.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

how=(-timeout 0)
drill=linjiang-flood
if [[ "${1:-}" == -short ]]; then
	how=(-short -benchtime 1x -skip '^BenchmarkMillion$' -timeout 10m)
	drill=hamlet
fi
mkdir -p runs
out="runs/bench-$(date +%Y%m%d-%H%M%S).txt"
mapfile -t packages < <(packages_with '^func Benchmark')
if [[ ${#packages[@]} -gt 0 ]]; then
	go test -run '^$' -bench "${BENCH:-.}" -benchmem "${how[@]}" "${packages[@]}" | tee "$out"
fi
need_cmd_sandtable "The budget"
CGO_ENABLED=0 go build -o bin/sandtable ./cmd/sandtable
bin/sandtable bench budget "$drill" | tee -a "$out"
echo "Kept in $out"
