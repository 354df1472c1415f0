package flood

import (
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/simtest"
)

// Numbers of the structures of built.
const (
	idBank sim.StructureID = iota
	idSpot
	idLow
	idBags
	idWeir
	idSluice
	idGate
	idBridge
	idPipe
	idPump
	idSewer
	idStorm
)

// built is a flood of the valley with a structure of every kind in its way: a dyke that the river reaches, with a place
// that fails by itself and one that fails by order, a gate in it and one across the river, a movable weir, sandbags, a
// bridge that is soon drowned, a culvert and a pump through the dyke, and drains behind it. With mirror everything lies
// west for east.
func built(t *sim.Terrain, mirror bool) *Config {
	c := Default()
	w, h := t.Grid.Bounds().Width(), t.Grid.Bounds().Height()
	at := func(x, y float64) [2]float64 {
		if mirror {
			x = w - x
		}
		return [2]float64{x, h/2 + y}
	}
	way := func(pts ...[2]float64) [][2]float64 { return pts }
	c.RiverDepth = 1
	c.Inflows = []Inflow{{Name: "river", Times: []sim.Duration{0, 4 * sim.Minute}, Flows: []float64{50, 900},
		Place: way(at(11, -21), at(11, 21))}}
	d := DefaultDyke()
	d.Name, d.Line, d.Height = "bank", way(at(1, 63), at(503, 107), at(w-1, 83)), 0.5
	spot, low := DefaultDykeBreach(), DefaultDykeBreach()
	spot.Name, spot.Place, spot.Trigger, spot.Head = "spot", at(403, 92), TriggerOvertopping, 0.05
	spot.Bottom, spot.Width, spot.Growth, spot.Hold = 101.5, 60, 2*sim.Minute, 30*sim.Second
	low.Name, low.Place, low.Bottom = "low", at(903, 92), 101
	low.Water = way(at(603, -303), at(w-5, -303), at(w-5, 153), at(603, 153))
	d.Breaches = []DykeBreach{spot, low}
	c.Dykes = []Dyke{d}
	bags, weir := DefaultBarrier(), DefaultBarrier()
	bags.Name, bags.Line, bags.Height, bags.Rate = "bags", way(at(203, 183), at(663, 203)), 1.5, 6
	foot := 98.7
	weir.Name, weir.Line, weir.Height, weir.Rate, weir.Foot = "weir", way(at(1303, -43), at(1303, 43)), 2, 20, &foot
	weir.Start = 0.5
	c.Barriers = []Barrier{bags, weir}
	in, across := DefaultSluice(), DefaultSluice()
	in.Name, in.Dyke, in.Place, in.Sill, in.Width, in.Height = "sluice", "bank", way(at(703, 100)), 101.5, 12, 2
	in.Opening = 35
	across.Name, across.Line, across.Crest, across.Sill = "gate", way(at(903, -43), at(903, 43)), 103, 98
	across.Width, across.Height, across.Opening = 60, 3, 80
	c.Sluices = []Sluice{in, across}
	b := DefaultBridge()
	b.Name, b.Line, b.Soffit, b.Deck = "bridge", way(at(403, -43), at(403, 43)), 101.2, 102.4
	c.Bridges = []Bridge{b}
	k := DefaultCulvert()
	k.Name, k.Ends, k.Height, k.Barrels, k.Inverts = "pipe", way(at(303, 65), at(303, 125)), 1.5, 2, []float64{102, 102}
	c.Culverts = []Culvert{k}
	p := DefaultPump()
	p.Name, p.Place, p.Capacity, p.On = "pump", at(603, 145), 3, true
	c.Pumps = []Pump{p}
	s := DefaultDrain()
	s.Name, s.Capacity, s.Polygon = "sewer", 40, way(at(103, 103), at(803, 123), at(803, 243), at(103, 243))
	storm := DefaultDrain()
	storm.Name, storm.Capacity, storm.Polygon = "storm", 60, way(at(803, 103), at(1203, 123), at(1203, 243), at(803, 243))
	storm.Outfall = way(at(1403, 3))
	c.Drains = []Drain{s, storm}
	out := DefaultBoundary()
	out.Kind, out.Edge, out.From, out.To = BoundaryOutflow, "east", 0, h
	if mirror {
		out.Edge = "west"
	}
	c.Boundaries = []Boundary{out}
	return &c
}

