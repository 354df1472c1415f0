package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

func TestWaterAtThePlace(t *testing.T) {
	w := threeHouseholds(t) // parties 0, 1, 2 in buildings 2, 0, 1
	w.flood(0, 100, 0.15, 5)
	w.run(seconds(1))
	w.never(sim.EvPlaceWet) // a film
	w.never(sim.EvPlaceDanger)
	w.flood(0, 100, 0.16, 0)
	w.run(seconds(2))
	w.once(sim.EvPlaceWet, 0)
	if e := w.once(sim.EvPlaceDanger, 0); e.Count != int32(sim.H1) {
		t.Errorf("danger %+v; want H1", e)
	}
	w.flood(0, 100, 0.6, 0)
	w.run(seconds(3))
	w.flood(0, 100, 0.4, 0)
	w.run(seconds(4))
	w.flood(0, 200, 0.6, 0)
	w.run(seconds(5))
	if list := w.find(sim.EvPlaceDanger, 0); len(list) != 2 || list[1].Count != int32(sim.H3) || list[1].Num != 0.6 {
		t.Errorf("danger at building 0: %+v; want H1, H3", list)
	}
	var truth sim.Truth
	w.p.FillTruth(&truth)
	// Three homes and no other building in the zone; two of them wet.
	if z := truth.Zones[0]; z.DepthMax != 0.6 || z.WetShare != 2.0/3 {
		t.Errorf("zone: %v m, share %v; want 0.6 and 2/3", z.DepthMax, z.WetShare)
	}
	w.flood(0, 200, 0, 0)
	w.run(seconds(6))
	w.p.FillTruth(&truth)
	if z := truth.Zones[0]; z.DepthMax != 0 || z.WetShare != 0 {
		t.Errorf("zone when the water has gone: %+v", z)
	}
	wantCounts(t, "first wettings", len(w.find(sim.EvPlaceWet, -1)), 2)
}

func TestWhoHeedsWaterLeavesByItself(t *testing.T) {
	w := threeHouseholds(t)
	for ; w.p.accessTo(1) != harm.AccessNone; w.seed++ { // who has a roof may go upstairs
		w.begin()
	}
	w.sc.Population.Behaviour.HeedWater = 1
	w.flood(0, 100, 0.2, 0)
	w.run(seconds(400))
	e := w.once(sim.EvPartyLeft, 1)
	if e.At != seconds(300) || len(w.find(sim.EvPartyLeft, -1)) != 1 {
		t.Errorf("left %+v; want party 1 after half of 600 s", e)
	}
	w.never(sim.EvPartyWarned)
}

// Nobody who has a refuge above it walks into water, ordered or not; a house without a refuge is left.
func TestGoesUpstairsFromWaterAtTheDoor(t *testing.T) {
	for name, c := range map[string]struct {
		storeys uint8
		cars    uint8
		shelter float64 // at x [m]; the house is at 50
		wet     float64 // at the shelter's node [m]
		order   bool
		leaves  bool
	}{
		"long way":            {2, 0, 950, 0, false, false},
		"short way":           {2, 0, 350, 0, false, true},
		"short way, wet":      {2, 0, 350, 0.2, false, false},
		"no refuge, long way": {1, 0, 950, 0, false, true},
		"by car":              {2, 1, 950, 0, false, true},
		"ordered":             {2, 0, 950, 0, true, false},
		"ordered, no refuge":  {1, 0, 950, 0, true, true},
		"ordered, by car":     {2, 1, 950, 0, true, true},
	} {
		sc := testScenario()
		sc.Shelters[0].Place = [2]float64{c.shelter, 250}
		sc.Buildings[0].Storeys = c.storeys
		sc.Population.Behaviour.HeedWater = 1
		household(sc, 0, c.cars, adult(0))
		w := newPlace(t, sc)
		for ; w.p.accessTo(0) != harm.AccessNone; w.seed++ {
			w.begin()
		}
		for n := 3; n < 10; n++ {
			w.road.depth[n] = c.wet
		}
		w.flood(0, 100, 0.2, 0)
		if c.order {
			w.broadcast(sim.OrderEvacuateZone, 0)
		}
		w.run(seconds(700))
		if got := len(w.find(sim.EvPartyLeft, 0)) == 1; got != c.leaves {
			t.Errorf("%s: left %v; want %v", name, got, c.leaves)
		}
		if upstairs := w.p.stage[0] == sim.StageStaying; upstairs == c.leaves {
			t.Errorf("%s: stage %v", name, w.p.stage[0])
		}
	}
}

