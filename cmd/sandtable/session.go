package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"sandtable/cmd/internal/stage"
	"sandtable/evaluation"
	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/maps"
)

// machineFlags are the flags of every verb that computes.
type machineFlags struct {
	stage.Machine
	Lang string `enum:"zh,en," default:"" help:"语言（zh 或 en），缺省同演练 · Language (zh or en); the drill's own when left out."`
	JSON bool   `help:"供程序读取 · For machines: JSON on standard output, no progress."`
}

// story is what is played, with how it is wanted.
type story struct {
	*stage.Story
	flags     *machineFlags
	lang      sim.Lang // of what is shown
	threshold int32    // depth above which a place counts as reached, on maps [mm]
}

// openStory reads a scenario.
func openStory(nameOrPath string, flags *machineFlags) (*story, error) {
	s, err := stage.Open(nameOrPath, flags.Machine)
	if err != nil {
		return nil, err
	}
	return &story{s, flags, langOf(flags.Lang, s.Scenario.Drill.Language), maps.Wet}, nil
}

// openRun reads a run and its scenario. From then on complaints are in the run's language, unless another one is
// asked for.
func openRun(a *app, dir string, flags *machineFlags) (*story, error) {
	s, err := stage.OpenRun(dir, flags.Machine)
	if err != nil {
		return nil, err
	}
	a.lang = langOf(flags.Lang, s.Run.Header.Language)
	return &story{s, flags, a.lang, maps.Wet}, nil
}

// instant reads the flag --at.
func (s *story) instant(text string) (sim.Time, error) {
	at, err := scenarios.ParseInstant(text, s.Scenario.Drill.Start)
	if err != nil {
		return 0, stage.Bad("参数 --at %v", "--at %v", err)
	}
	return at, nil
}

// newWorld makes a fresh world of the story.
func (s *story) newWorld(seed sim.Seed) (*engine.World, error) {
	w, err := engine.New(s.Config(seed))
	return w, stage.Input(err)
}

// played is what is left of a run that was played here.
type played struct {
	world   *engine.World
	events  []sim.Event
	maps    *mapSheet
	peaks   *evaluation.Peaks
	water   *maps.Sink
	watch   *evaluation.ForecastWatch
	wall    time.Duration
	cpu     time.Duration
	ended   bool  // it reached its end, or was stopped; else it was interrupted
	stopped error // why a hazard failed; nil
}

// drive drives a world to an instant, with the sinks that every run has. An interrupt ends it early, and a hazard that
// fails stops it, both without an error.
func (s *story) drive(a *app, w *engine.World, src sim.Source, until sim.Time, sinks ...sim.Sink) (*played, error) {
	water := &maps.Sink{Threshold: s.threshold}
	p := &played{
		world: w, maps: newMapSheet(s.Scenario, w, water), peaks: evaluation.NewPeaks(s.Scenario, w.Sites()), water: water,
		watch: evaluation.NewForecastWatch(s.Scenario),
	}
	events := &lab.Collector{}
	sinks = append(sinks, events, p.water, p.maps, p.peaks, p.watch)
	if p.maps.rating != nil {
		sinks = append(sinks, p.maps.rating)
	}
	if !s.flags.JSON {
		bar := newProgress(a, until, s.lang)
		defer bar.finish()
		sinks = append(sinks, bar)
	}
	start, cpu := time.Now(), cpuTime()
	err := engine.Drive(a.ctx, w, src, until, sinks...)
	p.wall, p.cpu, p.events = time.Since(start), cpuTime()-cpu, events.Events
	switch {
	case errors.Is(err, context.Canceled):
		return p, nil
	case engine.Stopped(w, err):
		p.stopped, err = w.Err(), nil
	}
	p.ended = err == nil
	return p, err
}

// play drives a new world through a recorder to the end of its header.
func (s *story) play(a *app, rec *replay.Recorder, liveWanted bool) (*played, error) {
	h := rec.Header()
	w, err := s.newWorld(h.Seed)
	if err != nil {
		return nil, err
	}
	var live sim.Source
	if liveWanted {
		src, done, err := s.Live(w, rec.Script)
		if err != nil {
			return nil, errors.Join(err, w.Close())
		}
		defer done()
		live = src
	}
	return s.drive(a, w, rec.Source(live), sim.Time(h.Until), rec)
}

// again plays the story's recorded run once more, without recording it.
func (s *story) again(a *app) (*played, error) {
	cfg, err := s.Run.Config(s.Config(s.Run.Header.Seed))
	if err != nil {
		return nil, stage.Sort(err)
	}
	w, err := engine.New(cfg)
	if err != nil {
		return nil, err
	}
	p, err := s.drive(a, w, s.Run.Source(), s.Run.Reach())
	p.wall, p.cpu = 0, 0 // how long the run itself took is not known here
	return p, err
}

// reference plays the same story without any protective order: the measures' denominator.
func (s *story) reference(a *app, seed sim.Seed, cmds []sim.Command, until sim.Time) (*sim.Result, error) {
	runner := &lab.Runner{Scenario: s.Scenario, Films: s.Films, Workers: s.Workers}
	return runner.Run(a.ctx, sim.Job{Name: "reference", Seed: seed, Until: until, Commands: cmds})
}

// input makes what evaluation wants of a run.
func (s *story) input(p *played) *evaluation.Input {
	w := p.world
	return &evaluation.Input{Scenario: s.Scenario, Names: w.Names(), Sites: w.Sites(), Roster: w.Roster(),
		Events: p.events, Peaks: p.peaks.List, Tracks: p.peaks.Tracks, Until: w.Now()}
}

// untouched plays the water of a run without any order to a structure, where there was one: what the report holds the
// orders against. The hazards alone are played, from a film where there is one.
func (s *story) untouched(a *app, seed sim.Seed, events []sim.Event, until sim.Time) (*evaluation.Untouched, error) {
	if !slices.ContainsFunc(events, func(e sim.Event) bool { _, ordered := engine.ChangeOf(&e); return ordered }) {
		return nil, nil
	}
	w, err := engine.NewWaters(s.Config(seed))
	if err != nil {
		return nil, err
	}
	defer func() { s.filmLost(a, w.Close()) }()
	m := maps.New(w.Layers(), maps.Wet)
	if m == nil {
		return nil, nil
	}
	u := &evaluation.Untouched{Arrival: m.Of(sim.QArrival)}
	for w.Now() < until {
		if err := a.ctx.Err(); err != nil {
			return nil, err
		}
		if w.Step(nil) != nil {
			return nil, nil // this water has no end to be compared with
		}
		m.Take(w.Layers())
		u.Told = append(u.Told, w.Told()...)
	}
	return u, nil
}

// machineText tells on what a run was computed, for the report.
func machineText(p *played) string {
	return fmt.Sprintf("%.1f s (%s/%s)", p.wall.Seconds(), runtime.GOOS, runtime.GOARCH)
}