// mirrored is a terrain with west for east.
func mirroredGround(t *sim.Terrain) *sim.Terrain {
	m := *t
	m.Bed, m.Cover = make([]int32, len(t.Bed)), make([]uint8, len(t.Cover))
	for k := range t.Bed {
		i, j := t.Grid.IJ(k)
		at := t.Grid.Index(t.Grid.NX-1-i, j)
		m.Bed[at], m.Cover[at] = t.Bed[k], t.Cover[k]
	}
	return &m
}

// orders are given while built runs.
func orders(m *model, at sim.Time) {
	for _, o := range []struct {
		at sim.Duration
		c  sim.StructureChange
	}{
		{2 * sim.Minute, sim.StructureChange{Structure: idBags, Action: sim.StructureSetCrest, Value: 1.2}},
		{3 * sim.Minute, sim.StructureChange{Structure: idWeir, Action: sim.StructureSetCrest, Value: 2, Over: 5 * sim.Minute}},
		{4 * sim.Minute, sim.StructureChange{Structure: idGate, Action: sim.StructureSetOpening, Value: 20}},
		{6 * sim.Minute, sim.StructureChange{Structure: idSluice, Action: sim.StructureSetOpening, Value: 100}},
		{12 * sim.Minute, sim.StructureChange{Structure: idLow, Action: sim.StructureBreach}},
		{15 * sim.Minute, sim.StructureChange{Structure: idPump, Action: sim.StructureSwitch}},
		{18 * sim.Minute, sim.StructureChange{Structure: idBags, Action: sim.StructureSetCrest}},
	} {
		if at == sim.Time(o.at) {
			o.c.At = at
			m.Apply(o.c)
		}
	}
}

func TestStructuresConformance(t *testing.T) {
	ground := valley(90, 60)
	c := built(ground, false)
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		c.Solver.Scheme = scheme
		t.Run(scheme, func(t *testing.T) { simtest.TestHazard(t, c, ground) })
	}
}

// All water is accounted for while every structure works: what pumps and drains take away is in the ledger.
func TestLedgerOfStructures(t *testing.T) {
	ground := valley(90, 60)
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		c := built(ground, false)
		c.Solver.Scheme = scheme
		m := build(t, c, ground, 1)
		for at := sim.Time(0); at < sim.Time(30*sim.Minute); {
			orders(m, at)
			at = at.Add(m.Interval())
			if err := m.Advance(at); err != nil {
				t.Fatal(err)
			}
			if e := m.Ledger().Error(); e > 1e-11 {
				t.Fatalf("%s, at %v: relative volume error %g: %+v", scheme, at, e, m.Ledger())
			}
		}
		s := m.structures
		if s.out.pumps.value() <= 0 || s.out.drains.value() <= 0 {
			t.Errorf("%s: %g m3 pumped, %g drained; want some of both", scheme, s.out.pumps.value(), s.out.drains.value())
		}
		if s.drains[1].pool <= 0 {
			t.Errorf("%s: nothing is on its way to an outfall", scheme)
		}
		if g := s.dykes[0].gaps; g[0].stage != stageOpen || g[1].stage != stageOpen {
			t.Errorf("%s: a gap that should have broken has not: %v %v", scheme, g[0].stage, g[1].stage)
		}
		pressed := false
		for _, p := range s.bridges[0].pressed {
			pressed = pressed || p
		}
		if !pressed {
			t.Errorf("%s: the water never reached the bridge's deck", scheme)
		}
	}
}

