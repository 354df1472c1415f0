package flood

import "sandtable/sim"

// append saves what the ground remembers: nothing where rain loses a share, the rain that has fallen for the curve
// number, and else what the ground has taken, of the tiles in which it has.
func (r *rain) append(e *sim.Encoder, m *model) {
	e.Section("ground")
	for _, v := range r.fallen {
		e.F64(v)
	}
	if !r.soaks() {
		return
	}
	for t := range m.Tiles {
		any := false
		m.visit(t, func(c int) { any = any || r.taken[c] > 0 })
		e.Bool(any)
		if any {
			m.visit(t, func(c int) { e.F64(r.taken[c]) })
		}
	}
}

// load reads what append wrote.
func (r *rain) load(d *sim.Decoder, m *model) {
	d.Section("ground")
	r.basins.known = false
	for k := range r.fallen {
		r.fallen[k] = d.Amount()
	}
	if !r.soaks() {
		return
	}
	clear(r.taken)
	for t := range m.Tiles {
		if d.Bool() {
			m.visit(t, func(c int) { r.taken[c] = d.Amount() })
		}
	}
}

// visit calls f with the cells of a tile that lie on the map, row by row.
func (m *model) visit(t int, f func(c int)) {
	i0, i1, j0, j1 := m.depth.TileCells(t)
	for j := j0; j < j1; j++ {
		for c := m.At(i0, j); c < m.At(i1, j); c++ {
			f(c)
		}
	}
}
