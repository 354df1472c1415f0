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

// threat returns the class when it matters to who moves, H3 or above, and else H0.
func (p peril) threat() sim.DangerClass {
	if c := p.class(); c >= sim.H3 {
		return c
	}
	return sim.H0
}

// threatens says whether the water somewhere on a link is a danger to who moves through it.
func (l *linkState) threatens() bool { return l.danger >= sim.H3 }

// endanger takes in the most dangerous water of a link, and looks after the parties on it when that is or was a danger.
func (t *Traffic) endanger(link int32, worst peril) {
	l := &t.links[link]
	was := l.danger
	l.worst, l.danger = worst, worst.class()
	if l.danger != was {
		t.trail.Change(t.now, changeDanger, link, uint64(l.danger))
	}
	if max(was, l.danger) >= sim.H3 {
		t.eachOn(link, t.watch)
	}
}

// expose tells the population what the water means for a party, when that has changed, and at which node it stands or
// which is the next one behind it. Who goes from one dangerous place straight to another is in danger all the time.
func (t *Traffic) expose(slot int32, here peril, node int32) {
	m := t.movers.at(slot)
	threat := here.threat()
	if !m.isParty() || threat == t.besides(m).danger {
		return
	}
	t.setDanger(slot, threat)
	message := sim.Exposure{Mover: m.ref(), Danger: threat, Node: sim.NodeID(node)}
	if threat > sim.H0 {
		message.Depth, message.Speed = float64(here.depth)/1000, float64(here.speed)/1000
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

// watch looks at the water where a party is on its link, and plans the next look: for the instant at which it comes to
// water of another class. Who is held up in a queue before that is looked at again when the queue moves.
func (t *Traffic) watch(slot int32) {
	m := t.movers.at(slot)
	if !m.isParty() {
		return
	}
	t.setLook(slot, sim.Never)
	link := m.arc >> 1
	if !t.links[link].threatens() {
		t.expose(slot, peril{}, t.net.tail[m.arc])
		return
	}
	place := t.along(slot)
	here, border, ends := t.waterAhead(m, place)
	t.expose(slot, here, t.net.tail[m.arc])
	if held := place < t.place(m); !ends || held || m.start() == t.goal(m) {
		return
	}
	share := (border - m.start()) / (t.goal(m) - m.start())
	// A microsecond beyond the border, where no rounding takes it back.
	at := m.since + sim.Time(num.RoundInt64(share*float64(m.ready-m.since))) + 1
	at = max(at, t.now+1)
	t.setLook(slot, at)
	t.agenda.Put(at, entry{what: doWatch, id: slot})
}

// waterAhead returns the water at a place on a mover's arc [m], and how far along the arc [m] that of another threat
// begins ahead of the mover, if there is any before the end. In a tunnel the worst counts everywhere.
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
		if t.perilAt(link, next).threat() != here.threat() {
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
	here, _, _ := t.waterAhead(m, t.along(slot))
	return float64(here.depth) / 1000
}

// perilAtNode returns the water at a node.
func (t *Traffic) perilAtNode(node int32) peril {
	if t.cover == nil {
		return peril{}
	}
	return t.layers.atNode(t.cover, t.net, node)
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
		for slot := t.arcs[arc].origin.head; slot >= 0; slot = t.movers.at(slot).next {
			t.watchWaiting(slot)
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
		threat = t.perilAtNode(t.node(m)).threat()
	case (m.stage == stageQueue || m.stage == stageFree) && t.links[m.arc>>1].threatens():
		here, _, _ := t.waterAhead(m, t.along(slot))
		return here.threat(), t.besides(m).look <= t.now+2
	}
	return threat, false
}
