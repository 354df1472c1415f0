package engine

import "sandtable/sim"

// roadsTruth counts what is on the roads.
func (w *World) roadsTruth() sim.RoadsTruth {
	var t sim.RoadsTruth
	for mode := sim.ModeCar; mode < sim.ModeCount; mode++ {
		c := w.roads.Tally(mode)
		t.Inside += int(c.Inside)
		t.Waiting += int(c.Waiting)
		t.Stranded += int(c.Stranded)
	}
	stuck, persons := w.roads.Stuck()
	t.Rings, t.Stuck, t.StuckIn = w.roads.RingCount(), int(stuck), int(persons)
	c, left := w.roads.Outsiders()
	t.Outsiders = sim.OutsidersTruth{Inside: int(c.Inside), Waiting: int(c.Waiting), Through: int(c.Out),
		Stranded: int(c.Stranded), StrandedIn: int(left)}
	return t
}
