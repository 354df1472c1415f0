#!/usr/bin/env bash
# Runs the benchmarks (BENCH selects by name) and compares the program with its budget. Results stay under runs/.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

mkdir -p runs
out="runs/bench-$(date +%Y%m%d-%H%M%S).txt"
mapfile -t packages < <(packages_with '^func Benchmark')
if [[ ${#packages[@]} -gt 0 ]]; then
	go test -run '^$' -bench "${BENCH:-.}" -benchmem -timeout 0 "${packages[@]}" | tee "$out"
fi
need_cmd_sandtable "The budget"
CGO_ENABLED=0 go build -o bin/sandtable ./cmd/sandtable
bin/sandtable bench budget | tee -a "$out"
echo "Kept in $out"
