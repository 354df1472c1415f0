package road

import (
	"sandtable/sim"
)

// takeTrip puts the beginning of a trip on the agenda.
func (t *Traffic) takeTrip(at sim.Time, trip sim.Trip) {
	t.checkTrip(trip)
	slot := t.newSlot()
	m := t.movers.at(slot)
	*m = mover{
		stage: stagePending, mode: trip.Mode, tag: tagOf(&trip), dest: int32(trip.To), arc: ^int32(trip.From), aside: -1,
		zone: sim.None, persons: uint16(trip.Persons), vehicles: uint16(max(trip.Vehicles, 1)), prev: -1, next: -1,
	}
	if m.isParty() {
		m.zone = borderOf(&trip)
	}
	if trip.First > 0 {
		m.arc = int32(trip.First) - 1
	}
	if trip.Last > 0 && m.sight().turns() {
		m.dest = int32(t.net.Nodes()) + int32(trip.Last) - 1
	}
	x := plainAside
	if m.sight().turns() {
		x.route = int16(trip.Route)
	}
	if m.mode == sim.ModeFoot {
		m.vehicles = 0
		if trip.Speed > 0 {
			x.pace = trip.Speed / walkSpeed
		}
		if trip.Wading > 0 {
			x.wading = trip.Wading
		}
	} else {
		x.stays = trip.Stays
	}
	t.setAside(slot, x)
	t.agenda.Put(max(at, t.now), entry{what: doDepart, id: slot})
}

