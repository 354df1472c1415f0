package road

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/num"
)

// peril is dangerous water, above the level of the road on which it stands.
type peril struct {
	depth int32 // [mm]
	speed int32 // [mm/s]
}

// class returns the danger class of the water; a film has none.
func (p peril) class() sim.DangerClass {
	if p.depth <= harm.FilmSteps {
		return sim.H0
	}
	return harm.Classify(float64(p.depth)/1000, float64(p.speed)/1000)
}

// worse says whether the water is more dangerous than other water; of one class the deeper is, then the faster.
func (p peril) worse(o peril) bool {
	switch a, b := p.class(), o.class(); {
	case a != b:
		return a > b
	case p.depth != o.depth:
		return p.depth > o.depth
	}
	return p.speed > o.speed
}

// threat returns the class when it matters to who moves so, and else H0: H3 or above, and on foot H2, in which the weak
// lose their footing.
func (p peril) threat(mode sim.Mode) sim.DangerClass {
	if c := p.class(); c >= leastThreat(mode) {
		return c
	}
	return sim.H0
}

// leastThreat returns the lowest class that matters to who moves so.
func leastThreat(mode sim.Mode) sim.DangerClass {
	if mode == sim.ModeFoot {
		return sim.H2
	}
	return sim.H3
}

// threatens says whether the water somewhere on a link is a danger to who moves so through it.
func (l *linkState) threatens(mode sim.Mode) bool { return l.danger >= leastThreat(mode) }

// drowns says whether the water somewhere on a link is too much for some of those who use roads.
func (l *linkState) drowns() bool { return leastStall.exceeded(l.wet) }

// watched says whether some of those who are on a link are looked at one by one.
func (l *linkState) watched() bool { return l.threatens(sim.ModeFoot) || l.drowns() }

// watchesQueue says whether the vehicles in a queue are.
func (l *linkState) watchesQueue() bool { return l.threatens(sim.ModeCar) || l.drowns() }

// endanger takes in the most dangerous water of a link, and looks after everybody on it when its water is, or was, too
// much for some or a danger.
func (t *Traffic) endanger(link int32, worst peril, watched bool) {
	l := &t.links[link]
	if class := worst.class(); class != l.danger {
		t.trail.Change(t.now, changeDanger, link, uint64(class))
	}
	l.worst, l.danger = worst, worst.class()
	if t.stills != nil && modes[sim.ModeCar].enter.exceeded(l.wet) {
		t.flee(link)
	}
	if !watched && !l.watched() {
		return
	}
	if l.drowns() {
		t.drown(link)
	}
	t.watchOn(link)
}

// watchOn looks at the water where everybody on a link is.
func (t *Traffic) watchOn(link int32) {
	for arc := 2 * link; arc < 2*link+2; arc++ {
		t.watchQueue(arc, t.arcs[arc].queue.head)
		for slot := t.arcs[arc].free.head; slot >= 0; slot = t.movers.at(slot).next {
			t.watch(slot)
		}
	}
}

// expose tells the population what the water means for a party, when that has changed, and at which node it stands or
// which is the next one behind it. Who goes from one dangerous place straight to another is in danger all the time.
func (t *Traffic) expose(slot int32, here peril, node int32) {
	m := t.movers.at(slot)
	threat := here.threat(m.mode)
	if !m.isParty() || threat == t.besides(m).danger {
		return
	}
	t.setDanger(slot, threat)
	message := sim.Exposure{Mover: m.ref(), Danger: threat, Node: sim.NodeID(node)}
	if threat > sim.H0 {
		message.Depth, message.Speed = float64(here.depth)/1000, float64(here.speed)/1000
		at := t.position(slot)
		message.X, message.Y = at.X, at.Y
	}
	t.change(changeExposure, m.ref(), int32(threat))
	t.ports.Exposures.Post(t.now, m.ref().ID, message)
}

// setLook notes the instant of the next look at a mover; Never for none.
func (t *Traffic) setLook(slot int32, look sim.Time) {
	if x := t.besides(t.movers.at(slot)); x.look != look {
		x.look = look
		t.setAside(slot, x)
	}
}

// setDanger notes what population knows of the water where a mover is.
func (t *Traffic) setDanger(slot int32, danger sim.DangerClass) {
	x := t.besides(t.movers.at(slot))
	x.danger = danger
	t.setAside(slot, x)
}

// watch looks at the water where a mover is on its link, and plans the next look.
func (t *Traffic) watch(slot int32) {
	place := 0.0
	if t.links[t.movers.at(slot).arc>>1].watched() {
		place = t.along(slot)
	}
	t.watchAt(slot, place)
}

// closeUp looks at the vehicles of a queue from one of them on to the last, ahead of whom others have gone.
func (t *Traffic) closeUp(arc, from int32) {
	if !t.batch && t.links[arc>>1].watchesQueue() {
		t.watchQueue(arc, from)
	}
}

// watchQueue looks at the water where the vehicles of a queue are, from one of them on to the last.
func (t *Traffic) watchQueue(arc, from int32) {
	ahead, reached := int32(0), false
	for slot := t.arcs[arc].queue.head; slot >= 0; slot = t.movers.at(slot).next {
		m := t.movers.at(slot)
		if reached = reached || slot == from; reached {
			t.watchAt(slot, t.queued(m, ahead))
		}
		ahead += m.units()
	}
}

