package shallow

import (
	"math"
	"testing"
)

// bowl makes 200 x 200 cells over Thacker's paraboloid, a = 1 m, h0 = 0.1 m, 4 m wide, with a state at the start; x and
// y are seen from its middle.
func bowl(state func(x, y float64) (h, u, v float64)) *Water {
	const n = 200
	w := New(n, n, Params{Scheme: Finite, Size: 4.0 / n, Alpha: 0.45, Workers: 2})
	s := w.scheme.(*finite)
	for j := range n {
		for i := range n {
			x, y := w.middle(i), w.middle(j)
			c := w.At(i, j)
			w.Cells[c].Bed = float32(-1000 * bowlDepth * (1 - x*x - y*y))
			w.Cells[c].H, s.u[c], s.v[c] = state(x, y)
		}
	}
	w.surveyAll()
	return w
}

const bowlDepth = 0.1

func (w *Water) middle(i int) float64 { return (float64(i)+0.5)*w.Size - 2 }

// square is the relative L1 distance of depths from exact ones.
func (w *Water) square(exact func(x, y float64) float64) float64 {
	off, all := 0.0, 0.0
	for j := range w.NY {
		for i := range w.NX {
			h := exact(w.middle(i), w.middle(j))
			off += math.Abs(w.Cells[w.At(i, j)].H - h)
			all += h
		}
	}
	return off / all
}

// bowlCase is a motion of water in the bowl: its depth over time, its period, its first velocity to the north.
type bowlCase struct {
	name   string
	period float64
	depth  func(x, y, t float64) float64
	v      float64
}

// bowlCases are the radially symmetrical motion (r0 = 0.8 m) and the planar one (amplitude 0.5 m).
func bowlCases() []bowlCase {
	const r0, eta = 0.8, 0.5
	wr, wp := math.Sqrt(8*Gravity*bowlDepth), math.Sqrt(2*Gravity*bowlDepth)
	a := (1 - r0*r0) / (1 + r0*r0)
	radial := func(x, y, t float64) float64 {
		r2, d := x*x+y*y, 1-a*math.Cos(wr*t)
		level := bowlDepth * (math.Sqrt(1-a*a)/d - 1 - r2*((1-a*a)/(d*d)-1))
		return max(0, level+bowlDepth*(1-r2))
	}
	planar := func(x, y, t float64) float64 {
		level := eta * bowlDepth * (2*x*math.Cos(wp*t) + 2*y*math.Sin(wp*t) - eta)
		return max(0, level+bowlDepth*(1-x*x-y*y))
	}
	return []bowlCase{{"radial", 2 * math.Pi / wr, radial, 0}, {"planar", 2 * math.Pi / wp, planar, eta * wp}}
}

func (c *bowlCase) start() *Water {
	return bowl(func(x, y float64) (h, u, v float64) {
		if h = c.depth(x, y, 0); h > 0 {
			v = c.v
		}
		return h, 0, v
	})
}

// Reference: Thacker 1981 (Journal of Fluid Mechanics 107, 499-508), radially symmetrical and planar surface in a
// paraboloid; the cases of SWASHES (Delestre et al. 2013).
func TestThackerBowl(t *testing.T) {
	for _, c := range bowlCases() {
		w := c.start()
		before := w.volume()
		for n, limit := range []float64{0.01, 0.05, 0.05, 0.05, 0.05} {
			steps := w.run(t, c.period, nil)
			off := w.square(func(x, y float64) float64 { return c.depth(x, y, float64(n+1)*c.period) })
			t.Logf("%s, after %d periods, %d steps: relative L1 %.4f", c.name, n+1, steps, off)
			if !(off <= limit) {
				t.Errorf("%s, after %d periods: relative L1 %.4f; want %.2f", c.name, n+1, off, limit)
			}
			if testing.Short() {
				break
			}
		}
		if e := math.Abs(w.volume()/before - 1); e > 1e-12 {
			t.Errorf("%s: relative volume error %g", c.name, e)
		}
	}
}

