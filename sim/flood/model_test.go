package flood

import (
	"testing"

	"sandtable/sim"
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
	return &c
}

func TestConformance(t *testing.T) {
	ground := valley(90, 60)
	simtest.TestHazard(t, everything(ground), ground)
}
