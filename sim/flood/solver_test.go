package flood

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"

	"pgregory.net/rapid"
)

// A face in steady flow down a plane carries Manning's discharge.
//
// Reference: Chow 1959, Open-Channel Hydraulics, chapter 6: uniform flow, q = h^(5/3) S^(1/2)/n.
func TestUniformFlow(t *testing.T) {
	const depth = 1.25
	m, want := uniformFlow(t, depth)
	for i := 10; i < 55; i++ {
		at := m.At(i, 1)
		if h := m.Cells[at].H; math.Abs(h-depth) > 0.01 {
			t.Errorf("column %d: depth %.4f m; want %.3f", i, h, depth)
		}
		if q := fluxAt(m, at); math.Abs(q-want) > 0.001*want {
			t.Errorf("column %d: %.4f m2/s; want %.4f", i, q, want)
		}
	}
}

// The slope [-] and Manning's n [s/m^(1/3)] of the uniform flow.
const uniformSlope, uniformN = 0.002, 0.04

// manning is the flux of uniform flow of a depth [m2/s].
func manning(depth float64) float64 {
	return math.Pow(depth, 5.0/3) * math.Sqrt(uniformSlope) / uniformN
}

// uniformFlow feeds a channel of 1,200 m with the flux that Manning's law gives for a depth [m], and lets it settle for
// two hours.
func uniformFlow(t *testing.T, depth float64) (m *model, flux float64) {
	t.Helper()
	g := geo.Grid{NX: 60, NY: 3, Cell: 20}
	ground := &sim.Terrain{Grid: g}
	for range g.NY {
		for i := range g.NX {
			ground.Bed = append(ground.Bed, int32(math.Round(1000*(50-uniformSlope*20*float64(i)))))
		}
	}
	flux = manning(depth)
	c := Default()
	c.Roughness.Farmland = uniformN
	c.Inflows = []Inflow{{Name: "up", Times: []sim.Duration{0}, Flows: []float64{flux * 60},
		Place: [][2]float64{{5, 5}, {5, 55}}}}
	b := DefaultBoundary()
	b.Kind, b.Edge, b.To, b.Slope = BoundaryOutflow, "east", 60, uniformSlope
	c.Boundaries = []Boundary{b}
	m = build(t, &c, ground, 1)
	for at := sim.Time(0); at < sim.Time(2*sim.Hour); {
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
	}
	return m, flux
}

// fluxAt is the flow to the east in a cell [m2/s].
func fluxAt(m *model, c int) float64 {
	x, _ := m.Discharge(c)
	return x
}

