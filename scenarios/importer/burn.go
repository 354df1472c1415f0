package importer

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// river is the main river.
type river struct {
	*chain
	base     float64 // ordinary discharge [m3/s]
	shallow  float64 // its depth in the channel as burnt in [m]
	bankfull float64 // discharge up to the banks [m3/s]
	peak     float64 // of the flood [m3/s]
}

// layWater finds the waters, burns them into the bed and measures the plain.
func (m *town) layWater() error {
	m.bed = append([]float64(nil), m.ground...)
	m.channel = make([]int32, m.grid.Len())
	m.level = make([]float64, m.grid.Len())
	for c := range m.channel {
		m.channel[c] = -1
	}
	m.findChains()
	main := m.mainRiver()
	if main < 0 {
		return sim.Fail("地图上没有河流；应有 waterway=river 或 waterway=stream",
			"no river or brook on the map; want an extract with waterway=river or waterway=stream")
	}
	m.main = main
	m.sizeChains(main)
	order := []int{main}
	for k := range m.chains {
		if k != main {
			order = append(order, k)
		}
	}
	for _, k := range order {
		m.burn(k)
	}
	m.measureRiver(main)
	m.burnBanks(main)
	m.burnLakes()
	m.measurePlain()
	m.rep.water(m)
	return nil
}

// mainRiver chooses the chain of the greatest weight: its length times what its kind counts, a name counting as half
// as much again; -1 when there is none.
func (m *town) mainRiver() int {
	best, most := -1, 0.0
	for k := range m.chains {
		c := &m.chains[k]
		w := c.length() * waterClasses[c.class].weight
		if c.names.get("name") != "" {
			w *= 1.5
		}
		if c.class == waterDitch && c.width == 0 {
			continue
		}
		if w > most {
			best, most = k, w
		}
	}
	return best
}

// sizeChains gives every chain its width and depth.
func (m *town) sizeChains(main int) {
	for k := range m.chains {
		c := &m.chains[k]
		class := waterClasses[c.class]
		c.depth = class.depth
		if k == main && c.width == 0 {
			c.width = m.drawnWidth(c)
			m.rep.widthFrom = "drawn"
		} else if k == main {
			m.rep.widthFrom = "tag"
		}
		if c.width == 0 {
			c.width = class.width
			if k == main {
				m.rep.widthFrom = "assumed"
			}
		} else if c.class <= waterCanal {
			c.depth = bankfullDepth(c.width)
		}
		c.width = math.Min(c.width, 5000)
		c.depth = inCells(c.depth, c.width, m.grid.Cell)
	}
}

// bankfullDepth is the depth of a channel of that width up to its banks [m] (assumed: 2 m at 15 m, 4.5 m at 100 m).
func bankfullDepth(width float64) float64 { return math.Min(0.62*math.Pow(width, 0.43), 12) }

// inCells is the depth that a channel needs in a row of cells that is wider than it, for the same flow at the same
// slope: by Manning the discharge of a wide channel goes with width times depth to the power 5/3.
func inCells(depth, width, cell float64) float64 {
	return depth * math.Pow(math.Min(width/cell, 1), 0.6)
}

// isRiverArea says whether a surface is the bed of a river and no lake.
func isRiverArea(t tags) bool {
	return t.is("waterway", "riverbank") || t.is("natural", "water") && t.is("water", "river", "stream", "canal")
}

// drawnWidth is the mean width of a chain where the map draws its banks; 0 where it does not.
func (m *town) drawnWidth(c *chain) float64 {
	wet, size := 0.0, 0.0
	_, at := stations(c.line, 10)
	for i := range m.surfaces {
		a := &m.surfaces[i]
		if !isRiverArea(a.tags) {
			continue
		}
		n := 0
		for _, p := range at {
			if a.contains(p) {
				n++
			}
		}
		if n >= 3 { // else it belongs to another water
			wet += 10 * float64(n)
			size += a.size
		}
	}
	if wet == 0 {
		return 0
	}
	return math.Max(size/wet, 1)
}

// burn lays the bed of a chain into the ground: every cell that its line crosses, joined by their sides, and all whose
// middles lie within half its width.
func (m *town) burn(k int) {
	c := &m.chains[k]
	c.lay(m)
	end, _ := m.grid.CellAt(c.at[len(c.at)-1])
	if m.channel[end] >= 0 {
		c.raise(m.bed[end])
	}
	last := -1
	for s, p := range c.at {
		i, j := m.grid.ClampIJ(p)
		if last >= 0 {
			m.bridgeCorner(k, s, last, i, j)
		}
		m.dig(k, s, i, j)
		last = m.grid.Index(i, j)
		if c.width > m.grid.Cell {
			m.digWide(k, s)
		}
	}
}

