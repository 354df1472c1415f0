#!/usr/bin/env bash
# Holds our roads against the mesoscopic model of Eclipse SUMO, on the same cases, routes and machine, in one go.
#   sumo.sh [DIR...]      cases as docs/traffic.md describes them; without one two grid towns are made in runs/sumo
# Needs sumo and netconvert (Debian: apt-get install sumo). Where they are absent it says so and ends with 0.
#
# Both have no junctions that cost time and no teleports, and the routes are ours, at free speed. SUMO's lane carries
# 3600/(tau + 7.5 m/v) vehicles an hour. With all four tau at 1.5 s = 7.5 m/(5 m/s) that is our fundamental diagram, and
# these rows ("alike") are the ones to be compared; "own tau" are SUMO's 1.13, 1.13, 1.73 and 1.4 s. Its lanes have
# queues of their own at the end of an edge, as ours have; "one queue" is without them.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

if ! command -v sumo >/dev/null || ! command -v netconvert >/dev/null; then
	echo "sumo or netconvert is not in the path: nothing is compared (Debian: apt-get install sumo)"
	exit 0
fi
export SUMO_HOME="${SUMO_HOME:-/usr/share/sumo}"
out="runs/sumo"
mkdir -p "$out" bin
CGO_ENABLED=0 go build -o bin/sandtable ./cmd/sandtable

cases=("$@")
if [[ ${#cases[@]} == 0 ]]; then
	for made in town20k=grid:50,20000,1h,8,2,1,0.7 town100k=grid:50,100000,2h,8,3,1,1; do
		dir="$out/${made%%=*}"
		if [[ ! -f "$dir/trips.csv" ]]; then bin/sandtable bench traffic "$dir" --make "${made#*=}"; fi
		cases+=("$dir")
	done
fi
echo "$(sumo --version 2>&1 | sed -n 's/^Eclipse SUMO sumo Version/SUMO/p' | head -1), $(go version | cut -d' ' -f3), $(nproc) processors"

# timed COMMAND... runs a command RUNS (2) times and puts the least user and system time [s] of them into cpu: what other
# work on the machine adds is left out as far as can be.
timed() {
	local TIMEFORMAT='%U %S' spent
	cpu=""
	for ((n = 0; n < ${RUNS:-2}; n++)); do
		spent="$({ time "$@" >/dev/null 2>"$out/stderr"; } 2>&1)" || { cat "$out/stderr" >&2; return 1; }
		cpu="$(awk -v least="$cpu" '{ x = $1 + $2; print least == "" || x < least ? x : least }' <<<"$spent")"
	done
}

# member NAME FILE prints a number of a line of JSON.
member() { sed -nE "s/.*\"$1\":([-0-9.e+]+|null).*/\1/p" "$2"; }

# when SHARE FILE prints when that share of the vehicles had arrived, by a list of arrivals in order.
when() { awk -v n="$vehicles" -v share="$1" 'BEGIN { k = int(share * n); if (k < share * n) k++ } NR == k' "$2"; }

# row NAME T50 T90 CLEARANCE CPU prints a row, with its ratios to ours.
row() {
	awk -v name="$1" -v t50="$2" -v t90="$3" -v all="$4" -v cpu="$5" -v a="${ours[0]}" -v b="${ours[1]}" -v c="${ours[2]}" \
		-v d="${ours[3]}" 'function per(x, y) { return x == "" || y == "" || y == "null" ? "-" : sprintf("%+.1f %%", 100 * (y / x - 1)) }
		function time(x) { return x == "" || x == "null" ? "-" : sprintf("%.0f", x) }
		BEGIN { printf "%-22s %8s %8s %9s %8.2f   %8s %8s %8s %7.1f\n", name, time(t50), time(t90), time(all), cpu,
			per(a, t50), per(b, t90), per(c, all), cpu / d }'
}

for dir in "${cases[@]}"; do
	work="$out/$(basename "$dir").sumo"
	mkdir -p "$work"
	bin/sandtable bench traffic "$dir" --no-junctions --capacity diagram --until 1s --sumo "$work" >/dev/null
	netconvert -n "$work/case.nod.xml" -e "$work/case.edg.xml" -o "$work/net.xml" --no-internal-links true --no-warnings \
		--no-turnarounds.except-deadend true --junctions.join false --geometry.avoid-overlap false >/dev/null
	ours=(bin/sandtable bench traffic "$dir" --no-junctions --capacity diagram --json)
	"${ours[@]}" >"$work/ours.json" # and its files are in memory from now on
	timed "${ours[@]}"
	vehicles="$(member vehicles "$work/ours.json")"
	ours=("$(member t50_s "$work/ours.json")" "$(member t90_s "$work/ours.json")" "$(member clearance_s "$work/ours.json")" "$cpu")
	heading "$(basename "$dir"): $vehicles vehicles"
	printf '%-22s %8s %8s %9s %8s   %8s %8s %8s %7s\n' "" "t50 s" "t90 s" "clear s" "CPU s" "t50" "t90" "clear" "CPU x"
	row Sandtable "${ours[@]}"
	for how in "alike" "alike, one queue" "own tau"; do
		options=(--mesosim true --time-to-teleport -1 --meso-junction-control false --end 172800)
		if [[ "$how" == alike* ]]; then options+=(--meso-tauff 1.5 --meso-taufj 1.5 --meso-taujf 1.5 --meso-taujj 1.5); fi
		if [[ "$how" == *queue ]]; then options+=(--meso-multi-queue false); fi
		theirs=(sumo -n "$work/net.xml" -r "$work/case.rou.xml" --no-step-log true --no-warnings true "${options[@]}")
		"${theirs[@]}" --tripinfo-output "$work/trips.xml" >/dev/null
		timed "${theirs[@]}"
		sed -nE 's/.*<tripinfo .* arrival="([0-9.]+)".*/\1/p' "$work/trips.xml" | sort -n >"$work/arrivals"
		row "SUMO $how" "$(when 0.5 "$work/arrivals")" "$(when 0.9 "$work/arrivals")" "$(when 1 "$work/arrivals")" "$cpu"
	done
done
echo
echo "Times are of arrivals; CPU is user and system time of the whole program, which reads its input and writes no file."
echo "Right of the gap: that row against ours in per cent, and its processor time over ours."
