package replay

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// syncEvery is the longest time that a line waits for the disk. A killed process loses nothing, because every line
// is handed to the system at once; a power cut loses the lines of this time at most.
const syncEvery = time.Second

// lineLog appends to a chained file, one write per line. It holds the file alone.
type lineLog struct {
	file *os.File
	hash string // of the last line
	disk *syncer
	err  error // the first failure; nothing is written after it
}

// begin puts the log behind the good bytes of its file. What follows them is set aside under the name that is
// returned.
func (l *lineLog) begin(good int64, hash string) (aside string, err error) {
	l.hash, l.disk = hash, &syncer{file: l.file}
	info, err := l.file.Stat()
	if err == nil && info.Size() > good {
		aside, err = setAside(l.file, good)
	}
	if err == nil {
		_, err = l.file.Seek(good, io.SeekStart)
	}
	return aside, err
}

// append writes the line of a body.
func (l *lineLog) append(body []byte) error {
	if l.err != nil {
		return l.err
	}
	line, hash := seal(l.hash, body)
	if _, err := l.file.Write(line); err != nil {
		l.err = fmt.Errorf("writing %s: %w", filepath.Base(l.file.Name()), err)
		return l.err
	}
	l.hash = hash
	l.err = l.disk.touch()
	return l.err
}

// close brings the file to the disk and closes it.
func (l *lineLog) close() error {
	if l.disk == nil {
		return l.file.Close()
	}
	return errors.Join(l.disk.close(), l.file.Close())
}

// setAside moves what follows the first good bytes of a chained file into a file of its own beside it, named after
// the first free number, and returns that name. Nothing is deleted: the copy is on the disk before the file is cut.
func setAside(file *os.File, good int64) (string, error) {
	if _, err := file.Seek(good, io.SeekStart); err != nil {
		return "", err
	}
	aside, err := createNumbered(file.Name())
	if err != nil {
		return "", err
	}
	name := filepath.Base(file.Name())
	_, err = io.Copy(aside, file)
	if err = errors.Join(err, aside.Sync(), aside.Close()); err != nil {
		return "", fmt.Errorf("setting the damaged end of %s aside: %w", name, err)
	}
	if err := errors.Join(file.Truncate(good), file.Sync()); err != nil {
		return "", fmt.Errorf("cutting the damaged end of %s: %w", name, err)
	}
	return filepath.Base(aside.Name()), nil
}

// createNumbered makes journal.damaged-1.jsonl for journal.jsonl, or the next that is free.
func createNumbered(path string) (*os.File, error) {
	ext := filepath.Ext(path)
	stem := path[:len(path)-len(ext)]
	for n := 1; ; n++ {
		file, err := os.OpenFile(fmt.Sprintf("%s.damaged-%d%s", stem, n, ext), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil || !errors.Is(err, os.ErrExist) {
			return file, err
		}
	}
}

// syncer brings a file to the disk within syncEvery after a write, and at most so often. It does so beside the run,
// which never waits for the disk.
type syncer struct {
	file  *os.File
	mu    sync.Mutex
	timer *time.Timer // nil when nothing waits
	err   error
	under sync.WaitGroup
}

// touch says that something was written. It returns the error of an earlier sync.
func (s *syncer) touch() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.timer == nil && s.err == nil {
		s.under.Add(1)
		s.timer = time.AfterFunc(syncEvery, s.run)
	}
	return s.err
}

func (s *syncer) run() {
	defer s.under.Done()
	s.mu.Lock()
	s.timer = nil // a line that is written from here on asks for a sync of its own
	s.mu.Unlock()
	if err := s.file.Sync(); err != nil {
		s.mu.Lock()
		s.err = err
		s.mu.Unlock()
	}
}

// close waits for a sync that is under way and makes the last one.
func (s *syncer) close() error {
	s.mu.Lock()
	if s.timer != nil && s.timer.Stop() {
		s.under.Done()
	}
	s.mu.Unlock()
	s.under.Wait()
	return errors.Join(s.err, s.file.Sync())
}
