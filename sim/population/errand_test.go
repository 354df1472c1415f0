package population

import (
	"testing"

	"sandtable/sim"
)

// farm is the place with one household of three that has animals: one of them goes back for these 30 min after it got
// away, and stays 10 min.
func farm(t testing.TB) *place {
	sc := testScenario()
	f := &sc.Population.Family
	f.BackAnimals, f.BackT50, f.BackT90, f.BackStay = 1, 30*sim.Minute, 30*sim.Minute, 10*sim.Minute
	child := adult(0)
	child.Age = 10
	household(sc, 0, 0, adult(0), child, adult(0))
	sc.Households[0].Animals = 4
	return newPlace(t, sc)
}

// shelterAll plays until everybody who has set out is registered.
func (w *place) shelterAll() {
	w.settleOnTrips()
	w.run(w.p.now.Add(2 * sim.Minute))
	for _, k := range w.knocks() {
		w.ports.Admissions.Post(w.p.now, int32(k.Party), sim.Admission{Party: k.Party, Shelter: k.Shelter, Admitted: true})
	}
	w.run(w.p.now.Add(sim.Second))
}

func TestTheOneWhoGoesBackIsAPartyOfItsOwn(t *testing.T) {
	w := farm(t)
	r := w.p.Roster()
	if len(r.Parties) != 2 || r.Parties[0].Persons != 2 || r.Parties[1].Persons != 1 || r.Persons[2].Party != 1 ||
		w.p.kin.lead[1] != 0 {
		t.Fatalf("roster %+v, leads %v; want the second adult as party 1, which rides with party 0", r, w.p.kin.lead)
	}
	w.sc.Households[0].Animals = 0
	w.begin()
	if n := len(w.p.Roster().Parties); n != 1 {
		t.Errorf("%d parties without animals; want 1", n)
	}
}

func TestAFarmerGoesBackAndReturns(t *testing.T) {
	w := farm(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(12 * sim.Minute))
	w.shelterAll()
	wantCounts(t, "sheltered", w.p.counts.total.Shelter, 3)
	w.run(w.p.now.Add(31 * sim.Minute))
	if e := w.once(sim.EvPartyBack, 1); e.B != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) ||
		sim.BackKind(e.Count) != sim.BackAnimals {
		t.Fatalf("%+v; want back to building 0 for animals", e)
	}
	trips, _ := w.trips()
	if len(trips) != 1 || trips[0].Persons != 1 || trips[0].To != 0 || trips[0].Zone != 0 || !trips[0].Enters {
		t.Fatalf("trips %+v; want one person into zone 0", trips)
	}
	w.arrive(1, 0)
	w.run(w.p.now.Add(sim.Minute))
	w.once(sim.EvPartyHome, 1)
	wantCounts(t, "still in the shelter", w.p.counts.total.Shelter, 2)
	wantCounts(t, "at home", w.p.counts.total.Home, 1)
	w.run(w.p.now.Add(11 * sim.Minute))
	w.shelterAll()
	wantCounts(t, "in the shelter at last", w.p.counts.total.Shelter, 3)
	if n := len(w.find(sim.EvPartyLeftZone, 1)); n != 1 {
		t.Errorf("left the zone %d times; want once", n)
	}
}

func TestAGuardedBorderTurnsThemBack(t *testing.T) {
	w := farm(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(12 * sim.Minute))
	w.shelterAll()
	w.p.bar(w.p.now, 0, true)
	w.run(w.p.now.Add(31 * sim.Minute))
	w.trips()
	w.ports.Crossings.Post(w.p.now, 1, sim.Crossing{Mover: sim.RefTo(sim.KindParty, sim.PartyID(1)), Node: 3})
	w.run(w.p.now.Add(2 * sim.Second))
	if e := w.once(sim.EvPartyTurnedAway, 1); e.B != sim.RefTo(sim.KindZone, sim.ZoneID(0)) {
		t.Fatalf("%+v; want turned away from the zone", e)
	}
	trips, _ := w.trips()
	if len(trips) != 1 || trips[0].To != 9 {
		t.Fatalf("trips %+v; want one to the shelter", trips)
	}
	w.never(sim.EvPartyHome)
}

// Nobody goes back whose home was wet when he left, or while water stands where he waits.
func TestWhoSeesTheDangerDoesNotGoBack(t *testing.T) {
	for name, wet := range map[string][2]float64{"at home before leaving": {0, 100}, "at the shelter": {900, 1000}} {
		w := farm(t)
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(sim.Time(11 * sim.Minute))
		w.flood(wet[0], wet[1], 0.2, 0)
		w.run(sim.Time(12 * sim.Minute))
		w.shelterAll()
		wantCounts(t, name+": sheltered", w.p.counts.total.Shelter, 3)
		w.run(w.p.now.Add(2 * sim.Hour))
		if len(w.find(sim.EvPartyBack, -1)) != 0 {
			t.Errorf("%s: somebody goes back", name)
		}
	}
}
