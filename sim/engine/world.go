package engine

import (
	"fmt"
	"slices"

	"sandtable/sim"
	"sandtable/sim/command"
	"sandtable/sim/population"
	"sandtable/sim/response"
	"sandtable/sim/road"
	"sandtable/sim/scenario"
)

// DigestEvery is the time between two digests.
const DigestEvery = sim.Minute

// Config says which world is wanted.
type Config struct {
	Scenario *scenario.Scenario // checked by scenario.Validate; shared, never changed
	Seed     sim.Seed
	Workers  int           // processors for the hazards' solvers; no part of the result
	Films    sim.FilmStore // nil: hazards are always solved
	// Reference leaves the protective orders of deployments out, as the run does to which others are compared.
	Reference bool
	// Probe is told at which phase of a tick the world is, so that somebody with a clock can measure; nil for nobody.
	Probe func(phase string)
}

// World is one drill being played.
type World struct {
	cfg    Config
	sc     *scenario.Scenario
	names  *scenario.Directory
	sites  *scenario.Sites
	now    sim.Time
	serial int32 // of the next command
	failed error // why the run cannot go on

	layers   *sim.Layers
	ports    sim.Ports
	hazards  *hazards
	gauges   gauges
	command  *command.Command
	people   *population.People
	roads    *road.Traffic
	response *response.Response

	log  sim.Log
	rest sim.Encoder // memory of FullDigest
}

// New makes a world at time 0. The scenario must have been checked; what is still wrong with it is returned.
func New(cfg Config) (*World, error) {
	sc := cfg.Scenario
	w := &World{cfg: cfg, sc: sc, names: scenario.NewDirectory(sc)}
	w.sites = scenario.Locate(sc, w.names)
	w.layers = sim.NewLayers(&sc.Terrain)
	network, err := buildNetwork(sc, w.sites)
	if err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	w.roads = road.New(network, &sc.Terrain)
	if err := addBackground(sc, w.roads, cfg.Seed.People); err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	if w.hazards, err = newHazards(cfg, w.names, w.sites, w.layers); err != nil { // last, for it opens films
		return nil, fmt.Errorf("engine: %w", err)
	}
	w.command = command.New(sc, w.sites, w.names, cfg.Seed.People, w.roads)
	w.people = population.New(sc, w.sites, w.names, cfg.Seed.People, w.roads)
	w.response = response.New(sc, w.sites, w.names, cfg.Seed.People, w.roads)
	w.gauges = newGauges(sc, w.sites)
	w.hazards.gauges = &w.gauges
	return w, nil
}

// Step plays one tick: the commands hold from its start on, the events are those of the tick in the order of
// their times. The slice is the world's own and valid until the next Step. After a failed hazard it returns nil
// for ever; see Err.
func (w *World) Step(cmds []sim.Command) []sim.Event {
	if w.failed != nil {
		return nil
	}
	end := w.now.Add(sim.Tick)
	w.phase("begin")
	w.begin(cmds)
	w.phase("hazards")
	w.hazards.step(w.now, &w.ports, &w.log)
	w.gauges.step(w)
	w.deliver()
	w.phase("command")
	w.command.Step(end, w.layers, &w.ports, &w.log)
	w.phase("people")
	w.people.Step(end, w.layers, &w.ports, &w.log)
	w.phase("roads")
	w.roads.SetDark(w.sc.Drill.Start.Add(w.now).IsNight())
	w.roads.Step(end, w.layers, &w.ports, &w.log)
	w.phase("response")
	w.response.Step(end, w.layers, &w.ports, &w.log)
	w.tellRoads()
	w.phase("commit")
	events := w.commit(end)
	w.phase("outside")
	return events
}

// phase tells the probe, when there is one.
func (w *World) phase(name string) {
	if w.cfg.Probe != nil {
		w.cfg.Probe(name)
	}
}

// commit ends the tick: invariants, time, order of events.
func (w *World) commit(end sim.Time) []sim.Event {
	if w.failed = w.hazards.failed; w.failed == nil {
		w.mustHold(false)
	}
	w.now = end
	slices.SortStableFunc(w.log.Events, func(a, b sim.Event) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return 0
	})
	return w.log.Events
}

// mustHold checks the invariants. A broken one is a mistake in the program: it panics with the time.
func (w *World) mustHold(full bool) {
	for _, part := range w.parts() {
		if err := part.system.Check(full); err != nil {
			panic(fmt.Sprintf("engine: at %v: %s: %v", w.now, part.name, err))
		}
	}
}

// Recount compares every counter with a full count. It panics like a broken invariant of Step.
func (w *World) Recount() { w.mustHold(true) }

// Err returns why the run cannot go on, or nil.
func (w *World) Err() error { return w.failed }

// Now returns the instant at which the next tick begins.
func (w *World) Now() sim.Time { return w.now }

// Seed returns the world's seed.
func (w *World) Seed() sim.Seed { return w.cfg.Seed }

// Scenario returns the scenario; it must not be changed.
func (w *World) Scenario() *scenario.Scenario { return w.sc }

// Names resolves the names of the scenario's entities.
func (w *World) Names() *scenario.Directory { return w.names }

// Sites returns where the scenario's places are; it must not be changed.
func (w *World) Sites() *scenario.Sites { return w.sites }

// Roster returns who was where at the start.
func (w *World) Roster() *sim.Roster { return w.people.Roster() }

// Close lets go of the films that the world reads or writes. The world must not be stepped afterwards.
func (w *World) Close() error { return w.hazards.close() }

// subsystem is what every part of the core offers to the engine besides its Step.
type subsystem interface {
	sim.Saver
	Trail() sim.Trail
	Check(full bool) error
}

type part struct {
	name   string
	system subsystem
}

// parts lists the subsystems in the order of their phases.
func (w *World) parts() [5]part {
	return [5]part{
		{"hazards", w.hazards}, {"command", w.command}, {"people", w.people}, {"roads", w.roads},
		{"response", w.response},
	}
}

// Digest returns the rolling digests of all subsystems now.
func (w *World) Digest() sim.Digest {
	d := sim.Digest{At: w.now, Parts: make([]sim.DigestPart, 0, 5)}
	for _, p := range w.parts() {
		d.Parts = append(d.Parts, sim.DigestPart{Name: p.name, Value: uint64(p.system.Trail())})
	}
	return d
}