// bridgeCorner digs the cells between two cells of a channel that do not touch by a side: water does not flow over
// corners.
func (m *town) bridgeCorner(k, s, last, i, j int) {
	i0, j0 := m.grid.IJ(last)
	for i0 != i && j0 != j {
		a, b := m.grid.Index(i, j0), m.grid.Index(i0, j)
		if m.ground[a] <= m.ground[b] {
			i0 += sign(i - i0)
		} else {
			j0 += sign(j - j0)
		}
		m.dig(k, s, i0, j0)
	}
}

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

// dig makes a cell part of a chain's channel, at the level of one of its stations. A cell that is in a channel already
// stays as it is: larger waters come first.
func (m *town) dig(k, s, i, j int) {
	cell := m.grid.Index(i, j)
	if m.channel[cell] >= 0 {
		return
	}
	c := &m.chains[k]
	if m.ground[cell] < c.low[s] {
		m.rep.raised++
	}
	m.channel[cell], m.bed[cell], m.level[cell] = int32(k), c.low[s], c.bank[s]
	if c.class <= waterCanal || k == m.main {
		m.cover[cell] = scenario.CoverWater
	}
}

// digWide digs what lies within half the width of a chain at a station.
func (m *town) digWide(k, s int) {
	c := &m.chains[k]
	half := c.width / 2
	p := c.at[s]
	i0, j0 := m.grid.ClampIJ(geo.Point{X: p.X - half, Y: p.Y - half})
	i1, j1 := m.grid.ClampIJ(geo.Point{X: p.X + half, Y: p.Y + half})
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			if m.grid.Centre(i, j).Dist(p) <= half {
				m.dig(k, s, i, j)
			}
		}
	}
}

// burnBanks makes channel of what the map draws as the main river's bed.
func (m *town) burnBanks(main int) {
	c := &m.chains[main]
	index := geo.NewIndex(c.at, 250)
	for n := range m.surfaces {
		if !isRiverArea(m.surfaces[n].tags) {
			continue
		}
		m.surfaces[n].cells(m.grid, func(cell int) {
			i, j := m.grid.IJ(cell)
			if s, far := index.Nearest(m.grid.Centre(i, j), nil); far <= 2*math.Max(c.width, m.grid.Cell) {
				m.dig(main, s, i, j)
			}
		})
	}
}

// burnLakes lowers the bed of lakes and ponds by the depth of the water that stands in them at the start, below their
// lowest shore, so that they neither spill nor stand empty.
func (m *town) burnLakes() {
	for n := range m.surfaces {
		a := &m.surfaces[n]
		if class, ok := coverOf(a.tags); !ok || class != scenario.CoverWater || isRiverArea(a.tags) {
			continue
		}
		shore := math.Inf(1)
		var cells []int
		a.cells(m.grid, func(c int) {
			if m.channel[c] < 0 {
				cells = append(cells, c)
				shore = math.Min(shore, m.lowestAround(c))
			}
		})
		for _, c := range cells {
			m.bed[c] = math.Min(m.bed[c], shore-m.river.shallow)
			m.cover[c], m.level[c] = scenario.CoverWater, shore
		}
		if len(cells) > 0 {
			m.rep.lakes++
		}
	}
}

// lowestAround returns the lowest ground of a cell and its eight neighbours, as it is now [m].
func (m *town) lowestAround(c int) float64 {
	i, j := m.grid.IJ(c)
	low := math.Inf(1)
	for dj := -1; dj <= 1; dj++ {
		for di := -1; di <= 1; di++ {
			if m.grid.Inside(i+di, j+dj) {
				low = math.Min(low, m.bed[m.grid.Index(i+di, j+dj)])
			}
		}
	}
	return low
}

// Roughness of a natural channel, Manning's n [s/m^(1/3)] (Chow 1959, table 5-6, clean and straight), as the flood
// model has it; that of the plain for the estimate of how high the flood comes is assumed.
const (
	roughChannel = 0.03
	roughPlain   = 0.06
)

// Discharges. Width and depth of a river go with the root and the power 0.3 to 0.4 of its ordinary discharge (Moody and
// Troutman 2002: width 7.2 Q^0.5). The flood is so many times the discharge up to the banks (assumed: an extreme flood,
// beyond that of a hundred years, which is often about three times).
const (
	widthFactor = 7.2 // [m^-0.5 s^0.5]
	floodFactor = 5.0
)

// measureRiver works out the discharges of the main river.
func (m *town) measureRiver(main int) {
	c := &m.chains[main]
	r := &river{chain: c}
	wide := math.Max(c.width, m.grid.Cell)
	r.bankfull = wide * math.Pow(c.depth, 5.0/3) * math.Sqrt(c.slope()) / roughChannel
	r.base = math.Min((c.width/widthFactor)*(c.width/widthFactor), math.Min(0.3*r.bankfull, maxPeak/10))
	r.shallow = round(math.Pow(r.base*roughChannel/(wide*math.Sqrt(c.slope())), 0.6), 2)
	r.shallow = math.Min(math.Max(r.shallow, 0.05), c.depth*0.8)
	r.peak = m.p.Peak
	if r.peak == 0 {
		r.peak = math.Min(floodFactor*r.bankfull, maxPeak)
	}
	m.river = r
}
