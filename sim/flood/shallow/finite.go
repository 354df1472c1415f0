package shallow

import (
	"math"
	"slices"

	"sandtable/sim"
)

// finite is the finite-volume scheme: depth and velocity in cells.
type finite struct {
	*Water
	u, v    []float64 // velocity to the east and to the north [m/s]
	next    []float64 // depth after the step
	nextU   []float64
	nextV   []float64
	flagged [][]draught // per strip
	kept    []kept      // fluxes of the flagged cells' faces, sorted
}

// kept is the flux of a face of a cell that would give more than it has.
type kept struct {
	Face
	q float64
}

func newFinite(w *Water) *finite {
	n := len(w.Cells)
	return &finite{Water: w, u: make([]float64, n), v: make([]float64, n), next: make([]float64, n),
		nextU: make([]float64, n), nextV: make([]float64, n), flagged: make([][]draught, len(w.Tiles))}
}

func (s *finite) longest(depth float64) float64 {
	speed := 0.0
	for t := range s.Tiles {
		speed = max(speed, s.Tiles[t].speed)
	}
	limit := s.stable(max(depth, Film))
	if speed > 0 {
		limit = min(limit, float64(s.Alpha*s.Size)/speed)
	}
	return limit
}

// band is what the pass over a strip keeps of two rows: states and fluxes.
type band struct {
	rows [2][stripTiles*Side + 2]sides
	x    [stripTiles*Side + 1]flux
	y    [2][stripTiles * Side]flux
	bad  []draught // cells that would give more than they have
}

// flow computes the state of a strip's cells after the step, row by row from the south, from the states at their faces.
// Fluxes in the strip's border are computed by both strips, from the same numbers.
func (s *finite) flow(k int, st strip) {
	var b band
	b.bad = s.flagged[k][:0]
	c, n := s.Corner(st.tile), st.tiles*Side
	s.states(&b.rows[1], c-s.Width, n)
	for j := range Side + 1 {
		here, below := &b.rows[j&1], &b.rows[1-j&1]
		s.states(here, c, n)
		s.northward(below, here, &b.y[j&1], c, n)
		if j > 0 {
			s.renew(&b, 1-j&1, c-s.Width, n)
		}
		if j < Side {
			s.eastward(here, &b.x, c, n)
		}
		c += s.Width
	}
	s.flagged[k] = b.bad
}

// states reconstructs the n cells from c on and one more on each side.
func (s *finite) states(row *[stripTiles*Side + 2]sides, c, n int) {
	for i := range row[:n+2] {
		s.reconstruct(c+i-1, &row[i])
	}
}

// eastward computes the fluxes through the western faces of the n cells from c on, and through the last one's eastern.
func (s *finite) eastward(row *[stripTiles*Side + 2]sides, out *[stripTiles*Side + 1]flux, c, n int) {
	for i := range out[:n+1] {
		s.between(&out[i], c+i-1, c+i, &row[i].east, &row[i+1].west)
	}
	for _, f := range s.ruled.of(c/s.Width, 0) {
		if i := f.Cell - c; i >= 0 && i <= n {
			out[i].rule(&row[i].east, &row[i+1].west, f.Flux)
		}
	}
}

// northward computes the fluxes through the southern faces of the n cells from c on.
func (s *finite) northward(below, here *[stripTiles*Side + 2]sides, out *[stripTiles * Side]flux, c, n int) {
	for i := range out[:n] {
		s.between(&out[i], c+i-s.Width, c+i, &below[i+1].north, &here[i+1].south)
	}
	for _, f := range s.ruled.of(c/s.Width, 1) {
		if i := f.Cell - c; i >= 0 && i < n {
			out[i].rule(&below[i+1].north, &here[i+1].south, f.Flux)
		}
	}
}

// between sets the flux between two cells, of which one may be a wall.
func (s *finite) between(f *flux, a, b int, l, r *side) {
	low, high := s.Cells[a].Bed, s.Cells[b].Bed
	switch {
	case l.h < Film && r.h < Film:
		*f = flux{}
	case low >= Wall || high >= Wall:
		f.rule(l, r, 0)
	default:
		f.cross(l, r, float64(float64(high-low)*1e-3))
	}
}

// renew computes depth and velocity of the n cells from c on after the step: fluxes, the slope of the bed between the
// faces, and friction, which is solved for the velocity at the end of the step.
func (s *finite) renew(b *band, row, c, n int) {
	states := &b.rows[row]
	south, north := &b.y[row], &b.y[1-row]
	k := s.dt / s.Size
	for i := range n {
		fw, fe, fs, fn := &b.x[i], &b.x[i+1], &south[i], &north[i]
		cell, o := &s.Cells[c+i], &states[i+1]
		net := float64(k * (fe.q - fw.q + fn.q - fs.q))
		gross := float64(k * (math.Abs(fe.q) + math.Abs(fw.q) + math.Abs(fn.q) + math.Abs(fs.q)))
		h := cell.H
		// Half of gross + net is what leaves. The comparison also fails when a number is not finite.
		if !(gross+net <= h+h) {
			b.bad = append(b.bad, draught{cell: c + i, h: h})
		}
		after := h - net
		if !(after >= Film) || cell.Bed >= Wall {
			if cell.Bed >= Wall {
				after = 0
			}
			s.next[c+i], s.nextU[c+i], s.nextV[c+i] = max(after, 0), 0, 0
			continue
		}
		px := fe.before - fw.behind + fn.t - fs.t +
			float64(Gravity/2*float64((o.east.h+o.west.h)*(o.east.z-o.west.z)))
		py := fn.before - fs.behind + fe.t - fw.t +
			float64(Gravity/2*float64((o.north.h+o.south.h)*(o.north.z-o.south.z)))
		part := 1 / after
		u := float64((float64(h*s.u[c+i]) - float64(k*px)) * part)
		v := float64((float64(h*s.v[c+i]) - float64(k*py)) * part)
		brake := s.friction(after, float64(cell.Rough), float64(u*u)+float64(v*v))
		s.next[c+i], s.nextU[c+i], s.nextV[c+i] = after, float64(u*brake), float64(v*brake)
	}
}

