package engine

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// gauges reads the gauges at their own intervals, tells the posts, and reports thresholds that are crossed and alarms.
type gauges struct {
	sc     *scenario.Scenario
	sites  *scenario.Sites
	limits [][]scenario.Threshold // per gauge
	passed [][]bool               // per gauge and threshold: the last reading is above it
	alarms []alarm                // per gauge
	rain   []rainfall             // per gauge: what fell before the start; empty for a stage gauge
	fallen [][]rainfall           // per gauge and hazard: what has fallen since; nil for a stage gauge
}

func newGauges(sc *scenario.Scenario, sites *scenario.Sites) gauges {
	g := gauges{sc: sc, sites: sites, rain: make([]rainfall, len(sc.Gauges)), fallen: make([][]rainfall, len(sc.Gauges))}
	for i := range sc.Gauges {
		list := sc.Gauges[i].Limits()
		g.limits = append(g.limits, list)
		g.passed = append(g.passed, make([]bool, len(list)))
		g.alarms = append(g.alarms, newAlarm(len(list)))
		if sc.Gauges[i].Kind == scenario.GaugeRain {
			g.rain[i] = evenly(sc.Gauges[i].Antecedent)
			g.fallen[i] = make([]rainfall, len(sc.Hazards))
		}
	}
	return g
}

// step takes the rain that was published and reads the gauges that are due.
func (g *gauges) step(w *World) {
	for i := range g.sc.Gauges {
		// An interval need not be whole seconds: the reading falls into the tick that holds its instant.
		every := sim.Time(g.sc.Gauges[i].Every)
		if w.now%every == 0 || w.now/every != (w.now+sim.Time(sim.Tick)-1)/every {
			g.read(w, sim.GaugeID(i))
		}
	}
}

// catch takes the rain that a hazard has just published: its mean since the publication before.
func (g *gauges) catch(hazard int, layers []*sim.Layer, now sim.Time, interval sim.Duration) {
	if now == 0 {
		return // nothing has fallen yet
	}
	for i := range g.fallen {
		if g.fallen[i] != nil {
			rate := int64(rainAt(layers, &g.sc.Gauges[i])) * published
			g.fallen[i][hazard].add(now.Add(-interval), now, rate)
		}
	}
}

// rainAt returns the rain of some layers at a gauge [0.001 mm/h].
func rainAt(layers []*sim.Layer, gauge *scenario.Gauge) int32 {
	sum := int32(0)
	for _, l := range layers {
		if l.Key.Quantity != sim.QRain {
			continue
		}
		if cell, ok := l.Grid.CellAt(scenario.Point(gauge.Place)); ok {
			sum += max(l.Values[cell], 0)
		}
	}
	return sum
}

// known returns the instant up to which the rain at a gauge is known: the last publication. The windows end there.
func (g *gauges) known(id sim.GaugeID, now sim.Time) sim.Time {
	last := sim.Time(-1)
	for h := range g.fallen[id] {
		last = max(last, g.fallen[id][h].until())
	}
	if last < 0 {
		return now
	}
	return min(last, now)
}

// depth returns the rain at a gauge in a window that ends at an instant [1e-6 mm/h s].
func (g *gauges) depth(id sim.GaugeID, at sim.Time, window sim.Duration) int64 {
	sum := g.rain[id].depth(at, window)
	for h := range g.fallen[id] {
		sum += g.fallen[id][h].depth(at, window)
	}
	return sum
}

