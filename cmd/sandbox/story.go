package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"sandtable/render"
	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/scripting"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// filmCacheMax is how large the cache of films may grow [bytes].
const filmCacheMax = 4 << 30

// story is what is to be played: a scenario with its seed, or a recorded run.
type story struct {
	loc     scenarios.Location
	sc      *scenario.Scenario
	seed    sim.Seed
	films   sim.FilmStore
	workers int
	run     *replay.Run // nil for a new run
	out     string      // where it is recorded; empty for nowhere
}

// story reads what the command line names.
func (o *options) story() (*story, error) {
	st := &story{workers: o.Workers, out: o.Out}
	var err error
	if o.Replay != "" {
		err = st.openRun(o.Replay)
	} else {
		st.loc, err = scenarios.Open(o.Scenario)
	}
	if err != nil {
		return nil, inputError{err}
	}
	sc, diags := st.loc.Load(engine.Kinds())
	if err := diags.Err(); err != nil {
		return nil, inputError{err}
	}
	st.sc = sc
	if st.run != nil {
		st.seed = st.run.Header.Seed
		if fmt.Sprintf("%x", sc.Hash) != st.run.Header.Hash {
			return nil, inputError{fmt.Errorf("%s: %w", o.Replay, replay.ErrOtherScenario)}
		}
	} else if st.seed = sim.SeedOf(uint64(sc.Drill.Seed)); o.Seed != "" {
		if st.seed, err = sim.ParseSeed(o.Seed); err != nil {
			return nil, inputError{err}
		}
	}
	return st, st.openFilms(o.Films)
}

func (st *story) openRun(dir string) error {
	run, err := replay.Open(dir)
	if err != nil {
		return err
	}
	st.run = run
	st.loc = scenarios.Location{Name: run.Header.Scenario, FS: run.Scenario(), Dir: ".", Shown: run.ScenarioDir()}
	return nil
}

// openFilms opens the cache of films. A browser has none.
func (st *story) openFilms(dir string) error {
	if dir == "off" || runtime.GOOS == "js" {
		return nil
	}
	if dir == "" {
		dir = lab.DefaultFilmDir()
	}
	cache, err := lab.OpenFilms(dir, filmCacheMax)
	if err != nil {
		return err
	}
	st.films = cache
	if st.run == nil {
		return nil
	}
	if info, err := os.Stat(st.run.FilmDir()); err == nil && info.IsDir() {
		if own, err := lab.OpenFilms(st.run.FilmDir(), 0); err == nil {
			st.films = replay.Films{Own: own, Cache: cache}
		}
	}
	return nil
}

func (st *story) config() engine.Config {
	return engine.Config{Scenario: st.sc, Seed: st.seed, Workers: st.workers, Films: st.films}
}

// end returns the instant at which the run ends.
func (st *story) end() sim.Time {
	if st.run != nil {
		return max(st.run.Reach(), sim.Time(sim.Tick))
	}
	return sim.Time(st.sc.Drill.Duration)
}

// sources names the live sources, for the header of a recorded run.
func (st *story) sources() []string {
	names := []string{"plan"}
	if st.sc.Director != "" {
		names = append(names, "director")
	}
	return names
}

// live makes the live sources of a new world: the standing plan and the director's script. note takes what the
// script says.
func (st *story) live(w *engine.World, note func(sim.Time, string)) (engine.Join, func(), error) {
	src := engine.Join{lab.NewPlan(st.sc, w.Names())}
	if st.sc.Director == "" {
		return src, func() {}, nil
	}
	host, err := scripting.New(st.sc.Drill.Director, st.sc.Director, scripting.Env{Scenario: st.sc, Names: w.Names(),
		Seed: st.seed.Drill, Seat: sim.None, Note: note})
	if err != nil {
		return nil, nil, inputError{err}
	}
	return append(src, host), host.Close, nil
}

// bundle returns the scenario's files, as a run keeps them.
func (st *story) bundle() ([]replay.File, error) {
	files, err := st.loc.Bundle()
	if err != nil {
		return nil, err
	}
	out := make([]replay.File, len(files))
	for i, f := range files {
		out[i] = replay.File(f)
	}
	return out, nil
}

// record begins a recorded run.
func (st *story) record(dir string, lang sim.Lang) (*replay.Recorder, error) {
	bundle, err := st.bundle()
	if err != nil {
		return nil, err
	}
	rec, err := replay.Create(dir, replay.Header{Scenario: st.sc.Drill.Name, Hash: fmt.Sprintf("%x", st.sc.Hash),
		Seed: st.seed, Language: lang.String(), Until: st.sc.Drill.Duration, Sources: st.sources()}, bundle)
	if errors.Is(err, replay.ErrExists) {
		return nil, inputError{err}
	}
	return rec, err
}

// font reads the font that is asked for.
func (o *options) font() (*render.Font, error) {
	if o.Font == "" {
		return render.DefaultFont(), nil
	}
	data, err := os.ReadFile(o.Font)
	if err != nil {
		var missing *fs.PathError
		if errors.As(err, &missing) {
			return nil, inputError{err}
		}
		return nil, err
	}
	font, err := render.NewFont(data)
	if err != nil {
		return nil, inputError{fmt.Errorf("%s: %w", o.Font, err)}
	}
	return font, nil
}
