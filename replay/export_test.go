package replay

import (
	"os"
	"path/filepath"
	"testing"
)

// Rewrite changes the records of a journal on the disk and chains them anew, as somebody would who wants to hide it.
func Rewrite(t testing.TB, dir string, change func([]Record) []Record) {
	t.Helper()
	run, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	data := chained(t, run.start, change(run.journal.records)...)
	if err := os.WriteFile(filepath.Join(dir, journalFile), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// KeyframePath is keyframePath.
var KeyframePath = keyframePath
