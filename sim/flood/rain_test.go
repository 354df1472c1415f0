package flood

import (
	"bytes"
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/soil"
	"sandtable/sim/flood/storm"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
	"sandtable/sim/simtest"

	"pgregory.net/rapid"
)

// downpour is everything with rain of all kinds, ground that takes water by a method, and catchments that do too.
func downpour(t *sim.Terrain, method string) *Config {
	c := everything(t)
	c.Soil.Method = method
	c.Rain.Side = 300
	w, h := t.Grid.Bounds().Width(), t.Grid.Bounds().Height()
	chicago := scenario.Filled[storm.Chicago]()
	chicago.A1, chicago.C, chicago.B, chicago.N, chicago.Period, chicago.Duration = 12, 0.8, 8, 0.7, 20, 30*sim.Minute
	moving := scenario.Filled[storm.Moving]()
	moving.Times, moving.Rates = []sim.Duration{0, 20 * sim.Minute}, []float64{60, 90}
	moving.X, moving.Y, moving.Along, moving.Across = []float64{-500, w}, []float64{0, h}, 500, 300
	c.Rain.Chicago, c.Rain.Moving = []storm.Chicago{chicago}, []storm.Moving{moving}
	if method != soil.MethodRunoff {
		for i := range c.Catchments {
			c.Catchments[i].Law = method
		}
	}
	return c
}

var methods = []string{soil.MethodRunoff, soil.MethodGreenAmpt, soil.MethodHorton, soil.MethodCurveNumber}

// With every method the hazard keeps its contract: saved states, workers, publications. Both schemes move the water.
func TestRainConforms(t *testing.T) {
	ground := valley(90, 60)
	for k, method := range methods {
		c := downpour(ground, method)
		if c.Solver.Scheme = SchemeInertial; k == 1 {
			c.Solver.Scheme = SchemeFinite
		}
		t.Run(method, func(t *testing.T) { simtest.TestHazard(t, c, ground) })
	}
}

// Rain brings no momentum along the ground: with finite volumes the water that it falls on becomes slower, so that depth
// times velocity stays what it was.
func TestRainBringsNoMomentum(t *testing.T) {
	for _, method := range methods {
		ground := flat(32, 16, scenario.CoverWater)
		c := Default()
		c.Solver.Scheme, c.Soil.Method = SchemeFinite, method
		c.Rain.Times, c.Rain.Rates = []sim.Duration{sim.Minute, 2 * sim.Minute}, []float64{400, 0}
		c.Ponds = []Pond{{Polygon: [][2]float64{{0, 0}, {100, 0}, {100, 160}, {0, 160}}, Level: 2}}
		m := build(t, &c, ground, 1)
		if err := m.Advance(sim.Time(sim.Minute)); err != nil {
			t.Fatal(err)
		}
		before, wet, fell := momentumOf(m), m.stored(), false
		m.rain.fall(m, sim.Time(sim.Minute+20*sim.Second))
		for c := range before {
			x, y := m.Discharge(c)
			if d := math.Hypot(x-before[c][0], y-before[c][1]); d > 1e-12 {
				t.Fatalf("%s, cell %d: %v m2/s before the rain, %v after", method, c, before[c], [2]float64{x, y})
			}
			fell = fell || before[c][0] > 0.1
		}
		if m.stored() <= wet || !fell {
			t.Errorf("%s: %g m3 before and %g after, moving water: %v; want rain on moving water", method, wet, m.stored(), fell)
		}
	}
}

// momentumOf returns depth times velocity of all cells [m2/s].
func momentumOf(m *model) [][2]float64 {
	list := make([][2]float64, len(m.Cells))
	for c := range list {
		list[c][0], list[c][1] = m.Discharge(c)
	}
	return list
}

