package engine

import (
	"sandtable/sim"
)

// Truth fills t with what is really so. Its slices are used again.
func (w *World) Truth(t *sim.Truth) {
	t.Now = w.now
	w.people.FillTruth(t)
	w.response.FillTruth(t)
	for i := range t.Units {
		t.Units[i].Place = w.unitPlace(sim.UnitID(i))
	}
	t.Gauges = t.Gauges[:0]
	for i := range w.sc.Gauges {
		t.Gauges = append(t.Gauges, w.gauges.truth(w, sim.GaugeID(i)))
	}
	t.Warning, t.Response = w.command.Levels()
	t.Ledgers = t.Ledgers[:0]
	for _, r := range w.hazards.reels {
		t.Ledgers = append(t.Ledgers, r.ledger)
	}
}

// Observe fills o with what a post knows.
func (w *World) Observe(post sim.PostID, o *sim.Observation) {
	w.command.Observe(post, o)
	o.Now = w.now
}
