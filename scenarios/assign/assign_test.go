package assign_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/scenarios/assign"
	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

// valley has a village in the west and one in the east, a shelter at each end of the road and one in the middle.
// All ways are 1,000 m at 60 km/h: a minute each. Everybody has a car and sets off within a second of hearing.
const valley = `
map 100x20 cell=50 level=10
node west 0,500
node a 1000,500
node middle 2000,500
node b 3000,500
node east 4000,500
road r1 west a speed=60 capacity=%d
road r2 a middle speed=60 capacity=%d
road r3 middle b speed=60 capacity=%d
road r4 b east speed=60 capacity=%d
behaviour delay_t50=1s delay_t90=2s walk_max=100
channel siren delay=1s
post village 2000,600 public=siren
zone za 900,400 1100,600 post=village shelters=%s
zone zb 2900,400 3100,600 post=village shelters=%s
shelter s1 0,500 capacity=%d open
shelter s2 2000,500 capacity=%d open
shelter s3 4000,500 capacity=%d open
%s`

// houses returns so many households of three with a car each at a place.
func houses(name string, x, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "house %s%d %d,490 cars=1 : 40 38 10\n", name, i, x)
	}
	return b.String()
}

func propose(t interface {
	Helper()
	Fatal(...any)
}, text string, water func(*assign.Water), opt assign.Options) (*assign.Result, *scenario.Scenario) {
	t.Helper()
	town, err := drilltest.NewTown(text)
	if err != nil {
		t.Fatal(err)
	}
	w, err := engine.New(engine.Config{Scenario: town.Scenario, Seed: sim.SeedOf(1)})
	if err != nil {
		t.Fatal(err)
	}
	flood := assign.Watch(town.Scenario, w.Sites(), nil)
	if water != nil {
		water(flood)
	}
	r, err := assign.Propose(context.Background(), town.Scenario, w.Sites(), w.Roster(), flood, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, town.Scenario
}

var hour = assign.Options{Horizon: sim.Hour}

// TestByHand: 30 households of three leave a, 30 leave b, all of them at the first minute. A road of 600 vehicles an hour
// carries 10 vehicles with 30 persons a minute, and takes a minute. By one road the 90 of a village are there after
// 2, 3 and 4 minutes: 30·(2+3+4) = 270 person-minutes. By two, one to the west and one to the east, 60 are there after
// 2 minutes and 30 after 3: 210. Both villages use both ways, for the 60 places in the middle are just enough for 30 of
// each: 420 in all, the last after 3 minutes.
func TestByHand(t *testing.T) {
	text := fmt.Sprintf(valley, 600, 600, 600, 600, "s2", "s2", 500, 60, 500, houses("a", 1000, 30)+houses("b", 3000, 30))
	r, _ := propose(t, text, nil, hour)
	if b := &r.Bound; b.Persons != 180 || b.Moved != 180 || b.Total != 420*sim.Minute || b.Clearance != 3*sim.Minute {
		t.Errorf("bound: %d of %d persons, %v in all, the last after %v; want 180 of 180, 7h, 3m", b.Moved, b.Persons,
			b.Total, b.Clearance)
	}
	// A plan names one shelter after the other. The best one sends the first 60 of one village to the middle, after 2
	// and 3 minutes, and its other 30 to its own end after 2, and the other village to its own end: 60 + 90 + 60 + 270.
	if p := &r.Proposed; p.Moved != 180 || p.Total != 480*sim.Minute {
		t.Errorf("proposed: %d persons, %v; want 180, 8h", p.Moved, p.Total)
	}
	if gap := r.Gap(&r.Proposed); math.Abs(gap-(480.0/420-1)) > 1e-9 {
		t.Errorf("gap %g; want %g", gap, 480.0/420-1)
	}
	// The given plan sends both to s2, which takes 60 of 180; nobody else is told where to go. The 120 count two hours.
	if g := &r.Given; g.Moved != 60 || g.Shelters[1] != 60 || g.Score(sim.Hour) < 240*3600 {
		t.Errorf("given: %d moved, %v, score %g", g.Moved, g.Shelters, g.Score(sim.Hour))
	}
}

// TestWaterOnTheWay: from the second minute on nobody passes r1, and s3 is no shelter any more: both villages go to the
// middle, and the route of the proposal says so.
func TestWaterOnTheWay(t *testing.T) {
	text := fmt.Sprintf(valley, 600, 600, 600, 600, "s1", "s3", 500, 500, 500, houses("a", 1000, 10)+houses("b", 3000, 10))
	r, sc := propose(t, text, func(w *assign.Water) {
		w.Links[0] = []assign.Span{{From: sim.Time(sim.Minute), To: sim.Never}}
		w.Shelters[2] = sim.Time(30 * sim.Minute)
	}, hour)
	for _, o := range []*assign.Outcome{&r.Bound, &r.Proposed} {
		if o.Moved != 60 || o.Shelters[1] != 60 {
			t.Errorf("%d moved, to %v; want all 60 in s2", o.Moved, o.Shelters)
		}
	}
	if r.Given.Moved != 0 {
		t.Errorf("the given plan moves %d into the water", r.Given.Moved)
	}
	zones := assign.Zones(sc, r)
	if fmt.Sprint(zones[0].Shelters, zones[0].Route) != "[s2] [1 2]" || fmt.Sprint(zones[1].Shelters, zones[1].Route) != "[s2] [3 2]" {
		t.Errorf("zones: %v %v, %v %v", zones[0].Shelters, zones[0].Route, zones[1].Shelters, zones[1].Route)
	}
}

// TestDryZonesStay: with Keep a zone that no water reaches is not moved.
func TestDryZonesStay(t *testing.T) {
	text := fmt.Sprintf(valley, 600, 600, 600, 600, "s1", "s3", 500, 500, 500, houses("a", 1000, 5)+houses("b", 3000, 5))
	opt := hour
	opt.Keep = true
	r, _ := propose(t, text, func(w *assign.Water) { w.Zones[1] = sim.Time(20 * sim.Minute) }, opt)
	if r.Proposed.Persons != 15 || r.Proposed.Zones[0].Persons != 0 || len(r.Lists[0]) != 0 {
		t.Errorf("%d persons, of the dry zone %d, lists %v", r.Proposed.Persons, r.Proposed.Zones[0].Persons, r.Lists)
	}
}

// TestBound: no plan does better than the bound, nobody is lost, no shelter is overfull, and the proposal is no worse
// than the plan that is there.
func TestBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		capacity := func(name string) int { return rapid.IntRange(60, 1200).Draw(t, name) }
		room := func(name string) int { return rapid.IntRange(1, 120).Draw(t, name) }
		shelters := rapid.SampledFrom([]string{"s1", "s2", "s3", "s1,s2", "s3,s1,s2"})
		a, b := rapid.IntRange(0, 25).Draw(t, "a"), rapid.IntRange(1, 25).Draw(t, "b")
		text := fmt.Sprintf(valley, capacity("r1"), capacity("r2"), capacity("r3"), capacity("r4"), shelters.Draw(t, "za"),
			shelters.Draw(t, "zb"), room("s1"), room("s2"), room("s3"), houses("a", 1000, a)+houses("b", 3000, b))
		r, sc := propose(t, text, func(w *assign.Water) {
			for i := range w.Links {
				if rapid.Bool().Draw(t, "wet") {
					from := sim.Time(rapid.IntRange(0, 30).Draw(t, "from")) * sim.Time(sim.Minute)
					w.Links[i] = []assign.Span{{From: from, To: from.Add(sim.Duration(rapid.IntRange(1, 60).Draw(t, "for")) * sim.Minute)}}
				}
			}
		}, hour)
		for _, o := range []*assign.Outcome{&r.Bound, &r.Proposed, &r.Given} {
			if r.Gap(o) < -1e-9 {
				t.Errorf("better than the bound by %g", -r.Gap(o))
			}
			inside, zones := 0, 0
			for s, n := range o.Shelters {
				inside += n
				if n > int(sc.Shelters[s].Capacity) {
					t.Errorf("%d persons in %s", n, sc.Shelters[s].Name)
				}
			}
			for z := range o.Zones {
				zones += o.Zones[z].Moved
			}
			if o.Persons != 3*(a+b) || inside != o.Moved || zones != o.Moved {
				t.Errorf("%d persons, %d moved, %d by zone, %d in shelters", o.Persons, o.Moved, zones, inside)
			}
		}
		if r.Gap(&r.Proposed) > r.Gap(&r.Given)+1e-9 {
			t.Errorf("the proposal is worse than the given plan: %g and %g", r.Gap(&r.Proposed), r.Gap(&r.Given))
		}
	})
}

