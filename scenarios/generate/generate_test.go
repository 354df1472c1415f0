package generate

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"sandtable/scenarios"
)

var rewrite = flag.Bool("rewrite", false, "write the shipped drills again from their parameters")

// shipped are the drills that are kept as data, with their directories.
var shipped = []struct {
	dir    string
	params func() Params
}{{"../linjiang-flood", Linjiang}, {"../hamlet", Hamlet}}

// director is the script that a shipped drill may have beside what is generated.
const director = "director.lua"

func TestShippedDrillsAreUpToDate(t *testing.T) {
	for _, s := range shipped {
		sc, err := County(s.params())
		if err != nil {
			t.Fatal(err)
		}
		fresh := t.TempDir()
		if *rewrite {
			fresh = s.dir
		}
		if script, err := os.ReadFile(filepath.Join(s.dir, director)); err == nil {
			sc.Drill.Director, sc.Director = director, string(script)
		}
		if err := scenarios.Write(fresh, sc); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d KiB", s.dir, treeSize(t, fresh)>>10)
		if *rewrite {
			continue
		}
		sameFiles(t, fresh, s.dir)
	}
}

func treeSize(t *testing.T, dir string) (size int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			info, e := d.Info()
			if e != nil {
				return e
			}
			if info.Size() > 1500<<10 {
				t.Errorf("%s has %d bytes; want at most 1.5 MiB", path, info.Size())
			}
			size += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if size > 3<<20 {
		t.Errorf("%s has %d bytes; want at most 3 MiB", dir, size)
	}
	return size
}

// sameFiles compares two directories file by file, leaving out what is written by hand.
func sameFiles(t *testing.T, fresh, kept string) {
	t.Helper()
	list, err := os.ReadDir(fresh)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		a, err := os.ReadFile(filepath.Join(fresh, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(kept, f.Name()))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s/%s is not what its parameters give; run go test ./scenarios/generate -rewrite", kept, f.Name())
		}
	}
}
