package num

import (
	"fmt"
	"math"
	"math/big"
	"testing"
)

// accuracyCase is a function of one argument: its reference, its bound [ulp], and the arguments that are tried.
type accuracyCase struct {
	name  string
	f     func(float64) float64
	ref   func(*big.Float) *big.Float
	bound float64
	spans []span
	hard  []float64
}

// accuracy lists every function of one argument with the bound that its doc comment states.
var accuracy = []accuracyCase{
	{"Exp", Exp, refExp, 0.52,
		[]span{{-1, 1, false}, {-708, 709.78, false}, {-745.2, -707, false}, {tiny, 709, true}, {-tiny, -745, true}},
		append(around(709.782712893384, -745.1332191019411, -708.3964185322641, 709.08956571282, 0x1p-54, math.Ln2/2),
			multiples(math.Ln2/256, 300)...)},
	{"Expm1", Expm1, refExpm1, 0.65,
		[]span{{-1, 1, false}, {-0.07, 0.07, false}, {-40, 40, false}, {tiny, 709, true}, {-tiny, -40, true}},
		append(around(0x1p-54, 1./16, -1./16, 42, 38, -38), multiples(math.Ln2/256, 300)...)},
	{"Log", Log, refLog, 0.51,
		[]span{{0.5, 2, false}, {0.99, 1.01, false}, {tiny, minNorm, true}, {tiny, huge, true}, {1, 1000, false}},
		append(around(1, 0.7083333, 1.4166666, minNorm, tiny, huge), multiples(1./256, 400)...)},
	{"Log1p", Log1p, refLog1p, 0.52,
		[]span{{-0.01, 0.01, false}, {-1, 1, false}, {-0.99999, 10, false}, {tiny, huge, true}, {-tiny, -0.9999, true}},
		append(around(0x1p-54, 0x1p-9, -0x1p-9, 1, 0x1p53, 0x1p60, 1./3-1, 0x1p-20, -0x1p-53), -0x1.fffffffffffffp-1)},
	{"Sin", Sin, func(x *big.Float) *big.Float { s, _ := refSinCos(x); return s }, 0.85,
		[]span{{-1, 1, false}, {-100, 100, false}, {-0x1p20, 0x1p20, false}, {0x1p19, 1e15, true}, {0.1, huge, true},
			{tiny, 1, true}}, trigHard()},
	{"Cos", Cos, func(x *big.Float) *big.Float { _, c := refSinCos(x); return c }, 0.85,
		[]span{{-1, 1, false}, {-100, 100, false}, {-0x1p20, 0x1p20, false}, {0x1p19, 1e15, true}, {0.1, huge, true},
			{tiny, 1, true}}, trigHard()},
	{"Atan", Atan, func(x *big.Float) *big.Float { return refAtan2(x, bf(1)) }, 0.9,
		[]span{{-1, 1, false}, {-5, 5, false}, {tiny, huge, true}},
		around(7./16, 11./16, 1, 19./16, 39./16, 0x1p-27, 0x1p66, tiny, huge)},
	{"Tanh", Tanh, refTanh, 1.5,
		[]span{{-1, 1, false}, {-25, 25, false}, {tiny, 30, true}}, around(0.625, 22, 0x1p-28, 1./32, tiny)},
	{"Cbrt", Cbrt, refCbrt, 0.52,
		[]span{{-8, 8, false}, {1, 8, false}, {tiny, minNorm, true}, {tiny, huge, true}, {-tiny, -huge, true}},
		append(around(1, 2, 4, 8, 27, minNorm, tiny, huge), multiples(1./32, 256)...)},
	{"Pow73", Pow73, func(x *big.Float) *big.Float { return mul(mul(x, x), refCbrt(x)) }, 2.6,
		[]span{{1e-3, 10, false}, {1e-100, 1e100, true}, {1, 8, false}}, around(1e-100, 1, 2, 8, 1e100)},
	{"Erf", Erf, refErf, 1,
		[]span{{-1, 1, false}, {0.8, 1.3, false}, {-6, 6, false}, {tiny, 6, true}},
		around(0.84375, 1.25, 1/0.35, 5.92, 0x1p-28, 0x1p-960, tiny, minNorm)},
	{"Erfc", Erfc, refErfc, 3,
		[]span{{-1, 1, false}, {-6, 6, false}, {1, 27.3, false}, {26, 27.3, false}, {1.1, 1.25, false}},
		around(0.25, 0.84375, -0.84375, 1.25, -1.25, 1/0.35, 6, -6, 26.54, 27.2, 0x1p-56)},
	{"NormCDF", NormCDF, refNormCDF, 3.5,
		[]span{{-1, 1, false}, {-6, 6, false}, {-38.4, -5, false}, {-1.77, -1.55, false}}, around(0, -37.5, -38.4, 8.2, 0x1p-60)},
}