// All water is accounted for with every method; what soaks in is a loss, and without rain only standing water gives it.
func TestLedgerOfTheGround(t *testing.T) {
	ground := valley(90, 60)
	for _, method := range methods {
		wet, dry := downpour(ground, method), downpour(ground, method)
		wet.Solver.Scheme = SchemeInertial
		m := build(t, wet, ground, 1)
		dry.Rain, dry.Catchments = Rain{}, nil
		n := build(t, dry, ground, 1)
		for at := sim.Time(0); at < sim.Time(40*sim.Minute); {
			at = at.Add(m.Interval())
			for _, m := range []*model{m, n} {
				if err := m.Advance(at); err != nil {
					t.Fatal(err)
				}
				if e := m.Ledger().Error(); e > 1e-11 {
					t.Fatalf("%s at %v: relative volume error %g: %+v", method, at, e, m.Ledger())
				}
				for c := range m.Cells {
					if m.Cells[c].H < 0 {
						t.Fatalf("%s at %v: depth %g m", method, at, m.Cells[c].H)
					}
				}
			}
		}
		lost := n.books.losses.value()
		if soaks := method == soil.MethodGreenAmpt || method == soil.MethodHorton; (lost > 0) != soaks {
			t.Errorf("%s: without rain %g m3 are lost", method, lost)
		}
		if len(n.Layers()) != 3 || len(m.Layers()) != 4 {
			t.Errorf("%s: %d layers with rain, %d without", method, len(m.Layers()), len(n.Layers()))
		}
		t.Logf("%s: rain %.0f m3, losses %.0f m3", method, m.books.rain.value(), m.books.losses.value())
	}
}

// flat is level ground of one cover, closed on all sides.
func flat(nx, ny int, cover uint8) *sim.Terrain {
	t := &sim.Terrain{Grid: geo.Grid{NX: nx, NY: ny, Cell: 100}, Bed: make([]int32, nx*ny), Cover: make([]uint8, nx*ny)}
	for k := range t.Cover {
		t.Cover[k] = cover
	}
	return t
}

// run advances a flood to an instant.
func run(t testing.TB, m *model, to sim.Duration) {
	t.Helper()
	for m.clock < sim.Time(to) {
		if err := m.Advance(m.clock.Add(m.Interval())); err != nil {
			t.Fatal(err)
		}
	}
	m.Publish()
}

// On level ground the water that stands after even rain is what the law alone leaves, whatever the pulses.
func TestGroundFollowsItsLaw(t *testing.T) {
	for _, method := range methods[1:] {
		ground := flat(20, 20, scenario.CoverFarmland)
		c := Default()
		c.Soil.Method = method
		c.Rain = Rain{Times: []sim.Duration{0, sim.Hour}, Rates: []float64{60, 0}}
		m := build(t, &c, ground, 1)
		run(t, m, sim.Hour)
		law := c.Soil.Laws(method)[scenario.CoverFarmland]
		soaked, _ := law.Soak(0, 0, 0.06, 3600)
		for k := range ground.Bed {
			i, j := ground.Grid.IJ(k)
			if h := m.Cells[m.At(i, j)].H; math.Abs(h-(0.06-soaked)) > 1e-6 {
				t.Fatalf("%s: %.6f m stand; the law leaves %.6f", method, h, 0.06-soaked)
			}
		}
	}
}

