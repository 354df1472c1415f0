package flood

import (
	"fmt"
	"math"

	"sandtable/sim/num"
	"sandtable/sim/par"
)

// gravity is the acceleration of gravity [m/s2].
const gravity = 9.81

// stripTiles is the greatest number of tiles in a strip. Longer strips save work at their ends, shorter ones spread
// better over the workers.
const stripTiles = 8

// crowd is the number of strips from which on a second worker is worth its start.
const crowd = 6

// solver moves the water of a grid. It knows cells, not maps: rain, inflows and open edges change the depths between
// its steps.
type solver struct {
	grid
	size    float64 // side of a cell [m]
	theta   float64
	alpha   float64
	wet     float64 // [m]
	froude  float64
	workers int

	// Of the present step.
	dt      float64 // [s]
	strips  []strip
	limited [][]draught // per strip: cells that would give more than they have
	flow    func(int)   // computes the fluxes of a strip
	fill    func(int)   // moves the water of a strip
}

// strip is a row of active tiles side by side.
type strip struct {
	tile, tiles int
}

// draught is a cell whose outflow in a step would be more than the water in it.
type draught struct {
	cell int
	h    float64 // before the step [m]
}

// start makes the functions that the workers run; they are kept so that a step allocates nothing.
func (s *solver) start() {
	s.flow, s.fill = s.flowStrip, s.fillStrip
	s.strips = make([]strip, 0, len(s.tiles))
	s.limited = make([][]draught, len(s.tiles))
}

// longest returns the longest stable step for a greatest depth [s] (Bates et al. 2010, equation 14).
func (s *solver) longest(depth float64) float64 {
	return float64(s.alpha*s.size) / math.Sqrt(float64(gravity*depth))
}

// deepest returns the greatest depth on the grid, or a little more [m].
func (s *solver) deepest() float64 {
	top := 0.0
	for t := range s.tiles {
		top = max(top, s.tiles[t].top)
	}
	return top
}

// step moves the water for dt seconds. It returns an error, with the cell, when the state is no longer finite.
func (s *solver) step(dt float64) error {
	s.dt = dt
	s.activate()
	if len(s.strips) == 0 {
		return nil
	}
	workers := s.workers
	if len(s.strips) < crowd {
		workers = 1
	}
	par.Tiles(len(s.strips), workers, s.flow)
	par.Tiles(len(s.strips), workers, s.fill)
	s.now, s.next = s.next, s.now
	return s.limit()
}

// activate chooses the tiles of this step and lines them up in strips.
func (s *solver) activate() {
	s.strips = s.strips[:0]
	last := -2 // tile that the last strip ends with
	for t := range s.tiles {
		tl := &s.tiles[t]
		switch {
		case s.needed(t):
			tl.rest = restSteps
		case tl.rest > 0:
			tl.rest--
		default:
			continue
		}
		tl.touched = true
		k := len(s.strips) - 1
		if last == t-1 && t%s.tx != 0 && s.strips[k].tiles < stripTiles {
			s.strips[k].tiles++
		} else {
			s.strips = append(s.strips, strip{tile: t, tiles: 1})
		}
		last = t
	}
}

func (s *solver) flowStrip(k int) {
	st := s.strips[k]
	c := s.corner(st.tile)
	m := momentum{
		dt: s.dt, push: float64(gravity*s.dt) / s.size, wet: s.wet, theta: s.theta, beside: (1 - s.theta) / 2,
		cap2: float64(float64(s.froude*s.froude) * gravity),
	}
	for range side {
		s.flowRow(&m, c, st.tiles*side)
		c += s.width
	}
}

// momentum holds the factors of the momentum equation that are the same for all faces of a step.
type momentum struct {
	dt     float64 // [s]
	push   float64 // g dt/dx [m/s]
	wet    float64 // [m]
	theta  float64
	beside float64 // (1 - theta)/2
	cap2   float64 // g Fr^2
}

// flowRow computes the fluxes through the western and southern faces of n cells from c on.
func (s *solver) flowRow(m *momentum, c, n int) {
	w := s.width
	row, below := s.cells[c-1:c+n], s.cells[c-w:c-w+n]
	mid := s.now[c-1 : c+n+1] // one before the row, and one behind
	north := s.now[c+w-1 : c+w+n]
	south := s.now[c-w : c-w+n+1]
	out := s.next[c : c+n]
	left := &row[0]
	for i := range out {
		here, down := &row[i+1], &below[i]
		q := &mid[i+1]
		var f flux
		if here.h > m.wet || left.h > m.wet {
			rise := float64((here.bed - left.bed) * 1e-3)
			fall := left.h - here.h - rise
			hf := left.h + float64(0.5*(math.Abs(fall)-fall-rise-math.Abs(rise)))
			if hf > m.wet {
				across := mid[i].y + q.y + north[i].y + north[i+1].y
				f.x = m.face(q.x, mid[i].x+mid[i+2].x, across, fall, hf, left.rough+here.rough)
			}
		}
		if here.h > m.wet || down.h > m.wet {
			rise := float64((here.bed - down.bed) * 1e-3)
			fall := down.h - here.h - rise
			hf := down.h + float64(0.5*(math.Abs(fall)-fall-rise-math.Abs(rise)))
			if hf > m.wet {
				across := q.x + mid[i+2].x + south[i].x + south[i+1].x
				f.y = m.face(q.y, south[i].y+north[i+1].y, across, fall, hf, down.rough+here.rough)
			}
		}
		out[i] = f
		left = here
	}
}

