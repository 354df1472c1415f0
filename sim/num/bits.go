package num

import "math"

const (
	signBit     = 1 << 63
	expMask     = 0x7ff << 52
	mantMask    = 1<<52 - 1
	oneBits     = 1023 << 52
	minNormBits = 1 << 52

	// toInt added to a float64 of magnitude below 2^51 rounds it to an integer, which then stands in the low bits.
	toInt = 0x1.8p52
)

// madd returns x*y + z with two roundings. The conversion keeps the compiler from fusing them.
func madd(x, y, z float64) float64 { return float64(x*y) + z }

// Finite reports whether x is neither an infinity nor NaN.
func Finite(x float64) bool { return x-x == 0 }

// pow2 returns 2^e for -1022 <= e <= 1023.
func pow2(e int64) float64 { return math.Float64frombits(uint64(e+1023) << 52) }

// truncate returns x with its low n mantissa bits cleared.
func truncate(x float64, n uint) float64 {
	return math.Float64frombits(math.Float64bits(x) &^ (1<<n - 1))
}
