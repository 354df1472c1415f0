#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are needed, and of these only the missing ones.
#   deps.sh [test] [portability]
# Exit code 0: all is there. 3: something is missing and may not be installed here; the command to do it is printed.
set -euo pipefail

for_tests=(gcc libc6-dev pkg-config libgl1-mesa-dev libxcursor-dev libxi-dev libxinerama-dev libxrandr-dev
	libxxf86vm-dev xvfb xauth libgl1-mesa-dri)

installed() { [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

missing=()
for set in "${@:-test}"; do
	case "$set" in
	test)
		if ! command -v dpkg-query >/dev/null; then
			echo "deps: this is neither Debian nor Ubuntu. The tests of the window want the equivalent of:"
			echo "      ${for_tests[*]}"
			exit 3
		fi
		for p in "${for_tests[@]}"; do installed "$p" || missing+=("$p"); done
		;;
	portability) # any installation of these programs will do
		command -v qemu-aarch64 >/dev/null || command -v qemu-aarch64-static >/dev/null || missing+=(qemu-user)
		command -v node >/dev/null || missing+=(nodejs)
		;;
	*)
		echo "deps: unknown set $set; want test or portability" >&2
		exit 2
		;;
	esac
done

if [[ ${#missing[@]} == 0 ]]; then
	echo "deps: everything is installed"
	exit 0
fi

echo "deps: missing: ${missing[*]}"
install="apt-get install -y --no-install-recommends ${missing[*]}"
as_root=()
if [[ $EUID != 0 ]]; then
	if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
		as_root=(sudo -n)
	else
		echo "deps: this needs root, and sudo would ask for a password. To install them, run"
		echo "      sudo apt-get update && sudo $install"
		exit 3
	fi
fi
if ! command -v apt-get >/dev/null; then
	echo "deps: there is no apt-get. Install them with what this machine has."
	exit 3
fi

options=(-q -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2)
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" update ||
	echo "deps: the package lists could not be brought up to date; trying with the old ones"
if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
	apt-get "${options[@]}" install -y --no-install-recommends "${missing[@]}"; then
	echo "deps: the installation failed. To try again, run"
	echo "      $install"
	exit 3
fi
echo "deps: installed ${missing[*]}"
