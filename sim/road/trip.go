package road

import (
	"sandtable/sim"
)

// takeTrip puts the beginning of a trip on the agenda.
func (t *Traffic) takeTrip(at sim.Time, trip sim.Trip) {
	t.checkTrip(trip)
	slot := t.newSlot()
	t.movers[slot] = mover{
		ref: trip.Mover, mode: trip.Mode, sight: sightOf(trip.Mode, trip.Knows), stage: stagePending,
		dest: int32(trip.To), node: int32(trip.From),
		zone: trip.Zone, crossed: trip.Zone == sim.None || trip.Mover.Kind != sim.KindParty,
		persons: trip.Persons, vehicles: max(trip.Vehicles, 1), pace: 1, wading: 1, arc: int32(trip.First) - 1,
		first: trip.First > 0, look: sim.Never, prev: -1, next: -1,
	}
	m := &t.movers[slot]
	if trip.Last > 0 && m.sight.turns() {
		m.dest = int32(t.net.Nodes()) + int32(trip.Last) - 1
	}
	m.units = m.vehicles * modes[m.mode].units
	if m.mode == sim.ModeFoot {
		m.vehicles, m.units = 0, 0
		if trip.Speed > 0 {
			m.pace = trip.Speed / walkSpeed
		}
		if trip.Wading > 0 {
			m.wading = trip.Wading
		}
	}
	t.agenda.Put(max(at, t.now), entry{what: doDepart, id: slot})
}

// checkTrip refuses trips that make no sense.
func (t *Traffic) checkTrip(trip sim.Trip) {
	nodes := sim.NodeID(t.net.Nodes())
	switch {
	case trip.Mover.Kind != sim.KindParty && trip.Mover.Kind != sim.KindUnit, trip.Mover.ID < 0, trip.Mover.ID > maxID:
		t.fail(trip.Mover, "a trip of something that is neither party nor unit")
	case trip.Mode == sim.ModeNone || trip.Mode >= sim.ModeCount:
		t.fail(trip.Mover, "a trip by mode %v", trip.Mode)
	case trip.From < 0 || trip.From >= nodes || trip.To < 0 || trip.To >= nodes:
		t.fail(trip.Mover, "a trip from node %d to node %d of %d", trip.From, trip.To, nodes)
	case !t.isArc(trip.First) || trip.First > 0 && t.net.tail[trip.First-1] != int32(trip.From):
		t.fail(trip.Mover, "a trip that sets out by arc %d from node %d", trip.First, trip.From)
	case !t.isArc(trip.Last) || trip.Last > 0 && t.net.head[trip.Last-1] != int32(trip.To):
		t.fail(trip.Mover, "a trip that arrives by arc %d at node %d", trip.Last, trip.To)
	case trip.Knows >= sim.KnowledgeCount:
		t.fail(trip.Mover, "a trip of who knows %d", trip.Knows)
	case trip.Vehicles > maxVehicles:
		t.fail(trip.Mover, "a trip of %d vehicles; at most %d", trip.Vehicles, maxVehicles)
	case trip.Speed != 0 && !(trip.Speed >= minWalk && trip.Speed <= maxSpeed):
		t.fail(trip.Mover, "a trip at %v m/s", trip.Speed)
	case trip.Wading != 0 && !(trip.Wading >= minWading && trip.Wading <= 1):
		t.fail(trip.Mover, "a trip with a factor of %v in water", trip.Wading)
	}
}

// isArc says whether there is an arc of that number, or none is meant.
func (t *Traffic) isArc(arc sim.Arc) bool { return arc >= 0 && int(arc) <= len(t.net.tail) }

// depart begins a trip.
func (t *Traffic) depart(slot int32) {
	m := &t.movers[slot]
	if m.stage != stagePending {
		return // only a forged state names another
	}
	if old := t.slotOf(m.ref); old >= 0 {
		t.divert(old, slot)
		return
	}
	t.bind(m.ref, slot)
	t.tally[m.mode].In += m.weight()
	if m.first && !roomless(m.mode, t.links[m.arc>>1].wet) && t.passable(m, m.arc) {
		t.waitToEnter(slot, m.node, m.arc)
		return
	}
	m.first, m.arc = false, -1
	t.goOn(slot, m.node)
}

