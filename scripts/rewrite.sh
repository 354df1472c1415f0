#!/usr/bin/env bash
# Rewrites golden files: runs the tests of packages that have a -rewrite flag with it (their own, or datadriven's, which
# the text drills use), then generators and the ratchet.
# A test that rewrites also fails, so that a forgotten flag cannot hide a change; hence the second, plain run.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

mapfile -t packages < <(packages_with 'flag\.(Bool|BoolVar|Lookup)\(.*"rewrite"|drilltest\.Run\(|datadriven\.Walk\(')
if [[ ${#packages[@]} -gt 0 ]]; then
	go test -count=1 "${packages[@]}" -rewrite || echo "(a test that has rewritten its golden file fails once)"
fi
go generate ./...
go run ./cmd/tidy -rewrite
if [[ ${#packages[@]} -gt 0 ]]; then go test -count=1 "${packages[@]}"; fi
heading "Changed: commit only what you understand and want"
git status --short
