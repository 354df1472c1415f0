package flood

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/geo"
)

// fullWave is the depth of a wave that travels at speed u up a level plane, a distance behind its front: the exact
// solution of the full shallow-water equations [m].
func fullWave(n, u, behind float64) float64 {
	return math.Pow(7.0/3*n*n*u*u*max(behind, 0), 3.0/7)
}

// inertialWave is the same for the equations without advection:
// 3/7 g h^(7/3) - 3/4 u^2 h^(4/3) = g n^2 u^2 d, at distance d behind the front, solved by bisection [m].
func inertialWave(n, u, behind float64) float64 {
	if behind <= 0 {
		return 0
	}
	lo, hi := 7*u*u/(4*shallow.Gravity), 100.0
	for range 200 {
		h := (lo + hi) / 2
		if 3.0/7*shallow.Gravity*math.Pow(h, 7.0/3)-0.75*u*u*math.Pow(h, 4.0/3) < shallow.Gravity*n*n*u*u*behind {
			lo = h
		} else {
			hi = h
		}
	}
	return lo
}

// waveEnd is how long the wave travels [s].
const waveEnd = 3600.0

// waveAfterAnHour drives the wave into a channel of one row of cells from its western end.
func waveAfterAnHour(t *testing.T, n, u, cell float64) *model {
	t.Helper()
	g := geo.Grid{NX: int(1.2 * u * waveEnd / cell), NY: 1, Cell: cell}
	ground := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len())}
	c := Default()
	c.Roughness.Farmland = n
	b := DefaultBoundary()
	b.Kind, b.Edge, b.To = BoundaryStage, "west", cell
	for s := 0.0; s <= waveEnd; s += 10 {
		b.Times = append(b.Times, sim.Duration(s)*sim.Second)
		b.Levels = append(b.Levels, inertialWave(n, u, u*s))
	}
	c.Boundaries = []Boundary{b}
	m := build(t, &c, ground, 1)
	for at := sim.Time(0); at < sim.Time(sim.Hour); {
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// runWave returns the mean distances of the depths from the inertial and from the full wave after an hour, in the
// hinder nine tenths of the wave [m].
func runWave(t *testing.T, n, u, cell float64) (inertial, full float64) {
	t.Helper()
	m := waveAfterAnHour(t, n, u, cell)
	// The edge's level holds in the middle of an imagined cell before the first.
	count := 0.0
	for i := range m.terrain.Grid.NX {
		x := float64(i+1) * cell
		if x > 0.9*u*waveEnd {
			break
		}
		h := m.Cells[m.At(i, 0)].H
		inertial += math.Abs(h - inertialWave(n, u, u*waveEnd-x))
		full += math.Abs(h - fullWave(n, u, u*waveEnd-x))
		count++
	}
	return inertial / count, full / count
}

// Reference: Hunter et al. 2005 (Advances in Water Resources 28, 975-991) and Bates, Horritt and Fewtrell 2010
// (Journal of Hydrology 387, 33-45): non-breaking wave on a level plane. The solver must converge to the travelling
// wave of its own equations; its distance from the full equations' wave is then the difference of the two, about
// 3 u^2/(4 g).
func TestNonBreakingWave(t *testing.T) {
	for _, c := range []struct{ n, u, finest, model float64 }{
		{0.03, 1, 0.012, 0.09},
		{0.03, 0.5, 0.008, 0.03},
		{0.01, 1, 0.02, 0.12},
	} {
		last := math.Inf(1)
		for _, cell := range []float64{100, 50, 25} {
			own, full := runWave(t, c.n, c.u, cell)
			t.Logf("n %g, u %g m/s, cells of %g m: mean distance %.4f m from the inertial wave, %.4f m from the full one",
				c.n, c.u, cell, own, full)
			if own > 0.75*last {
				t.Errorf("n %g, u %g: cells of %g m: %.4f m, no convergence from %.4f m", c.n, c.u, cell, own, last)
			}
			last = own
			if cell == 25 && (own > c.finest || full > c.model) {
				t.Errorf("n %g, u %g: %.4f m from the own wave (limit %g), %.4f m from the full one (limit %g)",
					c.n, c.u, own, c.finest, full, c.model)
			}
		}
	}
}

// Reference: flood.md 2.1 j: values of the two waves at n = 0.03, u = 1 m/s, 3600 s.
func TestWavesAsTabulated(t *testing.T) {
	for i, want := range [][2]float64{{2.3796, 2.4577}, {2.2008, 2.2790}, {2.0001, 2.0785}, {1.7681, 1.8467},
		{1.4860, 1.5651}, {1.1041, 1.1842}} {
		behind := 3600 - 600*float64(i)
		if h := fullWave(0.03, 1, behind); math.Abs(h-want[0]) > 1e-4 {
			t.Errorf("full wave at %g m: %.4f m; want %.4f", behind, h, want[0])
		}
		if h := inertialWave(0.03, 1, behind); math.Abs(h-want[1]) > 1e-4 {
			t.Errorf("inertial wave at %g m: %.4f m; want %.4f", behind, h, want[1])
		}
	}
}

// ritter is the depth [m] of a dam break on a dry bed at time t, the dam at x = 0 with depth h0 behind it.
func ritter(h0, x, t float64) float64 {
	c := math.Sqrt(shallow.Gravity * h0)
	switch {
	case x <= -c*t:
		return h0
	case x >= 2*c*t:
		return 0
	}
	return 4 / (9 * shallow.Gravity) * math.Pow(c-x/(2*t), 2)
}

// Reference: Ritter 1892 (Zeitschrift des Vereines deutscher Ingenieure 36, 947-954), dam break on a dry bed without
// friction (here with the smallest roughness that the model takes). Without advection the wave has another shape: the
// test holds how wrong it is, so that the documents can say so.
func TestDamBreakOnDryBedIsOnlyRoughlyRight(t *testing.T) {
	for _, froude := range []float64{1, 10} {
		off, front, want := runDamBreak(t, froude)
		t.Logf("Froude cap %g: relative L1 %.3f; front (5 cm) at %.0f m, exact %.0f m", froude, off, front, want)
		if off > 0.2 {
			t.Errorf("Froude cap %g: relative L1 of %.3f", froude, off)
		}
		if front < 0.4*want || front > want {
			t.Errorf("Froude cap %g: front at %.0f m; exact %.0f m", froude, front, want)
		}
	}
}

// damBreak lets 5 m of water behind x = 0 go onto a dry bed, for 30 s.
func damBreak(t *testing.T, froude float64) *model {
	t.Helper()
	const cell = 5.0
	g := geo.Grid{NX: 200, NY: 1, Cell: cell}
	ground := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len())}
	c := Default()
	c.Roughness.Farmland, c.Solver.Froude = 0.005, froude
	c.Ponds = []Pond{{Level: damDepth, Polygon: [][2]float64{{0, -1}, {500, -1}, {500, 10}, {0, 10}}}}
	m := build(t, &c, ground, 1)
	if err := m.Advance(sim.Time(30 * sim.Second)); err != nil {
		t.Fatal(err)
	}
	return m
}

// damDepth is the depth behind the dam [m], damTime the age of the wave [s].
const damDepth, damTime = 5.0, 30.0

// damPlace is where a cell lies, seen from the dam [m].
func (m *model) damPlace(i int) float64 { return m.terrain.Grid.Centre(i, 0).X - 500 }

// runDamBreak compares the depths of the dam break with Ritter's: relative L1, and where the fronts are.
func runDamBreak(t *testing.T, froude float64) (off, front, want float64) {
	t.Helper()
	m := damBreak(t, froude)
	all := 0.0
	for i := range m.terrain.Grid.NX {
		x := m.damPlace(i)
		h, exact := m.Cells[m.At(i, 0)].H, ritter(damDepth, x, damTime)
		off += math.Abs(h - exact)
		all += exact
		if h > 0.05 {
			front = x
		}
		if exact > 0.05 {
			want = x
		}
	}
	if e := m.Ledger().Error(); e > 1e-12 {
		t.Errorf("relative volume error %g", e)
	}
	return off / all, front, want
}
