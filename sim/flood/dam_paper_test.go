package flood

import (
	"math"
	"testing"

	"sandtable/figure"
	"sandtable/sim"
	"sandtable/sim/geo"
)

// The same dam, said in two ways: 800,000 m3 behind 5 m of dam, once on 400 x 400 m of cells behind a dyke, once as a
// curve of level and storage. Below it the ground lies 10 m lower, so that nothing stands against the outflow.
const (
	damCells = 20 // of 20 m, along and across
	damWater = 5.0
)

func damGround() *sim.Terrain {
	g := geo.Grid{NX: 3 * damCells, NY: damCells, Cell: 20}
	t := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len())}
	for k := range t.Bed {
		if i, _ := g.IJ(k); i >= damCells {
			t.Bed[k] = -10_000
		}
	}
	return t
}

// lowerEdge is the outflow over the lower edge, which keeps the lower ground empty.
func lowerEdge() []Boundary {
	out := DefaultBoundary()
	out.Kind, out.Edge, out.From, out.To, out.Slope = BoundaryOutflow, "east", 0, damCells*20, 0.01
	return []Boundary{out}
}

// damOnTheGrid has the reservoir in real cells.
func damOnTheGrid(scheme string) *Config {
	c := Default()
	c.Solver.Scheme = scheme
	c.Ponds = []Pond{{Level: damWater, Polygon: [][2]float64{{0, 0}, {400, 0}, {400, 400}, {0, 400}}}}
	d, b := DefaultDyke(), DefaultDykeBreach()
	d.Name, d.Line, d.Crest = "dam", [][2]float64{{400, 1}, {400, 399}}, []float64{damWater}
	b.Name, b.Place, b.Trigger, b.Water = "gap", [2]float64{400, 200}, TriggerTime, c.Ponds[0].Polygon
	d.Breaches = []DykeBreach{b}
	c.Dykes, c.Boundaries = []Dyke{d}, lowerEdge()
	return &c
}

// damByCurve has it as a curve.
func damByCurve() *Config {
	c := Default()
	c.Solver.Scheme = SchemeInertial
	r := DefaultReservoir()
	r.Name, r.Levels, r.Volumes, r.Level = "dam", []float64{0, damWater}, []float64{0, damWater * 160_000}, damWater
	r.Release = [][2]float64{{450, 200}}
	r.Dam.Crest, r.Dam.Length = damWater, 400
	r.Breach.Trigger, r.Breach.Bottom, r.Breach.Overtopping = TriggerTime, 0, true
	c.Reservoirs, c.Boundaries = []Reservoir{r}, lowerEdge()
	return &c
}

// emptied returns the outflow [m3/s] of each half minute for a time, from what is left behind the dam.
func emptied(t *testing.T, c *Config, until sim.Duration) []figure.Point {
	t.Helper()
	m := build(t, c, damGround(), 1)
	left := func() float64 {
		if len(m.reservoirs) > 0 {
			return m.reservoirs[0].volume
		}
		var sum account
		for j := range damCells {
			for i := range damCells {
				sum.add(m.Cells[m.At(i, j)].H * m.area)
			}
		}
		return sum.value()
	}
	var out []figure.Point
	before := left()
	for at := sim.Time(0); at < sim.Time(until); {
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
		now := left()
		out = append(out, figure.Point{X: at.Seconds() / 60, Y: (before - now) / m.Interval().Seconds()})
		before = now
	}
	return out
}

// summit returns the greatest outflow and when it is.
func summit(points []figure.Point) (peak, at float64) {
	for _, p := range points {
		if p.Y > peak {
			peak, at = p.Y, p.X
		}
	}
	return peak, at
}

// Reference: Froehlich 2008 for the gap, with the volume that stands in the cells; the outflow of a level reservoir
// through the same gap (Fread 1988) is that of a reservoir in cells as long as its surface stays level, for the gap takes
// an hour and a wave a minute to cross it. With finite volumes the water before the gap stands lower by its velocity
// head, which the law leaves out.
func TestDamOnTheGridPaper(t *testing.T) {
	curve, when := summit(emptied(t, damByCurve(), 66*sim.Minute))
	for _, scheme := range []string{SchemeInertial, SchemeFinite} {
		peak, at := summit(emptied(t, damOnTheGrid(scheme), 66*sim.Minute))
		t.Logf("%s: peak of %.1f m3/s after %.1f min; by the curve %.1f m3/s after %.1f min", scheme, peak, at, curve, when)
		if math.Abs(peak-curve) > 0.06*curve || math.Abs(at-when) > 5 {
			t.Errorf("%s: a peak of %.1f m3/s after %.1f min; by the curve %.1f m3/s after %.1f min", scheme, peak, at, curve, when)
		}
	}
}

// TestFigureDam draws both.
func TestFigureDam(t *testing.T) {
	figure.Wanted(t)
	p := figure.NewPanel("Outflow of 800,000 m³ through a growing gap", "time since the breach began [min]", "discharge [m³/s]",
		figure.TopRight)
	p.Line("reservoir as a curve of level and storage", figure.Truth, emptied(t, damByCurve(), 3*sim.Hour))
	p.Line("on the grid, local inertia", figure.Ours, emptied(t, damOnTheGrid(SchemeInertial), 3*sim.Hour))
	p.Line("on the grid, finite volume", figure.Ours2, emptied(t, damOnTheGrid(SchemeFinite), 3*sim.Hour))
	p.X(0, 180)
	p.Y(0, 250)
	figure.Save(t, "flood-dam", "A dam 5 m high that fails by overtopping, gap after Froehlich 2008.", 1, p)
}
