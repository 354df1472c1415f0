package shallow

import (
	"math"

	"sandtable/sim"
)

// inertial is the scheme of local inertia: fluxes at faces, depths in cells.
type inertial struct {
	*Water
	now  flows // after the last step
	next flows // being computed
}

// flows holds the discharge per width through the western face of each cell (x, to the east) and through its southern
// face (y, to the north) [m2/s].
type flows struct{ x, y []float64 }

func newFlows(n int) flows { return flows{make([]float64, n), make([]float64, n)} }

func newInertial(w *Water) *inertial {
	return &inertial{w, newFlows(len(w.Cells)), newFlows(len(w.Cells))}
}

// longest follows Bates et al. 2010, equation 14.
func (s *inertial) longest(depth float64) float64 { return s.stable(max(depth, s.Deepest())) }

func (s *inertial) flow(_ int, st strip) {
	c, n := s.Corner(st.tile), st.tiles*Side
	m := momentum{
		dt: s.dt, push: float64(Gravity*s.dt) / s.Size, wet: s.Wet, theta: s.Theta, beside: (1 - s.Theta) / 2,
		cap2: float64(float64(s.Froude*s.Froude) * Gravity),
	}
	if s.Advect {
		m.advect = s.dt / s.Size
	}
	for range Side {
		m.gather(s.Cells, s.now.x, s.now.y, c, n, 1, s.Width)
		if s.Advect {
			m.carry(s.Cells, s.now.x, s.now.y, c, 1, s.Width)
		}
		m.settle(s.next.x[c : c+n])
		m.gather(s.Cells, s.now.y, s.now.x, c, n, s.Width, 1)
		if s.Advect {
			m.carry(s.Cells, s.now.y, s.now.x, c, s.Width, 1)
		}
		m.settle(s.next.y[c : c+n])
		c += s.Width
	}
}

// turn puts the fluxes of the ruled faces among the others.
func (s *inertial) turn() {
	for i := range s.Water.ruled.faces {
		f := &s.Water.ruled.faces[i]
		s.next.of(f.South)[f.Cell] = f.Flux
	}
}

func (f *flows) of(south bool) []float64 {
	if south {
		return f.y
	}
	return f.x
}

func (s *inertial) fill(_ int, st strip, limited []draught) []draught {
	ratio := s.dt / s.Size
	for t := st.tile; t < st.tile+st.tiles; t++ {
		limited = s.fillTile(t, ratio, limited)
	}
	return limited
}

// fillTile moves the water of one tile: what leaves a cell through a face enters the next.
func (s *inertial) fillTile(t int, ratio float64, limited []draught) []draught {
	tl := &s.Tiles[t]
	tl.Top, tl.wet, tl.speed = 0, 0, 0
	c := s.Corner(t)
	for j := range Side {
		row := s.Cells[c : c+Side]
		x, y, north := s.next.x[c:c+Side+1], s.next.y[c:c+Side], s.next.y[c+s.Width:c+s.Width+Side]
		top := 0.0
		for i := range row {
			in, out := x[i]+y[i], x[i+1]+north[i]
			gross := math.Abs(x[i]) + math.Abs(y[i]) + math.Abs(x[i+1]) + math.Abs(north[i])
			h := row[i].H
			net := float64(ratio * (out - in))
			// Half of gross + net is what leaves. The comparison also fails when a number is not finite.
			if !(float64(ratio*gross)+net <= h+h) {
				limited = append(limited, draught{cell: c + i, h: h})
			}
			if h -= net; h < 0 {
				h = 0 // rounding, or a cell that will be limited
			}
			row[i].H = h
			if h > top {
				top = h
			}
		}
		tl.Top = max(tl.Top, top)
		if top > s.Wet {
			tl.wet |= rowEdges(row, j, s.Wet)
		}
		c += s.Width
	}
	return limited
}

// rowEdges returns the edges of a tile that its row j, somewhere wet, makes wet.
func rowEdges(row []Cell, j int, wet float64) uint8 {
	bits := uint8(anyWet)
	if row[0].H > wet {
		bits |= wetWest
	}
	if row[Side-1].H > wet {
		bits |= wetEast
	}
	if j == 0 {
		bits |= wetSouth
	}
	if j == Side-1 {
		bits |= wetNorth
	}
	return bits
}

func (s *inertial) west(c int) float64                   { return s.next.x[c] }
func (s *inertial) south(c int) float64                  { return s.next.y[c] }
func (s *inertial) take(c int, south bool, less float64) { s.next.of(south)[c] -= less }
func (s *inertial) finish()                              { s.now, s.next = s.next, s.now }
func (s *inertial) discharge(c int) (x, y float64) {
	return (s.now.x[c] + s.now.x[c+1]) / 2, (s.now.y[c] + s.now.y[c+s.Width]) / 2
}

// Fluxes are saved with the cell to whose west or south they are. Those in the eastern and northern edge of the tiles
// belong to cells of the ring: only ruled faces have any there, and whoever rules them knows them.
func (s *inertial) moves(t int) bool {
	moves := false
	if s.Tiles[t].rest > 0 {
		s.visit(t, func(c int) { moves = moves || s.now.x[c] != 0 || s.now.y[c] != 0 })
	}
	return moves
}

func (s *inertial) appendTile(e *sim.Encoder, t int) {
	s.visit(t, func(c int) { e.F64(s.now.x[c]); e.F64(s.now.y[c]) })
}

func (s *inertial) loadTile(d *sim.Decoder, t int, moves bool) {
	if moves {
		s.visit(t, func(c int) { s.now.x[c], s.now.y[c] = d.Number(), d.Number() })
	}
}

func (s *inertial) recall() {
	for i := range s.Water.ruled.faces {
		f := &s.Water.ruled.faces[i]
		s.now.of(f.South)[f.Cell] = f.Passed
	}
}

func (s *inertial) clear() {
	for _, f := range [...][]float64{s.now.x, s.now.y, s.next.x, s.next.y} {
		clear(f)
	}
}

func (s *inertial) perCell() int { return 4 * 8 }

func (s *inertial) dilute(int, float64) {} // momentum is that of faces, per width
