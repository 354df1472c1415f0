package generate

import (
	"math"
	"testing"

	"sandtable/sim/flood"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// TestRainFallsOnce: every square metre of the map takes part in the rain exactly once, as a cell that gets it directly
// or as a part of a sub-catchment; the sub-catchment beyond the map is none of it.
func TestRainFallsOnce(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) { wantRainOnce(t, c.sc) })
}

// wantRainOnce adds up the cells with direct rain, as the flood model takes them, and the sub-catchments.
func wantRainOnce(t interface{ Errorf(string, ...any) }, sc *scenario.Scenario) {
	spec := sc.Hazards[0].Spec.(*flood.Config)
	g := sc.Terrain.Grid
	area, lake := ring(spec.Rain.Area), geo.Polygon(nil)
	for _, r := range spec.Reservoirs {
		lake = ring(r.Lake)
	}
	cell, direct := g.Cell*g.Cell, 0.0
	for k := range g.Len() {
		if at := g.Centre(g.IJ(k)); area.Contains(at) && !(len(lake) > 0 && lake.Contains(at)) {
			direct += cell
		}
	}
	sum, n := 0.0, 0
	for _, x := range spec.Catchments {
		if x.Name != "beyond" {
			sum, n = sum+x.Area*1e6, n+1
		}
		if len(x.Polygon) > 0 {
			t.Errorf("%s has a border, which this test does not look at", x.Name)
		}
	}
	whole := float64(g.Len()) * cell
	// Areas are written to the thousandth of a square kilometre.
	if off := direct + sum - whole; math.Abs(off) > 500*float64(n) {
		t.Errorf("rain falls directly on %.0f m2 and on sub-catchments of %.0f m2: %+.0f m2 against the map; want each "+
			"square metre once", direct, sum, off)
	}
}

// TestSmallPartsAreJoined: no part of the hills is lost because it is small.
func TestSmallPartsAreJoined(t *testing.T) {
	parts := [][]part{{{5}, {40}, {3}}, {{2}, {1}}, {{9}, {30}, {12}}}
	joinSmall(parts, 10)
	for k, want := range [][]part{{{0}, {51}, {0}}, {{0}, {0}}, {{0}, {39}, {12}}} {
		for i := range want {
			if parts[k][i] != want[i] {
				t.Errorf("river %d: %v; want %v", k, parts[k], want)
				break
			}
		}
	}
}
