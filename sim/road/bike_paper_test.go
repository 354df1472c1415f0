package road

import (
	"math"
	"testing"

	"sandtable/sim"
)

// bike starts a party on a two-wheeler.
func (w *testWorld) bike(seconds float64, id, from, to int) {
	w.trip(seconds, sim.Trip{Mover: party(id), Mode: sim.ModeBike, From: sim.NodeID(from), To: sim.NodeID(to), Vehicles: 1,
		Persons: 2, Zone: sim.None})
}

// Two-wheelers go at their own speed, on a footpath slower, and not faster than the road allows.
//
// Reference: Jin and others (2015), Advances in Mechanical Engineering 7(11), doi 10.1177/1687814015616918: e-bikes in
// Hangzhou 17.09 km/h on average.
func TestSpeedOfTwoWheelers(t *testing.T) {
	links := []LinkSpec{street(0, 1, 20, 600), street(1, 2, 3, 600), {From: 2, To: 3, FootOnly: true, OnGround: true}}
	w := newWorld(t, mustNetwork(t, row(0, 1000, 2000, 3000), links), nil)
	w.bike(0, 1, 0, 1)
	w.bike(0, 2, 1, 2)
	w.bike(0, 3, 2, 3)
	w.run(400)
	if len(w.arrived) != 3 {
		t.Fatalf("%+v", w.arrived)
	}
	for k, want := range []float64{1000 / 4.75, 1000.0 / 3, 360} {
		if got := w.arrived[k].at.Seconds(); math.Abs(got-want) > 1e-5 {
			t.Errorf("link %d: %v s; want %v", k, got, want)
		}
	}
}

// A two-wheeler rides past a jam, and the jam does not notice it.
func TestTwoWheelerPassesAJam(t *testing.T) {
	links := []LinkSpec{street(0, 1, 15, 1800), street(1, 2, 15, 60)}
	jam := func(bikes int) *testWorld {
		w := newWorld(t, mustNetwork(t, row(0, 500, 1000), links), nil)
		for id := range 60 {
			w.car(0, id, 0, 2)
		}
		for k := range bikes {
			w.bike(300, 100+k, 0, 2)
		}
		w.run(4000)
		return w
	}
	with, without := jam(3), jam(0)
	cars := 0
	for _, a := range with.arrived {
		switch {
		case a.Mover.ID >= 100:
			if got := a.at.Seconds() - 300; math.Abs(got-1000/4.75) > 1e-4 {
				t.Errorf("%v took %v s", a.Mover, got)
			}
		default:
			if a.at != without.arrived[cars].at {
				t.Fatalf("car %d arrives at %v; without two-wheelers at %v", cars, a.at, without.arrived[cars].at)
			}
			cars++
		}
	}
	if c := with.roads.Tally(sim.ModeBike); c.Out != 3 || cars != 60 {
		t.Errorf("%+v, %d cars", c, cars)
	}
}

// They take footpaths and no one-way streets from the wrong end, are stopped by an order, do not enter water that
// reaches the hub, and are stranded where it is deeper.
func TestWhereTwoWheelersGo(t *testing.T) {
	lane := street(0, 1, 10, 600)
	lane.OneWay = true
	w := newWorld(t, mustNetwork(t, row(5, 105, 205), []LinkSpec{lane, {From: 1, To: 2, FootOnly: true, OnGround: true}}),
		plain(21, 1))
	reach := func(from, to sim.NodeID) bool {
		_, _, ok := w.roads.Distance(sim.ModeBike, from, to)
		return ok
	}
	if !reach(0, 2) || reach(1, 0) {
		t.Error("want a way along the one-way street and the path, and none back")
	}
	for depth, open := range map[int32]bool{0: true, 190: true, 200: false} {
		w.flood(0, 21, depth, 0)
		w.run(w.roads.Now().Seconds() + 1)
		if reach(0, 2) != open {
			t.Errorf("%d mm: way %v", depth, !open)
		}
	}
	w.flood(0, 21, 0, 0)
	w.run(w.roads.Now().Seconds() + 1)
	w.bike(w.roads.Now().Seconds(), 1, 0, 2)
	w.run(w.roads.Now().Seconds() + 10)
	w.flood(0, 21, 300, 0)
	w.run(w.roads.Now().Seconds() + 2)
	if len(w.strands) != 1 || w.strands[0].Cause != sim.StrandWater {
		t.Errorf("%+v; want it stranded in 0.3 m", w.strands)
	}
	w.flood(0, 21, 0, 0)
	w.order(w.roads.Now().Seconds(), 0, true, sim.ClosureFinish)
	w.run(w.roads.Now().Seconds() + 2)
	if reach(0, 2) {
		t.Error("a way over a closed road")
	}
}
