package num

import (
	"math"
	"math/big"
	"sync"
	"testing"
)

// The reference values: plain series and continued fractions on big.Float, slow and simple, sharing nothing with the
// code under test. They carry refPrec bits; the trigonometric reduction carries more.
const (
	refPrec  = 384
	widePrec = 1600
)

func bf(x float64) *big.Float        { return new(big.Float).SetPrec(refPrec).SetFloat64(x) }
func bnew() *big.Float               { return new(big.Float).SetPrec(refPrec) }
func mul(x, y *big.Float) *big.Float { return bnew().Mul(x, y) }
func add(x, y *big.Float) *big.Float { return bnew().Add(x, y) }
func sub(x, y *big.Float) *big.Float { return bnew().Sub(x, y) }
func quo(x, y *big.Float) *big.Float { return bnew().Quo(x, y) }
func neg(x *big.Float) *big.Float    { return bnew().Neg(x) }

// shift returns x*2^n.
func shift(x *big.Float, n int) *big.Float { return bnew().SetMantExp(x, n) }

// float returns the float64 nearest to x.
func float(x *big.Float) float64 { f, _ := x.Float64(); return f }

// ulps returns the distance of got from want in units of the last place of want.
func ulps(got float64, want *big.Float) float64 {
	w := float(want)
	if math.IsInf(w, 0) || math.IsInf(got, 0) || got != got {
		if got == w {
			return 0
		}
		return math.Inf(1)
	}
	d := bnew().Abs(sub(bf(got), want))
	return float(shift(d, -lastPlace(want)))
}

// lastPlace returns e where 2^e is the distance of the float64 numbers around x.
func lastPlace(x *big.Float) int {
	if x.Sign() == 0 {
		return -1074
	}
	return max(x.MantExp(nil)-53, -1074)
}

// invFact holds 1/n!.
var invFact = sync.OnceValue(func() []*big.Float {
	f := []*big.Float{bf(1)}
	for n := 1; n < 120; n++ {
		f = append(f, quo(f[n-1], bf(float64(n))))
	}
	return f
})

// widePi is pi to widePrec bits by Machin's formula, pi = 16 atan(1/5) - 4 atan(1/239).
var widePi = sync.OnceValue(func() *big.Float {
	one := new(big.Int).Lsh(big.NewInt(1), widePrec+64)
	atanInv := func(n int64) *big.Int {
		sum, term := new(big.Int), new(big.Int).Quo(one, big.NewInt(n))
		for k := int64(1); term.Sign() != 0; k += 2 {
			t := new(big.Int).Quo(term, big.NewInt(k))
			if k%4 == 1 {
				sum.Add(sum, t)
			} else {
				sum.Sub(sum, t)
			}
			term.Quo(term, big.NewInt(n*n))
		}
		return sum
	}
	p := new(big.Int).Mul(atanInv(5), big.NewInt(16))
	p.Sub(p, new(big.Int).Mul(atanInv(239), big.NewInt(4)))
	f := new(big.Float).SetPrec(widePrec).SetInt(p)
	return f.SetMantExp(f, -(widePrec + 64))
})

func refPi() *big.Float { return bnew().Set(widePi()) }

// refLn2 is ln 2 = sum of 1/(n 2^n).
var refLn2 = sync.OnceValue(func() *big.Float {
	s := bnew()
	for n := 1; n <= refPrec+8; n++ {
		s = add(s, shift(quo(bf(1), bf(float64(n))), -n))
	}
	return s
})

// refExp is e^x: x = k ln 2 + 2^12 r, the series for r, twelve squarings.
func refExp(x *big.Float) *big.Float {
	k, _ := quo(x, refLn2()).Float64()
	k = math.Round(k)
	r := shift(sub(x, mul(bf(k), refLn2())), -12)
	s := add(bf(1), expm1Series(r))
	for range 12 {
		s = mul(s, s)
	}
	return shift(s, int(k))
}

// expm1Series is the series of e^r - 1 for small r.
func expm1Series(r *big.Float) *big.Float {
	s := bnew()
	for n := 24; n >= 1; n-- {
		s = mul(add(s, invFact()[n]), r)
	}
	return s
}

func refExpm1(x *big.Float) *big.Float {
	if math.Abs(float(x)) < 0x1p-12 {
		return expm1Series(x)
	}
	return sub(refExp(x), bf(1))
}

// refLog is ln x by Halley's iteration on refExp.
func refLog(x *big.Float) *big.Float {
	m := bnew()
	e := x.MantExp(m)
	if float(m) < math.Sqrt2/2 {
		m, e = shift(m, 1), e-1
	}
	y := bf(math.Log(float(m)))
	for range 2 {
		p := refExp(y)
		y = add(y, shift(quo(sub(m, p), add(m, p)), 1))
	}
	return add(y, mul(bf(float64(e)), refLn2()))
}

func refLog1p(x *big.Float) *big.Float {
	if math.Abs(float(x)) < 0x1p-20 {
		s := bnew()
		for n := 18; n >= 1; n-- { // x - x^2/2 + x^3/3 ...
			s = mul(x, sub(quo(bf(1), bf(float64(n))), s))
		}
		return s
	}
	return refLog(add(bf(1), x))
}

