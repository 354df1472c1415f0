package road

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// Signs appends what stands on roads in the rectangle to buf[:0] and returns it: wrecks, then turned lanes, both in the
// order of their arcs, then police in the order of their nodes.
func (t *Traffic) Signs(view geo.Rect, buf []sim.RoadSign) []sim.RoadSign {
	buf = buf[:0]
	add := func(kind sim.SignKind, at geo.Point, arc sim.Arc) {
		if view.Contains(at) {
			buf = append(buf, sim.RoadSign{Kind: kind, At: at, Arc: arc})
		}
	}
	for k := range t.wrecks {
		w := &t.wrecks[k]
		add(sim.SignWreck, t.net.at(w.arc, w.place), sim.Arc(w.arc+1))
	}
	for arc := range t.works {
		if t.works[arc].won > 0 {
			add(sim.SignContraflow, t.net.at(int32(arc), t.net.length[arc>>1]*0.5), sim.Arc(arc+1))
		}
	}
	for j := range t.crossings {
		if t.crossings[j].policed {
			add(sim.SignPolice, t.net.nodes[t.net.junctions.node[j]].At, 0)
		}
	}
	return buf
}
