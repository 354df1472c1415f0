package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// evacuate orders the zone to leave and plays until everybody has set off: at 660 s.
func (w *place) evacuate() {
	w.t.Helper()
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(661))
}

func TestOnFootToTheShelter(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0), adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	e := w.once(sim.EvPartyLeft, 0)
	if e.At != seconds(660) || e.B != sim.RefTo(sim.KindShelter, sim.ShelterID(0)) || e.Count != int32(sim.ModeFoot) {
		t.Fatalf("left: %+v; want on foot to shelter 0 at 0:11:00", e)
	}
	wantCounts(t, "street", w.p.counts.total.Street, 2)
	w.run(seconds(671)) // 13 m at 1.3 m/s to the street
	trips, at := w.trips()
	want := sim.Trip{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Mode: sim.ModeFoot, From: 0, To: 9, Persons: 2,
		Speed: 1.3, Wading: 0.6} // it is 01:11
	if len(trips) != 1 || trips[0] != want || at[0] != seconds(670) {
		t.Fatalf("trip %+v at %v; want %+v at 0:11:10", trips, at, want)
	}
	w.ports.Crossings.Post(w.p.now, 0, sim.Crossing{Mover: trips[0].Mover, Node: 4})
	w.run(seconds(680))
	if e := w.once(sim.EvPartyLeftZone, 0); e.Num != 0 || e.Count != int32(sim.ModeFoot) {
		t.Errorf("left the zone: %+v; want on foot, before the water", e)
	}
	w.arrive(0, 9)
	w.run(seconds(682))
	w.once(sim.EvPartyAtShelter, 0)
	if k := w.knocks(); len(k) != 1 || k[0] != (sim.Knock{Persons: 2, Mode: sim.ModeFoot}) {
		t.Fatalf("knocks %+v", k)
	}
	w.ports.Admissions.Post(w.p.now, 0, sim.Admission{Admitted: true})
	w.run(seconds(690))
	w.once(sim.EvPartySheltered, 0)
	c := w.p.counts.total
	if c.Sheltered != 2 || c.Shelter != 2 || c.Left != 2 || c.MovedBy[sim.ModeFoot] != 2 {
		t.Errorf("counts %+v", c)
	}
}

func TestByCar(t *testing.T) {
	for _, c := range []struct {
		persons, cars int
		want          int32
	}{{1, 1, 1}, {5, 2, 1}, {6, 2, 2}, {6, 1, 1}, {11, 9, 3}} {
		sc := testScenario()
		members := make([]scenario.Person, c.persons)
		for i := range members {
			members[i] = adult(0)
		}
		household(sc, 1, uint8(c.cars), members...)
		w := newPlace(t, sc)
		w.evacuate()
		wantCounts(t, "in vehicles", w.p.counts.total.Vehicle, c.persons)
		w.run(seconds(664)) // 13 m at 5 m/s: 2.6 s
		trips, at := w.trips()
		if len(trips) != 1 || trips[0].Mode != sim.ModeCar || trips[0].Vehicles != c.want || at[0] != seconds(662.6) {
			t.Errorf("%d persons with %d cars: %+v at %v; want %d vehicles at 662.6 s", c.persons, c.cars, trips, at, c.want)
		}
	}
}

