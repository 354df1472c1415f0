package num

import "math"

// Sin returns the sine of x radians.
//
// Error: at most 0.85 ulp for every finite x, however large.
//
// Special cases: Sin(±0) = ±0, Sin(±Inf) = NaN, Sin(NaN) = NaN.
func Sin(x float64) float64 {
	if math.Abs(x) < math.Pi/4 {
		if math.Abs(x) < 0x1p-27 {
			return x
		}
		return sinKernel(x, 0)
	}
	n, y, tail := reduce(x)
	switch n & 3 {
	case 0:
		return sinKernel(y, tail)
	case 1:
		return cosKernel(y, tail)
	case 2:
		return -sinKernel(y, tail)
	}
	return -cosKernel(y, tail)
}

// Cos returns the cosine of x radians.
//
// Error: at most 0.85 ulp for every finite x, however large.
//
// Special cases: Cos(±Inf) = NaN, Cos(NaN) = NaN.
func Cos(x float64) float64 {
	if math.Abs(x) < math.Pi/4 {
		return cosKernel(x, 0)
	}
	n, y, tail := reduce(x)
	switch n & 3 {
	case 0:
		return cosKernel(y, tail)
	case 1:
		return -sinKernel(y, tail)
	case 2:
		return -cosKernel(y, tail)
	}
	return sinKernel(y, tail)
}

// SinCos returns Sin(x), Cos(x), the same bits as the two calls.
func SinCos(x float64) (sin, cos float64) {
	if math.Abs(x) < math.Pi/4 {
		return Sin(x), cosKernel(x, 0)
	}
	n, y, tail := reduce(x)
	s, c := sinKernel(y, tail), cosKernel(y, tail)
	switch n & 3 {
	case 0:
		return s, c
	case 1:
		return c, -s
	case 2:
		return -s, -c
	}
	return -c, s
}

// sinKernel returns sin(x+tail) for |x| <= pi/4 (a little more does no harm). Coefficients from fdlibm, k_sin.c.
func sinKernel(x, tail float64) float64 {
	const (
		s1 = -1.66666666666666324348e-01
		s2 = 8.33333333332248946124e-03
		s3 = -1.98412698298579493134e-04
		s4 = 2.75573137070700676789e-06
		s5 = -2.50507602534068634195e-08
		s6 = 1.58969099521155010221e-10
	)
	z := x * x
	v := z * x
	r := madd(z, madd(z, madd(z, madd(z, s6, s5), s4), s3), s2)
	return x - ((float64(z*(float64(0.5*tail)-float64(v*r))) - tail) - float64(v*s1))
}

// cosKernel returns cos(x+tail) for |x| <= pi/4 (a little more does no harm). Coefficients from fdlibm, k_cos.c.
func cosKernel(x, tail float64) float64 {
	const (
		c1 = 4.16666666666666019037e-02
		c2 = -1.38888888888741095749e-03
		c3 = 2.48015872894767294178e-05
		c4 = -2.75573143513906633035e-07
		c5 = 2.08757232129817482790e-09
		c6 = -1.13596475577881948265e-11
	)
	z := x * x
	r := z * madd(z, madd(z, madd(z, madd(z, madd(z, c6, c5), c4), c3), c2), c1)
	half := float64(0.5 * z)
	w := 1 - half
	return w + (((1 - w) - half) + (float64(z*r) - float64(x*tail)))
}
