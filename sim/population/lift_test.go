package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// street is the place with a driver alone in house 0 and neighbours without a car, too far to walk from the shelter.
func street(t testing.TB, seats int, neighbours ...int) *place {
	sc := testScenario()
	sc.Population.Behaviour.WalkMax, sc.Population.Behaviour.WalkMaxWeak = 100, 100
	sc.Population.Family = scenario.Family{LiftOffer: 1, LiftWindow: 15 * sim.Minute, LiftReach: 120}
	household(sc, 0, 1, make([]scenario.Person, carSeats-seats)...)
	for i := range sc.Persons {
		sc.Persons[i] = adult(0)
	}
	for _, n := range neighbours {
		members := make([]scenario.Person, n)
		for i := range members {
			members[i] = adult(0)
		}
		household(sc, 1, 0, members...)
	}
	return newPlace(t, sc)
}

func TestSeatsOfALiftAreCounted(t *testing.T) {
	for name, c := range map[string]struct {
		seats      int
		neighbours []int
		taken      []sim.PartyID
	}{
		"two fit":            {3, []int{1, 2}, []sim.PartyID{1, 2}},
		"the second is full": {2, []int{2, 1}, []sim.PartyID{1}},
		"too many":           {1, []int{2}, nil},
		"a later one fits":   {1, []int{2, 1}, []sim.PartyID{2}},
		"no seats":           {0, []int{1}, nil},
	} {
		w := street(t, c.seats, c.neighbours...)
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(sim.Time(11*sim.Minute + sim.Second))
		joined := w.find(sim.EvPartyJoined, -1)
		if len(joined) != len(c.taken) {
			t.Fatalf("%s: %+v; want %v", name, joined, c.taken)
		}
		for k, e := range joined {
			if e.A.ID != int32(c.taken[k]) || e.B.ID != 0 || sim.JoinKind(e.Count) != sim.JoinLift {
				t.Errorf("%s: %+v; want party %d with party 0", name, e, c.taken[k])
			}
		}
		w.run(sim.Time(15 * sim.Minute))
		for _, trip := range func() []sim.Trip { out, _ := w.trips(); return out }() {
			if trip.Mode == sim.ModeCar && trip.Persons > carSeats {
				t.Errorf("%s: %d persons in one car", name, trip.Persons)
			}
		}
	}
}

func TestNoLiftForWhoWalksOrIsFarOrWithoutOffers(t *testing.T) {
	for name, change := range map[string]func(w *place){
		"near enough to walk": func(w *place) { w.sc.Population.Behaviour.WalkMax = 3000 },
		"too far away":        func(w *place) { w.sc.Population.Family.LiftReach = 50 },
		"nobody offers":       func(w *place) { w.sc.Population.Family.LiftOffer = 0 },
	} {
		w := street(t, 3, 2)
		change(w)
		w.begin()
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(sim.Time(15 * sim.Minute))
		if len(w.find(sim.EvPartyJoined, -1)) != 0 {
			t.Errorf("%s: a lift", name)
		}
	}
}

// Neighbours part at the shelter's door: each household is registered by itself.
func TestNeighboursPartAtTheShelter(t *testing.T) {
	w := street(t, 3, 2)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(15 * sim.Minute))
	w.settleOnTrips()
	w.run(w.p.now.Add(10 * sim.Second))
	knocks := w.knocks()
	if len(knocks) != 2 || knocks[0].Persons+knocks[1].Persons != 4 {
		t.Fatalf("knocks %+v; want two of 2", knocks)
	}
	w.wantSame("parts", sim.EvPartyParted, 1)
	w.wantSame("is at the door", sim.EvPartyAtShelter, 0, 1)
}

// Who has got into a neighbour's car when the order is lifted goes home again.
func TestTheAllClearSendsNeighboursHome(t *testing.T) {
	w := street(t, 3, 2)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(11*sim.Minute + sim.Second))
	if !w.p.kin.rides(1) || w.p.stage[1] != sim.StagePreparing {
		t.Fatalf("party 1: rides %v, %v; want waiting at its neighbour's", w.p.kin.rides(1), w.p.stage[1])
	}
	w.broadcast(sim.OrderAllClear, 0)
	w.run(sim.Time(12*sim.Minute + 2*sim.Second))
	if w.p.kin.rides(1) || w.p.holder[1] != sim.RefTo(sim.KindBuilding, sim.BuildingID(1)) {
		t.Errorf("party 1 rides %v and is with %v; want at home", w.p.kin.rides(1), w.p.holder[1])
	}
}

// When the driver finds that no way is open to his car, the neighbours whom he was to take along look after
// themselves: they leave from their own house.
func TestALiftThatCannotGo(t *testing.T) {
	w := street(t, 1, 1)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(11*sim.Minute + sim.Second)) // they are on their way over
	w.road.closed[sim.ModeCar] = true
	joined := w.find(sim.EvPartyJoined, -1)
	if len(joined) != 1 {
		t.Fatalf("events %v; want one who joins", w.events)
	}
	r := sim.PartyID(joined[0].A.ID)
	w.run(w.p.now.Add(30 * sim.Minute))
	w.once(sim.EvPartyParted, int32(r))
	if left := w.once(sim.EvPartyLeft, int32(r)); sim.Mode(left.Count) != sim.ModeFoot || w.p.kin.rides(r) {
		t.Errorf("%+v, rides %v; want the party to leave by itself on foot", left, w.p.kin.rides(r))
	}
}
