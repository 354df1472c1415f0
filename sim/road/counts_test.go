package road

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// Five cars come onto a street at capacity (2 s apart); the next street takes none of them.
func TestCounts(t *testing.T) {
	links := []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)}
	links[1].Lanes, links[1].Metres = 1, 7.5 // room for a single car
	w := newWorld(t, mustNetwork(t, row(0, 100, 110, 210), append(links, street(2, 3, 10, 60))), nil)
	for k := range 5 {
		w.car(0, k, 0, 3)
	}
	w.run(5)
	first := sim.ArcOf(0, false)
	if got, want := w.roads.Counts(first), (Counts{3, 0, 3}); got != want {
		t.Errorf("after 5 s: %+v; want %+v", got, want)
	}
	w.run(30)
	// The first car is on the last street, the second one on the short one, three stand.
	if got, want := w.roads.Counts(first), (Counts{5, 2, 3}); got != want {
		t.Errorf("after 30 s: %+v; want %+v", got, want)
	}
	if got := w.roads.Queued(first); got != 3 {
		t.Errorf("%d cars in the queue; want 3", got)
	}
	// They stand at 100 m and behind one and two of the 14 that have room.
	if got, want := w.roads.Along(first), 300-3*100.0/14; math.Abs(got-want) > 1e-3 {
		t.Errorf("they have come %v m together; want %v", got, want)
	}
	if w.roads.Next() == sim.Never {
		t.Error("nothing happens next, though cars are on their way")
	}
	if arc, since, ok := w.roads.OnArc(party(4)); arc != first || since != at(9) || !ok {
		t.Errorf("the last car is on arc %v since %v (%v); want %v since 0:00:09", arc, since, ok, first)
	}
	w.run(400)
	if _, _, ok := w.roads.OnArc(party(4)); ok || w.roads.Next() != sim.Never {
		t.Errorf("something happens at %v, though all have arrived", w.roads.Next())
	}
}

// When a ring of four full links stands, nothing happens any more.
func TestNothingHappensInALock(t *testing.T) {
	nodes := row(0, 100, 100, 0)
	nodes[2].At.Y, nodes[3].At.Y = 105, 105
	var links []LinkSpec
	for k := range 4 {
		links = append(links, street(k, (k+1)%4, 10, 1800))
		links[k].OneWay = true
	}
	w := newWorld(t, mustNetwork(t, nodes, links), nil)
	for k := range 120 {
		w.trip(0, sim.Trip{Mover: party(k), Mode: sim.ModeCar, From: sim.NodeID(k % 4), To: sim.NodeID((k + 3) % 4),
			Vehicles: 1, Zone: sim.None})
	}
	w.run(1200)
	rings := w.events(sim.EvGridlock)
	if len(rings) == 0 {
		t.Fatal("no ring")
	}
	standing := w.roads.Rings()
	if got, want := fmt.Sprint(standing[0].Links), "[1 3 5 7]"; got != want || len(standing) != 1 {
		t.Errorf("the ring is %v; want %v", got, want)
	}
	if w.roads.Next() != sim.Never {
		t.Errorf("something happens at %v", w.roads.Next())
	}
	if record, movers, links, ways := w.roads.Memory(); record < 1 || movers < 120*record || links < 1 || ways < 1 {
		t.Errorf("memory of %d, %d, %d and %d bytes", record, movers, links, ways)
	}
}

// A trip takes the way that is told: in an empty town everybody arrives after the lengths of its arcs. Where no way is
// told it finds none.
func TestWayIsTaken(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		net := randomNetwork(rt, 8)
		w := newWorld(t, net, nil)
		trip := sim.Trip{Mover: party(0), Mode: sim.ModeCar, Vehicles: 1, Zone: sim.None}
		nodes := net.Nodes() - 1
		trip.From = sim.NodeID(rapid.IntRange(0, nodes).Draw(rt, "from"))
		trip.To = sim.NodeID(rapid.IntRange(0, nodes).Draw(rt, "to"))
		if out := net.out.of(int32(trip.From)); rapid.Bool().Draw(rt, "first") && len(out) > 0 {
			trip.First = sim.Arc(out[0] + 1)
		}
		if in := net.in.of(int32(trip.To)); rapid.Bool().Draw(rt, "last") && len(in) > 0 {
			trip.Last = sim.Arc(in[0] + 1)
		}
		way := w.roads.Way(trip, nil)
		if !w.roads.Reaches(trip) {
			if len(way) > 0 {
				rt.Fatalf("a way %v to where no way leads", way)
			}
			return
		}
		metres, seconds := 0.0, 2.0 // movers count whole millimetres of each link
		for _, arc := range way {
			metres += float64(net.millimetres[(arc-1)/2]) / 1000
			seconds += net.length[(arc-1)/2]/net.links[(arc-1)/2].Speed + waits(net, int32(arc)-1)
		}
		w.trip(0, trip)
		w.run(seconds)
		if len(w.arrived) != 1 || math.Abs(w.arrived[0].Distance-metres) > 1e-6 {
			rt.Fatalf("%+v by %v: %v m; arrived %v", trip, way, metres, w.arrived)
		}
	})
}

// waits returns how long nobody but the junction itself can keep a car at the end of an arc [s]: the red light that it
// meets on the average, and the time to turn round.
func waits(net *Network, arc int32) float64 {
	seconds := float64(uTurnTime) / 1e6
	if pause := net.junctions.pause; pause != nil {
		seconds += pause[arc]
	}
	return seconds
}
