package flood

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/flood/soil"
	"sandtable/sim/flood/storm"
	"sandtable/sim/scenario"
)

// addRain makes the rain: where it falls directly, how it soaks in, and what the catchments get of it.
func (m *model) addRain(c *Config) {
	r := &m.rain
	r.field = storm.Compile(&c.Rain)
	r.blocks = r.field.Blocks(m.terrain.Grid.Bounds(), c.Rain.CellSide())
	if c.Rain.Wet() {
		r.shown = r.blocks
		r.layer = sim.NewLayer(sim.LayerKey{Quantity: sim.QRain}, r.blocks.Grid)
	}
	if r.field.Even() { // one rain cell is enough for the ground
		r.blocks = r.field.Blocks(m.terrain.Grid.Bounds(), largest(m.terrain))
	}
	r.method, r.share, r.laws = c.Soil.Method, c.Runoff.classes(), c.Soil.Laws(c.Soil.Method)
	m.mapBlocks()
	if r.field.ActiveAfter(0) {
		m.addDirect(c)
	}
	switch r.method {
	case soil.MethodGreenAmpt, soil.MethodHorton:
		m.addGround()
		r.rows = r.soak(m)
	case soil.MethodCurveNumber:
		r.fallen = make([]float64, r.blocks.Grid.Len())
		r.rows = r.pour(m)
	default:
		r.rows = r.pour(m)
	}
	r.lost = make([]float64, m.TY)
	m.addBasins(c)
}

// largest returns the longer side of the map [m].
func largest(t *sim.Terrain) float64 {
	b := t.Grid.Bounds()
	return max(b.Width(), b.Height())
}

// mapBlocks notes the rain cell of each column and row of the grid.
func (m *model) mapBlocks() {
	r, g := &m.rain, m.terrain.Grid
	blocks := r.blocks.Grid
	r.column, r.line = make([]int32, m.Width), make([]int32, len(m.Cells)/m.Width)
	for i := range r.column {
		x, _ := blocks.ClampIJ(g.Centre(i-1, 0))
		r.column[i] = int32(x * classes)
	}
	for j := range r.line {
		_, y := blocks.ClampIJ(g.Centre(0, j-1))
		r.line[j] = int32(y * blocks.NX * classes)
	}
	r.depth = make([]float64, blocks.Len()*classes)
	r.count = make([]float64, blocks.Len()*classes)
}

// addDirect says which cells get rain directly.
func (m *model) addDirect(c *Config) {
	r, g := &m.rain, m.terrain.Grid
	direct := make([]bool, g.Len())
	if len(c.Rain.Area) > 0 {
		inside(g, c.Rain.Area, func(k int) { direct[k] = true })
	} else {
		for k := range direct {
			direct[k] = true
		}
	}
	for i := range c.Catchments {
		inside(g, c.Catchments[i].Polygon, func(k int) { direct[k] = false })
	}
	r.class = make([]uint8, len(m.Cells))
	for k, yes := range direct {
		i, j := g.IJ(k)
		if at := m.At(i, j); yes && !m.Closed(at) {
			r.class[at] = 1 + m.cover(k)
			r.count[int(r.line[j+1]+r.column[i+1])+int(r.class[at])]++
		}
	}
}

// addGround says into which cells water can soak.
func (m *model) addGround() {
	r := &m.rain
	r.ground, r.taken = make([]uint8, len(m.Cells)), make([]float64, len(m.Cells))
	for k := range m.terrain.Bed {
		i, j := m.terrain.Grid.IJ(k)
		cover := m.cover(k)
		if at := m.At(i, j); !m.Closed(at) && r.laws[cover].Open() {
			r.ground[at] = 1 + cover
		}
	}
}

// addBasins says in which rain cells the catchments lie: by the cells of the map inside their polygon; without any
// there, by where their water goes.
func (m *model) addBasins(c *Config) {
	b, g := &m.rain.basins, m.terrain.Grid
	blocks := m.rain.blocks.Grid
	for i := range c.Catchments {
		spec := &c.Catchments[i]
		share := make([]float64, blocks.Len())
		total := 0.0
		inside(g, spec.Polygon, func(k int) {
			x, y := blocks.ClampIJ(g.Centre(g.IJ(k)))
			share[blocks.Index(x, y)]++
			total++
		})
		if total == 0 {
			x, y := blocks.ClampIJ(scenario.Point(mouth(c, spec)))
			share[blocks.Index(x, y)], total = 1, 1
		}
		var of basin
		for k, cells := range share {
			if cells > 0 {
				of.blocks, of.parts = append(of.blocks, int32(k)), append(of.parts, cells/total)
			}
		}
		b.of = append(b.of, of)
	}
	b.rate, b.depth = make([]float64, len(b.of)), make([]float64, len(b.of))
}

// mouth returns the place where a catchment's water goes.
func mouth(c *Config, s *Catchment) [2]float64 {
	if len(s.Outlet) > 0 {
		return s.Outlet[0]
	}
	k := slices.IndexFunc(c.Reservoirs, func(r Reservoir) bool { return r.Name == s.Reservoir })
	return c.Reservoirs[k].Place
}
