package response

import (
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

const van1 = sim.UnitID(4)

// withVan adds a van of six seats, two of them for wheelchairs, to the county.
func withVan() *scenario.Scenario {
	sc := testCounty()
	sc.Units = append(sc.Units, scenario.Unit{Name: "van-1", Kind: "van", Station: "depot", Seats: 6, Chairs: 2,
		Turnout: 15 * sim.Minute, Boarding: 4 * sim.Second, Assisted: 4 * sim.Minute})
	return sc
}

// needs lets a party call that cannot leave by itself, so many of it in wheelchairs, with water of that depth at its
// door [m].
func (b *bench) needs(id sim.PartyID, persons, chairs int32, x, y, depth float64) {
	b.people.stranded = append(b.people.stranded, party{id: id, persons: persons, assisted: chairs, chairs: chairs})
	b.ports.Calls.Post(b.now, int32(id), sim.Call{Party: id, Open: true, Persons: persons, Chairs: chairs,
		Node: nodeAssembly, X: x, Y: y, Depth: depth})
}

// A van goes from door to door on dry ground while it has places for wheelchairs, then to the zone's shelter, and comes
// back. Water at a door leaves that call to the boats.
//
//	turnout 900, way 901-1001; 50 m at 5 km/h 36 s: party 1 at 1037, in from 1038 in 4 min + 4 s to 1282; party 2, 50 m on, at 1318,
//	in 1319-1559; no chair is left: back 72 s, 1631, way 1632-1832, out (484 s)/2 to 2074; back 2075-2275, party 3 150 m off
//	at 2383, in 2384-2624, back 108 s, 2732, way 2733-2933, out 120 s: 3053.
func TestVanFetchesFromDoors(t *testing.T) {
	b := newBench(t, withVan())
	b.needs(1, 2, 1, 1000, 50, 0)
	b.needs(2, 1, 1, 1000, 100, 0.1)
	b.needs(3, 1, 1, 1000, 150, 0)
	b.needs(4, 1, 0, 1000, 20, 0.2)
	b.order(sim.OrderFetchZone, van1, 0)
	b.run(3200)
	want := []alighted{
		{at(2074), sim.Alighting{Unit: van1, Shelter: 0, Node: nodeS1}, 3},
		{at(3053), sim.Alighting{Unit: van1, Shelter: 0, Node: nodeS1}, 1},
	}
	if !slices.Equal(b.alightings, want) {
		t.Errorf("let out %v; want %v\n%q", b.alightings, want, b.timeline(van1))
	}
	if b.r.OpenCalls() != 1 {
		t.Errorf("%d calls open; want that of the party in water", b.r.OpenCalls())
	}
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(4500)
	if b.r.OpenCalls() != 0 {
		t.Error("the boat did not fetch the party in water")
	}
}

// Other units do not do a van's work, nor a van theirs.
func TestVanKnowsItsWork(t *testing.T) {
	b := newBench(t, withVan())
	b.order(sim.OrderFetchZone, boat1, 0)
	b.order(sim.OrderFetchZone, coach1, 0)
	b.order(sim.OrderRescueZone, van1, 0)
	b.order(sim.OrderDispatchCoach, van1, 0)
	b.run(10)
	n := 0
	for _, e := range b.events {
		if e.Kind == sim.EvUnitFailed {
			n++
		}
	}
	if n != 4 {
		t.Errorf("%d refusals; want 4", n)
	}
}

// A van that carries somebody and is bound for another one has no way on, and leaves the rising water: it goes to
// nobody any more, so that others may.
func TestVanThatEscapesGoesToNobody(t *testing.T) {
	b := newBench(t, withVan())
	b.needs(1, 2, 1, 1000, 50, 0)
	b.order(sim.OrderFetchZone, van1, 0)
	b.run(1200)
	b.ports.Calls.Post(b.now, 2, sim.Call{Party: 2, Open: true, Persons: 1, Node: nodeZ2, X: 2000, Y: 50})
	b.run(1330) // it has set out with two
	if b.r.units[van1].claim != 2 {
		t.Fatalf("the van goes to %d; want party 2", b.r.units[van1].claim)
	}
	b.roads.strand(b, van1, sim.Stranding{Link: sim.None, Node: nodeAssembly, Cause: sim.StrandNoRoute})
	b.roads.cut = []sim.NodeID{nodeS1, nodeS2, nodeS3, nodeZ2}
	b.tick()
	b.water(nodeAssembly, 0.31)
	if u := &b.r.units[van1]; u.aim != aimDry || u.claim >= 0 || b.r.board.card(2).claim >= 0 {
		t.Errorf("aim %d, bound for party %d, whose call unit %d has", u.aim, u.claim, b.r.board.card(2).claim)
	}
	if err := b.r.Check(true); err != nil {
		t.Error(err)
	}
}
