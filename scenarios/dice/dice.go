// Package dice draws numbers one after the other, for what makes scenarios: the generator and the importer. A world
// that is played draws from sim/rng by purpose and number instead, where one draw more shifts nobody.
package dice

import "sandtable/sim/rng"

// Dice draws the numbers of one thing, one after the other. Two things never share draws, so that a change to one
// leaves the other as it was.
type Dice struct {
	stream rng.Stream
	entity uint64
	next   uint32
}

// Roll returns the dice of one thing.
func Roll(stream rng.Stream, entity int) *Dice { return &Dice{stream: stream, entity: uint64(entity)} }

// Unit returns a number in [0, 1).
func (d *Dice) Unit() float64 {
	d.next++
	return d.stream.Float64(d.entity, 0, d.next)
}

// Between returns a number in [a, b).
func (d *Dice) Between(a, b float64) float64 { return a + float64((b-a)*d.Unit()) }

// Below returns an integer in [0, n).
func (d *Dice) Below(n int) int {
	d.next++
	return d.stream.IntN(n, d.entity, 0, d.next)
}

// Chance says yes with probability p.
func (d *Dice) Chance(p float64) bool { return d.Unit() < p }

// Pick returns an index with the probability of its weight.
func (d *Dice) Pick(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	left := float64(d.Unit() * sum)
	for i, w := range weights {
		if left < w {
			return i
		}
		left -= w
	}
	return len(weights) - 1
}
