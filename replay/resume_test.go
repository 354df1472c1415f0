package replay_test

import (
	"bytes"
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

// camera copies a run's directory at given ticks, while it is recorded: once between the commands and their tick,
// once after it. Each copy is what a crash at that moment would leave.
type camera struct {
	t     testing.TB
	dir   string
	at    []sim.Time
	shots []string
}

func (c *camera) Before(now sim.Time, _ []sim.Command) error { return c.shoot(now) }
func (c *camera) After(now sim.Time, _ []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	return c.shoot(now)
}

func (c *camera) shoot(now sim.Time) error {
	if slices.Contains(c.at, now) {
		to := filepath.Join(c.t.TempDir(), "crash")
		copyRun(c.t, c.dir, to)
		c.shots = append(c.shots, to)
	}
	return nil
}

// crashes records a whole run, and returns it with what crashes at some moments would have left of it.
func crashes(t testing.TB, c table, at ...sim.Time) (*replay.Run, []string) {
	t.Helper()
	cfg := config(t)
	dir := filepath.Join(t.TempDir(), "whole")
	rec, err := replay.Create(dir, header(cfg), bundle)
	if err != nil {
		t.Fatal(err)
	}
	cam := &camera{t: t, dir: dir, at: at}
	w, err := drive(t, rec, cfg, c, townUntil, cam)
	if err == nil {
		err = rec.Finish(w, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return open(t, dir), cam.shots
}

// resume takes up the run in a directory and plays it to its end.
func resume(t testing.TB, dir string, c table) *replay.Recorder {
	t.Helper()
	rec, err := replay.Resume(open(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	finish(t, rec, config(t), c)
	return rec
}

func TestResumeEqualsUndisturbed(t *testing.T) {
	minute, second := sim.Time(sim.Minute), sim.Time(sim.Second)
	moments := []sim.Time{0, second, 3 * minute, 3*minute + second, 20 * minute, 30 * minute, 30*minute + second,
		40 * minute, 51 * minute, 90 * minute, sim.Time(townUntil)}
	for _, c := range players(4)[5:9] {
		moments = append(moments, c.At, c.At+second)
	}
	whole, shots := crashes(t, usual(4), moments...)
	for _, dir := range shots {
		crash := open(t, dir)
		if crash.Finished || len(crash.Damage) != 0 {
			t.Fatalf("a crash left a run that is finished %v, damage %v", crash.Finished, crash.Damage)
		}
		rec := resume(t, dir, usual(4))
		if len(rec.SetAside()) != 0 {
			t.Errorf("%v was set aside of a good journal", rec.SetAside())
		}
		sameRun(t, "resumed at "+crash.Reach().String(), open(t, dir), whole)
	}
}

// A power cut may leave any part of the journal, and rubbish after it.
func TestResumeAfterAnyCut(t *testing.T) {
	whole, shots := crashes(t, usual(5), sim.Time(40*sim.Minute))
	journal := readFile(t, shots[0], "journal.jsonl")
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range 25 {
		dir := filepath.Join(t.TempDir(), "cut")
		copyRun(t, shots[0], dir)
		n := dice.IntN(len(journal))
		cut := append(slices.Clone(journal[:n]), []string{"", "\x00\x00\x00", "{}\n{}\n"}[i%3]...)
		if err := os.WriteFile(filepath.Join(dir, "journal.jsonl"), cut, 0o644); err != nil {
			t.Fatal(err)
		}
		if first := bytes.IndexByte(journal, '\n'); n <= first {
			continue // not even the first line: nothing that belongs to the header
		}
		good := bytes.LastIndexByte(journal[:n], '\n') + 1
		rec := resume(t, dir, usual(5))
		if len(cut) > good {
			if aside := rec.SetAside(); len(aside) != 1 || aside[0] != "journal.damaged-1.jsonl" ||
				!bytes.Equal(readFile(t, dir, aside[0]), cut[good:]) {
				t.Errorf("cut at %d: %v was set aside; want what follows byte %d", n, aside, good)
			}
		}
		sameRun(t, "after a cut", open(t, dir), whole)
	}
}

func TestDamageIsKeptEveryTime(t *testing.T) {
	_, shots := crashes(t, usual(6), sim.Time(10*sim.Minute))
	dir := shots[0]
	for k, rubbish := range []string{"half a li", "{\"k\":\"note\"}\n"} {
		path := filepath.Join(dir, "journal.jsonl")
		if err := os.WriteFile(path, append(readFile(t, path), rubbish...), 0o644); err != nil {
			t.Fatal(err)
		}
		run := open(t, dir)
		if len(run.Damage) != 1 || run.Damage[0].File != "journal.jsonl" {
			t.Fatalf("damage %v; want one in the journal", run.Damage)
		}
		rec, err := replay.Resume(run)
		if err != nil {
			t.Fatal(err)
		}
		name := []string{"journal.damaged-1.jsonl", "journal.damaged-2.jsonl"}[k]
		if aside := rec.SetAside(); len(aside) != 1 || aside[0] != name || string(readFile(t, dir, name)) != rubbish {
			t.Errorf("%v was set aside; want %s with %q", aside, name, rubbish)
		}
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// What the players did is only in the journal: nobody has to give it again.
func TestResumeNeedsNoPlayers(t *testing.T) {
	c := usual(7)
	c.players = c.players[:15]
	whole, shots := crashes(t, c, sim.Time(50*sim.Minute))
	c.players = nil
	resume(t, shots[0], c)
	sameRun(t, "without players", open(t, shots[0]), whole)
}

func TestResumeWithAnotherScriptIsRefused(t *testing.T) {
	_, shots := crashes(t, usual(8), sim.Time(25*sim.Minute))
	for _, c := range []struct {
		name string
		how  func(*table)
		part string
		at   sim.Duration
		text string
	}{
		{"another inject", func(c *table) { c.script = strings.Replace(c.script, "泄洪", "加大泄洪", 1) },
			"commands", 3 * sim.Minute, "加大泄洪"},
		{"later", func(c *table) { c.script = strings.Replace(c.script, `"12m"`, `"13m"`, 1) },
			"commands", 12 * sim.Minute, "nothing"},
		{"no director", func(c *table) { c.director = false }, "commands", 3 * sim.Minute, "nothing"},
		{"no plan", func(c *table) { c.plan = false }, "commands", 0, "open_shelter"},
		{"another note", func(c *table) { c.script = strings.Replace(c.script, `" left "`, `" gone "`, 1) },
			"journal", 20 * sim.Minute, "gone"},
		{"no note", func(c *table) { c.script = strings.Replace(c.script, "note(", "tostring(", 1) },
			"script", 20 * sim.Minute, "nothing"},
		{"a further note", func(c *table) { c.script += `on.at("5m", function() note("hm") end)` },
			"journal", 5 * sim.Minute, "hm"},
	} {
		dir := filepath.Join(t.TempDir(), "run")
		copyRun(t, shots[0], dir)
		rec, err := replay.Resume(open(t, dir))
		if err != nil {
			t.Fatal(err)
		}
		other := usual(8)
		c.how(&other)
		_, err = drive(t, rec, config(t), other, townUntil)
		var m *replay.Mismatch
		if !errors.As(err, &m) || m.Part != c.part || m.At != sim.Time(c.at) ||
			!strings.Contains(m.Recorded+m.Now, c.text) {
			t.Errorf("%s: %v; want a mismatch of %s at %v with %q", c.name, err, c.part, sim.Time(c.at), c.text)
		}
		if err := rec.Close(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(readFile(t, dir, "journal.jsonl"), readFile(t, shots[0], "journal.jsonl")) {
			t.Errorf("%s: the journal has changed", c.name)
		}
	}
}

func TestOnlyOneRecordsARun(t *testing.T) {
	cfg := config(t)
	dir := filepath.Join(t.TempDir(), "run")
	rec, err := replay.Create(dir, header(cfg), bundle)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drive(t, rec, cfg, usual(9), 5*sim.Minute); err != nil {
		t.Fatal(err)
	}
	run := open(t, dir) // reading is free
	if _, err := replay.Resume(run); !errors.Is(err, replay.ErrInUse) {
		t.Errorf("two recorders at once: %v; want ErrInUse", err)
	}
	if err := rec.Close(); err != nil {
		t.Fatal(err)
	}
	rec, err = replay.Resume(run)
	if err != nil {
		t.Fatalf("after the first has gone: %v", err)
	}
	if err := errors.Join(rec.Close(), rec.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestNotes(t *testing.T) {
	cfg := config(t)
	dir := filepath.Join(t.TempDir(), "run")
	rec, err := replay.Create(dir, header(cfg), bundle)
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Note("评估员", "开始"); err != nil {
		t.Fatal(err)
	}
	if _, err := drive(t, rec, cfg, usual(10), 5*sim.Minute); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(rec.Note("评估员", "叫应迟"), rec.Close()); err != nil {
		t.Fatal(err)
	}
	if err := rec.Note("x", "y"); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a note after the close: %v; want os.ErrClosed", err)
	}
	rec, err = replay.Resume(open(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Note("评估员", "too early"); !errors.Is(err, replay.ErrCatchingUp) {
		t.Errorf("a note behind the journal: %v; want ErrCatchingUp", err)
	}
	finish(t, rec, cfg, usual(10))
	var notes []string
	for _, r := range open(t, dir).Records() {
		if r.Kind == replay.KindNote {
			notes = append(notes, r.At.String()+" "+r.Author+" "+r.Text)
		}
	}
	if want := []string{"0:00:00 评估员 开始", "0:05:00 评估员 叫应迟"}; !slices.Equal(notes, want) {
		t.Errorf("notes %q; want %q", notes, want)
	}
}
