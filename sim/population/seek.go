package population

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/num"
)

const (
	// strideTime is how often a party on its way to safety looks at the water around it (assumed; the water is published
	// as often).
	strideTime = 30 * sim.Second
	// worthwhile is how much higher ground must be than that on which a party stands for it to go there [m] (assumed).
	worthwhile = 0.5
	// highEnough is how far above the water next to it a spot must lie for a party to climb no further [m]: about a
	// storey (assumed).
	highEnough = 3.0
)

// seek lets a party outdoors go to safety within so many metres, straight through water that it can wade: to the
// nearest building with a storey above the water, else to higher ground that is dry, else to any house from which it
// can climb to an attic or the roof. It says whether it did. That people let others in is assumed. In a house it stays
// till it is told news. Who stands in water, or sits in a car, goes deeper than who stands on dry ground; a coach is
// left only through water that people set out into.
func (p *People) seek(at sim.Time, q sim.PartyID, reach float64) bool {
	goal := p.safety(q, reach)
	if goal.Kind == sim.KindNone {
		return false
	}
	t := &p.trip[q]
	p.free(at, q)
	p.flags[q] = p.flags[q]&^(partyNeedy|partyOnNetwork|partySeeks) | partyArrived
	p.headFor(at, q, goal)
	p.flags[q] |= partySeeks
	p.kin.forget(q)
	p.move(at, q, sim.RefTo(sim.KindStreet, t.Node), sim.StageWalking)
	p.planStride(at, q)
	return true
}

// fleesHouse lets a party that cannot leave a building in which water stands go to safety near by, as long as it can,
// when there is no place above the water in it for all of them; it says whether it did. Institutions keep their people,
// and who cannot walk stays unless an able adult of the party carries him.
func (p *People) fleesHouse(at sim.Time, q sim.PartyID) bool {
	place, t, carried := p.inside(q), &p.trip[q], p.body[q]&(bodyHelpless|bodyCarrier) == bodyHelpless
	if p.hasRefuge(q) || p.isWard(q) || carried || p.placeWater(place).Depth <= harm.Film {
		return false
	}
	t.Node = p.nodeNear(place)
	t.stand(p.sc.Buildings[place].At, 0)
	return p.seek(at, q, farHouse)
}

// safety returns where a party outdoors would go to be safe, a building or a spot; no kind for nowhere.
func (p *People) safety(q sim.PartyID, reach float64) sim.Ref {
	if !p.isNode(p.trip[q].Node) {
		return sim.Ref{}
	}
	limit := p.body[q].wade()
	if p.holder[q].Kind != sim.KindUnit && p.waterOutdoors(q).Depth > harm.Film {
		limit = p.body[q].escape()
	}
	if b := p.houseNear(q, reach, limit, p.isDryAbove); b >= 0 {
		return sim.RefTo(sim.KindBuilding, b)
	}
	if spot := p.highSpot(q, reach, limit); spot.Kind != sim.KindNone {
		return spot
	}
	roof := func(b sim.BuildingID) bool { return p.hasRoof(q, b) }
	if b := p.houseNear(q, reach, limit, roof); b >= 0 {
		return sim.RefTo(sim.KindBuilding, b)
	}
	return sim.Ref{}
}

// highSpot returns the highest dry place outdoors within so many metres to which a party can wade straight, when it is
// worthwhile: a cell of the terrain, or the end of a bridge or an embankment; no kind for none.
func (p *People) highSpot(q sim.PartyID, reach float64, limit harm.Limit) sim.Ref {
	t := &p.trip[q]
	here, ok := p.sc.Terrain.Grid.CellAt(t.At)
	if !ok {
		return sim.Ref{}
	}
	level := p.sc.Terrain.Bed[here] + millimetres(t.Rise)
	if p.isHighEnough(t.At, level, reach) {
		return sim.Ref{}
	}
	cell, ground := p.highGround(q, reach, level+millimetres(worthwhile), limit)
	node, road := p.highRoad(q, reach, level+millimetres(worthwhile), limit)
	switch {
	case node >= 0 && road > ground:
		return sim.RefTo(sim.KindNode, node)
	case cell >= 0:
		return sim.Ref{Kind: sim.KindStreet, ID: cell}
	}
	return sim.Ref{}
}

