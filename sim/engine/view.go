package engine

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// Truth fills t with what is really so. Its slices are used again.
func (w *World) Truth(t *sim.Truth) {
	t.Now = w.now
	w.people.FillTruth(t)
	w.response.FillTruth(t)
	w.command.FillTruth(t)
	for i := range t.Units {
		t.Units[i].Place = w.onRoad(sim.RefTo(sim.KindUnit, sim.UnitID(i)), t.Units[i].Place)
	}
	t.Roads = w.roadsTruth()
	t.Gauges = t.Gauges[:0]
	for i := range w.sc.Gauges {
		t.Gauges = append(t.Gauges, w.gauges.truth(w, sim.GaugeID(i)))
	}
	t.Ledgers = t.Ledgers[:0]
	for _, r := range w.hazards.reels {
		t.Ledgers = append(t.Ledgers, r.ledger)
	}
}

// onRoad returns where the roads have a mover, and the given place when they do not have it.
func (w *World) onRoad(mover sim.Ref, at geo.Point) geo.Point {
	if p, ok := w.roads.Place(mover); ok {
		return p
	}
	return at
}

// Observe fills o with what a post knows.
func (w *World) Observe(post sim.PostID, o *sim.Observation) {
	w.command.Observe(post, o)
	o.Now = w.now
}

// Snapshot fills s with what a picture of the view shows.
func (w *World) Snapshot(v sim.View, s *sim.Snapshot) {
	s.Now = w.now
	w.people.Dots(v, s)
	w.response.FillSnapshot(s)
	for i := range s.Units {
		s.Units[i].At = w.onRoad(sim.RefTo(sim.KindUnit, s.Units[i].Unit), s.Units[i].At)
	}
	for i := range s.Zones {
		s.Zones[i].Ordered = w.command.Ordered(sim.ZoneID(i))
		s.Zones[i].NoPower, s.Zones[i].NoNetwork = w.command.Lines(sim.ZoneID(i))
	}
	s.Movers = w.roads.Movers(v.Rect, s.Movers[:0])
	s.Closed = w.roads.Closed(s.Closed[:0])
	s.Signs = w.roads.Signs(v.Rect, s.Signs[:0])
	s.Jams = w.roads.Jams(v.Rect, s.Jams[:0])
	s.Gauges = s.Gauges[:0]
	for i := range w.sc.Gauges {
		s.Gauges = append(s.Gauges, w.gauges.truth(w, sim.GaugeID(i)))
	}
	s.Structures = w.hazards.dots(w.now, s.Structures[:0])
	s.Water = w.layers.Of(sim.LayerKey{Quantity: sim.QDepth})
	s.Warning, s.Response = w.command.Levels()
}

// Layers returns what the hazards have published.
func (w *World) Layers() *sim.Layers { return w.layers }
