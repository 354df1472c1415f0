package importer

import (
	"math"

	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Bridges, culverts and tunnels.
const (
	freeboard    = 0.5  // of a bridge's deck above the banks of the water under it [m] (assumed)
	crossMargin  = 1.5  // by which a crossing reaches over the channel's cells at both ends [m]
	crossStep    = 1.0  // in which a road is looked at [m]
	crossJoin    = 12.0 // crossings that are nearer than this are one [m]
	crossLongest = 60.0 // a road along a channel is cut, so that each part has a level of its own [m]
)

// setForms gives bridges the level of their deck and tunnels that of their floor.
func (m *town) setForms() {
	floors := m.tunnelFloors()
	for i := range m.roads.links {
		d := &m.roads.links[i]
		a, b := m.groundAt(d.shape[0]), m.groundAt(d.shape[len(d.shape)-1])
		water, wet := m.highestBank(d.shape)
		switch {
		case d.form == scenario.FormBridge:
			d.level, d.fixed = math.Max(a, b), true
			if wet {
				d.level = math.Max(d.level, water+freeboard)
			}
			m.rep.bridges++
		case d.form == scenario.FormTunnel:
			d.level, d.fixed = floors[d.from], true
			m.rep.tunnels++
		}
	}
}

// highestBank returns the level of the highest bank of the waters that a line crosses [m], and whether there is any.
func (m *town) highestBank(line geo.Line) (level float64, ok bool) {
	level = math.Inf(-1)
	line.Visit(m.grid.Cell/4, func(p geo.Point) {
		if c, in := m.grid.CellAt(p); in && m.wet(c) {
			level, ok = math.Max(level, m.level[c]), true
		}
	})
	return level, ok
}

// cutAtChannels puts every road that passes over cells of a channel or lake, and is neither bridge nor tunnel, on a
// crest there: a culvert, or the bank beside the water. A channel in the grid is at least a cell wide, and a road that
// is dry beside a brook would otherwise lie in it.
func (m *town) cutAtChannels() {
	var out []draft
	for _, d := range m.roads.links {
		if d.fixed {
			out = append(out, d)
			continue
		}
		spans := m.overChannel(d.shape)
		if len(spans) == 0 {
			out = append(out, d)
			continue
		}
		var cuts []float64
		for _, s := range spans {
			cuts = append(cuts, s[0], s[1])
			n := math.Ceil((s[1] - s[0]) / crossLongest)
			for k := 1.0; k < n; k++ {
				cuts = append(cuts, s[0]+(s[1]-s[0])*k/n)
			}
		}
		for _, part := range m.roads.cut(d, sorted(cuts)) {
			if bank, wet := m.highestBank(part.shape); wet {
				part.form, part.fixed = scenario.FormEmbankment, true
				part.level = math.Max(bank, m.highestGround(part.shape))
				m.rep.culverts++
			}
			out = append(out, part)
		}
	}
	m.roads.links = out
}

// overChannel returns the stretches of a line that lie in cells of channels and lakes, from and to along it [m].
func (m *town) overChannel(line geo.Line) [][2]float64 {
	length := line.Length()
	var spans [][2]float64
	n := max(int(math.Ceil(length/crossStep)), 1)
	for k := range n + 1 {
		at := length * float64(k) / float64(n)
		c, ok := m.grid.CellAt(line.At(at))
		if !ok || !m.wet(c) {
			continue
		}
		from, to := math.Max(at-crossMargin, 0), math.Min(at+crossMargin, length)
		if last := len(spans) - 1; last >= 0 && from-spans[last][1] < crossJoin {
			spans[last][1] = to
		} else {
			spans = append(spans, [2]float64{from, to})
		}
	}
	return spans
}

// highestGround returns the highest ground along a line [m].
func (m *town) highestGround(line geo.Line) float64 {
	z := math.Inf(-1)
	line.Visit(m.grid.Cell/2, func(p geo.Point) { z = math.Max(z, m.groundAt(p)) })
	return z
}
