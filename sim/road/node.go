package road

import "sandtable/sim"

// candidate is the first vehicle of a queue that leads to a node.
type candidate struct {
	target int32    // arc that it wants to enter; -1 when it needs none
	turn   int64    // on the clock of the target
	since  sim.Time // since when it could have gone on
	arc    int32    // the arc it is on, or waits to enter
	origin bool
	siren  bool // goes before all others
}

// before orders candidates. Of those that want to enter one arc, the one whose turn has come goes first. A queue's
// turn advances with each of its vehicles by the headway of its own capacity: full queues that merge share the arc in
// proportion to their capacities, and a queue that forms anew starts at the present turn. Of equal turns who has
// been ready longest goes first, then those on the road before those at the roadside, then lower arcs.
func (c candidate) before(o candidate) bool {
	switch {
	case c.target != o.target:
		return c.target < o.target
	case c.siren != o.siren:
		return c.siren
	case c.turn != o.turn:
		return c.turn < o.turn
	case c.since != o.since:
		return c.since < o.since
	case c.origin != o.origin:
		return o.origin
	}
	return c.arc < o.arc
}

// workNode lets everybody on who can go on at this instant. Headways and holes take at least a microsecond, so that
// one pass over the queues is enough.
func (t *Traffic) workNode(node int32, all bool) {
	if t.waits[node].queues > 0 {
		t.workCrowd(node)
	}
	if junction, ok := t.hasRules(node); ok {
		t.workJunction(node, junction)
		return
	}
	t.waiting = t.waiting[:0]
	t.gatherEnds(node, all)
	if t.waits[node].starts > 0 {
		t.gatherStarts(node)
	}
	for _, c := range t.waiting {
		if c.origin {
			t.tryOrigin(c)
		} else {
			t.tryEnd(node, c, 0)
		}
	}
}

// gatherEnds collects those who have come to a node and could leave their arcs: all of them, or those who are not known
// to come later.
func (t *Traffic) gatherEnds(node int32, all bool) {
	for _, arc := range t.net.in.of(node) {
		a := &t.arcs[arc]
		if a.queue.head < 0 || !all && a.wakeAt > t.now {
			continue
		}
		if since := max(t.movers.at(a.queue.head).ready, a.nextExit); since > t.now {
			t.wake(arc, since)
		} else if !t.flows[arc].stopped {
			if c, ok := t.atEnd(arc, since); ok {
				t.compete(c)
			}
		}
	}
}

// gatherStarts collects those who could set out from a node.
func (t *Traffic) gatherStarts(node int32) {
	for _, arc := range t.net.out.of(node) {
		a := &t.arcs[arc]
		if a.origin.head < 0 || !t.sortOrigin(node, arc) {
			continue
		}
		if since := max(t.movers.at(a.origin.head).ready, a.nextStart); since <= t.now {
			t.compete(candidate{arc, max(a.startTurn, a.clock), since, arc, true, t.movers.at(a.origin.head).hasSiren()})
		} else {
			t.wakeStart(arc, since)
		}
	}
}

// atEnd finds out where the first vehicle at the end of the arc wants to go. It does not compete while the lane that
// leads there is taken.
func (t *Traffic) atEnd(arc int32, since sim.Time) (c candidate, ok bool) {
	a := &t.arcs[arc]
	m := t.movers.at(a.queue.head)
	c = candidate{target: -1, since: since, arc: arc, siren: m.hasSiren()}
	if !t.arrivesBy(m, arc) {
		if next := t.onward(m, arc); next >= 0 && !t.roomless(m, next) {
			c.target, c.turn = next, t.arcs[next].clock
			if a.turnOf == next {
				c.turn = max(c.turn, a.turn)
			}
			if free := t.laneFree(arc, next); free > t.now {
				t.wake(arc, free)
				return c, false
			}
		}
	}
	return c, true
}

// compete sorts a candidate in.
func (t *Traffic) compete(c candidate) {
	t.waiting = append(t.waiting, c)
	for i := len(t.waiting) - 1; i > 0 && t.waiting[i].before(t.waiting[i-1]); i-- {
		t.waiting[i], t.waiting[i-1] = t.waiting[i-1], t.waiting[i]
	}
}

// tryEnd lets the first vehicle at the end of its arc over the node, if it can. The next one follows no earlier than
// after the given time.
func (t *Traffic) tryEnd(node int32, c candidate, follow sim.Time) {
	slot := t.arcs[c.arc].queue.head
	m := t.movers.at(slot)
	if c.target < 0 {
		arrives := t.arrivesBy(m, c.arc)
		t.leave(slot, follow)
		t.reach(slot, node)
		if arrives {
			t.arrive(slot, node)
		} else {
			t.goOn(slot, node)
		}
		return
	}
	if at := t.takes(c.target, m.units()); at > t.now {
		t.block(c.arc, c.target, at)
		return
	}
	t.leave(slot, follow)
	t.reach(slot, node)
	t.useLane(c.arc, c.target, m.units(), follow)
	t.enter(slot, c.target)
	t.arcs[c.target].clock = c.turn
	if a := &t.arcs[c.arc]; a.queue.head >= 0 && t.movers.at(a.queue.head).ready <= a.nextExit {
		a.turn = c.turn + int64(m.units())*t.exitHeadway(c.arc)
		a.turnOf = c.target
	} else {
		a.turn, a.turnOf = 0, -1
	}
}

// sortOrigin sends those at the front of an origin queue who have come to want another way there, and says whether
// anybody is left.
func (t *Traffic) sortOrigin(node, arc int32) bool {
	a := &t.arcs[arc]
	for a.origin.head >= 0 {
		slot := a.origin.head
		m := t.movers.at(slot)
		if !t.roomless(m, arc) && (m.is(tagFirst) && t.passable(m, arc) || t.outward(m, node) == arc) {
			return true
		}
		m.tag &^= tagFirst
		t.stopWaiting(slot)
		t.goOn(slot, node)
	}
	return false
}

