package flood

import (
	"cmp"
	"slices"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// drainPulse is how often drains take water; at 50 mm/h it is 0.14 mm at a time. At an outfall it comes out evenly
// until the next time.
const drainPulse = 10 * sim.Second

// structures are the hydraulic structures on the grid. Faces are ruled before each step of the water; what
// goes through culverts, pumps and drains is moved after it.
type structures struct {
	dykes    []*dyke
	barriers []*barrier
	sluices  []*sluice
	bridges  []*bridge
	culverts []culvert
	pumps    []*pump
	drains   []*drain

	banks   []passage // of all of them
	ruled   []shallow.Ruled
	counts  []uint8  // workspace: ruled faces of each cell
	drained sim.Time // drains have worked up to here

	out struct{ pumps, drains account } // out of the map [m3]
}

// mason is what a structure needs to be built on a map.
type mason struct {
	water  *shallow.Water
	grid   geo.Grid
	outlet func(place [][2]float64) int // makes an outlet on the map
	find   func(name string) (sim.StructureID, error)
}

// cellOf returns the water's cell of a cell of the map.
func (m *mason) cellOf(k int) int {
	i, j := m.grid.IJ(k)
	return m.water.At(i, j)
}

// cellAt returns the water's cell of a place, the nearest one outside the map.
func (m *mason) cellAt(p [2]float64) int {
	i, j := m.grid.ClampIJ(scenario.Point(p))
	return m.water.At(i, j)
}

// newStructures builds all structures of a configuration.
func newStructures(c *Config, m *mason) (*structures, error) {
	s := &structures{counts: make([]uint8, len(m.water.Cells))}
	var err error
	named := func(name string) sim.StructureID {
		id, e := m.find(name)
		if e != nil && err == nil {
			err = e
		}
		return id
	}
	for i := range c.Dykes {
		d := newDyke(m, &c.Dykes[i])
		for k := range d.gaps {
			d.gaps[k].id = named(d.gaps[k].Name)
		}
		s.dykes, s.banks = append(s.dykes, d), append(s.banks, d)
	}
	for i := range c.Barriers {
		b := newBarrier(m, &c.Barriers[i])
		b.id = named(b.Name)
		s.barriers, s.banks = append(s.barriers, b), append(s.banks, b)
	}
	for i := range c.Sluices {
		x := newSluice(m, &c.Sluices[i], s.dykes)
		x.id = named(x.Name)
		s.sluices, s.banks = append(s.sluices, x), append(s.banks, x)
	}
	for i := range c.Bridges {
		b := newBridge(m, &c.Bridges[i])
		s.bridges, s.banks = append(s.bridges, b), append(s.banks, b)
	}
	for i := range c.Culverts {
		s.culverts = append(s.culverts, newCulvert(m, &c.Culverts[i]))
	}
	for i := range c.Pumps {
		p := newPump(m, &c.Pumps[i])
		p.id = named(p.Name)
		s.pumps = append(s.pumps, p)
	}
	for i := range c.Drains {
		d := newDrain(m, &c.Drains[i])
		d.id = named(d.Name)
		s.drains = append(s.drains, d)
	}
	return s, err
}

// faces adds the faces that are ruled now to a list.
func (s *structures) faces(list []shallow.Face) []shallow.Face {
	for _, p := range s.banks {
		l := p.body()
		for i := range l.faces {
			if p.rules(i) {
				list = append(list, l.faces[i].face)
			}
		}
	}
	return list
}

// take finds the structures' faces among the water's ruled ones.
func (s *structures) take(ruled []shallow.Ruled) {
	s.ruled = ruled
	clear(s.counts)
	for _, p := range s.banks {
		l := p.body()
		for i := range l.faces {
			f := &l.faces[i]
			if f.ruled = sim.None; p.rules(i) {
				f.ruled = numberOf(ruled, f.face)
				s.counts[f.left]++
				s.counts[f.right]++
			}
		}
	}
	for _, p := range s.banks {
		l := p.body()
		for i := range l.faces {
			if f := &l.faces[i]; f.ruled >= 0 {
				f.share = [2]float64{1 / float64(s.counts[f.left]), 1 / float64(s.counts[f.right])}
			}
		}
	}
}

// numberOf returns the place of a face among the ruled ones, which are in order.
func numberOf(ruled []shallow.Ruled, face shallow.Face) int {
	k, ok := slices.BinarySearchFunc(ruled, face, func(r shallow.Ruled, f shallow.Face) int {
		return compareFaces(r.Face, f)
	})
	if !ok {
		panic("flood: a structure's face is not ruled")
	}
	return k
}

// prepare moves gates and crests for a step of dt seconds from now, lets breaches begin and grow, and says whether
// other faces are ruled than before. Breaches that begin by themselves are added to told.
func (s *structures) prepare(w *shallow.Water, now sim.Time, dt float64, told *[]sim.StructureChange) bool {
	changed := false
	for _, d := range s.dykes {
		*told = d.age(w, now, *told)
	}
	for _, b := range s.barriers {
		before := b.rules(0)
		b.height.move(dt)
		changed = changed || b.rules(0) != before
	}
	for _, x := range s.sluices {
		x.opening.move(dt)
	}
	for _, b := range s.bridges {
		changed = b.look(w) || changed
	}
	return changed
}

// rule sets the fluxes of all faces for a step of dt seconds.
func (s *structures) rule(w *shallow.Water, dt float64) {
	for _, p := range s.banks {
		rule(p, w, s.ruled, dt)
	}
}

// exchange moves what goes through culverts, pumps and drains between two instants. pour puts a volume [m3] into an
// outlet of the map.
func (s *structures) exchange(w *shallow.Water, from, to sim.Time, pour func(outlet int, volume float64)) {
	dt := to.Sub(from).Seconds()
	for i := range s.culverts {
		s.culverts[i].exchange(w, dt)
	}
	for _, p := range s.pumps {
		if volume := p.lift(w, dt); p.outlet >= 0 {
			pour(p.outlet, volume)
		} else {
			s.out.pumps.add(volume)
		}
	}
	for _, d := range s.drains {
		if d.pool > 0 {
			pour(d.outlet, d.release(from, to))
		}
	}
	span := to.Sub(s.drained)
	if span < drainPulse {
		return
	}
	s.drained = to
	for _, d := range s.drains {
		if volume := d.take(w, span.Seconds()); d.outlet >= 0 {
			d.collect(volume, from, to)
		} else {
			s.out.drains.add(volume)
		}
	}
}

// pooled returns the water that is on its way from drains to their outfalls [m3].
func (s *structures) pooled() float64 {
	var sum account
	for _, d := range s.drains {
		sum.add(d.pool)
	}
	return sum.value()
}

// compareFaces orders faces as shallow.Water.Rule does: western ones by cell, then southern ones.
func compareFaces(f, g shallow.Face) int {
	if f.South != g.South {
		if g.South {
			return -1
		}
		return 1
	}
	return cmp.Compare(f.Cell, g.Cell)
}
