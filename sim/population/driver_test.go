package population

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// manyHouses is the place with so many households with a car.
func manyHouses(n int) *scenario.Scenario {
	sc := testScenario()
	for range n {
		household(sc, 0, 1, adult(0))
	}
	return sc
}

// Of many households the given shares know and dare what the scenario says, independently of each other, and each one
// is drawn for itself: with higher shares some know more, and nobody less.
func TestSharesOfDrivers(t *testing.T) {
	const n = 4000
	trips := func(informed, guided, bold float64) (out []sim.Trip) {
		sc := manyHouses(n)
		sc.Roads.Informed, sc.Roads.Guided, sc.Roads.Bold = informed, guided, bold
		w := newPlace(t, sc)
		for q := range sim.PartyID(n) {
			out = append(out, w.p.drive(q, 0, 9))
		}
		return out
	}
	rank := [...]int{sim.KnowsHabit: 0, sim.KnowsClosures: 1, sim.KnowsTravel: 2}
	few, many := trips(0.4, 0.1, 0.35), trips(0.7, 0.3, 0.35)
	var count [sim.KnowledgeCount]float64
	both := 0.0
	for q := range few {
		count[few[q].Knows]++
		if few[q].Bold && few[q].Knows == sim.KnowsHabit {
			both++
		}
		if rank[few[q].Knows] > rank[many[q].Knows] || few[q].Bold != many[q].Bold {
			t.Fatalf("party %d: %+v, and with higher shares %+v", q, few[q], many[q])
		}
	}
	for _, c := range []struct {
		name        string
		got, chance float64
	}{
		{"by habit", count[sim.KnowsHabit], 0.6},
		{"know closures", count[sim.KnowsClosures], 0.3},
		{"know times", count[sim.KnowsTravel], 0.1},
		{"bold by habit", both, 0.6 * 0.35},
	} {
		if off := math.Abs(c.got - n*c.chance); off > 4*math.Sqrt(n*c.chance*(1-c.chance)) {
			t.Errorf("%s: %v of %d; want a share of %v", c.name, c.got, n, c.chance)
		}
	}
}

// Who drives by habit sets out although the road is closed. When he comes back from it he asks, and drives home, where
// it is dry above the ground floor, or goes on on foot.
func TestHabitDriverFindsNoWay(t *testing.T) {
	for storeys, want := range map[uint8]sim.PartyStage{1: sim.StageWalking, 2: sim.StageDriving} {
		sc := testScenario()
		sc.Roads.Informed = 0
		sc.Buildings[0].Storeys = storeys
		household(sc, 0, 1, adult(0))
		w := newPlace(t, sc)
		noCars(w)
		w.evacuate()
		w.run(seconds(665))
		trips, _ := w.trips()
		if len(trips) != 1 || trips[0].Mode != sim.ModeCar || trips[0].Knows != sim.KnowsHabit {
			t.Fatalf("%d storeys: trips %+v; want one by car, by habit", storeys, trips)
		}
		w.road.closed[sim.ModeCar] = false // the way back is open
		at := w.sc.Nodes[4].At
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: trips[0].Mover, Link: sim.None, Node: 4, X: at.X, Y: at.Y,
			Cause: sim.StrandNoRoute})
		w.run(seconds(670))
		if w.p.stage[0] != want {
			t.Errorf("%d storeys: %v; want %v", storeys, w.p.stage[0], want)
		}
		if want != sim.StageDriving {
			continue
		}
		trips, _ = w.trips()
		if len(trips) != 1 || trips[0].From != 4 || trips[0].To != 0 || trips[0].Knows != sim.KnowsClosures {
			t.Fatalf("trips %+v; want one home, by who knows what is closed", trips)
		}
		w.arrive(0, 0)
		w.run(seconds(680))
		if w.p.stage[0] != sim.StageStaying || w.p.flags[0]&partyNoCar != 0 {
			t.Errorf("%v; want at home with the car", w.p.stage[0])
		}
	}
}
