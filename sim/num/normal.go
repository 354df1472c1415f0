package num

import "math"

const (
	sqrtHalf      = 0x1.6a09e667f3bcdp-1    // 1/sqrt(2), rounded
	sqrtHalf1     = 0x1.6a09e6p-1           // its first 24 bits
	sqrtHalf2     = sqrtHalf - sqrtHalf1    // and its last
	sqrtHalfLo    = 1/math.Sqrt2 - sqrtHalf // what rounding took away
	twoOverSqrtPi = 2 / (math.SqrtPi)
)

// NormCDF returns the probability that a standard normal variable is at most x.
//
// Error: at most 3.5 ulp for x > -38.4; below, the result is 0 or a few of the smallest subnormals.
//
// Special cases: NormCDF(-Inf) = 0, NormCDF(+Inf) = 1, NormCDF(NaN) = NaN.
func NormCDF(x float64) float64 {
	if !(x > -39 && x < 9) {
		return normOutside(x)
	}
	// erfc(-x/sqrt 2)/2. Far in the tail erfc multiplies a relative error of its argument by x^2: carry the rest d.
	z := float64(-x * sqrtHalf)
	h := truncate(-x, 24)
	l := -x - h
	d := (float64(h*sqrtHalf1) - z) + float64(h*sqrtHalf2) + float64(l*sqrtHalf1) + float64(l*sqrtHalf2)
	d += float64(-x * sqrtHalfLo)
	return 0.5 * (Erfc(z) - float64(float64(d*twoOverSqrtPi)*Exp(-z*z)))
}

func normOutside(x float64) float64 {
	switch {
	case x >= 9:
		return 1
	case x <= -39:
		return 0
	}
	return x // NaN
}

// NormQuantile returns the x with NormCDF(x) = p.
//
// Error: at most 8 ulp.
//
// Special cases: NormQuantile(0) = -Inf, NormQuantile(1) = +Inf, NaN for p < 0, p > 1 or NaN.
func NormQuantile(p float64) float64 {
	switch {
	case p == 0:
		return math.Inf(-1)
	case p == 1:
		return math.Inf(1)
	case !(p > 0 && p < 1):
		return math.NaN()
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * as241Middle(r)
	}
	r := p
	if q > 0 {
		r = 1 - p
	}
	r = math.Sqrt(-Log(r))
	if r <= 5 {
		return math.Copysign(as241Near(r-1.6), q)
	}
	return math.Copysign(as241Far(r-5), q)
}

// The three rational functions of AS 241, routine PPND16, each with numerator a and denominator b.

func as241Middle(r float64) float64 {
	a := madd(r, madd(r, madd(r, 2.5090809287301226727e+3, 3.3430575583588128105e+4), 6.7265770927008700853e+4),
		4.5921953931549871457e+4)
	a = madd(r, madd(r, madd(r, madd(r, a, 1.3731693765509461125e+4), 1.9715909503065514427e+3),
		1.3314166789178437745e+2), 3.3871328727963666080e0)
	b := madd(r, madd(r, madd(r, 5.2264952788528545610e+3, 2.8729085735721942674e+4), 3.9307895800092710610e+4),
		2.1213794301586595867e+4)
	b = madd(r, madd(r, madd(r, madd(r, b, 5.3941960214247511077e+3), 6.8718700749205790830e+2),
		4.2313330701600911252e+1), 1)
	return a / b
}

func as241Near(r float64) float64 {
	a := madd(r, madd(r, madd(r, 7.74545014278341407640e-4, 2.27238449892691845833e-2), 2.41780725177450611770e-1),
		1.27045825245236838258e0)
	a = madd(r, madd(r, madd(r, madd(r, a, 3.64784832476320460504e0), 5.76949722146069140550e0),
		4.63033784615654529590e0), 1.42343711074968357734e0)
	b := madd(r, madd(r, madd(r, 1.05075007164441684324e-9, 5.47593808499534494600e-4), 1.51986665636164571966e-2),
		1.48103976427480074590e-1)
	b = madd(r, madd(r, madd(r, madd(r, b, 6.89767334985100004550e-1), 1.67638483018380384940e0),
		2.05319162663775882187e0), 1)
	return a / b
}

func as241Far(r float64) float64 {
	a := madd(r, madd(r, madd(r, 2.01033439929228813265e-7, 2.71155556874348757815e-5), 1.24266094738807843860e-3),
		2.65321895265761230930e-2)
	a = madd(r, madd(r, madd(r, madd(r, a, 2.96560571828504891230e-1), 1.78482653991729133580e0),
		5.46378491116411436990e0), 6.65790464350110377720e0)
	b := madd(r, madd(r, madd(r, 2.04426310338993978564e-15, 1.42151175831644588870e-7), 1.84631831751005468180e-5),
		7.86869131145613259100e-4)
	b = madd(r, madd(r, madd(r, madd(r, b, 1.48753612908506148525e-2), 1.36929880922735805310e-1),
		5.99832206555887937690e-1), 1)
	return a / b
}
