package replay_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"sandtable/replay"
	"sandtable/sim"
	"sandtable/sim/lab"
)

// counting is a store that counts what it is asked for.
type counting struct {
	sim.FilmStore
	opened, created int
}

func (c *counting) Open(key sim.FilmKey) sim.FilmReader {
	r := c.FilmStore.Open(key)
	if r != nil {
		c.opened++
	}
	return r
}

func (c *counting) Create(key sim.FilmKey) sim.FilmWriter {
	c.created++
	return c.FilmStore.Create(key)
}

func openFilms(t testing.TB, dir string) *counting {
	t.Helper()
	films, err := lab.OpenFilms(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	return &counting{FilmStore: films}
}

// A run directory with its films is complete: it is played again without solving anything, and gives the same as a
// run that solves.
func TestRunKeepsItsFilms(t *testing.T) {
	cfg := config(t)
	cache := openFilms(t, t.TempDir())
	cfg.Films = cache
	dir := filepath.Join(t.TempDir(), "run")
	rec, err := replay.Create(dir, header(cfg), bundle)
	if err != nil {
		t.Fatal(err)
	}
	w := finish(t, rec, cfg, usual(1))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	used := cache.FilmStore.(*lab.Films).Used()
	for range 2 { // the second time they are there
		if err := replay.KeepFilms(dir, used); err != nil || len(used) == 0 {
			t.Fatalf("%d films, %v", len(used), err)
		}
	}
	run := open(t, dir)
	own, empty := openFilms(t, run.FilmDir()), openFilms(t, t.TempDir())
	for _, c := range []struct {
		name  string
		films sim.FilmStore
	}{
		{"own films", replay.Films{Own: own, Cache: empty}},
		{"cache only", replay.Films{Cache: cache}},
		{"no films", replay.Films{}},
		{"solved", nil},
	} {
		cfg.Films = c.films
		report, err := replay.Verify(context.Background(), run, cfg, replay.VerifyOptions{})
		if err != nil || !report.Agrees() {
			t.Errorf("%s: %+v, %v; want agreement", c.name, report, err)
		}
		seen, err := replay.Seek(context.Background(), run, cfg, sim.Time(61*sim.Minute))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if err := seen.Close(); err != nil {
			t.Error(err)
		}
	}
	if own.opened == 0 || own.created != 0 || empty.created != 0 {
		t.Errorf("own films opened %d times, %d and %d new films begun; want own ones used and none made", own.opened,
			own.created, empty.created)
	}
	if err := replay.KeepFilms(dir, []string{filepath.Join(t.TempDir(), "gone.film")}); err == nil {
		t.Error("a film that is not there was kept")
	}
}

func TestOtherEngine(t *testing.T) {
	cfg := config(t)
	whole, shots := crashes(t, table{plan: true}, sim.Time(10*sim.Minute))
	for _, dir := range []string{whole.Dir, shots[0]} {
		replay.Reheader(t, dir, func(h *replay.Header) { h.Engine = "0" })
	}
	old := open(t, whole.Dir)
	ctx := context.Background()
	_, err1 := replay.Verify(ctx, old, cfg, replay.VerifyOptions{})
	_, err2 := replay.Seek(ctx, old, cfg, 0)
	_, err3 := replay.Resume(open(t, shots[0]))
	_, err4 := replay.Branch(old, filepath.Join(t.TempDir(), "x"), replay.BranchSpec{Director: "live"})
	for i, err := range []error{err1, err2, err3, err4} {
		if !errors.Is(err, replay.ErrOtherEngine) {
			t.Errorf("%s: %v; want ErrOtherEngine", []string{"verify", "seek", "resume", "branch"}[i], err)
		}
	}
	// It can still be shown.
	if allEvents(t, old) == "" || allRows(t, old) == "" {
		t.Error("events or telemetry of an older run are not read")
	}
}
