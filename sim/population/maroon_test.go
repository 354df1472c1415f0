package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// marooned returns a place with one household of the given size in the coach, which stands between nodes 5 and 6, at
// 600 m, and is lost there in water of that depth [m] and speed [m/s].
func marooned(t testing.TB, persons int, depth, speed float64) *place {
	sc := testScenario()
	for range persons {
		household(sc, 0, 0, adult(0))
	}
	w := newPlace(t, sc)
	for q := range persons {
		w.seat(sim.PartyID(q), 0)
	}
	w.run(sim.Time(sim.Second))
	w.flood(550, 650, depth, speed)
	w.maroon(false)
	w.run(w.p.now.Add(sim.Tick))
	return w
}

// seat puts a party into a unit.
func (w *place) seat(q sim.PartyID, u sim.UnitID) {
	w.p.layers, w.p.ports, w.p.log = w.layers, &w.ports, &w.log
	w.p.getIn(w.p.now, q, u, sim.EvPartyBoarded)
}

// maroon tells that the coach sits fast, or no longer.
func (w *place) maroon(over bool) {
	w.ports.Maroonings.Post(w.p.now, 0, sim.Marooning{Unit: 0, Over: over, Node: 5, X: 600, Y: 250})
}

// departures takes what the coach is told.
func (w *place) departures() (persons int32) {
	w.ports.Departures.Drain(func(_ sim.Time, m sim.Departure) { persons += m.Persons })
	return persons
}

// Passengers of a coach in water too deep to wade are stranded in it, outside their zone, and call from where it stands;
// after a minute they are caught. A boat takes one party, and the coach hears of it.
func TestMaroonedPassengersAreFetched(t *testing.T) {
	w := marooned(t, 2, 0.9, 0)
	for q := range int32(2) {
		if e := w.once(sim.EvPartyStranded, q); e.B != (sim.Ref{Kind: sim.KindUnit, ID: 0}) {
			t.Errorf("stranded %+v; want in the coach", e)
		}
		w.once(sim.EvPartyLeftZone, q)
	}
	calls := w.calls()
	if len(calls) != 2 || !calls[0].Open || calls[0].X != 600 || calls[0].Node != 5 || calls[0].Depth != 0.9 ||
		calls[0].Zone != sim.None {
		t.Errorf("calls %+v; want two from the coach, outside every zone", calls)
	}
	if c := w.p.counts.total; c.Unit != 2 || c.Stranded != 2 {
		t.Errorf("counts %+v", c)
	}
	w.run(seconds(70))
	if e := w.once(sim.EvPartyCaught, 0); e.B.Kind != sim.KindUnit || e.Num != 0.9 {
		t.Errorf("caught %+v; want in the coach", e)
	}
	w.ports.Pickups.Post(w.p.now, 1, sim.Pickup{Unit: 1, Party: 0, Seats: 3})
	w.run(w.p.now.Add(sim.Tick))
	w.once(sim.EvPartyRescued, 0)
	if n := w.departures(); n != 1 || w.p.holder[0].ID != 1 || w.p.holder[1].ID != 0 {
		t.Errorf("%d have left the coach; holders %v, %v", n, w.p.holder[0], w.p.holder[1])
	}
	if calls := w.calls(); len(calls) != 1 || calls[0].Open || calls[0].Party != 0 {
		t.Errorf("calls %+v; want the end of one", calls)
	}
}

// When the water has fallen to what can be waded, who sits in the coach gets out and walks on over the node behind it.
func TestMaroonedPassengersWalkWhenTheWaterFalls(t *testing.T) {
	w := marooned(t, 1, 0.9, 0)
	w.run(seconds(280))
	w.flood(550, 650, 0.4, 0)
	w.run(seconds(500))
	if trips, _ := w.trips(); len(trips) != 1 || trips[0].From != 5 || trips[0].Mode != sim.ModeFoot {
		t.Errorf("trips %+v; want one on foot from node 5", trips)
	}
	w.once(sim.EvPartyFree, 0)
	if n := w.departures(); n != 1 || len(w.p.aboard[0]) != 0 {
		t.Errorf("%d have left the coach, %v aboard", n, w.p.aboard[0])
	}
}

// Water that can be waded when the coach stops is waded at once.
func TestMaroonedInShallowWaterWalkOn(t *testing.T) {
	w := marooned(t, 1, 0.55, 0)
	w.run(seconds(60))
	w.never(sim.EvPartyStranded)
	if trips, _ := w.trips(); len(trips) != 1 {
		t.Errorf("trips %+v; want one", trips)
	}
	if n := w.departures(); n != 1 {
		t.Errorf("%d have left the coach", n)
	}
}

