//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package lab

import "os"

// hold does nothing: on Windows a file that is open cannot be removed, and a browser has one process.
func hold(*os.File) {}

// held says no: see hold.
func held(string) bool { return false }
