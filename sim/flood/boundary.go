package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// boundary is a stretch of open edge: one face per cell, with everything outside as the configuration says.
type boundary struct {
	stage bool
	cells []int
	faces []int     // of the cells, in the edge
	along bool      // the faces are crossed to the north or south
	sign  float64   // of a flux into the map, on the grid: 1 on the western and southern edge, -1 on the others
	root  float64   // outflow: root of the energy slope
	level series    // stage: above the datum [mm]
	flux  []float64 // into the map [m2/s]
}

// look computes the fluxes of a step from the same depths as those of all other faces: a boundary that saw the depths
// after the step would take its neighbours' flow for a change of level.
func (b *boundary) look(m *model, from, to sim.Time) {
	dt := to.Sub(from).Seconds()
	level := b.level.at(to)
	next := b.of(&m.next)
	for i, c := range b.cells {
		next[b.faces[i]] = 0 // the solver has a wall there
		if b.stage {
			b.flux[i] = m.stageFlux(&m.cells[c], b.flux[i], level, dt)
		} else {
			b.flux[i] = -m.normalFlux(&m.cells[c], b.root)
		}
	}
}

// of returns the fluxes in which the boundary's faces are.
func (b *boundary) of(f *flows) []float64 {
	if b.along {
		return f.y
	}
	return f.x
}

// show puts the fluxes on the grid, where the next faces inside see them as neighbours.
func (b *boundary) show(m *model) {
	now := b.of(&m.now)
	for i, q := range b.flux {
		now[b.faces[i]] = float64(b.sign * q)
	}
}

// exchange lets the water of a step through, never more than there is.
func (b *boundary) exchange(m *model, dt float64) {
	b.show(m)
	for i, c := range b.cells {
		if b.flux[i] == 0 {
			continue
		}
		depth := max(float64(b.flux[i]*dt)/m.size, -m.cells[c].h)
		m.raise(c, depth, m.wet)
		if depth > 0 {
			m.books.edgeIn.add(float64(depth * m.area))
		} else {
			m.books.edgeOut.add(float64(-depth * m.area))
		}
	}
}

// normalFlux is the flow per width that a cell's depth gives at normal flow, h^(5/3) S^(1/2)/n, up to the highest
// Froude number [m2/s].
func (m *model) normalFlux(c *cell, root float64) float64 {
	if c.h <= m.wet {
		return 0
	}
	third := num.Cbrt(c.h)
	n := float64(2*c.rough) / math.Sqrt(gravity)
	return min(float64(c.h*float64(third*third))*root/n, m.fastest(c.h))
}

// fastest is the flow per width at the highest Froude number [m2/s].
func (m *model) fastest(h float64) float64 {
	return float64(float64(m.froude*h) * math.Sqrt(float64(gravity*h)))
}

// stageFlux is the new flow per width through an edge face between a cell and open water of a level [mm]: the
// momentum equation of all faces, without neighbours in line.
func (m *model) stageFlux(c *cell, q, level, dt float64) float64 {
	outside := max(float64((level-c.bed)*1e-3), 0)
	hf := max(outside, c.h)
	if hf <= m.wet {
		return 0
	}
	drive := q + float64(float64(gravity*dt)/m.size*float64(hf*(outside-c.h)))
	h73 := num.Pow73(hf)
	q = float64(drive*h73) / (h73 + float64(float64(4*c.rough*c.rough)*float64(dt*math.Abs(q))))
	return max(-m.fastest(hf), min(q, m.fastest(hf)))
}

// deepest returns the greatest depth that the water outside gives at the boundary's cells [m].
func (b *boundary) deepest(m *model) float64 {
	if !b.stage {
		return 0
	}
	level, depth := b.level.at(m.clock), 0.0
	for _, c := range b.cells {
		depth = max(depth, float64((level-m.cells[c].bed)*1e-3))
	}
	return depth
}
