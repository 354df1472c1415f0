package num

import "math"

// Tanh returns the hyperbolic tangent of x.
//
// Error: at most 1.5 ulp.
//
// Special cases: Tanh(±0) = ±0, Tanh(±Inf) = ±1, Tanh(NaN) = NaN.
func Tanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-28 || x != x:
		return x
	case a < 0.625:
		return x + float64(x*tanhNear(float64(x*x)))
	case a < 22:
		return math.Copysign(1-2/(expTail(2*a, 0)+1), x)
	}
	return math.Copysign(1, x)
}

// tanhNear returns tanh(x)/x - 1 for z = x*x, |x| < 0.625. Coefficients from Cephes (tanh.c).
func tanhNear(z float64) float64 {
	p := madd(z, madd(z, -9.64399179425052238628e-1, -9.92877231001918586564e1), -1.61468768441708447952e3)
	q := madd(z, madd(z, z+1.12811678491632931402e2, 2.23548839060100448583e3), 4.84406305325125486048e3)
	return float64(z * (p / q))
}
