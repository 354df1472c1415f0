package engine

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// gauges reads the stage gauges at their own intervals, tells the posts, and reports thresholds that are crossed.
type gauges struct {
	sc    *scenario.Scenario
	sites *scenario.Sites
	above []int // per gauge: index of the highest threshold below its reading, or -1
}

func newGauges(sc *scenario.Scenario, sites *scenario.Sites) gauges {
	g := gauges{sc: sc, sites: sites, above: make([]int, len(sc.Gauges))}
	for i := range g.above {
		g.above[i] = -1
	}
	return g
}

// step reads the gauges that are due.
func (g *gauges) step(w *World) {
	for i := range g.sc.Gauges {
		// An interval need not be whole seconds: the reading falls into the tick that holds its instant.
		every := sim.Time(g.sc.Gauges[i].Every)
		if w.now%every == 0 || w.now/every != (w.now+sim.Time(sim.Tick)-1)/every {
			g.read(w, sim.GaugeID(i))
		}
	}
}

func (g *gauges) read(w *World, id sim.GaugeID) {
	gauge := &g.sc.Gauges[id]
	reading := g.truth(w, id)
	above := -1
	for k, t := range gauge.Thresholds {
		if reading.Level >= t.Level {
			above = k
		}
	}
	ref := sim.RefTo(sim.KindGauge, id)
	for k := g.above[id] + 1; k <= above; k++ {
		w.log.Emit(sim.Event{At: w.now, Kind: sim.EvGauge, A: ref, Count: int32(k), Num: reading.Level})
	}
	for k := g.above[id]; k > above; k-- {
		w.log.Emit(sim.Event{At: w.now, Kind: sim.EvGaugeFell, A: ref, Count: int32(k), Num: reading.Level})
	}
	g.above[id] = above
	w.command.ReadGauge(w.now, id, reading.Level, above)
}

// truth is the water at a gauge now.
func (g *gauges) truth(w *World, id sim.GaugeID) sim.GaugeTruth {
	cell := g.sites.Gauge[id]
	if cell < 0 {
		return sim.GaugeTruth{Above: -1}
	}
	t := sim.GaugeTruth{Level: float64(w.sc.Terrain.Bed[cell]) / 1000, Above: g.above[id]}
	if water := w.layers.WaterInCell(cell); water.Depth > 0 {
		t.Level, t.Depth = water.Level, water.Depth
	}
	return t
}

// AppendState saves which thresholds have been passed.
func (g *gauges) AppendState(e *sim.Encoder) {
	e.Section("gauges")
	e.Len(len(g.above))
	for _, a := range g.above {
		e.I32(int32(a))
	}
}

// LoadState reads what AppendState wrote.
func (g *gauges) LoadState(d *sim.Decoder) {
	d.Section("gauges")
	if !d.Fixed(len(g.above), "gauges") {
		return
	}
	for i := range g.above {
		g.above[i] = int(d.Index(len(g.sc.Gauges[i].Thresholds), "threshold"))
	}
}
