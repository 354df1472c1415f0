package flood

import (
	"fmt"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Doubts returns what can be played but hardly means what it says, on a terrain and in a drill that lasts so long. The
// configuration has been checked.
func (c *Config) Doubts(t *sim.Terrain, lasts sim.Duration) []sim.Problem {
	k := &checker{grid: t.Grid, area: t.Grid.Bounds()}
	if c.dry() {
		k.add("", "这场洪水没有水；应有降雨、入流、水位边界、水库、水塘或河道水深（river_depth）",
			"a flood without water; want rain, an inflow, a stage, a reservoir, a pond or river_depth")
	}
	for _, p := range c.Rain.Doubts(lasts) {
		k.add("rain."+p.Path, "%s", "%s", p.Text)
	}
	k.hollow("rain.area", c.Rain.Area)
	if o := c.Outlook(); o.Wanted() && o.First < lasts && o.First+o.Delay >= lasts {
		k.add("forecast.delay", "%s：首次预报 %s 才到，而演练在 %s 结束；应更短",
			"%s: the first forecast arrives at %s, and the drill ends at %s; want a shorter one", o.Delay, o.First+o.Delay,
			lasts)
	}
	k.doubtEntries(c, t)
	for i := range c.Ponds {
		k.doubtPond(fmt.Sprintf("pond[%d].", i), &c.Ponds[i], t)
	}
	for i := range c.Reservoirs {
		k.doubtReservoir(fmt.Sprintf("reservoir[%d].", i), &c.Reservoirs[i])
	}
	for i := range c.Boundaries {
		k.doubtStage(fmt.Sprintf("boundary[%d].", i), &c.Boundaries[i], t)
	}
	k.doubtWorks(c, t, lasts)
	return k.list
}

// dry says whether there is nothing that water could come from.
func (c *Config) dry() bool {
	flows := func(s Catchment) bool { return s.InitialFlow > 0 }
	stage := func(b Boundary) bool { return b.Kind == BoundaryStage }
	return c.RiverDepth == 0 && !c.Rain.Wet() && len(c.Ponds)+len(c.Inflows)+len(c.Reservoirs) == 0 &&
		!slices.ContainsFunc(c.Catchments, flows) && !slices.ContainsFunc(c.Boundaries, stage)
}

// hollow reports a polygon in which there are no cells.
func (k *checker) hollow(path string, polygon [][2]float64) {
	if len(polygon) > 0 {
		k.holds(path, polygon)
	}
}

// doubtEntries looks at the places where water enters the map.
func (k *checker) doubtEntries(c *Config, t *sim.Terrain) {
	for i := range c.Catchments {
		k.doubtCatchment(fmt.Sprintf("catchment[%d].", i), &c.Catchments[i])
		k.doubtEntry(fmt.Sprintf("catchment[%d].outlet", i), c.Catchments[i].Outlet, t)
	}
	for i := range c.Inflows {
		k.doubtEntry(fmt.Sprintf("inflow[%d].place", i), c.Inflows[i].Place, t)
	}
	for i := range c.Reservoirs {
		k.doubtEntry(fmt.Sprintf("reservoir[%d].release", i), c.Reservoirs[i].Release, t)
	}
}

// doubtCatchment compares the area of a sub-catchment with its polygon, which may be the smaller one: the map ends
// somewhere.
func (k *checker) doubtCatchment(path string, s *Catchment) {
	k.hollow(path+"polygon", s.Polygon)
	if len(s.Polygon) == 0 {
		return
	}
	const perSquareKilometre = 1e6 // [m2]
	if inside := geo.Polygon(line(s.Polygon)).Area() / perSquareKilometre; s.Area < inside/2 {
		k.add(path+"area", "%g 平方公里；其多边形内有 %.3g 平方公里；应相符", "%g km2; its polygon holds %.3g km2; want them to agree", s.Area,
			inside)
	}
}

// A cell is the top of a bank or a hill when so many of its eight neighbours lie lower by so much (assumed): on a bank
// one cell wide there are six of them, on a plane that falls in one direction three.
const (
	lowerSides = 6
	lowerBy    = 0.5 // [m]
)

// doubtEntry reports water that is to enter on the top of a bank or a hill, from which it runs down on all sides.
func (k *checker) doubtEntry(path string, place [][2]float64, t *sim.Terrain) {
	for _, p := range place {
		cell, ok := k.grid.CellAt(point(p))
		if !ok {
			return
		}
		i, j := k.grid.IJ(cell)
		lower := 0
		for dj := -1; dj <= 1; dj++ {
			for di := -1; di <= 1; di++ {
				if k.grid.Inside(i+di, j+dj) && metres(t, cell)-metres(t, k.grid.Index(i+di, j+dj)) > lowerBy {
					lower++
				}
			}
		}
		if lower < lowerSides {
			return
		}
	}
	if len(place) > 0 {
		p := place[0]
		cell, _ := k.grid.CellAt(point(p))
		k.add(path, "（%g，%g）处地面 %g 米，比四周高：水会从堤顶或山顶流下；应为河道或低处",
			"the ground at (%g, %g), %g m, is higher than around it: the water runs down from the top of a bank or hill; "+
				"want a place in the river or low ground", p[0], p[1], metres(t, cell))
	}
}

// metres is the ground of a cell above the datum.
func metres(t *sim.Terrain, cell int) float64 { return float64(t.Bed[cell]) / 1000 }

// doubtPond reports a pond without water.
func (k *checker) doubtPond(path string, p *Pond, t *sim.Terrain) {
	if len(p.Polygon) == 0 {
		return
	}
	lowest := math.Inf(1)
	inside(k.grid, p.Polygon, func(cell int) { lowest = min(lowest, metres(t, cell)) })
	switch {
	case math.IsInf(lowest, 1):
		k.hollow(path+"polygon", p.Polygon)
	case lowest >= p.Level:
		k.add(path+"level", "%g 米；范围内地面最低也有 %g 米，没有水；应更高",
			"%g m; the lowest ground in the polygon is %g m, so that there is no water; want a higher level", p.Level, lowest)
	}
}

// doubtReservoir reports levels of a reservoir that do not fit together.
func (k *checker) doubtReservoir(path string, r *Reservoir) {
	crest := r.Dam.Crest
	if r.Level > crest {
		k.add(path+"level", "%g 米，高于坝顶 %g 米：一开始就漫坝；应更低", "%g m, above the dam's crest, %g m: it overtops from the "+
			"start; want a lower level", r.Level, crest)
	}
	if b := &r.Breach; b.Trigger == TriggerLevel && b.Level <= r.Level {
		k.add(path+"breach.level", "%g 米；起始库水位已有 %g 米，一开始就溃决；应更高，或 trigger = \"time\"",
			"%g m; the reservoir stands at %g m at the start, so that it fails at once; want a higher level, or "+
				"trigger = \"time\"", b.Level, r.Level)
	}
	if s := &r.Spillway; s.Width > 0 && s.Crest >= crest {
		k.add(path+"spillway.crest", "%g 米，不低于坝顶 %g 米；应低于坝顶", "%g m, not below the dam's crest, %g m; want it lower",
			s.Crest, crest)
	}
	lowest := r.Levels[0]
	if s := &r.Spillway; s.Width > 0 && s.Crest <= lowest {
		k.add(path+"spillway.crest", "%g 米，不高于库容曲线最低水位 %g 米：水库会放空；应更高",
			"%g m, not above the lowest level of the curve, %g m: the reservoir runs empty; want it higher", s.Crest, lowest)
	}
	for i := range r.Gates {
		g, at := &r.Gates[i], fmt.Sprintf("%sgate[%d].sill", path, i)
		switch {
		case g.Sill >= crest:
			k.add(at, "%g 米，不低于坝顶 %g 米；应低于坝顶", "%g m, not below the dam's crest, %g m; want it lower", g.Sill, crest)
		case g.Sill < lowest:
			k.add(at, "%g 米，低于库容曲线最低水位 %g 米；应在曲线之内", "%g m, below the lowest level of the curve, %g m; want a level "+
				"of the curve", g.Sill, lowest)
		}
	}
	k.hollow(path+"lake", r.Lake)
}

// doubtStage reports a stage that never reaches the ground of its edge.
func (k *checker) doubtStage(path string, b *Boundary, t *sim.Terrain) {
	if b.Kind != BoundaryStage || len(b.Levels) == 0 {
		return
	}
	lowest := math.Inf(1)
	for _, cell := range edgeCells(k.grid, b) {
		lowest = min(lowest, metres(t, cell))
	}
	if highest := slices.Max(b.Levels); highest <= lowest {
		k.add(path+"levels", "水位最高 %g 米，而该段边界地面最低 %g 米：没有水进来；应为高程（米，基准面以上）",
			"%g m at the highest, and the lowest ground of the edge is %g m: no water comes in; want levels above the datum",
			highest, lowest)
	}
}

var _ sim.Doubter = (*Config)(nil)
