package road

import (
	"fmt"

	"sandtable/sim"
)

// AppendState saves the roads. What has lost its meaning, such as the departure of a car whose hole has long arrived,
// is left out, so that equal roads give equal bytes whatever they went through.
func (t *Traffic) AppendState(e *sim.Encoder) {
	e.Section("road")
	e.Time(t.now)
	e.I64(int64(t.edition))
	e.U64(uint64(t.trail))
	for mode := range t.tally {
		c := &t.tally[mode]
		for _, v := range [...]int64{c.In, c.Out, c.Inside, c.Waiting, c.Stranded} {
			e.I64(v)
		}
	}
	t.appendLinks(e)
	t.appendWorks(e)
	t.appendMovers(e)
	t.appendArcs(e)
	t.appendJunctions(e)
	t.appendCrowds(e)
	t.appendList(e, t.noRoute)
	t.appendStills(e)
	t.appendLocks(e)
	t.appendBackground(e)
	t.appendTimes(e)
	t.agenda.Append(e, func(e *sim.Encoder, v entry) {
		e.U8(uint8(v.what))
		e.U8(v.arg)
		e.I32(v.id)
	})
}

// appendLinks saves links with water or rain and those that are closed, and nodes with water.
func (t *Traffic) appendLinks(e *sim.Encoder) {
	e.Len(len(t.links))
	for link := range t.links {
		l := &t.links[link]
		if l.depth == 0 && l.wet == (wet{}) && !l.ordered && l.rain == 0 && !l.told {
			continue
		}
		e.I32(int32(link))
		e.I32(l.depth)
		e.U8(l.wet.depth)
		e.U8(l.wet.flow)
		e.I32(l.worst.depth)
		e.I32(l.worst.speed)
		e.Bool(l.ordered)
		e.U8(l.rain)
		e.Bool(l.told)
	}
	e.I32(-1)
	e.Len(len(t.nodes))
	for node, depth := range t.nodes {
		if depth != 0 {
			e.I32(int32(node))
			e.I32(depth)
		}
	}
	e.I32(-1)
}

// appendMovers saves all slots; the lists are saved with the arcs.
func (t *Traffic) appendMovers(e *sim.Encoder) {
	e.Len(int(t.slots))
	free := 0
	for slot := range t.slots {
		m := t.movers.at(slot)
		e.U8(uint8(m.stage))
		if m.stage == stageUnused {
			free++
			continue
		}
		e.U32(uint32(m.tag))
		e.U8(uint8(m.mode))
		e.I32(m.dest)
		e.U16(uint16(m.zone))
		e.U16(m.persons)
		e.U16(m.vehicles)
		e.I32(m.arc)
		e.Time(m.since)
		e.Time(m.ready)
		e.U32(m.from)
		e.U32(m.gone)
		e.Bool(m.aside >= 0)
		if m.aside >= 0 {
			x := t.besides(m)
			e.F64(x.pace)
			e.F64(x.wading)
			e.Time(x.look)
			e.U8(uint8(x.danger))
			e.Bool(x.stays)
			e.U16(uint16(x.route))
			e.I32(x.leg)
		}
	}
	e.Len(free)
	for slot := t.vacant; slot >= 0; slot = t.movers.at(slot).next {
		e.I32(slot)
	}
}

// appendArcs saves what arcs have counted, and then all that are not at rest.
func (t *Traffic) appendArcs(e *sim.Encoder) {
	e.Len(len(t.arcs))
	for arc := range t.arcs {
		if n := t.arcs[arc].passed; n != 0 {
			e.I32(int32(arc))
			e.I64(n)
		}
	}
	e.I32(-1)
	for arc := range t.arcs {
		a := &t.arcs[arc]
		first := t.firstHole(int32(arc))
		if t.atRest(int32(arc)) && first == a.out {
			continue
		}
		e.I32(int32(arc))
		for _, at := range [...]sim.Time{t.begun(int32(arc), a.nextExit, a.queue),
			t.begun(int32(arc), a.sideAt[right], a.queue), t.begun(int32(arc), a.sideAt[left], a.queue),
			t.still(a.nextEntry), t.held(a.nextStart, a.origin), t.still(a.wakeAt), t.still(a.acceptAt)} {
			e.Time(at)
		}
		ahead := int64(0)
		if a.turnOf >= 0 {
			ahead = max(a.turn-t.arcs[a.turnOf].clock, 0)
		}
		e.I64(ahead)
		e.I32(a.turnOf)
		e.I64(max(a.startTurn-a.clock, 0))
		e.I32(a.blockedOn)
		e.Bool(a.wanted)
		e.Bool(a.ringed)
		e.Bool(a.jammed)
		e.I32(t.lateBy(int32(arc)))
		t.appendList(e, a.queue)
		t.appendList(e, a.free)
		t.appendList(e, a.origin)
		e.Len(int(a.out - first))
		for k := first; k < a.out; k++ {
			e.Time(*t.hole(int32(arc), k))
		}
	}
	e.I32(-1)
}

