package road

import (
	"sandtable/sim"
)

// closeLink closes a link by order and applies the policy to everybody on it, also when it was closed before.
func (t *Traffic) closeLink(link int32, policy sim.ClosurePolicy, told bool) {
	t.links[link].ordered = true
	if told {
		t.inform(link)
	}
	t.trail.Change(t.now, changeOrder, link, 1+uint64(policy))
	t.price(link)
	t.tell(link, sim.StrandClosed)
	t.dismiss(2*link, policy)
	t.dismiss(2*link+1, policy)
}

// dismiss applies a policy to everybody on an arc but boats afloat.
func (t *Traffic) dismiss(arc int32, policy sim.ClosurePolicy) {
	if policy == sim.ClosureFinish {
		return
	}
	t.findPlaces(arc)
	t.batch = true
	w := t.links[arc>>1].wet
	for k := len(t.places) - 1; k >= 0; k-- { // from the last: those ahead still stand where they stood
		slot := t.places[k].slot
		switch m := t.movers.at(slot); {
		case afloat(m.mode, w):
		case policy == sim.ClosureStrand:
			t.strand(slot, sim.StrandClosed)
		case !m.is(tagBack):
			t.turnBackFrom(slot, t.places[k].metres)
		}
	}
	t.batch = false
	t.closeUp(arc, t.arcs[arc].queue.head)
}

// openLink takes an order to close back. The water may keep the link closed.
func (t *Traffic) openLink(link int32) {
	t.links[link].ordered = false
	t.trail.Change(t.now, changeOrder, link, 0)
	t.price(link)
	t.tell(link, sim.StrandClosed)
}

// readWater takes in a new edition of the layers: links and nodes in tiles in which something has changed, or all of
// them when an edition was missed.
func (t *Traffic) readWater(layers *sim.Layers, all bool) {
	c := t.cover
	t.layers.find(layers, c.ground)
	tiles := len(c.byTile.start) - 1
	for tile := range tiles {
		if !all && !t.layers.dirty(tile) {
			continue
		}
		for _, link := range c.byTile.of(int32(tile)) {
			t.pending(link)
		}
		for _, node := range c.tileOf.of(int32(tile)) {
			t.soakNode(node)
		}
	}
	for slot := t.noRoute.head; slot >= 0; slot = t.movers.at(slot).next {
		t.watchWaiting(slot)
	}
	t.soakPending()
}

// pending notes a link whose water is to be read; a link lies in several tiles.
func (t *Traffic) pending(link int32) {
	if !t.isSoaked[link] {
		t.isSoaked[link] = true
		t.soaked = append(t.soaked, link)
	}
}

// soakPending reads the water on the noted links, in the order in which they were noted.
func (t *Traffic) soakPending() {
	for _, link := range t.soaked {
		t.isSoaked[link] = false
		depth, flow, worst := t.layers.onLink(t.cover, t.net, link)
		l := &t.links[link]
		if depth != l.depth {
			l.depth = depth
			t.trail.Change(t.now, changeWater, link, uint64(depth))
		}
		watched := l.watched()
		if w := (wet{step(l.wet.depth, depth, depthStep), step(l.wet.flow, flow, flowStep)}); w != l.wet {
			l.wet = w
			t.soak(link)
		}
		t.endanger(link, worst, watched)
		if t.cover.boreOf[link] >= 0 {
			t.seep(link)
		}
	}
	t.soaked = t.soaked[:0]
}

// soakNode reads the water at a node and looks after who waits there.
func (t *Traffic) soakNode(node int32) {
	t.nodes[node] = t.layers.atNode(t.cover, t.net, node).depth
	t.watchNode(node)
}

// seep reads the water at the ends of a link in a tunnel that lie inside it: it comes from the portals, far from there.
func (t *Traffic) seep(link int32) {
	for _, node := range [...]int32{t.net.tail[2*link], t.net.head[2*link]} {
		if t.cover.node[node] < 0 {
			t.soakNode(node)
		}
	}
}

// soak applies a new step of water to a link and has everybody on it go on at the speed that it allows.
func (t *Traffic) soak(link int32) {
	t.price(link)
	t.tell(link, sim.StrandWater)
	t.eachOn(link, t.retime)
	t.wakeEnds(link)
}

// wakeEnds has both ends of a link looked at when those who are first there can go on, after they have been retimed.
func (t *Traffic) wakeEnds(link int32) {
	for arc := 2 * link; arc < 2*link+2; arc++ {
		if head := t.arcs[arc].queue.head; head >= 0 {
			t.markJunction(t.net.head[arc])
			if at := max(t.movers.at(head).ready, t.arcs[arc].nextExit); at > t.now {
				t.wake(arc, at)
			}
		}
	}
}

// price works out the costs of the two arcs of a link for every sight, and tells the routes of new ones.
func (t *Traffic) price(link int32) {
	for arc := 2 * link; arc < 2*link+2; arc++ {
		for s := sight(sim.ModeFoot); s < sightCount; s++ {
			if t.routes.set(s, arc, t.costOf(s, arc)) {
				t.stirred = true
			}
		}
	}
}

// costOf returns the time that who has the sight takes the arc to cost [µs], or closed. A driver out of habit takes it
// to be dry and open as long as he was not told that it is not.
func (t *Traffic) costOf(s sight, arc int32) int64 {
	link, mode := arc>>1, s.mode()
	l := &t.links[link]
	serves, free := t.serves(mode, arc, l.wet), t.freeSpeed(link)
	if s == sightHabit && !l.told {
		l, free = &linkState{}, t.net.links[link].Speed
		serves = t.net.headway[link] > 0 && !t.net.against(arc)
	}
	switch {
	case !serves,
		l.ordered && !afloat(mode, l.wet),
		modes[mode].enter.exceeded(l.wet):
		return closed
	}
	speed := linkSpeed(mode, &t.net.links[link], free, l.wet)
	if mode == sim.ModeFoot {
		speed *= t.climbs(arc, false)
	}
	cost := int64(travelTime(t.net.length[link], speed))
	if s == sightTravel {
		cost += int64(t.pause(mode, arc, t.net.length[link]))
		if t.times.delay != nil {
			cost += t.times.delay[arc]
		}
	}
	return cost
}

// isShut says whether both directions of a link are closed to cars, or, where only walkers go, to walkers.
func (t *Traffic) isShut(link int32) bool {
	mode := sim.ModeCar
	if t.net.links[link].FootOnly {
		mode = sim.ModeFoot
	}
	return t.routes.cost[mode][2*link] == closed && t.routes.cost[mode][2*link+1] == closed
}

// tell emits that a link was closed or opened.
func (t *Traffic) tell(link int32, cause sim.StrandCause) {
	shut := t.isShut(link)
	if shut == t.links[link].shut {
		return
	}
	t.links[link].shut = shut
	if !shut && t.links[link].told {
		t.links[link].told = false
		t.price(link)
	}
	kind := sim.EvLinkOpened
	if shut {
		kind = sim.EvLinkClosed
	}
	t.log.Emit(sim.Event{At: t.now, Kind: kind, A: sim.RefTo(sim.KindLink, sim.LinkID(link)), Count: int32(cause)})
}
