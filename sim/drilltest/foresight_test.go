package drilltest_test

import (
	"slices"
	"testing"

	"sandtable/evaluation"
	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// lateWater is hamlet with a second body of water that comes to zone z05 at an instant, before its flood does.
func lateWater(t *testing.T, at sim.Duration) *scenario.Scenario {
	t.Helper()
	sc := *hamlet(t)
	z05 := geo.Rect{Min: geo.Point{X: 700, Y: 1750}, Max: geo.Point{X: 1000, Y: 2050}}
	pool := &drilltest.Pool{Steps: []drilltest.PoolStep{{At: at, Rect: z05, Depth: 1.5}}}
	sc.Hazards = append(slices.Clone(sc.Hazards), scenario.Hazard{Name: "pool", Kind: "pool", Spec: pool})
	sc.Drill.Duration = 75 * sim.Minute
	return &sc
}

// TestNoSeatKnowsTheLatestSafeDeparture: it is made of water that has not come yet. Of two stories that differ in the
// water of the last quarter of an hour alone the review has another latest safe departure for z05, half an hour and
// more before; until that water comes no seat knows anything else in one story than in the other, and everything that
// happens is the same: orders and their words, messages, reports.
func TestNoSeatKnowsTheLatestSafeDeparture(t *testing.T) {
	const differ = 60 * sim.Minute
	stories := []*scenario.Scenario{lateWater(t, differ), lateWater(t, differ+10*sim.Minute)}
	given := evacuation(stories[0], 20*sim.Minute)
	var known []*observer
	var told [][]sim.Event
	var latest []float64
	for _, sc := range stories {
		known = append(known, observe(t, engine.Config{Scenario: sc, Seed: sim.SeedOf(1), Films: films(t)}, given))
		l := newLaboratory(t, sc)
		r, reference := l.run(t, 1, true, given), l.run(t, 1, false, given)
		in := evaluation.Input{Scenario: sc, Names: l.world.Names(), Sites: l.world.Sites(), Roster: r.Roster,
			Events: r.Events, Until: r.Until}
		rep := evaluation.Measure(&in, reference.Events)
		z := slices.IndexFunc(rep.Zones, func(z evaluation.ZoneMeasures) bool { return z.Name == "z05" })
		latest = append(latest, rep.Zones[z].Departure.LatestS)
		before := slices.IndexFunc(r.Events, func(e sim.Event) bool { return e.At >= sim.Time(differ) })
		told = append(told, r.Events[:before])
	}
	if latest[0] == latest[1] || latest[0] > (differ-30*sim.Minute).Seconds() {
		t.Fatalf("the latest safe departures are %v s; want two, half an hour before the water", latest)
	}
	if !slices.Equal(told[0], told[1]) {
		t.Error("what happens before the water differs")
	}
	for _, post := range known[0].posts {
		if n := firstNews(known[0], known[1], post); n > 0 && n <= int(differ/sim.Minute) {
			t.Errorf("%s knows something else after %d min, before the water that makes the difference", post, n)
		}
	}
}
