package road

import "sandtable/sim"

// walkOnto puts a walker who stands at a node and is in no list onto an arc, or has him wait there till it takes him.
func (t *Traffic) walkOnto(slot, node, arc int32) {
	m := t.movers.at(slot)
	if t.waits[node].queues == 0 && t.admits(arc, m.walkers()) <= t.now {
		t.enterFree(slot, arc)
		return
	}
	m.stage, m.arc = stageOrigin, arc
	t.rest(m)
	a := &t.foot[arc]
	if a.crowd.head < 0 {
		t.waits[node].queues++
	}
	t.pushBack(&a.crowd, slot)
	t.tallyOf(m).Waiting += m.weight()
	t.change(changeWait, m.ref(), arc)
	t.watchWaiting(slot)
	t.mark(node)
}

// leaveCrowd takes a walker out of the list of those who wait at a node to walk onto their arc.
func (t *Traffic) leaveCrowd(slot int32) {
	m := t.movers.at(slot)
	a := &t.foot[m.arc]
	t.remove(&a.crowd, slot)
	if a.crowd.head < 0 {
		t.waits[t.net.tail[m.arc]].queues--
	}
}

// walksOn returns the arc by which a walker at the end of his arc goes on, or -1 when he arrives or has no way, and the
// earliest instant at which he may. Who turns round has his place on the link already.
func (t *Traffic) walksOn(m *mover) (next int32, at sim.Time) {
	at, node := t.foot[m.arc].exit, t.net.head[m.arc]
	if m.dest == node {
		return -1, at
	}
	switch next = t.outward(m, node); {
	case next == m.arc^1:
		at = max(at, t.mayEnter(next))
	case next >= 0:
		at = max(at, t.admits(next, m.walkers()))
	}
	return next, at
}

// hold has a walker wait at the end of his arc, behind those who wait there already: they are the first of the list.
func (t *Traffic) hold(slot int32) {
	m := t.movers.at(slot)
	a, node := &t.foot[m.arc], t.net.head[m.arc]
	if a.held < 0 {
		t.waits[node].queues++
	}
	free := &t.arcs[m.arc].free
	t.remove(free, slot)
	t.insertAfter(free, a.held, slot)
	a.held = slot
	t.mark(node)
}

// insertAfter puts a mover into a list behind another one, or at its front for -1.
func (t *Traffic) insertAfter(l *list, before, slot int32) {
	m := t.movers.at(slot)
	m.prev, m.next = before, l.head
	if before >= 0 {
		m.next = t.movers.at(before).next
		t.movers.at(before).next = slot
	} else {
		l.head = slot
	}
	if m.next >= 0 {
		t.movers.at(m.next).prev = slot
	} else {
		l.tail = slot
	}
	l.vehicles += int32(m.vehicles)
	l.persons += int32(m.persons)
}

// release notes that a walker leaves the list of his arc, in which he may be among those who wait at its end.
func (t *Traffic) release(slot int32) {
	m := t.movers.at(slot)
	a := &t.foot[m.arc]
	if a.held != slot {
		return
	}
	if a.held = m.prev; a.held < 0 {
		t.waits[t.net.head[m.arc]].queues--
	}
}

// waitState tells of who waits at a node: the walkers on the arcs that lead there or to set out from there, and the
// vehicles that set out from there.
type waitState struct {
	queues int32    // arcs at whose end, or for which, walkers wait
	starts int32    // arcs at whose start vehicles wait
	at     sim.Time // instant for which a look at them is on the agenda
}

// workCrowd lets on, in the order in which they came, the walkers at a node who can go on at this instant. In each
// queue the first one holds up those behind.
func (t *Traffic) workCrowd(node int32) {
	for t.waits[node].queues > 0 {
		slot, next, at := t.firstWalker(node)
		if slot < 0 || at > t.now {
			t.call(node, at)
			return
		}
		if t.movers.at(slot).stage == stageFree {
			t.stepOff(slot)
		} else {
			t.stopWaiting(slot)
		}
		t.goOnFoot(slot, node, next)
	}
}

// firstWalker returns who of the first ones in the queues at a node goes on next, by which arc, and when: of those who
// can go now who came first, else who can go the earliest.
func (t *Traffic) firstWalker(node int32) (slot, next int32, at sim.Time) {
	slot, next, at = -1, -1, unknown
	offer := func(s, arc int32, when sim.Time) {
		when = max(when, t.now)
		if slot < 0 || when < at || when == at && t.movers.at(s).ready < t.movers.at(slot).ready {
			slot, next, at = s, arc, when
		}
	}
	for _, arc := range t.net.in.of(node) {
		if t.foot[arc].held >= 0 {
			first := t.arcs[arc].free.head
			to, when := t.walksOn(t.movers.at(first))
			offer(first, to, when)
		}
	}
	for _, arc := range t.net.out.of(node) {
		if s := t.foot[arc].crowd.head; s >= 0 {
			when := t.now
			to := t.outward(t.movers.at(s), node)
			if to >= 0 {
				when = t.admits(to, t.movers.at(s).walkers())
			}
			offer(s, to, when)
		}
	}
	return slot, next, at
}

// call has the walkers at a node looked at at that instant.
func (t *Traffic) call(node int32, at sim.Time) {
	if w := &t.waits[node]; w.at != at {
		w.at = at
		t.agenda.Put(at, entry{what: doNode, id: node})
	}
}

// stepOff takes a walker off the end of his arc.
func (t *Traffic) stepOff(slot int32) {
	m := t.movers.at(slot)
	arc, node := m.arc, t.net.head[m.arc]
	t.foot[arc].exit = t.now.Add(sim.Duration(int64(m.walkers()) * t.net.foot[arc>>1].stride))
	t.leaveFree(slot)
	m.walked(t.net.millimetres[arc>>1])
	t.reach(slot, node)
}

// goOnFoot has a walker at a node, in no list, go on by an arc that takes him, past those who wait there; -1 when he
// arrives or has no way.
func (t *Traffic) goOnFoot(slot, node, next int32) {
	switch {
	case t.movers.at(slot).dest == node:
		t.arrive(slot, node)
	case next < 0:
		t.waitForWay(slot, node)
	default:
		t.enterFree(slot, next)
	}
}

// endWalk has a walker who has come to the end of his arc go on, or wait there.
func (t *Traffic) endWalk(slot int32) {
	m := t.movers.at(slot)
	// Who was slowed and quickened again may have two entries for one instant.
	for s := t.foot[m.arc].held; s >= 0 && t.movers.at(s).ready == t.now; s = t.movers.at(s).prev {
		if s == slot {
			return
		}
	}
	node := t.net.head[m.arc]
	next, at := t.walksOn(m)
	if t.waits[node].queues > 0 || at > t.now {
		t.hold(slot)
		return
	}
	t.stepOff(slot)
	t.goOnFoot(slot, node, next)
}
