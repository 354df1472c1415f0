package replay_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sandtable/replay"
	"sandtable/sim"
)

func TestEqualRunsHaveEqualJournals(t *testing.T) {
	cfg := config(t)
	a := record(t, filepath.Join(t.TempDir(), "a"), cfg, usual(1))
	b := record(t, filepath.Join(t.TempDir(), "b"), cfg, usual(1))
	sameRun(t, "the same seed", b, a)
	other := cfg
	other.Seed.People++
	c := record(t, filepath.Join(t.TempDir(), "c"), other, usual(1))
	if a.End().Full == c.End().Full {
		t.Error("another seed of people, and the same world at the end")
	}
	if !a.Finished || len(a.Damage) != 0 || a.Reach() != sim.Time(townUntil) {
		t.Errorf("finished %v, damage %v, reach %v; want a whole run", a.Finished, a.Damage, a.Reach())
	}
}

// The tests rest on a run in which things happen.
func TestTheTestDrillIsLively(t *testing.T) {
	run := record(t, filepath.Join(t.TempDir(), "run"), config(t), usual(1))
	count := map[replay.Kind]int{}
	for _, r := range run.Records() {
		count[r.Kind]++
	}
	if count[replay.KindCmds] < 20 || count[replay.KindReject] < 5 || count[replay.KindScript] < 3 ||
		count[replay.KindDigest] != 95 || count[replay.KindKey] != 4 {
		t.Errorf("%v; want commands, refusals, notes, 95 digests and 4 keyframes", count)
	}
	events := allEvents(t, run)
	for _, kind := range []string{"party-left", "party-sheltered", "order-acked", "place-danger", "gauge", "channel"} {
		if !strings.Contains(events, kind) {
			t.Errorf("no event %s", kind)
		}
	}
	if rows := strings.Count(allRows(t, run), "\n"); rows != 97 {
		t.Errorf("%d rows of telemetry; want the first second, 95 minutes and the end", rows)
	}
	walls, err := run.Times()
	if err != nil || len(walls) != len(run.Records())+1 || walls[0].Go == "" ||
		walls[1].Journal != run.Records()[0].Hash {
		t.Errorf("%d lines of times, %v; want the machine, then one per line of the journal", len(walls), err)
	}
}

func TestVerifyAgrees(t *testing.T) {
	cfg := config(t)
	run := record(t, filepath.Join(t.TempDir(), "run"), cfg, usual(2))
	last := sim.Time(0)
	report, err := replay.Verify(context.Background(), run, cfg, replay.VerifyOptions{
		Progress: func(now sim.Time) { last = now }})
	if err != nil || !report.Agrees() || !report.Finished || report.Digests != 95 || report.Keyframes != 4 ||
		report.Until != run.Reach() || last != run.Reach() {
		t.Errorf("%+v, %v; want agreement to the end", report, err)
	}
	other := cfg
	other.Scenario = town(t)
	other.Scenario.Hash[0]++
	_, err = replay.Verify(context.Background(), run, other, replay.VerifyOptions{})
	if !errors.Is(err, replay.ErrOtherScenario) {
		t.Errorf("with another scenario: %v; want ErrOtherScenario", err)
	}
}

// A command that is changed and chained anew gives another story: verify tells from when on, and in what.
func TestVerifyNamesTimeAndSubsystem(t *testing.T) {
	cfg := config(t)
	run := record(t, filepath.Join(t.TempDir(), "run"), cfg, table{plan: true})
	for _, c := range []struct {
		name   string
		change func([]replay.Record) []replay.Record
		part   string
		at     sim.Duration
	}{
		{"another order", func(rs []replay.Record) []replay.Record {
			for i := range rs {
				if r := &rs[i]; r.Kind == replay.KindCmds && r.Commands[0].Order == "prepare_zone" {
					r.Commands[0].Args[0].Value = "z2"
				}
			}
			return rs
		}, "command", 11 * sim.Minute},
		{"a digest", func(rs []replay.Record) []replay.Record {
			for i := range rs {
				if r := &rs[i]; r.Kind == replay.KindDigest && r.At == sim.Time(20*sim.Minute) {
					r.Parts[3].Value++
				}
			}
			return rs
		}, "roads", 20 * sim.Minute},
		{"a keyframe", func(rs []replay.Record) []replay.Record {
			for i := range rs {
				if r := &rs[i]; r.Kind == replay.KindKey && r.At == sim.Time(30*sim.Minute) {
					r.Full[5]++
				}
			}
			return rs
		}, "state", 30 * sim.Minute},
		{"a digest left out", func(rs []replay.Record) []replay.Record {
			for i := range rs {
				if r := &rs[i]; r.Kind == replay.KindDigest && r.At == sim.Time(5*sim.Minute) {
					return append(rs[:i], rs[i+1:]...)
				}
			}
			return rs
		}, "journal", 5 * sim.Minute},
		{"an end too early", func(rs []replay.Record) []replay.Record {
			end := rs[len(rs)-1]
			for i := range rs {
				if r := &rs[i]; r.Kind == replay.KindDigest && r.At == sim.Time(7*sim.Minute) {
					end.At, end.Parts, end.Ticks = r.At, r.Parts, 420
					return append(rs[:i+1:i+1], end)
				}
			}
			return rs
		}, "journal", 7 * sim.Minute},
	} {
		dir := filepath.Join(t.TempDir(), "changed")
		copyRun(t, run.Dir, dir)
		replay.Rewrite(t, dir, c.change)
		report, err := replay.Verify(context.Background(), open(t, dir), cfg, replay.VerifyOptions{})
		if err != nil || report.Agrees() {
			t.Errorf("%s: %+v, %v; want a mismatch", c.name, report, err)
			continue
		}
		if m := report.Mismatch; m.Part != c.part || m.At != sim.Time(c.at) {
			t.Errorf("%s: %v; want %s at %v", c.name, m, c.part, sim.Time(c.at))
		}
	}
}

