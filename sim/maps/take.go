package maps

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/num"
)

// Take adds the present publication to the maps; one that has been taken is not taken twice. The layers must be those
// of the world for which the maps were made. Whoever plays a run calls it after every tick. Where publications were
// missed, all cells are looked at, and the water counts as having been what it was until now.
func (m *Maps) Take(ls *sim.Layers) {
	news, missed := ls.News(&m.edition)
	if !news {
		return
	}
	m.out.Begin(ls.Published)
	for t := range m.dirty {
		m.dirty[t] = missed
	}
	for k := range m.in {
		m.in[k].mark(m.dirty, m.depth.TX)
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
	m.gather(i0, i1, j0, j1, &v)
	n := i1 - i0
	for j := j0; j < j1; j++ {
		k := (j - j0) * sim.TileSide
		m.row(m.grid.Index(i0, j), at, v[0][k:k+n], v[1][k:k+n], v[2][k:k+n])
	}
}

// row looks at cells side by side, of which c is the first. Most of them have had deeper and faster water before, or
// have none: these are sifted out here, where it is cheap.
func (m *Maps) row(c int, at int32, depth, vx, vy []int32) {
	n := len(depth)
	vx, vy = vx[:n], vy[:n]
	since, deepest := m.since[c:c+n], m.depth.Values[c:c+n]
	speed, product := m.speed.Values[c:c+n], m.product.Values[c:c+n]
	for i, d := range depth {
		if (d > m.threshold) != (since[i] >= 0) {
			m.cross(c+i, at, d)
		}
		if d <= 0 {
			continue
		}
		x, y := float64(vx[i]), float64(vy[i])
		speed2 := float64(x*x) + float64(y*y) // [mm2/s2]
		if d > deepest[i] || !below(d, speed2, speed[i], product[i]) {
			m.rise(c+i, at, d, speed2)
		}
	}
}

// cross notes that the depth of a cell has risen above the threshold, or fallen to it.
func (m *Maps) cross(c int, at, depth int32) {
	since := m.since[c]
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

// rise keeps what is the greatest so far. Depth is in mm, the square of the speed in mm2/s2.
func (m *Maps) rise(c int, at, depth int32, speed2 float64) {
	if depth > m.depth.Values[c] {
		m.depth.Set(c, depth)
		m.deepest.Set(c, at)
	}
	d, speed := float64(depth), math.Sqrt(speed2) // [mm], [mm/s]
	if s := steps(speed); s > m.speed.Values[c] {
		m.speed.Set(c, s)
	}
	if p := steps(float64(d*speed) / 1000); p > m.product.Values[c] {
		m.product.Set(c, p)
	}
	if class := int32(harm.Classify(d/1000, speed/1000)); class > m.danger.Values[c] {
		m.danger.Set(c, class)
	}
}

// below says that neither the speed of a cell, given by its square [mm2/s2], nor its product with the depth [mm] can
// rise above what the cell has had (speed [mm/s], product [0.001 m2/s]). Nor can the class of danger where the depth
// does not either: a class is the worst that depth, speed and product give each for itself, and its limits are whole
// steps of these.
func below(depth int32, speed2 float64, speed, product int32) bool {
	d, s := float64(depth), float64(speed)
	p := float64(1000*float64(product)) - 1 // a thousandth of a step of room for rounding
	return speed2 == 0 || speed2 < s*s && p > 0 && float64(d*d)*speed2 < p*p
}

// steps rounds to whole steps of a layer, halves up; what a layer cannot hold becomes the largest that it can.
func steps(x float64) int32 { return num.Int32(math.Floor(min(x, math.MaxInt32-1) + 0.5)) }
