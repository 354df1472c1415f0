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
		a.sum, a.rest = d.Number(), d.Number()
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

// clockMax is a limit of a saved clock.
const clockMax = sim.Time(100 * 366 * 24 * sim.Hour)

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
		appendStage(e, r.stage)
		r.breach.append(e)
	}
}

func (m *model) loadLumped(d *sim.Decoder) {
	for i := range m.catchments {
		m.catchments[i].initial = d.Amount()
		m.catchments[i].memory = d.Amount()
		m.catchments[i].store = d.Amount()
	}
	for i := range m.outlets {
		m.outlets[i].rate, m.outlets[i].volume = d.Number(), 0
	}
	for i := range m.reservoirs {
		r := &m.reservoirs[i]
		r.volume, r.inflow = d.Amount(), d.Amount()
		for k := range r.gates {
			r.gates[k].position.load(d)
		}
		r.stage = loadStage(d)
		r.breach.load(d, m.clock)
	}
}
