package engine

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Waters are the hazards of a world without its people, roads and posts. Given the changes of structures that a run
// told, they publish what was published in that run, tick by tick, at the cost of reading a film: for maps of a run
// that is looked at from its middle on.
type Waters struct {
	hazards *hazards
	layers  *sim.Layers
	ports   sim.Ports
	log     sim.Log
	now     sim.Time
}

// NewWaters makes the hazards of a world at time 0.
func NewWaters(cfg Config) (*Waters, error) {
	w := &Waters{layers: sim.NewLayers(&cfg.Scenario.Terrain)}
	names := scenario.NewDirectory(cfg.Scenario)
	sites := scenario.Locate(cfg.Scenario, names)
	var err error
	if w.hazards, err = newHazards(cfg, names, sites, w.layers); err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	gauges := newGauges(cfg.Scenario, sites) // forecasts go on from the rain that they have caught
	w.hazards.gauges = &gauges
	return w, nil
}

// Now returns the instant at which the next tick begins.
func (w *Waters) Now() sim.Time { return w.now }

// Layers returns what has been published. They are to be read only.
func (w *Waters) Layers() *sim.Layers { return w.layers }

// Step plays one tick. The changes are those that hold from a publication at its start on, in the order in which the
// run told them. After a hazard has failed it gives the hazard's error for ever.
func (w *Waters) Step(changes []sim.StructureChange) error {
	if w.hazards.failed != nil {
		return w.hazards.failed
	}
	for _, c := range changes {
		w.ports.Structures.Post(w.now, 0, sim.StructureMessage{Structure: c.Structure, Action: c.Action, Value: c.Value,
			Over: c.Over})
	}
	w.log.Events = w.log.Events[:0]
	w.hazards.step(w.now, &w.ports, &w.log)
	w.now = w.now.Add(sim.Tick)
	return w.hazards.failed
}

// Told returns what the last tick told of structures: the changes that were made, and those that happened by
// themselves.
func (w *Waters) Told() []sim.Event { return w.log.Events }

// Close lets go of the films.
func (w *Waters) Close() error { return w.hazards.close() }

// ChangeOf returns the change of a structure that an event tells, where it tells one that the hazard did not make by
// itself: what Waters are to be given.
func ChangeOf(e *sim.Event) (c sim.StructureChange, ok bool) {
	if e.Kind != sim.EvStructure || !e.Text.Empty() {
		return c, false
	}
	return sim.StructureChange{At: e.At, Structure: sim.StructureID(e.A.ID), Action: sim.StructureAction(e.Count),
		Value: e.Num, Over: sim.Duration(e.B.ID) * sim.Second}, true
}
