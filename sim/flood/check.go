package flood

import (
	"fmt"
	"reflect"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Limits of elevations that are taken for ground; others are voids [m].
const (
	lowestGround  = -500.0
	highestGround = 9000.0
)

// Check reports all that is wrong with the configuration on a terrain, with the path of each field.
func (c *Config) Check(t *sim.Terrain) []sim.Problem {
	k := &checker{grid: t.Grid, area: t.Grid.Bounds()}
	if !k.terrain(t) {
		return k.list
	}
	k.tags(scenario.TableOf(reflect.TypeFor[Config]()), reflect.ValueOf(c).Elem(), "")
	if fault := sim.IntervalFault(c.Solver.Interval); !fault.Empty() {
		k.add("solver.interval", "%s", "%s", fault)
	}
	for _, p := range c.Outlook().Faults(c.Solver.Interval) {
		k.add("forecast."+p.Path, "%s", "%s", p.Text)
	}
	k.rain(c)
	for i := range c.Ponds {
		k.pond(fmt.Sprintf("pond[%d].", i), &c.Ponds[i], t)
	}
	for i := range c.Reservoirs {
		k.reservoir(fmt.Sprintf("reservoir[%d].", i), &c.Reservoirs[i])
	}
	k.names(c)
	for i := range c.Catchments {
		k.catchment(fmt.Sprintf("catchment[%d].", i), &c.Catchments[i], c)
	}
	for i := range c.Inflows {
		k.inflow(fmt.Sprintf("inflow[%d].", i), &c.Inflows[i], c)
	}
	for i := range c.Boundaries {
		k.boundary(fmt.Sprintf("boundary[%d].", i), &c.Boundaries[i])
	}
	k.edges(c)
	k.works(c, t)
	k.lakes(c)
	return k.list
}

// checker collects problems.
type checker struct {
	grid geo.Grid
	area geo.Rect
	list []sim.Problem
}

// add reports a problem; the first of a path is enough.
func (k *checker) add(path, zh, en string, args ...any) {
	if slices.ContainsFunc(k.list, func(p sim.Problem) bool { return p.Path == path }) {
		return
	}
	k.list = append(k.list, sim.Problem{Path: path, Text: sim.Say(zh, en, args...)})
}

func (k *checker) terrain(t *sim.Terrain) bool {
	n := t.Grid.Len()
	switch {
	case t.Grid.NX < 1 || t.Grid.NY < 1 || !(t.Grid.Cell > 0) || len(t.Bed) != n:
		k.add("terrain", "%d × %d 格、格宽 %g 米，却有 %d 个高程；每格应有一个",
			"%d x %d cells of %g m with %d elevations; want one elevation per cell",
			t.Grid.NX, t.Grid.NY, t.Grid.Cell, len(t.Bed))
		return false
	case len(t.Cover) != n && len(t.Cover) != 0:
		k.add("terrain", "%[2]d 格有 %[1]d 个地表类型；应每格一个或全无",
			"%d land cover classes for %d cells; want one per cell, or none", len(t.Cover), n)
		return false
	}
	voids, covers := 0, 0
	for c := range t.Bed {
		i, j := t.Grid.IJ(c)
		if z := float64(t.Bed[c]) / 1000; z < lowestGround || z > highestGround {
			if voids++; voids == 1 {
				k.add("terrain", "第 %d 列、自南第 %d 行：高程 %g 米；应为 %g 至 %g 米且无空值",
					"column %d, row %d from the south: elevation of %g m; want %g to %g m and no voids",
					i, j, z, lowestGround, highestGround)
			}
		}
		if len(t.Cover) > 0 && t.Cover[c] >= scenario.CoverCount {
			if covers++; covers == 1 {
				k.add("terrain", "第 %d 列、自南第 %d 行：地表类型 %d；应为 0 至 %d",
					"column %d, row %d from the south: land cover %d; want 0 to %d",
					i, j, t.Cover[c], scenario.CoverCount-1)
			}
		}
	}
	return voids == 0 && covers == 0
}

// series checks times and values that belong together.
func (k *checker) series(prefix, name string, times []sim.Duration, values []float64) {
	if len(times) != len(values) {
		k.add(prefix+name, "%[2]d 个时刻对应 %[1]d 个数值；两者应同样多",
			"%d values for %d times; want as many of each", len(values), len(times))
	}
	for i := 1; i < len(times); i++ {
		if times[i] <= times[i-1] {
			k.add(fmt.Sprintf("%stimes[%d]", prefix, i), "%v 排在 %v 之后：时间停止或倒退；时刻应递增",
				"%v after %v: time stands still or runs backwards; want rising times", times[i], times[i-1])
		}
	}
}

// rising checks numbers that must grow.
func (k *checker) rising(path string, values []float64) {
	if len(values) < 2 {
		k.add(path, "只有 %d 个数；至少两个", "%d numbers; want at least two", len(values))
	}
	for i, v := range values {
		if i > 0 && !(v > values[i-1]) {
			k.add(fmt.Sprintf("%s[%d]", path, i), "%g 排在 %g 之后；数值应递增", "%g after %g; want rising numbers", v, values[i-1])
		}
	}
}

// place checks a point or a line on the map.
func (k *checker) place(path string, pts [][2]float64) {
	if len(pts) == 0 {
		k.add(path, "没有点；应有一个点，或多个点成线", "no point; want one, or several for a line")
	}
	k.points(path, pts)
}

// polygon checks a polygon, which may be empty.
func (k *checker) polygon(path string, pts [][2]float64) {
	if n := len(pts); n > 0 && n < 3 {
		k.add(path, "%d 个顶点；至少三个", "%d corners; want at least three", n)
	}
}

func (k *checker) points(path string, pts [][2]float64) {
	for i, p := range pts {
		k.spot(fmt.Sprintf("%s[%d]", path, i), p)
	}
}

// spot checks that a point lies on the map.
func (k *checker) spot(path string, p [2]float64) {
	if _, ok := k.grid.CellAt(scenario.Point(p)); !ok {
		k.add(path, "（%g，%g）在图外；x 应为 %g 至 %g，y 应为 %g 至 %g",
			"(%g, %g) is outside the map; want x from %g to %g and y from %g to %g",
			p[0], p[1], k.area.Min.X, k.area.Max.X, k.area.Min.Y, k.area.Max.Y)
	}
}

func (k *checker) pond(path string, p *Pond, t *sim.Terrain) {
	k.polygon(path+"polygon", p.Polygon)
	if len(p.Polygon) > 0 {
		return
	}
	if len(p.Place) != 1 {
		k.add(path+"place", "%d 个点；应为多边形，或水面由之延伸的一个点",
			"%d points; want a polygon, or the one point from which the pond reaches", len(p.Place))
		return
	}
	k.points(path+"place", p.Place)
	at := scenario.Point(p.Place[0])
	if _, ok := t.Grid.CellAt(at); ok && !(float64(t.At(at)) < float64(p.Level*1000)) {
		k.add(path+"level", "%g 米不高于该处地面（%g 米）",
			"%g m is not above the ground at the pond's place, %g m", p.Level, float64(t.At(at))/1000)
	}
}

func (k *checker) catchment(path string, s *Catchment, c *Config) {
	k.polygon(path+"polygon", s.Polygon)
	k.target(path, "outlet", s.Outlet, s.Reservoir, c)
}

func (k *checker) inflow(path string, s *Inflow, c *Config) {
	if len(s.Times) == 0 {
		k.add(path+"times", "没有时刻；至少一个", "no times; want at least one")
	}
	k.series(path, "flows", s.Times, s.Flows)
	k.target(path, "place", s.Place, s.Reservoir, c)
}

// target wants either a place or a reservoir that exists.
func (k *checker) target(path, field string, place [][2]float64, name string, c *Config) {
	switch {
	case name == "" && len(place) == 0:
		k.add(path+field, "没有 %[1]s，也没有水库；应有 %[1]s（一个点，或多个点成线），或 reservoir（水库名）",
			"neither %[1]s nor reservoir; want %[1]s, a point or several for a line, or the name of a reservoir", field)
	case name == "":
		k.points(path+field, place)
	case len(place) > 0:
		k.add(path+"reservoir", "同时写了水库和 %s；只能写其一", "both a reservoir and an %s; want one of them", field)
	case !slices.ContainsFunc(c.Reservoirs, func(r Reservoir) bool { return r.Name == name }):
		var all []string
		for i := range c.Reservoirs {
			all = append(all, c.Reservoirs[i].Name)
		}
		k.add(path+"reservoir", "本灾害没有名为 %q 的水库；%s", "there is no reservoir %q in this hazard; %s", name,
			wantNamed("reservoir", name, all))
	}
}

func (k *checker) boundary(path string, b *Boundary) {
	onEdge := k.along(path+"from", b.Edge, b.From)
	onEdge = k.along(path+"to", b.Edge, b.To) && onEdge
	switch {
	case !onEdge:
	case b.To <= b.From:
		k.add(path+"to", "%g 米；应大于 from（%g 米）", "%g m; want more than from, %g m", b.To, b.From)
	case len(edgeCells(k.grid, b)) == 0:
		k.add(path+"from", "%s 边 %g 至 %g 米之间没有格的中心；应为更长的一段",
			"no cell of the %s edge has its centre from %g to %g m; want a longer stretch", b.Edge, b.From, b.To)
	}
	if b.Kind == BoundaryStage && len(b.Times) == 0 {
		k.add(path+"times", "没有时刻；水位过程至少一个", "no times; a stage needs at least one")
	}
	k.series(path, "levels", b.Times, b.Levels)
}

// edges reports boundaries that take the same cell of an edge: its face can have one flux only.
func (k *checker) edges(c *Config) {
	type place struct {
		edge string
		cell int
	}
	owner := map[place]int{}
	for i := range c.Boundaries {
		b := &c.Boundaries[i]
		for _, cell := range edgeCells(k.grid, b) {
			at := place{b.Edge, cell}
			if other, ok := owner[at]; ok {
				k.add(fmt.Sprintf("boundary[%d].from", i), "%g 至 %g 米与 boundary[%d] 在 %s 边上重合；各段不得共用一格",
					"%g to %g m overlaps boundary[%d] on the %s edge; want stretches that share no cell", b.From, b.To, other, b.Edge)
				break
			}
			owner[at] = i
		}
	}
}

// along checks a place on an edge of the map [m], and says whether it is there.
func (k *checker) along(path, edge string, at float64) bool {
	box := k.grid.Bounds()
	low, high := box.Min.X, box.Max.X
	if edge == "west" || edge == "east" {
		low, high = box.Min.Y, box.Max.Y
	}
	if at >= low && at <= high {
		return true
	}
	k.add(path, "%.0f 米超出 %s 边；应为 %g 至 %g 米", "%.0f m lies beyond the %s edge; want %g to %g m", at, edge, low, high)
	return false
}

// lakes reports places of water that lie in a lake, whose cells take none.
func (k *checker) lakes(c *Config) {
	closed := make([]bool, k.grid.Len())
	for i := range c.Reservoirs {
		inside(k.grid, c.Reservoirs[i].Lake, func(cell int) { closed[cell] = true })
	}
	look := func(path string, pts [][2]float64) {
		for i, p := range pts {
			if cell, ok := k.grid.CellAt(scenario.Point(p)); ok && closed[cell] {
				k.add(fmt.Sprintf("%s[%d]", path, i), "（%g，%g）在水库库区内；应为坝下地点，或改写水库名",
					"(%g, %g) lies in a reservoir's lake; want a place below the dam, or the reservoir's name", p[0], p[1])
			}
		}
	}
	for i := range c.Catchments {
		look(fmt.Sprintf("catchment[%d].outlet", i), c.Catchments[i].Outlet)
	}
	for i := range c.Inflows {
		look(fmt.Sprintf("inflow[%d].place", i), c.Inflows[i].Place)
	}
	for i := range c.Reservoirs {
		look(fmt.Sprintf("reservoir[%d].release", i), c.Reservoirs[i].Release)
	}
	for i := range c.Culverts {
		look(fmt.Sprintf("culvert[%d].ends", i), c.Culverts[i].Ends)
	}
	for i := range c.Pumps {
		look(fmt.Sprintf("pump[%d].place", i), [][2]float64{c.Pumps[i].Place})
		look(fmt.Sprintf("pump[%d].outfall", i), c.Pumps[i].Outfall)
	}
	for i := range c.Drains {
		look(fmt.Sprintf("drain[%d].outfall", i), c.Drains[i].Outfall)
	}
}