func TestChoiceOfTheWay(t *testing.T) {
	weak, helpless := adult(0), adult(0)
	weak.Mobility, helpless.Mobility = scenario.MobilityLimited, scenario.MobilityNone
	assembly, shelter := sim.RefTo(sim.KindAssembly, sim.AssemblyID(0)), sim.RefTo(sim.KindShelter, sim.ShelterID(0))
	for name, c := range map[string]struct {
		cars    uint8
		members []scenario.Person
		change  func(w *place)
		mode    sim.Mode
		goal    sim.Ref
		why     obstacle
	}{
		"car":                       {1, []scenario.Person{adult(0)}, nil, sim.ModeCar, shelter, 0},
		"car, helpless":             {1, []scenario.Person{helpless}, nil, sim.ModeCar, shelter, 0},
		"car, does not drive":       {1, []scenario.Person{adult(0)}, noDriving, sim.ModeFoot, shelter, 0},
		"car, no road":              {1, []scenario.Person{adult(0)}, noCars, sim.ModeFoot, shelter, 0},
		"car, 0.31 m at the door":   {1, []scenario.Person{adult(0)}, wetDoor(0.31, 0), sim.ModeFoot, shelter, 0},
		"car, 0.30 m at the door":   {1, []scenario.Person{adult(0)}, wetDoor(0.30, 0), sim.ModeCar, shelter, 0},
		"foot":                      {0, []scenario.Person{adult(0)}, nil, sim.ModeFoot, shelter, 0},
		"far, so by coach":          {0, []scenario.Person{adult(0)}, walkMax(899), sim.ModeFoot, assembly, 0},
		"far, and was told nothing": {0, []scenario.Person{adult(0)}, walkMax(899), sim.ModeFoot, shelter, 0},
		"weak and far":              {0, []scenario.Person{adult(0), weak}, nil, sim.ModeFoot, assembly, 0},
		"helpless":                  {0, []scenario.Person{adult(0), helpless}, nil, sim.ModeFoot, assembly, 0},
		"far, no assembly point":    {0, []scenario.Person{adult(0)}, lonely(899), sim.ModeFoot, shelter, 0},
		"helpless, no assembly":     {0, []scenario.Person{helpless}, lonely(3000), 0, sim.Ref{}, obstacleNeed},
		"no way at all":             {0, []scenario.Person{adult(0)}, noFoot, 0, sim.Ref{}, obstacleNeed},
		"0.61 m, adult":             {0, []scenario.Person{adult(0)}, wetDoor(0.61, 0), sim.ModeFoot, shelter, 0},
		"0.62 m, adult":             {0, []scenario.Person{adult(0)}, wetDoor(0.62, 0), 0, sim.Ref{}, obstacleWater},
		"0.51 m, weak":              {0, []scenario.Person{weak}, wetDoor(0.51, 0), 0, sim.Ref{}, obstacleWater},
		"0.16 m, helpless":          {0, []scenario.Person{helpless}, wetDoor(0.16, 0), 0, sim.Ref{}, obstacleWater},
		"0.5 m at 1.3 m/s, adult":   {0, []scenario.Person{adult(0)}, wetDoor(0.5, 1.3), 0, sim.Ref{}, obstacleWater},
		"0.5 m at 1.2 m/s, adult":   {0, []scenario.Person{adult(0)}, wetDoor(0.5, 1.2), sim.ModeFoot, shelter, 0},
		"0.7 m on the road's node":  {0, []scenario.Person{adult(0)}, wetNode(0.7), 0, sim.Ref{}, obstacleWater},
	} {
		sc := testScenario()
		household(sc, 0, c.cars, c.members...)
		w := newPlace(t, sc)
		if c.change != nil {
			c.change(w)
		}
		w.run(seconds(1))
		if name != "far, and was told nothing" {
			w.p.told[0].Order = int8(sim.OrderEvacuateZone)
		}
		mode, goal, why := w.p.choose(0)
		if mode != c.mode || goal != c.goal || why != c.why {
			t.Errorf("%s: %v to %v (%d); want %v to %v (%d)", name, mode, goal, why, c.mode, c.goal, c.why)
		}
	}
}

func noCars(w *place) { w.road.closed[sim.ModeCar] = true }
func noFoot(w *place) { w.road.closed[sim.ModeFoot] = true }

func noDriving(w *place) {
	w.sc.Population.Behaviour.CarOwnerDrive = 0
	w.begin()
}

func walkMax(metres float64) func(*place) {
	return func(w *place) { w.sc.Population.Behaviour.WalkMax = metres }
}

func lonely(metres float64) func(*place) {
	return func(w *place) {
		w.sc.Population.Behaviour.WalkMax = metres
		w.sc.Zones[0].Assembly = ""
		w.begin()
	}
}

func wetDoor(depth, speed float64) func(*place) {
	return func(w *place) { w.flood(0, 100, depth, speed) }
}
func wetNode(depth float64) func(*place) { return func(w *place) { w.road.depth[0] = depth } }

func TestOrderMayNameTheShelter(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.ports.Broadcasts.Post(0, 0, sim.Broadcast{Order: sim.OrderEvacuateZone, Shelter: 1})
	w.run(seconds(700))
	if trips, _ := w.trips(); len(trips) != 1 || trips[0].To != 7 {
		t.Errorf("trips %+v; want to node 7", trips)
	}
}