// A stuck coach that goes on takes whom it still has along; their danger is over.
func TestMarooningIsOver(t *testing.T) {
	w := marooned(t, 2, 0.9, 0)
	w.run(seconds(30))
	w.maroon(true)
	w.run(seconds(100))
	w.once(sim.EvPartyFree, 0)
	w.never(sim.EvPartyCaught)
	if calls := w.calls(); len(calls) != 4 || calls[3].Open || w.p.stage[0] != sim.StageRiding || w.departures() != 0 {
		t.Errorf("calls %+v, stage %v", calls, w.p.stage[0])
	}
	w.ports.Alightings.Post(w.p.now, 0, sim.Alighting{Unit: 0, Shelter: 0, Node: 9})
	w.run(seconds(110))
	wantCounts(t, "at the door", w.p.counts.total.Shelter, 2)
}

// A coach is swept away in 1.5 m or 1.2 m2/s, where a car is in 1.2 m or 0.8 m2/s; whoever dies leaves it.
//
// Reference: HEC-LifeSim Technical Reference Manual, table 17, high-clearance vehicles, best estimate.
func TestCoachIsSweptAway(t *testing.T) {
	for _, x := range []struct {
		depth, speed float64
		swept        bool
	}{{1.5, 0.7, false}, {1.51, 0, true}, {1.0, 1.19, false}, {1.0, 1.21, true}, {0.7, 0, false}} {
		w := marooned(t, 40, x.depth, x.speed)
		dead := len(w.find(sim.EvPersonDied, -1))
		if (dead > 10) != x.swept || int(w.departures()) != dead {
			t.Errorf("%v m, %v m/s: %d of 40 dead; want many: %v", x.depth, x.speed, dead, x.swept)
		}
		for _, e := range w.find(sim.EvPersonDied, -1) {
			if sim.Cause(e.Count) != sim.CauseVehicle || e.B.Kind != sim.KindUnit {
				t.Errorf("%+v", e)
			}
		}
	}
}

// In a boat that is stuck nobody is in danger from the water around it.
func TestMaroonedInABoat(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.seat(0, 1)
	w.flood(550, 650, 3, 0)
	w.ports.Maroonings.Post(0, 1, sim.Marooning{Unit: 1, Node: 5, X: 600, Y: 250})
	w.run(seconds(200))
	w.once(sim.EvPartyStranded, 0)
	w.never(sim.EvPartyCaught)
}

// Of those who die in a coach, it hears how many needed help to get in.
func TestDeparturesOfWhoNeedsHelp(t *testing.T) {
	sc := testScenario()
	weak := adult(0)
	weak.Mobility = scenario.MobilityLimited
	for range 20 {
		household(sc, 0, 0, adult(0), weak)
	}
	w := newPlace(t, sc)
	for q := range sim.PartyID(20) {
		w.seat(q, 0)
	}
	w.flood(550, 650, 1.6, 0)
	w.maroon(false)
	w.run(seconds(2))
	got, died := sim.Departure{}, sim.Departure{}
	w.ports.Departures.Drain(func(_ sim.Time, m sim.Departure) {
		got.Persons, got.Assisted = got.Persons+m.Persons, got.Assisted+m.Assisted
	})
	for _, e := range w.find(sim.EvPersonDied, -1) {
		died.Persons++
		if sc.Persons[e.A.ID].Mobility != scenario.MobilityAble {
			died.Assisted++
		}
	}
	if got != died || died.Assisted == 0 || died.Assisted == died.Persons {
		t.Errorf("%+v have left the coach; want the dead, %+v", got, died)
	}
}

// A coach that is stuck on a bank stands above the water: its passengers walk on, and nobody is in danger.
func TestMaroonedAboveTheWater(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.seat(0, 0)
	w.flood(550, 650, 1.6, 2)
	w.ports.Maroonings.Post(0, 0, sim.Marooning{Node: 5, X: 600, Y: 250, Rise: 1.6})
	w.run(seconds(100))
	w.never(sim.EvPartyStranded)
	if trips, _ := w.trips(); len(trips) != 1 || w.departures() != 1 {
		t.Errorf("trips %+v; want one, out of the coach", trips)
	}
}

// Passengers who call from a unit that lets them out at a shelter after all are free, and their call is over.
func TestLetOutWhileMarooned(t *testing.T) {
	w := marooned(t, 1, 0.9, 0)
	w.calls()
	w.ports.Alightings.Post(w.p.now, 0, sim.Alighting{Unit: 0, Shelter: 0, Node: 9})
	w.run(w.p.now.Add(sim.Tick))
	w.once(sim.EvPartyFree, 0)
	if calls := w.calls(); len(calls) != 1 || calls[0].Open || w.p.stage[0] != sim.StageAtDoor || w.departures() != 0 {
		t.Errorf("calls %+v, stage %v; want the end of one, at the door", calls, w.p.stage[0])
	}
}
