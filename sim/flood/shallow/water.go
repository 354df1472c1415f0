package shallow

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/par"
)

// Gravity is the acceleration of gravity [m/s2].
const Gravity = 9.81

// Scheme names a way of solving the shallow-water equations.
type Scheme uint8

// Schemes.
const (
	Inertial Scheme = iota // local inertia: Bates, Horritt and Fewtrell 2010; de Almeida et al. 2012
	Finite                 // finite volume of second order
)

// Params are the numerical parameters of a body of water.
type Params struct {
	Scheme  Scheme
	Size    float64 // side of a cell [m]
	Alpha   float64 // share of the longest stable step
	Wet     float64 // inertial: depth over a face's sill up to which nothing flows [m]
	Theta   float64 // inertial: weight of a face's own flux against its two neighbours'
	Froude  float64 // inertial: highest Froude number of a face's flux
	Advect  bool    // inertial: with advection of momentum, first order upwind
	Workers int     // at most so many processors; no part of any result
}

// Film is the depth below which water in the finite-volume scheme has no velocity of its own [m] (assumed). Over
// cells of 10 m it is 0.1 litres per cell.
const Film = 1e-6

// stripTiles is the greatest number of tiles in a strip. Longer strips save work at their ends, shorter ones spread
// better over the workers.
const stripTiles = 8

// tilesPerWorker is how much work makes one more worker worth its start.
const tilesPerWorker = 24

// restSteps is how many steps a tile is computed after the last in which it was needed: in each of them one of the two
// buffers of fluxes becomes zero.
const restSteps = 2

// Water is the water on a grid.
type Water struct {
	Grid
	Params
	scheme scheme
	ruled  ruled
	Share  int // active tiles for which one worker is enough

	// Of the present step.
	dt      float64 // [s]
	busy    int     // active tiles
	strips  []strip
	limited [][]draught // per strip: cells that would give more than they have
	flow    func(int)   // computes the fluxes of a strip
	fill    func(int)   // moves the water of a strip
}

// scheme is what the two schemes do differently.
type scheme interface {
	// flow computes the fluxes of a strip of tiles from the present state, fill moves its water.
	flow(k int, st strip)
	fill(k int, st strip, limited []draught) []draught
	// turn comes between the two: the ruled faces get their fluxes.
	turn()
	// west and south return the flux through a face of a cell in the step that was made; take scales it down.
	west(c int) float64
	south(c int) float64
	take(c int, south bool, less float64)
	// finish ends a step after its water has moved and its cells have been mended.
	finish()
	// longest returns the longest stable step for the present state, and for water of a depth.
	longest(depth float64) float64
	// discharge returns the flow per width at the middle of a cell.
	discharge(c int) (x, y float64)
	// appendTile and loadTile save and restore what a tile has besides depths; moves says whether it has any.
	moves(t int) bool
	appendTile(e *sim.Encoder, t int)
	loadTile(d *sim.Decoder, t int, moves bool)
	// clear forgets all fluxes; recall takes those of the ruled faces up again after loading.
	clear()
	recall()
	// dilute spreads the momentum of a cell over more water, of which it was that share.
	dilute(c int, share float64)
	// perCell is how many bytes the scheme keeps of each cell.
	perCell() int
}

// strip is a row of active tiles side by side, the first of them and how many.
type strip struct{ tile, tiles int }

// New returns a grid of nx x ny cells without water, all of them walls until they get a bed.
func New(nx, ny int, p Params) *Water {
	w := &Water{Grid: newGrid(nx, ny), Params: p, Share: tilesPerWorker}
	w.strips = make([]strip, 0, len(w.Tiles))
	w.limited = make([][]draught, len(w.Tiles))
	if p.Scheme == Finite {
		w.scheme = newFinite(w)
	} else {
		w.scheme = newInertial(w)
	}
	// Kept, so that a step allocates nothing.
	w.flow = func(k int) { w.scheme.flow(k, w.strips[k]) }
	w.fill = func(k int) { w.limited[k] = w.scheme.fill(k, w.strips[k], w.limited[k][:0]) }
	w.Rule(nil)
	return w
}

// threshold is the depth above which a cell makes its surroundings active [m].
func (w *Water) threshold() float64 {
	if w.Scheme == Finite {
		return Film
	}
	return w.Wet
}

// Longest returns the longest stable step [s] for the present state, when water of a depth [m] may come in besides.
func (w *Water) Longest(depth float64) float64 { return w.scheme.longest(depth) }

