#!/usr/bin/env bash
# Builds the program for every platform we support, without cgo, into bin/.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_cmd_sandtable "make cross"

for os in linux windows darwin; do
	for arch in amd64 arm64; do
		out="bin/sandtable-$os-$arch"
		if [[ $os == windows ]]; then out="$out.exe"; fi
		CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -trimpath -o "$out" ./cmd/sandtable
		echo "$out: $(($(stat -c %s "$out") / 1024)) kB"
	done
done
