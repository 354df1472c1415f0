package road

import "sandtable/sim"

// enterFree puts a mover that takes no room among the vehicles at the start of the arc.
func (t *Traffic) enterFree(slot, arc int32) {
	m := t.movers.at(slot)
	if m.mode == sim.ModeFoot {
		t.enterOnFoot(m, arc)
	}
	t.setOut(m, arc)
	m.ready += t.passing(m, arc)
	t.beginFree(slot)
	t.change(changeEnter, m.ref(), arc)
	t.watch(slot)
}

// beginFree has a mover whose way along its arc is set move there without taking room.
func (t *Traffic) beginFree(slot int32) {
	m := t.movers.at(slot)
	m.stage = stageFree
	t.pushBack(&t.arcs[m.arc].free, slot)
	t.tallyOf(m).Inside += m.weight()
	t.agenda.Put(m.ready, entry{what: doFree, id: slot})
}

// leaveFree takes such a mover off its arc.
func (t *Traffic) leaveFree(slot int32) {
	m := t.movers.at(slot)
	t.release(slot)
	t.remove(&t.arcs[m.arc].free, slot)
	t.tallyOf(m).Inside -= m.weight()
	if m.mode == sim.ModeFoot {
		t.unpress(m.arc>>1, m.walkers())
	}
}

// endFree has a mover that takes no room reach the node that it went to; the entry may be an old one.
func (t *Traffic) endFree(slot int32) {
	m := t.movers.at(slot)
	if m.stage != stageFree || m.ready != t.now {
		return
	}
	if m.mode == sim.ModeFoot && !m.is(tagBack) {
		t.endWalk(slot)
		return
	}
	t.leaveFree(slot)
	node := t.node(m)
	if !m.is(tagBack) {
		m.walked(t.net.millimetres[m.arc>>1])
		if m.vehicles > 0 {
			t.arcs[m.arc].passed += int64(m.vehicles)
		}
		t.reach(slot, node)
	}
	t.goOn(slot, node)
}

// turnBackFrom has a mover go back from the place where it is [m] to the start of its arc, without taking room: it
// drives on a road that is closed.
func (t *Traffic) turnBackFrom(slot int32, place float64) {
	m := t.movers.at(slot)
	t.detach(slot)
	m.tag |= tagBack
	t.stand(m, place)
	m.walked(2 * m.from) // there and back
	if m.mode == sim.ModeFoot {
		t.press(m.arc>>1, m.walkers())
	}
	m.ready = t.now + t.travel(m, m.start())
	t.beginFree(slot)
	t.change(changeBack, m.ref(), m.arc)
	t.watch(slot)
}

// retime gives a mover on an arc whose speed has changed its new time of arrival.
func (t *Traffic) retime(slot int32) {
	m := t.movers.at(slot)
	if m.ready <= t.now {
		return
	}
	t.stand(m, t.place(m))
	left := t.goal(m) - m.start()
	m.ready = t.now + t.travel(m, max(left, -left))
	if m.stage == stageFree {
		t.agenda.Put(m.ready, entry{what: doFree, id: slot})
	}
}

// pin has the vehicles of a queue start again from where they stand, so that they do not appear at the end of their arc
// when those ahead are taken off.
func (t *Traffic) pin(arc int32) {
	ahead := int32(0)
	for slot := t.arcs[arc].queue.head; slot >= 0; slot = t.movers.at(slot).next {
		m := t.movers.at(slot)
		t.stand(m, t.queued(m, ahead))
		m.ready = t.now + t.travel(m, t.goal(m)-m.start())
		ahead += m.units()
	}
}

// eachOn calls f with everybody on the two arcs of a link.
func (t *Traffic) eachOn(link int32, f func(slot int32)) {
	t.eachAlong(2*link, f)
	t.eachAlong(2*link+1, f)
}

// eachAlong calls f with everybody on an arc, the last in a queue first: f may take its mover off, and those ahead
// still stand where they stood.
func (t *Traffic) eachAlong(arc int32, f func(slot int32)) {
	for _, l := range [...]*list{&t.arcs[arc].queue, &t.arcs[arc].free} {
		for slot := l.tail; slot >= 0; {
			prev := t.movers.at(slot).prev
			f(slot)
			slot = prev
		}
	}
}

// lookAgain has everybody who waits look for a way again, since costs have changed.
func (t *Traffic) lookAgain() {
	for arc := range t.arcs {
		a := &t.arcs[arc]
		if head := a.queue.head; head >= 0 && t.movers.at(head).ready <= t.now {
			t.mark(t.net.head[arc])
		}
		if a.origin.head >= 0 {
			t.mark(t.net.tail[arc])
		}
	}
	for node := range t.waits {
		if t.waits[node].queues > 0 {
			t.mark(int32(node))
		}
	}
	for slot := t.noRoute.head; slot >= 0; {
		m := t.movers.at(slot)
		next := m.next
		if node := t.node(m); t.outward(m, node) >= 0 {
			t.stopWaiting(slot)
			t.goOn(slot, node)
		}
		slot = next
	}
}

// position and along need the queue in front of a mover, which costs a walk through it.

// along returns how far along its arc a mover is now [m]. In a queue it stands behind those in front of it.
func (t *Traffic) along(slot int32) float64 {
	m := t.movers.at(slot)
	if m.stage != stageQueue {
		return t.place(m)
	}
	ahead := int32(0)
	for s := m.prev; s >= 0; s = t.movers.at(s).prev {
		ahead += t.movers.at(s).units()
	}
	return t.queued(m, ahead)
}

// queued returns how far along its arc a mover with so many cars ahead of it is now [m].
func (t *Traffic) queued(m *mover, ahead int32) float64 {
	link := m.arc >> 1
	length := t.net.length[link]
	behind := length - float64(float64(ahead)*length)/float64(t.net.storage[link])
	return max(min(t.place(m), behind), 0)
}