// Nobody sets out on foot for a shelter more than 5 km away; who waits for a coach goes on waiting.
func TestTooFarToWalk(t *testing.T) {
	for x, leaves := range map[float64]bool{5050: true, 5060: false} {
		sc := testScenario()
		sc.Zones[0].Assembly = ""
		household(sc, 0, 0, adult(0))
		w := newPlace(t, sc)
		w.sc.Nodes[9].At.X = x
		w.evacuate()
		w.run(seconds(2000))
		if got := len(w.find(sim.EvPartyLeft, 0)) == 1; got != leaves {
			t.Errorf("%v m: left %v; want %v", x-50, got, leaves)
		}
		w.never(sim.EvPartyStranded)
	}
	w := coachParties(t)
	w.sc.Nodes[9].At.X = 6000
	w.run(seconds(690 + 2*3600))
	wantCounts(t, "waiting", w.p.counts.total.Assembly, 6)
}

func TestCutOffAndRelieved(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(100))
	w.flood(0, 100, 0.62, 0)
	w.run(seconds(700))
	if e := w.once(sim.EvPartyStranded, 1); e.B != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) {
		t.Errorf("stranded %+v; want in its building", e)
	}
	if len(w.find(sim.EvPartyLeft, 1)) != 0 {
		t.Fatal("it left through 0.62 m")
	}
	w.flood(0, 100, 0.55, 0) // wadeable, but not yet trusted
	w.run(seconds(710))
	if w.p.stage[1] != sim.StageStranded {
		t.Errorf("stage %v; want stranded until the water is 0.1 m below the limit", w.p.stage[1])
	}
	w.flood(0, 100, 0.5, 0)
	w.run(seconds(720))
	if len(w.find(sim.EvPartyLeft, 1)) != 0 {
		t.Error("it walked into the water, though it has a dry storey")
	}
	if e := w.once(sim.EvPartyFree, 1); e.At != seconds(710) {
		t.Errorf("free %+v; want when the water has fallen", e)
	}
	if calls := w.calls(); len(calls) != 2 || calls[1].Open {
		t.Errorf("calls %+v; want opened and closed", calls)
	}
	if e := w.once(sim.EvPartyFree, 1); e.At != seconds(710) || e.B != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) {
		t.Errorf("%+v; want free in its building at 710 s", e)
	}
}

func TestBlockedAtTheNodeTriesAgain(t *testing.T) {
	w := threeHouseholds(t)
	w.road.depth[0] = 1
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(700))
	w.never(sim.EvPartyStranded) // dry at home
	w.road.depth[0] = 0
	w.run(seconds(1000))
	if e := w.once(sim.EvPartyLeft, 1); e.At != seconds(960) {
		t.Errorf("left at %v; want five minutes after the first attempt", e.At)
	}
}

func TestNeedyPartyCallsAndIsFetched(t *testing.T) {
	sc := testScenario()
	helpless := adult(0)
	helpless.Mobility = scenario.MobilityNone
	sc.Zones[0].Assembly = ""
	household(sc, 0, 0, helpless)
	w := newPlace(t, sc)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(2000))
	w.once(sim.EvPartyStranded, 0)
	if calls := w.calls(); len(calls) != 1 || !calls[0].Open {
		t.Fatalf("calls %+v; want one", calls)
	}
	w.ports.Pickups.Post(w.p.now, 1, sim.Pickup{Unit: 1, Party: 0, Seats: 3})
	w.run(seconds(2010))
	w.once(sim.EvPartyRescued, 0)
}

// alone is one household in a one-storey house whose floor lies 0.3 m above the ground.
func alone(t testing.TB, members ...scenario.Person) *place {
	sc := testScenario()
	household(sc, 0, 0, members...)
	return newPlace(t, sc)
}

