package num

import "math"

// Hypot returns Sqrt(x*x + y*y), without overflow or underflow on the way.
//
// Error: at most 1.5 ulp.
//
// Special cases: an infinite argument gives +Inf, also beside NaN; otherwise NaN gives NaN.
func Hypot(x, y float64) float64 {
	s := float64(x*x) + float64(y*y)
	if s > 0x1p-900 && s < 0x1p1000 {
		return math.Sqrt(s)
	}
	return hypotScaled(math.Abs(x), math.Abs(y))
}

// hypotScaled is Hypot where a square may leave the range of normal numbers.
func hypotScaled(x, y float64) float64 {
	switch {
	case math.IsInf(x, 1) || math.IsInf(y, 1):
		return math.Inf(1)
	case x != x || y != y:
		return math.NaN()
	}
	up, down := 0x1p600, 0x1p-600
	if max(x, y) > 1 {
		up, down = down, up
	}
	x *= up
	y *= up
	return math.Sqrt(float64(x*x)+float64(y*y)) * down
}
