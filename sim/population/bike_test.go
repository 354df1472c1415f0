package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// riders is a household without a car at home 0 with so many two-wheelers, of which all are ridden.
func riders(t *testing.T, bikes uint8, members ...scenario.Person) *place {
	sc := testScenario()
	sc.Population.Behaviour.BikeOwnerRide = 1
	household(sc, 0, 0, members...)
	sc.Households[0].Bikes = bikes
	return newPlace(t, sc)
}

// One or two who walk well ride, with an adult among them, when they have a two-wheeler and no car, at most a film of
// water stands at door and node, and there is a way.
func TestWhoRides(t *testing.T) {
	child, old, lame := adult(0), adult(0), adult(0)
	child.Age, old.Age, lame.Mobility = 8, 70, scenario.MobilityLimited
	noBikes := func(w *place) { w.road.closed[sim.ModeBike] = true }
	unwilling := func(w *place) { w.sc.Population.Behaviour.BikeOwnerRide = 0 }
	for name, c := range map[string]struct {
		bikes   uint8
		members []scenario.Person
		change  func(*place)
		mode    sim.Mode
	}{
		"alone":                {1, []scenario.Person{adult(0)}, nil, sim.ModeBike},
		"with a child":         {1, []scenario.Person{adult(0), child}, nil, sim.ModeBike},
		"without one":          {0, []scenario.Person{adult(0)}, nil, sim.ModeFoot},
		"three":                {2, []scenario.Person{adult(0), adult(0), child}, nil, sim.ModeFoot},
		"old":                  {1, []scenario.Person{old}, nil, sim.ModeFoot},
		"a child alone":        {1, []scenario.Person{child}, nil, sim.ModeFoot},
		"one walks badly":      {1, []scenario.Person{adult(0), lame}, nil, sim.ModeFoot},
		"no way":               {1, []scenario.Person{adult(0)}, noBikes, sim.ModeFoot},
		"unwilling":            {1, []scenario.Person{adult(0)}, unwilling, sim.ModeFoot},
		"0.15 m at the door":   {1, []scenario.Person{adult(0)}, wetDoor(0.15, 0), sim.ModeBike},
		"0.16 m at the door":   {1, []scenario.Person{adult(0)}, wetDoor(0.16, 0), sim.ModeFoot},
		"0.2 m at the node":    {1, []scenario.Person{adult(0)}, wetNode(0.2), sim.ModeFoot},
		"left it on the way":   {1, []scenario.Person{adult(0)}, func(w *place) { w.p.flags[0] |= partyNoCar }, sim.ModeFoot},
		"nobody can carry two": {1, []scenario.Person{old, child}, nil, sim.ModeFoot},
	} {
		w := riders(t, c.bikes, c.members...)
		if c.change != nil {
			c.change(w)
		}
		w.run(seconds(1))
		if mode, _, why := w.p.choose(0); mode != c.mode || why != 0 {
			t.Errorf("%s: %v (%d); want %v", name, mode, why, c.mode)
		}
	}
}

// A two-wheeler that the water stops is left behind: its riders walk on, and ride no more.
func TestTwoWheelerIsLeftBehind(t *testing.T) {
	w := riders(t, 1, adult(0), adult(0))
	w.evacuate()
	w.run(seconds(670))
	if trips, _ := w.trips(); len(trips) != 1 || trips[0].Mode != sim.ModeBike || trips[0].Vehicles != 1 ||
		trips[0].Persons != 2 {
		t.Fatalf("%+v", trips)
	}
	w.flood(300, 500, 0.3, 0)
	w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 3,
		Node: 3, X: 380, Y: 250, Depth: 0.3, Cause: sim.StrandWater})
	w.run(seconds(700))
	if trips, _ := w.trips(); len(trips) != 1 || trips[0].Mode != sim.ModeFoot || trips[0].From != 3 {
		t.Errorf("%+v; want on foot from node 3", trips)
	}
	if w.p.hasBike(0) {
		t.Error("they still have their two-wheeler")
	}
}
