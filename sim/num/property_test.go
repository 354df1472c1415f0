package num

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// near reports whether a and b differ by at most rel of the larger.
func near(a, b, rel float64) bool {
	return math.Abs(a-b) <= rel*math.Max(math.Abs(a), math.Abs(b))
}

func TestRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(1e-300, 1e300).Draw(t, "x")
		if l := Log(x); !near(Exp(l), x, 1e-15+0x1p-52*math.Abs(l)) {
			t.Fatalf("Exp(Log(x)) = %v", Exp(l))
		}
		if c := Cbrt(x); !near(c*c*c, x, 0x1p-50) {
			t.Fatalf("Cbrt(x)^3 = %v", c*c*c)
		}
		if r := Pow(x, 1./3); !near(r, Cbrt(x), 0x1p-43) { // 1./3 is not a third: its error counts log x times
			t.Fatalf("Pow(x, 1/3) = %v, Cbrt %v", r, Cbrt(x))
		}
		p := rapid.Float64Range(1e-12, 1-1e-12).Draw(t, "p")
		if got := NormCDF(NormQuantile(p)); !near(got, p, 1e-13) {
			t.Fatalf("NormCDF(NormQuantile(%v)) = %v", p, got)
		}
		y := rapid.Float64Range(-0.9, 700).Draw(t, "y")
		if got := Log1p(Expm1(y)); !near(got, y, 1e-14) {
			t.Fatalf("Log1p(Expm1(%v)) = %v", y, got)
		}
	})
}

func TestCircle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64().Draw(t, "x")
		s, c := SinCos(x)
		if sum := s*s + c*c; math.Abs(sum-1) > 1e-15 {
			t.Fatalf("sin^2 + cos^2 = %v", sum)
		}
		a := rapid.Float64Range(-math.Pi, math.Pi).Draw(t, "a")
		r := rapid.Float64Range(1e-3, 1e6).Draw(t, "r")
		if got := Atan2(r*Sin(a), r*Cos(a)); math.Abs(got-a) > 2e-15 {
			t.Fatalf("angle %v came back as %v", a, got)
		}
	})
}

// The odd functions are odd, Cos is even, Hypot takes its arguments in any order: to the last bit.
func TestSymmetries(t *testing.T) {
	odd := []func(float64) float64{Sin, Atan, Tanh, Cbrt, Erf, Round}
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(-1e10, 1e10).Draw(t, "x"), rapid.Float64().Draw(t, "y")
		for i, f := range odd {
			if f(-x) != -f(x) {
				t.Fatalf("function %d: f(-x) = %v, f(x) = %v", i, f(-x), f(x))
			}
		}
		if Cos(-x) != Cos(x) || Hypot(x, y) != Hypot(y, -x) {
			t.Fatal("Cos or Hypot")
		}
	})
}

// Functions that rise do not fall from one double to the next by more than one place, where an interval, a table entry
// or a formula changes and at random places.
func TestMonotone(t *testing.T) {
	rising := []struct {
		name  string
		f     func(float64) float64
		spans []span
		seams []float64
	}{
		{"Exp", Exp, []span{{-745, 709, false}, {-1, 1, false}}, append(multiples(math.Ln2/256, 500), -708.4, -693.5)},
		{"Expm1", Expm1, []span{{-30, 40, false}}, []float64{1. / 16, -1. / 16, 42, -38}},
		{"Log", Log, []span{{0, 4, false}, {tiny, huge, true}}, multiples(1./256, 500)},
		{"Log1p", Log1p, []span{{-1, 4, false}}, []float64{0x1p-9, -0x1p-9, 1, 0x1p53, 0x1p60}},
		{"Cbrt", Cbrt, []span{{tiny, huge, true}}, multiples(1./32, 300)},
		{"Pow73", Pow73, []span{{1e-3, 100, true}}, multiples(1./32, 300)},
		{"Tanh", Tanh, []span{{0, 22, false}}, []float64{22}},
		{"Atan", Atan, []span{{tiny, huge, true}}, []float64{7. / 16, 11. / 16, 19. / 16, 39. / 16}},
		{"Erf", Erf, []span{{0, 6, false}}, []float64{0.84375, 1.25, 1 / 0.35, 6}},
	}
	for i, c := range rising {
		s := stream(200 + i)
		for k := range 3000 + len(c.seams)*40 {
			x := c.spans[k%len(c.spans)].draw(&s)
			if k >= 3000 { // forty doubles around each seam
				x = c.seams[(k-3000)/40]
				x = math.Float64frombits(math.Float64bits(x) + uint64(k%40) - 20)
			}
			y := math.Nextafter(x, math.Inf(1))
			// A step may be lost or turned by rounding when f moves less than its error: allow one place.
			if a, b := c.f(x), c.f(y); a > b && math.Nextafter(math.Nextafter(b, a), a) < a {
				t.Errorf("%s(%x) = %x, but %s(%x) = %x", c.name, x, a, c.name, y, b)
			}
		}
	}
}
