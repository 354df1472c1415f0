package soil

import (
	"math"

	"sandtable/sim/num"
)

// rounds is more than Newton's rule ever needs here; a law with parameters out of all proportion stops there.
const rounds = 50

// close is the relative change at which an iteration ends: the error is of the order of its square.
const close = 1e-8

// dry is the storage below which ground has none, so that it takes water at its conductivity [m].
const dry = 1e-12

// time: K t = d - S ln(1 + d/(F + S)).
func (g GreenAmpt) time(taken, more float64) float64 {
	if g.Storage <= dry {
		return more / g.Conductivity
	}
	return (more - float64(g.Storage*num.Log1p(more/(taken+g.Storage)))) / g.Conductivity
}

// after solves the same equation for d. Its left side is convex, and its expansion to the second power gives the
// beginning.
func (g GreenAmpt) after(taken, seconds float64) float64 {
	steady := float64(g.Conductivity * seconds)
	if g.Storage <= dry {
		return steady
	}
	depth := taken + g.Storage
	// a d^2 + 2 b d = K t
	a, b := g.Storage/float64(2*float64(depth*depth)), taken/float64(2*depth)
	d := steady / (b + math.Sqrt(float64(b*b)+float64(a*steady)))
	for range rounds {
		off := d - float64(g.Storage*num.Log1p(d/depth)) - steady
		step := float64(off*(depth+d)) / (taken + d)
		d -= step
		if math.Abs(step) <= float64(close*d) {
			break
		}
	}
	return max(d, steady)
}

// clock returns the time at which ground under standing water has taken so much [s].
func (h Horton) clock(taken float64) float64 {
	if taken <= 0 {
		return 0
	}
	extra := h.First - h.Final
	switch {
	case extra <= 0:
		return taken / h.Final
	case h.Final <= float64(1e-12*h.First): // in effect none
		if x := float64(taken*h.Decay) / h.First; x < 1 {
			return -num.Log1p(-x) / h.Decay
		}
		return math.Inf(1)
	}
	store := extra / h.Decay
	// What has been taken is concave in time, so that Newton's rule comes to the root from below. Both bounds of the
	// beginning lie below it.
	t := max(taken/h.First, (taken-store)/h.Final)
	for range rounds {
		e := num.Exp(float64(-h.Decay * t))
		off := float64(h.Final*t) + float64(store*(1-e)) - taken
		step := off / (h.Final + float64(extra*e))
		t -= step
		if math.Abs(step) <= float64(close*t) {
			break
		}
	}
	return t
}

func (h Horton) rate(taken float64) float64 {
	return h.Final + float64((h.First-h.Final)*num.Exp(float64(-h.Decay*h.clock(taken))))
}

func (h Horton) time(taken, more float64) float64 {
	return h.clock(taken+more) - h.clock(taken)
}

func (h Horton) after(taken, seconds float64) float64 {
	left := float64((h.First - h.Final) / h.Decay * num.Exp(float64(-h.Decay*h.clock(taken))))
	return float64(h.Final*seconds) - float64(left*num.Expm1(float64(-h.Decay*seconds)))
}

func (h Horton) ponding(rain float64) float64 {
	switch {
	case rain >= h.First:
		return 0
	case rain <= h.Final:
		return math.Inf(1)
	}
	x := (rain - h.Final) / (h.First - h.Final)
	return float64(h.Final*(-num.Log(x)/h.Decay)) + float64((h.First-h.Final)/h.Decay*(1-x))
}
