package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// atAssembly is one household of building 0 that waits at the assembly point, 300 m from home and 600 m from the
// shelter; its way to attic and roof as told, its house as change makes it.
func atAssembly(t *testing.T, roof bool, change func(*scenario.Scenario), members ...scenario.Person) *place {
	sc := testScenario()
	sc.Population.Behaviour.WalkMax, sc.Population.Behaviour.WalkMaxWeak = 0, 0
	household(sc, 0, 0, members...)
	if change != nil {
		change(sc)
	}
	w := newPlace(t, sc)
	for ; (w.p.accessTo(0) != harm.AccessNone) != roof; w.seed++ {
		w.begin()
	}
	w.evacuate()
	w.run(seconds(690))
	w.settleOnTrips()
	w.run(seconds(695))
	if w.p.stage[0] != sim.StageWaiting {
		t.Fatalf("stage %v; want waiting", w.p.stage[0])
	}
	return w
}

func TestGoesBackToARefugeThatIsNearer(t *testing.T) {
	limited := adult(0)
	limited.Mobility = scenario.MobilityLimited
	storeys := func(sc *scenario.Scenario) { sc.Buildings[0].Storeys = 2 }
	for name, c := range map[string]struct {
		roof   bool
		change func(*scenario.Scenario)
		member scenario.Person
		home   float64 // water at home [m]
		to     sim.NodeID
	}{
		"roof":                           {true, nil, adult(0), 0, 0},
		"roof, but cannot climb":         {true, nil, limited, 0, 9},
		"no way up":                      {false, nil, adult(0), 0, 9},
		"upper storey":                   {false, storeys, limited, 0, 0},
		"water at the door, to be waded": {false, storeys, adult(0), 0.6, 0},
		"too deep at the door":           {false, storeys, adult(0), 0.7, 9},
		"shelter nearer": {true, func(sc *scenario.Scenario) { sc.Shelters[0].Place = [2]float64{550, 250} }, adult(0),
			0, 5},
	} {
		w := atAssembly(t, c.roof, c.change, c.member)
		w.flood(0, 100, c.home, 0)
		w.layers.All()[0].Set(5*20+7, 300) // the cell of the assembly point
		w.run(seconds(740))
		trips, _ := w.trips()
		if len(trips) != 1 || trips[0].From != 3 || trips[0].To != c.to || trips[0].Mode != sim.ModeFoot {
			t.Errorf("%s: trips %+v; want one on foot to node %d", name, trips, c.to)
		}
		if back := w.p.flags[0]&partyBack != 0; back != (c.to == 0) || len(w.p.queue[0]) != 0 {
			t.Errorf("%s: going back %v, queue %v", name, back, w.p.queue[0])
		}
	}
}

// It stays at home when it is back, whatever its door sees, calls when the water cuts it off, and is no more caught
// than who never left. News makes it leave again.
func TestStaysWhereItWentBackTo(t *testing.T) {
	w := atAssembly(t, true, func(sc *scenario.Scenario) { sc.Population.Behaviour.HeedWater = 1 }, adult(0))
	w.run(seconds(700))
	w.flood(300, 400, 0.3, 0)
	w.run(seconds(710))
	if e := w.find(sim.EvPartyDecided, 0); len(e) != 2 || e[1].Count != 0 || e[1].At != seconds(700) ||
		e[1].B != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) {
		t.Fatalf("decisions %+v; want to leave, then at 700 s to go back", e)
	}
	w.arrive(0, 0)
	w.run(seconds(730)) // 13 m at 1.3 m/s from the road to the door
	if w.p.stage[0] != sim.StageStaying || w.p.counts.total.Home != 1 || w.p.counts.total.Street != 0 {
		t.Fatalf("stage %v, %+v; want at home", w.p.stage[0], w.p.counts.total)
	}
	w.flood(0, 100, 0.3, 0)
	w.run(seconds(1200))
	wantCounts(t, "left", len(w.find(sim.EvPartyLeft, 0)), 1)
	w.flood(0, 100, 1.0, 0)
	w.run(seconds(1300))
	w.once(sim.EvPartyStranded, 0)
	w.never(sim.EvPartyCaught)
	w.flood(0, 400, 0, 0)
	w.run(seconds(1400))
	if w.p.stage[0] != sim.StageStaying {
		t.Errorf("stage %v when the water has gone; want staying", w.p.stage[0])
	}
	w.broadcast(sim.OrderAllClear, 0)
	w.run(seconds(1500))
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(2400))
	wantCounts(t, "left", len(w.find(sim.EvPartyLeft, 0)), 2)
}

// Stranded on the way back, it tries again to get home, and not when its house has fallen meanwhile. Who comes to a
// fallen house is in the street.
func TestStrandedOnTheWayBack(t *testing.T) {
	for _, fallen := range []bool{false, true} {
		w := atAssembly(t, true, nil, adult(0))
		w.flood(300, 400, 0.3, 0)
		w.run(seconds(710))
		w.trips()
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 1,
			Node: 2, X: 200, Y: 250, Depth: 0.5, Cause: sim.StrandClosed})
		w.ruin(0)
		w.p.water.broken[0] = fallen
		w.run(seconds(1200))
		w.once(sim.EvPartyStranded, 0)
		want := map[bool]sim.NodeID{false: 0, true: 9}[fallen]
		if trips, _ := w.trips(); len(trips) != 1 || trips[0].From != 2 || trips[0].To != want {
			t.Errorf("trips %+v; want one to node %d", trips, want)
		}
	}
	w := atAssembly(t, true, nil, adult(0))
	w.flood(300, 400, 0.3, 0)
	w.run(seconds(710))
	w.arrive(0, 0)
	w.p.water.broken[0] = true
	w.run(seconds(730))
	if w.p.stage[0] != sim.StageStranded || w.p.holder[0].Kind != sim.KindStreet || w.p.trip[0].At != w.sc.Buildings[0].At {
		t.Errorf("stage %v, %v at %v; want stranded in the street", w.p.stage[0], w.p.holder[0], w.p.trip[0].At)
	}
}

