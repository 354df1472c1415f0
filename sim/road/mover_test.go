package road

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// The record of a mover, and its place in the table by id, are what a vehicle in a jam costs.
func TestSizeOfAMover(t *testing.T) {
	record, byID := reflect.TypeFor[mover]().Size(), reflect.TypeFor[int32]().Size()
	if record+byID > 60 {
		t.Errorf("%d bytes and %d; want at most 60", record, byID)
	}
}

// At its limits a trip is kept as it is.
func TestMoverKeepsItsTrip(t *testing.T) {
	net := mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 1800)})
	for name, trip := range map[string]sim.Trip{
		"party": {Mover: party(1 << 23), Mode: sim.ModeCar, To: 1, Vehicles: 10_000, Persons: 65_535, Zone: 32_766,
			Knows: sim.KnowsTravel, Bold: true},
		"unit": {Mover: unit(0), Mode: sim.ModeBoat, To: 1, Vehicles: 1, Zone: sim.None, Knows: sim.KnowsHabit},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, net, nil)
			w.trip(0, trip)
			w.run(1)
			m := w.roads.movers.at(w.roads.slotOf(trip.Mover))
			got := sim.Trip{Mover: m.ref(), Mode: m.mode, To: sim.NodeID(m.dest), Vehicles: int32(m.vehicles),
				Persons: int32(m.persons), Zone: sim.ZoneID(m.zone), Knows: m.knows(), Bold: m.is(tagBold)}
			if m.arc != 0 || m.is(tagFirst) {
				t.Errorf("on arc %d, about to set out: %v; want it on its way on arc 0", m.arc, m.is(tagFirst))
			}
			if got != trip {
				t.Errorf("%+v; want %+v", got, trip)
			}
		})
	}
}

// A distance that does not fit stays at the largest that does.
func TestLongWay(t *testing.T) {
	m := mover{gone: math.MaxUint32 - 5}
	m.walked(5)
	m.walked(100)
	if m.gone != math.MaxUint32 {
		t.Errorf("%d; want %d", m.gone, uint32(math.MaxUint32))
	}
}

// Slots and asides of those who have left are used again, the last one first.
func TestSlotsAreUsedAgain(t *testing.T) {
	w := newWorld(t, mustNetwork(t, row(0, 10, 1000), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)}), nil)
	walk := func(seconds float64, id, to int) {
		w.trip(seconds, sim.Trip{Mover: party(id), Mode: sim.ModeFoot, To: sim.NodeID(to), Speed: 1, Zone: sim.None})
	}
	walk(0, 1, 1)
	walk(0, 2, 2)
	walk(0, 3, 1)
	w.run(20) // 1 and 3 are there
	walk(20, 4, 2)
	w.run(21)
	for id, slot := range map[int]int32{1: -1, 2: 1, 3: -1, 4: 2} {
		if got := w.roads.slotOf(party(id)); got != slot {
			t.Errorf("party %d: slot %d; want %d", id, got, slot)
		}
	}
	if w.roads.slots != 3 || w.roads.asideCount != 3 {
		t.Errorf("%d slots and %d asides; want 3 of each", w.roads.slots, w.roads.asideCount)
	}
}

// What an arc costs a vehicle is the time that it takes, whatever water and orders do: so it need not be worked out for
// each.
func TestCrossingIsTheCost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 30
		s := drawStory(rt, ticks)
		w := newWorld(t, s.net, s.ground)
		for tick := range ticks {
			s.tell(w, tick, false)
			for arc := range int32(len(w.roads.arcs)) {
				for mode := sim.ModeCar; mode < sim.ModeCount; mode++ {
					m := mover{mode: mode, arc: arc, aside: -1}
					if w.roads.routes.cost[sight(mode)][arc] >= closed {
						continue
					}
					if got, want := w.roads.crossing(&m), w.roads.travel(&m, w.net.Length(sim.LinkID(arc>>1))); got != want {
						rt.Fatalf("tick %d, arc %d by %v: %d; want %d", tick, arc, mode, got, want)
					}
				}
			}
		}
	})
}
