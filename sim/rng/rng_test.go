package rng

import (
	"math"
	"testing"
)

// Reference: the known-answer vectors of Random123 (kat_vectors, philox2x64 10), D. E. Shaw Research.
func TestPhiloxKnownAnswers(t *testing.T) {
	for _, c := range []struct{ c0, c1, key, want0, want1 uint64 }{
		{0, 0, 0, 0xca00a0459843d731, 0x66c24222c9a845b5},
		{^uint64(0), ^uint64(0), ^uint64(0), 0x65b021d60cd8310f, 0x4d02f3222f86df20},
		{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x0a5e742c2997341c, 0xb0f883d38000de5d},
	} {
		x, y := philox(c.key, c.c0, c.c1)
		if x != c.want0 || y != c.want1 {
			t.Errorf("philox(%x, %x, %x) = %x %x; want %x %x", c.key, c.c0, c.c1, x, y, c.want0, c.want1)
		}
	}
}

func TestStreamsAreIndependent(t *testing.T) {
	a, b, c := New(1, "people"), New(1, "hazard"), New(2, "people")
	seen := make(map[uint64]bool)
	for e := range uint64(1000) {
		for _, s := range []Stream{a, b, c} {
			for p := range uint32(3) {
				seen[s.Uint64(e, p, 0)] = true
			}
		}
	}
	if len(seen) != 9000 {
		t.Errorf("%d different draws of 9000", len(seen))
	}
}

func TestUniform(t *testing.T) {
	s := New(7, "test")
	const n = 200_000
	var sum, sum2 float64
	hist := make([]int, 10)
	for i := range uint64(n) {
		x := s.Float64(i, 0, 0)
		if o := s.Open(i, 1, 0); o <= 0 || o >= 1 {
			t.Fatalf("Open gave %v", o)
		}
		sum += x
		sum2 += x * x
		hist[s.IntN(10, i, 2, 0)]++
	}
	mean := sum / n
	variance := sum2/n - mean*mean
	if math.Abs(mean-0.5) > 4*math.Sqrt(1.0/12/n) || math.Abs(variance-1.0/12) > 0.001 {
		t.Errorf("mean %v, variance %v; want 1/2, 1/12", mean, variance)
	}
	chi := 0.0
	for _, h := range hist {
		d := float64(h) - n/10
		chi += d * d / (n / 10)
	}
	if chi > 33.7 { // 99.99 % of chi-squared with 9 degrees of freedom
		t.Errorf("chi-squared %v over 10 classes", chi)
	}
}

func BenchmarkFloat64(b *testing.B) {
	s := New(7, "test")
	sum := 0.0
	for i := range b.N {
		sum += s.Float64(uint64(i), 1, 2)
	}
	_ = sum
}
