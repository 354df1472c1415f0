package generate

import "sandtable/sim/rng"

// dice draws the numbers of one thing, one after the other. Two things never share draws, so that a change to one
// leaves the other as it was.
type dice struct {
	stream rng.Stream
	entity uint64
	next   uint32
}

// roll returns the dice of one thing.
func roll(stream rng.Stream, entity int) *dice { return &dice{stream: stream, entity: uint64(entity)} }

// unit returns a number in [0, 1).
func (d *dice) unit() float64 {
	d.next++
	return d.stream.Float64(d.entity, 0, d.next)
}

// between returns a number in [a, b).
func (d *dice) between(a, b float64) float64 { return a + float64((b-a)*d.unit()) }

// below returns an integer in [0, n).
func (d *dice) below(n int) int {
	d.next++
	return d.stream.IntN(n, d.entity, 0, d.next)
}

// chance says yes with probability p.
func (d *dice) chance(p float64) bool { return d.unit() < p }

// pick returns an index with the probability of its weight.
func (d *dice) pick(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	left := float64(d.unit() * sum)
	for i, w := range weights {
		if left < w {
			return i
		}
		left -= w
	}
	return len(weights) - 1
}
