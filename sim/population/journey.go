package population

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

// onArrival takes a party off the network at its goal's node; it goes the rest to the door by itself.
func (p *People) onArrival(at sim.Time, m sim.Arrival) {
	q := sim.PartyID(m.Mover.ID)
	if m.Mover.Kind != sim.KindParty || !p.party(q) || p.flags[q]&partyOnNetwork == 0 || !p.isNode(m.Node) {
		return
	}
	at = p.start(at)
	t := &p.trip[q]
	t.Node, t.Depth = m.Node, 0
	t.stand(p.sc.Nodes[m.Node].At, p.router.NodeRise(m.Node))
	p.hide(q)
	p.flags[q] = p.flags[q]&^partyOnNetwork | partyArrived
	p.show(q)
	if p.kin.flag[q]&kinBorder != 0 && p.turnBack(at, q, p.sites.Building[t.Goal.ID].Zone) {
		return // the guards stand at its own node
	}
	p.plan(at.Add(span(t.At.Dist(p.goalPlace(t.Goal))/p.legSpeed(q))), q)
}

// maxRise is more than any road lies above or below the terrain [m].
const maxRise = 1e4

// stand puts a party at a place: a point, so far above the terrain [m].
func (t *trip) stand(at geo.Point, rise float64) { t.At, t.Rise = at, rise }

// waterOutdoors returns the water where a party outdoors stands, above the level on which it stands. The terrain is
// wet where the road is: a road below the terrain is dry as long as that is.
func (p *People) waterOutdoors(q sim.PartyID) sim.Water {
	t := &p.trip[q]
	w := p.waterAt(t.At)
	if w.Depth > 0 && w.Depth <= t.Rise {
		return sim.Water{} // it runs below the road
	}
	if w.Depth > 0 {
		w.Depth -= t.Rise
	}
	return w
}

// isAtNode says whether a party outdoors stands at its trip's node, and there already on one of the roads that meet, of
// which the water at its foot says nothing.
func (p *People) isAtNode(q sim.PartyID) bool { return p.trip[q].At == p.sc.Nodes[p.trip[q].Node].At }

// canSetOut says whether a party outdoors can go through the water where it stands, taken to be at least so deep [m],
// and up to its trip's node.
func (p *People) canSetOut(q sim.PartyID, depth float64) bool {
	w := p.waterOutdoors(q)
	if !p.isAtNode(q) {
		depth = max(depth, p.router.NodeDepth(p.trip[q].Node))
	}
	return p.body[q].wade().Allows(max(depth, w.Depth), speedOf(w))
}

func (p *People) isNode(n sim.NodeID) bool { return n >= 0 && int(n) < len(p.sc.Nodes) }

// reach brings a party to its goal: the shelter's door, the queue of the assembly point, or back to its building.
func (p *People) reach(at sim.Time, q sim.PartyID) {
	p.flags[q] &^= partyArrived
	goal := p.trip[q].Goal
	if goal.Kind == sim.KindShelter {
		p.atDoor(at, q, sim.ShelterID(goal.ID))
		return
	}
	if goal.Kind == sim.KindBuilding {
		p.comeBack(at, q)
		return
	}
	if goal.Kind == sim.KindNode {
		p.goOutside(at, q)
		return
	}
	p.trip[q].stand(p.goalPlace(goal), 0)
	p.trip[q].Node = p.goalNode(goal)
	p.queue[goal.ID] = append(p.queue[goal.ID], q)
	p.emit(at, sim.EvPartyAtAssembly, q, goal, 0, 0)
	p.move(at, q, goal, sim.StageWaiting)
	p.thinkOfBack(at, q)
	p.plan(at.Add(p.sc.Population.Behaviour.WaitMax), q)
}

// onCrossing notes that a party has crossed the border of its zone. Who goes to an assembly point has not got away yet:
// see onBoarding and onAlighting.
func (p *People) onCrossing(at sim.Time, m sim.Crossing) {
	q := sim.PartyID(m.Mover.ID)
	if m.Mover.Kind != sim.KindParty || !p.party(q) || p.flags[q]&partyOnNetwork == 0 {
		return
	}
	at = p.start(at)
	if p.kin.flag[q]&kinBorder != 0 && p.isNode(m.Node) {
		p.trip[q].Node = m.Node
		if !p.turnBack(at, q, p.sites.Node[m.Node]) {
			p.kin.flag[q] &^= kinBorder
		}
		return
	}
	if k := p.trip[q].Goal.Kind; k != sim.KindShelter && k != sim.KindNode {
		return
	}
	zone := p.zoneToLeave(q)
	for r := q; r >= 0; r = p.kin.after(q, r) { // riders may come from another zone
		if z := p.roll.entry[r].Zone; z == zone || z >= 0 && p.isNode(m.Node) && p.sites.Node[m.Node] != z {
			p.leftZoneOne(at, r, p.trip[q].Mode)
		}
	}
}