// appendList saves the slots of a list.
func (t *Traffic) appendList(e *sim.Encoder, l list) {
	count := 0
	for slot := l.head; slot >= 0; slot = t.movers.at(slot).next {
		count++
	}
	e.Len(count)
	for slot := l.head; slot >= 0; slot = t.movers.at(slot).next {
		e.I32(slot)
	}
}

// still returns the instant, or past.
func (t *Traffic) still(at sim.Time) sim.Time {
	if at < t.now {
		return past
	}
	return at
}

// held returns the instant from which a list is let on. One that has passed keeps its meaning as long as somebody in
// the list was ready before it: since when the first could have gone on decides at a merge.
func (t *Traffic) held(at sim.Time, l list) sim.Time {
	for slot := l.head; slot >= 0; slot = t.movers.at(slot).next {
		if t.movers.at(slot).ready < at {
			return at
		}
	}
	return t.still(at)
}

// begun returns held for an arc that is not stopped. On one that is, what has begun goes on when it is no longer.
func (t *Traffic) begun(arc int32, at sim.Time, l list) sim.Time {
	if t.flows[arc].stopped && at > t.works[arc].since {
		return at
	}
	return t.held(at, l)
}

// lateBy returns how late the last vehicle of an arc went into its gap; it matters to who follows within his headway.
func (t *Traffic) lateBy(arc int32) int32 {
	a := &t.arcs[arc]
	if t.begun(arc, a.nextExit, a.queue) == past {
		return 0
	}
	return a.late
}

// atRest says whether an arc, its holes left aside, is as new.
func (t *Traffic) atRest(arc int32) bool {
	a, since := &t.arcs[arc], t.now
	if t.flows[arc].stopped {
		since = min(t.works[arc].since+1, t.now)
	}
	return a.queue.head < 0 && a.free.head < 0 && a.origin.head < 0 && !a.wanted &&
		max(a.nextExit, a.sideAt[right], a.sideAt[left]) < since &&
		max(a.nextEntry, a.nextStart, a.wakeAt, a.acceptAt) < t.now
}

// hole returns where the departure of car k from the arc is kept.
func (t *Traffic) hole(arc int32, k int64) *sim.Time {
	f := &t.flows[arc]
	return &t.holes[int64(f.ring)+k%int64(f.size)]
}

// firstHole returns the number of the first car whose hole has not yet reached the start of the arc; the number of
// the next departure when all have.
func (t *Traffic) firstHole(arc int32) int64 {
	a := &t.arcs[arc]
	first := a.out
	for first > max(a.out-int64(t.flows[arc].size), 0) &&
		*t.hole(arc, first-1)+sim.Time(t.flows[arc].wave) >= t.now {
		first--
	}
	return first
}

// LoadState reads what AppendState wrote for the same network and ground.
func (t *Traffic) LoadState(d *sim.Decoder) {
	net, cover := t.net, t.cover
	fresh := New(net, nil)
	if fresh.cover = cover; cover != nil {
		fresh.priceAll() // people walk up and down
	}
	fresh.through.inherit(&t.through)
	d.Section("road")
	if fresh.now = d.Time(); fresh.now < 0 || fresh.now > lastInstant {
		refuse(d, "an instant outside all time")
	}
	fresh.edition = int(d.I64())
	fresh.trail = sim.Trail(d.U64())
	for mode := range fresh.tally {
		c := &fresh.tally[mode]
		for _, v := range [...]*int64{&c.In, &c.Out, &c.Inside, &c.Waiting, &c.Stranded} {
			*v = d.I64()
		}
	}
	fresh.loadLinks(d)
	fresh.loadWorks(d)
	fresh.loadMovers(d)
	fresh.loadArcs(d)
	fresh.loadJunctions(d)
	fresh.loadCrowds(d)
	fresh.loadList(d, &fresh.noRoute, stageNoRoute, -1)
	fresh.loadStills(d)
	fresh.loadLocks(d)
	fresh.loadBackground(d)
	fresh.loadTimes(d)
	fresh.agenda.Load(d, fresh.loadEntry)
	if d.Err == nil {
		if err := fresh.Check(true); err != nil {
			refuse(d, err.Error())
		}
	}
	if d.Err == nil {
		*t = *fresh
	}
}