// coachParties are waiting households of 2, 3 and 1 persons in this order, at the assembly point.
func coachParties(t testing.TB) *place {
	sc := testScenario()
	sc.Population.Behaviour.WalkMax = 0
	household(sc, 2, 0, adult(0), adult(0))
	household(sc, 1, 0, adult(0), adult(0), adult(0))
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(680))
	w.settleOnTrips()
	w.run(seconds(682))
	wantCounts(t, "waiting", w.p.counts.zone[0].Assembly, 6)
	return w
}

func (w *place) board(u sim.UnitID, seats int32) sim.Boarded {
	w.t.Helper()
	w.ports.Boardings.Post(w.p.now, int32(u), sim.Boarding{Unit: u, Seats: seats})
	w.run(w.p.now.Add(sim.Second))
	var got []sim.Boarded
	w.ports.Boarded.Drain(func(_ sim.Time, m sim.Boarded) { got = append(got, m) })
	if len(got) != 1 {
		w.t.Fatalf("%d answers to a boarding", len(got))
	}
	return got[0]
}

func TestCoachFillsPartyByParty(t *testing.T) {
	w := coachParties(t)
	if got := w.board(0, 4); got != (sim.Boarded{Persons: 3, Waiting: 3}) { // 2, then 1; 3 stay together
		t.Errorf("first coach: %+v; want 3 in, 3 waiting", got)
	}
	w.never(sim.EvPartyLeftZone) // the assembly point lies inside the zone
	if got := w.board(0, 1); got != (sim.Boarded{Waiting: 3}) {
		t.Errorf("one free seat: %+v; want nobody in", got)
	}
	w.ports.Alightings.Post(w.p.now, 0, sim.Alighting{Unit: 0, Shelter: 0, Node: 9})
	w.run(w.p.now.Add(sim.Second))
	wantCounts(t, "knocks", len(w.knocks()), 2)
	for _, q := range []int32{0, 2} {
		if e := w.once(sim.EvPartyLeftZone, q); e.Count != int32(sim.ModeCoach) || e.Num != 0 {
			t.Errorf("party %d: %+v; want by coach before the water", q, e)
		}
	}
	wantCounts(t, "moved by coach", w.p.counts.total.MovedBy[sim.ModeCoach], 3)
	if got := w.board(0, 4); got.Persons != 3 || got.Waiting != 0 {
		t.Errorf("second coach: %+v; want 3 in", got)
	}
}

func TestAssemblyPointOutsideTheZone(t *testing.T) {
	sc := testScenario()
	sc.Assemblies[0].Place = [2]float64{550, 250}
	sc.Population.Behaviour.WalkMax = 0
	household(sc, 2, 0, adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(680))
	trips, _ := w.trips()
	w.ports.Crossings.Post(w.p.now, 0, sim.Crossing{Mover: trips[0].Mover, Node: 4})
	w.run(seconds(690))
	w.never(sim.EvPartyLeftZone) // counts when it gets in
	w.arrive(0, 5)
	w.run(seconds(692))
	w.board(0, 4)
	if e := w.once(sim.EvPartyLeftZone, 0); e.Count != int32(sim.ModeCoach) {
		t.Errorf("%+v; want by coach", e)
	}
}

func TestPartyLargerThanTheUnit(t *testing.T) {
	w := coachParties(t)
	if got := w.board(1, 3); got.Persons != 3 { // the boat's three seats: 2 and 1
		t.Fatalf("small unit: %+v", got)
	}
	w.p.carry[1].seats = 2
	if w.p.fits(1, 1, 2) {
		t.Error("three persons squeeze into two seats of a unit that carries others")
	}
	w.p.carry[0].seats = 2 // a unit smaller than the party of three that still waits
	if got := w.board(0, 1); got.Persons != 0 {
		t.Errorf("not empty: %+v; want nobody", got)
	}
	if got := w.board(0, 2); got.Persons != 3 {
		t.Errorf("empty: %+v; want the party to squeeze in", got)
	}
}

func TestAssistedAreCounted(t *testing.T) {
	w := coachParties(t)
	w.sc.Persons[0].Mobility = scenario.MobilityNone
	if got := w.board(0, 4); got.Assisted != 1 {
		t.Errorf("%+v; want one assisted", got)
	}
}

func TestPatienceAtTheAssemblyPoint(t *testing.T) {
	w := coachParties(t)
	w.sc.Persons[0].Mobility = scenario.MobilityNone
	w.p.body[0] = w.p.bodyOf(0)
	w.run(seconds(682 + 3700))
	trips, _ := w.trips()
	if len(trips) != 2 || trips[0].To != 9 || trips[0].From != 3 {
		t.Errorf("trips %+v; want two parties on foot to the shelter", trips)
	}
	if w.p.stage[0] != sim.StageWaiting || w.p.stage[1] != sim.StageWalking {
		t.Errorf("stages %v; want the helpless party still waiting", w.p.stage)
	}
}

