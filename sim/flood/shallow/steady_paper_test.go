package shallow

import (
	"math"
	"testing"
)

// bump is the parabolic bump of the steady cases [m].
func bump(x float64) float64 {
	if x < 8 || x > 12 {
		return 0
	}
	return 0.2 - 0.05*(x-10)*(x-10)
}

// settle runs a channel until it is steady: a flux enters at the western end, and outside the other end the
// water has a given depth, which counts while the flow there is subcritical.
func (w *Water) settled(t testing.TB, until, q, out float64) {
	t.Helper()
	s := w.scheme.(*finite)
	last := w.At(w.NX-1, 0)
	faces := w.Rule([]Face{{Cell: w.At(0, 0)}, {Cell: last + 1}})
	w.run(t, until, func(float64) {
		h, u := w.Cells[last].H, s.u[last]
		faces[0].Flux, faces[1].Flux = q, h*u
		if u*u < Gravity*h { // the invariant that leaves the channel meets the depth outside
			faces[1].Flux = out * (u + 2*(math.Sqrt(Gravity*h)-math.Sqrt(Gravity*out)))
		}
	})
}

// specific returns the depth on a bed z at which the flux q has the energy head e, sub- or supercritical [m].
func specific(q, e, z float64, fast bool) float64 {
	critical := math.Cbrt(q * q / Gravity)
	lo, hi := critical, e-z
	if fast {
		lo, hi = 1e-6, critical
	}
	for range 200 {
		mid := (lo + hi) / 2
		if (mid+q*q/(2*Gravity*mid*mid) < e-z) != fast {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// bumpCase is a steady flow q over the bump [m2/s], with the depth outside the lower end and the exact depths [m].
type bumpCase struct {
	name   string
	q, out float64
	exact  func(x float64) float64
}

func bumpCases() []bumpCase {
	critical := func(q float64) float64 { return 0.2 + 1.5*math.Cbrt(q*q/Gravity) }
	head := func(q, h float64) float64 { return h + q*q/(2*Gravity*h*h) }
	return []bumpCase{
		{"subcritical", 4.42, 2, func(x float64) float64 { return specific(4.42, head(4.42, 2), bump(x), false) }},
		{"transcritical", 1.53, 0.66, func(x float64) float64 { return specific(1.53, critical(1.53), bump(x), x > 10) }},
		{"with a jump", 0.18, 0.33, func(x float64) float64 {
			const q = 0.18
			up, down := critical(q), head(q, 0.33)
			force := func(h float64) float64 { return q*q/h + Gravity*h*h/2 }
			lo, hi := 10.0, 12.0 // the jump is where both sides have one force
			for range 100 {
				mid := (lo + hi) / 2
				if force(specific(q, up, bump(mid), true)) < force(specific(q, down, bump(mid), false)) {
					hi = mid
				} else {
					lo = mid
				}
			}
			if x < lo {
				return specific(q, up, bump(x), x > 10)
			}
			return specific(q, down, bump(x), false)
		}},
	}
}

// bumpRun lets a flow settle over the bump in 125 cells.
func bumpRun(t *testing.T, c bumpCase) *Water {
	t.Helper()
	w := channel(125, 25, bump)
	w.start(func(x float64) (float64, float64) { return c.out - bump(x), 0 })
	w.settled(t, 80, c.q, c.out)
	return w
}

// Reference: flows over a bump of Goutal and Maurel 1997, the cases of SWASHES (Delestre et al. 2013, 3.1): energy is
// kept but for a jump, which keeps the momentum.
func TestBumps(t *testing.T) {
	for _, c := range bumpCases() {
		off := bumpRun(t, c).l1(c.exact)
		t.Logf("%s: relative L1 %.5f", c.name, off)
		if !(off <= 0.01) {
			t.Errorf("%s: relative L1 %.4f; want 0.01", c.name, off)
		}
	}
}

// Reference: MacDonald, Baines, Nichols and Samuels 1997 (Journal of Hydraulic Engineering 123, 1041-1045), subcritical
// flow with Manning's friction in a channel of 1,000 m whose bed is made so that the depth is known.
func TestMacDonald(t *testing.T) {
	const q, n, length = 2.0, 0.033, 1000.0
	depth := func(x float64) float64 {
		return math.Cbrt(4/Gravity) * (1 + 0.5*math.Exp(-16*math.Pow(x/length-0.5, 2)))
	}
	slopeAt := func(x float64) float64 {
		h := depth(x)
		dh := -math.Cbrt(4/Gravity) * 16 / length * (x/length - 0.5) * math.Exp(-16*math.Pow(x/length-0.5, 2))
		return (q*q/(Gravity*h*h*h)-1)*dh - q*q*n*n/math.Pow(h, 10.0/3)
	}
	const fine = 100_000
	z := make([]float64, fine+1) // above the lower end
	for k := fine - 1; k >= 0; k-- {
		dx := length / fine
		z[k] = z[k+1] - slopeAt((float64(k)+0.5)*dx)*dx
	}
	w := channel(200, length, func(x float64) float64 { return z[int(x/length*fine)] })
	for c := range w.Cells {
		w.Cells[c].Rough = float32(n * math.Sqrt(Gravity) / 2)
	}
	w.start(func(float64) (float64, float64) { return 0.5, 0 })
	w.settled(t, 2000, q, depth(length))
	off := w.l1(depth)
	t.Logf("relative L1 %.5f", off)
	if !(off <= 0.01) {
		t.Errorf("relative L1 %.4f; want 0.01", off)
	}
}

// The dam break with friction: depth behind the dam [m], Chezy's C [m^(1/2)/s], time [s].
const dresslerDepth, dresslerChezy, dresslerTime = 6.0, 40.0, 40.0

func dresslerRun(t *testing.T) *Water {
	t.Helper()
	w := channel(400, 2000, func(float64) float64 { return 0 })
	w.start(func(x float64) (float64, float64) {
		if x < 1000 {
			return dresslerDepth, 0
		}
		return 0, 0
	})
	w.run(t, dresslerTime, func(float64) {
		for i := range w.NX {
			cell := &w.Cells[w.At(i, 0)]
			cell.Rough = float32(math.Pow(max(cell.H, 1e-9), 1.0/6) / dresslerChezy * math.Sqrt(Gravity) / 2)
		}
	})
	return w
}

// Reference: Dressler 1952 (Journal of Research of the National Bureau of Standards 49, 217-225), dam break with Chezy's
// friction, first order in the friction; in the tip friction and the slope of the surface balance, and its length
// is that which keeps the volume (Whitham 1955). The case of SWASHES (Delestre et al. 2013).
func TestDressler(t *testing.T) {
	exact := dressler(dresslerDepth, dresslerChezy, dresslerTime)
	off := dresslerRun(t).l1(func(x float64) float64 { return exact(x - 1000) })
	t.Logf("relative L1 %.5f", off)
	if !(off <= 0.01) {
		t.Errorf("relative L1 %.4f; want 0.01", off)
	}
}

// dressler returns the depth as a function of the place, from the dam.
func dressler(hl, chezy, t float64) func(x float64) float64 {
	c0 := math.Sqrt(Gravity * hl)
	velocity := func(x, t float64) float64 {
		xi := x / (t * c0)
		a := 12/(2-xi) - 8.0/3 + 8*math.Sqrt(3)/189*math.Pow(2-xi, 1.5) - 108/(7*math.Pow(2-xi, 2))
		return 2*c0/3 + 2*x/(3*t) + Gravity*Gravity/(chezy*chezy)*a*t
	}
	depth := func(x float64) float64 {
		xi := x / (t * c0)
		a := 6/(5*(2-xi)) - 2.0/3 + 4*math.Sqrt(3)/135*math.Pow(2-xi, 1.5)
		return math.Pow(2*c0/3-x/(3*t)+Gravity*Gravity/(chezy*chezy)*a*t, 2) / Gravity
	}
	// The tip begins where the corrected velocity is greatest.
	from := 0.0
	for x, most := -c0*t, 0.0; x < 1.99*c0*t; x += 0.05 {
		if u := velocity(x, t); u > most {
			from, most = x, u
		}
	}
	// What has left the reservoir and is not behind the tip is in it; friction makes its surface a parabola.
	volume := hl * c0 * t
	for x := -c0*t + 0.025; x < from; x += 0.05 {
		volume -= depth(x) * 0.05
	}
	reach := 1.5 * volume / depth(from)
	return func(x float64) float64 {
		switch {
		case x <= -c0*t:
			return hl
		case x <= from:
			return depth(x)
		}
		return depth(from) * math.Sqrt(max(0, 1-(x-from)/reach))
	}
}
