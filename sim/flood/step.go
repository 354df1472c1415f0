package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/par"
)

// gravity is the acceleration of gravity [m/s2].
const gravity = 9.81

// stripTiles is the greatest number of tiles in a strip. Longer strips save work at their ends, shorter ones spread
// better over the workers.
const stripTiles = 8

// tilesPerWorker is how much work makes one more worker worth its start.
const tilesPerWorker = 24

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
	share   int // active tiles for which one worker is enough

	// Of the present step.
	dt      float64 // [s]
	busy    int     // active tiles
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
	s.flow, s.fill, s.share = s.flowStrip, s.fillStrip, tilesPerWorker
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
	workers := min(s.workers, 1+s.busy/s.share)
	par.Tiles(len(s.strips), workers, s.flow)
	par.Tiles(len(s.strips), workers, s.fill)
	s.now, s.next = s.next, s.now
	return s.limit()
}

// activate chooses the tiles of this step and lines them up in strips.
func (s *solver) activate() {
	s.strips, s.busy = s.strips[:0], 0
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
		s.busy++
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
	c, n := s.corner(st.tile), st.tiles*side
	m := momentum{
		dt: s.dt, push: float64(gravity*s.dt) / s.size, wet: s.wet, theta: s.theta, beside: (1 - s.theta) / 2,
		cap2: float64(float64(s.froude*s.froude) * gravity),
	}
	for range side {
		m.gather(s.cells, s.now.x, s.now.y, c, n, 1, s.width)
		m.settle(s.next.x[c : c+n])
		m.gather(s.cells, s.now.y, s.now.x, c, n, s.width, 1)
		m.settle(s.next.y[c : c+n])
		c += s.width
	}
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
		x, y, north := s.next.x[c:c+side+1], s.next.y[c:c+side], s.next.y[c+s.width:c+s.width+side]
		top := 0.0
		for i := range row {
			in, out := x[i]+y[i], x[i+1]+north[i]
			gross := math.Abs(x[i]) + math.Abs(y[i]) + math.Abs(x[i+1]) + math.Abs(north[i])
			h := row[i].h
			net := float64(ratio * (out - in))
			// Half of gross + net is what leaves. The comparison also fails when a number is not finite.
			if !(float64(ratio*gross)+net <= h+h) {
				limited = append(limited, draught{c + i, h})
			}
			if h -= net; h < 0 {
				h = 0 // rounding, or a cell that will be limited
			}
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
			c, x, y := d.cell, s.now.x, s.now.y
			s.settle(c, d.h-float64(ratio*((x[c+1]+y[c+s.width])-(x[c]+y[c]))))
		}
	}
	return nil
}

// throttle scales the outflows of a cell down to the water it had, and takes the difference from its neighbours.
func (s *solver) throttle(d draught, ratio float64) error {
	c, w := d.cell, s.width
	west, south, east, north := &s.now.x[c], &s.now.y[c], &s.now.x[c+1], &s.now.y[c+w]
	out := max(-*west, 0) + max(-*south, 0) + max(*east, 0) + max(*north, 0)
	if !num.Finite(out) || !num.Finite(d.h) || d.h < 0 {
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

// broken describes a state that cannot be.
func (s *solver) broken(d draught) error {
	i, j := s.ij(d.cell)
	x, y := s.now.x, s.now.y
	return &sim.Failure{Text: sim.Say("格（%d，%d）水流计算失稳：水深 %g 米，西、南、东、北侧单宽流量 %g、%g、%g、%g 平方米/秒",
		"cell (%d, %d): the water is out of bounds: depth %g m, fluxes west %g, south %g, east %g, north %g m2/s",
		i, j, d.h, x[d.cell], y[d.cell], x[d.cell+1], y[d.cell+s.width])}
}
