package flood

import (
	"fmt"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Version names the model and its edition.
func (c *Config) Version() string { return "shallow-7" }

// Structures lists the dams that can fail and the gates, reservoir by reservoir.
func (c *Config) Structures() []sim.StructureSpec {
	var list []sim.StructureSpec
	for _, r := range c.Reservoirs {
		at := scenario.Point(r.Place)
		if r.Breach.Trigger != TriggerNone {
			list = append(list, sim.StructureSpec{
				Name: r.Name, Title: r.Title, Place: at, Actions: []sim.StructureAction{sim.StructureBreach},
				Work: sim.WorkDam,
			})
		}
		for _, g := range r.Gates {
			list = append(list, sim.StructureSpec{
				Name: g.Name, Title: g.Title, Place: at, Actions: []sim.StructureAction{sim.StructureSetOpening},
				Work: sim.WorkGate, Start: g.Opening, Pace: 100 * paceOf(g.Stroke),
			})
		}
	}
	return append(list, c.specs()...)
}

// Attachments lists the files that the rain names.
func (c *Config) Attachments() []sim.Attachment {
	list := c.Rain.Attachments()
	for i := range list {
		list[i].Path = "rain." + list[i].Path
	}
	return list
}

// New makes the flood at time 0.
func (c *Config) New(env sim.HazardEnv) (sim.Hazard, error) {
	if list := c.Check(env.Terrain); len(list) > 0 {
		return nil, fmt.Errorf("flood: %s: %s", list[0].Path, list[0].Text.EN)
	}
	g := env.Terrain.Grid
	m := &model{
		Water:  shallow.New(g.NX, g.NY, c.params(g.Cell, env.Workers)),
		config: c, env: env,
		terrain: env.Terrain, area: float64(g.Cell * g.Cell), pause: c.Solver.Interval, stepMax: c.Solver.StepMax,
		depth: sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, g),
		east:  sim.NewLayer(sim.LayerKey{Quantity: sim.QVelocityX}, g),
		north: sim.NewLayer(sim.LayerKey{Quantity: sim.QVelocityY}, g),
	}
	m.shown = make([]bool, len(m.Tiles))
	m.layGround(c)
	if err := m.addReservoirs(c, env.Structure); err != nil {
		return nil, err
	}
	m.addInflows(c)
	m.addRain(c)
	for i := range c.Boundaries {
		m.boundaries = append(m.boundaries, m.newBoundary(&c.Boundaries[i]))
	}
	if err := m.addStructures(c, env.Structure); err != nil {
		return nil, err
	}
	m.standWater(c)
	m.books.initial.add(m.stored())
	return m, nil
}

// layGround sets bed and roughness.
func (m *model) layGround(c *Config) {
	n := c.Roughness.classes()
	for k, bed := range m.terrain.Bed {
		i, j := m.terrain.Grid.IJ(k)
		at := &m.Cells[m.At(i, j)]
		at.Bed = float32(bed)
		at.Rough = float32(float64(n[m.cover(k)]*math.Sqrt(shallow.Gravity)) / 2)
	}
}

// cover returns the land cover of a cell of the map.
func (m *model) cover(k int) uint8 {
	if len(m.terrain.Cover) == 0 {
		return scenario.CoverFarmland
	}
	return m.terrain.Cover[k]
}

// classes lists the roughness by land cover.
func (r *Roughness) classes() [scenario.CoverCount]float64 {
	return [...]float64{r.Farmland, r.Forest, r.Urban, r.Water, r.Bare, r.Wetland}
}

// classes lists the runoff by land cover.
func (r *Runoff) classes() [scenario.CoverCount]float64 {
	return [...]float64{r.Farmland, r.Forest, r.Urban, r.Water, r.Bare, r.Wetland}
}

