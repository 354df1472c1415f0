#!/usr/bin/env bash
# Runs the benchmarks (BENCH selects by name), compares the program with its budget, and draws how the cost of a drill
# grows with its county. Results stay under runs/; the table and the figure of the growth go into docs.
#   bench.sh [-short]     -short: every benchmark once, the largest left out, the budget's table for a hamlet, and two
#                         villages. It tells whether they still work, not how fast anything is.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

how=(-timeout 0)
drill=linjiang-flood
growth=(--csv docs/bench/scale.csv)
if [[ "${1:-}" == -short ]]; then
	how=(-short -benchtime 1x -skip '^BenchmarkMillion$' -timeout 10m)
	drill=hamlet
	growth=(--persons 1000,2000 --kind river-flood --duration 1h)
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
bin/sandtable bench scale "${growth[@]}" | tee -a "$out"
if [[ "${1:-}" != -short ]]; then
	SANDTABLE_FIGURES="$PWD/docs/figures" go test ./cmd/sandtable -count=1 -run '^TestFigureScale$'
fi
echo "Kept in $out"