// trigHard are the arguments nearest to multiples of pi/2, among them 6381956970095103 * 2^797, the nearest of all
// doubles (J.-M. Muller, "Elementary Functions", 3rd ed., section 11.1).
func trigHard() []float64 {
	h := []float64{math.Ldexp(6381956970095103, 797), math.Ldexp(6411027962775774, -48), huge, 1e22, 0x1p1000}
	h = append(h, multiples(math.Pi/4, 400)...)
	for e := range 1000 {
		q, _ := new(big.Float).SetPrec(widePrec).SetMantExp(widePi(), e).Float64()
		h = append(h, q)
	}
	return append(h, around(math.Pi/4, 0x1p-27, 0x1p20, -0x1p20, 0x1p20+0.5)...)
}

// worst keeps the largest error seen.
type worst struct {
	err float64
	at  string
}

func (w *worst) see(err float64, at ...float64) {
	if err > w.err {
		*w = worst{err, fmt.Sprintf("%x", at)}
	}
}

func (w *worst) check(t *testing.T, bound float64) {
	t.Helper()
	t.Logf("largest error %.4f ulp at %s, bound %g", w.err, w.at, bound)
	if !(w.err <= bound) {
		t.Errorf("largest error %.4f ulp at %s, want at most %g", w.err, w.at, bound)
	}
}

func TestAccuracy(t *testing.T) {
	for i, a := range accuracy {
		t.Run(a.name, func(t *testing.T) {
			var w worst
			s := stream(i)
			for _, x := range a.hard {
				w.see(ulps(a.f(x), a.ref(bf(x))), x)
			}
			for _, d := range a.spans {
				for range *samples {
					x := d.draw(&s)
					w.see(ulps(a.f(x), a.ref(bf(x))), x)
				}
			}
			w.check(t, a.bound)
		})
	}
}

func TestPowAccuracy(t *testing.T) {
	ref := func(x, y float64) *big.Float { return refExp(mul(bf(y), refLog(bf(x)))) }
	var w worst
	s := stream(100)
	for range *samples * 2 {
		x, y := s.uniform(0, 10), s.uniform(-10, 10)
		w.see(ulps(Pow(x, y), ref(x, y)), x, y)
		x = s.spread(tiny, huge)
		y = s.uniform(-745, 710) / math.Log(x) // results over the whole range
		w.see(ulps(Pow(x, y), ref(x, y)), x, y)
		x = 1 + s.uniform(-1, 1)*s.spread(0x1p-52, 0.01)
		y = s.uniform(-745, 710) / math.Log1p(x-1)
		if x != 1 {
			w.see(ulps(Pow(x, y), ref(x, y)), x, y)
		}
	}
	for _, c := range [][2]float64{{0x1.fffffffffffffp-1, 0x1p62}, {0x1.0000000000001p0, 0x1.62e42fefa39efp61}, {2, -1074},
		{2, 1023}, {tiny, 0.5}, {huge, 0.5}, {10, 308}, {10, -323}, {1.5, 2}, {tiny, -0.9}, {0.1, 1e-10}, {3, 0x1p-60}} {
		w.see(ulps(Pow(c[0], c[1]), ref(c[0], c[1])), c[0], c[1])
	}
	w.check(t, 0.52)
}

