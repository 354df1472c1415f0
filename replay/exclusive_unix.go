//go:build linux || darwin

package replay

import (
	"errors"
	"os"
	"syscall"
)

// openExclusive opens a file to read and write, and makes it when it is not there. While it is open no other
// process can open it in this way; a process that ends, however it ends, gives it back.
func openExclusive(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = ErrInUse
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
