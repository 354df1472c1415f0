package num

import (
	"flag"
	"math"
)

var samples = flag.Int("samples", 2000, "random arguments per function and range in the accuracy tests")

// stream is splitmix64: the samples of these tests, fixed for good, with no other package involved.
type stream uint64

func (s *stream) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// uniform returns a number in [lo, hi), even over the numbers of the range.
func (s *stream) uniform(lo, hi float64) float64 {
	return lo + float64((hi-lo)*(float64(s.next()>>11)*0x1p-53))
}

// spread returns a number in [lo, hi] of one sign, even over the bit patterns: each power of two comes as often.
func (s *stream) spread(lo, hi float64) float64 {
	a, b := math.Float64bits(math.Abs(lo)), math.Float64bits(math.Abs(hi))
	if a > b {
		a, b = b, a
	}
	return math.Copysign(math.Float64frombits(a+s.next()%(b-a+1)), lo)
}

// span is a range of arguments, even over the numbers or, where wide is set, over the bit patterns.
type span struct {
	lo, hi float64
	wide   bool
}

func (d span) draw(s *stream) float64 {
	if d.wide {
		return s.spread(d.lo, d.hi)
	}
	return s.uniform(d.lo, d.hi)
}

const (
	tiny    = math.SmallestNonzeroFloat64
	huge    = math.MaxFloat64
	minNorm = 0x1p-1022
)

// around returns each value with its neighbours on both sides, without zeros and infinities.
func around(values ...float64) []float64 {
	var out []float64
	for _, v := range values {
		for _, x := range []float64{math.Nextafter(v, math.Inf(-1)), v, math.Nextafter(v, math.Inf(1))} {
			if x != 0 && !math.IsInf(x, 0) {
				out = append(out, x)
			}
		}
	}
	return out
}

// multiples returns the numbers nearest to the first n multiples of x, and their neighbours.
func multiples(x float64, n int) []float64 {
	var out []float64
	for k := 1; k <= n; k++ {
		out = append(out, around(x*float64(k))...)
	}
	return out
}
