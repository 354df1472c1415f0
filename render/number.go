package render

import (
	"math"
	"strconv"
)

func round(x float32) int { return int(math.Floor(float64(x) + 0.5)) }

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// count writes a number of persons with a comma between thousands.
func count[T ~int | ~int32 | ~int64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