// tryOrigin lets the first vehicle that waits at the start of the arc onto it, if it can.
func (t *Traffic) tryOrigin(c candidate) {
	a := &t.arcs[c.arc]
	slot := a.origin.head
	units := t.movers.at(slot).units()
	if at := t.takes(c.arc, units); at > t.now {
		t.block(-1, c.arc, at)
		return
	}
	t.stopWaiting(slot)
	t.movers.at(slot).tag &^= tagFirst
	t.enter(slot, c.arc)
	a.clock, a.startTurn = c.turn, 0
	a.nextStart = a.nextEntry
	if a.origin.head >= 0 {
		a.startTurn = c.turn + int64(units)*t.flows[c.arc].entry
		t.wakeStart(c.arc, a.nextStart)
	}
}

// onward returns the arc by which the mover goes on from the end of an arc, or -1. Who sees that his way is closed
// knows more from then on.
func (t *Traffic) onward(m *mover, arc int32) int32 {
	if next, follows := t.byPlan(m, t.net.head[arc], arc); follows {
		return next
	}
	next := t.routes.after(m.sight(), m.dest, arc)
	if t.learns(m, next) {
		next = t.routes.after(m.sight(), m.dest, arc)
	}
	if next < 0 {
		next = t.dared(m, func(s sight) int32 { return t.routes.after(s, m.dest, arc) })
	}
	return next
}

// outward returns the arc by which a mover that stands at a node sets out, or -1.
func (t *Traffic) outward(m *mover, node int32) int32 {
	if next, follows := t.byPlan(m, node, -1); follows {
		return next
	}
	next, _ := t.routes.from(m.sight(), m.dest, node)
	if t.learns(m, next) {
		next, _ = t.routes.from(m.sight(), m.dest, node)
	}
	if next < 0 {
		next = t.daredFrom(m, node)
	}
	return next
}

// learns has a driver who comes to an arc that he did not know to be closed ask which others are. Without a way on the
// roads as he knows them there is nothing to be seen, and he asks too.
func (t *Traffic) learns(m *mover, next int32) bool {
	if m.sight() != sightHabit || next >= 0 && t.passable(m, next) {
		return false
	}
	m.tag &^= tagKnows
	t.change(changeLearn, m.ref(), next)
	return true
}

// arrivesBy says whether a mover is at its destination at the end of an arc.
func (t *Traffic) arrivesBy(m *mover, arc int32) bool {
	nodes := int32(len(t.net.nodes))
	if m.dest < nodes {
		return m.dest == t.net.head[arc]
	}
	return m.dest == nodes+arc
}

// roomless says whether the mover takes no room on the arc as it is now.
func (t *Traffic) roomless(m *mover, arc int32) bool {
	return roomless(m.mode, t.links[arc>>1].wet) || t.overtakes(m, arc)
}

// reach notes that a mover has come to a node at the end of a link, which may lie outside the zone that it leaves, or
// in the one that it enters. Where a trip begins
// does not count: a house whose street lies outside the zone is not left by stepping out of the door.
func (t *Traffic) reach(slot, node int32) {
	m := t.movers.at(slot)
	here := t.net.nodes[node].Zone
	if m.zone == sim.None || m.zone >= 0 && here == sim.ZoneID(m.zone) || m.zone < sim.None && here != enters(m.zone) {
		return
	}
	m.zone = sim.None
	t.ports.Crossings.Post(t.now, m.ref().ID, sim.Crossing{Mover: m.ref(), Node: sim.NodeID(node)})
}

// goOn finds out what a mover that stands at a node and is in no list does next.
func (t *Traffic) goOn(slot, node int32) {
	m := t.movers.at(slot)
	if m.dest == node {
		t.arrive(slot, node)
		return
	}
	switch next := t.outward(m, node); {
	case next < 0:
		t.waitForWay(slot, node)
	case m.mode == sim.ModeFoot:
		t.walkOnto(slot, node, next)
	case t.roomless(m, next):
		t.enterFree(slot, next)
	default:
		t.waitToEnter(slot, node, next)
	}
}

// waitToEnter puts a mover into the queue at the start of the arc.
func (t *Traffic) waitToEnter(slot, node, arc int32) {
	m := t.movers.at(slot)
	m.stage, m.arc = stageOrigin, arc
	t.rest(m)
	l := &t.arcs[arc].origin
	if l.head < 0 {
		t.waits[node].starts++
	}
	if m.hasSiren() {
		t.letPass(l, slot)
	} else {
		t.pushBack(l, slot)
	}
	t.tallyOf(m).Waiting += m.weight()
	t.change(changeWait, m.ref(), arc)
	t.watchWaiting(slot)
	t.markDue(node)
}

// stopWaiting takes a mover out of the list in which it waits at a node.
func (t *Traffic) stopWaiting(slot int32) {
	m := t.movers.at(slot)
	t.tallyOf(m).Waiting -= m.weight()
	if m.stage == stageOrigin && m.mode == sim.ModeFoot {
		t.leaveCrowd(slot)
		m.arc = ^t.node(m)
		return
	}
	l := &t.noRoute
	if m.stage == stageOrigin {
		l = &t.arcs[m.arc].origin
	}
	t.remove(l, slot)
	if m.stage == stageOrigin && l.head < 0 {
		t.arcs[m.arc].startTurn = 0
		t.waits[t.net.tail[m.arc]].starts--
	}
	m.arc = ^t.node(m)
}
