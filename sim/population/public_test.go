package population

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// publish lets the zone's people hear of a warning level at an instant.
func (w *place) publish(at sim.Time, level int32) {
	w.ports.Warnings.Post(at, 0, sim.PublicWarning{Level: level})
	w.play(at.Add(sim.Minute))
}

// TestPublishedWarningMakesOrdersBelieved: with warned = 1.2 red makes an order count 1.2^4 times, whether it comes
// before the order or after, and by itself it moves nobody.
func TestPublishedWarningMakesOrdersBelieved(t *testing.T) {
	not := func(weight float64) float64 { return 1 - math.Pow(1-0.6, weight) }
	order := func(w *place) { w.order(sim.OrderEvacuateZone); w.play(w.p.now.Add(sim.Hour)) }
	red, steps := func(w *place) { w.publish(w.p.now, 4) }, math.Pow(1.2, 4)
	for name, c := range map[string]struct {
		do   []func(w *place)
		want float64
	}{
		"the order alone":        {[]func(w *place){order}, 0.6},
		"red before":             {[]func(w *place){red, order}, not(steps)},
		"red after":              {[]func(w *place){order, red}, not(steps)},
		"yellow":                 {[]func(w *place){func(w *place) { w.publish(w.p.now, 2) }, order}, not(1.44)},
		"red, taken back before": {[]func(w *place){red, func(w *place) { w.publish(w.p.now, 0) }, order}, 0.6},
		"red alone":              {[]func(w *place){red}, 0},
	} {
		sc := listeners(crowdSize, 0.6, "loudspeaker")
		sc.Population.Belief.Warned = 1.2
		w := newPlace(t, sc)
		for _, do := range c.do {
			do(w)
		}
		wantShare(t, name, w, c.want)
	}
}

// TestPublishedWarningLeavesOtherZonesAlone: a level is heard in its zone, and one that is not there is refused.
func TestPublishedWarningLeavesOtherZonesAlone(t *testing.T) {
	sc := listeners(10, 0.6, "loudspeaker")
	sc.Zones = append(sc.Zones, scenario.Zone{Name: "z1", Post: "village", Polygon: [][2]float64{{400, 0}, {800, 0}, {800, 500},
		{400, 500}}})
	w := newPlace(t, sc)
	for _, m := range []sim.PublicWarning{{Zone: 1, Level: 3}, {Zone: 2, Level: 1}, {Zone: sim.None, Level: 1}, {Level: 5}, {Level: -1}} {
		w.ports.Warnings.Post(0, 0, m)
	}
	w.play(seconds(60))
	if w.p.warned[0] != 0 || w.p.warned[1] != 3 {
		t.Errorf("levels %v; want none and orange", w.p.warned)
	}
}

// TestWhoHasAStoreyAboveSaysWhy: of those who do not take the order to mean themselves, all whom it would have moved at
// a low house say that they are safer indoors; when water comes into sight they go like those.
func TestWhoHasAStoreyAboveSaysWhy(t *testing.T) {
	run := func(storeys uint8) (leave map[sim.PartyID]bool, safer int, w *place) {
		sc := listeners(crowdSize, 0.6, "loudspeaker")
		twoStoreys(sc)
		sc.Buildings[0].Storeys = storeys
		w = newPlace(t, sc)
		w.order(sim.OrderEvacuateZone)
		w.play(seconds(300))
		for _, e := range w.find(sim.EvPartyDecided, -1) {
			if e.Count == 0 && sim.CueOf(e) == sim.CueRefuge {
				safer++
				if e.B != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) {
					t.Fatalf("stays in %v", e.B)
				}
			}
		}
		return w.moved(), safer, w
	}
	low, none, _ := run(1)
	high, safer, w := run(2)
	if none != 0 || safer != len(low)-len(high) || safer == 0 {
		t.Errorf("%d of low houses leave, and %d stay because it is safer; of high ones %d and %d", len(low), none, len(high),
			safer)
	}
	for q := range high {
		if !low[q] {
			t.Errorf("party %d leaves a high house and would not leave a low one", q)
		}
	}
	w.flood(100, 150, 0.3, 0) // next to the house
	for q := range w.p.told {
		w.p.reconsider(w.p.now, sim.PartyID(q), sim.CueWaterSeen)
	}
	if got := len(w.moved()); got != len(low) {
		t.Errorf("%d leave with water in sight; want %d as from a low house", got, len(low))
	}
}