// TestWrongOptions: what cannot be planned for is refused.
func TestWrongOptions(t *testing.T) {
	for _, opt := range []assign.Options{{Horizon: sim.Minute}, {Horizon: sim.Hour, Spare: 1}, {Horizon: sim.Hour, Start: -1}} {
		if _, err := assign.Propose(context.Background(), nil, nil, nil, nil, opt, nil); err == nil {
			t.Errorf("%+v was taken", opt)
		}
	}
}

// TestReportNamesTheWays: who reads the proposal sees by which roads each zone goes.
func TestReportNamesTheWays(t *testing.T) {
	text := fmt.Sprintf(valley, 600, 600, 600, 600, "s1", "s3", 500, 500, 500, houses("a", 1000, 10)+houses("b", 3000, 10))
	r, sc := propose(t, text, func(w *assign.Water) {
		w.Links[0] = []assign.Span{{From: sim.Time(sim.Minute), To: sim.Never}}
		w.Shelters[2] = sim.Time(30 * sim.Minute)
	}, hour)
	sc.Links[1].Name, sc.Links[2].Name = "G319", "X5"
	report := assign.Report(sc, scenario.NewDirectory(sc), r)
	for _, want := range []string{"proposed way: G319 (1.0 km)\n", "proposed way: X5 (1.0 km)\n"} {
		if !strings.Contains(report.EN, want) {
			t.Errorf("the report does not say %q:\n%s", want, report.EN)
		}
	}
	if !strings.Contains(report.ZH, "所拟路线：G319（1.0 公里）\n") {
		t.Errorf("the report does not name the way:\n%s", report.ZH)
	}
}
