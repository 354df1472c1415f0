package dice

import (
	"math"
	"testing"

	"sandtable/sim/rng"
)

// The dice of one thing draw the same whatever those of others draw, and each draw is another one.
func TestThingsShareNoDraws(t *testing.T) {
	stream := rng.New(1, "test")
	a, again, other := Roll(stream, 7), Roll(stream, 7), Roll(stream, 8)
	for range 5 {
		other.Unit()
	}
	before := math.NaN()
	for k := range 100 {
		x, y := a.Unit(), again.Unit()
		if x != y || x == before || x < 0 || x >= 1 {
			t.Fatalf("draw %d: %v and %v after %v", k, x, y, before)
		}
		before = x
	}
}

// Indices come as often as their weights say, whatever these sum to, and one of weight 0 never comes.
func TestPick(t *testing.T) {
	const n = 20_000
	d := Roll(rng.New(1, "test"), 0)
	weights := []float64{1, 0, 3, 4}
	var count [4]int
	for range n {
		count[d.Pick(weights)]++
	}
	for i, w := range weights {
		want := n * w / 8
		if diff := math.Abs(float64(count[i]) - want); diff > 5*math.Sqrt(want) {
			t.Errorf("index %d: %d times; want about %v", i, count[i], want)
		}
	}
}

func TestRanges(t *testing.T) {
	d := Roll(rng.New(1, "test"), 0)
	yes := 0
	for range 1000 {
		if x := d.Between(-2, 3); x < -2 || x >= 3 {
			t.Fatalf("%v between -2 and 3", x)
		}
		if n := d.Below(6); n < 0 || n > 5 {
			t.Fatalf("%d below 6", n)
		}
		if d.Chance(0) || !d.Chance(1) {
			t.Fatal("what never happens has happened, or what always does has not")
		}
		if d.Chance(0.25) {
			yes++
		}
	}
	if yes < 180 || yes > 320 {
		t.Errorf("a quarter is %d of 1000", yes)
	}
}
