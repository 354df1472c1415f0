package geo

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever the costs and bounds, the answer is that of who looks at all candidates in the order of their ids.
func TestNearestFindsWhatAllWouldGive(t *testing.T) {
	var n Nearest
	rapid.Check(t, func(rt *rapid.T) {
		n.Reset()
		costs := rapid.SliceOfN(rapid.Float64Range(0, 5), 0, 40).Draw(rt, "costs")
		for i := range costs {
			if rapid.Bool().Draw(rt, "whole") {
				costs[i] = float64(int(costs[i])) // ties
			}
		}
		out := rapid.SliceOfN(rapid.Bool(), len(costs), len(costs)).Draw(rt, "out")
		want, least := int32(-1), 0.0
		for i, c := range costs {
			n.Offer(int32(i), c*rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(rt, "bound"))
			if !out[i] && (want < 0 || c < least) {
				want, least = int32(i), c
			}
		}
		got, cost := n.Find(func(id int32) (float64, bool) { return costs[id], !out[id] })
		if got != want || cost != least {
			rt.Fatalf("%d, %v; want %d, %v of %v", got, cost, want, least, costs)
		}
	})
}

// Nobody is asked about whose bound is above the least cost.
func TestNearestAsksFew(t *testing.T) {
	var n Nearest
	for id, bound := range []float64{3, 1, 2, 5, 4} {
		n.Offer(int32(id), bound)
	}
	asked := 0
	id, _ := n.Find(func(int32) (float64, bool) { asked++; return 2.5, true })
	if id != 1 || asked != 2 {
		t.Errorf("found %d after %d questions; want 1 after 2", id, asked)
	}
}