// atShelter brings one party of two to the door of shelter 0, by that mode.
func atShelter(t testing.TB, cars uint8) *place {
	sc := testScenario()
	household(sc, 0, cars, adult(0), adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(680))
	w.settleOnTrips()
	w.run(seconds(690))
	wantCounts(t, "knocks", len(w.knocks()), 1)
	return w
}

func TestTurnedAwayToTheNextShelter(t *testing.T) {
	for cars, mode := range []sim.Mode{sim.ModeFoot, sim.ModeCar} {
		w := atShelter(t, uint8(cars))
		w.ports.Admissions.Post(w.p.now, 0, sim.Admission{Next: 1})
		w.run(seconds(700))
		w.once(sim.EvPartyTurnedAway, 0)
		trips, _ := w.trips()
		if len(trips) != 1 || trips[0].From != 9 || trips[0].To != 7 || trips[0].Mode != mode {
			t.Fatalf("trips %+v; want by %v from node 9 to 7", trips, mode)
		}
		w.arrive(0, 7)
		w.run(seconds(710))
		if k := w.knocks(); len(k) != 1 || k[0].Shelter != 1 {
			t.Errorf("knocks %+v; want at shelter 1", k)
		}
	}
}

func TestTurnedAwayWithNowhereToGoAsksAgain(t *testing.T) {
	w := atShelter(t, 0)
	w.ports.Admissions.Post(w.p.now, 0, sim.Admission{Next: sim.None})
	w.run(seconds(690 + 599))
	wantCounts(t, "knocks in ten minutes", len(w.knocks()), 0)
	w.run(seconds(690 + 602))
	wantCounts(t, "knocks after ten minutes", len(w.knocks()), 1)
	if w.p.holder[0] != sim.RefTo(sim.KindShelter, sim.ShelterID(0)) || w.p.stage[0] != sim.StageAtDoor {
		t.Errorf("%v, %v; want at the door", w.p.holder[0], w.p.stage[0])
	}
}

func TestStrandedCar(t *testing.T) {
	for name, c := range map[string]struct {
		depth float64
		cause sim.StrandCause
		stage sim.PartyStage
		kind  sim.Kind
	}{
		"shallow: gets out":  {0.4, sim.StrandWater, sim.StageWalking, sim.KindStreet},
		"deep: stays in it":  {0.7, sim.StrandWater, sim.StageStranded, sim.KindVehicle},
		"dry, nothing moved": {0, sim.StrandJam, sim.StageWalking, sim.KindStreet},
		"dry, road closed":   {0, sim.StrandClosed, sim.StageWalking, sim.KindStreet},
		"shallow but limits": {0.61, sim.StrandWater, sim.StageWalking, sim.KindStreet},
	} {
		sc := testScenario()
		household(sc, 0, 1, adult(0), adult(0))
		w := newPlace(t, sc)
		w.evacuate()
		w.run(seconds(670))
		w.trips()
		w.ruin()
		w.flood(300, 500, c.depth, 0)
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 3,
			Node: 3, X: 380, Y: 250, Depth: c.depth, Cause: c.cause})
		w.run(seconds(671))
		if w.p.stage[0] != c.stage || w.p.holder[0].Kind != c.kind {
			t.Errorf("%s: %v, %v; want %v, %v", name, w.p.stage[0], w.p.holder[0], c.stage, c.kind)
		}
		calls := w.calls()
		if stranded := c.stage == sim.StageStranded; stranded != (len(calls) == 1) || stranded && (!calls[0].Open ||
			calls[0].Persons != 2 || calls[0].X != 380 || calls[0].Node != 3) {
			t.Errorf("%s: calls %+v", name, calls)
		}
		if c.stage == sim.StageWalking {
			w.run(seconds(700)) // 30 m back to the node at 1.3 m/s
			if trips, at := w.trips(); len(trips) != 1 || trips[0].From != 3 || at[0].Sub(seconds(670)) != 23_076_923 {
				t.Errorf("%s: trips %+v at %v", name, trips, at)
			}
		}
	}
}

