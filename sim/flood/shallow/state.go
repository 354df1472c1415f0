package shallow

import "sandtable/sim"

// Bits of a saved tile, above those of its wet edges.
const (
	savedWater = 1 << 14
	savedFlow  = 1 << 15
	restShift  = 8
	restMask   = 3 << restShift
)

// AppendState saves the water. Tiles without water or flow take two bytes.
func (w *Water) AppendState(e *sim.Encoder) {
	e.Section("water")
	e.Len(len(w.Tiles))
	for t := range w.Tiles {
		tl := &w.Tiles[t]
		bits := uint16(tl.wet) | uint16(tl.rest)<<restShift
		if tl.Top > 0 {
			bits |= savedWater
		}
		if w.scheme.moves(t) {
			bits |= savedFlow
		}
		e.U16(bits)
		if bits&savedWater != 0 {
			e.F64(tl.Top)
			e.F64(tl.speed)
			w.visit(t, func(c int) { e.F64(w.Cells[c].H) })
		}
		if bits&savedFlow != 0 {
			w.scheme.appendTile(e, t)
		}
	}
	for i := range w.ruled.faces {
		e.F64(w.ruled.faces[i].Flux)
		e.F64(w.ruled.faces[i].Passed)
	}
}

// LoadState reads what AppendState wrote. All tiles count as touched afterwards.
func (w *Water) LoadState(d *sim.Decoder) {
	d.Section("water")
	if !d.Fixed(len(w.Tiles), "tiles") {
		return
	}
	w.scheme.clear()
	for t := range w.Tiles {
		w.loadTile(d, t)
	}
	for i := range w.ruled.faces {
		f := &w.ruled.faces[i]
		f.Flux, f.Passed = d.Number(), d.Number()
	}
	w.scheme.recall()
}

func (w *Water) loadTile(d *sim.Decoder, t int) {
	bits := d.U16()
	tl := &w.Tiles[t]
	*tl = Tile{wet: uint8(bits) & (anyWet<<1 - 1), rest: uint8(bits & restMask >> restShift), Touched: true}
	if bits&savedWater != 0 {
		tl.Top, tl.speed = d.Amount(), d.Amount()
	}
	w.visit(t, func(c int) {
		w.Cells[c].H = 0
		if bits&savedWater != 0 {
			w.Cells[c].H = d.Amount()
		}
	})
	w.scheme.loadTile(d, t, bits&savedFlow != 0)
}
