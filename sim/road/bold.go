package road

import "sandtable/sim"

// Costs, and with them ways, go by the water up to which a mode enters a link. A bold driver goes on up to the water
// that stalls him: when he comes to such a link on the way that he has in mind, and when the roads that others take
// leave him no way at all, on that which leads there when they are dry.

// passable says whether the mover may enter an arc as it is now.
func (t *Traffic) passable(m *mover, arc int32) bool {
	return t.routes.cost[sight(m.mode)][arc] < closed || m.is(tagBold) && t.dares(m, arc)
}

// dares says whether nothing but water keeps vehicles of a mode off an arc, and not so much that it stalls them.
func (t *Traffic) dares(m *mover, arc int32) bool {
	l := &t.links[arc>>1]
	return !l.ordered && t.serves(m.mode, arc, l.wet) && !modes[m.mode].stall.exceeded(l.wet)
}

// dared returns the arc by which a bold driver without a way sets out or goes on all the same: find returns the way of
// who takes the roads to be dry and open.
func (t *Traffic) dared(m *mover, find func(s sight) int32) int32 {
	if !m.is(tagBold) || sightOf(m.mode, sim.KnowsHabit) != sightHabit {
		return -1
	}
	if next := find(sightHabit); next >= 0 && t.passable(m, next) {
		return next
	}
	return -1
}

// daredFrom is dared for who stands at a node.
func (t *Traffic) daredFrom(m *mover, node int32) int32 {
	return t.dared(m, func(s sight) int32 {
		next, _ := t.routes.from(s, m.dest, node)
		return next
	})
}
