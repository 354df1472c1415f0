package road

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// jamLeast is how many cars that could have gone on make a jam: fewer are there at every busy crossing.
const jamLeast = 3

// Jams appends the queues of vehicles in the rectangle to buf[:0], in the order of their arcs, and returns it. In a
// queue are those in front on an arc who would have come to its end by now if nobody had been in their way.
func (t *Traffic) Jams(view geo.Rect, buf []sim.JamDot) []sim.JamDot {
	buf = buf[:0]
	for arc := range t.arcs {
		link := int32(arc) >> 1
		if t.arcs[arc].queue.head < 0 || !touches(t.net.extent[link], view) {
			continue
		}
		units := int32(0)
		for slot := t.arcs[arc].queue.head; slot >= 0; {
			m := t.movers.at(slot)
			if m.ready > t.now {
				break
			}
			units += m.units()
			slot = m.next
		}
		if units < jamLeast {
			continue
		}
		length := t.net.length[link]
		buf = append(buf, sim.JamDot{Arc: sim.Arc(arc + 1), Locked: t.arcs[arc].ringed,
			Metres: min(float64(float64(units)*length)/float64(t.net.storage[link]), length)})
	}
	return buf
}
