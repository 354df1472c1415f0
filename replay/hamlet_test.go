package replay_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
)

// hamlet returns the configuration of the shipped drill, with films in a cache of its own, and its files.
func hamlet(t testing.TB) (engine.Config, []replay.File) {
	t.Helper()
	loc, err := scenarios.Open("hamlet")
	if err != nil {
		t.Fatal(err)
	}
	sc, diags := loc.Load(engine.Kinds())
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	files, err := loc.Bundle(engine.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	var all []replay.File
	for _, f := range files {
		all = append(all, replay.File(f))
	}
	films, err := lab.OpenFilms(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return engine.Config{Scenario: sc, Seed: sim.SeedOf(3), Workers: 1, Films: films}, all
}

// The shipped drill, with its real water: interrupted where the film plays, where it is being made and between; seeked,
// verified with the film and without, and branched.
func TestHamlet(t *testing.T) {
	cfg, files := hamlet(t)
	until := min(cfg.Scenario.Drill.Duration, 3*sim.Hour)
	c := table{plan: true, director: true, script: directorText}
	for i, zone := range cfg.Scenario.Zones[:min(3, len(cfg.Scenario.Zones))] {
		order := sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", zone.Name)
		order.At = sim.Time(i+1) * 20 * sim.Time(sim.Minute)
		c.players = append(c.players, order)
	}
	// The script of the tests names places of another town; the errors that it meets here are a part of the run.
	h := header(cfg)
	h.Scenario, h.Hash, h.Until = "hamlet", fmt.Sprintf("%x", cfg.Scenario.Hash), until
	begin := func() *replay.Recorder {
		rec, err := replay.Create(filepath.Join(t.TempDir(), "hamlet"), h, files)
		if err != nil {
			t.Fatal(err)
		}
		return rec
	}
	rec := begin()
	if err := finish(t, rec, cfg, c).Close(); err != nil { // solved and filmed
		t.Fatal(err)
	}
	whole := open(t, rec.Dir())
	// What is in the directory is the scenario, whole.
	if sc, diags := scenarios.Load(whole.Scenario(), ".", engine.Kinds()); diags.Err() != nil ||
		sc.Hash != cfg.Scenario.Hash {
		t.Errorf("the bundle in the run is another scenario: %v", diags.Err())
	}
	cam := &camera{t: t, at: []sim.Time{sim.Time(29 * sim.Minute), sim.Time(40*sim.Minute + sim.Second)}}
	rec = begin()
	cam.dir = rec.Dir()
	w, err := drive(t, rec, cfg, c, until, cam) // from the film
	if err == nil {
		err = rec.Finish(w, map[string]int{"ticks": 1})
	}
	if err != nil {
		t.Fatal(err)
	}
	sameRun(t, "filmed", open(t, rec.Dir()), whole)
	for i, dir := range cam.shots {
		again := cfg
		if i%2 == 1 {
			again.Films = nil
		}
		rec, err := replay.Resume(open(t, dir))
		if err != nil {
			t.Fatal(err)
		}
		if err := finish(t, rec, again, c).Close(); err != nil {
			t.Fatal(err)
		}
		sameRun(t, "resumed", open(t, dir), whole)
	}
	seekBoth(t, whole, cfg)
}

// seekBoth jumps with and without films, and verifies a branch that changes nothing.
func seekBoth(t *testing.T, run *replay.Run, cfg engine.Config) {
	t.Helper()
	ctx := context.Background()
	at := sim.Time(75*sim.Minute + 10*sim.Second)
	var full [2][32]byte
	for i, films := range []sim.FilmStore{cfg.Films, nil} {
		cfg := cfg
		cfg.Films = films
		w, err := replay.Seek(ctx, run, cfg, at)
		if err != nil {
			t.Fatal(err)
		}
		full[i] = w.FullDigest()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		report, err := replay.Verify(ctx, run, cfg, replay.VerifyOptions{})
		if err != nil || !report.Agrees() || report.Until != run.Reach() {
			t.Errorf("films %v: %+v, %v; want agreement", films != nil, report, err)
		}
	}
	if full[0] != full[1] {
		t.Errorf("at %v the world is another one without films", at)
	}
	dir := filepath.Join(t.TempDir(), "branch")
	rec, err := replay.Branch(run, dir, replay.BranchSpec{At: at, Director: replay.DirectorRecorded, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := finish(t, rec, cfg, table{}).Close(); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir); got.End().Full != run.End().Full || bodies(t, got) != bodies(t, run) {
		t.Error("a branch without change is another run")
	}
}