// millimetres returns a height in whole millimetres.
func millimetres(metres float64) int32 { return num.Int32(num.Round(float64(metres * 1000))) }

// highGround returns the cell of the highest dry ground within so many metres that lies at a level [mm] or above it and
// to which a party outdoors can wade straight, and its level; -1 for none. Of equally high ones it is the nearest, then
// the first.
func (p *People) highGround(q sim.PartyID, reach float64, level int32, limit harm.Limit) (best, high int32) {
	g, from := &p.sc.Terrain.Grid, p.trip[q].At
	i0, i1, j0, j1 := cellsAround(g, from, reach)
	best, high = -1, math.MinInt32
	least := float64(reach * reach)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			at, cell := g.Centre(i, j), g.Index(i, j)
			far, up := at.Dist2(from), p.sc.Terrain.Bed[cell]
			if far > reach*reach || up < max(level, high) || up == high && far >= least {
				continue
			}
			if p.layers.At(keyDepth, at) <= harm.FilmSteps && p.canWadeTo(q, at, limit) {
				best, least, high = int32(cell), far, up
			}
		}
	}
	return best, high
}

// highRoad returns the same of the ends of bridges and embankments.
func (p *People) highRoad(q sim.PartyID, reach float64, level int32, limit harm.Limit) (best sim.NodeID, high int32) {
	best, high = sim.None, math.MinInt32
	for _, n := range p.raised {
		at, rise := p.sc.Nodes[n].At, millimetres(p.router.PerchRise(n))
		cell, ok := p.sc.Terrain.Grid.CellAt(at)
		if !ok || at.Dist2(p.trip[q].At) > reach*reach {
			continue
		}
		if up := p.sc.Terrain.Bed[cell] + rise; up >= level && up > high &&
			p.layers.At(keyDepth, at) <= rise+harm.FilmSteps && p.canWadeTo(q, at, limit) {
			best, high = n, up
		}
	}
	return best, high
}

// cellsAround returns the columns and rows of the cells within so many metres, the last ones included.
func cellsAround(g *geo.Grid, at geo.Point, reach float64) (i0, i1, j0, j1 int) {
	half := geo.Point{X: reach, Y: reach}
	i0, j0 = g.ClampIJ(at.Sub(half))
	i1, j1 = g.ClampIJ(at.Add(half))
	return i0, i1, j0, j1
}

// isHighEnough says whether a spot at a level [mm] lies so far above the nearest water within so many metres that
// nobody climbs on from there, or there is none.
func (p *People) isHighEnough(from geo.Point, level int32, reach float64) bool {
	g, least, surface := &p.sc.Terrain.Grid, math.Inf(1), int32(math.MinInt32)
	i0, i1, j0, j1 := cellsAround(g, from, reach)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			at := g.Centre(i, j)
			far := at.Dist2(from)
			if far >= least {
				continue
			}
			if depth := p.layers.At(keyDepth, at); depth > harm.FilmSteps {
				least, surface = far, p.sc.Terrain.Bed[g.Index(i, j)]+depth
			}
		}
	}
	return math.IsInf(least, 1) || level-surface >= millimetres(highEnough)
}

// seekSpeed returns how fast a party gets on straight ahead where it stands [m/s].
func (p *People) seekSpeed(q sim.PartyID) float64 {
	return float64(p.speed(q) * harm.WadeFactor(p.waterOutdoors(q).Depth))
}

// planStride plans the next stride of a party on its way to safety, or its arrival.
func (p *People) planStride(at sim.Time, q sim.PartyID) {
	t := &p.trip[q]
	p.plan(at.Add(min(strideTime, span(t.At.Dist(p.goalPlace(t.Goal))/p.seekSpeed(q)))), q)
}