// refuse stops the decoder.
func refuse(d *sim.Decoder, what string) {
	if d.Err == nil {
		d.Err = fmt.Errorf("%w: road: %s", sim.ErrState, what)
	}
	d.Buf = nil
}

// loadEntry reads one entry of the agenda.
func (t *Traffic) loadEntry(d *sim.Decoder) entry {
	v := entry{what: doing(d.U8()), arg: d.U8(), id: d.I32()}
	most := 0
	switch v.what {
	case doNode, doPolice:
		most = len(t.nodes)
	case doDepart, doFree, doGiveUp, doWatch:
		most = int(t.slots)
	case doClose, doOpen, doTurn, doClear:
		most = len(t.links)
	case doOrder:
		most = len(t.due)
	case doWave, doAbandon:
		most = len(t.arcs)
	case doStream:
		most = len(t.through.streams)
	case doTimes:
		most = 1
	}
	if d.Err == nil && (v.id < 0 || int(v.id) >= most || sim.ClosurePolicy(v.arg&^closeTold) > sim.ClosureStrand ||
		v.arg&closeTold != 0 && v.what != doClose) {
		refuse(d, "an entry of the agenda that names nothing")
	}
	return v
}

// loadLinks reads what appendLinks wrote.
func (t *Traffic) loadLinks(d *sim.Decoder) {
	if !d.Fixed(len(t.links), "links") {
		return
	}
	for last := int32(-1); ; {
		link := d.Index(len(t.links), "link")
		if link < 0 || d.Err != nil {
			break
		}
		if link <= last {
			refuse(d, "links out of order")
			return
		}
		last = link
		l := linkState{depth: d.I32(), wet: wet{d.U8(), d.U8()}, worst: peril{d.I32(), d.I32()}, ordered: d.Bool(),
			rain: d.U8(), told: d.Bool()}
		if l.rain >= rainClasses {
			refuse(d, "rain of an unknown class")
			return
		}
		l.danger = l.worst.class()
		t.links[link] = l
		t.price(link)
		t.links[link].shut = t.isShut(link)
	}
	t.stirred = false
	if !d.Fixed(len(t.nodes), "nodes") {
		return
	}
	for {
		node := d.Index(len(t.nodes), "node")
		if node < 0 || d.Err != nil {
			return
		}
		t.nodes[node] = d.I32()
	}
}

// loadMovers reads what appendMovers wrote.
func (t *Traffic) loadMovers(d *sim.Decoder) {
	count := int32(d.Len(1))
	for slot := int32(0); slot < count && d.Err == nil; slot++ {
		m := t.movers.reach(slot)
		t.slots = slot + 1
		*m = mover{stage: stage(d.U8()), prev: -1, next: -1, aside: -1}
		if m.stage >= stageCount {
			refuse(d, "a mover in an unknown stage")
		}
		if m.stage != stageUnused {
			t.loadMover(d, slot)
		}
		if m.stage > stagePending && d.Err == nil {
			t.bind(m.ref(), slot)
		}
	}
	last := &t.vacant
	listed := make([]bool, t.slots)
	for range d.Len(4) {
		slot := d.Index(int(t.slots), "vacant slot")
		if slot < 0 || t.movers.at(slot).stage != stageUnused || listed[slot] {
			refuse(d, "a slot that is not vacant")
			return
		}
		listed[slot] = true
		*last = slot
		last = &t.movers.at(slot).next
	}
}

// lastInstant bounds the time of a saved state, far from where sums of times overflow.
const lastInstant = sim.Never / 4

// maxID bounds the ids of parties and units.
const maxID = 1 << 23