// addReservoirs makes the reservoirs, with walls where their lakes are.
func (m *model) addReservoirs(c *Config, structure func(string) (sim.StructureID, bool)) error {
	for i := range c.Reservoirs {
		spec := &c.Reservoirs[i]
		r := reservoir{Reservoir: spec, dam: sim.None}
		r.volume = r.volumeAt(spec.Level)
		var err error
		if spec.Breach.Trigger != TriggerNone {
			if r.dam, err = find(structure, spec.Name); err != nil {
				return err
			}
		}
		for k := range spec.Gates {
			g := gate{Gate: &spec.Gates[k]}
			g.position = rest(g.Opening / 100)
			if g.id, err = find(structure, g.Name); err != nil {
				return err
			}
			r.gates = append(r.gates, g)
		}
		inside(m.terrain.Grid, spec.Lake, func(k int) {
			r.lake = append(r.lake, int32(k))
			x, y := m.terrain.Grid.IJ(k)
			m.Cells[m.At(x, y)].Bed = shallow.Wall
		})
		r.to = m.addOutlet(spec.Release)
		m.reservoirs = append(m.reservoirs, r)
	}
	return nil
}

func find(structure func(string) (sim.StructureID, bool), name string) (sim.StructureID, error) {
	if id, ok := structure(name); ok {
		return id, nil
	}
	return sim.None, fmt.Errorf("flood: structure %q has no number", name)
}

// addInflows makes catchments and hydrographs.
func (m *model) addInflows(c *Config) {
	to := func(place [][2]float64, name string) target {
		if len(place) > 0 {
			return m.addOutlet(place)
		}
		k := slices.IndexFunc(c.Reservoirs, func(r Reservoir) bool { return r.Name == name })
		return target{outlet: sim.None, reservoir: k}
	}
	for i := range c.Catchments {
		s := &c.Catchments[i]
		m.catchments = append(m.catchments, newCatchment(s, &c.Soil, to(s.Outlet, s.Reservoir)))
	}
	for i := range c.Inflows {
		s := &c.Inflows[i]
		m.inflows = append(m.inflows, inflow{newSeries(s.Times, s.Flows, 1, false), to(s.Place, s.Reservoir)})
	}
}

// addOutlet makes the outlet of a point or line.
func (m *model) addOutlet(place [][2]float64) target {
	var o outlet
	line(place).Visit(m.Size/2, func(p geo.Point) {
		if k, ok := m.terrain.Grid.CellAt(p); ok {
			i, j := m.terrain.Grid.IJ(k)
			if c := m.At(i, j); !slices.Contains(o.cells, c) {
				o.cells = append(o.cells, c)
			}
		}
	})
	m.outlets = append(m.outlets, o)
	return target{outlet: len(m.outlets) - 1, reservoir: sim.None}
}

func line(pts [][2]float64) geo.Line {
	l := make(geo.Line, len(pts))
	for i, p := range pts {
		l[i] = scenario.Point(p)
	}
	return l
}

// inside calls f with the cells of the map whose centres lie in a polygon, in order; none for an empty one.
func inside(g geo.Grid, polygon [][2]float64, f func(k int)) {
	if len(polygon) == 0 {
		return
	}
	poly := geo.Polygon(line(polygon))
	box := geo.Bounds(poly)
	i0, j0 := g.ClampIJ(box.Min)
	i1, j1 := g.ClampIJ(box.Max)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			if poly.Contains(g.Centre(i, j)) {
				f(g.Index(i, j))
			}
		}
	}
}

// addStructures builds the structures on the grid, and says which faces they and the boundaries rule.
func (m *model) addStructures(c *Config, structure func(string) (sim.StructureID, bool)) error {
	m.pipe = func(outlet int, volume float64) { m.outlets[outlet].volume += volume }
	var err error
	m.structures, err = newStructures(c, &mason{
		water: m.Water, grid: m.terrain.Grid,
		outlet: func(place [][2]float64) int { return m.addOutlet(place).outlet },
		find:   func(name string) (sim.StructureID, error) { return find(structure, name) },
	})
	m.rerule()
	return err
}

