package flood

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// egg is the bed of test 2: sixteen depressions on a slope [m].
func egg(x, y float64) float64 {
	cx, cy := math.Cos(2*math.Pi*x/500), math.Cos(2*math.Pi*y/500)
	return 10 - (2000-y)/1500 - x/2000 - 0.09375 + 0.15625*(cx+cy) - 0.09375*cx*cy
}

func ea2(t *testing.T) (*model, []geo.Point) {
	g := geo.Grid{NX: 100, NY: 100, Cell: 20}
	ground := &sim.Terrain{Grid: g}
	for j := range g.NY {
		for i := range g.NX {
			p := g.Centre(i, j)
			ground.Bed = append(ground.Bed, int32(math.Round(egg(p.X, p.Y)*1000)))
		}
	}
	c := Default()
	c.Roughness.Farmland = 0.03
	times, flows := hydrograph(t, "Test2_BC.csv")
	c.Inflows = []Inflow{{Name: "west", Times: times, Flows: flows, Place: [][2]float64{{10, 1910}, {10, 1990}}}}
	var points []geo.Point
	for col := range 4 {
		for row := range 4 {
			points = append(points, geo.Point{X: 250 + 500*float64(col), Y: 250 + 500*float64(row)})
		}
	}
	return build(t, &c, ground, 1), points
}

func ea4(t *testing.T, cell float64) (*model, []geo.Point) {
	g := geo.Grid{NX: int(1000 / cell), NY: int(2000 / cell), Cell: cell}
	ground := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len())}
	c := Default()
	c.Roughness.Farmland = 0.05
	times, flows := hydrograph(t, "Test4BC.csv")
	c.Inflows = []Inflow{{Name: "west", Times: times, Flows: flows,
		Place: [][2]float64{{cell / 2, 990 + cell/2}, {cell / 2, 1010 - cell/2}}}}
	points := []geo.Point{{X: 50, Y: 1000}, {X: 100, Y: 1000}, {X: 200, Y: 1000}, {X: 300, Y: 1000}, {X: 400, Y: 1000},
		{X: 300, Y: 1300}}
	return build(t, &c, ground, 1), points
}

func TestXEA(t *testing.T) {
	m, pts := ea2(t)
	us := record(t, m, pts, 48*sim.Hour)
	for k := range pts {
		for _, p := range []peer{us, readPeer(t, "ea2_lisflood81_acceleration.csv"), readPeer(t, "ea2_lisflood81_fv1.csv"), readPeer(t, "ea2_sfincs.csv")} {
			t.Logf("p%d %-30s final %.3f peak %.3f arrival %.0f", k+1, p.name, p.last(k, 1e9), p.peak(k, 1e9), p.arrival(k))
		}
	}
	t.Log(m.Ledger().Error())
}
func TestEA4(t *testing.T) {
	m, pts := ea4(t, 5)
	us := record(t, m, pts, 5*sim.Hour)
	for k := range pts {
		for _, p := range []peer{us, readPeer(t, "ea4_lisflood81_acceleration.csv"), readPeer(t, "ea4_lisflood81_fv1.csv"), readPeer(t, "ea4_sfincs.csv")} {
			t.Logf("p%d %-30s final %.3f peak %.3f arrival %.0f", k+1, p.name, p.last(k, 1e9), p.peak(k, 1e9), p.arrival(k))
		}
	}
	t.Log(m.Ledger().Error())
}