// In the flood, whose steps are never of one length for long, an outfall's discharge follows what the drains take without
// a pulse: from one step to the next it changes by less than a tenth.
func TestOutfallInTheFlood(t *testing.T) {
	ground := valley(90, 60)
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		c := built(ground, false)
		c.Solver.Scheme = scheme
		m := build(t, c, ground, 1)
		d := m.structures.drains[1]
		last, worst := 0.0, 0.0
		for at := sim.Time(0); at < sim.Time(30*sim.Minute); {
			orders(m, at)
			for at = at.Add(m.Interval()); m.clock < at; {
				dt, err := m.choose(at.Sub(m.clock))
				if err != nil {
					t.Fatal(err)
				}
				if err := m.move(m.clock, m.clock.Add(dt)); err != nil {
					t.Fatal(err)
				}
				m.clock = m.clock.Add(dt)
				rate := float64(m.outlets[d.outlet].rate * m.area)
				if last > 0.7 { // [m3/s]; until then water spreads over the area and the drains take more every time
					worst = max(worst, math.Abs(rate-last)/last)
				}
				last = rate
			}
		}
		t.Logf("%s: %.3g m3/s in the end, at most %.1f %% from one step to the next", scheme, last, 100*worst)
		if last < 0.5 || worst > 0.1 {
			t.Errorf("%s: %g m3/s at the outfall, which changes by %.0f %% from one step to the next", scheme, last, 100*worst)
		}
	}
}

// The mirrored map with mirrored structures and the same orders floods in the mirror.
func TestStructuresMirrored(t *testing.T) {
	ground := valley(90, 60)
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		one, two := built(ground, false), built(ground, true)
		one.Solver.Scheme, two.Solver.Scheme = scheme, scheme
		a, b := build(t, one, ground, 1), build(t, two, mirroredGround(ground), 1)
		worst := 0.0
		for at := sim.Time(0); at < sim.Time(14*sim.Minute); {
			orders(a, at)
			orders(b, at)
			at = at.Add(a.Interval())
			if err := a.Advance(at); err != nil {
				t.Fatal(err)
			}
			if err := b.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
		for j := range 60 {
			for i := range 90 {
				worst = max(worst, math.Abs(a.Cells[a.At(i, j)].H-b.Cells[b.At(89-i, j)].H))
			}
		}
		if worst > 1e-6 {
			t.Errorf("%s: a depth differs by %g m from its mirror image", scheme, worst)
		}
		t.Logf("%s: at most %.3g m from the mirror image", scheme, worst)
	}
}

// Steps with structures allocate nothing, except where a barrier or bridge begins or ends to hold water.
func TestStructuresAllocateNothing(t *testing.T) {
	ground := valley(90, 60)
	m := build(t, built(ground, false), ground, 1)
	at := sim.Time(0)
	advance := func() {
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		orders(m, at)
		advance()
	}
	if n := testing.AllocsPerRun(10, advance); n > 1 {
		t.Errorf("%.1f allocations per block", n)
	}
}

// Auto takes the finite volumes for a dam whose reservoir lies on the grid.
func TestAutoKnowsDamsOnTheGrid(t *testing.T) {
	ground := valley(90, 60)
	c := built(ground, false)
	c.Solver.Scheme = SchemeAuto
	if scheme, why := c.Scheme(); scheme != shallow.Finite || !strings.Contains(why.EN, "low can break") {
		t.Errorf("scheme %d: %s", scheme, why.EN)
	}
	c.Dykes[0].Breaches = c.Dykes[0].Breaches[:1] // a gap of a given width in a river's dyke
	if scheme, why := c.Scheme(); scheme != shallow.Inertial {
		t.Errorf("scheme %d: %s", scheme, why.EN)
	}
}

