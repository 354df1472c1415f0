package num

import "math"

// Atan returns the arctangent of x in radians.
//
// Error: at most 0.9 ulp.
//
// Special cases: Atan(±0) = ±0, Atan(±Inf) = ±Pi/2, Atan(NaN) = NaN.
func Atan(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-27 || x != x:
		return x
	case a < 7./16:
		return x - atanRest(x)
	case a > 0x1p66:
		return math.Copysign(pio2Hi, x)
	}
	return math.Copysign(atanFar(a), x)
}

// atanFar is Atan for 7/16 <= a: atan(a) = atan(c) + atan((a-c)/(1+a*c)) for c = 1/2, 1, 3/2 and infinity.
func atanFar(a float64) float64 {
	switch {
	case a < 11./16:
		t := (float64(2*a) - 1) / (2 + a)
		return 4.63647609000806093515e-01 - ((atanRest(t) - 2.26987774529616870924e-17) - t)
	case a < 19./16:
		t := (a - 1) / (a + 1)
		return pio2Hi/2 - ((atanRest(t) - pio2Lo/2) - t)
	case a < 39./16:
		t := (a - 1.5) / (1 + float64(1.5*a))
		return 9.82793723247329054082e-01 - ((atanRest(t) - 1.39033110312309984516e-17) - t)
	}
	t := -1 / a
	return pio2Hi - ((atanRest(t) - pio2Lo) - t)
}

// atanRest returns t - atan(t) for |t| <= 7/16. Coefficients from fdlibm, s_atan.c.
func atanRest(t float64) float64 {
	z := t * t
	w := z * z
	odd := madd(w, madd(w, madd(w, madd(w, madd(w, 1.62858201153657823623e-02, 4.97687799461593236017e-02),
		6.66107313738753120669e-02), 9.09088713343650656196e-02), 1.42857142725034663711e-01), 3.33333333333329318027e-01)
	even := madd(w, madd(w, madd(w, madd(w, -3.65315727442169155270e-02, -5.83357013379057348645e-02),
		-7.69187620504482999495e-02), -1.11111104054623557880e-01), -1.99999999998764832476e-01)
	return float64(t * (float64(z*odd) + float64(w*even)))
}

// Atan2 returns the angle of the point (x, y) in radians, in [-Pi, Pi], from the positive x axis toward positive y.
//
// Error: at most 1.5 ulp.
//
// Special cases are those of math.Atan2: the sign of a zero y chooses between Pi and -Pi (x < 0 or -0) and between 0
// and -0 (x > 0 or +0); Atan2(y, ±0) = ±Pi/2 with the sign of y; infinities count as directions, ±Pi/4 and ±3Pi/4 when
// both are infinite; NaN gives NaN.
func Atan2(y, x float64) float64 {
	if y == 0 || x == 0 || !Finite(x) || !Finite(y) {
		return atan2Special(y, x)
	}
	q := math.Abs(y / x)
	var z float64
	switch {
	case q > 0x1p60:
		z = pio2Hi
	case x < 0 && q < 0x1p-60:
		z = math.Pi
	case x < 0:
		z = math.Pi - (Atan(q) - 2*pio2Lo)
	default:
		z = Atan(q)
	}
	return math.Copysign(z, y)
}

// atan2Special is Atan2 on the axes, at infinity and for NaN.
func atan2Special(y, x float64) float64 {
	var z float64
	switch {
	case x != x || y != y:
		return math.NaN()
	case y == 0 && math.Signbit(x):
		z = math.Pi
	case y == 0:
		z = 0
	case x == 0:
		z = pio2Hi
	case math.IsInf(x, 1) && math.IsInf(y, 0):
		z = math.Pi / 4
	case math.IsInf(x, -1) && math.IsInf(y, 0):
		z = 3 * math.Pi / 4
	case math.IsInf(x, 1):
		z = 0
	case math.IsInf(x, -1):
		z = math.Pi
	default:
		z = pio2Hi
	}
	return math.Copysign(z, y)
}
