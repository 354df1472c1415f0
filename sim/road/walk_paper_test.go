package road

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
)

// The checks of RiMEA guideline 4.1.1 and of ISO 20414:2020 that mean something for walkers on links are in this file, in
// crowd_paper_test.go and in package population; docs/models/roads.md lists them, and why the others do not apply.

// incline is ground that rises evenly to the east, with cells of 10 m.
func incline(gradient float64) *sim.Terrain {
	ground := plain(101, 1)
	for i := range ground.Bed {
		ground.Bed[i] += int32(math.Round(float64(i) * 10 * gradient * 1000))
	}
	return ground
}

// alone returns the time that one person who walks 1.34 m/s needs for 1,000 m, in water of that depth [mm] [s].
func (w *testWorld) alone(from, to sim.NodeID, depth int32) float64 {
	if depth > 0 {
		w.flood(0, 101, depth, 0)
	}
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, From: from, To: to, Persons: 1, Speed: freeWalk, Zone: sim.None})
	w.run(6000)
	if len(w.arrived) != 1 {
		w.t.Fatalf("%d arrived", len(w.arrived))
	}
	return w.arrived[0].at.Seconds()
}

// One person walks at his speed all the way.
//
// Reference: RiMEA guideline 4.1.1, test 1, and ISO 20414:2020, test 2: walking speed in a corridor; the same over 40 m.
func TestSpeedInACorridor(t *testing.T) {
	for _, length := range []float64{40, 1000} {
		w := newWorld(t, footpaths(t, length, 2), nil)
		if got := w.alone(0, 1, 0); math.Abs(got-length/freeWalk) > 1e-6 {
			t.Errorf("%v m in %v s; want %v", length, got, length/freeWalk)
		}
	}
}

// Uphill people are slower than downhill, and slightly downhill the fastest.
//
// Reference: Tobler (1993), Three presentations on geographical analysis and modeling, NCGIA TR 93-1: 6 km/h
// exp(-3.5 |g + 0.05|), that is 5.04 km/h on level ground. Worked by hand as shares of that. RiMEA guideline 4.1.1, tests 2
// and 3, and ISO 20414:2020, test 3: speed up and down an incline (theirs are stairs).
func TestSpeedUpAndDownHill(t *testing.T) {
	for _, c := range []struct{ gradient, share float64 }{
		{0, 1}, {0.05, 0.8395}, {0.1, 0.7047}, {0.2, 0.4966}, {-0.05, 1.1912}, {-0.1, 1}, {-0.2, 0.7047}, {3, 0.0302},
	} {
		if got := climbShare(c.gradient); math.Abs(got-c.share) > 1e-4 {
			t.Errorf("gradient %v: %.4f; want %v", c.gradient, got, c.share)
		}
		if c.gradient < 0 || c.gradient > 1 {
			continue
		}
		net := mustNetwork(t, row(5, 1005), []LinkSpec{street(0, 1, 10, 600)})
		up := newWorld(t, net, incline(c.gradient)).alone(0, 1, 0)
		down := newWorld(t, net, incline(c.gradient)).alone(1, 0, 0)
		wantUp, wantDown := 1000/(freeWalk*climbShare(c.gradient)), 1000/(freeWalk*climbShare(-c.gradient))
		if math.Abs(up-wantUp) > 1e-3 || math.Abs(down-wantDown) > 1e-3 {
			t.Errorf("gradient %v: %v s up, %v s down; want %v, %v", c.gradient, up, down, wantUp, wantDown)
		}
	}
}

// A bridge over a valley is level, and the way chosen on foot is the fastest up hill and down dale, not the shortest.
func TestWalkersHeedSlopes(t *testing.T) {
	ground := plain(101, 41)
	for cell := range ground.Bed {
		if i, j := ground.Grid.IJ(cell); j < 10 { // a ridge across the straight way
			ground.Bed[cell] += int32(1000 * max(0, 150-3*abs(10*i-500)))
		}
	}
	nodes := row(5, 505, 1005)
	nodes = append(nodes, NodeSpec{At: nodes[1].At, Zone: sim.None})
	nodes[3].At.Y = 305
	links := []LinkSpec{street(0, 1, 10, 600), street(1, 2, 10, 600), street(0, 3, 10, 600), street(3, 2, 10, 600)}
	w := newWorld(t, mustNetwork(t, nodes, links), ground)
	if metres, _, _ := w.roads.Distance(sim.ModeFoot, 0, 2); metres < 1100 {
		t.Errorf("%v m over the ridge on foot", metres)
	}
	if metres, _, _ := w.roads.Distance(sim.ModeCar, 0, 2); metres > 1001 {
		t.Errorf("%v m by car", metres)
	}
	for k := range 2 {
		links[k].OnGround, links[k].Level = false, 250
	}
	w = newWorld(t, mustNetwork(t, nodes, links), ground)
	if metres, seconds, _ := w.roads.Distance(sim.ModeFoot, 0, 2); metres > 1001 || math.Abs(seconds-metres/walkSpeed) > 1e-3 {
		t.Errorf("%v m in %v s on level bridges", metres, seconds)
	}
}

