package replay

import (
	"encoding/binary"
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

// Reheader changes a run's header and chains its journal anew.
func Reheader(t testing.TB, dir string, change func(*Header)) {
	t.Helper()
	run, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	change(&run.Header)
	data, err := run.Header.encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, HeaderFile), data, false); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, journalFile), chained(t, chainStart(data), run.journal.records...),
		false); err != nil {
		t.Fatal(err)
	}
}

// NewKeyframes returns a writer of keyframes for a run's directory.
func NewKeyframes(dir string) *Keyframes {
	if err := os.MkdirAll(filepath.Join(dir, keyframeDir), 0o777); err != nil {
		panic(err)
	}
	return &Keyframes{keyframes: keyframes{dir: dir}}
}

// Keyframes is keyframes.
type Keyframes struct {
	keyframes
	state sim.Encoder
}

// Save is save.
func (k *Keyframes) Save(w World) error {
	k.state.Buf = k.state.Buf[:0]
	full := w.Keyframe(&k.state)
	return k.save(w.Now(), full, k.state.Buf)
}

// DecodeKeyframe is decodeKeyframe.
func DecodeKeyframe(data []byte) ([]byte, error) {
	_, _, state, err := decodeKeyframe(data, maxState)
	return state, err
}

// CheckFiles is Run.checkFiles.
func CheckFiles(run *Run) ([]Damage, error) { return run.checkFiles() }

// FirstFrame returns the bytes of the first labelled frame of a packed file.
func FirstFrame(data []byte) int { return labelBytes + int(binary.LittleEndian.Uint32(data[8:])) }
