package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"sandtable/evaluation"
	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/scripting"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// filmCacheMax is how large the cache of films may grow: about forty floods of a county.
const filmCacheMax = 4 << 30

// machineFlags are the flags of every verb that computes.
type machineFlags struct {
	Workers int    `default:"${cpus}" help:"水力计算用的处理器数，不影响结果 · Processors for the water; no part of the result."`
	Films   string `placeholder:"DIR" help:"水情影片缓存目录，off 为不用 · Cache of films; off for none."`
	JSON    bool   `help:"供程序读取 · For machines: JSON on standard output, no progress."`
}

// cache opens the film cache; nil when none is wanted.
func (f *machineFlags) cache() (*lab.Films, error) {
	switch f.Films {
	case "off":
		return nil, nil
	case "":
		return lab.OpenFilms(lab.DefaultFilmDir(), filmCacheMax)
	}
	return lab.OpenFilms(f.Films, filmCacheMax)
}

// story is a scenario that is to be played, with everything around it.
type story struct {
	sc    *scenario.Scenario
	flags *machineFlags
	cache *lab.Films
	films sim.FilmStore
}

// loadStory reads a scenario from a location and opens the films.
func loadStory(loc scenarios.Location, flags *machineFlags) (*story, error) {
	sc, diags := loc.Load(engine.Kinds())
	if err := diags.Err(); err != nil {
		return nil, inputError{err}
	}
	s := &story{sc: sc, flags: flags}
	var err error
	if s.cache, err = flags.cache(); err != nil {
		return nil, err
	}
	if s.cache != nil {
		s.films = s.cache
	}
	return s, nil
}

// openRun reads a run and its scenario, as both lie in the run's directory.
func openRun(dir string, flags *machineFlags) (*replay.Run, *story, error) {
	run, err := replay.Open(dir)
	if err != nil {
		return nil, nil, inputError{err}
	}
	s, err := loadStory(scenarios.Location{Name: run.Header.Scenario, FS: run.Scenario(), Dir: ".",
		Shown: run.ScenarioDir() + string(os.PathSeparator)}, flags)
	if err != nil {
		return nil, nil, err
	}
	if fmt.Sprintf("%x", s.sc.Hash) != run.Header.Hash {
		return nil, nil, inputError{fmt.Errorf("%s: %w", dir, replay.ErrOtherScenario)}
	}
	if info, err := os.Stat(run.FilmDir()); err == nil && info.IsDir() && s.cache != nil {
		if own, err := lab.OpenFilms(run.FilmDir(), 0); err == nil {
			s.films = replay.Films{Own: own, Cache: s.cache}
		}
	}
	return run, s, nil
}

func (s *story) config(seed sim.Seed) engine.Config {
	return engine.Config{Scenario: s.sc, Seed: seed, Workers: s.flags.Workers, Films: s.films}
}

// newWorld makes a fresh world of the story.
func (s *story) newWorld(seed sim.Seed) (*engine.World, error) { return engine.New(s.config(seed)) }

// sources names the live sources of the story, for the header.
func (s *story) sources() []string {
	names := []string{"plan"}
	if s.sc.Director != "" {
		names = append(names, "director")
	}
	return names
}

// live makes the live sources. note takes what the script says.
func (s *story) live(w *engine.World, note func(sim.Time, string)) (sim.Source, func(), error) {
	src := engine.Join{lab.NewPlan(s.sc, w.Names())}
	if s.sc.Director == "" {
		return src, func() {}, nil
	}
	host, err := scripting.New(s.sc.Drill.Director, s.sc.Director, scripting.Env{Scenario: s.sc, Names: w.Names(),
		Seed: w.Seed().Drill, Seat: sim.None, Note: note})
	if err != nil {
		return nil, nil, inputError{err}
	}
	return append(src, host), host.Close, nil
}

// bundle returns the scenario's files as they go into a run's directory.
func bundle(loc scenarios.Location) ([]replay.File, error) {
	files, err := loc.Bundle()
	if err != nil {
		return nil, err
	}
	var all []replay.File
	for _, f := range files {
		all = append(all, replay.File(f))
	}
	return all, nil
}

// played is what is left of a run that was played here.
type played struct {
	world  *engine.World
	events []sim.Event
	maps   *mapSheet
	wall   time.Duration
	cpu    time.Duration
	ended  bool // it reached its end; else it was interrupted
}

// play drives a new world through a recorder to the end of its header. An interrupt ends it early, without an error.
func (s *story) play(a *app, rec *replay.Recorder, liveWanted bool) (*played, error) {
	h := rec.Header()
	w, err := s.newWorld(h.Seed)
	if err != nil {
		return nil, inputError{err}
	}
	var live sim.Source
	if liveWanted {
		src, done, err := s.live(w, rec.Script)
		if err != nil {
			return nil, errors.Join(err, w.Close())
		}
		defer done()
		live = src
	}
	p := &played{world: w, maps: newMapSheet(s.sc, w)}
	events := &lab.Collector{}
	sinks := []sim.Sink{rec, events, p.maps}
	if !s.flags.JSON {
		bar := newProgress(a, sim.Time(h.Until))
		defer bar.finish()
		sinks = append(sinks, bar)
	}
	start, cpu := time.Now(), cpuTime()
	err = engine.Drive(a.ctx, w, rec.Source(live), sim.Time(h.Until), sinks...)
	p.wall, p.cpu, p.events = time.Since(start), cpuTime()-cpu, events.Events
	if errors.Is(err, context.Canceled) {
		return p, nil
	}
	p.ended = err == nil
	return p, err
}

// again plays a recorded run once more, without recording it.
func (s *story) again(a *app, run *replay.Run) (*played, error) {
	w, err := s.newWorld(run.Header.Seed)
	if err != nil {
		return nil, inputError{err}
	}
	p := &played{world: w, maps: newMapSheet(s.sc, w), ended: true}
	events := &lab.Collector{}
	sinks := []sim.Sink{events, p.maps}
	if !s.flags.JSON {
		bar := newProgress(a, run.Reach())
		defer bar.finish()
		sinks = append(sinks, bar)
	}
	err = engine.Drive(a.ctx, w, run.Source(), run.Reach(), sinks...)
	p.events = events.Events
	return p, err
}

// reference plays the same story without any protective order: the measures' denominator.
func (s *story) reference(a *app, seed sim.Seed, cmds []sim.Command, until sim.Time) (*sim.Result, error) {
	runner := &lab.Runner{Scenario: s.sc, Films: s.films, Workers: s.flags.Workers}
	return runner.Run(a.ctx, sim.Job{Name: "reference", Seed: seed, Until: until, Commands: cmds})
}

// input makes what evaluation wants of a world and its events.
func (s *story) input(w *engine.World, events []sim.Event) *evaluation.Input {
	return &evaluation.Input{Scenario: s.sc, Names: w.Names(), Sites: w.Sites(), Roster: w.Roster(), Events: events,
		Until: w.Now()}
}

// machineText tells on what a run was computed, for the report.
func machineText(p *played) string {
	return fmt.Sprintf("%.1f s (%s/%s)", p.wall.Seconds(), runtime.GOOS, runtime.GOARCH)
}
