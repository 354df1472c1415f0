package shallow

import (
	"math"
	"testing"
)

// channel makes a row of cells over a bed [m], for the finite-volume scheme.
func channel(n int, length float64, bed func(x float64) float64) *Water {
	size := length / float64(n)
	w := New(n, 1, Params{Scheme: Finite, Size: size, Alpha: 0.45, Workers: 1})
	for i := range n {
		w.Cells[w.At(i, 0)].Bed = float32(1000 * bed((float64(i)+0.5)*size))
	}
	return w
}

// start gives each cell of a channel its depth and velocity.
func (w *Water) start(state func(x float64) (h, u float64)) {
	s := w.scheme.(*finite)
	for i := range w.NX {
		c := w.At(i, 0)
		w.Cells[c].H, s.u[c] = state((float64(i) + 0.5) * w.Size)
	}
	w.surveyAll()
}

func (w *Water) surveyAll() {
	for t := range w.Tiles {
		w.Survey(t)
		s := w.scheme.(*finite)
		w.visit(t, func(c int) {
			speed := max(math.Abs(s.u[c]), math.Abs(s.v[c])) + math.Sqrt(Gravity*w.Cells[c].H)
			w.Tiles[t].speed = max(w.Tiles[t].speed, speed)
		})
	}
}

// run moves the water until a time, with whatever is to be done before each step.
func (w *Water) run(t testing.TB, until float64, before func(at float64)) (steps int) {
	t.Helper()
	for at := 0.0; at < until; {
		if before != nil {
			before(at)
		}
		dt := min(w.Longest(0), until-at)
		if err := w.Step(dt); err != nil {
			t.Fatalf("at %g s: %v", at, err)
		}
		at += dt
		steps++
	}
	return steps
}

// l1 is the relative L1 distance of a channel's depths from exact ones.
func (w *Water) l1(exact func(x float64) float64) float64 {
	off, all := 0.0, 0.0
	for i := range w.NX {
		h := exact((float64(i) + 0.5) * w.Size)
		off += math.Abs(w.Cells[w.At(i, 0)].H - h)
		all += h
	}
	return off / all
}

// ritter is the depth of a dam break on a dry bed, x from the dam [m].
func ritter(h0, x, t float64) float64 {
	c := math.Sqrt(Gravity * h0)
	switch {
	case x <= -c*t:
		return h0
	case x >= 2*c*t:
		return 0
	}
	return 4 / (9 * Gravity) * math.Pow(c-x/(2*t), 2)
}

// damBreak lets water of a depth behind x = 5 m go onto water of another, for a time [s].
func damBreak(t *testing.T, left, right, until float64) *Water {
	t.Helper()
	w := channel(500, 10, func(float64) float64 { return 0 })
	w.start(func(x float64) (float64, float64) {
		if x < 5 {
			return left, 0
		}
		return right, 0
	})
	w.run(t, until, nil)
	return w
}

// Reference: Ritter 1892, dam break on a dry bed without friction; the case of SWASHES (Delestre et al. 2013).
func TestRitter(t *testing.T) {
	w := damBreak(t, 0.005, 0, 6)
	off := w.l1(func(x float64) float64 { return ritter(0.005, x-5, 6) })
	t.Logf("relative L1 %.4f", off)
	if !(off <= 0.02) {
		t.Errorf("relative L1 %.4f; want 0.02", off)
	}
}

// Reference: Stoker 1957, dam break on a wet bed; the case of SWASHES (Delestre et al. 2013).
func TestStoker(t *testing.T) {
	w := damBreak(t, 0.005, 0.001, 6)
	off := w.l1(func(x float64) float64 { return stoker(0.005, 0.001, x-5, 6) })
	t.Logf("relative L1 %.4f", off)
	if !(off <= 0.01) {
		t.Errorf("relative L1 %.4f; want 0.01", off)
	}
}

// stoker is the depth of a dam break on a wet bed, x from the dam [m].
func stoker(hl, hr, x, t float64) float64 {
	f := func(c float64) float64 {
		a, b := c*c, c*c-Gravity*hr
		return -8*Gravity*hr*a*math.Pow(math.Sqrt(Gravity*hl)-c, 2) + b*b*(a+Gravity*hr)
	}
	lo, hi := math.Sqrt(Gravity*hr), math.Sqrt(Gravity*hl)
	for range 200 {
		if mid := (lo + hi) / 2; f(mid) < 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	cm, cl := lo, math.Sqrt(Gravity*hl)
	switch {
	case x <= -cl*t:
		return hl
	case x <= (2*cl-3*cm)*t:
		return 4 / (9 * Gravity) * math.Pow(cl-x/(2*t), 2)
	case x <= 2*cm*cm*(cl-cm)/(cm*cm-Gravity*hr)*t:
		return cm * cm / Gravity
	}
	return hr
}

// parabola makes Thacker's planar surface in a parabola of a = 1 m and h0 = 0.5 m, 4 m long in 400 cells, with its depth
// over time and its period.
func parabola() (w *Water, depth func(x, t float64) float64, period float64) {
	const a, h0, length = 1.0, 0.5, 4.0
	omega := math.Sqrt(2*Gravity*h0) / a
	depth = func(x, t float64) float64 {
		return max(0, -h0*(math.Pow((x-length/2)/a+math.Cos(omega*t)/(2*a), 2)-1))
	}
	w = channel(400, length, func(x float64) float64 { return h0 * (math.Pow((x-length/2)/a, 2) - 1) })
	w.start(func(x float64) (float64, float64) { return depth(x, 0), 0 })
	return w, depth, 2 * math.Pi / omega
}

// Reference: Thacker 1981 (Journal of Fluid Mechanics 107, 499-508), planar surface in a parabola; the case of
// SWASHES (Delestre et al. 2013).
func TestThackerChannel(t *testing.T) {
	w, depth, period := parabola()
	for n, limit := range []float64{0.01, 0.05, 0.05, 0.05, 0.05} {
		steps := w.run(t, period, nil)
		off := w.l1(func(x float64) float64 { return depth(x, float64(n+1)*period) })
		t.Logf("after %d periods, %d steps: relative L1 %.4f", n+1, steps, off)
		if !(off <= limit) {
			t.Errorf("after %d periods: relative L1 %.4f; want %.2f", n+1, off, limit)
		}
	}
}
