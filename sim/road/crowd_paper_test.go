package road

import (
	"math"
	"testing"

	"sandtable/sim"
)

// Reference: Weidmann (1993), Transporttechnik der Fussgänger, Schriftenreihe des IVT 90: v = 1.34 m/s
// (1 - exp(-1.913 (1/D - 1/5.4))). Worked by hand: 1.30 m/s at 0.5 P/m2, 1.06 at 1, 0.61 at 2, 0.33 at 3, 0 at 5.4; the
// greatest flow is 1.22 P/(m s) at 1.75 P/m2.
func TestWeidmann(t *testing.T) {
	for _, c := range []struct{ density, speed float64 }{{0.01, 1.34}, {0.5, 1.298}, {1, 1.058}, {2, 0.606}, {3, 0.331},
		{5.4, 0}, {6, 0}} {
		if v := freeWalk * crowdSpeed(c.density); math.Abs(v-c.speed) > 0.001 {
			t.Errorf("%v P/m2: %.4f m/s; want %v", c.density, v, c.speed)
		}
	}
	best, most := 0.0, 0.0
	for d := 0.01; d < jamCrowd; d += 0.01 {
		if q := crowdFlow(d); q > most {
			best, most = d, q
		}
	}
	if math.Abs(best-bestCrowd) > 0.02 || math.Abs(most-1.22) > 0.01 {
		t.Errorf("%.4f P/(m s) at %.2f P/m2; want 1.22 at 1.75", most, best)
	}
}

// footpaths is a row of footpaths, each of that length and width [m].
func footpaths(t *testing.T, length float64, widths ...float64) *Network {
	x := []float64{0}
	var links []LinkSpec
	for k, width := range widths {
		x = append(x, x[k]+length)
		links = append(links, LinkSpec{From: sim.NodeID(k), To: sim.NodeID(k + 1), FootOnly: true, OnGround: true, Walk: width})
	}
	return mustNetwork(t, row(x...), links)
}

// walk starts a party on foot at Weidmann's free speed.
func (w *testWorld) walk(seconds float64, id, from, to, persons int) {
	w.trip(seconds, sim.Trip{Mover: party(id), Mode: sim.ModeFoot, From: sim.NodeID(from), To: sim.NodeID(to),
		Persons: int32(persons), Speed: freeWalk, Zone: sim.None})
}

// crowdAt sends single walkers, so many a second, over 150 m of a path 3 m wide into one of another width, until the
// density holds, and returns density [P/m2] and flow [P/(m s)] on the first path over 200 s.
func crowdAt(t *testing.T, perSecond, width float64) (density, flow float64) {
	w := newWorld(t, footpaths(t, 150, 3, width), nil)
	id := 0
	until := func(seconds float64) {
		for s := w.roads.now.Seconds() + 1; s <= seconds; s++ {
			for ; float64(id) < s*perSecond; id++ {
				w.walk(s, id, 0, 2, 1)
			}
			w.run(s)
		}
	}
	until(4000)
	left, sum := w.left(0), 0.0
	for s := 4001.0; s <= 4200; s++ {
		until(s)
		sum += float64(w.roads.crowds[0].walkers)
	}
	return sum / 200 / (3 * 150), float64(w.left(0)-left) / 200 / 3
}

// left is how many walkers have left a link over which all set out to walk.
func (w *testWorld) left(link int) int {
	return int(w.roads.Tally(sim.ModeFoot).In) - int(w.roads.crowds[link].walkers) -
		int(w.roads.Tally(sim.ModeFoot).Waiting)
}

// The flow measured on a path in the steady state lies on Weidmann's curve, on its free branch and, before a narrower
// path, on its jammed branch.
//
// Reference: RiMEA guideline 4.1.1, test 4, and ISO 20414:2020, test 13: speed and flow against density in a corridor.
// Weidmann (1993), to 8 % of the greatest flow: the densities act in steps of 0.25 P/m2.
func TestFundamentalDiagramOfWalkers(t *testing.T) {
	for _, c := range []struct{ demand, width float64 }{
		{0.6, 3}, {2, 3}, {3, 3}, {3.4, 3}, {6, 2.4}, {6, 1.8}, {6, 1.2}, {6, 0.6},
	} {
		density, flow := crowdAt(t, c.demand, c.width)
		want := crowdFlow(density)
		if math.Abs(flow-want) > 0.08*crowdFlow(bestCrowd) {
			t.Errorf("demand %v P/s, then %v m: %.3f P/(m s) at %.2f P/m2; want %.3f", c.demand, c.width, flow, density, want)
		}
	}
}