// stride takes a party on its way to safety on by a stride, or to its end. Where the water has become too deep
// meanwhile it stops.
func (p *People) stride(at sim.Time, q sim.PartyID) {
	t := &p.trip[q]
	goal := p.goalPlace(t.Goal)
	rest, far := t.At.Dist(goal), float64(p.seekSpeed(q)*strideTime.Seconds())
	if rest <= far {
		p.endSeek(at, q)
		return
	}
	// The way is judged as when it was chosen, by the same looks: one who stopped at what lies between two of them would
	// choose the same way again and again.
	if !p.canGo(t.At, goal, p.body[q].escape()) {
		p.stopSeeking(at, q)
		return
	}
	next := t.At.Add(goal.Sub(t.At).Scale(far / rest))
	p.hide(q)
	t.stand(next, 0)
	p.show(q)
	p.exposeOutdoors(at, q)
	if p.alive[q] > 0 && p.flags[q]&partySeeks != 0 {
		p.planStride(at, q)
	}
}

// endSeek is the arrival of a party where it is safe: in a building, or on a spot where it waits for a way.
func (p *People) endSeek(at sim.Time, q sim.PartyID) {
	goal := p.trip[q].Goal
	if goal.Kind == sim.KindBuilding {
		p.flags[q] &^= partyArrived | partySeeks
		p.comeBack(at, q)
		return
	}
	p.hide(q)
	t, rise := &p.trip[q], 0.0
	if goal.Kind == sim.KindNode { // up on the road
		t.Node = sim.NodeID(goal.ID)
		rise = p.router.PerchRise(t.Node)
	}
	t.stand(p.goalPlace(goal), rise)
	p.show(q)
	if next := p.safety(q, farHouse); next.Kind != sim.KindNone {
		p.headFor(at, q, next) // from here he sees further
		p.planStride(at, q)
		return
	}
	p.stopSeeking(at, q)
}

// headFor gives a party that goes to safety its goal: a house, in which it will stay, or a spot.
func (p *People) headFor(at sim.Time, q sim.PartyID, goal sim.Ref) {
	t := &p.trip[q]
	told := sim.RefTo(sim.KindStreet, t.Node)
	if goal.Kind == sim.KindBuilding {
		p.flags[q] = p.flags[q]&^partyWants | partyBack
		told = goal
	}
	if goal.Kind == sim.KindBuilding || p.flags[q]&partySeeks == 0 {
		p.staysIn(at, q, told)
	}
	t.Mode, t.Goal = sim.ModeFoot, goal
}

// stopSeeking strands a party where it stands.
func (p *People) stopSeeking(at sim.Time, q sim.PartyID) {
	p.flags[q] &^= partyArrived | partySeeks | partyBack
	p.strand(at, q, sim.RefTo(sim.KindStreet, p.trip[q].Node))
	p.retry(at, q)
}

// leaveRoad takes a party off the network, where the road says that it is.
func (p *People) leaveRoad(at sim.Time, q sim.PartyID) {
	p.ports.Leavings.Post(at, int32(q), sim.Leaving{Mover: sim.RefTo(sim.KindParty, q)})
}

// turnsToSafety says whether a party that comes into dangerous water on the road goes to safety near by. Who sits in a
// vehicle does so when it is too deep for that, as where it waits for a way; and on foot, in water that is no danger to
// the able, those for whom it is too much.
func (p *People) turnsToSafety(q sim.PartyID, m sim.Exposure) bool {
	if m.Danger < sim.H3 && p.body[q].wade().Allows(m.Depth, m.Speed) {
		return false
	}
	if p.trip[q].Mode != sim.ModeFoot && m.Depth <= harm.Classes.Rows[1].Depth {
		return false
	}
	spot, goal := p.trip[q].At, p.safety(q, farHouse)
	return goal.Kind != sim.KindNone && spot.Dist2(p.goalPlace(goal)) < spot.Dist2(p.goalPlace(p.trip[q].Goal))
}
