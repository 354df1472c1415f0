package importer

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// The flood (assumed): a hydrograph of the shape (t/tp e^(1-t/tp))^m, that of the dimensionless unit hydrograph of the
// Soil Conservation Service with m = 3.7.
const (
	peakShare  = 0.40 // of the duration when the peak comes
	peakEarly  = 2 * sim.Hour
	peakLate   = 36 * sim.Hour
	hydroPower = 3.7
	hydroStep  = 10 * sim.Minute
	inflowLong = 3.0 // length along the river over which its water comes in [cells]
	edgeMargin = 1.0 // ground at the edge up to so far above the flood is open where water can leave [m]
	edgeUpper  = 0.2 // but not along this first share of the river, where it would leave before it has come
	edgeSlope  = 0.2 // least share of the river's slope that is taken at the edge
	edgeLeast  = 1e-5
	edgeMost   = 0.05
)

// letWater makes the terrain and the flood.
func (m *town) letWater() error {
	m.sc.Terrain = sim.Terrain{Grid: m.grid, Bed: make([]int32, m.grid.Len()), Cover: m.cover}
	for c, z := range m.bed {
		m.sc.Terrain.Bed[c] = int32(num.RoundInt(z*100) * 10) // to the centimetre
	}
	cfg := flood.Default()
	cfg.RiverDepth = m.river.shallow
	cfg.Inflows = []flood.Inflow{m.inflow()}
	cfg.Boundaries = m.outlets()
	m.rep.flood(m, &cfg)
	m.sc.Hazards = []scenario.Hazard{{Name: "flood", Kind: "flood", Spec: &cfg}}
	return nil
}

// inflow is the main river's hydrograph at its upper end.
func (m *town) inflow() flood.Inflow {
	r := m.river
	in := flood.Inflow{Name: "river"}
	top := sim.Duration(float64(m.p.Duration) * peakShare)
	top = min(max(top, peakEarly), peakLate)
	n := num.CeilInt(float64(m.p.Duration) / float64(hydroStep))
	for k := range n + 1 {
		t := float64(k) * float64(hydroStep) / float64(top)
		share := math.Pow(t*math.Exp(1-t), hydroPower)
		in.Times = append(in.Times, sim.Duration(k)*hydroStep)
		in.Flows = append(in.Flows, round(r.base+(r.peak-r.base)*share, 1))
	}
	last := -1
	for s, at := range r.along {
		if at > inflowLong*m.grid.Cell {
			break
		}
		if c, ok := m.grid.CellAt(r.at[s]); ok && c != last {
			in.Place = append(in.Place, pair(r.at[s]))
			last = c
		}
	}
	return in
}

// outlets are the open stretches of the map's edge: where the main river leaves, and wherever else low ground reaches
// the edge below its upper part.
func (m *town) outlets() []flood.Boundary {
	var out []flood.Boundary
	slope := round(math.Min(math.Max(m.endSlope(), edgeLeast), edgeMost), 6)
	for _, e := range m.edges() {
		from := -1
		for k := range len(e.cells) + 1 {
			open := k < len(e.cells) && m.opens(e.cells[k])
			switch {
			case open && from < 0:
				from = k
			case !open && from >= 0:
				b := flood.DefaultBoundary()
				b.Kind, b.Edge, b.Slope = flood.BoundaryOutflow, e.name, slope
				b.From, b.To = round(float64(from)*m.grid.Cell, 1), round(float64(k)*m.grid.Cell, 1)
				out = append(out, b)
				from = -1
			}
		}
	}
	if len(out) == 0 {
		m.rep.noOutlet = true
	}
	return out
}

// endSlope is the fall of the river over its last quarter.
func (m *town) endSlope() float64 {
	r := m.river
	n := len(r.bank)
	k := n * 3 / 4
	return math.Max((r.bank[k]-r.bank[n-1])/math.Max(r.along[n-1]-r.along[k], 1), edgeSlope*r.slope())
}

// edge is one side of the map with its cells, from west to east or from south to north.
type edge struct {
	name  string
	cells []int
}

// edges returns the four sides.
func (m *town) edges() []edge {
	g := m.grid
	out := []edge{{name: "west"}, {name: "east"}, {name: "south"}, {name: "north"}}
	for j := range g.NY {
		out[0].cells = append(out[0].cells, g.Index(0, j))
		out[1].cells = append(out[1].cells, g.Index(g.NX-1, j))
	}
	for i := range g.NX {
		out[2].cells = append(out[2].cells, g.Index(i, 0))
		out[3].cells = append(out[3].cells, g.Index(i, g.NY-1))
	}
	return out
}

// opens says whether an edge cell is open.
func (m *town) opens(c int) bool {
	if int(m.channel[c]) == m.main {
		return m.river.along[m.plain.near[c]] > edgeUpper*m.river.along[len(m.river.along)-1]
	}
	s := m.plain.near[c]
	return m.margin(c) < edgeMargin && m.river.along[s] > edgeUpper*m.river.along[len(m.river.along)-1]
}

// length of the open edge [m].
func openLength(list []flood.Boundary) float64 {
	sum := 0.0
	for _, b := range list {
		sum += b.To - b.From
	}
	return sum
}