// divert gives a mover on the network the destination of a new trip.
func (t *Traffic) divert(slot, trip int32) {
	m, n := &t.movers[slot], t.movers[trip]
	if m.mode != n.mode || m.weight() != n.weight() {
		t.fail(m.ref, "a trip by %v with %d vehicles while it is under way by %v with %d", n.mode, n.vehicles, m.mode,
			m.vehicles)
	}
	m.dest, m.sight, m.first = n.dest, n.sight, false
	m.persons, m.pace, m.wading = n.persons, n.pace, n.wading
	m.zone, m.crossed = n.zone, n.crossed
	t.freeSlot(trip)
	t.change(changeDivert, m.ref, m.dest)
	switch m.stage {
	case stageQueue:
		t.mark(m.node)
	case stageOrigin, stageNoRoute:
		node := m.node
		t.stopWaiting(slot)
		t.goOn(slot, node)
	}
}

// arrive ends a trip at its destination.
func (t *Traffic) arrive(slot, node int32) {
	m := &t.movers[slot]
	t.tally[m.mode].Out += m.weight()
	t.change(changeArrive, m.ref, node)
	t.expose(slot, peril{}, m.node)
	message := sim.Arrival{Mover: m.ref, Node: sim.NodeID(node), Distance: m.gone}
	if m.ref.Kind == sim.KindUnit {
		t.ports.UnitArrivals.Post(t.now, m.ref.ID, message)
	} else {
		t.ports.PartyArrivals.Post(t.now, m.ref.ID, message)
	}
	t.bind(m.ref, -1)
	t.freeSlot(slot)
}

// waitForWay has a mover wait at a node until a way opens or its patience ends.
func (t *Traffic) waitForWay(slot, node int32) {
	m := &t.movers[slot]
	m.stage, m.arc, m.node, m.ready, m.from, m.to = stageNoRoute, -1, node, t.now, 0, 0
	t.pushBack(&t.noRoute, slot)
	t.tally[m.mode].Waiting += m.weight()
	t.change(changeNoRoute, m.ref, node)
	t.watchWaiting(slot)
	t.agenda.Put(t.now.Add(NoRouteWait), entry{what: doGiveUp, id: slot})
}

// giveUp strands a mover that has waited for a way long enough; the entry may be an old one.
func (t *Traffic) giveUp(slot int32) {
	if m := &t.movers[slot]; m.stage == stageNoRoute && t.now >= m.ready.Add(NoRouteWait) {
		t.strand(slot, sim.StrandNoRoute)
	}
}

// strand takes a mover off the network where it stands and reports it.
func (t *Traffic) strand(slot int32, cause sim.StrandCause) {
	m := &t.movers[slot]
	at := t.position(slot)
	message := sim.Stranding{Mover: m.ref, Link: sim.None, Cause: cause}
	if m.stage == stageQueue || m.stage == stageFree {
		link := m.arc >> 1
		message.Link, message.Node = sim.LinkID(link), sim.NodeID(t.net.tail[m.arc])
		message.Depth = t.depthAt(slot)
		at, message.Rise = t.standOn(link, at)
	} else {
		message.Node, message.Depth = sim.NodeID(m.node), t.NodeDepth(sim.NodeID(m.node))
		message.Rise = t.NodeRise(message.Node)
		if t.cover != nil && t.cover.node[m.node] < 0 {
			link := t.cover.floorAt(t.net, m.node)
			message.Link = sim.LinkID(link)
			at, message.Rise = t.standOn(link, at)
		}
	}
	message.X, message.Y = at.X, at.Y
	t.change(changeStrand, m.ref, int32(message.Link))
	t.detach(slot)
	t.tally[m.mode].Stranded += m.weight()
	if m.ref.Kind == sim.KindUnit {
		t.ports.UnitStrands.Post(t.now, m.ref.ID, message)
	} else {
		t.ports.PartyStrands.Post(t.now, m.ref.ID, message)
	}
	if m.mode != sim.ModeFoot && message.Link != sim.None {
		t.log.Emit(sim.Event{At: t.now, Kind: sim.EvVehicleStranded, A: m.ref,
			B: sim.RefTo(sim.KindLink, message.Link), Num: message.Depth})
	}
	t.bind(m.ref, -1)
	t.freeSlot(slot)
}

// detach takes a mover out of whatever list it is in.
func (t *Traffic) detach(slot int32) {
	switch m := &t.movers[slot]; m.stage {
	case stageQueue:
		t.vacate(slot)
	case stageFree:
		t.leaveFree(slot)
	case stageOrigin, stageNoRoute:
		t.stopWaiting(slot)
	}
}