// stable returns alpha times the time that a wave over that depth takes to cross a cell [s].
func (w *Water) stable(depth float64) float64 {
	return float64(w.Alpha*w.Size) / math.Sqrt(float64(Gravity*depth))
}

// Discharge returns the flow per width at the middle of a cell, to the east and to the north [m2/s].
func (w *Water) Discharge(c int) (x, y float64) { return w.scheme.discharge(c) }

// Active returns how many tiles the last step computed.
func (w *Water) Active() int { return w.busy }

// Footprint returns how many bytes the cells and their fluxes take.
func (w *Water) Footprint() int {
	return len(w.Cells) * (cellBytes + w.scheme.perCell())
}

// Survey looks at all cells of a tile and notes what it holds. Whoever changes depths directly calls it.
func (w *Water) Survey(t int) {
	tl := &w.Tiles[t]
	tl.Top, tl.wet, tl.Touched = 0, 0, true
	threshold := w.threshold()
	c := w.Corner(t)
	for j := range Side {
		for i := range Side {
			if h := w.Cells[c+i].H; h > 0 {
				tl.Top = max(tl.Top, h)
				if h > threshold {
					tl.wet |= edges(i, j)
				}
			}
		}
		c += w.Width
	}
	if tl.Top == 0 {
		tl.speed = 0 // what is not saved must not be left
		return
	}
	tl.speed = max(tl.speed, math.Sqrt(float64(Gravity*tl.Top)))
}

// Risen notes that the water in row j of a tile has risen, and stands at most top deep there [m]. It is what Survey
// does for who knows that nothing fell.
func (w *Water) Risen(t, j int, top float64) {
	tl := &w.Tiles[t]
	tl.Touched = true
	if top > tl.Top {
		tl.Top = top
		tl.speed = max(tl.speed, math.Sqrt(float64(Gravity*top)))
	}
	if threshold := w.threshold(); top > threshold {
		c := w.Corner(t) + j*w.Width
		tl.wet |= rowEdges(w.Cells[c:c+Side], j, threshold)
	}
}

// Raise adds depth to one cell [m]: water without momentum of its own, which that of the cell takes along.
func (w *Water) Raise(c int, depth float64) {
	w.Dilute(c, depth)
	w.set(c, w.Cells[c].H+depth)
}

// Dilute spreads the momentum of a cell over a depth [m] of water without any, which whoever calls it puts into the
// cell afterwards by himself. It may be called for several cells at once.
func (w *Water) Dilute(c int, depth float64) {
	if depth > 0 {
		h := w.Cells[c].H
		w.scheme.dilute(c, h/(h+depth))
	}
}

// set gives a cell a depth.
func (w *Water) set(c int, h float64) {
	w.Cells[c].H = h
	t := &w.Tiles[w.TileOf(c)]
	t.Touched = true
	if h > t.Top {
		t.Top = h
		t.speed = max(t.speed, math.Sqrt(float64(Gravity*h)))
	}
	if h > w.threshold() {
		i, j := w.IJ(c)
		t.wet |= edges(i%Side, j%Side)
	}
}

// Step moves the water for dt seconds. It returns an error, with the cell, when the state is no longer finite.
func (w *Water) Step(dt float64) error {
	w.dt = dt
	w.wake()
	w.activate()
	if len(w.strips) == 0 {
		return nil
	}
	workers := min(w.Workers, 1+w.busy/w.Share)
	par.Tiles(len(w.strips), workers, w.flow)
	w.scheme.turn()
	par.Tiles(len(w.strips), workers, w.fill)
	err := w.limit()
	w.scheme.finish()
	w.pass()
	return err
}

// activate chooses the tiles of this step and lines them up in strips.
func (w *Water) activate() {
	w.strips, w.busy = w.strips[:0], 0
	last := -2 // tile that the last strip ends with
	for t := range w.Tiles {
		tl := &w.Tiles[t]
		switch {
		case w.needed(t):
			tl.rest = restSteps
		case tl.rest > 0:
			tl.rest--
		default:
			continue
		}
		tl.Touched = true
		w.busy++
		k := len(w.strips) - 1
		if last == t-1 && t%w.TX != 0 && w.strips[k].tiles < stripTiles {
			w.strips[k].tiles++
		} else {
			w.strips = append(w.strips, strip{tile: t, tiles: 1})
		}
		last = t
	}
}
