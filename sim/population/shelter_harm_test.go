package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// sheltered is the two of party 0 in shelter 0, which change may alter.
func sheltered(t *testing.T, change func(w *place)) *place {
	t.Helper()
	w := atShelter(t, 0)
	w.ports.Admissions.Post(w.p.now, 0, sim.Admission{Party: 0, Shelter: 0, Admitted: true, Next: sim.None})
	w.run(w.p.now.Add(sim.Tick))
	w.once(sim.EvPartySheltered, 0)
	change(w)
	return w
}

// In a shelter people are in the water as in any house: drowned by storey, worn out by the cold, in the water when it
// gives way.
func TestHarmInShelters(t *testing.T) {
	for name, c := range map[string]struct {
		storeys int64
		build   bool // it is in building 3, of concrete
		depth   float64
		speed   float64
		caught  bool
		cause   sim.Cause
	}{
		"storey above the water":   {2, false, 2.0, 0, false, sim.CauseNone},
		"under water":              {1, false, 7.0, 0, true, sim.CauseSubmerged},
		"upper storey under water": {2, false, 9.8, 0, true, sim.CauseSubmerged},
		"gives way":                {2, true, 3.0, 4.0, true, sim.CauseBuilding},
		"stands":                   {2, true, 3.0, 1.0, false, sim.CauseNone},
	} {
		w := sheltered(t, func(w *place) {
			w.sc.Shelters[0].Storeys, w.sc.Shelters[0].Floor = c.storeys, 0.3
			if c.build {
				b := int64(3)
				w.sc.Shelters[0].Building = &b
			}
		})
		w.flood(400, 1000, c.depth, c.speed)
		w.run(w.p.now.Add(2 * sim.Second))
		if caught := len(w.find(sim.EvPartyCaught, 0)) == 1; caught != c.caught {
			t.Errorf("%s: caught %v; want %v", name, caught, c.caught)
		}
		for _, e := range w.find(sim.EvPersonDied, -1) { // who is only caught is hurt as in any flooded house
			if e.Count != int32(c.cause) {
				t.Errorf("%s: %+v; want cause %v", name, e, c.cause)
			}
		}
		if name == "gives way" && w.p.alive[0] > 0 && w.p.holder[0].Kind != sim.KindStreet {
			t.Errorf("%s: %v; want in the street", name, w.p.holder[0])
		}
	}
}

// Who cannot get above the water in a shelter stands in it, and is worn out.
func TestExposureInShelters(t *testing.T) {
	w := sheltered(t, func(w *place) {
		w.sc.Shelters[0].Storeys, w.sc.Shelters[0].Floor = 1, 0.3
		w.sc.Weather = scenario.Weather{Water: 8, Air: 0}
	})
	w.flood(400, 1000, 1.3, 0)
	w.run(w.p.now.Add(2 * sim.Second))
	x := w.p.chills.of(0)
	if x == nil || !x.Clock[others].Now.Holds {
		t.Fatalf("they bear %+v", x)
	}
	if roof := w.p.accessTo(0) == harm.AccessRoof; roof != x.Clock[climbers].Now.Wet {
		t.Errorf("way to the roof %v; they bear %+v", roof, x)
	}
}