// worksMistakes are things wrong in built, one each.
var worksMistakes = []mistake{
	{"dyke[0].name", "no name", func(c *Config) { c.Dykes[0].Name = "" }},
	{"dyke[0].line", "1 points; want a line of at least two", func(c *Config) { c.Dykes[0].Line = c.Dykes[0].Line[:1] }},
	{"dyke[0].line[0]", "outside the map", func(c *Config) { c.Dykes[0].Line[0] = [2]float64{-50, 600} }},
	{"dyke[0].line", "no side of a cell lies along it", func(c *Config) {
		c.Dykes[0].Line, c.Dykes[0].Breaches = [][2]float64{{500, 900}, {501, 901}}, nil
	}},
	{"dyke[0].crest", "want crest or height", func(c *Config) { c.Dykes[0].Height = 0 }},
	{"dyke[0].crest", "2 crests for a line of 3 points", func(c *Config) { c.Dykes[0].Crest, c.Dykes[0].Height = []float64{105, 106}, 0 }},
	{"dyke[0].crest", "nowhere above the ground", func(c *Config) { c.Dykes[0].Crest, c.Dykes[0].Height = []float64{90}, 0 }},
	{"dyke[0].height", "both crest and height", func(c *Config) { c.Dykes[0].Crest = []float64{105} }},
	{"dyke[0].breach[0].place", "from the dyke; want a place on it", func(c *Config) { c.Dykes[0].Breaches[0].Place[1] += 100 }},
	{"dyke[0].breach[0].bottom", "want a level below the crest there", func(c *Config) {
		c.Dykes[0].Crest, c.Dykes[0].Height, c.Dykes[0].Breaches[0].Bottom = []float64{105}, 0, 105
	}},
	{"dyke[0].breach[0].level", "want a level above the gap's bottom", func(c *Config) {
		c.Dykes[0].Breaches[0].Trigger, c.Dykes[0].Breaches[0].Level = TriggerLevel, 100
	}},
	{"dyke[0].breach[0].bottom", "want a level below the dyke's crest, which is nowhere above", func(c *Config) {
		c.Dykes[0].Breaches[0].Bottom = 500
	}},
	{"dyke[0].breach[0].level", "0 m; want a level above the gap's bottom", func(c *Config) {
		c.Dykes[0].Breaches[0].Trigger, c.Dykes[0].Breaches[0].Level = TriggerLevel, 0
	}},
	{"dyke[0].breach[0].width", "neither a width nor the water behind it", func(c *Config) { c.Dykes[0].Breaches[0].Width = 0 }},
	{"dyke[0].breach[1].water", "both width and water", func(c *Config) { c.Dykes[0].Breaches[1].Width = 10 }},
	{"dyke[0].breach[1].water", "no cell has its centre in it", func(c *Config) {
		c.Dykes[0].Breaches[1].Water = [][2]float64{{100, 100}, {101, 100}, {101, 101}}
	}},
	{"dyke[0].breach[1].water[0]", "outside the map", func(c *Config) {
		c.Dykes[0].Breaches[1].Water = [][2]float64{{-90, -90}, {-80, -90}, {-80, -80}}
	}},
	{"dyke[0].breach[0].trigger", `"flood"; want one of`, func(c *Config) { c.Dykes[0].Breaches[0].Trigger = "flood" }},
	{"barrier[0].start", "want 0 to 1.5 m in steps of 0.1 m", func(c *Config) { c.Barriers[0].Start = 1.6 }},
	{"barrier[0].height", "want a height in steps of 0.1 m", func(c *Config) { c.Barriers[0].Height = 1.25 }},
	{"barrier[1].foot", "-1000; want -500 to 9000", func(c *Config) { low := -1000.0; c.Barriers[1].Foot = &low }},
	{"barrier[0].line", `stands on the same sides of cells as "bank"`, func(c *Config) { c.Barriers[0].Line = c.Dykes[0].Line }},
	{"sluice[0].dyke", `there is no dyke "levee"`, func(c *Config) { c.Sluices[0].Dyke = "levee" }},
	{"sluice[0].line", "both line and dyke", func(c *Config) { c.Sluices[0].Line = c.Sluices[1].Line }},
	{"sluice[0].line", "no place; want line and crest, or dyke and place", func(c *Config) { c.Sluices[0].Dyke = "" }},
	{"pump[0].place", "outside the map", func(c *Config) { c.Pumps[0].Place[0] = -50 }},
	{"sluice[0].place", "0 points; want one, on the dyke", func(c *Config) { c.Sluices[0].Place = nil }},
	{"sluice[1].width", "its line is 86 m long", func(c *Config) { c.Sluices[1].Width = 90 }},
	{"sluice[1].crest", "want a level not below the sill", func(c *Config) { c.Sluices[1].Crest = 97 }},
	{"sluice[1].opening", "12 %; want 0 to 100 % in steps of 5", func(c *Config) { c.Sluices[1].Opening = 12 }},
	{"bridge[0].deck", "want a level not below the soffit", func(c *Config) { c.Bridges[0].Deck = 100 }},
	{"culvert[0].ends", "1 ends; want two", func(c *Config) { c.Culverts[0].Ends = c.Culverts[0].Ends[:1] }},
	{"culvert[0].ends", "both ends lie in one cell", func(c *Config) { c.Culverts[0].Ends[1] = c.Culverts[0].Ends[0] }},
	{"culvert[0].inverts", "3 inverts; want one for each end", func(c *Config) { c.Culverts[0].Inverts = []float64{1, 2, 3} }},
	{"culvert[0].barrels", "0; want 1 to 100", func(c *Config) { c.Culverts[0].Barrels = 0 }},
	{"pump[0].capacity", "0; want more than 0", func(c *Config) { c.Pumps[0].Capacity = 0 }},
	{"pump[0].stop", "want a level below the one at which it starts", func(c *Config) {
		start, stop := 100.0, 101.0
		c.Pumps[0].Start, c.Pumps[0].Stop = &start, &stop
	}},
	{"drain[0].polygon", "no cell has its centre in it", func(c *Config) {
		c.Drains[0].Polygon = [][2]float64{{100, 100}, {101, 100}, {101, 101}}
	}},
	{"pump[0].name", `a second structure of the name "bank"`, func(c *Config) { c.Pumps[0].Name = "bank" }},
}