// A mirrored world must flood in the mirror: no direction is special.
func TestNoDirectionIsSpecial(t *testing.T) {
	const n = 40
	bed := func(i, j int) int32 { return int32((i*i*3+j*17+i*j*7)%900) + int32(i+2*j)*20 }
	run := func(of func(i, j int) (int, int)) *model {
		g := geo.Grid{NX: n, NY: n, Cell: 10}
		ground := &sim.Terrain{Grid: g, Bed: make([]int32, n*n)}
		for j := range n {
			for i := range n {
				x, y := of(i, j)
				ground.Bed[g.Index(x, y)] = bed(i, j)
			}
		}
		c := Default()
		x, y := of(31, 33)
		p := g.Centre(x, y)
		c.Inflows = []Inflow{{Name: "in", Times: []sim.Duration{0}, Flows: []float64{30}, Place: [][2]float64{{p.X, p.Y}}}}
		m := build(t, &c, ground, 1)
		for at := sim.Time(0); at < sim.Time(10*sim.Minute); {
			at = at.Add(m.Interval())
			if err := m.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
		return m
	}
	same := func(i, j int) (int, int) { return i, j }
	plain := run(same)
	for name, of := range map[string]func(i, j int) (int, int){
		"west-east":   func(i, j int) (int, int) { return n - 1 - i, j },
		"south-north": func(i, j int) (int, int) { return i, n - 1 - j },
		"diagonal":    func(i, j int) (int, int) { return j, i },
	} {
		other := run(of)
		for j := range n {
			for i := range n {
				x, y := of(i, j)
				a, b := plain.Cells[plain.At(i, j)].H, other.Cells[other.At(x, y)].H
				if math.Abs(a-b) > 1e-6 {
					t.Fatalf("%s: depth of cell (%d, %d) %.9f m, mirrored %.9f m", name, i, j, a, b)
				}
			}
		}
	}
}

// Small maps run on one worker whatever is allowed; here every tile may have its own.
func TestWorkersShareTiles(t *testing.T) {
	ground := valley(90, 60)
	var states [][]byte
	for n, workers := range []int{1, 2, 5, 1, 2, 5} {
		c := everything(ground)
		c.Solver.Scheme = SchemeInertial
		if n >= 3 {
			c.Solver.Scheme = SchemeFinite
		}
		m := build(t, c, ground, workers)
		m.Share = 1
		for at := sim.Time(0); at < sim.Time(15*sim.Minute); {
			at = at.Add(m.Interval())
			if err := m.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
		var e sim.Encoder
		m.AppendState(&e)
		states = append(states, e.Buf)
		if !bytes.Equal(states[n/3*3], e.Buf) {
			t.Errorf("%d workers give another state", workers)
		}
	}
}

// A state that is not finite is found in the block in which it arises, with the cell.
func TestBrokenStateIsReported(t *testing.T) {
	ground := valley(40, 40)
	for name, spoil := range map[string]func(m *model, c int){
		"depth NaN":      func(m *model, c int) { m.Cells[c].H = math.NaN() },
		"depth infinite": func(m *model, c int) { m.Cells[c].H = math.Inf(1) },
		"depth negative": func(m *model, c int) { m.Cells[c].H = -0.5 },
	} {
		m := build(t, everything(ground), ground, 1)
		if err := m.Advance(sim.Time(30 * sim.Second)); err != nil {
			t.Fatal(err)
		}
		spoil(m, m.At(12, 20))
		err := m.Advance(sim.Time(60 * sim.Second))
		if err == nil {
			t.Errorf("%s: not noticed", name)
		} else if !strings.Contains(err.Error(), "cell (1") || !strings.Contains(err.Error(), "at 0:00:") {
			t.Errorf("%s: %v; want cell and time", name, err)
		}
	}
}

// Steps of a block are whole microseconds that end exactly at its end, and a step allocates nothing.
func TestStepsAllocateNothing(t *testing.T) {
	ground := valley(60, 40)
	m := build(t, everything(ground), ground, 1)
	at := sim.Time(0)
	n := testing.AllocsPerRun(20, func() {
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
		m.Publish()
	})
	if m.clock != at {
		t.Errorf("clock at %v after advancing to %v", m.clock, at)
	}
	if n > 1 {
		t.Errorf("%.1f allocations per block", n)
	}
}

// Whatever ground, rain and inflow: no water appears or is lost, no depth is negative, all is finite.
func TestWaterIsConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := geo.Grid{
			NX: rapid.IntRange(1, 40).Draw(t, "nx"), NY: rapid.IntRange(1, 40).Draw(t, "ny"),
			Cell: float64(rapid.SampledFrom([]int{2, 10, 40}).Draw(t, "cell")),
		}
		relief := rapid.Int32Range(0, 60_000).Draw(t, "relief")
		ground := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len()), Cover: make([]uint8, g.Len())}
		for k := range ground.Bed {
			if relief > 0 {
				ground.Bed[k] = rapid.Int32Range(0, relief).Draw(t, "bed")
			}
			ground.Cover[k] = uint8(k % 6)
		}
		c := Default()
		c.RiverDepth = rapid.Float64Range(0, 3).Draw(t, "river")
		c.Rain = Rain{Times: []sim.Duration{0, 3 * sim.Minute},
			Rates: []float64{rapid.Float64Range(0, 500).Draw(t, "rain"), 0}}
		c.Solver.Scheme = rapid.SampledFrom([]string{SchemeInertial, SchemeFinite}).Draw(t, "scheme")
		c.Solver.Advect = rapid.Bool().Draw(t, "advect")
		c.Solver.Theta = rapid.SampledFrom([]float64{0.7, 0.9, 1}).Draw(t, "theta")
		x, y := rapid.IntRange(0, g.NX-1).Draw(t, "x"), rapid.IntRange(0, g.NY-1).Draw(t, "y")
		p := g.Centre(x, y)
		flow := rapid.Float64Range(0, 20).Draw(t, "flow") * g.Cell
		c.Inflows = []Inflow{{Name: "in", Times: []sim.Duration{0, sim.Minute}, Flows: []float64{0, flow},
			Place: [][2]float64{{p.X, p.Y}}}}
		b := DefaultBoundary()
		b.Edge = rapid.SampledFrom([]string{"west", "east", "south", "north"}).Draw(t, "edge")
		b.Kind, b.To = BoundaryOutflow, g.Bounds().Width()
		if b.Edge == "west" || b.Edge == "east" {
			b.To = g.Bounds().Height()
		}
		if rapid.Bool().Draw(t, "stage") {
			b.Kind, b.Times = BoundaryStage, []sim.Duration{0, 2 * sim.Minute, 4 * sim.Minute}
			b.Levels = []float64{0, float64(relief) / 1000, 0}
		}
		c.Boundaries = []Boundary{b}
		h, err := c.New(sim.HazardEnv{Terrain: ground, Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		conserved(t, h.(*model), 5*sim.Minute)
	})
}

// conserved runs a model and looks at every cell at every publication.
func conserved(t *rapid.T, m *model, until sim.Duration) {
	for at := sim.Time(0); at < sim.Time(until); {
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
		m.Publish()
		for c := range m.Cells {
			if h := m.Cells[c].H; !(h >= 0) || math.IsInf(h, 0) || m.Closed(c) && h != 0 {
				i, j := m.IJ(c)
				t.Fatalf("at %v: depth of %g m in cell (%d, %d)", at, h, i, j)
			}
		}
		if l := m.Ledger(); l.Error() > 1e-11 {
			t.Fatalf("at %v: relative volume error %g: %+v", at, l.Error(), l)
		}
	}
}
