package road

import "sandtable/sim"

// candidate is the first vehicle of a queue that leads to a node, and since when it could have gone on.
type candidate struct {
	since  sim.Time
	arc    int32 // the arc it is on, or waits to enter
	origin bool
}

// before orders candidates: who has been ready longest goes first. Two full queues of equal capacity that merge
// therefore go in turn, and queues of different capacities in proportion to them. Of equals, those on the road go
// before those at the roadside, and lower arcs before higher ones.
func (c candidate) before(o candidate) bool {
	if c.since != o.since {
		return c.since < o.since
	}
	if c.origin != o.origin {
		return o.origin
	}
	return c.arc < o.arc
}

// workNode lets everybody on who can go on at this instant. Headways and holes take at least a microsecond, so that
// one pass over the queues is enough.
func (t *Traffic) workNode(node int32) {
	t.waiting = t.waiting[:0]
	for _, arc := range t.net.in.of(node) {
		a := &t.arcs[arc]
		if a.queue.head < 0 {
			continue
		}
		if since := max(t.movers[a.queue.head].ready, a.nextExit); since <= t.now {
			t.compete(candidate{since, arc, false})
		} else {
			t.wake(arc, since)
		}
	}
	for _, arc := range t.net.out.of(node) {
		a := &t.arcs[arc]
		if a.origin.head < 0 {
			continue
		}
		if since := max(t.movers[a.origin.head].ready, a.nextStart); since <= t.now {
			t.compete(candidate{since, arc, true})
		} else {
			t.wakeStart(arc, since)
		}
	}
	for i := range t.waiting {
		if c := t.waiting[i]; c.origin {
			t.tryOrigin(node, c.arc)
		} else {
			t.tryEnd(node, c.arc)
		}
	}
}

// compete sorts a candidate in.
func (t *Traffic) compete(c candidate) {
	t.waiting = append(t.waiting, c)
	for i := len(t.waiting) - 1; i > 0 && t.waiting[i].before(t.waiting[i-1]); i-- {
		t.waiting[i], t.waiting[i-1] = t.waiting[i-1], t.waiting[i]
	}
}

// tryEnd lets the first vehicle at the end of the arc over the node, if it can.
func (t *Traffic) tryEnd(node, arc int32) {
	slot := t.arcs[arc].queue.head
	m := &t.movers[slot]
	if m.dest != node {
		next := t.nextArc(m, node)
		if next >= 0 && !t.roomless(m, next) {
			if at := t.takes(next, m.units); at > t.now {
				t.block(arc, next, at)
				return
			}
			t.leave(slot)
			t.reach(slot, node)
			t.enter(slot, next)
			return
		}
	}
	t.leave(slot)
	t.reach(slot, node)
	t.goOn(slot, node)
}

// tryOrigin lets the first vehicle that waits at the start of the arc onto it, if it can. Those that have come to
// want another way meanwhile are sent there.
func (t *Traffic) tryOrigin(node, arc int32) {
	a := &t.arcs[arc]
	for a.origin.head >= 0 {
		slot := a.origin.head
		m := &t.movers[slot]
		if t.nextArc(m, node) == arc && !t.roomless(m, arc) {
			break
		}
		t.stopWaiting(slot)
		t.goOn(slot, node)
	}
	slot := a.origin.head
	if slot < 0 {
		return
	}
	m := &t.movers[slot]
	if since := max(m.ready, a.nextStart); since > t.now {
		t.wakeStart(arc, since)
		return
	}
	if at := t.takes(arc, m.units); at > t.now {
		t.block(-1, arc, at)
		return
	}
	t.stopWaiting(slot)
	t.enter(slot, arc)
	a.nextStart = a.nextEntry
	if a.origin.head >= 0 {
		t.wakeStart(arc, max(a.nextStart, t.movers[a.origin.head].ready))
	}
}

// nextArc returns the arc by which the mover goes on from a node, or -1.
func (t *Traffic) nextArc(m *mover, node int32) int32 { return t.routes.to(m.mode, m.dest).next[node] }

// roomless says whether the mover takes no room on the arc as it is now.
func (t *Traffic) roomless(m *mover, arc int32) bool { return roomless(m.mode, t.links[arc>>1].wet) }

// reach notes that a mover has come to a node, which may lie outside its zone.
func (t *Traffic) reach(slot, node int32) {
	m := &t.movers[slot]
	if m.crossed || t.net.nodes[node].Zone == m.zone {
		return
	}
	m.crossed = true
	t.ports.Crossings.Post(t.now, m.ref.ID, sim.Crossing{Mover: m.ref, Node: sim.NodeID(node)})
}

// goOn finds out what a mover that stands at a node and is in no list does next.
func (t *Traffic) goOn(slot, node int32) {
	m := &t.movers[slot]
	if m.dest == node {
		t.arrive(slot, node)
		return
	}
	switch next := t.nextArc(m, node); {
	case next < 0:
		t.waitForWay(slot, node)
	case t.roomless(m, next):
		t.enterFree(slot, next)
	default:
		t.waitToEnter(slot, node, next)
	}
}

// waitToEnter puts a mover into the queue at the start of the arc.
func (t *Traffic) waitToEnter(slot, node, arc int32) {
	m := &t.movers[slot]
	m.stage, m.arc, m.node, m.ready = stageOrigin, arc, node, t.now
	t.pushBack(&t.arcs[arc].origin, slot)
	t.tally[m.mode].Waiting += m.weight()
	t.change(changeWait, m.ref, arc)
	t.mark(node)
}

// stopWaiting takes a mover out of the list in which it waits at a node.
func (t *Traffic) stopWaiting(slot int32) {
	m := &t.movers[slot]
	l := &t.noRoute
	if m.stage == stageOrigin {
		l = &t.arcs[m.arc].origin
	}
	t.remove(l, slot)
	t.tally[m.mode].Waiting -= m.weight()
	m.arc = -1
}
