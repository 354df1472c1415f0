package generate

import (
	"flag"
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

var water = flag.Bool("water", false, "also run the flood of linjiang-flood, about two minutes")

// inundation is what the water of a scenario does when nobody touches a structure.
type inundation struct {
	depth   []float64 // highest per cell [m]
	class   []sim.DangerClass
	arrival []sim.Time                   // when the depth first passes 0.15 m; Never where it does not
	danger  []sim.Time                   // when the class first is H3
	high    []float64                    // highest level at each gauge [m]
	fails   map[sim.StructureID]sim.Time // dams and dykes that failed by themselves
	error   float64                      // relative imbalance of the volume
}

// runWater runs the flood of a scenario to its end, with one change of a structure if there is any.
func runWater(t testing.TB, sc *scenario.Scenario, change *sim.StructureChange) inundation {
	t.Helper()
	names := scenario.NewDirectory(sc)
	h, err := sc.Hazards[0].Spec.New(sim.HazardEnv{Terrain: &sc.Terrain, Seed: 1, Workers: 2, Start: sc.Drill.Start,
		Structure: func(n string) (sim.StructureID, bool) {
			id, ok := names.Resolve(sim.KindStructure, n)
			return sim.StructureID(id), ok
		}})
	if err != nil {
		t.Fatal(err)
	}
	layers := sim.NewLayers(&sc.Terrain)
	for _, l := range h.Layers() {
		layers.Add(l)
	}
	in := newInundation(sc)
	for at := sim.Time(0); at <= sim.Time(sc.Drill.Duration); at = at.Add(h.Interval()) {
		if change != nil && at >= change.At {
			if why := h.Refuse(*change, nil); !why.Empty() {
				t.Fatal(why)
			}
			h.Apply(*change)
			change = nil
		}
		if at > 0 {
			if err := h.Advance(at); err != nil {
				t.Fatal(err)
			}
			for _, f := range h.(sim.Herald).Told() {
				in.fails[f.Structure] = at
			}
		}
		layers.Begin(at)
		h.Publish()
		in.look(at, sc, layers)
	}
	in.error = h.Ledger().Error()
	return in
}

func newInundation(sc *scenario.Scenario) inundation {
	n := sc.Terrain.Grid.Len()
	in := inundation{fails: map[sim.StructureID]sim.Time{}, depth: make([]float64, n), class: make([]sim.DangerClass, n), high: make([]float64, len(sc.Gauges))}
	for range n {
		in.arrival, in.danger = append(in.arrival, sim.Never), append(in.danger, sim.Never)
	}
	return in
}

// look takes one publication into account.
func (in *inundation) look(at sim.Time, sc *scenario.Scenario, layers *sim.Layers) {
	for c := range in.depth {
		w := layers.WaterInCell(int32(c))
		if w.Depth <= 0 {
			continue
		}
		in.depth[c] = max(in.depth[c], w.Depth)
		if w.Depth > 0.15 {
			in.arrival[c] = min(in.arrival[c], at)
		}
		class := harm.Classify(w.Depth, math.Hypot(w.VX, w.VY))
		in.class[c] = max(in.class[c], class)
		if class >= sim.H3 {
			in.danger[c] = min(in.danger[c], at)
		}
	}
	for i, g := range sc.Gauges {
		in.high[i] = max(in.high[i], layers.WaterAt(scenario.Point(g.Place)).Level)
	}
}

// homesAtRisk counts the persons whose home sees danger, in all and outside every zone, and tells for each zone when
// it first does.
func (in *inundation) homesAtRisk(sc *scenario.Scenario) (all, outside int, first []sim.Time) {
	sites := scenario.Locate(sc, scenario.NewDirectory(sc))
	for range sc.Zones {
		first = append(first, sim.Never)
	}
	for _, p := range sc.Persons {
		site := sites.Building[sc.Households[p.Household].Home]
		if in.class[site.Cell] < sim.H3 {
			continue
		}
		all++
		if site.Zone == sim.None {
			outside++
		} else {
			first[site.Zone] = min(first[site.Zone], in.danger[site.Cell])
		}
	}
	return all, outside, first
}

// firstHouse returns when water first comes to a building.
func (in *inundation) firstHouse(sc *scenario.Scenario) sim.Time {
	first := sim.Never
	for _, site := range scenario.Locate(sc, scenario.NewDirectory(sc)).Building {
		if site.Cell >= 0 {
			first = min(first, in.arrival[site.Cell])
		}
	}
	return first
}

// wetShelters lists the shelters that water comes to.
func (in *inundation) wetShelters(sc *scenario.Scenario) (wet []string) {
	for _, s := range sc.Shelters {
		if c, ok := sc.Terrain.Grid.CellAt(scenario.Point(s.Place)); !ok || in.depth[c] > 0.1 {
			wet = append(wet, s.Name)
		}
	}
	return wet
}

// TestHamletFloods plays the water of the small drill: it must come in time to matter and not too early to move.
func TestHamletFloods(t *testing.T) {
	sc := little().sc
	in := runWater(t, sc, nil)
	all, outside, first := in.homesAtRisk(sc)
	if all < 120 || all > 350 || outside > 20 {
		t.Errorf("%d persons at risk, %d of them outside the zones; want 120 to 350, and few", all, outside)
	}
	zones := 0
	for z, at := range first {
		if at == sim.Never {
			continue
		}
		zones++
		if at < sim.Time(40*sim.Minute) || at > sim.Time(110*sim.Minute) {
			t.Errorf("zone %s: danger at %s; want 0:40 to 1:50", sc.Zones[z].Name, at)
		}
	}
	if zones < 3 {
		t.Errorf("%d zones in danger; want at least 3", zones)
	}
	if wet := in.wetShelters(sc); len(wet) > 0 {
		t.Errorf("water in the shelters %v", wet)
	}
	if in.error > 1e-9 {
		t.Errorf("volume error %g", in.error)
	}
}

// TestLinjiangFloods plays the water of the large drill.
func TestLinjiangFloods(t *testing.T) {
	if !*water {
		t.Skip("two minutes of water; run go test ./scenarios/generate -water")
	}
	sc, m := linjiang().sc, linjiang().land.dam
	in := runWater(t, sc, nil)
	all, outside, first := in.homesAtRisk(sc)
	t.Logf("%d persons at risk by their homes, %d outside the zones; first danger per zone %v; highest levels %.2f",
		all, outside, first, in.high)
	if all < 9_000 || all > 18_000 || outside > all/20 {
		t.Errorf("%d persons at risk, %d of them outside the zones; want 15 to 30 %% of 60,000, and few", all, outside)
	}
	if early := in.firstHouse(sc); early < sim.Time(2*sim.Hour) {
		t.Errorf("water at a house at %v already; want time for a forecast and an order: the gate's release stays in its bed",
			early)
	}
	if wet := in.wetShelters(sc); len(wet) > 0 {
		t.Errorf("water in the shelters %v", wet)
	}
	design := mix(m.normal, m.crest, designShare)
	if high := in.high[reservoirGauge]; high > m.crest || high < design {
		t.Errorf("the reservoir rises to %.2f m; want it between its design level, %.2f m, and its crest, %.2f m",
			high, design, m.crest)
	}
	broken := runWater(t, sc, change(sc, reservoirName, 5*sim.Hour, sim.StructureBreach, 0))
	more, _, _ := broken.homesAtRisk(sc)
	t.Logf("with a breach after 5 h %d persons at risk; highest levels %.2f", more, broken.high)
	if more < all+1000 {
		t.Errorf("%d persons at risk with a breach, %d without; want many more", more, all)
	}
	inTime, late := shutAt(t, sc, 200*sim.Minute), shutAt(t, sc, 390*sim.Minute)
	check := mix(m.normal, m.crest, checkShare)
	if high := inTime.high[reservoirGauge]; high > check {
		t.Errorf("with its gate shut in time the reservoir rises to %.2f m; want it below its check level, %.2f m", high, check)
	}
	inTown := func(in *inundation) sim.Time { return in.fails[townBreach(sc)] }
	t.Logf("the town's dyke fails at %v, %v and %v: gate shut in time, late, and never",
		inTown(&inTime), inTown(&late), inTown(&in))
	if !(inTown(&inTime) > inTown(&late) && inTown(&late) > inTown(&in)) {
		t.Error("want the dyke to fail the sooner, the later the gate is shut")
	}
}

// reservoirGauge is the place of the reservoir's gauge among the gauges.
const reservoirGauge = 3

// change is a change of a structure at an instant.
func change(sc *scenario.Scenario, name string, at sim.Duration, what sim.StructureAction, to float64) *sim.StructureChange {
	id, _ := scenario.NewDirectory(sc).Resolve(sim.KindStructure, name)
	return &sim.StructureChange{At: sim.Time(at), Structure: sim.StructureID(id), Action: what, Value: to}
}

// shutAt plays the water with the reservoir's gate shut at an instant.
func shutAt(t *testing.T, sc *scenario.Scenario, at sim.Duration) inundation {
	t.Helper()
	return runWater(t, sc, change(sc, gateName, at, sim.StructureSetOpening, 0))
}

// townBreach is the breach of the town's dyke.
func townBreach(sc *scenario.Scenario) sim.StructureID {
	return change(sc, breachName, 0, sim.StructureBreach, 0).Structure
}
