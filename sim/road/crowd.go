package road

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// Weidmann's relation of 1993 between the density D of walkers [P/m2] and their speed,
//
//	v = 1.34 m/s (1 - exp(-1.913 P/m2 (1/D - 1/5.4 m2/P))),
//
// acts link by link. Below the density of the greatest flow it slows who walks on the link. Beyond that density a link
// takes in no more than the flow that belongs to its density, and nobody when it is full; who cannot go on waits at the
// end of the link on which he is and takes room there. Over the end of a link never goes more than the greatest flow.
const (
	freeWalk   = 1.34  // mean speed of the walkers of whom the relation tells [m/s]
	crowdGamma = 1.913 // [P/m2]
	jamCrowd   = 5.4   // density at which nobody moves [P/m2]
	bestCrowd  = 1.75  // density of the greatest flow [P/m2]
)

// Density acts in steps of 0.25 P/m2, with the value in the middle of the step; a step is left downwards only when the
// density has fallen half a step below it. Below 0.5 P/m2 nobody is slowed: that is 3 % at the most.
const (
	crowdStep  = 250 // [0.001 P/m2]
	crowdFirst = 2   // step from which walkers are slowed
	crowdSteps = 22  // steps up to the density at which nobody moves
)

// Widths on which people walk where a link names none [m]; assumed.
const (
	defaultPath     = 2.0 // on a footpath
	defaultPavement = 4.0 // along a road, on both sides together
)

// crowdSpeed returns the share of their free speed at which people walk at that density [P/m2].
func crowdSpeed(density float64) float64 {
	if density >= jamCrowd {
		return 0
	}
	return -num.Expm1(float64(-crowdGamma * (1/density - 1/jamCrowd)))
}

// crowdFlow returns the flow over a metre of width at that density [P/(m s)].
func crowdFlow(density float64) float64 { return freeWalk * density * crowdSpeed(density) }

// crowding is what a step of density does.
type crowding struct {
	pace float64 // share of the free speed [-]
	flow float64 // that a link takes in, as a share of the greatest [-]
}

// crowdings are the effects by step.
var crowdings = func() (out [crowdSteps]crowding) {
	for k := range out {
		density := (float64(k) + 0.5) * crowdStep / 1000
		out[k] = crowding{1, 1}
		if k >= crowdFirst {
			out[k].pace = crowdSpeed(min(density, bestCrowd))
		}
		if density > bestCrowd {
			out[k].flow = crowdFlow(density) / crowdFlow(bestCrowd)
		}
	}
	return out
}()

// footway is what a link is for walkers, in both directions together.
type footway struct {
	room   int32   // persons that have room
	thin   int32   // fewer persons than these slow nobody
	stride int64   // time between two persons at the greatest flow [µs]
	share  float64 // density that a person makes [0.001 P/m2]
}

// newFootway works out the footway of a link of that length [m].
func newFootway(l *LinkSpec, length float64) footway {
	width := l.Walk
	if width == 0 {
		width = defaultPavement
		if l.FootOnly {
			width = defaultPath
		}
	}
	area := float64(width * length)
	return footway{
		room:   int32(max(num.FloorInt(min(float64(jamCrowd*area), 1e9)), 1)),
		thin:   int32(num.CeilInt(min(float64(crowdFirst*crowdStep*area)/1000, 1e9))),
		stride: max(num.RoundInt64(1e6/float64(crowdFlow(bestCrowd)*width)), 1),
		share:  1000 / area,
	}
}

// footState is one direction of a link for walkers, beside their places in the list of those who take no room among the
// vehicles: who waits at the end is in front there.
type footState struct {
	held    int32    // last of those who wait at the end, or -1
	crowd   list     // who waits at the start to walk onto it
	exit    sim.Time // earliest instant at which the next one may leave
	entered sim.Time // when the last one came onto it
	stride  int64    // time that he and his party take at the greatest flow [µs]
}

var emptyFoot = footState{held: -1, crowd: emptyList}

// crowdState is the density of walkers on a link.
type crowdState struct {
	walkers int32 // persons on foot, both ways
	step    uint8 // of the density; 0 where nobody is slowed
}

// walkers returns how many persons a mover on foot is.
func (m *mover) walkers() int32 { return max(int32(m.persons), 1) }

// press adds persons to those on a link, or takes them off, and lets the density act.
func (t *Traffic) press(link, persons int32) {
	c, f := &t.crowds[link], &t.net.foot[link]
	c.walkers += persons
	if c.walkers < f.thin && c.step == 0 {
		return
	}
	density := num.Int32(min(float64(c.walkers)*f.share, jamCrowd*1000-1))
	was := c.step
	if c.step = step(was, density, crowdStep); c.step < crowdFirst {
		c.step = 0
	}
	if c.step == was {
		return
	}
	t.trail.Change(t.now, changeCrowd, link, uint64(c.step))
	if crowdings[c.step].pace == crowdings[was].pace {
		return
	}
	t.eachOn(link, func(slot int32) {
		if t.movers.at(slot).mode == sim.ModeFoot {
			t.retime(slot)
		}
	})
	if t.links[link].threatens() {
		t.eachOn(link, t.watch)
	}
}

