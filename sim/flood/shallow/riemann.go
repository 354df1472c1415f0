package shallow

import "math"

// flux is what goes through a face per metre of it.
type flux struct {
	q      float64 // water [m2/s]
	before float64 // momentum through the face as the cell to the west or south feels it [m3/s2]
	behind float64 // the same for the other cell: they differ by the pressure on the step of the bed between
	t      float64 // momentum along the face [m3/s2]
}

// cross sets the flux between two states, the second of which has its cell's bed a rise higher [m]: the bed in the
// face is that of Chen and Noelle 2017 (which lets thin water run down a step, and still water be still), the flux that
// of Harten, Lax and van Leer with the speeds of Toro 2001 (10.22 ff., with dry fronts), the momentum along the face
// taken by the water that goes (HLLC).
func (f *flux) cross(l, r *side, rise float64) {
	zr := rise + r.z
	wl, wr := l.z+l.h, zr+r.h
	bed := min(max(l.z, zr), min(wl, wr))
	hl, hr := max(min(wl-bed, l.h), 0), max(min(wr-bed, r.h), 0)
	stepL := float64(Gravity / 2 * (l.h + hl) * (bed - l.z))
	stepR := float64(Gravity / 2 * (r.h + hr) * (bed - zr))
	*f = flux{before: stepL, behind: stepR}
	if hl < Film && hr < Film {
		return
	}
	cl, cr := math.Sqrt(float64(Gravity*hl)), math.Sqrt(float64(Gravity*hr))
	var slow, fast float64
	switch {
	case hr < Film:
		slow, fast = l.n-cl, l.n+float64(2*cl)
	case hl < Film:
		slow, fast = r.n-float64(2*cr), r.n+cr
	default:
		mid, c := half(l.n+r.n)+cl-cr, half(cl+cr)+float64((l.n-r.n)*0.25)
		slow, fast = min(l.n-cl, mid-c), max(r.n+cr, mid+c)
	}
	slow, fast = min(slow, 0), max(fast, 0)
	ql, qr := float64(hl*l.n), float64(hr*r.n)
	pl := float64(ql*l.n) + float64(Gravity/2*float64(hl*hl))
	pr := float64(qr*r.n) + float64(Gravity/2*float64(hr*hr))
	both, part := float64(slow*fast), 1/(fast-slow)
	q := float64((float64(fast*ql) - float64(slow*qr) + float64(both*(hr-hl))) * part)
	p := float64((float64(fast*pl) - float64(slow*pr) + float64(both*(qr-ql))) * part)
	t := l.t
	if q <= 0 {
		t = r.t
	}
	f.q, f.before, f.behind, f.t = q, stepL+p, stepR+p, float64(q*t)
}

// against returns the pressure of water on a wall through which a flux q goes: that of rest, what the flux carries, and
// the push of water that comes faster than it can leave. sign is 1 for water to the west or south of the wall.
func (o *side) against(q, sign float64) float64 {
	if o.h < Film {
		return float64(Gravity / 2 * float64(o.h*o.h))
	}
	c := math.Sqrt(float64(Gravity * o.h))
	return float64(Gravity/2*float64(o.h*o.h)) + float64(q*o.n) + float64(float64(sign*c)*(float64(o.h*o.n)-q))
}

// rule sets the flux through a ruled face, or a wall, between two states.
func (f *flux) rule(l, r *side, q float64) {
	t := l.t
	if q <= 0 {
		t = r.t
	}
	*f = flux{q: q, before: l.against(q, 1), behind: r.against(q, -1), t: float64(q * t)}
}