// friction returns the factor by which Manning's friction, g n2 |u| u/h^(4/3), reduces the velocity in a step, solved
// for the velocity at its end.
func (s *finite) friction(h, rough, speed2 float64) float64 {
	r := rootFinish(h, rootStart(h))
	r2 := float64(r * r)
	drag := float64(float64(16*s.dt) * float64(float64(rough*rough)*float64(r2*r2)))
	return 2 / (1 + math.Sqrt(1+float64(drag*math.Sqrt(speed2))))
}

// turn keeps the fluxes of the faces of flagged cells, before their state is overwritten.
func (s *finite) turn() {
	s.kept = s.kept[:0]
	for k := range s.strips {
		for _, d := range s.flagged[k] {
			c := d.cell
			for _, f := range [4]Face{{c, false}, {c + 1, false}, {c, true}, {c + s.Width, true}} {
				s.kept = append(s.kept, kept{f, s.at(f)})
			}
		}
	}
	slices.SortFunc(s.kept, func(a, b kept) int { return a.compare(b.Face) })
	s.kept = slices.CompactFunc(s.kept, func(a, b kept) bool { return a.Face == b.Face })
}

// at is the flux through a face from the state before the step.
func (s *finite) at(f Face) float64 {
	if k := s.ruled.find(f); k >= 0 {
		return s.ruled.faces[k].Flux
	}
	var a, b sides
	before := s.Before(f)
	s.reconstruct(before, &a)
	s.reconstruct(f.Cell, &b)
	var x flux
	if f.South {
		s.between(&x, before, f.Cell, &a.north, &b.south)
	} else {
		s.between(&x, before, f.Cell, &a.east, &b.west)
	}
	return x.q
}

// fill takes over the strip's new state.
func (s *finite) fill(k int, st strip, limited []draught) []draught {
	for t := st.tile; t < st.tile+st.tiles; t++ {
		limited = s.fillTile(t, limited)
	}
	return append(limited, s.flagged[k]...)
}

// speedMax is a speed that no water reaches [m/s].
const speedMax = 1e4

func (s *finite) fillTile(t int, limited []draught) []draught {
	tl := &s.Tiles[t]
	tl.Top, tl.wet, tl.speed = 0, 0, 0
	c := s.Corner(t)
	for j := range Side {
		row := s.Cells[c : c+Side]
		next, u, v := s.next[c:c+Side], s.nextU[c:c+Side], s.nextV[c:c+Side]
		copy(s.u[c:c+Side], u)
		copy(s.v[c:c+Side], v)
		top, fastest := 0.0, 0.0
		for i := range row {
			h := next[i]
			row[i].H = h
			if h > top {
				top = h
			}
			speed := max(math.Abs(u[i]), math.Abs(v[i])) + math.Sqrt(float64(Gravity*h))
			if !(speed <= fastest) {
				fastest = speed
				if !(speed < speedMax) {
					limited = append(limited, draught{cell: c + i, h: h, speed: speed})
				}
			}
		}
		tl.Top, tl.speed = max(tl.Top, top), max(tl.speed, fastest)
		if top > Film {
			tl.wet |= rowEdges(row, j, Film)
		}
		c += s.Width
	}
	return limited
}

func (s *finite) flux(f Face) float64 {
	if i, ok := slices.BinarySearchFunc(s.kept, f, func(a kept, f Face) int { return a.compare(f) }); ok {
		return s.kept[i].q
	}
	return math.NaN() // only faces of flagged cells are asked for
}

func (s *finite) west(c int) float64  { return s.flux(Face{c, false}) }
func (s *finite) south(c int) float64 { return s.flux(Face{c, true}) }

func (s *finite) take(c int, south bool, less float64) {
	f := Face{c, south}
	if i, ok := slices.BinarySearchFunc(s.kept, f, func(a kept, f Face) int { return a.compare(f) }); ok {
		s.kept[i].q -= less
	}
}

// finish stills the cells that limiting has left without water.
func (s *finite) finish() {
	for _, k := range s.kept {
		for _, c := range [2]int{k.Cell, s.Before(k.Face)} {
			if s.Cells[c].H < Film {
				s.u[c], s.v[c] = 0, 0
			}
		}
	}
}

func (s *finite) discharge(c int) (x, y float64) {
	h := s.Cells[c].H
	return float64(h * s.u[c]), float64(h * s.v[c])
}

func (s *finite) moves(t int) bool {
	moves := false
	s.visit(t, func(c int) { moves = moves || s.u[c] != 0 || s.v[c] != 0 })
	return moves
}

func (s *finite) appendTile(e *sim.Encoder, t int) {
	s.visit(t, func(c int) { e.F64(s.u[c]); e.F64(s.v[c]) })
}

func (s *finite) loadTile(d *sim.Decoder, t int, moves bool) {
	if moves {
		s.visit(t, func(c int) { s.u[c], s.v[c] = d.Number(), d.Number() })
	}
}

func (s *finite) clear() {
	clear(s.u)
	clear(s.v)
}

func (s *finite) recall() {}

func (s *finite) perCell() int { return 5 * 8 }

func (s *finite) dilute(c int, share float64) {
	s.u[c] *= share
	s.v[c] *= share
}