func abs(v int) int { return max(v, -v) }

// In water people walk slower, by its depth.
//
// Reference: 188 persons in still water, Acta Polytechnica CTU Proceedings 11596: 0.58 of the dry speed at 0.35 m.
func TestSpeedInWater(t *testing.T) {
	net := mustNetwork(t, row(5, 1005), []LinkSpec{street(0, 1, 10, 600)})
	dry := newWorld(t, net, plain(101, 1)).alone(0, 1, 0)
	for _, depth := range []int32{100, 350, 550} {
		wet := newWorld(t, net, plain(101, 1)).alone(0, 1, depth)
		if want := dry / harm.WadeFactor(float64(depth)/1000); math.Abs(wet-want) > 0.01 {
			t.Errorf("%d mm: %v s; want %v", depth, wet, want)
		}
	}
}

// Two crowds that meet in a corridor come through, and take the longer the more come against them.
//
// Reference: RiMEA and ISO 20414:2020, test 6: counter-flow of 100 persons against 0, 10, 50 and 100.
func TestCounterFlow(t *testing.T) {
	last := sim.Time(0)
	for _, against := range []int{0, 10, 50, 100} {
		w := newWorld(t, footpaths(t, 10, 2, 2), nil)
		for id := range 100 {
			w.walk(1, id, 0, 2, 1)
		}
		for id := range against {
			w.walk(1, 100+id, 2, 0, 1)
		}
		w.run(1000)
		if len(w.arrived) != 100+against {
			t.Fatalf("%d against 100: %d arrived", against, len(w.arrived))
		}
		end := sim.Time(0)
		for _, a := range w.arrived {
			if a.Mover.ID < 100 {
				end = max(end, a.at)
			}
		}
		if end < last {
			t.Errorf("%d against 100: the last is there at %v; with fewer at %v", against, end, last)
		}
		last = end
	}
}

// A crowd comes through an opening at the greatest flow and not faster, and through twice the width twice as fast.
//
// Reference: ISO 20414:2020, test 11, and RiMEA guideline 4.1.1, tests 9 and 12: flow through openings. Weidmann (1993):
// 1.22 P/(m s).
func TestFlowThroughAnOpening(t *testing.T) {
	for _, width := range []float64{1, 2} {
		w := newWorld(t, footpaths(t, 20, 4, width), nil)
		const persons = 1000
		for id := range persons {
			w.walk(1, id, 0, 2, 1)
		}
		w.run(1500)
		if len(w.arrived) != persons {
			t.Fatalf("%d of %d arrived", len(w.arrived), persons)
		}
		flow := (persons - 1) / (w.arrived[persons-1].at - w.arrived[0].at).Seconds() / width
		if flow > 1.23 || flow < 1.1 {
			t.Errorf("%v m wide: %.3f P/(m s); want 1.22", width, flow)
		}
	}
}

// A fast walker overtakes a slow one; both go at their own pace.
//
// Reference: ISO 20414:2020, test 7: overtaking people with movement disabilities.
func TestWalkersOvertake(t *testing.T) {
	w := newWorld(t, footpaths(t, 100, 2), nil)
	for id, speed := range []float64{0.6, 1.3} {
		w.trip(float64(10*id), sim.Trip{Mover: party(id), Mode: sim.ModeFoot, To: 1, Persons: 1, Speed: speed, Zone: sim.None})
	}
	w.run(300)
	w.wantTimes(10+100/1.3, 100/0.6)
}

// An exit that is closed while people are on their way to it is left alone by all who come after, also by those who
// wait for it.
//
// Reference: ISO 20414:2020, test 9: dynamic availability of an exit.
func TestExitIsClosed(t *testing.T) {
	nodes := row(0, 100, 200)
	links := []LinkSpec{street(0, 1, 10, 600), street(1, 2, 10, 600), street(1, 2, 10, 600)}
	links[2].Shape = append(links[2].Shape, nodes[1].At, nodes[1].At, nodes[2].At)
	links[2].Shape[1].Y += 100
	w := newWorld(t, mustNetwork(t, nodes, links), nil)
	w.walk(0, 1, 0, 2, 1)
	w.walk(60, 2, 0, 2, 1)
	w.order(90, 1, true, sim.ClosureFinish)
	w.run(600)
	w.wantTimes(2*math.Round(1e8/freeWalk)/1e6, 60+(200+100+math.Sqrt2*100-100)/freeWalk)
}
