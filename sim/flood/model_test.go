package flood

import (
	"bytes"
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/soil"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
	"sandtable/sim/simtest"
)

var _ sim.HazardSpec = (*Config)(nil)

// valley is a terrain of nx x ny cells of 20 m: a river in the middle that falls to the east, plains and slopes
// beside it.
func valley(nx, ny int) *sim.Terrain {
	t := &sim.Terrain{Grid: geo.Grid{NX: nx, NY: ny, Cell: 20}}
	for j := range ny {
		for i := range nx {
			off := j - ny/2
			if off < 0 {
				off = -off
			}
			z, cover := 100_000-int32(i)*30, scenario.CoverFarmland
			switch {
			case off <= 1:
				cover = scenario.CoverWater
			case off < ny/4:
				z += 2500 + int32(off*40) + int32((i*7+j*13)%5)*20
			default:
				z += 2500 + int32(off-ny/4)*900
				cover = scenario.CoverForest
			}
			t.Bed = append(t.Bed, z)
			t.Cover = append(t.Cover, cover)
		}
	}
	return t
}

// everything is a configuration that uses each part of the model on a valley.
func everything(t *sim.Terrain) *Config {
	c := Default()
	w, h := t.Grid.Bounds().Width(), t.Grid.Bounds().Height()
	c.RiverDepth = 0.5
	c.Ponds = []Pond{{Level: 102.7, Polygon: [][2]float64{{50, h/2 + 150}, {250, h/2 + 150}, {250, h/2 + 250}}}}
	c.Rain = Rain{Times: []sim.Duration{0, 2 * sim.Minute, 8 * sim.Minute}, Rates: []float64{40, 120, 0}}
	k := DefaultCatchment()
	k.Name, k.Area, k.Lag, k.InitialFlow = "north", 12, 20*sim.Minute, 3
	k.InitialLoss = 2
	k.Outlet = [][2]float64{{w * 0.4, h / 2}}
	k.Polygon = [][2]float64{{0, h * 0.8}, {w, h * 0.8}, {w, h}, {0, h}}
	up := k
	up.Name, up.Outlet, up.Polygon, up.Reservoir = "upper", nil, nil, "lake"
	c.Catchments = []Catchment{k, up}
	c.Inflows = []Inflow{{
		Name: "river", Times: []sim.Duration{0, 3 * sim.Minute, 10 * sim.Minute}, Flows: []float64{10, 90, 40},
		Place: [][2]float64{{10, h/2 - 20}, {10, h/2 + 20}},
	}}
	r := DefaultReservoir()
	r.Name, r.Place = "lake", [2]float64{w * 0.2, h * 0.7}
	r.Levels, r.Volumes, r.Level = []float64{110, 120, 130}, []float64{0, 4e5, 2e6}, 126
	r.Release = [][2]float64{{w * 0.2, h * 0.6}, {w * 0.25, h * 0.6}}
	r.Lake = [][2]float64{{w * 0.1, h * 0.7}, {w * 0.2, h * 0.7}, {w * 0.2, h * 0.9}, {w * 0.1, h * 0.9}}
	r.Dam.Crest, r.Dam.Length = 129, 150
	r.Spillway.Crest, r.Spillway.Width = 125.5, 20
	g := DefaultGate()
	g.Name, g.Sill, g.Width, g.Height, g.Stroke = "sluice", 115, 3, 2, 2*sim.Minute
	r.Gates = []Gate{g}
	r.Breach.Trigger, r.Breach.At, r.Breach.Bottom = TriggerTime, 9*sim.Minute, 115
	c.Reservoirs = []Reservoir{r}
	out := DefaultBoundary()
	out.Kind, out.Edge, out.From, out.To = BoundaryOutflow, "east", 0, h
	in := DefaultBoundary()
	in.Kind, in.Edge, in.From, in.To = BoundaryStage, "west", h/2-30, h/2+30
	in.Times, in.Levels = []sim.Duration{0, 10 * sim.Minute}, []float64{100.4, 101.2}
	c.Boundaries = []Boundary{out, in}
	forecast := DefaultForecast()
	c.Forecast = &forecast
	return &c
}

func TestConformance(t *testing.T) {
	ground := valley(90, 60)
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		t.Run(scheme, func(t *testing.T) {
			c := everything(ground)
			c.Solver.Scheme = scheme
			simtest.TestHazard(t, c, ground)
		})
	}
}

// All water is accounted for with rain, catchments, reservoir, gate, breach and open edges.
func TestLedgerOfEverything(t *testing.T) {
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		t.Run(scheme, func(t *testing.T) { ledgerOfEverything(t, scheme) })
	}
}

