package road

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// unknown is the answer to when an arc will take a vehicle while the car whose place it needs is still on it.
const unknown = sim.Never

// takes returns the earliest instant at which the arc lets in so many cars, or unknown.
//
// Newell's condition for the n-th car: it enters no earlier than the time L/w after the car n-storage has left. What
// is larger than the whole link gets in when the link is empty.
func (t *Traffic) takes(arc, units int32) sim.Time {
	return max(t.arcs[arc].nextEntry, t.opens(arc, units))
}

// opens returns the earliest instant at which there is room for so many cars at the start of the arc, or unknown.
func (t *Traffic) opens(arc, units int32) sim.Time {
	a, f := &t.arcs[arc], &t.flows[arc]
	need := a.in + int64(units) - int64(f.storage)
	if need > a.out {
		if a.in != a.out {
			return unknown
		}
		need = a.out
	}
	if need > 0 {
		hole := t.holes[int64(f.ring)+(need-1)%int64(f.size)]
		return hole + sim.Time(f.wave)
	}
	return past
}

// enter puts a mover at the start of the arc into its queue. takes has allowed it.
func (t *Traffic) enter(slot, arc int32) {
	m, a := t.movers.at(slot), &t.arcs[arc]
	first := a.queue.head < 0
	t.pushBack(&a.queue, slot)
	m.stage = stageQueue
	t.setOut(m, arc)
	t.tallyOf(m).Inside += m.weight()
	a.in += int64(m.units())
	a.nextEntry = t.now.Add(sim.Duration(int64(m.units()) * t.flows[arc].entry))
	t.change(changeEnter, m.ref(), arc)
	t.watchAt(slot, 0)
	t.askStill(arc, m.ready)
	if first {
		t.wake(arc, max(m.ready, a.nextExit))
	}
}

// setOut starts a mover on its way along the arc.
func (t *Traffic) setOut(m *mover, arc int32) {
	turnsRound := m.arc == arc^1 && m.sight().turns()
	m.tag &^= tagBack
	m.arc, m.from, m.since = arc, 0, t.now
	m.ready = t.now + t.crossing(m)
	if turnsRound {
		m.ready += sim.Time(uTurnTime)
	}
	if m.aside >= 0 {
		t.tickOff(m)
	}
}

// crossing returns the time that a mover takes for the whole of its arc as it is now. For vehicles it is what the arc
// costs, as long as it has a cost, and the wait for green.
func (t *Traffic) crossing(m *mover) sim.Time {
	if m.mode != sim.ModeFoot {
		if cost := t.routes.cost[sight(m.mode)][m.arc]; cost < closed {
			return sim.Time(cost) + t.pause(m.mode, m.arc, t.net.length[m.arc>>1])
		}
	}
	return t.travel(m, t.net.length[m.arc>>1])
}

// travel returns the time that a mover takes for so many metres of its arc as it is now; at least 1 µs.
func (t *Traffic) travel(m *mover, metres float64) sim.Time {
	link := m.arc >> 1
	w := t.links[link].wet
	speed := linkSpeed(m.mode, &t.net.links[link], t.freeSpeed(link), w)
	if m.aside >= 0 {
		own := t.asides.at(m.aside)
		speed *= own.pace
		if w.depth > 0 {
			speed *= own.wading
		}
	}
	if m.mode == sim.ModeFoot {
		speed *= t.climbs(m.arc, m.is(tagBack)) * crowdings[t.crowds[link].step].pace
	}
	return travelTime(metres, speed) + t.pause(m.mode, m.arc, metres)
}

// pause returns the part of the wait for green at the end of an arc that falls to so many metres of it: vehicles wait
// as long as the signal has them do on average when the road is not full. Only guided drivers choose their ways by it,
// as by other delays.
func (t *Traffic) pause(mode sim.Mode, arc int32, metres float64) sim.Time {
	pause := t.net.junctions.pause
	if pause == nil || pause[arc] == 0 || mode == sim.ModeEmergency || roomless(mode, t.links[arc>>1].wet) {
		return 0
	}
	return sim.Time(num.RoundInt64(float64(pause[arc]*metres) / t.net.length[arc>>1] * 1e6))
}

// travelTime returns the time for so many metres at a speed [m/s]; at least 1 µs.
func travelTime(metres, speed float64) sim.Time {
	return sim.Time(max(num.RoundInt64(metres/speed*1e6), 1))
}

// wake has the end of the arc looked at at that instant.
func (t *Traffic) wake(arc int32, at sim.Time) {
	a := &t.arcs[arc]
	if a.wakeAt != at {
		a.wakeAt = at
		t.agenda.Put(at, entry{what: doNode, id: t.net.head[arc]})
	}
}

// wakeStart has the start of the arc looked at at that instant.
func (t *Traffic) wakeStart(arc int32, at sim.Time) {
	a := &t.arcs[arc]
	if a.acceptAt != at {
		a.acceptAt = at
		t.agenda.Put(at, entry{what: doNode, id: t.net.tail[arc]})
	}
}

// leave takes the first vehicle off the arc, over its end. The next one follows after the headway, and no earlier than
// after the given time.
func (t *Traffic) leave(slot int32, follow sim.Time) {
	m := t.movers.at(slot)
	a := &t.arcs[m.arc]
	a.nextExit = t.now.Add(sim.Duration(int64(m.units()) * max(t.exitHeadway(m.arc), int64(follow))))
	a.late = 0
	a.passed += int64(m.vehicles)
	m.walked(t.net.millimetres[m.arc>>1])
	t.noteLoss(m)
	t.vacate(slot)
}

// vacate takes a vehicle out of the queue, wherever it stands in it, and sends the holes that it leaves on their way.
func (t *Traffic) vacate(slot int32) {
	m := t.movers.at(slot)
	arc := m.arc
	a := &t.arcs[arc]
	behind := m.next
	t.remove(&a.queue, slot)
	t.tallyOf(m).Inside -= m.weight()
	if behind >= 0 {
		t.closeUp(arc, behind)
	}
	f := &t.flows[arc]
	for k := a.out; k < a.out+int64(m.units()); k++ {
		t.holes[int64(f.ring)+k%int64(f.size)] = t.now
	}
	a.out += int64(m.units())
	if t.stills != nil {
		t.stills[arc].moved = t.now
	}
	a.turn, a.turnOf, a.jammed = 0, -1, false
	t.unblock(arc)
	if link := arc >> 1; t.turns[link].ready <= t.now && t.lanesCanTurn(link) {
		t.agenda.Put(t.now, entry{what: doTurn, id: link})
	}
	if a.wanted {
		a.wanted = false
		t.wakeStart(arc, t.now+sim.Time(f.wave))
	}
	if head := a.queue.head; head >= 0 {
		if at := max(t.movers.at(head).ready, a.nextExit); at > t.now {
			t.wake(arc, at)
		} else {
			a.wakeAt = t.now
			t.markDue(t.net.head[arc])
		}
	}
}

// block notes that the first vehicle of an arc, or of an origin queue (-1), waits for the arc next, which takes it at
// the given instant.
func (t *Traffic) block(arc, next int32, at sim.Time) {
	if at != unknown {
		if arc >= 0 {
			t.unblock(arc)
		}
		t.wakeStart(next, at)
		return
	}
	t.arcs[next].wanted = true
	if arc < 0 {
		return
	}
	if t.arcs[arc].blockedOn != next {
		t.unblock(arc)
		t.arcs[arc].blockedOn = next
	}
	if !t.arcs[arc].ringed {
		t.findRing(arc)
	}
}
