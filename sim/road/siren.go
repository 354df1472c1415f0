package road

import "sandtable/sim"

// passSpeed is how fast an emergency vehicle passes vehicles that stand, on the lane that they leave free or on that of
// who comes towards it: 20 km/h (assumed).
const passSpeed = 20 / 3.6

// overtakes says whether the mover is an emergency vehicle on a road with another lane than that on which the others
// stand: a second one, or one for who comes towards it. There it goes at its own speed and takes no room, since the
// others make way for it and stop for it at junctions.
func (t *Traffic) overtakes(m *mover, arc int32) bool {
	l := &t.net.links[arc>>1]
	return m.mode == sim.ModeEmergency && (l.Lanes > 1 || !l.OneWay) && !t.flows[arc].closed
}

// passing returns how much longer a way along an arc takes because vehicles stand there that are to be passed: those
// that could have left it by now, and the length that they take up.
func (t *Traffic) passing(m *mover, arc int32) sim.Time {
	if m.mode != sim.ModeEmergency {
		return 0
	}
	standing := int32(0)
	for slot := t.arcs[arc].queue.head; slot >= 0 && t.movers.at(slot).ready <= t.now; slot = t.movers.at(slot).next {
		standing += t.movers.at(slot).units()
	}
	if standing == 0 {
		return 0
	}
	share := min(float64(standing)/float64(t.flows[arc].storage), 1)
	metres := float64(share * t.net.length[arc>>1])
	return max(travelTime(metres, passSpeed)-t.travel(m, metres), 0)
}

// hasSiren says whether the mover goes before others where they merge.
func (m *mover) hasSiren() bool { return m.mode == sim.ModeEmergency }

// letPass puts a mover that waits at the start of an arc before those who wait there without a siren.
func (t *Traffic) letPass(l *list, slot int32) {
	last := int32(-1) // of those with a siren
	for s := l.head; s >= 0 && t.movers.at(s).hasSiren(); s = t.movers.at(s).next {
		last = s
	}
	t.insertAfter(l, last, slot)
}