// refSinCos reduces with pi of 1600 bits and sums the Taylor series.
func refSinCos(x *big.Float) (sin, cos *big.Float) {
	half := new(big.Float).SetPrec(widePrec).SetMantExp(widePi(), -1)
	w := new(big.Float).SetPrec(widePrec).Quo(x, half)
	w.Add(w, big.NewFloat(math.Copysign(0.5, float(w))))
	n, _ := w.Int(nil)
	w.SetInt(n)
	w.Mul(w, half)
	r := bnew().Set(w.Sub(new(big.Float).SetPrec(widePrec).Set(x), w))
	r2 := neg(mul(r, r))
	s, c := bnew(), bnew()
	for k := 76; k >= 0; k -= 2 {
		s = add(mul(s, r2), invFact()[k+1])
		c = add(mul(c, r2), invFact()[k])
	}
	s = mul(s, r)
	switch new(big.Int).And(n, big.NewInt(3)).Int64() {
	case 0:
		return s, c
	case 1:
		return c, neg(s)
	case 2:
		return neg(s), neg(c)
	}
	return neg(c), s
}

// refAtan2 turns the vector back by a first value and adds the small angle that is left.
func refAtan2(y, x *big.Float) *big.Float {
	t := float(quo(y, x))
	if x.Sign() > 0 && math.Abs(t) < 0x1p-100 {
		q := quo(y, x)
		return sub(q, quo(mul(q, mul(q, q)), bf(3)))
	}
	a := math.Atan(t)
	if x.Sign() < 0 {
		a += math.Copysign(math.Pi, float64(y.Sign()))
	}
	s, c := refSinCos(bf(a))
	d := quo(sub(mul(y, c), mul(x, s)), add(mul(x, c), mul(y, s)))
	d2 := mul(d, d)
	sum := bnew()
	for k := 9; k >= 1; k -= 2 {
		sum = sub(quo(bf(1), bf(float64(k))), mul(sum, d2))
	}
	return add(bf(a), mul(sum, d))
}

func refTanh(x *big.Float) *big.Float {
	t := refExpm1(shift(x, 1))
	return quo(t, add(t, bf(2)))
}

// refCbrt is Newton's iteration.
func refCbrt(x *big.Float) *big.Float {
	m := bnew()
	e := x.MantExp(m)
	for e%3 != 0 {
		m, e = shift(m, 1), e-1
	}
	y := bf(math.Cbrt(float(m)))
	for range 4 {
		y2 := mul(y, y)
		y = sub(y, quo(sub(mul(y2, y), m), mul(bf(3), y2)))
	}
	return shift(y, e/3)
}

// refErf is 2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1)/(2n+1)!!, all terms of one sign.
func refErf(x *big.Float) *big.Float {
	x2 := shift(mul(x, x), 1)
	term, sum := bnew().Set(x), bnew().Set(x)
	for n := 3; term.Sign() != 0 && term.MantExp(nil) > sum.MantExp(nil)-refPrec; n += 2 {
		term = quo(mul(term, x2), bf(float64(n)))
		sum = add(sum, term)
	}
	return mul(mul(sum, shift(refInvSqrtPi(), 1)), refExp(neg(mul(x, x))))
}

var refInvSqrtPi = sync.OnceValue(func() *big.Float { return quo(bf(1), bnew().Sqrt(refPi())) })

// refErfc is the continued fraction e^(-x^2)/sqrt(pi) * 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...)))) for x >= 4,
// else 1 - erf(x).
func refErfc(x *big.Float) *big.Float {
	if float(x) < 4 {
		return sub(bf(1), refErf(x))
	}
	f := bnew().Set(x)
	for n := 300; n >= 1; n-- {
		f = add(x, quo(bf(float64(n)/2), f))
	}
	return quo(mul(refInvSqrtPi(), refExp(neg(mul(x, x)))), f)
}

func refNormCDF(x *big.Float) *big.Float {
	return shift(refErfc(neg(quo(x, bnew().Sqrt(bf(2))))), -1)
}

// The references agree with known digits and with each other.
func TestReferences(t *testing.T) {
	want := func(name string, got *big.Float, text string) {
		t.Helper()
		if s := got.Text('g', 40); s != text {
			t.Errorf("%s = %s, want %s", name, s, text)
		}
	}
	want("pi", refPi(), "3.141592653589793238462643383279502884197")
	want("ln 2", refLn2(), "0.6931471805599453094172321214581765680755")
	want("e", refExp(bf(1)), "2.718281828459045235360287471352662497757")
	want("e-1", refExpm1(bf(1)), "1.718281828459045235360287471352662497757")
	want("ln 10", refLog(bf(10)), "2.302585092994045684017991454684364207601")
	want("log1p(9)", refLog1p(bf(9)), "2.302585092994045684017991454684364207601")
	want("2^(1/3)", refCbrt(bf(2)), "1.25992104989487316476721060727822835057")
	want("atan2(1,1)*4", shift(refAtan2(bf(1), bf(1)), 2), "3.141592653589793238462643383279502884197")
	want("tanh(1)", refTanh(bf(1)), "0.7615941559557648881194582826047935904128")
	s, c := refSinCos(bf(1))
	want("sin(1)", s, "0.8414709848078965066525023216302989996226")
	want("cos(1)", c, "0.5403023058681397174009366074429766037323")
	want("erf(1)", refErf(bf(1)), "0.8427007929497148693412206350826092592961")
	a, b := refErfc(bf(4.5)), sub(bf(1), refErf(bf(4.5)))
	if d := quo(sub(a, b), a); d.Sign() != 0 && d.MantExp(nil) > -150 {
		t.Errorf("the two ways to erfc(4.5) differ by 2^%d", d.MantExp(nil))
	}
	a, b = refErfc(bf(4)), sub(bf(1), refErf(bf(4)))
	if d := quo(sub(a, b), a); d.Sign() != 0 && d.MantExp(nil) > -150 {
		t.Errorf("the two ways to erfc(4) differ by 2^%d", d.MantExp(nil))
	}
}
