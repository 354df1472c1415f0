package flood

import (
	"sandtable/sim"
)

// AppendState saves the water, the stores and the books.
func (m *model) AppendState(e *sim.Encoder) {
	e.Section("flood")
	e.Time(m.clock)
	e.Time(m.rain.until)
	for _, a := range m.books.all() {
		e.F64(a.sum)
		e.F64(a.rest)
	}
	m.appendLumped(e)
	m.rain.append(e, m)
	m.structures.append(e)
	m.Water.AppendState(e)
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
	m.rain.load(d, m)
	m.structures.load(d, m.clock)
	m.rerule()
	m.Water.LoadState(d)
	for t := range m.shown {
		m.shown[t] = true
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
		e.F64(m.catchments[i].memory)
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
			r.gates[k].position.append(e)
		}
		e.Bool(r.breach.broken)
		e.Time(r.breach.since)
		e.F64(r.breach.volume)
		e.F64(r.breach.width)
		e.F64(r.breach.grown)
	}
}

func (m *model) loadLumped(d *sim.Decoder) {
	for i := range m.catchments {
		m.catchments[i].initial = positive(d)
		m.catchments[i].memory = positive(d)
		m.catchments[i].store = positive(d)
	}
	for i := range m.outlets {
		m.outlets[i].rate, m.outlets[i].volume = number(d), 0
	}
	for i := range m.reservoirs {
		r := &m.reservoirs[i]
		r.volume, r.inflow = positive(d), positive(d)
		for k := range r.gates {
			r.gates[k].position.load(d)
		}
		r.breach.broken = d.Bool()
		r.breach.since = d.Time()
		r.breach.volume, r.breach.width, r.breach.grown = positive(d), positive(d), positive(d)
	}
}