// unpress takes a mover on foot off a link, and has those look who wait to walk onto it.
func (t *Traffic) unpress(link, persons int32) {
	t.press(link, -persons)
	for _, node := range [...]int32{t.net.tail[2*link], t.net.head[2*link]} {
		if t.waits[node].queues > 0 {
			t.mark(node)
		}
	}
}

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

// admits returns the earliest instant at which an arc takes in so many walkers as its link is now, or unknown while
// that is full. A party that is larger than the whole link gets on when the link is empty. Beyond the density of the
// greatest flow both directions share what the link takes in.
func (t *Traffic) admits(arc, persons int32) sim.Time {
	c := &t.crowds[arc>>1]
	if c.walkers > 0 && c.walkers+persons > t.net.foot[arc>>1].room {
		return unknown
	}
	a := &t.foot[arc]
	at := a.entered + sim.Time(a.stride)
	if flow := crowdings[c.step].flow; flow < 1 {
		b := &t.foot[arc^1]
		at = max(a.entered+sim.Time(num.RoundInt64(float64(a.stride)/flow)),
			b.entered+sim.Time(num.RoundInt64(float64(b.stride)/flow)))
	}
	return at
}

// walksOn returns the earliest instant at which a walker at the end of his arc may leave it, or unknown.
func (t *Traffic) walksOn(m *mover) sim.Time {
	at, node := t.foot[m.arc].exit, t.net.head[m.arc]
	if m.dest == node {
		return at
	}
	if next := t.outward(m, node); next >= 0 {
		at = max(at, t.admits(next, m.walkers()))
	}
	return at
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

// waitState tells of the walkers who wait at a node, on the arcs that lead there or to set out from there.
type waitState struct {
	queues int32    // arcs at whose end, or for which, somebody waits
	at     sim.Time // instant for which a look at them is on the agenda
}

// workCrowd lets on, in the order in which they came, the walkers at a node who can go on at this instant. In each
// queue the first one holds up those behind.
func (t *Traffic) workCrowd(node int32) {
	for t.waits[node].queues > 0 {
		slot, at := t.firstWalker(node)
		if slot < 0 || at > t.now {
			t.call(node, at)
			return
		}
		if m := t.movers.at(slot); m.stage == stageFree {
			t.stepOff(slot)
			t.goOnFoot(slot, node)
		} else {
			t.stopWaiting(slot)
			t.goOnFoot(slot, node)
		}
	}
}

// firstWalker returns who of the first ones in the queues at a node goes on next: of those who can go now who came
// first, else who can go the earliest; and when, or unknown.
func (t *Traffic) firstWalker(node int32) (slot int32, at sim.Time) {
	slot, at = -1, unknown
	offer := func(s int32, when sim.Time) {
		when = max(when, t.now)
		if slot < 0 || when < at || when == at && t.movers.at(s).ready < t.movers.at(slot).ready {
			slot, at = s, when
		}
	}
	for _, arc := range t.net.in.of(node) {
		if t.foot[arc].held >= 0 {
			first := t.arcs[arc].free.head
			offer(first, t.walksOn(t.movers.at(first)))
		}
	}
	for _, arc := range t.net.out.of(node) {
		if s := t.foot[arc].crowd.head; s >= 0 {
			when := t.now
			if next := t.outward(t.movers.at(s), node); next >= 0 {
				when = t.admits(next, t.movers.at(s).walkers())
			}
			offer(s, when)
		}
	}
	return slot, at
}

// call has the walkers at a node looked at at that instant.
func (t *Traffic) call(node int32, at sim.Time) {
	if w := &t.waits[node]; at != unknown && w.at != at {
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

// goOnFoot has a walker at a node, in no list, go on past those who wait there.
func (t *Traffic) goOnFoot(slot, node int32) {
	m := t.movers.at(slot)
	if m.dest != node {
		if next := t.outward(m, node); next >= 0 {
			t.enterFree(slot, next)
			return
		}
	}
	t.goOn(slot, node)
}

// enterOnFoot counts a walker onto the link of an arc.
func (t *Traffic) enterOnFoot(m *mover, arc int32) {
	a := &t.foot[arc]
	a.entered, a.stride = t.now, int64(m.walkers())*t.net.foot[arc>>1].stride
	t.press(arc>>1, m.walkers())
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
	if t.waits[node].queues > 0 || t.walksOn(m) > t.now {
		t.hold(slot)
		return
	}
	t.stepOff(slot)
	t.goOnFoot(slot, node)
}