func TestMistakesInStructures(t *testing.T) {
	ground := valley(90, 60)
	for _, p := range built(ground, false).Check(ground) {
		t.Errorf("%s: %s", p.Path, p.Text.EN)
	}
	for _, m := range worksMistakes {
		c := built(ground, false)
		m.spoil(c)
		found := false
		for _, p := range c.Check(ground) {
			found = found || p.Path == m.path && strings.Contains(p.Text.EN, m.want) && p.Text.ZH != ""
		}
		if !found {
			t.Errorf("%s: %q was not found; found %v", m.path, m.want, c.Check(ground))
		}
	}
}

// Structures refuse what they cannot do, by configuration and story alone.
func TestStructuresRefuse(t *testing.T) {
	ground := valley(90, 60)
	m := build(t, built(ground, false), ground, 1)
	spot := sim.StructureChange{Structure: idSpot, Action: sim.StructureBreach, At: 60}
	for _, c := range []struct {
		change sim.StructureChange
		past   []sim.StructureChange
		want   string // a part of the reason; empty when it is taken
	}{
		{spot, nil, ""}, {spot, []sim.StructureChange{spot}, "has failed already"},
		{sim.StructureChange{Structure: idBank, Action: sim.StructureBreach}, nil, "no such structure"},
		{sim.StructureChange{Structure: idSpot, Action: sim.StructureSetOpening}, nil, "it can only fail"},
		{sim.StructureChange{Structure: idBags, Action: sim.StructureSetCrest, Value: 1.5}, nil, ""},
		{sim.StructureChange{Structure: idBags, Action: sim.StructureSetCrest, Value: 1.6}, nil, "want 0 to 1.5 m"},
		{sim.StructureChange{Structure: idBags, Action: sim.StructureSetCrest, Value: 0.25}, nil, "steps of 0.1 m"},
		{sim.StructureChange{Structure: idBags, Action: sim.StructureSetCrest, Value: math.NaN()}, nil, "want 0 to"},
		{sim.StructureChange{Structure: idGate, Action: sim.StructureSetOpening, Value: 35}, nil, ""},
		{sim.StructureChange{Structure: idGate, Action: sim.StructureSetOpening, Value: 33}, nil, "steps of 5"},
		{sim.StructureChange{Structure: idGate, Action: sim.StructureSwitch, Value: 1}, nil, "opened or closed"},
		{sim.StructureChange{Structure: idPump, Action: sim.StructureSwitch, Value: 1}, nil, ""},
		{sim.StructureChange{Structure: idSewer, Action: sim.StructureSwitch, Value: 2}, nil, "want 0 or 1"},
		{sim.StructureChange{Structure: idBridge, Action: sim.StructureBreach}, nil, "no such structure"},
	} {
		switch why := m.Refuse(c.change, c.past); {
		case c.want == "" && !why.Empty():
			t.Errorf("%+v: refused: %s", c.change, why.EN)
		case !strings.Contains(why.EN, c.want):
			t.Errorf("%+v: %q; want %q", c.change, why.EN, c.want)
		}
	}
}