func ledgerOfEverything(t *testing.T, scheme string) {
	t.Helper()
	ground := valley(90, 60)
	c := everything(ground)
	c.Solver.Scheme = scheme
	m := build(t, c, ground, 1)
	gateID := sim.StructureID(1)
	for at := sim.Time(0); at < sim.Time(2*sim.Hour); {
		if at == sim.Time(5*sim.Minute) {
			m.Apply(sim.StructureChange{Structure: gateID, Action: sim.StructureSetOpening, Value: 80})
		}
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
		if e := m.Ledger().Error(); e > 1e-11 {
			t.Fatalf("at %v: relative volume error %g: %+v", at, e, m.Ledger())
		}
	}
	for name, a := range map[string]*account{"rain": &m.books.rain, "inflow": &m.books.inflow, "edge in": &m.books.edgeIn,
		"edge out": &m.books.edgeOut, "losses": &m.books.losses} {
		if a.value() <= 0 {
			t.Errorf("%s: %g m3; want some", name, a.value())
		}
	}
	if m.reservoirs[0].stage != stageOpen || m.reservoirs[0].gates[0].position.at != 0.8 {
		t.Error("the dam stands or the gate is shut")
	}
}

// What is published is what the solver has, in whole millimetres, with nothing below the limits.
func TestPublishedValues(t *testing.T) {
	ground := valley(90, 60)
	c := everything(ground)
	c.Solver.Scheme = SchemeInertial // the other scheme has no highest Froude number
	m := build(t, c, ground, 1)
	for n := 1; n <= 20; n++ {
		if err := m.Advance(sim.Time(n) * sim.Time(m.Interval())); err != nil {
			t.Fatal(err)
		}
		m.Publish()
	}
	thin, moving, lake := 0, 0, 0
	for k := range ground.Bed {
		i, j := ground.Grid.IJ(k)
		c := m.At(i, j)
		d, vx, vy := m.depth.Values[k], m.east.Values[k], m.north.Values[k]
		h := m.Cells[c].H
		switch {
		case m.Closed(c):
			lake++
			level := m.reservoirs[0].levelAt(m.reservoirs[0].volume)
			if want := max(int32(math.Round(level*1000))-ground.Bed[k], 0); d != want || vx != 0 || vy != 0 {
				t.Fatalf("lake cell %d: %d mm, want %d", k, d, want)
			}
			continue
		case h < 0.001:
			if d != 0 || vx != 0 || vy != 0 {
				t.Fatalf("cell %d: %g m is published as %d mm, %d, %d mm/s", k, h, d, vx, vy)
			}
			continue
		case h < 0.005 && (vx != 0 || vy != 0):
			t.Fatalf("cell %d: velocity at a depth of %g m", k, h)
		case h < 0.005:
			thin++
		}
		if math.Abs(float64(d)-h*1000) > 0.5000001 {
			t.Fatalf("cell %d: %g m is published as %d mm", k, h, d)
		}
		if v := math.Hypot(float64(vx), float64(vy)) / 1000; v > math.Sqrt(shallow.Gravity*h)+0.001 {
			t.Fatalf("cell %d: %.3f m/s at a depth of %.3f m is above Froude number 1", k, v, h)
		} else if v > 0.1 {
			moving++
		}
	}
	if thin == 0 || moving == 0 || lake == 0 {
		t.Errorf("%d thin films, %d moving cells, %d of the lake; want some of each", thin, moving, lake)
	}
}

// Orders that cannot be carried out are refused with a reason.
func TestRefusals(t *testing.T) {
	ground := valley(90, 60)
	m := build(t, everything(ground), ground, 1)
	dam, sluice := sim.StructureID(0), sim.StructureID(1)
	past := []sim.StructureChange{{At: sim.Time(90 * sim.Second), Structure: dam, Action: sim.StructureBreach}}
	if why := m.Refuse(past[0], nil); !why.Empty() {
		t.Errorf("the dam may fail by order: %s", why)
	}
	for _, c := range []struct {
		change sim.StructureChange
		want   string
	}{
		{sim.StructureChange{Structure: dam, Action: sim.StructureBreach}, "lake has failed already, at 0:01:30"},
		{sim.StructureChange{Structure: dam, Action: sim.StructureSetOpening, Value: 5}, "lake is a dam; it can only fail"},
		{sim.StructureChange{Structure: sluice, Action: sim.StructureSetOpening, Value: 12},
			"an opening of 12 %; want 0 to 100 % in steps of 5"},
		{sim.StructureChange{Structure: sluice, Action: sim.StructureBreach},
			"sluice is a gate; it can only be opened or closed"},
		{sim.StructureChange{Structure: 9, Action: sim.StructureBreach}, "this hazard has no such structure"},
	} {
		if why := m.Refuse(c.change, past); why.EN != c.want {
			t.Errorf("%+v: %q; want %q", c.change, why, c.want)
		}
	}
}

