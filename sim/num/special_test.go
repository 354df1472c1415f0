package num

import (
	"math"
	"testing"
)

var specials = []float64{
	0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1. / 3, -1. / 3,
	1e-310, -1e-310, tiny, -tiny, minNorm, -minNorm, huge, -huge, 1e300, -1e300, 1e-300, -1e-300,
	0x1p52, -0x1p52, 0x1p53, 0x1p53 + 2, -0x1p53 - 2, 0x1p53 - 1,
	1 - 0x1p-53, 1 + 0x1p-52, -1 + 0x1p-53, -1 - 0x1p-52,
}

// alike reports whether a and b are both NaN, or the same number, or both finite numbers other than zero of any value.
func alike(a, b float64) bool {
	if a != a || b != b {
		return a != a && b != b
	}
	if a == 0 || b == 0 || math.IsInf(a, 0) || math.IsInf(b, 0) {
		return a == b && math.Signbit(a) == math.Signbit(b)
	}
	return true
}

// Zeros with their signs, infinities and NaN come out as in package math. The other results are the business of the
// accuracy tests: math is not right everywhere (on amd64 its Log of a subnormal is wrong in the first digits).
func TestSpecialValuesAreThoseOfMath(t *testing.T) {
	for _, c := range []struct {
		name         string
		ours, theirs func(float64) float64
	}{
		{"Exp", Exp, math.Exp}, {"Expm1", Expm1, math.Expm1}, {"Log", Log, math.Log}, {"Log1p", Log1p, math.Log1p},
		{"Sin", Sin, math.Sin}, {"Cos", Cos, math.Cos}, {"Atan", Atan, math.Atan}, {"Tanh", Tanh, math.Tanh},
		{"Cbrt", Cbrt, math.Cbrt}, {"Erf", Erf, math.Erf}, {"Erfc", Erfc, math.Erfc}, {"Round", Round, math.Round},
	} {
		for _, x := range specials {
			if got, want := c.ours(x), c.theirs(x); !alike(got, want) {
				t.Errorf("%s(%v) = %v, want %v", c.name, x, got, want)
			}
		}
	}
	for _, c := range []struct {
		name         string
		ours, theirs func(x, y float64) float64
	}{{"Pow", Pow, math.Pow}, {"Atan2", Atan2, math.Atan2}, {"Hypot", Hypot, math.Hypot}} {
		for _, x := range specials {
			for _, y := range specials {
				if got, want := c.ours(x, y), c.theirs(x, y); !alike(got, want) {
					t.Errorf("%s(%v, %v) = %v, want %v", c.name, x, y, got, want)
				}
			}
		}
	}
}

func TestSpecialValuesOfOurOwn(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"NormCDF(-Inf)", NormCDF(-inf), 0}, {"NormCDF(Inf)", NormCDF(inf), 1}, {"NormCDF(NaN)", NormCDF(nan), nan},
		{"NormCDF(0)", NormCDF(0), 0.5}, {"NormCDF(-100)", NormCDF(-100), 0}, {"NormCDF(100)", NormCDF(100), 1},
		{"NormQuantile(0)", NormQuantile(0), -inf}, {"NormQuantile(-0)", NormQuantile(math.Copysign(0, -1)), -inf},
		{"NormQuantile(1)", NormQuantile(1), inf}, {"NormQuantile(0.5)", NormQuantile(0.5), 0},
		{"NormQuantile(-1)", NormQuantile(-tiny), nan}, {"NormQuantile(1+)", NormQuantile(1 + 0x1p-52), nan},
		{"NormQuantile(NaN)", NormQuantile(nan), nan}, {"NormQuantile(Inf)", NormQuantile(inf), nan},
		{"Exp(709.79)", Exp(709.79), inf}, {"Exp(-745.14)", Exp(-745.14), 0}, {"Exp(-745.13)", Exp(-745.13), tiny},
		{"Pow(10, 309)", Pow(10, 309), inf}, {"Pow(10, -324)", Pow(10, -324), 0}, {"Pow(-10, 309)", Pow(-10, 309), -inf},
		{"Pow(-2, 3)", Pow(-2, 3), -8}, {"Pow(-2, 2)", Pow(-2, 2), 4}, {"Pow(-2, 0.5)", Pow(-2, 0.5), nan},
		{"Pow(-2, -1075)", Pow(-2, -1075), math.Copysign(0, -1)}, {"Pow(1+, huge)", Pow(1+0x1p-52, huge), inf},
		{"Pow(1-, huge)", Pow(1-0x1p-53, huge), 0}, {"Pow(2, tiny)", Pow(2, tiny), 1}, {"Erfc(28)", Erfc(28), 0},
		{"Hypot(NaN, Inf)", Hypot(nan, inf), inf}, {"Hypot(3, 4)", Hypot(3, 4), 5}, {"Cbrt(27)", Cbrt(27), 3},
		{"Cbrt(-0.001)", Cbrt(-0.001), -0.1}, {"Pow73(8)", Pow73(8), 128}, {"Pow73(1)", Pow73(1), 1},
		{"Exp(0)", Exp(0), 1}, {"Exp(1)", Exp(1), math.E}, {"Log(1)", Log(1), 0}, {"Log(E)", Log(math.E), 1},
		{"Cos(0)", Cos(0), 1}, {"Pow(2, 0.5)", Pow(2, 0.5), math.Sqrt2}, {"Pow(10, 3)", Pow(10, 3), 1000},
	} {
		if !alike(c.got, c.want) || c.got == c.got && c.got != c.want {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

// Whole powers that a double can hold come out exactly.
func TestPowExact(t *testing.T) {
	for base := 2.0; base <= 40; base++ {
		want := 1.0
		for n := 0; want < 0x1p53; n++ {
			if got := Pow(base, float64(n)); got != want {
				t.Errorf("Pow(%v, %d) = %v, want %v", base, n, got, want)
			}
			want *= base
		}
	}
	for e := -1074; e < 1024; e++ {
		if got := Pow(2, float64(e)); got != math.Ldexp(1, e) {
			t.Errorf("Pow(2, %d) = %v", e, got)
		}
	}
}

// Perfect cubes have exact roots.
func TestCbrtExact(t *testing.T) {
	for n := 1.0; n < 200000; n += 7 {
		if got := Cbrt(n * n * n); got != n {
			t.Fatalf("Cbrt(%v^3) = %v", n, got)
		}
	}
}