// watchAt looks at the water at the place of a mover on its link [m], and plans the next look.
func (t *Traffic) watchAt(slot int32, place float64) {
	m := t.movers.at(slot)
	l, next := &t.links[m.arc>>1], sim.Never
	if !l.watched() {
		if m.aside < 0 {
			return // no water is known to it
		}
		t.setLook(slot, next)
		t.expose(slot, peril{}, t.net.tail[m.arc])
		return
	}
	planned := t.besides(m).look
	switch drowns := t.stalls(m); {
	case drowns && t.stopsIn(m, place):
		next = t.now // it is seen to after what is done at present
	case drowns, m.isParty() && l.threatens(m.mode):
		here, border, ends := t.waterAhead(m, place)
		t.expose(slot, here, t.net.tail[m.arc])
		if held := place < t.place(m); ends && !held && m.start() != t.goal(m) {
			next = t.reaches(m, border)
		}
	default:
		t.expose(slot, peril{}, t.net.tail[m.arc])
	}
	t.setLook(slot, next)
	if next < sim.Never && (next != planned || next == t.now) {
		t.agenda.Put(next, entry{what: doWatch, id: slot})
	}
}

// reaches returns when a mover comes to a border of waters ahead of it on its arc [m]: a microsecond beyond, where no
// rounding takes it back; or, when somebody on foot stops there, when he is just before it.
func (t *Traffic) reaches(m *mover, border float64) sim.Time {
	from, to := m.start(), t.goal(m)
	way, beyond := 1.0, sim.Time(1)
	if m.is(tagBack) {
		way = -1
	}
	if m.mode == sim.ModeFoot && t.stopsIn(m, border-float64(way*brink/2)) {
		border, beyond = border-float64(way*brink/2), 0
	}
	share := max((border-from)/(to-from), 0)
	at := m.since + sim.Time(num.RoundInt64(share*float64(m.ready-m.since))) + beyond
	return max(at, t.now+1)
}

// waterAhead returns the water at a place on a mover's arc [m], and how far along the arc [m] that of another threat,
// or water that is too much where this is not, begins ahead of the mover, if there is any before the end. In a tunnel
// the worst counts everywhere.
func (t *Traffic) waterAhead(m *mover, place float64) (here peril, border float64, ends bool) {
	link, length := m.arc>>1, t.net.length[m.arc>>1]
	if t.cover.boreOf[link] >= 0 {
		_, _, here = t.layers.onLink(t.cover, t.net, link)
		return here, 0, false
	}
	from := place // along the link
	if m.arc&1 == 1 {
		from = length - place
	}
	ahead := m.is(tagBack) == (m.arc&1 == 1) // the way of the link
	k := t.cover.stretchAt(link, from, ahead)
	here = t.perilAt(link, k)
	first, last := t.cover.start[link], t.cover.start[link+1]-1
	for k != last && ahead || k != first && !ahead {
		next := k + 1
		if !ahead {
			next = k - 1
		}
		p := t.perilAt(link, next)
		if m.isParty() && p.threat(m.mode) != here.threat(m.mode) || stalledBy(m.mode, p) != stalledBy(m.mode, here) {
			border = t.cover.upto[min(k, next)]
			if m.arc&1 == 1 {
				border = length - border
			}
			return here, border, true
		}
		k = next
	}
	return here, 0, false
}

// perilAt returns the water above a link in one of the cells that it crosses.
func (t *Traffic) perilAt(link, k int32) peril {
	cell := t.cover.cells[k]
	return t.layers.overCell(cell, t.cover.lift(t.net, link, cell))
}

// depthAt returns the depth of water where a mover is on its link [m].
func (t *Traffic) depthAt(slot int32) float64 {
	m := t.movers.at(slot)
	if t.cover == nil || t.links[m.arc>>1].depth == 0 {
		return 0
	}
	return float64(t.perilOf(m, t.along(slot)).depth) / 1000
}

// perilAtNode returns the water where one waits at a node.
func (t *Traffic) perilAtNode(node int32) peril {
	if t.cover == nil {
		return peril{}
	}
	return t.layers.atPerch(t.cover, t.net, node)
}

// watchWaiting looks at the water where a party waits at a node.
func (t *Traffic) watchWaiting(slot int32) {
	m := t.movers.at(slot)
	t.setLook(slot, sim.Never)
	t.expose(slot, t.perilAtNode(t.node(m)), t.node(m))
}

// watchNode looks after all who wait to leave a node whose water may have changed.
func (t *Traffic) watchNode(node int32) {
	for _, arc := range t.net.out.of(node) {
		for _, l := range [...]list{t.arcs[arc].origin, t.foot[arc].crowd} {
			for slot := l.head; slot >= 0; slot = t.movers.at(slot).next {
				t.watchWaiting(slot)
			}
		}
	}
}

// threatTo returns the threat to a party where it is now, and whether the next look at it is due within a microsecond,
// so that another threat may already have been passed.
func (t *Traffic) threatTo(slot int32) (threat sim.DangerClass, due bool) {
	m := t.movers.at(slot)
	switch {
	case !m.isParty() || t.cover == nil:
	case m.stage == stageOrigin || m.stage == stageNoRoute:
		threat = t.perilAtNode(t.node(m)).threat(m.mode)
	case (m.stage == stageQueue || m.stage == stageFree) && t.links[m.arc>>1].threatens(m.mode):
		here, _, _ := t.waterAhead(m, t.along(slot))
		return here.threat(m.mode), t.besides(m).look <= t.now+2
	}
	return threat, false
}
