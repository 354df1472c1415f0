#!/usr/bin/env bash
# Runs the portability tests on linux/amd64 v1 and v3, on arm64 (qemu-user) and on wasm (node), and compares what they
# say. The tests are those of sim/num and sim/drilltest with "Portability" or "Golden" in their name. A test logs its
# digests as
#     portability: NAME VALUE
# and every digest, and whether each test passed, must be the same on all platforms.
#   portability.sh [-short]     -short is handed on to the tests
set -euo pipefail
source "$(dirname "$0")/lib.sh"

short=()
if [[ "${1:-}" == -short ]]; then short=(-short); fi
scripts/deps.sh portability || [[ $? == 3 ]]

logs="$(mktemp -d)"
trap 'rm -rf "$logs"' EXIT
packages=()
for dir in sim/num sim/drilltest; do
	if compgen -G "$dir/*_test.go" >/dev/null; then packages+=("$dir"); fi
done

host="$(go env GOHOSTARCH)"

# emulator ARCH prints the program that runs a linux binary of that architecture here, if one is needed.
emulator() {
	local cpu=aarch64
	if [[ $1 == "$host" ]]; then return 0; fi
	if [[ $1 == amd64 ]]; then cpu=x86_64; fi
	command -v "qemu-$cpu" || command -v "qemu-$cpu-static"
}

# run_on NAME EXEC SETTING… runs the tests on one platform; EXEC starts the test binary, empty for plainly.
ran=()
left_out=()
failed=()
run_on() {
	local name="$1" exec=() pkg
	if [[ -n "$2" ]]; then exec=(-exec "$2"); fi
	shift 2
	ran+=("$name")
	for pkg in "${packages[@]}"; do
		local log="$logs/$name.${pkg//\//_}"
		if ! env "$@" CGO_ENABLED=0 go test -count=1 -v "${short[@]}" "${exec[@]}" -timeout 60m \
			-run '^Test.*(Portability|Golden)' "./$pkg" >"$log" 2>&1; then
			failed+=("$pkg on $name")
			tail -n 30 "$log"
		fi
		awk -v pkg="$pkg" '
			/^--- (PASS|FAIL|SKIP): / { print pkg "/" $3, tolower(substr($2, 1, 4)) }
			/portability: [^ ]+ [^ ]+$/ { print pkg ":" $(NF - 1), $NF }
		' "$log" >>"$logs/$name.table"
	done
}

run_linux() {
	local name="$1" arch="$2" emu
	shift 2
	if ! emu="$(emulator "$arch")"; then
		left_out+=("$name (no qemu-user)")
	elif [[ "$*" == *v3* && -z "$emu" ]] && ! grep -qw avx2 /proc/cpuinfo; then
		left_out+=("$name (this processor has no AVX2)")
	else
		run_on "$name" "$emu${emu:+ -cpu max}" GOOS=linux GOARCH="$arch" "$@"
	fi
}

run_linux amd64-v1 amd64 GOAMD64=v1
run_linux amd64-v3 amd64 GOAMD64=v3
run_linux arm64 arm64
if command -v node >/dev/null; then
	# Node's arguments and environment must be short.
	run_on wasm "env -i PATH=$PATH HOME=$HOME $(go env GOROOT)/lib/wasm/go_js_wasm_exec" GOOS=js GOARCH=wasm
else
	left_out+=("wasm (no node)")
fi

heading "Portability"
declare -A value
names="$(cat "$logs"/*.table 2>/dev/null | cut -d' ' -f1 | sort -u)"
for p in "${ran[@]}"; do
	while read -r key v; do value["$p $key"]="$v"; done <"$logs/$p.table"
done
printf '%-58s' ""
printf ' %-18s' "${ran[@]}"
echo
differ=0
for key in $names; do
	printf '%-58s' "$key"
	first="${value["${ran[0]} $key"]:-missing}"
	note=""
	for p in "${ran[@]}"; do
		v="${value["$p $key"]:-missing}"
		printf ' %-18s' "${v:0:18}"
		if [[ "$v" != "$first" ]]; then note="DIFFERS"; fi
	done
	echo " $note"
	if [[ -n "$note" ]]; then differ=1; fi
done

if [[ ${#left_out[@]} -gt 0 ]]; then printf 'LEFT OUT: %s\n' "${left_out[@]}"; fi
if [[ ${#failed[@]} -gt 0 ]]; then printf 'failed: %s\n' "${failed[@]}"; fi
if [[ -z "$names" ]]; then
	echo "No portability test was found in sim/num or sim/drilltest."
	exit 1
fi
if [[ $differ == 1 || ${#failed[@]} -gt 0 ]]; then exit 1; fi
echo "Equal on ${ran[*]}."
