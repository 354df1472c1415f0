# Functions that the scripts share. Source it: it goes to the root of the repository and fixes the build settings.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The oldest amd64 is Go's default; it is fixed here so that a setting of the machine cannot change it.
export GOAMD64="${SANDTABLE_GOAMD64:-v1}"
export LC_ALL=C

if ! command -v go >/dev/null; then
	echo "There is no go command in the path. Sandtable needs Go 1.26 or later: https://go.dev/dl/" >&2
	exit 1
fi

# heading TEXT prints the title of a section.
heading() { printf '\n== %s ==\n' "$*"; }

# window_packages prints the packages whose code or tests import Ebitengine, directly or not. Ebitengine wants a C
# compiler with X11 and OpenGL headers to build, and panics at start where there is no display.
window_packages() {
	local deps='{{range .Deps}}{{if eq . "github.com/hajimehoshi/ebiten/v2"}}{{$.ImportPath}}{{"\n"}}{{end}}{{end}}'
	go list -e -test -f "$deps" ./... | sed -e '/^$/d' -e 's/ .*//' -e 's/\.test$//' -e 's/_test$//' | sort -u
}

# plain_packages prints all other packages.
plain_packages() { comm -23 <(go list -e ./... | sort -u) <(window_packages); }

# window_builds says whether the window can be compiled here; window_runs, whether its tests can run.
window_builds() {
	command -v gcc >/dev/null && command -v pkg-config >/dev/null &&
		pkg-config --exists gl x11 xcursor xi xinerama xrandr xxf86vm
}
window_runs() { window_builds && command -v xvfb-run >/dev/null && command -v xauth >/dev/null; }

# buildable_packages prints the packages that can be compiled here, and says on stderr what is left out.
buildable_packages() {
	plain_packages
	local window
	window="$(window_packages)"
	if [[ -z "$window" ]]; then return; fi
	if window_builds; then
		echo "$window"
	else
		echo "left out, for want of a C compiler and X11 headers (make deps):" $window >&2
	fi
}

# need_cmd_sandtable stops with a clear message where the command line program is missing.
need_cmd_sandtable() {
	if [[ ! -f cmd/sandtable/main.go ]]; then
		echo "$1 needs the program cmd/sandtable, and this tree has none." >&2
		exit 1
	fi
}

# packages_with PATTERN prints the directories (./x) of plain packages with a test file that matches the pattern.
packages_with() {
	local pattern="$1" module dir
	module="$(go list -m)"
	plain_packages | while read -r pkg; do
		dir=".${pkg#"$module"}"
		if grep -qsE "$pattern" "$dir"/*_test.go; then echo "$dir"; fi
	done
}

# snapshot prints a digest of every file that is, or could be, under version control.
snapshot() {
	git ls-files -co --exclude-standard -z | xargs -0 sh -c 'for f; do test -f "$f" && sha256sum "$f"; done; true' sh
}