// onStranding takes a party off the network where it cannot go on. Who stands in shallow water because it is deep
// further on goes back to the node behind and on from there, by car when another way is open to it; so does, on foot,
// who sits in a car, or on a two-wheeler, on a blocked road; everybody else calls for help.
func (p *People) onStranding(at sim.Time, m sim.Stranding) {
	q, spot := sim.PartyID(m.Mover.ID), geo.Point{X: m.X, Y: m.Y}
	if m.Mover.Kind != sim.KindParty || !p.party(q) || p.flags[q]&partyOnNetwork == 0 || !p.isNode(m.Node) ||
		!spot.Finite() || !isRise(m.Rise) {
		return
	}
	at = p.start(at)
	t := &p.trip[q]
	rode := t.Mode == sim.ModeCar || t.Mode == sim.ModeBike
	p.hide(q)
	p.flags[q] &^= partyOnNetwork
	t.Node, t.Depth = m.Node, 0
	t.stand(spot, m.Rise)
	p.show(q)
	if rode {
		p.flags[q] |= partyAsks
		if t.Mode == sim.ModeCar && m.Cause == sim.StrandWater && p.turnCar(at, q, m.Depth) ||
			m.Cause == sim.StrandNoRoute && p.driveBack(at, q) {
			return
		}
		p.flags[q] |= partyNoCar
		p.body[q] = p.bodyOf(q)
	}
	if m.Cause == sim.StrandLeft && p.seek(at, q, farHouse) ||
		(rode || m.Cause == sim.StrandWater || m.Cause == sim.StrandLeft) &&
			(p.goesBack(at, q) || p.walkOn(at, q, m.Depth)) {
		return
	}
	reach := nearHouse
	if m.Cause == sim.StrandNoRoute {
		reach = farHouse
	}
	lost := m.Cause == sim.StrandNoRoute
	if (!lost || !p.goBack(at, q)) && !p.seek(at, q, reach) && (!lost || !p.goNearHome(at, q)) {
		p.strand(at, q, sim.Holder{Kind: p.holder[q].Kind, ID: int32(m.Node)})
		p.retry(at, q)
	}
}

// turnCar lets a party whose car stands in shallow water, of that depth [m], because it is deep further on, drive
// back to the node behind and on by another way; it says whether it did.
func (p *People) turnCar(at sim.Time, q sim.PartyID, depth float64) bool {
	t := &p.trip[q]
	shelter := p.shelterOf(q, t.Node)
	if shelter < 0 || max(depth, p.waterOutdoors(q).Depth, p.router.NodeDepth(t.Node)) > harm.SmallCarDepth() {
		return false
	}
	if !p.router.Reaches(p.drive(q, t.Node, p.sites.Shelter[shelter])) {
		return false
	}
	t.Goal = sim.RefTo(sim.KindShelter, shelter)
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	return true
}

// walkOn lets a party outdoors set off on foot for its shelter, over its trip's node, when nobody is helpless, the
// water (of at least that depth [m]) can be waded and there is a way; it says whether it did.
func (p *People) walkOn(at sim.Time, q sim.PartyID, depth float64) bool {
	t, b := &p.trip[q], p.body[q]
	if b&bodyHelpless != 0 || !p.isNode(t.Node) {
		return false
	}
	shelter := p.shelterOf(q, t.Node)
	if shelter < 0 {
		return false
	}
	if !p.canSetOut(q, depth) {
		return false
	}
	if _, _, ok := p.router.Distance(sim.ModeFoot, t.Node, p.sites.Shelter[shelter]); !ok {
		return false
	}
	if k := p.holder[q].Kind; p.stage[q] != sim.StageStranded && (k == sim.KindAssembly || k == sim.KindUnit) {
		p.emit(at, sim.EvPartyLeft, q, sim.RefTo(sim.KindShelter, shelter), int32(sim.ModeFoot), 0)
	}
	p.free(at, q)
	t.Mode, t.Goal = sim.ModeFoot, sim.RefTo(sim.KindShelter, shelter)
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	return true
}

// tryAgain is the next attempt of a stranded party: out of its building if it lacked help, else on foot, back if it was
// going back.
func (p *People) tryAgain(at sim.Time, q sim.PartyID) {
	if p.holder[q].Kind == sim.KindBuilding {
		if p.flags[q]&partyNeedy != 0 {
			p.leave(at, q)
		}
		return
	}
	p.feelOutdoors(at, q) // rain comes and goes
	if p.goesBack(at, q) || p.walkOn(at, q, 0) {
		return
	}
	wet, lost := p.waterOutdoors(q).Depth > harm.Film, p.hasNoWay(q)
	if lost && p.goBack(at, q) || (lost || wet) && !p.isAfloat(q) && p.seek(at, q, farHouse) ||
		lost && p.goNearHome(at, q) {
		return
	}
	p.retry(at, q)
}

// goesBack lets a party that was on its way back to its building try that again; it says whether it does.
func (p *People) goesBack(at sim.Time, q sim.PartyID) bool {
	return p.flags[q]&partyBack != 0 && p.trip[q].Goal.Kind == sim.KindBuilding && p.goBack(at, q)
}

