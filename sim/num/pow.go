package num

import "math"

// Pow returns x^y.
//
// Error: at most 0.52 ulp, also where the result is subnormal.
//
// Special cases, in this order, are those of math.Pow:
//
//	Pow(x, ±0) = 1 for any x, also NaN
//	Pow(1, y) = 1 for any y, also NaN
//	Pow(NaN, y) = NaN, Pow(x, NaN) = NaN
//	Pow(±0, y) = ±Inf for y an odd integer < 0, +Inf for other y < 0
//	Pow(±0, y) = ±0 for y an odd integer > 0, +0 for other y > 0
//	Pow(-1, ±Inf) = 1
//	Pow(x, +Inf) = +Inf for |x| > 1, 0 for |x| < 1; Pow(x, -Inf) the other way round
//	Pow(+Inf, y) = +Inf for y > 0, 0 for y < 0
//	Pow(-Inf, y) = Pow(-0, -y)
//	Pow(x, y) = NaN for finite x < 0 and finite y that is not an integer
func Pow(x, y float64) float64 {
	if !(x > 0) || x > math.MaxFloat64 || !Finite(y) || y == 0 || x == 1 {
		return powSpecial(x, y)
	}
	return powPositive(x, y)
}

// powPositive is x^y for positive finite x and finite y.
func powPositive(x, y float64) float64 {
	if a := math.Abs(y); a < 0x1p-65 || a > 0x1p64 {
		return powHuge(x, y)
	}
	b := math.Float64bits(x)
	if b < minNormBits {
		b = math.Float64bits(x*0x1p52) - 52<<52
	}
	hi, lo := logParts(b, 0)
	// y*(hi+lo) with the leading product exact: 26 bits of hi times 26 and 27 bits of y
	h := truncate(hi, 27)
	l := (hi - h) + lo
	yh := truncate(y, 27)
	yl := y - yh
	p := float64(yh * h)
	q := float64(yl*h) + float64(y*l)
	if !(p > -800 && p < 800) {
		return expOutside(p)
	}
	s := p + q
	return expTail(s, (p-s)+q)
}

// powHuge is x^y where y is so small that the result is 1, or so large that it is 0, 1 or +Inf.
func powHuge(x, y float64) float64 {
	switch {
	case x == 1 || math.Abs(y) < 1:
		return 1
	case (x > 1) == (y > 0):
		return math.Inf(1)
	}
	return 0
}

// powSpecial is Pow where x is not a positive finite number, y not finite, or the result is 1 for sure.
func powSpecial(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case x != x || y != y:
		return math.NaN()
	case math.IsInf(y, 0):
		return powInfinite(math.Abs(x), y)
	case x < 0 && Finite(x) && math.Floor(y) != y:
		return math.NaN()
	}
	var r float64
	switch a := math.Abs(x); {
	case a == 0 && y < 0, a > math.MaxFloat64 && y > 0:
		r = math.Inf(1)
	case a == 0, a > math.MaxFloat64:
		r = 0
	default:
		r = powPositive(a, y)
	}
	if math.Signbit(x) && oddInteger(y) {
		return -r
	}
	return r
}

// powInfinite is a^y for y = ±Inf and a >= 0.
func powInfinite(a, y float64) float64 {
	switch {
	case a == 1:
		return 1
	case (a > 1) == (y > 0):
		return math.Inf(1)
	}
	return 0
}

// oddInteger reports whether y is an odd integer.
func oddInteger(y float64) bool {
	a := math.Abs(y)
	if a >= 0x1p53 {
		return false
	}
	return math.Floor(a) == a && int64(a)&1 == 1
}
