package response

import (
	"math"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Two boats, three calls at the assembly node: 100 m, 200 m and 300 m north of it, i.e. 30, 60 and 90 s at 12 km/h.
// Both turn out at 900; boat-1 takes the nearest call, boat-2 the next one. Both reach the node at 1001.
//
//	boat-1: at party 1 at 1031, asks, 4 get in 1032-1272; party 3 (200 m on, 60 s) at 1332, 3 get in 1333-1513;
//	        back to the node 90 s, 1603; way 1604-1804; 7 get out in 7 x 30 s: 2014.
//	boat-2: at party 2 at 1061, 5 get in 1062-1362; nobody else calls: back 60 s, 1422; way 1423-1623; out 150 s: 1773.
func TestTwoBoatsThreeCalls(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 4, 0, nodeAssembly, 1000, 100)
	b.strand(2, 5, 0, nodeAssembly, 1000, 200)
	b.strand(3, 3, 0, nodeAssembly, 1000, 300)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.order(sim.OrderRescueZone, boat2, 0)
	b.run(2100)
	want := []alighted{
		{at(1773), sim.Alighting{Unit: boat2, Shelter: 0, Node: nodeS1}, 5},
		{at(2014), sim.Alighting{Unit: boat1, Shelter: 0, Node: nodeS1}, 7},
	}
	if !slices.Equal(b.alightings, want) {
		t.Errorf("let out %v; want %v", b.alightings, want)
	}
	if b.r.OpenCalls() != 0 || b.people.safe != 12 {
		t.Errorf("%d calls open, %d safe", b.r.OpenCalls(), b.people.safe)
	}
	// Nobody calls any more: both wait where they are.
	if got := b.timeline(boat1); got[len(got)-1] != "0:33:34 on-scene" {
		t.Errorf("boat-1 %q", got)
	}
}

// With an empty board a boat goes to the middle of the zone and waits there; after an hour it goes home.
func TestBoatWaitsOnScene(t *testing.T) {
	b := newBench(t, testCounty())
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(2000)
	wantTimeline(t, b, boat1, "0:00:00 notified", "0:15:00 turned-out", "0:15:00 under-way", "0:16:41 on-scene")
	b.run(7000)
	got := b.timeline(boat1)
	if !slices.Equal(got[4:], []string{"1:16:41 returning", "1:18:22 available"}) {
		t.Errorf("without a call: %q", got)
	}
}

// A call wakes the boat that waits in its zone. One of another zone is not its own; when the boat has waited for 15
// minutes it takes that, too, brings its passengers to the nearest shelter and looks for calls of its own zone first.
func TestBoatAnswersAnyCall(t *testing.T) {
	b := newBench(t, testCounty())
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1500)
	b.strand(9, 2, 1, nodeZ2, 4000, 0) // another zone's
	b.run(1600)
	if got := b.timeline(boat1); len(got) != 4 {
		t.Errorf("woken by a call of another zone: %q", got)
	}
	b.strand(5, 2, 0, nodeAssembly, 1000, 50)
	b.run(1700)
	if got := b.timeline(boat1); !slices.Equal(got[4:], []string{"0:26:40 under-way", "0:26:55 on-scene",
		"0:26:56 working"}) {
		t.Errorf("after the call: %q", got)
	}
	// In by 1736, back 1751, way 1752-1952, out 2012; waits there until 2912.
	b.run(2911)
	if b.r.OpenCalls() != 1 {
		t.Errorf("%d calls open; want the other zone's", b.r.OpenCalls())
	}
	b.events = nil
	b.run(2920)
	if e, ok := b.has(sim.EvUnitStatus); !ok || e.At != at(2912) || e.B != (sim.Ref{Kind: sim.KindZone, ID: 1}) ||
		e.Count != int32(sim.UnitUnderWay) {
		t.Errorf("after 15 minutes without a call: %+v; want under way to the other zone", e)
	}
	// 1000 m, 100 s: there at 3012, in by 3133, to s1 3133-3233; it takes another one of that zone at once.
	b.run(3100)
	b.strand(10, 2, 1, nodeZ2, 4000, 10)
	b.strand(11, 2, 0, nodeAssembly, 1000, 50)
	b.run(3800)
	if len(b.people.stranded) != 0 {
		t.Errorf("still stranded %+v", b.people.stranded)
	}
	if u := &b.r.units[boat1]; u.task.Zone != 0 || u.away != sim.None {
		t.Errorf("the boat is %+v; want at work for its own zone", u)
	}
}

// A call of another zone wakes a boat that has waited long, and rather the one that waits in that zone.
func TestWakesTheZonesOwnBoat(t *testing.T) {
	b := newBench(t, testCounty())
	b.order(sim.OrderRescueZone, boat1, 0)
	b.order(sim.OrderRescueZone, boat2, 1)
	b.run(2500)
	b.strand(1, 2, 1, nodeAssembly, 1000, 10) // nearer to boat-1
	b.run(2501)
	if one, two := b.r.units[boat1].claim, b.r.units[boat2].claim; one != sim.None || two != 1 {
		t.Errorf("boats go to parties %d and %d; want none and 1", one, two)
	}
	b.strand(2, 2, 1, nodeAssembly, 1000, 10)
	b.run(2502)
	if c := b.r.units[boat1].claim; c != 2 {
		t.Errorf("boat-1 goes to party %d; want 2", c)
	}
}

// Calls from outside every zone are answered when the zone has none.
func TestCallsOutsideTheZones(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 2, sim.None, nodeAssembly, 1000, 10)
	b.strand(2, 2, 0, nodeAssembly, 1000, 400)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1130)
	if len(b.people.stranded) != 1 || b.people.stranded[0].id != 1 {
		t.Fatalf("still stranded %+v; want party 1, outside the zones", b.people.stranded)
	}
	b.run(1500)
	if len(b.people.stranded) != 0 {
		t.Errorf("still stranded %+v", b.people.stranded)
	}
}