// withoutRoof and withRoof choose a seed in which the first party can, or cannot, climb to the attic or roof.
func seedFor(t testing.TB, roof bool, members ...scenario.Person) *place {
	w := alone(t, members...)
	for ; ; w.seed++ {
		w.begin()
		a := harm.AccessOf(w.p.draw.fate.Float64(w.p.roll.key(0), fateAccess, 0))
		if (a != harm.AccessNone) == roof {
			return w
		}
	}
}

func TestCaughtAfterAMinuteInDanger(t *testing.T) {
	w := seedFor(t, false, adult(0))
	w.run(seconds(5))
	w.flood(0, 100, 0.6, 0) // H3; 0.3 m in the house, which has no upper storey
	w.run(seconds(64))
	w.never(sim.EvPartyCaught)
	w.run(seconds(66))
	e := w.once(sim.EvPartyCaught, 0)
	if e.At != seconds(65) || e.Num != 0.6 || e.B.Kind != sim.KindBuilding {
		t.Errorf("caught %+v; want at 0:01:05 in 0.6 m", e)
	}
	wantCounts(t, "caught", w.p.counts.total.Caught, 1)
	w.flood(0, 100, 0.9, 0)
	w.run(seconds(200))
	wantCounts(t, "caught twice", len(w.find(sim.EvPartyCaught, 0)), 1)
}

func TestNotCaughtWhenTheWaterFallsInTime(t *testing.T) {
	w := seedFor(t, false, adult(0))
	for _, depth := range []float64{0.6, 0.45, 0.6, 0.45} {
		w.flood(0, 100, depth, 0)
		w.run(w.p.now.Add(30 * sim.Second))
	}
	w.run(seconds(300))
	w.never(sim.EvPartyCaught)
}

func TestStableRefuge(t *testing.T) {
	limited := adult(0)
	limited.Mobility = scenario.MobilityLimited
	for name, c := range map[string]struct {
		roof    bool
		storeys uint8
		member  scenario.Person
		depth   float64
		caught  bool
	}{
		"no storey above":                {false, 1, adult(0), 1.0, true},
		"roof":                           {true, 1, adult(0), 1.0, false},
		"roof, but cannot climb":         {true, 1, limited, 1.0, true},
		"upper storey":                   {false, 2, adult(0), 1.0, false},
		"upper storey, limited":          {false, 2, limited, 1.0, false},
		"upper storey under water":       {false, 2, adult(0), 3.2, true},
		"ground floor dry":               {false, 1, adult(0), 0.3, false},
		"just below the upper floor":     {false, 2, limited, 0.3 + 2.74, false},
		"just above it, can climb on":    {true, 2, adult(0), 0.3 + 2.76, false},
		"just above it, cannot climb on": {true, 2, limited, 0.3 + 2.76, true},
	} {
		w := seedFor(t, c.roof, c.member)
		w.sc.Buildings[0].Storeys = c.storeys
		w.flood(0, 100, c.depth, 0)
		w.run(seconds(100))
		if got := len(w.find(sim.EvPartyCaught, 0)) == 1; got != c.caught {
			t.Errorf("%s: caught %v; want %v", name, got, c.caught)
		}
	}
}

// crowd is many one-person households in building 0, for shares.
func crowd(t testing.TB, n int) *place {
	sc := testScenario()
	for range n {
		household(sc, 0, 0, adult(0))
	}
	return newPlace(t, sc)
}

func TestStableBuildingInLowHazardKillsPracticallyNobody(t *testing.T) {
	w := crowd(t, 2000)
	w.sc.Buildings[0].Storeys = 2
	w.flood(0, 100, 2.0, 0.5)
	w.run(seconds(70))
	if c := w.p.counts.total; c.Dead != 0 || c.Caught != 0 || c.Stranded != 2000 {
		t.Errorf("%d dead, %d caught, %d stranded; want 0, 0, 2000", c.Dead, c.Caught, c.Stranded)
	}
}

