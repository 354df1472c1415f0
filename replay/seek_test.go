package replay_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"sandtable/replay"
	"sandtable/sim"
	"sandtable/sim/engine"
)

// track keeps the full digest of chosen ticks.
type track struct {
	at   []sim.Time
	full map[sim.Time][32]byte
}

func (k *track) Before(sim.Time, []sim.Command) error { return nil }

func (k *track) After(now sim.Time, _ []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	for _, at := range k.at {
		if at == now {
			k.full[at] = view.(replay.World).FullDigest()
		}
	}
	return nil
}

func TestSeek(t *testing.T) {
	cfg := config(t)
	run := record(t, filepath.Join(t.TempDir(), "run"), cfg, usual(1))
	minute := sim.Time(sim.Minute)
	k := &track{at: []sim.Time{sim.Time(sim.Second), 30 * minute, 60 * minute, run.Reach()}, full: map[sim.Time][32]byte{}}
	dice := rand.New(rand.NewPCG(3, 4))
	for range 12 {
		k.at = append(k.at, sim.Time(1+dice.IntN(int(townUntil/sim.Second)))*sim.Time(sim.Second))
	}
	w, err := engine.New(cfg)
	if err == nil {
		err = engine.Drive(context.Background(), w, run.Source(), run.Reach(), k)
	}
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string) {
		t.Helper()
		for _, at := range k.at {
			w, err := replay.Seek(context.Background(), run, cfg, at+7)
			if at == run.Reach() {
				w, err = replay.Seek(context.Background(), run, cfg, at)
			}
			if err != nil {
				t.Fatalf("%s: seek %v: %v", name, at, err)
			}
			if w.Now() != at || w.FullDigest() != k.full[at] {
				t.Errorf("%s: seek %v led to another world at %v", name, at, w.Now())
			}
			if err := w.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	check("whole")
	if got := replay.NearestKeyframe(t, run, cfg, 59*minute); got != 30*minute {
		t.Errorf("for 0:59 the keyframe at %v is taken; want 0:30", got)
	}
	damage(t, replay.KeyframePath(run.Dir, 60*minute))
	if err := os.Remove(replay.KeyframePath(run.Dir, 90*minute)); err != nil {
		t.Fatal(err)
	}
	if got := replay.NearestKeyframe(t, run, cfg, 92*minute); got != 30*minute {
		t.Errorf("with two bad keyframes that at %v is taken; want 0:30", got)
	}
	check("with bad keyframes")
}

// damage flips a bit in the middle of a file.
func damage(t testing.TB, path string) {
	t.Helper()
	data := readFile(t, path)
	data[len(data)/2] ^= 4
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A keyframe of another run, put in the place of one's own, is not believed.
func TestSeekDoesNotTrustAForeignKeyframe(t *testing.T) {
	cfg := config(t)
	run := record(t, filepath.Join(t.TempDir(), "run"), cfg, usual(1))
	other := record(t, filepath.Join(t.TempDir(), "other"), cfg, usual(2))
	at := sim.Time(60 * sim.Minute)
	foreign := readFile(t, replay.KeyframePath(other.Dir, at))
	if err := os.WriteFile(replay.KeyframePath(run.Dir, at), foreign, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := replay.NearestKeyframe(t, run, cfg, at); got != at/2 {
		t.Errorf("the keyframe at %v is taken; want that at %v", got, at/2)
	}
}

func TestSeekRefuses(t *testing.T) {
	_, shots := crashes(t, table{plan: true}, sim.Time(10*sim.Minute))
	cfg := config(t)
	run := open(t, shots[0])
	for _, at := range []sim.Time{run.Reach() + 1, sim.Time(townUntil)} {
		if _, err := replay.Seek(context.Background(), run, cfg, at); !errors.Is(err, replay.ErrUnfinished) {
			t.Errorf("seek %v in a run that reaches %v: %v; want ErrUnfinished", at, run.Reach(), err)
		}
	}
	if _, err := replay.Seek(context.Background(), run, cfg, -1); err == nil {
		t.Error("an instant before the start was found")
	}
}