func TestAtan2Accuracy(t *testing.T) {
	var w worst
	s := stream(101)
	see := func(y, x float64) { w.see(ulps(Atan2(y, x), refAtan2(bf(y), bf(x))), y, x) }
	for range *samples {
		see(s.uniform(-1, 1), s.uniform(-1, 1))
		see(s.uniform(-1e5, 1e5), s.uniform(-1e5, 1e5))
		see(s.spread(tiny, huge), s.spread(tiny, huge))
		see(s.spread(-tiny, -huge), s.spread(1e-5, 1e5))
		see(s.spread(1e-5, 1e5), s.spread(-1e-5, -1e5))
	}
	for _, c := range [][2]float64{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}, {tiny, 1}, {tiny, huge}, {huge, tiny}, {tiny, tiny},
		{1, 0x1p60}, {-1, -0x1p61}, {0x1p60, 1}, {minNorm, 2}, {3, 4}} {
		see(c[0], c[1])
	}
	w.check(t, 1.5)
}

func TestHypotAccuracy(t *testing.T) {
	var w worst
	s := stream(102)
	see := func(x, y float64) {
		w.see(ulps(Hypot(x, y), bnew().Sqrt(add(mul(bf(x), bf(x)), mul(bf(y), bf(y))))), x, y)
	}
	for range *samples * 4 {
		see(s.uniform(-1, 1), s.uniform(-1, 1))
		see(s.spread(0.01, 100), s.spread(0.01, 100))
		x := s.spread(tiny, huge/4)
		see(x, x*s.uniform(0, 2))
		see(s.spread(tiny, 0x1p-1000), s.spread(tiny, 0x1p-1000))
	}
	for _, c := range [][2]float64{{3, 4}, {tiny, tiny}, {huge / 2, huge / 2}, {huge, 1}, {0x1p-540, 0x1p-540}, {0, tiny},
		{0x1p500, 0x1p499}, {1, tiny}, {huge, huge}} {
		see(c[0], c[1])
	}
	w.check(t, 1.5)
}

// The error of a quantile x of p is (cdf(x)-p)/density(x), to first order; the next order is below 1e-12 of it.
func TestNormQuantileAccuracy(t *testing.T) {
	var w worst
	s := stream(103)
	see := func(p float64) {
		x := bf(NormQuantile(p))
		density := mul(mul(refExp(shift(neg(mul(x, x)), -1)), refInvSqrtPi()), quo(bf(1), bnew().Sqrt(bf(2))))
		d := quo(sub(refNormCDF(x), bf(p)), density)
		w.see(math.Abs(float(shift(d, -lastPlace(x)))), p)
	}
	for range *samples {
		see(s.uniform(0, 1))
		see(s.uniform(0.4, 0.6))
		see(s.spread(tiny, 0.1))
		see(1 - s.spread(0x1p-53, 0.1))
	}
	for _, p := range around(0.075, 0.925, 0.25, 0.75, 1e-11, 1.3887943864964021e-11, 1-1.3887943864964021e-11, 1e-300,
		minNorm) {
		see(p)
	}
	see(tiny)
	see(0.5 - 0x1p-54)
	see(0.5 + 0x1p-53)
	see(1 - 0x1p-53)
	w.check(t, 8)
}

// SinCos gives the bits of Sin and Cos.
func TestSinCosAgrees(t *testing.T) {
	s := stream(104)
	for range 20000 {
		x := s.spread(tiny, huge)
		if s.next()&1 == 0 {
			x = s.uniform(-100, 100)
		}
		if a, b := SinCos(x); a != Sin(x) || b != Cos(x) {
			t.Fatalf("SinCos(%x) = %x, %x; want %x, %x", x, a, b, Sin(x), Cos(x))
		}
	}
}
