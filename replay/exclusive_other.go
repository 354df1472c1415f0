//go:build !linux && !darwin && !windows

package replay

import "os"

// openExclusive opens a file to read and write, and makes it when it is not there. On this platform nothing keeps
// another process from doing the same.
func openExclusive(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
}
