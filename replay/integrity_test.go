package replay_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sandtable/replay"
	"sandtable/sim"
)

// damaged lists what verify says about the files that can be made again.
func damaged(t testing.TB, dir string) []replay.Damage {
	t.Helper()
	report, err := replay.Verify(context.Background(), open(t, dir), config(t), replay.VerifyOptions{})
	if err != nil || !report.Agrees() {
		t.Fatalf("%+v, %v; want agreement: the journal was not touched", report, err)
	}
	return report.Damage
}

// derived are the files of a run that can be made again, by names with slashes.
func derived(t testing.TB, dir string) []string {
	t.Helper()
	keys, err := filepath.Glob(filepath.Join(dir, "keyframes", "*.key"))
	if err != nil || len(keys) == 0 {
		t.Fatalf("%v, %v; want keyframes", keys, err)
	}
	names := []string{"events.zst", "telemetry.zst"}
	for _, k := range keys {
		names = append(names, "keyframes/"+filepath.Base(k))
	}
	return names
}

// A byte that flips in a file that can be made again is seen, wherever it is, and the file is named; a rebuild mends it.
func TestVerifySeesEveryFlippedByte(t *testing.T) {
	run := record(t, filepath.Join(t.TempDir(), "run"), config(t), usual(1))
	if d := damaged(t, run.Dir); len(d) > 0 {
		t.Fatalf("an untouched run: %v", d)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for _, name := range derived(t, run.Dir) {
		path := filepath.Join(run.Dir, filepath.FromSlash(name))
		whole := readFile(t, path)
		places := []int{0, 4, 9, 12, 28, 32, 33, len(whole) - 1} // label and frame header, and the last byte
		for range 60 {
			places = append(places, dice.IntN(len(whole)))
		}
		for _, at := range places {
			bad := slices.Clone(whole)
			bad[at] ^= byte(1 << dice.IntN(8))
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			got, err := replay.CheckFiles(open(t, run.Dir))
			if err != nil || len(got) != 1 || got[0].File != name {
				t.Fatalf("byte %d of %s: %v, %v; want the file named", at, name, got, err)
			}
		}
		if d := damaged(t, run.Dir); len(d) != 1 || d[0].File != name {
			t.Errorf("%s: verify says %v; want it once", name, d)
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range derived(t, run.Dir) {
		damage(t, filepath.Join(run.Dir, filepath.FromSlash(name)))
	}
	report, err := replay.Verify(context.Background(), open(t, run.Dir), config(t), replay.VerifyOptions{Rebuild: true})
	if err != nil || !report.Rebuilt || len(report.Damage) > 0 {
		t.Errorf("%+v, %v; want everything rebuilt", report, err)
	}
	if d := damaged(t, run.Dir); len(d) > 0 {
		t.Errorf("after the rebuild: %v", d)
	}
}

// The place of a damage is told: the frame of a packed file in which it lies.
func TestDamageHasAPlace(t *testing.T) {
	run := record(t, filepath.Join(t.TempDir(), "run"), config(t), usual(1))
	path := filepath.Join(run.Dir, "events.zst")
	data := readFile(t, path)
	data[len(data)-3] ^= 1
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	d := damaged(t, run.Dir)
	if len(d) != 1 || d[0].Offset <= 0 || !strings.Contains(d[0].String(), "events.zst: byte ") {
		t.Errorf("%v; want the byte at which the last frame begins: a frame ends with every keyframe", d)
	}
}

// Files that are whole and yet not the run's: missing, too short, of another run.
func TestVerifySeesForeignFiles(t *testing.T) {
	run := record(t, filepath.Join(t.TempDir(), "run"), config(t), usual(1))
	other := record(t, filepath.Join(t.TempDir(), "other"), config(t), usual(2))
	for _, name := range derived(t, run.Dir) {
		if strings.HasSuffix(name, "t0001800.key") {
			continue // in the first half hour the two may be equal
		}
		path := filepath.Join(run.Dir, filepath.FromSlash(name))
		whole := readFile(t, path)
		changes := map[string][]byte{"missing": nil, "foreign": readFile(t, other.Dir, filepath.FromSlash(name))}
		if first := replay.FirstFrame(whole); strings.HasSuffix(name, ".zst") && first < len(whole) {
			changes["short"] = whole[:first]
			changes["long"] = slices.Concat(whole, whole[first:])
		}
		for what, data := range changes {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if data != nil {
				if err := os.WriteFile(path, data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if d := damaged(t, run.Dir); len(d) != 1 || d[0].File != name {
				t.Errorf("%s, %s: %v; want it named once", name, what, d)
			} else if what == "foreign" && name == "events.zst" && !strings.Contains(d[0].Why, "the run gives") {
				t.Errorf("events of another run: %v; want the first event that differs", d)
			}
			if err := os.WriteFile(path, whole, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A run that was cut off has files that end somewhere: that is no damage.
func TestUnfinishedFilesAreNoDamage(t *testing.T) {
	_, shots := crashes(t, usual(1), sim.Time(10*sim.Minute), sim.Time(31*sim.Minute), sim.Time(75*sim.Minute+sim.Second))
	for _, dir := range shots {
		if d := damaged(t, dir); len(d) > 0 {
			t.Errorf("%v", d)
		}
		path := filepath.Join(dir, "events.zst")
		data := readFile(t, path)
		if len(data) == 0 {
			continue
		}
		if err := os.WriteFile(path, data[:len(data)-5], 0o644); err != nil {
			t.Fatal(err)
		}
		if d := damaged(t, dir); len(d) > 0 {
			t.Errorf("with a torn last frame: %v", d)
		}
	}
}

// failing is a hazard that fails at an instant, as one does whose numbers have left their bounds.
type failing struct {
	sim.HazardSpec
	at  sim.Time
	why string
}

func (f failing) New(env sim.HazardEnv) (sim.Hazard, error) {
	h, err := f.HazardSpec.New(env)
	return failingHazard{h, f.at, f.why}, err
}

type failingHazard struct {
	sim.Hazard
	at  sim.Time
	why string
}

func (h failingHazard) Advance(to sim.Time) error {
	if to >= h.at {
		return errors.New(h.why)
	}
	return h.Hazard.Advance(to)
}

// A run whose hazard fails has an end that says so: it can be verified, and there is nothing to resume.
func TestFailedHazardEndsARun(t *testing.T) {
	cfg := config(t)
	cfg.Scenario.Hazards[0].Spec = failing{cfg.Scenario.Hazards[0].Spec, sim.Time(40 * sim.Minute),
		"cell 3: the depth is not a number"}
	rec, err := replay.Create(filepath.Join(t.TempDir(), "run"), header(cfg), bundle)
	if err != nil {
		t.Fatal(err)
	}
	w, err := drive(t, rec, cfg, usual(1), townUntil)
	if err == nil || w.Err() == nil {
		t.Fatal("the hazard has not failed")
	}
	if err := rec.Finish(w, nil); err != nil {
		t.Fatal(err)
	}
	run := open(t, rec.Dir())
	if !run.Finished || run.End().At != w.Now() || run.Stopped() != "hazard 0: cell 3: the depth is not a number" {
		t.Fatalf("end %+v, stopped %q; want the reason", run.End(), run.Stopped())
	}
	report, err := replay.Verify(context.Background(), run, cfg, replay.VerifyOptions{})
	if err != nil || !report.Agrees() || !report.Finished || report.Until != w.Now() || len(report.Damage) > 0 {
		t.Errorf("%+v, %v; want agreement", report, err)
	}
	_, err = replay.Resume(run)
	if !errors.Is(err, replay.ErrFinished) || !strings.Contains(err.Error(), "cell 3") {
		t.Errorf("resume: %v; want ErrFinished and why", err)
	}
	// With a hazard that does not fail, or fails earlier or for another reason, it is another run.
	for _, x := range []struct {
		at  sim.Time
		why string
	}{
		{sim.Never, ""}, {sim.Time(20 * sim.Minute), "cell 3: the depth is not a number"},
		{sim.Time(40 * sim.Minute), "cell 4: the depth is not a number"},
	} {
		other := config(t)
		other.Scenario.Hazards[0].Spec = failing{other.Scenario.Hazards[0].Spec, x.at, x.why}
		report, err := replay.Verify(context.Background(), run, other, replay.VerifyOptions{})
		if err != nil || report.Agrees() {
			t.Errorf("the hazard fails at %v, %q: %+v, %v; want a mismatch", x.at, x.why, report, err)
		}
	}
}

// What is asked of a branch wrongly is told apart from what goes wrong while it is made.
func TestBranchSpecIsCheckedAtOnce(t *testing.T) {
	trunk := record(t, filepath.Join(t.TempDir(), "run"), config(t), table{})
	spec := replay.BranchSpec{At: sim.Time(99 * sim.Hour), Director: "absent", Orders: earlier()}
	err := spec.Check(trunk)
	if !errors.Is(err, replay.ErrSpec) || strings.Count(err.Error(), "want") < 3 {
		t.Errorf("%v; want ErrSpec with every mistake", err)
	}
	spec = replay.BranchSpec{At: sim.Time(sim.Minute), Director: replay.DirectorLive}
	if _, err := replay.Branch(trunk, trunk.Dir, spec); errors.Is(err, replay.ErrSpec) ||
		!errors.Is(err, replay.ErrExists) {
		t.Errorf("%v; want ErrExists alone", err)
	}
}