// read takes a reading: which thresholds it crosses, what of it is news, and what the posts see.
func (g *gauges) read(w *World, id sim.GaugeID) {
	t := g.measure(w, id)
	tell := func(kind sim.EventKind, k int) {
		limit := &g.limits[id][k]
		value, _ := limit.Check(t.Level, t.Rain)
		w.log.Emit(sim.Event{At: w.now, Kind: kind, A: sim.RefTo(sim.KindGauge, id), Count: int32(k), Num: value,
			Text: limit.Meaning()})
	}
	passed := g.passed[id]
	for k := range passed {
		if _, above := g.limits[id][k].Check(t.Level, t.Rain); above && !passed[k] {
			tell(sim.EvGauge, k)
		}
	}
	for k := len(passed) - 1; k >= 0; k-- {
		_, above := g.limits[id][k].Check(t.Level, t.Rain)
		if !above && passed[k] {
			tell(sim.EvGaugeFell, k)
		}
		passed[k] = above
	}
	if kind, k := g.alarms[id].read(w.now, &g.sc.Gauges[id], passed); kind != sim.EvNone {
		tell(kind, int(k))
	}
	g.judge(id, &t)
	w.command.ReadGauge(id, sim.GaugeKnown{Reported: w.now, Level: t.Level, Rain: t.Rain, Above: t.Above,
		Warning: t.Warning, Action: t.Action})
}

// judge fills in what the thresholds that the last reading was above stand for.
func (g *gauges) judge(id sim.GaugeID, t *sim.GaugeTruth) {
	t.Above = -1
	for k, above := range g.passed[id] {
		if !above {
			continue
		}
		t.Above = k
		if level, ok := sim.WarningByName(g.limits[id][k].Warning); ok {
			t.Warning = max(t.Warning, level)
		}
		if action, ok := sim.GaugeActionByName(g.limits[id][k].Action); ok {
			t.Action = max(t.Action, action)
		}
	}
}

// truth is what is so at a gauge now; the thresholds are those that its last reading was above.
func (g *gauges) truth(w *World, id sim.GaugeID) sim.GaugeTruth {
	t := g.measure(w, id)
	g.judge(id, &t)
	return t
}

// measure is the water or the rain at a gauge now.
func (g *gauges) measure(w *World, id sim.GaugeID) sim.GaugeTruth {
	var t sim.GaugeTruth
	if g.fallen[id] != nil {
		at := g.known(id, w.now)
		for k, window := range sim.RainWindows {
			t.Rain[k] = millimetres(g.depth(id, at, window))
		}
		return t
	}
	t.Level, t.Depth = levelAt(w.sc, w.layers, g.sites.Gauge[id])
	return t
}

// levelAt returns the level of the water in a cell above the datum, that of the ground where it is dry, and its depth.
func levelAt(sc *scenario.Scenario, layers *sim.Layers, cell int32) (level, depth float64) {
	if cell < 0 {
		return 0, 0
	}
	if water := layers.WaterInCell(cell); water.Depth > 0 {
		return water.Level, water.Depth
	}
	return float64(sc.Terrain.Bed[cell]) / 1000, 0
}

// millimetres turns a sum of rain into a depth of whole micrometres, so that a depth that is a threshold's reads as it.
func millimetres(sum int64) float64 {
	const perMicrometre = 3_600_000 // of 1e-6 mm/h s
	return float64((sum+perMicrometre/2)/perMicrometre) / 1000
}

// AppendState saves which thresholds have been passed and which stand, and the rain.
func (g *gauges) AppendState(e *sim.Encoder) {
	e.Section("gauges-3")
	e.Len(len(g.passed))
	for i, list := range g.passed {
		e.Len(len(list))
		for _, above := range list {
			e.Bool(above)
		}
		g.alarms[i].append(e)
		for h := range g.fallen[i] {
			g.fallen[i][h].append(e)
		}
	}
}

// LoadState reads what AppendState wrote.
func (g *gauges) LoadState(d *sim.Decoder) {
	d.Section("gauges-3")
	if !d.Fixed(len(g.passed), "gauges") {
		return
	}
	for i, list := range g.passed {
		if !d.Fixed(len(list), "thresholds of a gauge") {
			return
		}
		for k := range list {
			list[k] = d.Bool()
		}
		g.alarms[i].load(d)
		for h := range g.fallen[i] {
			g.fallen[i][h].load(d)
		}
	}
}