// waitOver is the end of a party's patience at an assembly point: it walks if it can, else it waits on, and with
// somebody who cannot walk it calls for a van.
func (p *People) waitOver(at sim.Time, q sim.PartyID) {
	a := p.holder[q].ID
	if !p.isTooFar(q) && p.walkOn(at, q, 0) {
		p.dequeue(a, q)
		return
	}
	if p.body[q]&bodyHelpless != 0 && p.flags[q]&partyNeedy == 0 {
		p.flags[q] |= partyNeedy
		p.cry(at, q)
	}
	p.plan(at.Add(p.sc.Population.Behaviour.WaitMax), q)
}

// isTooFar says whether a party outdoors has its shelter farther away than anybody walks.
func (p *People) isTooFar(q sim.PartyID) bool {
	from := p.trip[q].Node
	shelter := p.shelterOf(q, from)
	if shelter < 0 {
		return false
	}
	metres, _, ok := p.router.Distance(sim.ModeFoot, from, p.sites.Shelter[shelter])
	return ok && metres > walkFarthest
}

// dequeue takes a party out of the queue of an assembly point.
func (p *People) dequeue(a int32, q sim.PartyID) {
	if k := slices.Index(p.queue[a], q); k >= 0 {
		p.queue[a] = slices.Delete(p.queue[a], k, k+1)
	}
}

// strand notes that a party cannot go on from where it is, and calls for help.
func (p *People) strand(at sim.Time, q sim.PartyID, where sim.Holder) {
	if p.stage[q] == sim.StageStranded {
		return
	}
	p.due[q] = sim.Never
	p.move(at, q, where, sim.StageStranded)
	p.emit(at, sim.EvPartyStranded, q, where, 0, 0)
	if where.Kind == sim.KindStreet && p.body[q]&bodyHelpless == 0 && p.waterOutdoors(q).Depth <= harm.Film {
		p.flags[q] |= partyCutOff
	} else {
		p.cry(at, q)
	}
	if where.Kind != sim.KindBuilding && where.Kind != sim.KindShelter {
		p.feelOutdoors(at, q)
		p.exposeOutdoors(at, q)
	}
}

// free ends the stranding of a party that gets away by itself, also out of the unit in which it sits.
func (p *People) free(at sim.Time, q sim.PartyID) {
	if p.stage[q] == sim.StageStranded {
		p.endCall(at, q)
		p.emit(at, sim.EvPartyFree, q, p.holder[q], 0, 0)
	}
	p.takeBackCall(at, q)
	p.getOut(at, q)
}

// endCall takes back the call of a stranded party that gets away, is fetched, or dies.
func (p *People) endCall(at sim.Time, q sim.PartyID) {
	if p.flags[q]&partyCutOff != 0 {
		p.flags[q] &^= partyCutOff // it has never called
	} else if p.stage[q] == sim.StageStranded {
		p.ports.Calls.Post(at, int32(q), p.call(q))
	}
	p.takeBackCall(at, q)
}

// takeBackCall takes back the call for a van of a party at an assembly point that goes on from there, or dies.
func (p *People) takeBackCall(at sim.Time, q sim.PartyID) {
	if p.callsVan(q) {
		p.flags[q] &^= partyNeedy
		p.ports.Calls.Post(at, int32(q), p.call(q))
	}
}

// callsVan says whether a party at an assembly point has called for a van.
func (p *People) callsVan(q sim.PartyID) bool {
	return p.stage[q] == sim.StageWaiting && p.flags[q]&partyNeedy != 0
}

// cry lets a party call for help.
func (p *People) cry(at sim.Time, q sim.PartyID) {
	c := p.call(q)
	c.Open = true
	p.ports.Calls.Post(at, int32(q), c)
}

// nodeNear returns the node at which a building's people get on the network, or for a building without one the nearest
// node: from there it can be reached.
func (p *People) nodeNear(b sim.BuildingID) sim.NodeID {
	if n := p.sc.Buildings[b].Node; n >= 0 {
		return n
	}
	at, best := p.sc.Buildings[b].At, sim.NodeID(sim.None)
	for i := range p.sc.Nodes {
		if best < 0 || p.sc.Nodes[i].At.Dist2(at) < p.sc.Nodes[best].At.Dist2(at) {
			best = sim.NodeID(i)
		}
	}
	return best
}

// call describes a party to who may fetch it: its zone is that in which it is, outdoors that of the node, for there the
// boats are sent.
func (p *People) call(q sim.PartyID) sim.Call {
	c := sim.Call{Party: q, Zone: sim.None, Persons: p.heads(q), Chairs: p.chairs(q), Node: p.trip[q].Node}
	spot, depth := p.trip[q].At, 0.0
	if p.holder[q].Kind == sim.KindBuilding {
		b := p.inside(q)
		spot, c.Node, depth = p.sc.Buildings[b].At, p.nodeNear(b), p.placeWater(b).Depth
		c.Zone = p.sites.Building[b].Zone
	} else {
		depth = p.waterOutdoors(q).Depth
		if p.isNode(c.Node) {
			c.Zone = p.sites.Node[c.Node]
		}
	}
	c.X, c.Y, c.Depth = spot.X, spot.Y, depth
	return c
}