// checkTrip refuses trips that make no sense.
func (t *Traffic) checkTrip(trip sim.Trip) {
	nodes := sim.NodeID(t.net.Nodes())
	switch {
	case trip.Mover.Kind != sim.KindParty && trip.Mover.Kind != sim.KindUnit && trip.Mover.Kind != sim.KindOutsider,
		trip.Mover.ID < 0, trip.Mover.ID > maxID:
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
	case trip.Route < 0 || int(trip.Route) > len(t.net.routes):
		t.fail(trip.Mover, "a trip by route %d of %d", trip.Route, len(t.net.routes))
	case trip.Vehicles > maxVehicles:
		t.fail(trip.Mover, "a trip of %d vehicles; at most %d", trip.Vehicles, maxVehicles)
	case trip.Persons < 0 || trip.Persons > maxPersons:
		t.fail(trip.Mover, "a trip of %d persons; at most %d", trip.Persons, maxPersons)
	case trip.Zone < sim.None || trip.Zone > maxZone:
		t.fail(trip.Mover, "a trip from zone %d; at most %d", trip.Zone, maxZone)
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
	m := t.movers.at(slot)
	if m.stage != stagePending {
		return // only a forged state names another
	}
	if old := t.slotOf(m.ref()); old >= 0 {
		t.divert(old, slot)
		return
	}
	t.bind(m.ref(), slot)
	if !m.isParty() {
		t.fetch(m.ref())
	}
	t.tallyOf(m).In += m.weight()
	if m.isGuided() {
		t.beginTimes()
	}
	node, first := t.node(m), m.arc
	named := m.is(tagFirst) && !roomless(m.mode, t.links[max(first, 0)>>1].wet) && t.passable(m, first)
	if named && !t.overtakes(m, first) {
		t.waitToEnter(slot, node, first)
		return
	}
	m.tag &^= tagFirst
	m.arc = ^node
	if named {
		t.enterFree(slot, first)
		return
	}
	t.goOn(slot, node)
}

// divert gives a mover on the network the destination of a new trip.
func (t *Traffic) divert(slot, trip int32) {
	m, n := t.movers.at(slot), *t.movers.at(trip)
	if m.mode != n.mode || m.weight() != n.weight() {
		t.fail(m.ref(), "a trip by %v with %d vehicles while it is under way by %v with %d", n.mode, n.vehicles, m.mode,
			m.vehicles)
	}
	knows := m.tag & tagKnows
	m.tag = n.tag&^tagFirst | m.tag&tagBack
	t.listOf(m).persons += int32(n.persons) - int32(m.persons)
	if m.knows() == sim.KnowsHabit {
		m.tag = m.tag&^tagKnows | knows // nobody forgets what he has seen
	}
	if m.isGuided() {
		t.beginTimes()
	}
	if m.mode == sim.ModeFoot && m.stage == stageFree {
		t.press(m.arc>>1, n.walkers()-m.walkers())
	}
	m.dest, m.persons, m.zone = n.dest, n.persons, n.zone
	x, news := t.besides(m), t.besides(&n)
	x.pace, x.wading, x.stays, x.route, x.leg = news.pace, news.wading, news.stays, news.route, 0
	t.setAside(slot, x)
	t.freeSlot(trip)
	t.change(changeDivert, m.ref(), m.dest)
	switch m.stage {
	case stageQueue, stageFree:
		t.mark(t.node(m))
	case stageOrigin, stageNoRoute:
		node := t.node(m)
		t.stopWaiting(slot)
		t.goOn(slot, node)
	}
}

// arrive ends a trip at its destination.
func (t *Traffic) arrive(slot, node int32) {
	m := t.movers.at(slot)
	t.tallyOf(m).Out += m.weight()
	t.change(changeArrive, m.ref(), node)
	t.expose(slot, peril{}, node)
	message := sim.Arrival{Mover: m.ref(), Node: sim.NodeID(node), Distance: float64(m.gone) / 1000}
	switch message.Mover.Kind {
	case sim.KindUnit:
		t.ports.UnitArrivals.Post(t.now, message.Mover.ID, message)
	case sim.KindParty:
		t.ports.PartyArrivals.Post(t.now, message.Mover.ID, message)
	}
	t.bind(m.ref(), -1)
	t.freeSlot(slot)
}

// waitForWay has a mover wait at a node until a way opens or its patience ends.
func (t *Traffic) waitForWay(slot, node int32) {
	m := t.movers.at(slot)
	m.stage, m.arc = stageNoRoute, ^node
	t.rest(m)
	t.pushBack(&t.noRoute, slot)
	t.tallyOf(m).Waiting += m.weight()
	t.change(changeNoRoute, m.ref(), node)
	t.watchWaiting(slot)
	t.agenda.Put(t.now.Add(NoRouteWait), entry{what: doGiveUp, id: slot})
}

// giveUp strands a mover that has waited for a way long enough; the entry may be an old one.
func (t *Traffic) giveUp(slot int32) {
	if m := t.movers.at(slot); m.stage == stageNoRoute && t.now >= m.ready.Add(NoRouteWait) {
		t.strand(slot, sim.StrandNoRoute)
	}
}

// strand takes a mover off the network where it stands and reports it.
func (t *Traffic) strand(slot int32, cause sim.StrandCause) {
	m := t.movers.at(slot)
	at := t.position(slot)
	message := sim.Stranding{Mover: m.ref(), Link: sim.None, Cause: cause}
	if m.stage == stageQueue || m.stage == stageFree {
		link := m.arc >> 1
		message.Link, message.Node = sim.LinkID(link), sim.NodeID(t.net.tail[m.arc])
		message.Depth = t.depthAt(slot)
		if cause == sim.StrandJam && t.along(slot) > t.net.length[link]/2 {
			message.Node = sim.NodeID(t.net.head[m.arc]) // there is a way past the cars
		}
		at, message.Rise = t.standOn(link, at)
	} else {
		message.Node, message.Depth = sim.NodeID(t.node(m)), float64(t.perilAtNode(t.node(m)).depth)/1000
		message.Rise = t.PerchRise(message.Node)
		if t.cover != nil && t.cover.node[t.node(m)] < 0 {
			link := t.cover.floorAt(t.net, t.node(m))
			message.Link = sim.LinkID(link)
			at, message.Rise = t.standOn(link, at)
		}
	}
	message.X, message.Y = at.X, at.Y
	t.change(changeStrand, m.ref(), int32(message.Link))
	t.detach(slot)
	t.tallyOf(m).Stranded += m.weight()
	t.report(m, message)
	t.bind(m.ref(), -1)
	t.freeSlot(slot)
}

// takeLeaving takes a party off the network where it is. A vehicle that it leaves on a link stays there.
func (t *Traffic) takeLeaving(_ sim.Time, leaving sim.Leaving) {
	if leaving.Mover.Kind != sim.KindParty {
		return
	}
	slot := t.slotOf(leaving.Mover)
	if slot < 0 {
		return
	}
	m := t.movers.at(slot)
	switch arc := m.arc; {
	case m.stage == stageOrigin || m.stage == stageNoRoute || m.mode == sim.ModeFoot:
		t.strand(slot, sim.StrandLeft)
	case m.stage == stageQueue || m.stage == stageFree:
		place := t.along(slot)
		t.leaveWreck(m, place, t.perilOf(m, place))
		t.strand(slot, sim.StrandLeft)
		t.obstruct(arc >> 1)
		t.turnBehind(arc)
	}
}

// report tells who waits for a mover that it is stranded.
func (t *Traffic) report(m *mover, message sim.Stranding) {
	ref := message.Mover
	event := sim.Event{At: t.now, Kind: sim.EvVehicleStranded, A: ref, B: sim.RefTo(sim.KindLink, message.Link),
		Count: int32(message.Cause), Num: message.Depth}
	switch ref.Kind {
	case sim.KindUnit:
		t.ports.UnitStrands.Post(t.now, ref.ID, message)
	case sim.KindParty:
		t.ports.PartyStrands.Post(t.now, ref.ID, message)
	default:
		t.through.left += int64(m.persons)
		event.C.ID = int32(m.persons)
		if message.Link == sim.None {
			event.B = sim.RefTo(sim.KindNode, message.Node)
		}
	}
	if m.mode != sim.ModeFoot && event.B.ID != sim.None {
		t.log.Emit(event)
	}
}

// detach takes a mover out of whatever list it is in.
func (t *Traffic) detach(slot int32) {
	switch m := t.movers.at(slot); m.stage {
	case stageQueue:
		t.markJunction(t.net.head[m.arc])
		t.vacate(slot)
	case stageFree:
		t.leaveFree(slot)
	case stageOrigin, stageNoRoute:
		t.stopWaiting(slot)
	}
}
