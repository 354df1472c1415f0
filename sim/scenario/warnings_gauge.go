package scenario

import (
	"fmt"
	"math"

	"sandtable/sim"
)

// farAbove is how far above all ground of the map a level is taken for a mistake [m] (assumed; the highest barrier that
// a scenario can have).
const farAbove = 20.0

// oddLevels finds levels that mean nothing at their gauge. A dry stage gauge reads the ground, so that a level up to
// there is passed from the start; a level far above all ground of the map cannot be meant. How high the water comes
// in between nobody knows before the run.
func (c *checker) oddLevels() {
	if !c.onMap {
		return
	}
	highest := math.Inf(-1)
	for _, bed := range c.sc.Terrain.Bed {
		highest = max(highest, float64(bed)/1000)
	}
	look := func(g *Gauge, path string, level float64) {
		cell, ok := c.sc.Terrain.Grid.CellAt(Point(g.Place))
		if !ok || g.Kind != GaugeStage {
			return
		}
		switch ground := float64(c.sc.Terrain.Bed[cell]) / 1000; {
		case level <= ground:
			c.add(path, "%g 米不高于测站 %q 处的地面（%g 米），一开始就已超过；应为更高的高程",
				"%g m is not above the ground at gauge %q, %g m, and is passed from the start; want a higher level", level, g.Name,
				ground)
		case level > highest+farAbove:
			c.add(path, "%g 米比全图最高的地面（%g 米）还高 %g 米以上；应为水能达到的高程（米，基准面以上）",
				"%g m is more than %[3]g m above the highest ground of the map, %[2]g m; want a level above the datum that water "+
					"can reach", level, highest, farAbove)
		}
	}
	for i := range c.sc.Gauges {
		g := &c.sc.Gauges[i]
		for k, t := range g.Thresholds {
			if t.Level != nil {
				look(g, fmt.Sprintf("gauge[%d].threshold[%d].level", i, k), *t.Level)
			}
		}
		if g.Every >= c.sc.Drill.Duration {
			c.add(fmt.Sprintf("gauge[%d].every", i), "%s：演练历时 %s，测站只在开始时读数一次；应更短",
				"%s: the drill lasts %s, so that the gauge is read once, at the start; want a shorter one", g.Every,
				c.sc.Drill.Duration)
		}
	}
	for i, p := range c.conditional() {
		if id, ok := c.names.Resolve(sim.KindGauge, p.Gauge); ok && p.Gauge != "" && p.Warning == "" && p.Window == 0 {
			look(&c.sc.Gauges[id], c.lineOf(i)+".above", p.Above)
		}
	}
}
