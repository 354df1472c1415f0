package num

import "math"

const (
	// logStart holds the bits of the start of the table's octave, 0.7083: the interval that holds 1 then reaches from
	// 1 - 2/3*2^-8 to 1 + 1/3*2^-7, about the same distance on both sides, and its reciprocal is exactly 1.
	logStart = oneBits - 74*(1<<45) - (2<<45)/3

	logLn2Hi = 0x1.62e42fefa38p-1 // ln 2 to multiples of 2^-42, exact times any exponent
	logLn2Lo = math.Ln2 - logLn2Hi
)

// logEntry belongs to one of 128 intervals of the octave: inv, a multiple of 2^-9, is near the reciprocal of its
// middle, and hi + lo = -log(inv), hi a multiple of 2^-42.
type logEntry struct{ inv, hi, lo float64 }

// Log returns the natural logarithm of x.
//
// Error: at most 0.51 ulp.
//
// Special cases: Log(+Inf) = +Inf, Log(±0) = -Inf, Log(x < 0) = NaN, Log(NaN) = NaN.
func Log(x float64) float64 {
	b := math.Float64bits(x)
	if b-minNormBits >= expMask-minNormBits {
		if !(x > 0) || x > math.MaxFloat64 {
			return logOutside(x)
		}
		b = math.Float64bits(x*0x1p52) - 52<<52
	}
	hi, lo := logParts(b, 0)
	return hi + lo
}

func logOutside(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x > 0:
		return x // +Inf
	}
	return math.NaN() // negative or NaN
}

// logParts returns log(v + c) as an unevaluated sum, good to about 2^-68 of its value when c is 0. The bits b are those
// of v; a subnormal is given with its exponent continued below zero. c is an error of v, at most half an ulp.
func logParts(b uint64, c float64) (hi, lo float64) {
	// v = 2^k z, z in the table's octave
	t := b - logStart
	k := int64(t) >> 52
	e := &logTable[t>>45&127]
	z := math.Float64frombits(b - t&expMaskSigned)
	// r = z*inv - 1 in two exact parts: 21 bits of z times 10 bits of inv leave room for an exact square too
	zh := math.Float64frombits((math.Float64bits(z) + 1<<31) &^ (1<<32 - 1))
	zl := z - zh
	if c != 0 {
		zl += float64(c * pow2(-k))
	}
	rh := float64(zh*e.inv) - 1
	rl := float64(zl * e.inv)
	kd := float64(k)
	return logSum(rh, rl, float64(kd*logLn2Hi)+e.hi, float64(kd*logLn2Lo)+e.lo)
}

// expMaskSigned selects exponent and sign bits.
const expMaskSigned = 0xfff << 52

// logSum returns base + baseLo + log(1+rh+rl) as an unevaluated sum. |rh+rl| is below 0.0054, rh*rh and base+rh exact.
func logSum(rh, rl, base, baseLo float64) (hi, lo float64) {
	// log(1+r) = r - r^2/2 + r^3 q(r); the first omitted term, r^10/10, is below 2^-78
	r := rh + rl
	q := madd(r, madd(r, madd(r, madd(r, madd(r, madd(r, 1./9, -1./8), 1./7), -1./6), 1./5), -1./4), 1./3)
	square := float64(-0.5 * rh * rh)              // exact
	cross := float64(-rl * (rh + float64(0.5*rl))) // the rest of -r^2/2
	s1 := base + rh                                // exact
	s2 := s1 + rl
	e2 := (s1 - s2) + rl
	hi = s2 + square
	e3 := (s2 - hi) + square
	lo = e2 + e3 + (cross + (float64(float64(r*r)*r*q) + baseLo))
	return hi, lo
}

// Log1p returns log(1 + x) without the loss of digits near 0.
//
// Error: at most 0.52 ulp.
//
// Special cases: Log1p(+Inf) = +Inf, Log1p(±0) = ±0, Log1p(-1) = -Inf, Log1p(x < -1) = NaN, Log1p(NaN) = NaN.
func Log1p(x float64) float64 {
	switch {
	case math.Abs(x) < 0x1p-54:
		return x
	case math.Abs(x) < 0x1p-9:
		rh := truncate(x, 27)
		hi, lo := logSum(rh, x-rh, 0, 0)
		return hi + lo
	case !(x > -1) || x > math.MaxFloat64:
		return logOutside(1 + x)
	}
	u := 1 + x
	var c float64 // what the sum lost
	if x < 1 {
		c = x - (u - 1)
	} else if x < 0x1p60 {
		c = 1 - (u - x)
	}
	hi, lo := logParts(math.Float64bits(u), c)
	return hi + lo
}