func TestStrandedWalkerGoesOnWhenTheWaterHasFallen(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(680))
	w.trips()
	w.ruin()
	w.flood(300, 400, 0.65, 0)
	w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 3,
		Node: 3, X: 350, Y: 250, Depth: 0.65})
	w.run(seconds(700))
	w.once(sim.EvPartyStranded, 0)
	wantCounts(t, "stranded", w.p.counts.total.Stranded, 1)
	w.run(seconds(1000)) // too deep at the first attempt
	if w.p.stage[0] != sim.StageStranded {
		t.Fatalf("stage %v", w.p.stage[0])
	}
	w.flood(300, 400, 0.3, 0)
	w.run(seconds(1300))
	trips, _ := w.trips()
	calls := w.calls()
	if len(trips) != 1 || len(calls) != 2 || calls[1].Open || w.p.counts.total.Stranded != 0 {
		t.Errorf("trips %+v, calls %+v; want on again, the call taken back", trips, calls)
	}
	if e := w.once(sim.EvPartyFree, 0); e.B != sim.RefTo(sim.KindStreet, sim.NodeID(3)) {
		t.Errorf("%+v; want free where it was stranded", e)
	}
}

func TestFetchedByBoat(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0), adult(0))
	w := newPlace(t, sc)
	w.flood(0, 100, 0.9, 0)
	w.run(seconds(2))
	w.once(sim.EvPartyStranded, 0)
	pick := func(seats int32) sim.PickedUp {
		w.ports.Pickups.Post(w.p.now, 1, sim.Pickup{Unit: 1, Party: 0, Seats: seats})
		w.run(w.p.now.Add(sim.Second))
		var got sim.PickedUp
		w.ports.PickedUp.Drain(func(_ sim.Time, m sim.PickedUp) { got = m })
		return got
	}
	if got := pick(1); got.Persons != 0 {
		t.Errorf("one seat for two: %+v; want nobody", got)
	}
	if got := pick(3); got != (sim.PickedUp{Unit: 1, Persons: 2}) {
		t.Errorf("three seats: %+v; want two", got)
	}
	if got := pick(3); got.Persons != 0 {
		t.Errorf("fetched again: %+v; want nobody", got)
	}
	calls := w.calls()
	if len(calls) != 2 || !calls[0].Open || calls[1].Open || calls[0].X != 50 || calls[0].Depth != 0.9 {
		t.Errorf("calls %+v; want one opened and closed", calls)
	}
	w.once(sim.EvPartyRescued, 0)
	w.never(sim.EvPartyFree)
	w.ports.Alightings.Post(w.p.now, 1, sim.Alighting{Unit: 1, Shelter: sim.None, Node: 5, X: 550, Y: 250})
	w.run(w.p.now.Add(sim.Second))
	if e := w.once(sim.EvPartyLeftZone, 0); e.Count != int32(sim.ModeBoat) || e.Num != 1 {
		t.Errorf("%+v; want by boat after the water", e)
	}
	if trips, _ := w.trips(); len(trips) != 1 || trips[0].From != 5 || trips[0].To != 9 {
		t.Errorf("trips %+v; want on foot from node 5 to the shelter", trips)
	}
	c := w.p.counts.total
	if c.Rescued != 2 || c.Left != 2 || c.MovedBy != [sim.ModeCount]int{} || c.Stranded != 0 {
		t.Errorf("counts %+v", c)
	}
}

func TestShelterInsideTheZoneIsAway(t *testing.T) {
	sc := testScenario()
	sc.Shelters[0].Place = [2]float64{350, 250}
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(680))
	w.settleOnTrips()
	w.run(seconds(682))
	if e := w.once(sim.EvPartyLeftZone, 0); e.Count != int32(sim.ModeFoot) || e.Num != 0 {
		t.Errorf("%+v; want on foot before the water", e)
	}
}

