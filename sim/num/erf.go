package num

import "math"

const (
	erfOne   = 8.45062911510467529297e-01 // erf(1) to 24 bits
	erfSlope = 1.28379167095512586316e-01 // 2/sqrt(pi) - 1
)

// Erf returns the error function of x.
//
// Error: at most 1 ulp.
//
// Special cases: Erf(±0) = ±0, Erf(±Inf) = ±1, Erf(NaN) = NaN.
func Erf(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a < 0x1p-28:
		return erfTiny(x)
	case a < 0.84375:
		return x + float64(x*erfNear(float64(x*x)))
	case a < 1.25:
		return math.Copysign(erfOne+erfMiddle(a-1), x)
	case a < 6:
		return math.Copysign(1-erfcFar(a), x)
	}
	return math.Copysign(1, x)
}

// erfTiny is 2/sqrt(pi)*x. Near the smallest numbers the product by 16 keeps the digits of the second term.
func erfTiny(x float64) float64 {
	if math.Abs(x) < 0x1p-960 {
		y := float64(x * 0x1p200)
		return (y + float64(erfSlope*y)) * 0x1p-200
	}
	return x + float64(erfSlope*x)
}

// Erfc returns the complementary error function of x, 1 - Erf(x), with full relative precision for large x.
//
// Error: at most 3 ulp, also where the result is subnormal.
//
// Special cases: Erfc(+Inf) = 0, Erfc(-Inf) = 2, Erfc(NaN) = NaN; it underflows to 0 above 27.3.
func Erfc(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a < 0x1p-56:
		return 1 - x
	case a < 0.84375:
		y := float64(x * erfNear(float64(x*x)))
		switch {
		case x < 0.25:
			return 1 - (x + y)
		case x < 0.5:
			return 0.5 - (y + (x - 0.5))
		}
		return (1 - x) - y // 1-x is exact
	case a < 1.25 && x > 0:
		return 1 - erfOne - erfMiddle(a-1)
	case a < 1.25:
		return 1 + (erfOne + erfMiddle(a-1))
	case x < -6:
		return 2
	case x < 0:
		return 2 - erfcFar(a)
	case x < 28:
		return erfcFar(a)
	}
	return 0
}

// erfNear returns erf(x)/x - 1 for z = x*x, |x| < 0.84375. Coefficients from fdlibm, s_erf.c, as in the next functions.
func erfNear(z float64) float64 {
	p := madd(z, madd(z, madd(z, madd(z, -2.37630166566501626084e-05, -5.77027029648944159157e-03),
		-2.84817495755985104766e-02), -3.25042107247001499370e-01), 1.28379167095512558561e-01)
	q := madd(z, madd(z, madd(z, madd(z, madd(z, -3.96022827877536812320e-06, 1.32494738004321644526e-04),
		5.08130628187576562776e-03), 6.50222499887672944485e-02), 3.97917223959155352819e-01), 1)
	return p / q
}

// erfMiddle returns erf(1+s) - erfOne for -0.15625 <= s < 0.25.
func erfMiddle(s float64) float64 {
	p := madd(s, madd(s, madd(s, -2.16637559486879084300e-03, 3.54783043256182359371e-02),
		-1.10894694282396677476e-01), 3.18346619901161753674e-01)
	p = madd(s, madd(s, madd(s, p, -3.72207876035701323847e-01), 4.14856118683748331666e-01),
		-2.36211856075265944077e-03)
	q := madd(s, madd(s, madd(s, 1.19844998467991074170e-02, 1.36370839120290507362e-02),
		1.26171219808761642112e-01), 7.18286544141962662868e-02)
	q = madd(s, madd(s, madd(s, q, 5.40397917702171048937e-01), 1.06420880400844228286e-01), 1)
	return p / q
}

// erfcFar returns erfc(x) = exp(-x^2 - 0.5625 + f(1/x^2))/x for 1.25 <= x < 28.
func erfcFar(x float64) float64 {
	s := 1 / float64(x*x)
	var f float64
	if x < 1/0.35 {
		f = erfcRatioA(s)
	} else {
		f = erfcRatioB(s)
	}
	// The exponent in two parts: the square of the first 21 bits of x is exact.
	z := truncate(x, 32)
	hi := -float64(z*z) - 0.5625
	lo := float64((z-x)*(z+x)) + f
	sum := hi + lo
	tail := (hi - sum) + lo
	// Where the exponential is subnormal already, its lost digits are divided by x too and do not show.
	return expTail(sum, tail) / x
}

// erfcRatioA is f of erfcFar for 1.25 <= x < 1/0.35.
func erfcRatioA(s float64) float64 {
	p := madd(s, madd(s, madd(s, -9.81432934416914548592e+00, -8.12874355063065934246e+01),
		-1.84605092906711035994e+02), -1.62396669462573470355e+02)
	p = madd(s, madd(s, madd(s, madd(s, p, -6.23753324503260060396e+01), -1.05586262253232909814e+01),
		-6.93858572707181764372e-01), -9.86494403484714822705e-03)
	q := madd(s, madd(s, madd(s, madd(s, -6.04244152148580987438e-02, 6.57024977031928170135e+00),
		1.08635005541779435134e+02), 4.29008140027567833386e+02), 6.45387271733267880336e+02)
	q = madd(s, madd(s, madd(s, madd(s, q, 4.34565877475229228821e+02), 1.37657754143519042600e+02),
		1.96512716674392571292e+01), 1)
	return p / q
}

// erfcRatioB is f of erfcFar for 1/0.35 <= x < 28.
func erfcRatioB(s float64) float64 {
	p := madd(s, madd(s, madd(s, -4.83519191608651397019e+02, -1.02509513161107724954e+03),
		-6.37566443368389627722e+02), -1.60636384855821916062e+02)
	p = madd(s, madd(s, madd(s, p, -1.77579549177547519889e+01), -7.99283237680523006574e-01),
		-9.86494292470009928597e-03)
	q := madd(s, madd(s, madd(s, -2.24409524465858183362e+01, 4.74528541206955367215e+02),
		2.55305040643316442583e+03), 3.19985821950859553908e+03)
	q = madd(s, madd(s, madd(s, madd(s, q, 1.53672958608443695994e+03), 3.25792512996573918826e+02),
		3.03380607434824582924e+01), 1)
	return p / q
}
