#!/usr/bin/env bash
# Builds the program, plays a drill that it holds, and says where the report is.
#   run.sh [DRILL] [further flags of `sandtable run`]
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_cmd_sandtable "make run"

drill="${1:-linjiang-flood}"
out="runs/$(basename "$drill")-$(date +%Y%m%d-%H%M%S)"
CGO_ENABLED=0 go build -o bin/sandtable ./cmd/sandtable
mkdir -p runs
bin/sandtable run "$drill" --out "$out" "${@:2}"
echo
echo "Report: $PWD/$out/report.html"