func TestCollapseKillsAsTheHighCurveSays(t *testing.T) {
	w := crowd(t, 2000)
	w.sc.Buildings[0].Build = scenario.BuildEarth
	w.flood(0, 100, 1.0, 2.9)
	w.run(seconds(1))
	w.never(sim.EvPlaceDestroyed)
	w.flood(0, 100, 1.0, 3.0)
	w.run(seconds(2))
	if e := w.once(sim.EvPlaceDestroyed, 0); e.Num != 1.0 {
		t.Errorf("destroyed %+v", e)
	}
	c := w.p.counts.total
	if c.Dead < 1416-82 || c.Dead > 1416+82 { // 0.708 of 2,000, four standard deviations
		t.Errorf("%d of 2000 dead; want about 1416", c.Dead)
	}
	if c.Caught != 2000 || c.Home != 0 || c.Street != 2000-c.Dead || c.Stranded != 2000-c.Dead {
		t.Errorf("counts %+v; want everybody caught, survivors stranded in the street", c)
	}
	hurt := float64(c.Hurt) / float64(2000-c.Dead)
	if hurt < 0.4 || hurt > 0.6 {
		t.Errorf("%v of the survivors hurt; want a half", hurt)
	}
	died := w.find(sim.EvPersonDied, -1)
	if len(died) != c.Dead || sim.Cause(died[0].Count) != sim.CauseBuilding || died[0].B.Kind != sim.KindBuilding {
		t.Errorf("%d deaths told, first %+v", len(died), died[0])
	}
}

func TestSubmergedIndoors(t *testing.T) {
	limited := adult(0)
	limited.Mobility = scenario.MobilityLimited
	// One storey, floor 0.3 m: limited mobility from 0.3 + 1.22…1.83 m on, able without a roof 0.3 + 2.29…2.59 m.
	for _, c := range []struct {
		member scenario.Person
		depth  float64
		high   bool
	}{{limited, 1.5, false}, {limited, 2.2, true}, {adult(0), 2.2, false}, {adult(0), 2.9, true}} {
		w := seedFor(t, false, c.member)
		w.flood(0, 100, c.depth, 0)
		w.run(seconds(1))
		if got := len(w.find(sim.EvPartyCaught, 0)) == 1; got != c.high {
			t.Errorf("mobility %v in %v m: in the high-hazard zone %v; want %v", c.member.Mobility, c.depth, got, c.high)
		}
	}
}

// inTheStreet strands one party at x = 350 in the street, or in its car.
func inTheStreet(t testing.TB, cars uint8, members ...scenario.Person) *place {
	sc := testScenario()
	household(sc, 0, cars, members...)
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(690))
	w.trips()
	w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 3,
		Node: 3, X: 350, Y: 250, Depth: 0.8})
	w.run(seconds(691))
	if w.p.stage[0] != sim.StageStranded {
		t.Fatalf("stage %v; want stranded", w.p.stage[0])
	}
	return w
}

func TestSweptOffTheFeet(t *testing.T) {
	child, old, infant := adult(0), adult(0), adult(0)
	child.Age, old.Age, infant.Age = 8, 70, 1
	for name, c := range map[string]struct {
		cars         uint8
		members      []scenario.Person
		depth, speed float64
		swept        bool
	}{
		"adult, 1.4 m standing":        {0, []scenario.Person{adult(0)}, 1.4, 0, false},
		"adult, deeper":                {0, []scenario.Person{adult(0)}, 1.41, 0, true},
		"adult, 1.3 m, slow":           {0, []scenario.Person{adult(0)}, 1.3, 0.29, false},
		"adult, 0.8 m at 1.4 m/s":      {0, []scenario.Person{adult(0)}, 0.8, 1.4, false},
		"adult, 0.8 m at 1.6 m/s":      {0, []scenario.Person{adult(0)}, 0.8, 1.6, true},
		"old alone, 1.3 m standing":    {0, []scenario.Person{old}, 1.3, 0, false},
		"old alone, 1.31 m standing":   {0, []scenario.Person{old}, 1.31, 0, true},
		"old alone, 0.45 m at 1 m/s":   {0, []scenario.Person{old}, 0.45, 1, false},
		"old alone, 0.6 m at 1.1":      {0, []scenario.Person{old}, 0.6, 1.1, true},
		"child alone, 1.0 m":           {0, []scenario.Person{child}, 1.0, 0, false},
		"child alone, 1.1 m":           {0, []scenario.Person{child}, 1.1, 0, true},
		"child held, 1.1 m standing":   {0, []scenario.Person{adult(0), child}, 1.1, 0, false},
		"child held, 0.9 m at 1 m/s":   {0, []scenario.Person{adult(0), child}, 0.9, 1, true},
		"infant, 0.5 m at 0.7 m/s":     {0, []scenario.Person{adult(0), infant}, 0.5, 0.7, false},
		"infant, 0.5 m at 0.9 m/s":     {0, []scenario.Person{adult(0), infant}, 0.5, 0.9, true},
		"car, 0.8 m at 0.9 m/s":        {1, []scenario.Person{adult(0)}, 0.8, 0.9, false},
		"car, 0.8 m at 1.1 m/s":        {1, []scenario.Person{adult(0)}, 0.8, 1.1, true},
		"car, 1.3 m of standing water": {1, []scenario.Person{adult(0)}, 1.3, 0, true},
	} {
		w := inTheStreet(t, c.cars, c.members...)
		w.flood(300, 400, c.depth, c.speed)
		w.run(seconds(692)) // less than a minute: caught now means swept
		if got := len(w.find(sim.EvPartyCaught, 0)) == 1; got != c.swept {
			t.Errorf("%s: swept %v; want %v", name, got, c.swept)
		}
	}
}