// The street of a house may lie outside its zone: who steps out of the door has not left yet.
func TestStreetOutsideTheZoneIsNotAway(t *testing.T) {
	sc := testScenario()
	sc.Buildings[2].Node = 4 // the border runs between the house and its street
	household(sc, 2, 1, adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.never(sim.EvPartyLeftZone)
	w.run(seconds(720))
	w.never(sim.EvPartyLeftZone)
	w.ports.Crossings.Post(w.p.now, 0, sim.Crossing{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Node: 5})
	w.run(seconds(722))
	if e := w.once(sim.EvPartyLeftZone, 0); e.Count != int32(sim.ModeCar) || e.At != seconds(720) {
		t.Errorf("%+v; want by car, when the road tells", e)
	}
}

func TestOrderDoesNotDelayWhoLeavesAnyway(t *testing.T) {
	w := threeHouseholds(t)
	w.sc.Population.Behaviour.HeedWater = 1
	w.flood(0, 100, 0.2, 0)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(700))
	if len(w.find(sim.EvPartyLeft, 1)) != 0 {
		t.Error("it walked into the water, though it has a dry storey")
	}
	if all := w.find(sim.EvPartyDecided, 1); all[len(all)-1].At != seconds(300) || all[len(all)-1].Count != 0 {
		t.Errorf("decided %+v; want to stay upstairs when it had planned to leave before the order", all)
	}
}

// Who is told to leave does not set out for an assembly point that stands in water: it walks to the shelter, or, when
// that is too far for anybody, stays and goes to the point when the water there has fallen.
func TestNobodyGoesToAFloodedAssemblyPoint(t *testing.T) {
	for _, far := range []bool{false, true} {
		sc := testScenario()
		sc.Population.Behaviour.WalkMax = 100
		household(sc, 0, 0, adult(0))
		if far {
			sc.Nodes[9].At.X, sc.Shelters[0].Place[0] = 6000, 6000
		}
		w := newPlace(t, sc)
		w.flood(300, 400, 0.2, 0)
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(seconds(700))
		left := w.find(sim.EvPartyLeft, 0)
		if far != (len(left) == 0) || !far && left[0].B.Kind != sim.KindShelter {
			t.Errorf("far %v: left %+v", far, left)
		}
		if !far {
			continue
		}
		w.flood(300, 400, 0.1, 0)
		w.run(seconds(1100))
		if e := w.once(sim.EvPartyLeft, 0); e.B.Kind != sim.KindAssembly {
			t.Errorf("left %+v; want for the assembly point", e)
		}
	}
}

// A car that is stopped on dry ground, because the road is deep further on, is driven back to the node behind, 50 m at
// 5 m/s, and on by another way; in 0.35 m it stays where it is, and so it does when there is no other way.
func TestCarTurnsRoundBeforeTheWater(t *testing.T) {
	for _, x := range []struct {
		depth  float64
		closed bool
		want   sim.Mode
	}{{0, false, sim.ModeCar}, {0.3, false, sim.ModeCar}, {0.35, false, sim.ModeFoot}, {0, true, sim.ModeFoot}} {
		sc := testScenario()
		household(sc, 0, 1, adult(0))
		w := newPlace(t, sc)
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(seconds(700))
		w.trips()
		w.road.closed[sim.ModeCar] = x.closed
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 4,
			Node: 4, X: 500, Y: 250, Depth: x.depth, Cause: sim.StrandWater})
		w.run(seconds(800))
		list, at := w.trips()
		if len(list) != 1 || list[0].Mode != x.want || list[0].From != 4 || list[0].To != 9 {
			t.Errorf("%+v: trips %+v; want one by %v from node 4", x, list, x.want)
		} else if x.want == sim.ModeCar && at[0] != seconds(710) {
			t.Errorf("%+v: at %v; want 10 s later", x, at[0])
		}
		w.never(sim.EvPartyStranded)
	}
}

// Who leaves a shelter's door because the water there is too deep tells its staff, once; who wades, or is let in, does
// not.
func TestTellsThatItLeavesTheDoor(t *testing.T) {
	for name, c := range map[string]struct {
		depth  float64
		answer *sim.Admission
		away   int
	}{
		"too deep": {0.9, nil, 1},
		"wades":    {0.5, nil, 0},
		"let in":   {0, &sim.Admission{Admitted: true, Persons: 2, Next: sim.None}, 0},
	} {
		w := atShelter(t, 0)
		w.ports.Stays.Drain(func(sim.Time, sim.Stay) {})
		w.flood(800, 1000, c.depth, 0)
		if c.answer != nil {
			w.ports.Admissions.Post(w.p.now, 0, *c.answer)
		}
		w.run(w.p.now.Add(3 * sim.Second))
		away := 0
		w.ports.Stays.Drain(func(_ sim.Time, m sim.Stay) {
			if m.Kind == sim.StayAway && m.Party == 0 && m.Shelter == 0 {
				away++
			}
		})
		if away != c.away {
			t.Errorf("%s: %d times away; want %d", name, away, c.away)
		}
	}
}