// Standing water soaks in after the rain with Green-Ampt, and stays with the curve number; a sealed town keeps it.
func TestStandingWaterSoaksIn(t *testing.T) {
	depth := func(method string, cover uint8) float64 {
		ground := flat(20, 20, cover)
		c := Default()
		c.Soil.Method = method
		c.Soil.Sealed.Urban = 1
		c.Ponds = []Pond{{Level: 0.1, Polygon: [][2]float64{{0, 0}, {2000, 0}, {2000, 2000}, {0, 2000}}}}
		m := build(t, &c, ground, 1)
		run(t, m, 2*sim.Hour)
		return m.Cells[m.At(7, 7)].H
	}
	c := Default()
	texture := c.Soil.Laws(soil.MethodGreenAmpt)[0]
	soaked, _ := texture.Soak(0, 0.1, 0, 7200)
	if h := depth(soil.MethodGreenAmpt, scenario.CoverFarmland); math.Abs(h-(0.1-soaked)) > 1e-9 || soaked < 0.03 {
		t.Errorf("%.6f m left; want %.6f", h, 0.1-soaked)
	}
	if h := depth(soil.MethodCurveNumber, scenario.CoverFarmland); h != 0.1 {
		t.Errorf("the curve number takes standing water: %g m left", h)
	}
	if h := depth(soil.MethodGreenAmpt, scenario.CoverUrban); h != 0.1 {
		t.Errorf("sealed ground takes water: %g m left", h)
	}
}

// Even rain by any of the shapes of the configuration gives the same flood, to the bit where it is the same sum.
func TestGridOfEvenRain(t *testing.T) {
	ground := valley(90, 60)
	even, grid := everything(ground), everything(ground)
	grid.Rain = Rain{Side: 250, Gridded: []storm.Gridded{{Files: []string{"r.csv"}, Factor: 1, Series: []sim.Rasters{{
		Grid:  geo.Grid{NX: 2, NY: 1, Cell: 2000},
		Times: []sim.Duration{0, 2 * sim.Minute, 8 * sim.Minute}, Values: [][]float64{{40, 40}, {120, 120}, {0, 0}},
	}}}}}
	a, b := build(t, even, ground, 1), build(t, grid, ground, 2)
	run(t, a, 20*sim.Minute)
	run(t, b, 20*sim.Minute)
	for c := range a.Cells {
		if math.Abs(a.Cells[c].H-b.Cells[c].H) > 1e-9 {
			t.Fatalf("cell %d: %.12f and %.12f m", c, a.Cells[c].H, b.Cells[c].H)
		}
	}
	if x, y := a.books.rain.value(), b.books.rain.value(); math.Abs(x-y) > 1e-9*x {
		t.Errorf("rain of %.3f and %.3f m3", x, y)
	}
}

// The layer of rain shows the mean of the last publication, and a tile is dirty only when it has changed.
func TestRainLayer(t *testing.T) {
	ground := flat(40, 30, scenario.CoverFarmland)
	c := Default()
	c.Rain = Rain{Times: []sim.Duration{sim.Minute, 75 * sim.Second, 2 * sim.Minute}, Rates: []float64{36, 12, 0}}
	m := build(t, &c, ground, 1)
	layers := sim.NewLayers(ground)
	for _, l := range m.Layers() {
		layers.Add(l)
	}
	if g := m.rain.layer.Grid; g.NX != 4 || g.NY != 3 || g.Cell != 1000 {
		t.Fatalf("a layer of %+v", g)
	}
	m.Publish()
	for n, want := range []int32{0, 0, 24_000, 12_000, 0, 0} {
		at := sim.Time(n+1) * sim.Time(30*sim.Second)
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
		before := layers.At(sim.LayerKey{Quantity: sim.QRain}, geo.Point{X: 1500, Y: 900})
		layers.Begin(at)
		m.Publish()
		got := layers.At(sim.LayerKey{Quantity: sim.QRain}, geo.Point{X: 1500, Y: 900})
		if got != want {
			t.Errorf("at %v %d; want %d", at, got, want)
		}
		if dirty := m.rain.layer.Dirty[0]; dirty != (got != before) {
			t.Errorf("at %v dirty is %v", at, dirty)
		}
	}
}

