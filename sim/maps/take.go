package maps

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// Take adds the present publication to the maps; one that has been taken is not taken twice. The layers must be those
// of the world for which the maps were made. Whoever plays a run calls it after every tick. Where publications were
// missed, all cells are looked at, and the water counts as having been what it was until now.
func (m *Maps) Take(ls *sim.Layers) {
	if ls.Edition == m.edition {
		return
	}
	missed := ls.Edition != m.edition+1
	m.edition = ls.Edition
	m.out.Begin(ls.Published)
	for t := range m.dirty {
		m.dirty[t] = missed
	}
	for k := range m.in {
		for s := range m.in[k].sources {
			m.in[k].sources[s].mark(m.dirty, m.depth.TX)
		}
	}
	at := seconds(ls.Published)
	for t, dirty := range m.dirty {
		if dirty {
			m.tile(t, at)
		}
	}
}

// tile looks at the cells of one tile.
func (m *Maps) tile(t int, at int32) {
	var v [3]tileValues
	i0, i1, j0, j1 := m.depth.TileCells(t)
	for k := range v {
		m.in[k].gather(i0, i1, j0, j1, &v[k])
	}
	for j := j0; j < j1; j++ {
		c, k := m.grid.Index(i0, j), (j-j0)*sim.TileSide
		for range i1 - i0 {
			d := v[0][k]
			m.cross(c, at, d)
			if d > 0 {
				m.rise(c, at, d, v[1][k], v[2][k])
			}
			c++
			k++
		}
	}
}

// cross notes that the depth of a cell has risen to the threshold, or fallen below it.
func (m *Maps) cross(c int, at, depth int32) {
	since := m.since[c]
	if (depth >= m.threshold) == (since >= 0) {
		return
	}
	if since >= 0 {
		m.closed[c] += at - since
		m.since[c] = -1
		return
	}
	m.since[c] = at
	if m.arrival.Values[c] < 0 {
		m.arrival.Set(c, at)
	}
}

// rise keeps what is the greatest so far. Depth is in mm, the velocity in mm/s.
func (m *Maps) rise(c int, at, depth, vx, vy int32) {
	d, x, y := float64(depth), float64(vx), float64(vy)
	speed2 := float64(x*x) + float64(y*y) // [mm2/s2]
	if depth <= m.depth.Values[c] && (speed2 == 0 || m.below(c, speed2, float64(d*d)*speed2)) {
		return
	}
	if depth > m.depth.Values[c] {
		m.depth.Set(c, depth)
		m.deepest.Set(c, at)
	}
	speed := math.Sqrt(speed2) // [mm/s]
	if s := steps(speed); s > m.speed.Values[c] {
		m.speed.Set(c, s)
	}
	if p := steps(float64(d*speed) / 1000); p > m.product.Values[c] {
		m.product.Set(c, p)
	}
	if class := int32(sim.ClassifyWater(d/1000, speed/1000)); class > m.danger.Values[c] {
		m.danger.Set(c, class)
	}
}

// below says that squared speed [mm2/s2] and squared product [mm4/s2] of a cell lie below what it has had, so that
// neither can rise. Nor can the class of danger where the depth does not either: a class is the worst that depth, speed
// and product give each for itself, and its limits are whole steps of these.
func (m *Maps) below(c int, speed2, product2 float64) bool {
	s := float64(m.speed.Values[c])
	p := float64(1000*float64(m.product.Values[c])) - 1 // a thousandth of a step of room for rounding
	return speed2 < s*s && p > 0 && product2 < p*p
}

// steps rounds to whole steps of a layer, halves up; what a layer cannot hold becomes the largest that it can.
func steps(x float64) int32 { return num.Int32(math.Floor(min(x, math.MaxInt32-1) + 0.5)) }
