// Package rng gives counter-based random streams.
//
// A draw is a function of (seed, stream, entity, purpose, number): it has no state to advance. One more draw, one
// more agent or another number of workers therefore shifts nobody else's numbers, and two alternatives of one
// drill share every draw that they both make (common random numbers).
//
// The generator is Philox 2x64 with ten rounds (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011).
package rng

import "math/bits"

// Stream is a named family of draws under one seed. The zero Stream is valid but shares its numbers with every
// other zero Stream.
type Stream struct{ key uint64 }

// New returns the stream of that name under the seed.
func New(seed uint64, name string) Stream {
	h := uint64(14695981039346656037) // FNV-1a, 64 bit
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	// The name's hash is one half of a counter, so that similar names and similar seeds give unrelated keys.
	key, _ := philox(seed, h, 0x9E3779B97F4A7C15)
	return Stream{key}
}

// Uint64 returns 64 random bits for the entity, the purpose and the number of the draw.
func (s Stream) Uint64(entity uint64, purpose, n uint32) uint64 {
	x, _ := philox(s.key, entity, uint64(purpose)<<32|uint64(n))
	return x
}

// Float64 returns a uniform number in [0, 1) with 53 random bits.
func (s Stream) Float64(entity uint64, purpose, n uint32) float64 {
	return float64(s.Uint64(entity, purpose, n)>>11) / (1 << 53)
}

// Open returns a uniform number in (0, 1), never 0 or 1, for use in quantile functions.
func (s Stream) Open(entity uint64, purpose, n uint32) float64 {
	return (float64(s.Uint64(entity, purpose, n)>>12) + 0.5) / (1 << 52)
}

// IntN returns a uniform integer in [0, n); the bias is below n/2^64. It panics when n is not positive.
func (s Stream) IntN(n int, entity uint64, purpose, draw uint32) int {
	if n <= 0 {
		panic("rng: IntN of a range that is empty")
	}
	hi, _ := bits.Mul64(s.Uint64(entity, purpose, draw), uint64(n))
	return int(hi)
}

// philox is Philox 2x64-10.
func philox(key, c0, c1 uint64) (uint64, uint64) {
	const (
		multiplier = 0xD2B74407B1CE6E93
		weyl       = 0x9E3779B97F4A7C15
	)
	for range 10 {
		hi, lo := bits.Mul64(multiplier, c0)
		c0, c1 = hi^key^c1, lo
		key += weyl
	}
	return c0, c1
}
