package stage

import (
	"encoding/hex"
	"os"
	"runtime"

	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/scripting"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// filmCacheMax is how large the cache of films may grow [bytes]: about forty floods of a county.
const filmCacheMax = 4 << 30

// Machine are the flags of everything that computes.
type Machine struct {
	Workers int    `default:"${cpus}" help:"水力计算用的处理器数，不影响结果 · Processors for the water; no part of the result."`
	Films   string `placeholder:"DIR" help:"水情影片缓存目录，off 为不用 · Cache of films; off for none."`
}

// cache opens the film cache; nil when none is wanted. A browser has none.
func (m Machine) cache() (*lab.Films, error) {
	switch {
	case m.Films == "off" || runtime.GOOS == "js":
		return nil, nil
	case m.Films == "":
		return lab.OpenFilms(lab.DefaultFilmDir(), filmCacheMax)
	}
	return lab.OpenFilms(m.Films, filmCacheMax)
}

// Story is what is to be played: a scenario, or a recorded run with the scenario that lies in it.
type Story struct {
	Location scenarios.Location
	Scenario *scenario.Scenario
	Run      *replay.Run // nil for a new run
	Workers  int
	Cache    *lab.Films    // nil: none is wanted
	Films    sim.FilmStore // the run's own before the cache; nil: the water is solved
}

// Open reads a scenario: a shipped drill by its name, or a directory.
func Open(nameOrPath string, m Machine) (*Story, error) {
	loc, err := scenarios.Open(nameOrPath)
	if err != nil {
		return nil, Input(err)
	}
	s := &Story{Location: loc, Workers: m.Workers}
	sc, diags := loc.Load(engine.Kinds())
	if err := diags.Err(); err != nil {
		return nil, Input(err)
	}
	s.Scenario = sc
	return s, s.openFilms(m)
}

// OpenRun reads a run and its scenario, as both lie in the run's directory.
func OpenRun(dir string, m Machine) (*Story, error) {
	run, err := replay.Open(dir)
	if err != nil {
		return nil, Sort(err)
	}
	s := &Story{Run: run, Workers: m.Workers, Location: scenarios.Location{Name: run.Header.Scenario,
		FS: run.Scenario(), Dir: ".", Shown: run.ScenarioDir() + string(os.PathSeparator)}}
	sc, diags := s.Location.Load(engine.Kinds())
	if err := diags.Err(); err != nil {
		return nil, sim.Fail("%s：%v：其中的情景被改动：\n%v", "%s: %v: its scenario was changed:\n%v", dir, replay.ErrDamaged, err)
	}
	s.Scenario = sc
	if hex.EncodeToString(sc.Hash[:]) != run.Header.Hash {
		return nil, sim.Fail("%s：%v：其中的情景被改动：%v", "%s: %v: its scenario was changed: %v", dir, replay.ErrDamaged,
			replay.ErrOtherScenario)
	}
	return s, s.openFilms(m)
}

// openFilms opens the cache of films, and those that lie in a run.
func (s *Story) openFilms(m Machine) error {
	cache, err := m.cache()
	if err != nil || cache == nil {
		return err
	}
	s.Cache, s.Films = cache, cache
	if s.Run == nil {
		return nil
	}
	if info, err := os.Stat(s.Run.FilmDir()); err == nil && info.IsDir() {
		if own, err := lab.OpenFilms(s.Run.FilmDir(), 0); err == nil {
			s.Films = replay.Films{Own: own, Cache: cache}
		}
	}
	return nil
}

// Seed returns the seed of the run, or reads that of a new one; the drill's own where text is empty.
func (s *Story) Seed(text string) (sim.Seed, error) {
	switch {
	case s.Run != nil:
		return s.Run.Header.Seed, nil
	case text == "":
		return sim.SeedOf(uint64(s.Scenario.Drill.Seed)), nil
	}
	seed, err := sim.ParseSeed(text)
	return seed, Input(err)
}

// Config is that of a world of the story.
func (s *Story) Config(seed sim.Seed) engine.Config {
	return engine.Config{Scenario: s.Scenario, Seed: seed, Workers: s.Workers, Films: s.Films}
}

// Header is that of a new run, which lasts as long as the drill.
func (s *Story) Header(seed sim.Seed, language string) replay.Header {
	h := replay.Header{Scenario: s.Scenario.Drill.Name, Hash: hex.EncodeToString(s.Scenario.Hash[:]), Seed: seed,
		Language: language, Until: s.Scenario.Drill.Duration, Sources: []string{"plan"}}
	if s.Scenario.Director != "" {
		h.Sources = append(h.Sources, "director")
	}
	return h
}

// Record begins a recorded run of the story in a directory.
func (s *Story) Record(dir string, h replay.Header) (*replay.Recorder, error) {
	files, err := s.Location.Bundle(engine.Kinds())
	if err != nil {
		return nil, err
	}
	bundle := make([]replay.File, len(files))
	for i, f := range files {
		bundle[i] = replay.File(f)
	}
	rec, err := replay.Create(dir, h, bundle)
	return rec, Sort(err)
}

// Live makes the live sources of a new world, those that Header names: the standing plan and the director's script.
// note takes what the script says. The function that is returned lets go of the script.
func (s *Story) Live(w *engine.World, note func(sim.Time, string)) (engine.Join, func(), error) {
	src := engine.Join{lab.NewPlan(s.Scenario, w.Names())}
	if s.Scenario.Director == "" {
		return src, func() {}, nil
	}
	host, err := scripting.New(s.Scenario.Drill.Director, s.Scenario.Director, scripting.Env{Scenario: s.Scenario,
		Names: w.Names(), Seed: w.Seed().Drill, Seat: sim.None, Note: note})
	if err != nil {
		return nil, nil, Input(err)
	}
	return append(src, host), host.Close, nil
}
