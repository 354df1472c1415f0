package shallow

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// draught is a cell whose outflow in a step would be more than the water in it.
type draught struct {
	cell  int
	h     float64 // before the step [m]
	speed float64 // of the water, where that is out of proportion, else 0 [m/s]
}

// rounding is the negative depth that rounding can leave in a cell that gives all it has [m].
const rounding = 1e-12

// limit mends the cells that would have given more than they had: their outflows are scaled down to what was there.
// Every face has one giver, so the order does not matter. It finds states that are not finite on its way.
func (w *Water) limit() error {
	ratio := w.dt / w.Size
	for k := range w.strips {
		for _, d := range w.limited[k] {
			if err := w.throttle(d, ratio); err != nil {
				return err
			}
		}
	}
	for k := range w.strips {
		for _, d := range w.limited[k] {
			s, c := w.scheme, d.cell
			if w.Closed(c) {
				continue
			}
			w.settle(c, d.h-float64(ratio*((s.west(c+1)+s.south(c+w.Width))-(s.west(c)+s.south(c)))))
		}
	}
	return nil
}

// throttle scales the outflows of a cell down to the water it had, and takes the difference from its neighbours.
func (w *Water) throttle(d draught, ratio float64) error {
	c, s := d.cell, w.scheme
	if w.Closed(c) {
		return nil // beyond an open edge
	}
	west, south, east, north := s.west(c), s.south(c), s.west(c+1), s.south(c+w.Width)
	out := max(-west, 0) + max(-south, 0) + max(east, 0) + max(north, 0)
	if !num.Finite(out) || !num.Finite(d.h) || d.h < 0 || d.speed != 0 {
		return w.broken(d)
	}
	share := d.h / float64(ratio*out)
	for _, x := range [4]struct {
		q, sign float64
		face    Face
		to      int
	}{
		{west, -1, Face{c, false}, c - 1}, {south, -1, Face{c, true}, c - w.Width},
		{east, 1, Face{c + 1, false}, c + 1}, {north, 1, Face{c + w.Width, true}, c + w.Width},
	} {
		if float64(x.q*x.sign) <= 0 {
			continue
		}
		less := float64(x.q * (1 - share))
		s.take(x.face.Cell, x.face.South, less)
		if k := w.ruled.find(x.face); k >= 0 {
			w.ruled.faces[k].Passed -= less
		}
		if !w.Closed(x.to) {
			w.settle(x.to, w.Cells[x.to].H-float64(float64(ratio*less)*x.sign))
		}
	}
	return nil
}

// settle sets the depth of a cell after limiting; what rounding leaves below zero counts as none.
func (w *Water) settle(c int, h float64) {
	if h < 0 && h > -rounding {
		h = 0
	}
	w.set(c, h)
}

// broken describes a state that cannot be.
func (w *Water) broken(d draught) error {
	i, j := w.IJ(d.cell)
	if d.speed != 0 {
		return &sim.Failure{Text: sim.Say("格（%d，%d）水流计算失稳：水深 %g 米，流速 %g 米/秒",
			"cell (%d, %d): the water is out of bounds: depth %g m, speed %g m/s", i, j, d.h, d.speed)}
	}
	s, c := w.scheme, d.cell
	return &sim.Failure{Text: sim.Say("格（%d，%d）水流计算失稳：水深 %g 米，西、南、东、北侧单宽流量 %g、%g、%g、%g 平方米/秒",
		"cell (%d, %d): the water is out of bounds: depth %g m, fluxes west %g, south %g, east %g, north %g m2/s",
		i, j, d.h, s.west(c), s.south(c), s.west(c+1), s.south(c+w.Width))}
}