// rerule tells the water which faces are ruled, after that has changed.
func (m *model) rerule() {
	m.faces = m.faces[:0]
	for i := range m.boundaries {
		m.faces = append(m.faces, m.boundaries[i].faces...)
	}
	m.faces = m.structures.faces(m.faces)
	m.ruled = m.Rule(m.faces)
	for i := range m.boundaries {
		b := &m.boundaries[i]
		b.ruled = b.ruled[:0]
		for _, f := range b.faces {
			b.ruled = append(b.ruled, numberOf(m.ruled, f))
		}
	}
	m.structures.take(m.ruled)
}

// newBoundary makes the stretch of one boundary: the cells along it that can take water, and their faces in the edge.
func (m *model) newBoundary(s *Boundary) boundary {
	b := boundary{stage: s.Kind == BoundaryStage, root: math.Sqrt(s.Slope), sign: 1}
	south, ahead := s.Edge == "south" || s.Edge == "north", 0
	switch s.Edge {
	case "east":
		ahead, b.sign = 1, -1
	case "north":
		ahead, b.sign = m.Width, -1
	}
	if b.stage {
		b.level = newSeries(s.Times, s.Levels, 1000, false)
	}
	for _, k := range edgeCells(m.terrain.Grid, s) {
		i, j := m.terrain.Grid.IJ(k)
		if c := m.At(i, j); !m.Closed(c) {
			b.cells = append(b.cells, c)
			b.faces = append(b.faces, shallow.Face{Cell: c + ahead, South: south})
		}
	}
	return b
}

// edgeCells returns the cells of the map along a boundary.
func edgeCells(g geo.Grid, s *Boundary) []int {
	var list []int
	n := g.NX
	if s.Edge == "west" || s.Edge == "east" {
		n = g.NY
	}
	for k := range n {
		i, j := k, 0
		switch s.Edge {
		case "north":
			j = g.NY - 1
		case "west":
			i, j = 0, k
		case "east":
			i, j = g.NX-1, k
		}
		at := g.Centre(i, j)
		along := at.X
		if s.Edge == "west" || s.Edge == "east" {
			along = at.Y
		}
		if along >= s.From && along <= s.To {
			list = append(list, g.Index(i, j))
		}
	}
	return list
}

// standWater puts the water of the start on the cells.
func (m *model) standWater(c *Config) {
	for k := range m.terrain.Bed {
		if m.cover(k) == scenario.CoverWater {
			m.deepen(k, c.RiverDepth)
		}
	}
	for i := range c.Ponds {
		p := &c.Ponds[i]
		level := int32(num.ClampInt(float64(p.Level*1000), -1e9, 1e9))
		fill := func(k int) { m.deepen(k, float64(level-m.terrain.Bed[k])/1000) }
		if len(p.Polygon) > 0 {
			inside(m.terrain.Grid, p.Polygon, fill)
		} else {
			m.spread(p.Place[0], level, fill)
		}
	}
	for t := range m.Tiles {
		m.Survey(t)
	}
}

// deepen gives a cell of the map at least that depth.
func (m *model) deepen(k int, depth float64) {
	i, j := m.terrain.Grid.IJ(k)
	if at := m.At(i, j); !m.Closed(at) {
		m.Cells[at].H = max(m.Cells[at].H, depth)
	}
}

// spread calls f with all cells below a level [mm] that hang together with the cell of a place.
func (m *model) spread(place [2]float64, level int32, f func(k int)) {
	g := m.terrain.Grid
	seen := make([]bool, g.Len())
	var stack []int
	visit := func(i, j int) {
		if k := g.Index(i, j); g.Inside(i, j) && !seen[k] && m.terrain.Bed[k] < level {
			seen[k] = true
			stack = append(stack, k)
		}
	}
	if k, ok := g.CellAt(scenario.Point(place)); ok {
		visit(g.IJ(k))
	}
	for len(stack) > 0 {
		k := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		f(k)
		i, j := g.IJ(k)
		visit(i-1, j)
		visit(i+1, j)
		visit(i, j-1)
		visit(i, j+1)
	}
}