// Seats are kept: a party that does not fit waits for the next trip; one larger than the boat goes with an empty one.
func TestSeats(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 6, 0, nodeAssembly, 1000, 10)
	b.strand(2, 4, 0, nodeAssembly, 1000, 20)
	b.strand(3, 11, 0, nodeAssembly, 1000, 30)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(3 * 3600)
	var loads []int32
	for _, a := range b.alightings {
		loads = append(loads, a.persons)
	}
	if !slices.Equal(loads, []int32{6, 4, 11}) {
		t.Errorf("loads %v; want 6, 4, 11", loads)
	}
}

// A party that has got away meanwhile: the boat finds the call closed and goes to the next one.
func TestCallClosedOnTheWay(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 4, 0, nodeAssembly, 1000, 100)
	b.run(950)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1900)
	b.people.stranded = nil
	b.ports.Calls.Post(b.now, 1, sim.Call{Party: 1, Zone: 0})
	b.run(2000)
	if got := b.timeline(boat1); got[len(got)-1] != "0:32:31 on-scene" {
		t.Errorf("%q; want waiting at the node when it gets there at 1951 s", got)
	}
}

// Nobody is there although the call is open: the boat does not try it again for 10 minutes.
func TestNobodyThere(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 4, 0, nodeAssembly, 1000, 100)
	b.people.stranded = nil
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(4*3600 + 60)
	n := 0
	for _, s := range b.timeline(boat1) {
		if s[len(s)-8:] == "on-scene" {
			n++
		}
	}
	if n > 30 {
		t.Errorf("%d visits in four hours", n)
	}
	if u := b.truth().Units[boat1]; u.Status != sim.UnitAvailable && u.Status != sim.UnitOnScene {
		t.Errorf("the boat is %v", u.Status)
	}
}

// Nobody is there at the first visit, but ten minutes later: the boat, which waits 100 m from the node, comes again then,
// and not when its hour of waiting is over. First visit at 1031, answered 1032; again at 1632, and it stands at the
// place already.
func TestTriesAgainAfterTenMinutes(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 4, 0, nodeAssembly, 1000, 100)
	there := b.people.stranded
	b.people.stranded = nil
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1200)
	b.people.stranded = there
	b.run(1640)
	if len(b.people.stranded) != 0 {
		t.Errorf("not fetched at the second try; boat-1 %q", b.timeline(boat1))
	}
}

// No way leads to a party: it is reported once, and tried again.
func TestUnreachableCall(t *testing.T) {
	b := newBench(t, testCounty())
	b.roads.cut = []sim.NodeID{nodeZ2}
	b.strand(1, 4, 0, nodeZ2, 4000, 0)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(2000)
	if e, ok := b.has(sim.EvUnitFailed); !ok || e.Text.EN != "no way to a party that calls" {
		t.Errorf("reported %+v", e)
	}
	b.roads.cut = nil
	b.run(3000)
	if len(b.people.stranded) != 0 {
		t.Error("not fetched when the way was open again")
	}
}

// Recalled on its way to a call with people aboard, a boat brings them to a shelter first.
func TestBoatRecalledWithPassengers(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 2, 0, nodeAssembly, 1000, 0)
	b.strand(2, 2, 0, nodeDepot, 0, 300)
	b.order(sim.OrderRescueZone, boat1, 0)
	// Party 2 is nearer (90 s, party 1 100 s): there at 990, 2 get in 991-1111, back at the node 1201, to party 1 from
	// 1202. At 1251 the boat has gone 490 m and turns to s1, 251 s away: 1502; out by 1562, home 1563-1863.
	b.run(1250)
	b.order(sim.OrderRecallUnit, boat1, sim.None)
	b.run(2500)
	if b.people.safe != 2 || len(b.people.stranded) != 1 {
		t.Errorf("%d safe, stranded %+v; want party 1 left", b.people.safe, b.people.stranded)
	}
	if got := b.timeline(boat1); got[len(got)-1] != "0:31:03 available" {
		t.Errorf("%q", got)
	}
	if card := b.r.board.card(1); card == nil || card.claim != sim.None {
		t.Errorf("the call of party 1 is %+v; want open and free", card)
	}
}

func TestPlaceOnTheLastLeg(t *testing.T) {
	b := newBench(t, testCounty())
	b.strand(1, 4, 0, nodeAssembly, 1000, 100)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1016)
	p, onRoad := b.r.UnitAt(boat1) // 15 s from the node
	if want := (geo.Point{X: 1000, Y: 50}); onRoad || math.Abs(p.Y-want.Y) > 1e-6 || p.X != want.X {
		t.Errorf("the boat is at %v, on the road %v; want %v", p, onRoad, want)
	}
}

func TestCandidatesKeepTheNearest(t *testing.T) {
	var c candidates
	cards := make([]callCard, 40)
	for i := range cards {
		cards[i].party = sim.PartyID(i)
		c.offer(&cards[i], float64((i*7)%40))
	}
	for i := range c.n {
		if c.dist[i] != float64(i) {
			t.Fatalf("place %d has distance %v; want %d", i, c.dist[i], i)
		}
	}
	if c.n != nearCalls {
		t.Errorf("%d kept; want %d", c.n, nearCalls)
	}
	c = candidates{}
	c.offer(&cards[5], 1)
	c.offer(&cards[3], 1)
	if c.cards[0].party != 3 {
		t.Error("of two calls as near as each other the lower number comes first")
	}
}
