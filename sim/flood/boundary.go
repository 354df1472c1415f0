package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/num"
)

// boundary is a stretch of open edge: one ruled face per cell, with everything outside as the configuration says.
type boundary struct {
	stage bool
	cells []int
	faces []shallow.Face // of the cells, in the edge
	ruled []int          // their places among the ruled faces
	sign  float64        // of a flux into the map: 1 on the western and southern edge, -1 on the others
	root  float64        // outflow: root of the energy slope
	level series         // stage: above the datum [mm]
}

// look computes the fluxes of a step from the same depths as those of all other faces.
func (b *boundary) look(m *model, from, to sim.Time) {
	dt := to.Sub(from).Seconds()
	level := b.level.at(to)
	for i, c := range b.cells {
		f := &m.ruled[b.ruled[i]]
		flux := 0.0 // into the map
		switch {
		case !b.stage:
			flux = -m.normalFlux(c, b.root)
		case m.Scheme == shallow.Finite:
			flux = m.invariantFlux(c, float64(b.sign*m.into(c, f.South)), level)
		default:
			flux = m.stageFlux(c, float64(b.sign*f.Passed), level, dt)
		}
		f.Flux = float64(b.sign * flux)
	}
}

// into is the flow per width at the middle of a cell, across a western or a southern face [m2/s].
func (m *model) into(c int, south bool) float64 {
	x, y := m.Discharge(c)
	if south {
		return y
	}
	return x
}

// book enters what has passed in a step of dt seconds.
func (b *boundary) book(m *model, dt float64) {
	for _, k := range b.ruled {
		volume := float64(float64(b.sign*m.ruled[k].Passed) * float64(dt*m.Size))
		if volume > 0 {
			m.books.edgeIn.add(volume)
		} else if volume < 0 {
			m.books.edgeOut.add(-volume)
		}
	}
}

// normalFlux is the flow per width that a cell's depth gives at normal flow, h^(5/3) S^(1/2)/n, up to the highest
// Froude number [m2/s].
func (m *model) normalFlux(cell int, root float64) float64 {
	c := &m.Cells[cell]
	if c.H <= m.Wet {
		return 0
	}
	third := num.Cbrt(c.H)
	n := float64(2*float64(c.Rough)) / math.Sqrt(shallow.Gravity)
	return min(float64(c.H*float64(third*third))*root/n, m.fastest(c.H))
}

// fastest is the flow per width at the highest Froude number [m2/s].
func (m *model) fastest(h float64) float64 {
	return float64(float64(m.Froude*h) * math.Sqrt(float64(shallow.Gravity*h)))
}

// stageFlux is the new flow per width through an edge face between a cell and open water of a level [mm]: the
// momentum equation of all faces, without neighbours in line.
func (m *model) stageFlux(cell int, q, level, dt float64) float64 {
	c := &m.Cells[cell]
	outside := max(float64((level-float64(c.Bed))*1e-3), 0)
	hf := max(outside, c.H)
	if hf <= m.Wet {
		return 0
	}
	drive := q + float64(float64(shallow.Gravity*dt)/m.Size*float64(hf*(outside-c.H)))
	h73 := num.Pow73(hf)
	rough := float64(c.Rough)
	q = float64(drive*h73) / (h73 + float64(float64(4*rough*rough)*float64(dt*math.Abs(q))))
	return max(-m.fastest(hf), min(q, m.fastest(hf)))
}

// invariantFlux is the flow per width through an edge face of the finite-volume scheme, from open water of a level
// [mm], for a flow q into the map in the cell behind: the wave that leaves the map meets the level outside (Toro 2001,
// 6.2). Where the flow leaves faster than waves travel, nothing outside matters.
func (m *model) invariantFlux(cell int, q, level float64) float64 {
	c := &m.Cells[cell]
	outside := max(float64((level-float64(c.Bed))*1e-3), 0)
	if outside <= m.Wet && c.H <= m.Wet {
		return 0
	}
	speed := 0.0
	if c.H > m.Wet {
		speed = q / c.H
	}
	wave := math.Sqrt(float64(shallow.Gravity * c.H))
	if -speed >= wave && c.H > m.Wet {
		return q
	}
	u := speed - float64(2*wave) + float64(2*math.Sqrt(float64(shallow.Gravity*outside)))
	if outside <= m.Wet { // it falls freely
		return -m.fastest(float64(c.H * (2. / 3)))
	}
	return max(-m.fastest(outside), min(float64(outside*u), m.fastest(outside)))
}

// deepest returns the greatest depth that the water outside gives at the boundary's cells [m].
func (b *boundary) deepest(m *model) float64 {
	if !b.stage {
		return 0
	}
	level, depth := b.level.at(m.clock), 0.0
	for _, c := range b.cells {
		depth = max(depth, float64((level-float64(m.Cells[c].Bed))*1e-3))
	}
	return depth
}
