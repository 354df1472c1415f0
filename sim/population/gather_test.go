package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// apart is the place at noon with a household of two whose second member works in building 3, outside the zone; they
// call each other after 3 min.
func apart(t testing.TB) *place {
	sc := testScenario()
	sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 12:00")
	sc.Population.Family = scenario.Family{Tell: 1, Phone: "siren", CallDelay: 3 * sim.Minute, GatherHome: 1,
		GatherWait: 20 * sim.Minute}
	worker := adult(0)
	worker.Work = 3
	household(sc, 0, 0, adult(0), worker)
	return newPlace(t, sc)
}

func TestACallReachesWhoIsOutsideEveryZone(t *testing.T) {
	w := apart(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(5 * sim.Minute))
	if e := w.once(sim.EvPartyWarned, 1); e.At != seconds(240) || sim.OrderID(e.Count) != sim.OrderEvacuateZone {
		t.Errorf("%+v; want told to leave at 0:04:00", e)
	}
	if s := w.p.shelterOf(1, 4); s != 0 {
		t.Errorf("they meet at shelter %d; want that of the zone", s)
	}
}

// A call does not get through while the channel is down in either's zone, and is tried again.
func TestACallIsTriedAgain(t *testing.T) {
	w := apart(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(2 * sim.Minute))
	w.ports.Silences.Post(w.p.now, 0, sim.ChannelFault{Channel: 0, Zone: 0})
	w.run(sim.Time(8 * sim.Minute))
	if n := len(w.find(sim.EvPartyWarned, 1)); n != 0 {
		t.Fatal("the call gets through without a network")
	}
	w.ports.Silences.Post(w.p.now, 0, sim.ChannelFault{Channel: 0, Zone: 0, Up: true})
	w.run(sim.Time(11 * sim.Minute))
	if e := w.once(sim.EvPartyWarned, 1); e.At != seconds(600) {
		t.Errorf("%+v; want at 0:10:00, the third try", e)
	}
}

func TestWhoIsReadyAtHomeWaitsForTheOthersAndLeavesAtOnceWithThem(t *testing.T) {
	w := apart(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(15 * sim.Minute)) // at home ready at 0:11, at work at 0:14
	if len(w.find(sim.EvPartyLeft, 0)) != 0 {
		t.Fatal("leaves without the other one")
	}
	if e := w.once(sim.EvPartyLeft, 1); e.B != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) {
		t.Fatalf("%+v; want home", e)
	}
	w.trips()
	w.arrive(1, 0)
	w.run(w.p.now.Add(sim.Minute))
	if e := w.once(sim.EvPartyJoined, 1); e.B.ID != 0 || w.p.stage[1] != sim.StageWalking {
		t.Errorf("%+v, stage %v; want joined party 0 and on the way", e, w.p.stage[1])
	}
}

func TestTheWaitAtHomeEnds(t *testing.T) {
	w := apart(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(32 * sim.Minute))
	if e := w.once(sim.EvPartyLeft, 0); e.At != seconds(60+600+1200) || e.B.Kind != sim.KindShelter {
		t.Errorf("%+v; want to the shelter 20 min after being ready", e)
	}
}

// school is the place at noon with a child of 8 at school in building 3 and its two parents at home.
func school(t testing.TB, fetch float64, parents ...scenario.Person) *place {
	sc := testScenario()
	sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 12:00")
	sc.Zones[0].Polygon = [][2]float64{{0, 0}, {500, 0}, {500, 500}, {0, 500}}
	sc.Population.Family = scenario.Family{Fetch: fetch, FetchWait: 30 * sim.Minute}
	child := adult(0)
	child.Age, child.School = 8, 3
	household(sc, 0, 1, append(parents, child)...)
	return newPlace(t, sc)
}

func TestAChildWaitsToBeFetchedButNotForEver(t *testing.T) {
	for name, c := range map[string]struct {
		fetch float64
		sick  bool
		left  float64 // when the child leaves by itself [s]
	}{
		"nobody fetches":   {0, false, 660},
		"nobody can fetch": {1, true, 660},
		"nobody comes":     {1, false, 660 + 1800},
	} {
		parent := adult(0)
		if c.sick {
			parent.Mobility = scenario.MobilityLimited
		}
		w := school(t, c.fetch, parent)
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(sim.Time(5 * sim.Minute))
		if c.fetch > 0 && !c.sick {
			w.p.plan(seconds(7200), 0) // the parent takes two hours to pack
		}
		w.run(sim.Time(45 * sim.Minute))
		list := w.find(sim.EvPartyLeft, 1)
		if len(list) != 1 || list[0].At != seconds(c.left) || list[0].B.Kind != sim.KindShelter {
			t.Errorf("%s: %+v; want the child to set out for the shelter at %v", name, list, seconds(c.left))
		}
	}
}

// Whom nobody has told is fetched all the same, and knows then; the car goes along to school and on from there.
func TestAParentDrivesToSchoolAndOn(t *testing.T) {
	w := school(t, 1, adult(0), adult(0))
	w.sc.Channels[0].Kind = ""
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(12 * sim.Minute))
	trips, _ := w.trips()
	if len(trips) != 1 || trips[0].Mode != sim.ModeCar || trips[0].To != 4 || trips[0].Persons != 2 {
		t.Fatalf("trips %+v; want two by car to node 4", trips)
	}
	w.arrive(0, 4)
	w.run(w.p.now.Add(sim.Minute))
	trips, _ = w.trips()
	if len(trips) != 1 || trips[0].Mode != sim.ModeCar || trips[0].To != 9 || trips[0].Persons != 3 || trips[0].Vehicles != 1 {
		t.Fatalf("trips %+v; want three in one car to node 9", trips)
	}
}
