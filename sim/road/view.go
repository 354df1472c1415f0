package road

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

var _ sim.Router = (*Traffic)(nil)

// Distance returns the length [m] and the undisturbed travel time [s] of the fastest way for the mode, with the links
// as they are now, and whether there is one. Walkers walk at 1.2 m/s on dry ground.
func (t *Traffic) Distance(mode sim.Mode, from, to sim.NodeID) (metres, seconds float64, ok bool) {
	s := sight(mode)
	arc, dist := t.routes.from(s, int32(to), int32(from))
	if dist >= closed {
		return 0, 0, false
	}
	for from != to {
		metres += t.net.length[arc>>1]
		if t.net.head[arc] == int32(to) {
			break
		}
		arc = t.routes.after(s, int32(to), arc)
	}
	return metres, float64(dist) / 1e6, true
}

// NearestRefuge returns the refuge that is reached soonest on foot from a node, with the links as they are now, the
// undisturbed travel time [s], and whether any can be reached. Of several that are equally near it is always the same
// one.
func (t *Traffic) NearestRefuge(from sim.NodeID) (to sim.NodeID, seconds float64, ok bool) {
	node, dist := t.routes.nearestRefuge(sight(sim.ModeFoot), int32(from))
	if node < 0 {
		return sim.None, 0, false
	}
	return sim.NodeID(node), float64(dist) / 1e6, true
}

// NodeDepth returns the depth of water at a node [m].
func (t *Traffic) NodeDepth(node sim.NodeID) float64 { return float64(t.nodes[node]) / 1000 }

// NodeRise returns how far a node lies above the terrain [m]. A node inside a tunnel counts to lie so far above it that
// no water on the ground reaches it.
func (t *Traffic) NodeRise(node sim.NodeID) float64 {
	if t.cover == nil {
		return 0
	}
	if t.cover.node[node] < 0 {
		return deepBelow
	}
	return float64(t.cover.level[node]-t.cover.ground.Bed[t.cover.node[node]]) / 1000
}

// PerchRise returns how far above the terrain one stands who waits at a node, on the highest of the roads that meet
// there [m].
func (t *Traffic) PerchRise(node sim.NodeID) float64 {
	if t.cover == nil || t.cover.node[node] < 0 {
		return t.NodeRise(node)
	}
	return float64(t.cover.perch[node]-t.cover.ground.Bed[t.cover.node[node]]) / 1000
}

// standOn returns where somebody who is stranded at a point of a link is taken to be, and how far the link lies above
// the terrain there [m]; below 0 for an underpass. Who is in a tunnel is at one of its portals.
func (t *Traffic) standOn(link int32, at geo.Point) (geo.Point, float64) {
	c := t.cover
	if c == nil || t.net.links[link].OnGround {
		return at, 0
	}
	if c.boreOf[link] >= 0 {
		if spot, rise, ok := t.portalOf(link, at); ok {
			return spot, rise
		}
		return at, deepBelow
	}
	return at, float64(c.own[link]-c.ground.Bed[c.cellAt(at)]) / 1000
}

// LinkDepth returns the worst depth of water along a link, above its own level [m].
func (t *Traffic) LinkDepth(link sim.LinkID) float64 { return float64(t.links[link].depth) / 1000 }

// LinkClosed says whether a link is closed to cars, or a footpath to walkers.
func (t *Traffic) LinkClosed(link sim.LinkID) bool { return t.links[link].shut }

// Closed appends the closed links to buf[:0], in id order, and returns it.
func (t *Traffic) Closed(buf []sim.LinkID) []sim.LinkID {
	buf = buf[:0]
	for link := range t.links {
		if t.links[link].shut {
			buf = append(buf, sim.LinkID(link))
		}
	}
	return buf
}

// Flow returns how many vehicles have gone along a link so far, from From to To and the other way.
func (t *Traffic) Flow(link sim.LinkID) (forward, backward int64) {
	return t.arcs[2*link].passed, t.arcs[2*link+1].passed
}

// OnLink returns how many vehicles are on a link, both ways.
func (t *Traffic) OnLink(link sim.LinkID) int {
	count := int32(0)
	for _, a := range t.arcs[2*link : 2*link+2] {
		count += a.queue.vehicles + a.free.vehicles
	}
	return int(count)
}

// Place returns where a mover is, and whether it is on the network.
func (t *Traffic) Place(ref sim.Ref) (at geo.Point, ok bool) {
	slot := t.slotOf(ref)
	if slot < 0 {
		return geo.Point{}, false
	}
	return t.position(slot), true
}

// position returns where a mover is now.
func (t *Traffic) position(slot int32) geo.Point {
	m := t.movers.at(slot)
	if m.stage == stageQueue || m.stage == stageFree {
		return t.net.at(m.arc, t.along(slot))
	}
	return t.net.nodes[t.node(m)].At
}

// Movers appends the movers in the rectangle to buf[:0] and returns it: first those on links, link by link, then
// those without a way.
func (t *Traffic) Movers(view geo.Rect, buf []sim.MoverDot) []sim.MoverDot {
	buf = buf[:0]
	for arc := range t.arcs {
		a := &t.arcs[arc]
		if a.origin.head >= 0 || t.foot[arc].crowd.head >= 0 {
			buf = t.appendDots(buf, a.origin.head, view)
			buf = t.appendDots(buf, t.foot[arc].crowd.head, view)
		}
		if a.queue.head < 0 && a.free.head < 0 || !touches(t.net.extent[arc>>1], view) {
			continue
		}
		buf = t.appendQueue(buf, a.queue.head, view)
		buf = t.appendDots(buf, a.free.head, view)
	}
	return t.appendDots(buf, t.noRoute.head, view)
}

// touches says whether two rectangles have a point in common; a straight street has bounds without an area.
func touches(a, b geo.Rect) bool {
	return a.Min.X <= b.Max.X && b.Min.X <= a.Max.X && a.Min.Y <= b.Max.Y && b.Min.Y <= a.Max.Y
}

// appendDots appends the movers of a list that are no queue on a link.
func (t *Traffic) appendDots(buf []sim.MoverDot, slot int32, view geo.Rect) []sim.MoverDot {
	for ; slot >= 0; slot = t.movers.at(slot).next {
		m := t.movers.at(slot)
		buf = appendDot(buf, m, t.position(slot), m.stage != stageFree || m.ready < t.now, view)
	}
	return buf
}

// appendQueue appends the vehicles of a queue, counting those ahead.
func (t *Traffic) appendQueue(buf []sim.MoverDot, slot int32, view geo.Rect) []sim.MoverDot {
	ahead := int32(0)
	for ; slot >= 0; slot = t.movers.at(slot).next {
		m := t.movers.at(slot)
		place := t.queued(m, ahead)
		stopped := t.now >= m.ready || place < t.place(m)
		buf = appendDot(buf, m, t.net.at(m.arc, place), stopped, view)
		ahead += m.units()
	}
	return buf
}

func appendDot(buf []sim.MoverDot, m *mover, at geo.Point, stopped bool, view geo.Rect) []sim.MoverDot {
	if !view.Contains(at) {
		return buf
	}
	return append(buf, sim.MoverDot{Mover: m.ref(), Mode: m.mode, At: at, Persons: int32(m.persons), Stopped: stopped})
}