// face returns the new flux through a face [m2/s]: old flux q, the sum of its two neighbours in line, the sum of the
// four fluxes across at its ends, the fall of the level over the face [m], the depth over its sill [m], and the root
// of g n2. De Almeida et al. 2012, equation 9, with friction of the whole flux vector.
func (m *momentum) face(q, beside, across, fall, hf, rough float64) float64 {
	across *= 0.25
	speed := math.Sqrt(float64(q*q) + float64(across*across))
	h73 := num.Pow73(hf)
	push := float64(float64(m.push*hf) * fall)
	drive := float64(m.theta*q) + float64(m.beside*beside) + push
	if drive*fall < 0 {
		drive = q + push // against the fall of the level: without the neighbours (Bates et al. 2010)
	}
	q = float64(drive*h73) / (h73 + float64(float64(float64(m.dt*rough)*rough)*speed))
	if limit := float64(float64(float64(m.cap2*hf)*hf) * hf); float64(q*q) > limit {
		q = math.Copysign(math.Sqrt(limit), q)
	}
	return q
}

func (s *solver) fillStrip(k int) {
	st := s.strips[k]
	limited := s.limited[k][:0]
	ratio := s.dt / s.size
	for t := st.tile; t < st.tile+st.tiles; t++ {
		limited = s.fillTile(t, ratio, limited)
	}
	s.limited[k] = limited
}

// fillTile moves the water of one tile: what leaves a cell through a face enters the next.
func (s *solver) fillTile(t int, ratio float64, limited []draught) []draught {
	tl := &s.tiles[t]
	tl.top, tl.wet = 0, 0
	c := s.corner(t)
	for j := range side {
		row := s.cells[c : c+side]
		f, north := s.next[c:c+side+1], s.next[c+s.width:c+s.width+side]
		top := 0.0
		for i := range row {
			in, out := f[i].x+f[i].y, f[i+1].x+north[i].y
			gross := math.Abs(f[i].x) + math.Abs(f[i].y) + math.Abs(f[i+1].x) + math.Abs(north[i].y)
			h := row[i].h
			net := float64(ratio * (out - in))
			// Half of gross + net is what leaves. The comparison also fails when a number is not finite.
			if !(float64(ratio*gross)+net <= h+h) {
				limited = append(limited, draught{c + i, h})
			}
			h -= net
			row[i].h = h
			if h > top {
				top = h
			}
		}
		tl.top = max(tl.top, top)
		if top > s.wet {
			tl.wet |= rowEdges(row, j, s.wet)
		}
		c += s.width
	}
	return limited
}

// rowEdges returns the edges of a tile that its row j, somewhere wet, makes wet.
func rowEdges(row []cell, j int, wet float64) uint8 {
	bits := uint8(anyWet)
	if row[0].h > wet {
		bits |= wetWest
	}
	if row[side-1].h > wet {
		bits |= wetEast
	}
	if j == 0 {
		bits |= wetSouth
	}
	if j == side-1 {
		bits |= wetNorth
	}
	return bits
}

// rounding is the negative depth that rounding can leave in a cell that gives all it has [m].
const rounding = 1e-12

// limit mends the cells that would have given more than they had: their outflows are scaled down to what was there.
// Every face has one giver, so the order does not matter. It finds states that are not finite on its way.
func (s *solver) limit() error {
	ratio := s.dt / s.size
	for k := range s.strips {
		for _, d := range s.limited[k] {
			if err := s.throttle(d, ratio); err != nil {
				return err
			}
		}
	}
	for k := range s.strips {
		for _, d := range s.limited[k] {
			f, e, n := s.now[d.cell], s.now[d.cell+1].x, s.now[d.cell+s.width].y
			s.settle(d.cell, d.h-float64(ratio*((e+n)-(f.x+f.y))))
		}
	}
	return nil
}

// throttle scales the outflows of a cell down to the water it had, and takes the difference from its neighbours.
func (s *solver) throttle(d draught, ratio float64) error {
	c, w := d.cell, s.width
	west, south, east, north := &s.now[c].x, &s.now[c].y, &s.now[c+1].x, &s.now[c+w].y
	out := max(-*west, 0) + max(-*south, 0) + max(*east, 0) + max(*north, 0)
	if !num.Finite(out) || !num.Finite(d.h) {
		return s.broken(d)
	}
	share := d.h / float64(ratio*out)
	for _, x := range [4]struct {
		q    *float64
		sign float64
		to   int
	}{{west, -1, c - 1}, {south, -1, c - w}, {east, 1, c + 1}, {north, 1, c + w}} {
		if float64(*x.q*x.sign) > 0 {
			less := float64(*x.q * (1 - share))
			*x.q -= less
			s.settle(x.to, s.cells[x.to].h-float64(float64(ratio*less)*x.sign))
		}
	}
	return nil
}

// settle sets the depth of a cell after limiting; what rounding leaves below zero counts as none.
func (s *solver) settle(c int, h float64) {
	if h < 0 && h > -rounding {
		h = 0
	}
	s.cells[c].h = h
	t := &s.tiles[s.tileOf(c)]
	t.top = max(t.top, h)
	if h > s.wet {
		i, j := s.ij(c)
		t.wet |= edges(i%side, j%side)
	}
}

// broken describes a state that is not finite.
func (s *solver) broken(d draught) error {
	i, j := s.ij(d.cell)
	f := s.now[d.cell]
	return fmt.Errorf("cell (%d, %d): not finite: depth %g m, fluxes west %g, south %g, east %g, north %g m2/s",
		i, j, d.h, f.x, f.y, s.now[d.cell+1].x, s.now[d.cell+s.width].y)
}
