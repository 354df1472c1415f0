package num

import (
	"fmt"
	"math"
)

// Int returns x cut toward zero. It panics with the value when x is NaN or does not fit.
func Int(x float64) int {
	if !(x >= math.MinInt && x < -math.MinInt) {
		misfit("int", x)
	}
	return int(x)
}

// Int64 returns x cut toward zero. It panics with the value when x is NaN or does not fit.
func Int64(x float64) int64 {
	if !(x >= math.MinInt64 && x < -math.MinInt64) {
		misfit("int64", x)
	}
	return int64(x)
}

// Int32 returns x cut toward zero. It panics with the value when x is NaN or the cut value does not fit.
func Int32(x float64) int32 {
	if !(x > math.MinInt32-1 && x < math.MaxInt32+1) {
		misfit("int32", x)
	}
	return int32(x)
}

// Int16 returns x cut toward zero. It panics with the value when x is NaN or the cut value does not fit.
func Int16(x float64) int16 {
	if !(x > math.MinInt16-1 && x < math.MaxInt16+1) {
		misfit("int16", x)
	}
	return int16(int32(x))
}

// Uint16 returns x cut toward zero. It panics with the value when x is NaN or the cut value does not fit.
func Uint16(x float64) uint16 {
	if !(x > -1 && x < math.MaxUint16+1) {
		misfit("uint16", x)
	}
	return uint16(int32(x))
}

// Uint8 returns x cut toward zero. It panics with the value when x is NaN or the cut value does not fit.
func Uint8(x float64) uint8 {
	if !(x > -1 && x < math.MaxUint8+1) {
		misfit("uint8", x)
	}
	return uint8(int32(x))
}

// FloorInt returns the greatest integer not above x, such as the column of a coordinate. It panics with the value when
// x is NaN or does not fit.
func FloorInt(x float64) int { return Int(math.Floor(x)) }

// CeilInt returns the least integer not below x. It panics with the value when x is NaN or does not fit.
func CeilInt(x float64) int { return Int(math.Ceil(x)) }

// Round returns the integer nearest to x, half away from zero, exactly. Zeros keep their sign; NaN and infinities pass.
func Round(x float64) float64 {
	if !(math.Abs(x) < 0x1p52) {
		return x // an integer already, or NaN
	}
	return math.Copysign(float64(roundSmall(x)), x)
}

// RoundInt64 returns the integer nearest to x, half away from zero, exactly: 0.49999999999999994 gives 0, 0.5 gives 1,
// -2.5 gives -3. It panics with the value when x is NaN or does not fit.
func RoundInt64(x float64) int64 {
	if !(x >= math.MinInt64 && x < -math.MinInt64) {
		misfit("int64", x)
	}
	return roundSmall(x)
}

// RoundInt is RoundInt64 for int.
func RoundInt(x float64) int {
	if !(x >= math.MinInt && x < -math.MinInt) {
		misfit("int", x)
	}
	return int(roundSmall(x))
}

// Clamp16 returns the int16 nearest to x, half away from zero, and the nearest end of the range where x lies outside:
// a velocity in mm/s, say. It panics when x is NaN.
func Clamp16(x float64) int16 { return int16(ClampInt(x, math.MinInt16, math.MaxInt16)) }

// ClampU16 is Clamp16 for uint16: a depth in mm, say.
func ClampU16(x float64) uint16 { return uint16(ClampInt(x, 0, math.MaxUint16)) }

// ClampU8 is Clamp16 for uint8.
func ClampU8(x float64) uint8 { return uint8(ClampInt(x, 0, math.MaxUint8)) }

// ClampInt returns the integer nearest to x, half away from zero, limited to [lo, hi]. It panics when x is NaN. The
// limits must lie within ±2^53, lo <= hi.
func ClampInt(x float64, lo, hi int) int {
	switch {
	case x <= float64(lo):
		return lo
	case x >= float64(hi):
		return hi
	case x != x:
		misfit("int", x)
	}
	return int(roundSmall(x))
}

// roundSmall rounds x, which must fit an int64, half away from zero. The difference from the cut value is exact.
func roundSmall(x float64) int64 {
	i := int64(x)
	switch d := x - float64(i); {
	case d >= 0.5:
		i++
	case d <= -0.5:
		i--
	}
	return i
}

//go:noinline
func misfit(kind string, x float64) {
	panic(fmt.Sprintf("num: %v does not fit %s", x, kind))
}
