#!/usr/bin/env bash
# Runs every check of the source and of the shipped data, and tells at the end which of them failed.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

check_gofmt() {
	local files
	files="$(git ls-files -co --exclude-standard -- '*.go' | grep -v '/testdata/' | while read -r f; do
		if [[ -f "$f" ]]; then echo "$f"; fi
	done | xargs gofmt -l)" || return 1
	if [[ -n "$files" ]]; then
		printf 'not formatted; run gofmt -w on:\n%s\n' "$files"
		return 1
	fi
}

check_vet() { go vet "${packages[@]}"; }

check_staticcheck() { go tool -modfile=scripts/tools.mod staticcheck "${packages[@]}"; }

check_tidy() { go run ./cmd/tidy; }

check_nofma() { go run ./cmd/tidy nofma; }

# check_generated runs every generator and fails when a file changes.
check_generated() {
	local before after
	before="$(snapshot)" || return 1
	go generate ./... || return 1
	after="$(snapshot)" || return 1
	if [[ "$before" != "$after" ]]; then
		echo "go generate has changed these files; look at them and commit them:"
		diff <(echo "$before") <(echo "$after") | sed -n 's/^> [0-9a-f]*  /  /p'
		return 1
	fi
}

check_lint() {
	need_cmd_sandtable "The lint of the scenarios"
	local dirs=()
	for f in scenarios/*/scenario.toml; do
		if [[ -f "$f" ]]; then dirs+=("$(dirname "$f")"); fi
	done
	if [[ ${#dirs[@]} == 0 ]]; then
		echo "no scenario under scenarios/"
		return 1
	fi
	CGO_ENABLED=0 go run ./cmd/sandtable lint "${dirs[@]}"
}

mapfile -t packages < <(buildable_packages)
failed=()
for name in gofmt vet staticcheck tidy nofma generated lint; do
	heading "$name"
	if ("check_$name"); then echo ok; else failed+=("$name"); fi
done

heading "Result"
if [[ ${#failed[@]} -gt 0 ]]; then
	echo "failed: ${failed[*]}"
	exit 1
fi
echo "All checks have passed."