// loadMover reads one mover.
func (t *Traffic) loadMover(d *sim.Decoder, slot int32) {
	m := t.movers.at(slot)
	m.tag, m.mode, m.dest = tag(d.U32()), sim.Mode(d.U8()), d.Index(len(t.nodes)+len(t.arcs), "destination")
	m.zone, m.persons, m.vehicles, m.arc = int16(d.U16()), d.U16(), d.U16(), d.I32()
	m.since, m.ready, m.from, m.gone = d.Time(), d.Time(), d.U32(), d.U32()
	if d.Bool() {
		x := aside{pace: d.F64(), wading: d.F64(), look: d.Time(), danger: sim.DangerClass(d.U8()), stays: d.Bool(),
			route: int16(d.U16()), leg: d.I32(), next: -1}
		if !(x.pace >= minWalk/walkSpeed && x.pace <= maxSpeed/walkSpeed && x.wading >= minWading && x.wading <= 1) ||
			x == plainAside {
			refuse(d, "a mover with an impossible pace")
			return
		}
		if x.route < 0 || int(x.route) > len(t.net.routes) || x.leg < 0 || x.route == 0 && x.leg != 0 ||
			x.route > 0 && int(x.leg) > len(t.net.routes[x.route-1]) {
			refuse(d, "a mover on a route that is not there")
			return
		}
		t.setAside(slot, x)
	}
	if d.Err != nil {
		return
	}
	onFoot := m.mode == sim.ModeFoot
	if m.tag >= tagEnd || m.is(tagUnit) && m.is(tagOutsider) ||
		m.tag&tagID > maxID || m.knows() >= sim.KnowledgeCount ||
		m.mode == sim.ModeNone || m.mode >= sim.ModeCount || m.dest < 0 || m.vehicles > maxVehicles ||
		onFoot != (m.vehicles == 0) || (onFoot || m.mode == sim.ModeBike) && m.stage == stageQueue ||
		int(m.dest) >= len(t.nodes) && !m.sight().turns() {
		refuse(d, "a mover that cannot be")
		return
	}
	most := uint32(0)
	onArc := m.stage == stageQueue || m.stage == stageFree
	if onArc && m.arc >= 0 && int(m.arc) < len(t.arcs) {
		most = t.furthest(m.arc >> 1)
	}
	atNode := m.stage == stagePending && !m.is(tagFirst) || m.stage == stageNoRoute
	if int(m.arc) >= len(t.arcs) || int(^m.arc) >= len(t.nodes) || atNode != (m.arc < 0) || m.from > most ||
		m.is(tagBack) && m.stage != stageFree || m.is(tagFirst) && m.stage != stagePending && m.stage != stageOrigin {
		refuse(d, "a mover at an impossible place")
	}
}

// loadArcs reads what appendArcs wrote.
func (t *Traffic) loadArcs(d *sim.Decoder) {
	if !d.Fixed(len(t.arcs), "arcs") {
		return
	}
	for {
		arc := d.Index(len(t.arcs), "arc")
		if arc < 0 || d.Err != nil {
			break
		}
		t.arcs[arc].passed = d.I64()
	}
	for last := int32(-1); ; {
		arc := d.Index(len(t.arcs), "arc")
		if arc < 0 || d.Err != nil {
			return
		}
		if arc <= last {
			refuse(d, "arcs out of order")
			return
		}
		last = arc
		t.loadArc(d, arc)
	}
}

// loadArc reads one arc that is not at rest.
func (t *Traffic) loadArc(d *sim.Decoder, arc int32) {
	a := &t.arcs[arc]
	for _, at := range [...]*sim.Time{&a.nextExit, &a.sideAt[right], &a.sideAt[left], &a.nextEntry, &a.nextStart,
		&a.wakeAt, &a.acceptAt} {
		*at = d.Time()
	}
	// Turns are saved as how far they are ahead of the clock, and all clocks start again at 0.
	a.turn, a.turnOf, a.startTurn = d.I64(), d.Index(len(t.arcs), "arc"), d.I64()
	a.blockedOn, a.wanted, a.ringed, a.jammed = d.Index(len(t.arcs), "arc"), d.Bool(), d.Bool(), d.Bool()
	a.late = d.I32()
	t.loadList(d, &a.queue, stageQueue, arc)
	t.loadList(d, &a.free, stageFree, arc)
	t.loadList(d, &a.origin, stageOrigin, arc)
	if a.origin.head >= 0 {
		t.waits[t.net.tail[arc]].starts++
	}
	count := int64(d.Len(8))
	if d.Err != nil {
		return
	}
	queued := a.queue.head >= 0
	if a.late < 0 || sim.Time(a.late) > recall {
		refuse(d, "a gap that opened too long ago")
		return
	}
	if size := int64(t.flows[arc].size); count > size || size == 0 && queued ||
		max(a.turn, a.startTurn) > int64(lastInstant) {
		refuse(d, "an arc with more holes than room")
		return
	}
	a.out = count
	a.in = count
	for slot := a.queue.head; slot >= 0; slot = t.movers.at(slot).next {
		a.in += int64(t.movers.at(slot).units())
	}
	for k := range count {
		*t.hole(arc, k) = d.Time()
	}
}

// loadList reads a list, whose movers must be in the stage and on the arc, and in no other list.
func (t *Traffic) loadList(d *sim.Decoder, l *list, in stage, arc int32) {
	count := d.Len(4)
	for range count {
		slot := d.Index(int(t.slots), "mover")
		if d.Err != nil {
			return
		}
		if slot < 0 || t.movers.at(slot).stage != in || arc >= 0 && t.movers.at(slot).arc != arc || slot == l.head ||
			t.movers.at(slot).prev >= 0 {
			refuse(d, "a mover in the wrong list")
			return
		}
		t.pushBack(l, slot)
	}
}
