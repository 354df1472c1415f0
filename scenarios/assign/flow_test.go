package assign

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
	"pgregory.net/rapid"
)

// TestFlowByHand: two ways to the sink, 3 persons at 2 and 4 at 5; a third way that crosses from one to the other
// makes a better use of both.
func TestFlowByHand(t *testing.T) {
	f := newFlow(4) // 0 source, 1, 2, 3 sink
	f.arc(0, 1, 5, 1)
	f.arc(1, 3, 3, 1)
	f.arc(0, 2, 4, 3)
	f.arc(2, 3, 6, 2)
	f.arc(1, 2, 9, 1)
	// 3 by 1 (cost 2), 2 by 1-2 (cost 4), 4 by 2 (cost 5): 6 + 8 + 20, where 2 has room for 6.
	if amount, cost := f.run(0, 3); amount != 9 || cost != 34 {
		t.Errorf("%d persons at %d; want 9 at 34", amount, cost)
	}
}

// TestFlowTakesBack: the cheapest first way has to be given up for the second person.
func TestFlowTakesBack(t *testing.T) {
	f := newFlow(4)
	f.arc(0, 1, 1, 1)
	f.arc(0, 2, 1, 4)
	f.arc(1, 2, 1, 1)
	f.arc(1, 3, 1, 5)
	f.arc(2, 3, 1, 1)
	// Alone: 0-1-2-3 at 3. Two: 0-1-3 at 6 and 0-2-3 at 5.
	if amount, cost := f.run(0, 3); amount != 2 || cost != 11 {
		t.Errorf("%d persons at %d; want 2 at 11", amount, cost)
	}
}

// TestFlowIsOptimal: on transport problems the cost is that of the linear programme.
func TestFlowIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zones, shelters := rapid.IntRange(1, 4).Draw(t, "zones"), rapid.IntRange(1, 4).Draw(t, "shelters")
		supply := rapid.SliceOfN(rapid.Int32Range(1, 9), zones, zones).Draw(t, "supply")
		room := rapid.SliceOfN(rapid.Int32Range(9, 20), shelters, shelters).Draw(t, "room")
		cost := rapid.SliceOfN(rapid.Int32Range(0, 9), zones*shelters, zones*shelters).Draw(t, "cost")
		total, most := int32(0), int32(0)
		for _, n := range supply {
			total += n
		}
		for _, n := range room {
			most += n
		}
		room[0] += max(0, total-most)
		f := newFlow(zones + shelters + 2)
		source, sink := int32(zones+shelters), int32(zones+shelters+1)
		for z := range zones {
			f.arc(source, int32(z), supply[z], 0)
			for s := range shelters {
				f.arc(int32(z), int32(zones+s), far, cost[z*shelters+s])
			}
		}
		for s := range shelters {
			f.arc(int32(zones+s), sink, room[s], 0)
		}
		amount, got := f.run(source, sink)
		want := transport(t, supply, room, cost)
		if amount != int64(total) || math.Abs(float64(got)-want) > 1e-6 {
			t.Errorf("%d of %d persons at %d; the linear programme gives %g", amount, total, got, want)
		}
	})
}

// transport solves a transport problem by the simplex method: what is left in each shelter is a variable of its own.
func transport(t *rapid.T, supply, room, cost []int32) float64 {
	zones, shelters := len(supply), len(room)
	n := zones*shelters + shelters
	a := mat.NewDense(zones+shelters, n, nil)
	b, c := make([]float64, zones+shelters), make([]float64, n)
	for z := range zones {
		b[z] = float64(supply[z])
		for s := range shelters {
			k := z*shelters + s
			a.Set(z, k, 1)
			a.Set(zones+s, k, 1)
			c[k] = float64(cost[k])
		}
	}
	for s := range shelters {
		a.Set(zones+s, zones*shelters+s, 1)
		b[zones+s] = float64(room[s])
	}
	want, _, err := lp.Simplex(c, a, b, 1e-10, nil)
	if err != nil {
		t.Skip("the simplex method gives up: ", err)
	}
	return want
}