// copyRun copies a run's files as they are at this moment.
func copyRun(t testing.TB, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func TestRebuild(t *testing.T) {
	cfg := config(t)
	run := record(t, filepath.Join(t.TempDir(), "run"), cfg, usual(3))
	bare := filepath.Join(t.TempDir(), "bare")
	copyRun(t, run.Dir, bare)
	for _, name := range []string{"events.zst", "telemetry.zst", "keyframes"} {
		if err := os.RemoveAll(filepath.Join(bare, name)); err != nil {
			t.Fatal(err)
		}
	}
	report, err := replay.Verify(context.Background(), open(t, bare), cfg, replay.VerifyOptions{Rebuild: true})
	if err != nil || !report.Agrees() || !report.Rebuilt {
		t.Fatalf("%+v, %v; want a rebuilt run", report, err)
	}
	sameRun(t, "rebuilt", open(t, bare), run)
	key := replay.KeyframePath("", sim.Time(30*sim.Minute))
	if !bytes.Equal(readFile(t, bare, key), readFile(t, run.Dir, key)) {
		t.Error("another keyframe after the rebuild")
	}
	// A run that does not agree keeps what it has.
	before := readFile(t, bare, "events.zst")
	replay.Rewrite(t, bare, func(rs []replay.Record) []replay.Record {
		rs[len(rs)-1].Parts[0].Value++
		return rs
	})
	report, err = replay.Verify(context.Background(), open(t, bare), cfg, replay.VerifyOptions{Rebuild: true})
	if err != nil || report.Agrees() || report.Rebuilt || !bytes.Equal(before, readFile(t, bare, "events.zst")) {
		t.Errorf("%+v, %v; want a mismatch and the old event log", report, err)
	}
	if left, err := filepath.Glob(filepath.Join(bare, "*.new")); err != nil || len(left) > 0 {
		t.Errorf("%v are left over, %v", left, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	cfg := config(t)
	run := record(t, filepath.Join(t.TempDir(), "run"), cfg, table{})
	change := func(name, old, new string) string {
		dir := filepath.Join(t.TempDir(), "changed")
		copyRun(t, run.Dir, dir)
		path := filepath.Join(dir, name)
		data := bytes.Replace(readFile(t, path), []byte(old), []byte(new), 1)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	headless := change("header.json", "", "")
	if err := os.Remove(filepath.Join(headless, "header.json")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dir  string
		want error
	}{
		{filepath.Join(t.TempDir(), "nothing"), replay.ErrNoRun},
		{t.TempDir(), replay.ErrNoRun},
		{filepath.Join(run.Dir, "journal.jsonl"), replay.ErrNoRun},
		{headless, replay.ErrDamaged},
		{change("header.json", `"language": "zh"`, `"language": "en"`), replay.ErrDamaged},
		{change("header.json", `"format": 2`, `"format": 99`), replay.ErrFormat},
		{change("header.json", `{`, `[`), replay.ErrDamaged},
		{change("journal.jsonl", `"k":"begin"`, `"k":"BEGIN"`), replay.ErrDamaged},
	} {
		if _, err := replay.Open(c.dir); !errors.Is(err, c.want) {
			t.Errorf("%s: %v; want %v", c.dir, err, c.want)
		}
	}
	if _, err := replay.Create(run.Dir, header(cfg), bundle); !errors.Is(err, replay.ErrExists) {
		t.Errorf("a new run over an old one: %v; want ErrExists", err)
	}
	if _, err := replay.Resume(run); !errors.Is(err, replay.ErrFinished) {
		t.Errorf("resuming a finished run: %v; want ErrFinished", err)
	}
	bad := []replay.File{{Name: "../outside", Data: nil}}
	if _, err := replay.Create(filepath.Join(t.TempDir(), "x"), header(cfg), bad); err == nil {
		t.Error("a file outside the bundle was written")
	}
}
