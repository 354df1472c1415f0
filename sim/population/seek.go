package population

import (
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
	p.flags[q] = p.flags[q]&^(partyNeedy|partyOnNetwork) | partyArrived | partySeeks
	told := sim.RefTo(sim.KindStreet, t.Node)
	if goal.Kind == sim.KindBuilding {
		p.flags[q] = p.flags[q]&^partyWants | partyBack
		told = goal
	}
	t.Mode, t.Goal = sim.ModeFoot, goal
	p.kin.forget(q)
	p.staysIn(at, q, told)
	p.move(at, q, sim.RefTo(sim.KindStreet, t.Node), sim.StageWalking)
	p.planStride(at, q)
	return true
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
	if cell := p.highGround(q, reach, limit); cell >= 0 {
		return sim.Ref{Kind: sim.KindStreet, ID: cell}
	}
	roof := func(b sim.BuildingID) bool { return p.hasRoof(q, b) }
	if b := p.houseNear(q, reach, limit, roof); b >= 0 {
		return sim.RefTo(sim.KindBuilding, b)
	}
	return sim.Ref{}
}

// highGround returns the cell of the highest dry ground within so many metres to which a party outdoors can wade
// straight, when it is worthwhile; -1 for none. Of equally high ones it is the nearest, then the first.
func (p *People) highGround(q sim.PartyID, reach float64, limit harm.Limit) int32 {
	g, t := &p.sc.Terrain.Grid, &p.trip[q]
	here, ok := g.CellAt(t.At)
	if !ok {
		return -1
	}
	half := geo.Point{X: reach, Y: reach}
	i0, j0 := g.ClampIJ(t.At.Sub(half))
	i1, j1 := g.ClampIJ(t.At.Add(half))
	level := p.sc.Terrain.Bed[here] + int32(num.RoundInt64((t.Rise+worthwhile)*1000))
	best, least := int32(-1), float64(reach*reach)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			at, cell := g.Centre(i, j), g.Index(i, j)
			far, high := at.Dist2(t.At), p.sc.Terrain.Bed[cell]
			if far > reach*reach || high < level || best >= 0 && high == level && far >= least {
				continue
			}
			if p.layers.At(keyDepth, at) <= harm.FilmSteps && p.canWadeTo(q, at, limit) {
				best, least, level = int32(cell), far, high
			}
		}
	}
	return best
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
	p.trip[q].stand(p.goalPlace(goal), 0)
	p.show(q)
	p.stopSeeking(at, q)
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
// vehicle does so when it is too deep for that, as where it waits for a way.
func (p *People) turnsToSafety(q sim.PartyID, m sim.Exposure) bool {
	if p.trip[q].Mode != sim.ModeFoot && m.Depth <= harm.Classes.Rows[1].Depth {
		return false
	}
	spot, goal := p.trip[q].At, p.safety(q, farHouse)
	return goal.Kind != sim.KindNone && spot.Dist2(p.goalPlace(goal)) < spot.Dist2(p.goalPlace(p.trip[q].Goal))
}