// volume is the sum of all depths.
func (w *Water) volume() float64 {
	sum := 0.0
	for t := range w.Tiles {
		part := 0.0
		w.visit(t, func(c int) { part += w.Cells[c].H })
		sum += part
	}
	return sum
}

// Reference: the simple wave of the shallow-water equations (Stoker 1957, chapter 10): with u = 2 (c - c0) everywhere
// each depth travels at u + c, exactly, until the wave breaks. The distance from it must fall with the 1.5th power of
// the cells at least.
func TestOrder(t *testing.T) {
	const h0, length, until = 1.0, 100.0, 5.0
	c0 := math.Sqrt(Gravity * h0)
	first := func(x float64) float64 { return h0 + 0.1*math.Exp(-math.Pow((x-30)/6, 2)) }
	speed := func(x float64) float64 { return 3*math.Sqrt(Gravity*first(x)) - 2*c0 }
	exact := func(x float64) float64 {
		lo, hi := x-100, x+100
		for range 100 {
			if mid := (lo + hi) / 2; mid+speed(mid)*until < x {
				lo = mid
			} else {
				hi = mid
			}
		}
		return first(lo)
	}
	// Cells hold means: Simpson's rule over each, of fourth order.
	mean := func(f func(x float64) float64, x, size float64) float64 {
		return (f(x-size/2) + 4*f(x) + f(x+size/2)) / 6
	}
	last := 0.0
	for _, n := range []int{100, 200, 400, 800} {
		w := channel(n, length, func(float64) float64 { return 0 })
		w.start(func(x float64) (float64, float64) {
			h := mean(first, x, w.Size)
			q := mean(func(x float64) float64 { return first(x) * 2 * (math.Sqrt(Gravity*first(x)) - c0) }, x, w.Size)
			return h, q / h
		})
		w.run(t, until, nil)
		off := 0.0
		for i := range n {
			if x := (float64(i) + 0.5) * w.Size; x > 20 && x < 80 { // away from the walls
				off += math.Abs(w.Cells[w.At(i, 0)].H-mean(exact, x, w.Size)) * w.Size
			}
		}
		if last > 0 {
			order := math.Log2(last / off)
			t.Logf("%d cells: L1 %.2e, order %.2f", n, off, order)
			if order < 1.5 {
				t.Errorf("%d cells: order %.2f; want 1.5", n, order)
			}
		}
		last = off
	}
}

// Reference: Bermudez and Vazquez 1994 (Computers and Fluids 23, 1049-1071), property C: still water stays still, here
// with the finite volumes over a rough bed with dry islands, at 50 m and at 4,500 m.
func TestFiniteLakeAtRest(t *testing.T) {
	for _, datum := range []float64{50, 4500} {
		w := New(70, 50, Params{Scheme: Finite, Size: 10, Alpha: 0.45, Workers: 1})
		s := w.scheme.(*finite)
		rest := make([]float64, len(w.Cells))
		for j := range 50 {
			for i := range 70 {
				c := w.At(i, j)
				mm := float64((i*i*37 + j*101 + i*j*53) % 9000)
				w.Cells[c].Bed = float32(datum*1000 + mm)
				rest[c] = max(6123-mm, 0) / 1000
				w.Cells[c].H = rest[c]
			}
		}
		w.surveyAll()
		w.run(t, 1200, nil)
		move, flow := 0.0, 0.0
		for c := range rest {
			move = max(move, math.Abs(w.Cells[c].H-rest[c]))
			flow = max(flow, math.Abs(s.u[c]), math.Abs(s.v[c]))
		}
		t.Logf("at %g m: depths move by %.1e m, speeds up to %.1e m/s", datum, move, flow)
		if !(move <= 1e-12) || !(flow <= 1e-12) {
			t.Errorf("at %g m: depths move by %g m, speeds up to %g m/s; want 1e-12", datum, move, flow)
		}
	}
}