// Rain on cells falls where it should, less what the ground takes.
func TestDirectRain(t *testing.T) {
	g := geo.Grid{NX: 20, NY: 10, Cell: 50}
	ground := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len()), Cover: make([]uint8, g.Len())}
	for k := range ground.Cover {
		ground.Cover[k] = scenario.CoverUrban
	}
	c := Default()
	c.Solver.Wet = 0.1 // nothing flows
	c.Rain = Rain{Times: []sim.Duration{sim.Minute, 13 * sim.Minute}, Rates: []float64{30, 0},
		Area: [][2]float64{{0, 0}, {500, 0}, {500, 500}, {0, 500}}}
	k := DefaultCatchment()
	k.Name, k.Area, k.Lag, k.Outlet = "a", 1, sim.Hour, [][2]float64{{975, 25}}
	k.Polygon = [][2]float64{{0, 0}, {250, 0}, {250, 500}, {0, 500}}
	c.Catchments = []Catchment{k}
	m := build(t, &c, ground, 1)
	for at := sim.Time(0); at < sim.Time(20*sim.Minute); {
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range map[int]float64{2: 0, 7: 0.006 * 0.8, 12: 0} { // 30 mm/h for 12 minutes, runoff 0.8
		if h := m.Cells[m.At(i, 5)].H; math.Abs(h-want) > 1e-12 {
			t.Errorf("column %d: %.6f m; want %.6f", i, h, want)
		}
	}
	rain := 0.006 * (500*250 + 1e6) // cells and catchment, of which the catchment's initial loss takes all
	if l := m.Ledger(); math.Abs(l.In-rain) > 1e-9*rain || math.Abs(l.Out-0.006*(500*250*0.2+1e6)) > 1e-6 {
		t.Errorf("%+v; want %.1f m3 in", l, rain)
	}
}

// A pond without a polygon reaches as far as low ground connects.
func TestPondSpreads(t *testing.T) {
	g := geo.Grid{NX: 9, NY: 1, Cell: 10}
	ground := &sim.Terrain{Grid: g, Bed: []int32{900, 200, 100, 400, 1500, 100, 100, 900, 100}}
	c := Default()
	c.Ponds = []Pond{{Level: 1, Place: [][2]float64{{25, 5}}}}
	m := build(t, &c, ground, 1)
	for i, want := range []float64{0.1, 0.8, 0.9, 0.6, 0, 0, 0, 0, 0} {
		if h := m.Cells[m.At(i, 0)].H; math.Abs(h-want) > 1e-15 {
			t.Errorf("column %d: %g m; want %g", i, h, want)
		}
	}
}

// TestSoakCounty is 12 h of a county of 600 x 400 cells: nothing gets lost in 12,000 steps.
func TestSoakCounty(t *testing.T) {
	soak(t)
	m := county(t, 2)
	for m.clock < sim.Time(12*sim.Hour) {
		if err := m.Advance(m.clock.Add(m.Interval())); err != nil {
			t.Fatal(err)
		}
		m.Publish()
	}
	l := m.Ledger()
	t.Logf("relative volume error %.1e: %+v", l.Error(), l)
	if l.Error() > 1e-11 {
		t.Errorf("relative volume error %g", l.Error())
	}
}

// A longest step that is short on large cells is no sign of too much water.
func TestShortStepsOnLargeCells(t *testing.T) {
	ground := valley(90, 60)
	ground.Grid.Cell = 200
	c := Default()
	c.Solver.StepMax, c.RiverDepth = 200*sim.Millisecond, 1
	m := build(t, &c, ground, 1)
	if err := m.Advance(sim.Time(m.Interval())); err != nil {
		t.Error(err)
	}
}

// Ground that has dried and is rained on again: what was saved while it was dry goes on with the same bytes.
func TestSavedWhileDry(t *testing.T) {
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		ground := valley(90, 60)
		c := Default()
		c.Solver.Scheme, c.Soil.Method = scheme, soil.MethodHorton
		c.Soil.Sealed = soil.Sealed{}
		c.Soil.First, c.Soil.Final, c.Soil.Decay = 200, 200, 1
		c.Rain.Times = []sim.Duration{0, 2 * sim.Minute, 20 * sim.Minute, 21 * sim.Minute}
		c.Rain.Rates = []float64{450, 0, 210, 0}
		m, n := build(t, &c, ground, 1), build(t, &c, ground, 1)
		for at := sim.Time(0); at < sim.Time(21*sim.Minute); {
			var a, b sim.Encoder
			if m.AppendState(&a); at > 0 {
				n.AppendState(&b)
				if !bytes.Equal(a.Buf, b.Buf) {
					t.Fatalf("%s: at %v the loaded water is another", scheme, at)
				}
			}
			d := sim.Decoder{Buf: a.Buf}
			if n.LoadState(&d); d.Err != nil {
				t.Fatal(d.Err)
			}
			at = at.Add(m.Interval())
			for _, x := range []*model{m, n} {
				if err := x.Advance(at); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
