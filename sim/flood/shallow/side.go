package shallow

import "math"

// side is the state of the water on one side of a face, at the middle of the step.
type side struct {
	h float64 // depth [m]
	z float64 // bed, above that of the cell [m]
	n float64 // velocity through the face, positive to the east or north [m/s]
	t float64 // velocity along it [m/s]
}

// sides are the states of a cell at its four faces.
type sides struct{ west, east, south, north side }

// slope is the limited difference of a quantity over a cell, from the differences to the neighbours before and behind:
// the smaller one, 0 at an extreme (minmod). Sharper limiters keep crests better, but over a rough bed with dry islands
// they let the rounding of still water grow.
func slope(a, b float64) float64 {
	if float64(a*b) <= 0 {
		return 0
	}
	if math.Abs(a) < math.Abs(b) {
		return a
	}
	return b
}

// half is half of x, which no compiler fuses with a sum.
func half(x float64) float64 { return float64(x * 0.5) }

// still gives all faces of a cell the state in its middle.
func (o *sides) still(h, u, v float64) {
	o.west, o.east = side{h, 0, u, v}, side{h, 0, u, v}
	o.south, o.north = side{h, 0, v, u}, side{h, 0, v, u}
}

// reconstruct computes the states at the faces of cell c at the middle of the step: linear in depth, level and
// velocity, and half a step ahead in time by the primitive equations without friction (MUSCL-Hancock; the beds at the
// faces are level less depth: Audusse et al. 2004).
func (s *finite) reconstruct(c int, o *sides) {
	w := s.Width
	cells := s.Cells
	here := &cells[c]
	h := here.H
	if h < Film {
		o.still(max(h, 0), 0, 0)
		return
	}
	u, v := s.u[c], s.v[c]
	west, east, south, north := &cells[c-1], &cells[c+1], &cells[c-w], &cells[c+w]
	hw, he, hs, hn := h-west.H, east.H-h, h-south.H, north.H-h
	hx, hy := slope(hw, he), slope(hs, hn)
	lx := slope(hw+float64(float64(here.Bed-west.Bed)*1e-3), he+float64(float64(east.Bed-here.Bed)*1e-3))
	ly := slope(hs+float64(float64(here.Bed-south.Bed)*1e-3), hn+float64(float64(north.Bed-here.Bed)*1e-3))
	ux, vx := slope(u-s.u[c-1], s.u[c+1]-u), slope(v-s.v[c-1], s.v[c+1]-v)
	uy, vy := slope(u-s.u[c-w], s.u[c+w]-u), slope(v-s.v[c-w], s.v[c+w]-v)
	// Half a step ahead.
	k := half(s.dt / s.Size)
	dh := float64(k * (float64(u*hx) + float64(v*hy) + float64(h*(ux+vy))))
	du := float64(k * (float64(u*ux) + float64(v*uy) + float64(Gravity*lx)))
	dv := float64(k * (float64(u*vx) + float64(v*vy) + float64(Gravity*ly)))
	h, u, v = h-dh, u-du, v-dv
	hx, hy, ux, uy, vx, vy = half(hx), half(hy), half(ux), half(uy), half(vx), half(vy)
	if h-max(math.Abs(hx), math.Abs(hy)) < Film {
		o.still(here.H, s.u[c], s.v[c])
		return
	}
	zx, zy := half(lx)-hx, half(ly)-hy
	o.west, o.east = side{h - hx, -zx, u - ux, v - vx}, side{h + hx, zx, u + ux, v + vx}
	o.south, o.north = side{h - hy, -zy, v - vy, u - uy}, side{h + hy, zy, v + vy, u + uy}
}