// lostAt strands a party at a node of dry road where it finds no way on.
func (w *place) lostAt(node int) {
	at := w.sc.Nodes[node].At
	w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: sim.None,
		Node: sim.NodeID(node), X: at.X, Y: at.Y, Cause: sim.StrandNoRoute})
	w.run(w.p.now.Add(30 * sim.Second))
}

// Whose house is low goes back all the same when no way leads on, nothing safe is near and a neighbour's upper storey is
// within 100 m of it; not when that stands further off, and not to a house that has fallen.
func TestGoesBackToTheNeighbours(t *testing.T) {
	for name, c := range map[string]struct {
		cars    uint8
		x       float64
		fallen  bool
		members []scenario.Person
		mode    sim.Mode
	}{
		"on foot":                 {0, 140, false, []scenario.Person{adult(0), limited()}, sim.ModeFoot},
		"by car":                  {1, 140, false, []scenario.Person{adult(0), limited()}, sim.ModeCar},
		"neighbours too far":      {0, 160, false, []scenario.Person{adult(0), limited()}, sim.ModeNone},
		"by car, too far":         {1, 160, false, []scenario.Person{adult(0), limited()}, sim.ModeFoot},
		"the house has fallen":    {0, 140, true, []scenario.Person{adult(0), limited()}, sim.ModeNone},
		"everybody gets upstairs": {0, 160, false, []scenario.Person{adult(0)}, sim.ModeFoot},
	} {
		sc := testScenario()
		household(sc, 0, c.cars, c.members...)
		sc.Buildings[1].At.X, sc.Buildings[1].Storeys = c.x, 2
		if len(c.members) == 1 {
			sc.Buildings[0].Storeys = 2
		}
		w := newPlace(t, sc)
		w.evacuate()
		w.run(seconds(690))
		w.trips()
		w.ruin(0, 1)
		w.p.water.broken[0] = c.fallen
		w.lostAt(4)
		trips, _ := w.trips()
		switch {
		case c.mode == sim.ModeNone && len(trips) == 0:
		case len(trips) != 1 || trips[0].Mode != c.mode || trips[0].From != 4 || trips[0].To != 0 && name != "by car, too far":
			t.Errorf("%s: trips %+v; want one home by %v", name, trips, c.mode)
		}
	}
}

// Who finds no way on by two-wheeler rides back on it, and has it at home; with more than a film of water there he
// walks.
func TestRidesBack(t *testing.T) {
	for depth, mode := range map[float64]sim.Mode{0.1: sim.ModeBike, 0.2: sim.ModeFoot} {
		w := riders(t, 1, adult(0), adult(0))
		w.sc.Buildings[0].Storeys = 2
		w.evacuate()
		w.run(seconds(690))
		w.trips()
		w.ruin(0)
		w.flood(0, 100, depth, 0)
		w.lostAt(4)
		trips, _ := w.trips()
		if len(trips) != 1 || trips[0].Mode != mode {
			t.Fatalf("%v m at home: trips %+v; want one by %v", depth, trips, mode)
		}
		if mode == sim.ModeBike {
			w.arrive(0, trips[0].To)
			w.run(w.p.now.Add(30 * sim.Second))
			if w.p.stage[0] != sim.StageStaying || !w.p.hasBike(0) {
				t.Errorf("stage %v, has its two-wheeler: %v; want at home with it", w.p.stage[0], w.p.hasBike(0))
			}
		}
	}
}

// Who cannot walk and has waited in vain at an assembly point calls for a van, once, and keeps its place in the queue. The
// van takes it, or a coach before it does; then the call is over.
func TestCallsAVanFromTheAssemblyPoint(t *testing.T) {
	helpless := adult(0)
	helpless.Mobility = scenario.MobilityNone
	for name, coach := range map[string]bool{"van": false, "coach": true} {
		w := atAssembly(t, false, nil, adult(0), helpless)
		w.run(seconds(690 + 3590))
		wantCounts(t, name+": calls before its patience is over", len(w.calls()), 0)
		w.run(seconds(690 + 2*3610))
		calls := w.calls()
		if len(calls) != 1 || !calls[0].Open || calls[0].Chairs != 1 || calls[0].X != 350 || calls[0].Node != 3 ||
			len(w.p.queue[0]) != 1 {
			t.Fatalf("%s: calls %+v, queue %v; want one from the assembly point", name, calls, w.p.queue[0])
		}
		if coach {
			w.ports.Boardings.Post(w.p.now, 0, sim.Boarding{Unit: 0, Assembly: 0, Seats: 4})
		} else {
			w.ports.Pickups.Post(w.p.now, 1, sim.Pickup{Unit: 1, Party: 0, Seats: 3})
		}
		w.run(w.p.now.Add(sim.Tick))
		if calls := w.calls(); len(calls) != 1 || calls[0].Open || len(w.p.queue[0]) != 0 ||
			w.p.holder[0].Kind != sim.KindUnit {
			t.Errorf("%s: calls %+v, queue %v, %v; want aboard, and the call over", name, calls, w.p.queue[0], w.p.holder[0])
		}
	}
}
