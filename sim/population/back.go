package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

// goBack lets a party outdoors whose assembly point the water has reached, or which has no way left, walk back to its
// building, to stay there, when that is safer than to walk on; it says whether it did. It is, when the building has a
// dry place above the ground floor that all can get to, and is nearer than the shelter (assumed).
func (p *People) goBack(at sim.Time, q sim.PartyID) bool { return p.hasRefuge(q) && p.walkBack(at, q) }

// walkBack lets a party outdoors walk back to its building, to stay there, when the way can be waded and the shelter is
// not nearer; it says whether it did.
func (p *People) walkBack(at sim.Time, q sim.PartyID) bool {
	t, place := &p.trip[q], p.roll.entry[q].Place
	home := &p.sc.Buildings[place]
	if home.Node < 0 || !p.isNode(t.Node) || !p.canSetOut(q, 0) ||
		!p.canWade(q, p.placeWater(place), home.Node) {
		return false
	}
	metres, _, ok := p.router.Distance(sim.ModeFoot, t.Node, home.Node)
	if !ok || p.shelterNearer(q, metres) {
		return false
	}
	p.free(at, q)
	p.flags[q] = p.flags[q]&^partyWants | partyBack
	t.Mode, t.Goal = sim.ModeFoot, sim.RefTo(sim.KindBuilding, place)
	p.staysIn(at, q, t.Goal)
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	return true
}

// goNearHome lets a party outdoors without any way on or a safe place near by walk back to its building when that is
// low but the neighbours have room above the water; it says whether it did.
func (p *People) goNearHome(at sim.Time, q sim.PartyID) bool {
	return p.hasNeighbours(q) && p.walkBack(at, q)
}

// hasNeighbours says whether a building stands close to that of a party with a storey above the water, to which it can
// go when the water comes: see fleesHouse.
func (p *People) hasNeighbours(q sim.PartyID) bool {
	place, body := p.roll.entry[q].Place, p.body[q]
	if p.water.broken[place] || body&(bodyHelpless|bodyCarrier) == bodyHelpless {
		return false
	}
	home, all := p.sc.Buildings[place].At, func(geo.Point) bool { return true }
	return p.houseAround(home, nearHouse, all, p.isDryAbove) >= 0
}

// driveBack lets a party in its car, or on its two-wheeler, that finds no way go back by it to its building, to stay
// there, when that, or one close by, has a dry place above the ground floor that all can get to and the way there is
// open; it says whether it did.
func (p *People) driveBack(at sim.Time, q sim.PartyID) bool {
	t, place := &p.trip[q], p.roll.entry[q].Place
	home := &p.sc.Buildings[place]
	if home.Node < 0 || !p.isNode(t.Node) || !p.hasRefuge(q) && !p.hasNeighbours(q) || t.Node == home.Node {
		return false
	}
	depth, most, open := max(p.placeWater(place).Depth, p.router.NodeDepth(home.Node)), harm.SmallCarDepth(), false
	if t.Mode == sim.ModeBike {
		most = harm.Film
		_, _, open = p.router.Distance(sim.ModeBike, t.Node, home.Node)
	} else {
		open = p.router.Reaches(p.drive(q, t.Node, home.Node))
	}
	if depth > most || !open {
		return false
	}
	p.flags[q] = p.flags[q]&^partyWants | partyBack
	t.Goal = sim.RefTo(sim.KindBuilding, place)
	p.staysIn(at, q, t.Goal)
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	return true
}

// shelterNearer says whether a party outdoors can walk to its shelter, and that is nearer than so many metres.
func (p *People) shelterNearer(q sim.PartyID, metres float64) bool {
	from := p.trip[q].Node
	shelter := p.shelterOf(q, from)
	if shelter < 0 || p.body[q]&bodyHelpless != 0 {
		return false
	}
	far, _, ok := p.router.Distance(sim.ModeFoot, from, p.sites.Shelter[shelter])
	return ok && far < metres
}

// hasRefuge says whether the building of a party, or the one that it is in, stands and has a place above the ground
// floor that all can get to and that is dry: an upper storey, an attic or the roof.
func (p *People) hasRefuge(q sim.PartyID) bool {
	place := p.inside(q)
	b := &p.sc.Buildings[place]
	high := p.refuge(b.Storeys, p.accessTo(q), q)
	return !p.water.broken[place] && high > 0 && p.placeWater(place).Depth-b.Floor < high
}

// canWade says whether a party can go through the water at a place and at a node of the road.
func (p *People) canWade(q sim.PartyID, w sim.Water, node sim.NodeID) bool {
	return p.body[q].wade().Allows(max(w.Depth, p.router.NodeDepth(node)), speedOf(w))
}

// comeBack is the arrival of a party at its building or at another that takes it in. Where that has given way
// meanwhile, it is stranded in the street.
func (p *People) comeBack(at sim.Time, q sim.PartyID) {
	place := sim.BuildingID(p.trip[q].Goal.ID)
	if p.water.broken[place] {
		p.trip[q].stand(p.sc.Buildings[place].At, 0)
		p.strand(at, q, sim.RefTo(sim.KindStreet, p.trip[q].Node))
		if p.alive[q] > 0 {
			p.plan(at.Add(retryEvery), q)
		}
		return
	}
	p.due[q] = sim.Never
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if place == p.roll.entry[r].Place {
			p.comesHome(r)
		}
	}
	p.move(at, q, sim.RefTo(sim.KindBuilding, place), sim.StageStaying)
	if p.kin.errand[q] != errandNone {
		p.doErrand(at, q, place)
	} else if p.told[q].Order == int8(sim.OrderAllClear) && p.flags[q]&partyBack == 0 {
		p.homeAgain(at, q, place)
	}
	if p.kin.rides(q) || p.holder[q] != sim.RefTo(sim.KindBuilding, place) {
		return // it has joined those whom it came for, who have seen the water, or has gone on
	}
	w := p.placeWater(place)
	p.indoors(at, q, w, dangerOf(w))
}
