package num

import "math"

// cbrtEntry holds the straight line a + b*m that is nearest to the cube root of m*2^s on one of 32 intervals of m in
// [1, 2), s = 0, 1, 2. Half of 2^-16 is added to a, so that cutting after 17 bits rounds.
type cbrtEntry struct{ a, b float64 }

// Cbrt returns the cube root of x.
//
// Error: at most 0.52 ulp.
//
// Special cases: Cbrt(±0) = ±0, Cbrt(±Inf) = ±Inf, Cbrt(NaN) = NaN.
func Cbrt(x float64) float64 {
	sign := math.Float64bits(x) & signBit
	b := math.Float64bits(x) ^ sign
	if b-minNormBits >= expMask-minNormBits {
		return cbrtSpecial(x)
	}
	return cbrtFinish(x, math.Float64frombits(cbrtStart(b)|sign))
}

// cbrtStart returns the bits of the cube root of a positive normal number, given and returned by its bits, rounded to
// 17 bits, with an error below 2^-14.8.
func cbrtStart(b uint64) uint64 {
	// The number is 2^(3(q-341)) 2^s m: q is a third of the biased exponent, and the bias is 3*341.
	top := b >> 47 // exponent and five bits
	q := (top >> 5) * 43691 >> 17
	l := &cbrtTable[top-q*96]
	t := l.a + float64(l.b*math.Float64frombits(b&mantMask|oneBits))
	return math.Float64bits(t)&^(1<<36-1) + (q-341)<<52
}

// cbrtFinish returns the cube root of x from the start t. As t has 17 bits, t^3 and x - t^3 are exact, and
// e = 1 - t^3/x is below 2^-13: the root is t(1-e)^(-1/3) = t(1 + e/3 + 2/9 e^2 + 14/81 e^3 + ...).
func cbrtFinish(x, t float64) float64 {
	e := (x - float64(t*t*t)) / x
	return t + float64(t*(e*(1./3+float64(e*(2./9+float64(e*(14./81)))))))
}

// cbrtSpecial is Cbrt of zeros, subnormals, infinities and NaN.
func cbrtSpecial(x float64) float64 {
	if x == 0 || !Finite(x) {
		return x
	}
	return Cbrt(x*0x1p54) * 0x1p-18
}

// Pow73 returns h^(7/3), the power of the depth in Manning's friction, for 1e-100 <= h <= 1e100; elsewhere the result
// has no meaning. It makes no checks, for it is called for every wet face in every step. A friction term c/h^(7/3) in
// a denominator, 1/(1 + c/h^(7/3)), is h^(7/3)/(h^(7/3) + c) with one division.
//
// Error: at most 2.6 ulp.
func Pow73(h float64) float64 {
	return float64(float64(h*h) * cbrtFinish(h, math.Float64frombits(cbrtStart(math.Float64bits(h)))))
}
