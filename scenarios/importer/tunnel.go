package importer

import (
	"math"

	"sandtable/sim/scenario"
)

// tunnelFloors returns the floor of the tunnel at each node that has one [m]: the ground at the tunnel's lowest portal.
// A portal is a node that another kind of road reaches too, or at which the tunnel ends; the ground over a node inside
// the hill does not count, except in a ring without portals.
func (m *town) tunnelFloors() []float64 {
	n := len(m.roads.nodes)
	bores, under, over := newParts(n), make([]int, n), make([]int, n) // links at each node, of tunnels and others
	for i := range m.roads.links {
		d := &m.roads.links[i]
		count := over
		if d.form == scenario.FormTunnel {
			bores.join(d.from, d.to)
			count = under
		}
		count[d.from]++
		count[d.to]++
	}
	portals, all := make([]float64, n), make([]float64, n) // lowest ground of each tunnel
	for k := range n {
		portals[k], all[k] = math.Inf(1), math.Inf(1)
	}
	for k, p := range m.roads.nodes {
		b := bores.of(k)
		if under[k] > 0 {
			all[b] = math.Min(all[b], m.groundAt(p))
			if over[k] > 0 || under[k] == 1 {
				portals[b] = math.Min(portals[b], m.groundAt(p))
			}
		}
	}
	floors := make([]float64, n)
	for k := range floors {
		if floors[k] = portals[bores.of(k)]; math.IsInf(floors[k], 1) {
			floors[k] = all[bores.of(k)]
		}
	}
	return floors
}