func TestCaughtInTheStreet(t *testing.T) {
	w := inTheStreet(t, 0, adult(0))
	w.flood(300, 400, 0.8, 0)
	w.run(seconds(751))
	w.never(sim.EvPartyCaught)
	w.run(seconds(752))
	if e := w.once(sim.EvPartyCaught, 0); e.At != seconds(751) || e.B.Kind != sim.KindStreet {
		t.Errorf("%+v; want after 60 s in the street", e)
	}
}

func TestWaterAtTheAssemblyPoint(t *testing.T) {
	w := coachParties(t)
	w.flood(300, 400, 0.7, 0)
	w.run(seconds(690))
	if c := w.p.counts.total; c.Assembly != 0 || c.Street != 6 || c.Stranded != 6 || len(w.p.queue[0]) != 0 {
		t.Errorf("counts %+v; want everybody stranded in the street", c)
	}
	wantCounts(t, "calls", len(w.calls()), 3)
}

func TestWhoWaitsWalksOnFromTheWater(t *testing.T) {
	w := coachParties(t)
	for b := range w.p.water.broken[:3] {
		w.p.water.broken[b] = true // nowhere to go back to
	}
	w.flood(300, 400, 0.3, 0)
	w.run(seconds(690))
	if c := w.p.counts.total; c.Assembly != 0 || c.Street != 6 || c.Stranded != 0 || len(w.p.queue[0]) != 0 {
		t.Errorf("counts %+v; want everybody on the way to the shelter", c)
	}
	if trips, _ := w.trips(); len(trips) != 3 || trips[0].To != 9 {
		t.Errorf("trips %+v; want three to the shelter", trips)
	}
}

func TestDeadPartyIsOutOfEverything(t *testing.T) {
	w := coachParties(t)
	for q := range sim.PartyID(3) {
		w.p.layers, w.p.ports, w.p.log = w.layers, &w.ports, &w.log
		w.p.endure(w.p.now, q, 1, injury{1, sim.CauseSweptFoot, 2}, everybody)
	}
	w.run(w.p.now.Add(sim.Second))
	if got := w.board(0, 4); got != (sim.Boarded{}) {
		t.Errorf("boarding the dead: %+v", got)
	}
	if c := w.p.counts.total; c.Dead != 6 || c.Assembly != 0 || c.Hurt != 0 || w.p.stage[0] != sim.StageDead {
		t.Errorf("counts %+v", c)
	}
}

func TestRemoteHouseCallsFromTheNearestNode(t *testing.T) {
	w := threeHouseholds(t)
	w.sc.Buildings[1].Node = sim.None
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(700))
	calls := w.calls()
	if len(calls) != 1 || calls[0].Party != 2 || calls[0].Node != 1 {
		t.Errorf("calls %+v; want party 2 from node 1", calls)
	}
}

func TestFetchedBeforeTheMinuteIsOver(t *testing.T) {
	w := inTheStreet(t, 0, adult(0))
	w.flood(300, 400, 0.8, 0)
	w.run(seconds(720))
	w.ports.Pickups.Post(w.p.now, 1, sim.Pickup{Unit: 1, Party: 0, Seats: 3})
	w.run(seconds(1000))
	w.once(sim.EvPartyRescued, 0)
	w.never(sim.EvPartyCaught)
}
