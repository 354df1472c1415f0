package importer

import "sandtable/sim/scenario"

// signalReach is how far from its junction a traffic light may stand, along the road [m] (assumed): maps have it at the
// junction itself or at the stop lines before it.
const signalReach = 40.0

// layControls notes at which nodes there are traffic lights. number tells the node of the network at a node of the map.
func (m *town) layControls(ways []*osmWay, uses []uint8, number map[int32]int) {
	m.roads.control = make([]scenario.NodeControl, len(m.roads.nodes))
	lights := make(map[int32]bool)
	for i := range m.osm.spots {
		if s := &m.osm.spots[i]; s.tags.is("highway", "traffic_signals") {
			lights[s.node] = true
		}
	}
	for _, w := range ways {
		w.runs(func(nodes []int32) {
			for k, n := range nodes {
				if !lights[n] {
					continue
				}
				if at, ok := m.junctionNear(nodes, k, uses); ok {
					if node, ok := number[at]; ok {
						m.roads.control[node] = scenario.ControlSignal
					}
				}
			}
		})
	}
}

// junctionNear returns the node of the map nearest to the k-th one of a way at which ways meet.
func (m *town) junctionNear(nodes []int32, k int, uses []uint8) (at int32, ok bool) {
	least := signalReach
	for _, step := range [...]int{1, -1} {
		gone := 0.0
		for i := k; i >= 0 && i < len(nodes); i += step {
			if i != k {
				gone += m.at[nodes[i]].Dist(m.at[nodes[i-step]])
			}
			if gone > least {
				break
			}
			if uses[nodes[i]] >= 2 {
				at, ok, least = nodes[i], true, gone
				break
			}
		}
	}
	return at, ok
}
