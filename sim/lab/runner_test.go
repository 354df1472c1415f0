package lab_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

func hamlet(t *testing.T) *scenario.Scenario {
	t.Helper()
	place, err := scenarios.Open("hamlet")
	if err != nil {
		t.Fatal(err)
	}
	sc, found := place.Load(engine.Kinds())
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return sc
}

func openFilms(t *testing.T) *lab.Films {
	t.Helper()
	f, err := lab.OpenFilms(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// orders are a protective one, one that is none, and one that is refused.
func orders() []sim.Command {
	give := func(minutes int, order string, pairs ...string) sim.Command {
		c := sim.NewCommand(sim.FromPlayer, order, pairs...)
		c.At = sim.Time(sim.Duration(minutes) * sim.Minute)
		return c
	}
	return []sim.Command{give(5, "evacuate_zone", "zone", "z01"), give(6, "warning_level", "level", "red"),
		give(7, "dance")}
}

// TestRunnerIsDrive: a job gives what driving the world with the same plan and commands gives.
func TestRunnerIsDrive(t *testing.T) {
	sc := hamlet(t)
	r := lab.Runner{Scenario: sc, Films: openFilms(t), Workers: 1}
	job := sim.Job{Name: "a", Seed: sim.SeedOf(2), Until: sim.Time(sc.Drill.Duration), Commands: orders(), Plan: true,
		KeepProtective: true}
	got, err := r.Run(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	w, err := engine.New(engine.Config{Scenario: sc, Seed: job.Seed})
	if err != nil {
		t.Fatal(err)
	}
	all := &lab.Collector{}
	src := engine.Join{lab.NewPlan(sc, w.Names()), &lab.List{Given: orders()}}
	if err := engine.Drive(t.Context(), w, src, job.Until, all); err != nil {
		t.Fatal(err)
	}
	if same, part := got.Digest.Equal(w.Digest()); !same {
		t.Errorf("the digests differ in %s", part)
	}
	if len(got.Events) != len(all.Events) || got.Until != w.Now() || got.Truth.Total.Persons != len(sc.Persons) ||
		len(got.Roster.Persons) != len(sc.Persons) {
		t.Errorf("%d events until %v, %d persons; want %d until %v, %d", len(got.Events), got.Until,
			got.Truth.Total.Persons, len(all.Events), w.Now(), len(sc.Persons))
	}
}

// TestReferenceRun: without protective orders the plan and the players still publish warnings, and nothing else.
func TestReferenceRun(t *testing.T) {
	sc := hamlet(t)
	r := lab.Runner{Scenario: sc, Films: openFilms(t)}
	got, err := r.Run(t.Context(), sim.Job{Until: sim.Time(sc.Drill.Duration), Commands: orders(), Plan: true})
	if err != nil {
		t.Fatal(err)
	}
	accepted, rejected := 0, 0
	for _, e := range got.Events {
		switch e.Kind {
		case sim.EvAccepted:
			accepted++
			if sim.Orders[e.Count].Protective {
				t.Errorf("%v in a reference run", e)
			}
		case sim.EvRejected:
			rejected++
		case sim.EvPartyWarned:
			t.Errorf("%v in a reference run", e)
		}
	}
	if accepted < 3 || rejected != 1 {
		t.Errorf("%d commands were accepted and %d refused; want some levels, and one refused", accepted, rejected)
	}
}

// TestManyRunsShareOneFilm: runs at the same time, with and without the film being there, give the same.
func TestManyRunsShareOneFilm(t *testing.T) {
	sc, cache := hamlet(t), openFilms(t)
	r := lab.Runner{Scenario: sc, Films: cache, Workers: 1}
	digests := make([]sim.Digest, 6)
	errs := make([]error, len(digests))
	for range 2 {
		var group sync.WaitGroup
		for k := range digests {
			group.Go(func() {
				res, err := r.Run(context.Background(), sim.Job{Name: fmt.Sprint(k), Seed: sim.SeedOf(5),
					Until: sim.Time(40 * sim.Minute), Plan: true, KeepProtective: true})
				if errs[k] = err; err == nil {
					digests[k] = res.Digest
				}
			})
		}
		group.Wait()
		for k, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
			if same, part := digests[k].Equal(digests[0]); !same {
				t.Errorf("runs 0 and %d differ in %s", k, part)
			}
		}
	}
	if used := cache.Used(); len(used) != 1 {
		t.Errorf("films %v; want one", used)
	}
}

// unkept is a store whose films cannot be put under their names.
type unkept struct{}

func (unkept) Open(sim.FilmKey) sim.FilmReader     { return nil }
func (u unkept) Create(sim.FilmKey) sim.FilmWriter { return u }
func (unkept) Append(sim.FilmRecord) error         { return nil }
func (unkept) Close() error                        { return errors.New("no space left on device") }

// TestFilmsNeverFailAJob: a job whose film cannot be kept has its result all the same.
func TestFilmsNeverFailAJob(t *testing.T) {
	r := lab.Runner{Scenario: hamlet(t), Films: unkept{}}
	if res, err := r.Run(t.Context(), sim.Job{Until: sim.Time(sim.Minute)}); err != nil || res == nil {
		t.Errorf("%v; want a result", err)
	}
}

func TestRunnerStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := lab.Runner{Scenario: hamlet(t)}
	if _, err := r.Run(ctx, sim.Job{Until: sim.Time(sim.Hour)}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v; want that it was cancelled", err)
	}
}

func TestListGivesEachOnce(t *testing.T) {
	at := func(seconds float64) sim.Command {
		return sim.Command{At: sim.Time(seconds * float64(sim.Second)), Order: fmt.Sprint(seconds)}
	}
	all := []sim.Command{at(0), at(0.5), at(1), at(2.25), at(2.75), at(9)}
	for skip, want := range map[sim.Time]string{0: "0 0.5 | 1 | 2.25 2.75 | | ", sim.Time(sim.Second): "| 1 | 2.25 2.75 | | ",
		sim.Time(5 * sim.Second): "| | | | "} {
		l, got := &lab.List{Given: all}, ""
		l.Skip(skip)
		for at := sim.Time(0); at < sim.Time(4*sim.Second); at = at.Add(sim.Tick) {
			for _, c := range l.Commands(at, nil, nil, nil) {
				got += c.Order + " "
			}
			got += "| "
		}
		if got != want {
			t.Errorf("skipped to %v: %q; want %q", skip, got, want)
		}
	}
}
