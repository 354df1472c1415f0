package flood

import (
	"sandtable/sim"
)

// AppendState saves the water, the stores and the books. Tiles without water or flow take two bytes.
func (m *model) AppendState(e *sim.Encoder) {
	e.Section("flood")
	e.Time(m.clock)
	e.Time(m.rain.until)
	for _, a := range m.books.all() {
		e.F64(a.sum)
		e.F64(a.rest)
	}
	m.appendLumped(e)
	e.Section("water")
	e.Len(len(m.tiles))
	for t := range m.tiles {
		m.appendTile(e, t)
	}
}

// LoadState reads what AppendState wrote. All tiles count as changed afterwards, so that the next publication does
// not depend on what the layers hold.
func (m *model) LoadState(d *sim.Decoder) {
	d.Section("flood")
	m.clock, m.rain.until = d.Time(), d.Time()
	if m.clock < 0 || m.clock > clockMax || m.rain.until < 0 || m.rain.until > m.clock {
		d.Fail("a time that cannot be")
	}
	for _, a := range m.books.all() {
		a.sum, a.rest = number(d), number(d)
	}
	m.loadLumped(d)
	d.Section("water")
	if !d.Fixed(len(m.tiles), "tiles") {
		return
	}
	for _, f := range [...][]float64{m.now.x, m.now.y, m.next.x, m.next.y} {
		clear(f)
	}
	for t := range m.tiles {
		m.loadTile(d, t)
	}
	for i := range m.boundaries {
		m.boundaries[i].show(m)
	}
}

// Limits of what a saved state can hold: no number of the model comes near them.
const (
	numberMax = 1e18
	clockMax  = sim.Time(100 * 366 * 24 * sim.Hour)
)

// number reads a number.
func number(d *sim.Decoder) float64 {
	v := d.F64()
	if !(v >= -numberMax && v <= numberMax) {
		d.Fail("a number out of all proportion")
		return 0
	}
	return v
}

// positive reads a finite number that is not negative.
func positive(d *sim.Decoder) float64 {
	v := number(d)
	if v < 0 {
		d.Fail("a volume below zero")
		return 0
	}
	return v
}

// appendLumped saves what has no cells.
func (m *model) appendLumped(e *sim.Encoder) {
	for i := range m.catchments {
		e.F64(m.catchments[i].initial)
		e.F64(m.catchments[i].store)
	}
	for i := range m.outlets {
		e.F64(m.outlets[i].rate)
	}
	for i := range m.reservoirs {
		r := &m.reservoirs[i]
		e.F64(r.volume)
		e.F64(r.inflow)
		for k := range r.gates {
			e.F64(r.gates[k].opening)
			e.F64(r.gates[k].wanted)
		}
		e.Bool(r.breach.broken)
		e.Time(r.breach.since)
		e.F64(r.breach.volume)
		e.F64(r.breach.width)
		e.F64(r.breach.grown)
	}
	for i := range m.boundaries {
		for _, q := range m.boundaries[i].flux {
			e.F64(q)
		}
	}
}

func (m *model) loadLumped(d *sim.Decoder) {
	for i := range m.catchments {
		m.catchments[i].initial = positive(d)
		m.catchments[i].store = positive(d)
	}
	for i := range m.outlets {
		m.outlets[i].rate, m.outlets[i].volume = number(d), 0
	}
	for i := range m.reservoirs {
		r := &m.reservoirs[i]
		r.volume, r.inflow = positive(d), positive(d)
		for k := range r.gates {
			r.gates[k].opening, r.gates[k].wanted = positive(d), positive(d)
		}
		r.breach.broken = d.Bool()
		r.breach.since = d.Time()
		r.breach.volume, r.breach.width, r.breach.grown = positive(d), positive(d), positive(d)
	}
	for i := range m.boundaries {
		for k := range m.boundaries[i].flux {
			m.boundaries[i].flux[k] = number(d)
		}
	}
}

// Bits of a saved tile, above those of its wet edges.
const (
	savedWater = 1 << 14
	savedFlow  = 1 << 15
	restShift  = 8
	restMask   = 3 << restShift
)

func (m *model) appendTile(e *sim.Encoder, t int) {
	tl := &m.tiles[t]
	bits := uint16(tl.wet) | uint16(tl.rest)<<restShift
	if tl.top > 0 {
		bits |= savedWater
	}
	if tl.rest > 0 && m.flows(t) {
		bits |= savedFlow
	}
	e.U16(bits)
	if bits&savedWater != 0 {
		e.F64(tl.top)
		m.visit(t, func(c int) { e.F64(m.cells[c].h) })
	}
	if bits&savedFlow != 0 {
		m.visit(t, func(c int) { e.F64(m.now.x[c]); e.F64(m.now.y[c]) })
	}
}

func (m *model) loadTile(d *sim.Decoder, t int) {
	bits := d.U16()
	tl := &m.tiles[t]
	*tl = tile{wet: uint8(bits), rest: uint8(bits & restMask >> restShift), touched: true, shown: true}
	if bits&savedWater != 0 {
		tl.top = positive(d)
	}
	m.visit(t, func(c int) {
		m.cells[c].h = 0
		if bits&savedWater != 0 {
			m.cells[c].h = positive(d)
		}
	})
	if bits&savedFlow != 0 {
		m.visit(t, func(c int) { m.now.x[c], m.now.y[c] = number(d), number(d) })
	}
}

// visit calls f with the cells of a tile that lie on the map, row by row.
func (m *model) visit(t int, f func(c int)) {
	i0, i1, j0, j1 := m.depth.TileCells(t)
	for j := j0; j < j1; j++ {
		for c := m.at(i0, j); c < m.at(i1, j); c++ {
			f(c)
		}
	}
}

// flows says whether water moves through any face of a tile.
func (m *model) flows(t int) bool {
	moves := false
	m.visit(t, func(c int) { moves = moves || m.now.x[c] != 0 || m.now.y[c] != 0 })
	return moves
}
