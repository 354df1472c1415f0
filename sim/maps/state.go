package maps

import (
	"encoding/binary"

	"sandtable/sim"
)

// AppendState saves the maps. After LoadState of it, maps of the same world go on as these would.
func (m *Maps) AppendState(e *sim.Encoder) {
	e.Section("maps")
	e.I32(m.threshold)
	e.U32(uint32(m.edition))
	e.Time(m.out.Published)
	for _, values := range m.kept() {
		appendRuns(e, values)
	}
}

// LoadState reads what AppendState wrote, for the same grid and threshold; a mistake is kept in the decoder, and the
// maps are then of no use.
func (m *Maps) LoadState(d *sim.Decoder) {
	d.Section("maps")
	if threshold := d.I32(); d.Err == nil && threshold != m.threshold {
		d.Fail("maps with another threshold")
	}
	edition, published := int(d.U32()), d.Time()
	for _, values := range m.kept() {
		loadRuns(d, values)
	}
	if d.Err != nil {
		return
	}
	m.out.Begin(published)
	m.edition = edition
}

// kept lists what is saved. The duration follows from the last two.
func (m *Maps) kept() [8][]int32 {
	return [8][]int32{m.arrival.Values, m.depth.Values, m.deepest.Values, m.speed.Values, m.product.Values,
		m.danger.Values, m.since, m.closed}
}

// appendRuns writes values as runs of equal ones: how many there are, and the value.
func appendRuns(e *sim.Encoder, values []int32) {
	e.Len(len(values))
	var body []byte
	for i := 0; i < len(values); {
		run := i + 1
		for run < len(values) && values[run] == values[i] {
			run++
		}
		body = binary.AppendUvarint(body, uint64(run-i))
		body = binary.AppendVarint(body, int64(values[i]))
		i = run
	}
	e.Bytes(body)
}

// loadRuns reads what appendRuns wrote into values.
func loadRuns(d *sim.Decoder, values []int32) {
	if !d.Fixed(len(values), "cells") {
		return
	}
	body := d.Bytes()
	for i := 0; i < len(values); {
		run, n := binary.Uvarint(body)
		if n <= 0 || run == 0 || run > uint64(len(values)-i) {
			d.Fail("a map with a run beyond its end")
			return
		}
		v, k := binary.Varint(body[n:])
		if k <= 0 || int64(int32(v)) != v {
			d.Fail("a map with a value that is none")
			return
		}
		body = body[n+k:]
		for range run {
			values[i] = int32(v)
			i++
		}
	}
	if len(body) != 0 {
		d.Fail("a map with too many cells")
	}
}