// A catchment under a moving storm gets the mean over its polygon, whatever the steps.
func TestRainOnCatchments(t *testing.T) {
	ground := valley(90, 60)
	c := downpour(ground, soil.MethodRunoff)
	m := build(t, c, ground, 1)
	inPolygon := func(k int, from, to sim.Time) float64 {
		cells, sum := 0.0, 0.0
		inside(ground.Grid, c.Catchments[k].Polygon, func(cell int) {
			at := ground.Grid.Centre(ground.Grid.IJ(cell))
			x, y := m.rain.blocks.Grid.ClampIJ(at)
			sum += m.rain.field.Depth(m.rain.blocks.Grid.Centre(x, y), from, to)
			cells++
		})
		return sum / cells
	}
	rapid.Check(t, func(t *rapid.T) {
		from := sim.Time(rapid.Int64Range(0, 100).Draw(t, "window")) * sim.Time(window)
		to := from + sim.Time(rapid.Int64Range(1, 20).Draw(t, "windows"))*sim.Time(window)
		sum := 0.0
		for at := from; at < to; {
			next := min(at+sim.Time(rapid.Int64Range(1e5, 30e6).Draw(t, "step")), to)
			sum += m.rain.over(at, next)[0]
			at = next
		}
		if want := inPolygon(0, from, to); math.Abs(sum-want) > 1e-12+1e-9*want {
			t.Fatalf("from %v to %v: %.12g m; want %.12g", from, to, sum, want)
		}
	})
}

// A catchment by a law loses what the law takes.
func TestCatchmentByALaw(t *testing.T) {
	c := Default()
	for _, method := range methods[1:] {
		spec := DefaultCatchment()
		spec.Area, spec.Lag, spec.Law, spec.Cover = 10, sim.Hour, method, "farmland"
		k := newCatchment(&spec, &c.Soil, target{})
		var b books
		for range 720 {
			k.step(50.0/1000/720, 5, &b)
		}
		laws := c.Soil.Laws(method)
		want, _ := laws[scenario.CoverFarmland].Soak(0, 0, 0.05, 3600)
		if got := b.losses.value() / 10e6; math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %.6f m lost; want %.6f", method, got, want)
		}
	}
}

// What the ground remembers is saved: a flood that was saved and loaded goes on with the same bytes.
func TestGroundIsSaved(t *testing.T) {
	ground := valley(90, 60)
	for _, method := range methods {
		a := build(t, downpour(ground, method), ground, 1)
		run(t, a, 6*sim.Minute)
		var e sim.Encoder
		a.AppendState(&e)
		b := build(t, downpour(ground, method), ground, 1)
		d := sim.Decoder{Buf: e.Buf}
		if b.LoadState(&d); d.Err != nil {
			t.Fatal(d.Err)
		}
		run(t, a, 12*sim.Minute)
		run(t, b, 12*sim.Minute)
		var x, y sim.Encoder
		a.AppendState(&x)
		b.AppendState(&y)
		if !bytes.Equal(x.Buf, y.Buf) {
			t.Errorf("%s: another state after loading", method)
		}
	}
}

// BenchmarkRain is a pulse of even rain, and of a moving storm, on a whole map by each method.
func BenchmarkRain(b *testing.B) {
	ground := flat(600, 400, scenario.CoverFarmland)
	ground.Grid.Cell = 40
	for _, method := range methods {
		for _, even := range []bool{true, false} {
			c := Default()
			c.Soil.Method = method
			c.Rain = Rain{Times: []sim.Duration{0}, Rates: []float64{60}}
			name := method + "/even"
			if !even {
				name = method + "/moving"
				c.Rain.Moving = []storm.Moving{{
					Times: []sim.Duration{0, 240 * sim.Hour}, X: []float64{0, 24000}, Y: []float64{0, 16000},
					Rates: []float64{50, 50}, Profile: storm.ProfileGaussian, Along: 4000, Across: 3000,
				}}
			}
			b.Run(name, func(b *testing.B) {
				m := build(b, &c, ground, 1)
				b.ReportAllocs()
				for b.Loop() {
					m.rain.fall(m, m.rain.until.Add(rainPulse))
				}
				b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/240000*1e9, "ns/cell")
			})
		}
	}
}
