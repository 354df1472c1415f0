package flood

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/rng"
)

// Reference: Bermudez and Vazquez 1994 (Computers and Fluids 23, 1049-1071), property C: still water stays still, here
// over a rough bed with dry islands, 50 m and 4,500 m above the datum.
func TestLakeAtRest(t *testing.T) {
	for _, datum := range []int32{50_000, 4_500_000} {
		g := geo.Grid{NX: 70, NY: 50, Cell: 10}
		ground := &sim.Terrain{Grid: g}
		draw := rng.New(3, "flood.test")
		for k := range g.Len() {
			ground.Bed = append(ground.Bed, datum+int32(draw.IntN(9000, uint64(k), 0, 0)))
		}
		c := Default()
		level := float64(datum)/1000 + 6.123
		c.Ponds = []Pond{{Level: level, Polygon: [][2]float64{{0, 0}, {700, 0}, {700, 500}, {0, 500}}}}
		m := build(t, &c, ground, 1)
		for at := sim.Time(0); at < sim.Time(20*sim.Minute); {
			at = at.Add(m.Interval())
			if err := m.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
		islands, move, flow := 0, 0.0, 0.0
		for k, bed := range ground.Bed {
			i, j := g.IJ(k)
			at := m.At(i, j)
			rest := max(float64(datum+6123-bed)/1000, 0)
			if rest == 0 {
				islands++
			}
			move = max(move, math.Abs(m.Cells[at].H-rest))
			x, y := m.Discharge(at)
			flow = max(flow, math.Abs(x), math.Abs(y))
		}
		t.Logf("datum %d m: depths move by %.1e m, fluxes up to %.1e m2/s, %d islands", datum/1000, move, flow, islands)
		if move > 1e-12 || flow > 1e-12 || islands < 100 {
			t.Errorf("datum %d m: moved by %g m, fluxes up to %g m2/s, %d dry cells", datum/1000, move, flow, islands)
		}
	}
}
