package replay

import (
	"os"
	"path/filepath"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
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

// NearestKeyframe returns the instant of the keyframe from which Seek would step, or 0.
func NearestKeyframe(t testing.TB, run *Run, cfg engine.Config, at sim.Time) sim.Time {
	t.Helper()
	cfg, err := run.Config(cfg)
	if err != nil {
		t.Fatal(err)
	}
	w, err := run.nearest(cfg, at)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.Now()
}
