package num

import (
	"math"
	"testing"
)

var sink float64

// benchmark runs f over 1,024 arguments, evenly spread over [lo, hi), and reports the time of one call.
func benchmark(b *testing.B, f func(float64) float64, lo, hi float64) {
	var xs [1024]float64
	s := stream(1)
	for i := range xs {
		xs[i] = s.uniform(lo, hi)
	}
	sum := 0.0
	for i := 0; b.Loop(); i++ {
		sum += f(xs[i&1023])
	}
	sink = sum
}

func BenchmarkFunctions(b *testing.B) {
	for _, c := range []struct {
		name   string
		ours   func(float64) float64
		theirs func(float64) float64
		lo, hi float64
	}{
		{"Exp", Exp, math.Exp, -20, 20},
		{"Expm1", Expm1, math.Expm1, -2, 2},
		{"Log", Log, math.Log, 0.1, 100},
		{"Log1p", Log1p, math.Log1p, -0.5, 2},
		{"Pow", func(x float64) float64 { return Pow(x, 1.7) }, func(x float64) float64 { return math.Pow(x, 1.7) }, 0.1, 10},
		{"Sin", Sin, math.Sin, -10, 10},
		{"SinBig", Sin, math.Sin, 1e10, 1e15},
		{"Cos", Cos, math.Cos, -10, 10},
		{"Atan2", func(x float64) float64 { return Atan2(x, 1) }, func(x float64) float64 { return math.Atan2(x, 1) }, -3, 3},
		{"Tanh", Tanh, math.Tanh, -3, 3},
		{"Cbrt", Cbrt, math.Cbrt, 0.01, 10},
		{"Hypot", func(x float64) float64 { return Hypot(x, 2) }, func(x float64) float64 { return math.Hypot(x, 2) }, -3, 3},
		{"Erf", Erf, math.Erf, -3, 3},
		{"Erfc", Erfc, math.Erfc, -3, 5},
		{"NormCDF", NormCDF, func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }, -5, 5},
		{"NormQuantile", NormQuantile, func(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }, 0, 1},
	} {
		b.Run(c.name+"/num", func(b *testing.B) { benchmark(b, c.ours, c.lo, c.hi) })
		b.Run(c.name+"/math", func(b *testing.B) { benchmark(b, c.theirs, c.lo, c.hi) })
	}
}

// The loops call directly, as the shallow water solver does, so that inlining counts.
func BenchmarkPow73(b *testing.B) {
	var hs [1024]float64
	s := stream(2)
	for i := range hs {
		hs[i] = s.uniform(0.01, 10)
	}
	run := func(name string, f func() float64) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				sink += f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1024, "ns/value")
		})
	}
	run("num.Pow73", func() (sum float64) {
		for _, h := range hs {
			sum += Pow73(h)
		}
		return
	})
	run("num.Cbrt", func() (sum float64) {
		for _, h := range hs {
			sum += float64(h * h * Cbrt(h))
		}
		return
	})
	run("math.Cbrt", func() (sum float64) {
		for _, h := range hs {
			sum += float64(h * h * math.Cbrt(h))
		}
		return
	})
	run("math.Pow", func() (sum float64) {
		for _, h := range hs {
			sum += math.Pow(h, 7./3)
		}
		return
	})
	run("math.Sqrt", func() (sum float64) { // for scale: the cheapest function there is
		for _, h := range hs {
			sum += math.Sqrt(h)
		}
		return
	})
}
