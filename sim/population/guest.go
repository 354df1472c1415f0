package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

const (
	// farHouse is how far a party on foot that has no way left goes to a house that takes it in [m] (assumed).
	farHouse = 300.0
	// nearHouse is how far one goes that water on the road has stopped [m] (assumed).
	nearHouse = 100.0
	// retryCutOff is how long a party that is cut off on dry ground waits before it looks for a way again (assumed).
	retryCutOff = 10 * sim.Minute
	// retryWet is how long a party that stands in water waits before it looks again for a way out of it (assumed).
	retryWet = sim.Minute
)

// houseNear returns the nearest building within so many metres that suits and to which a party outdoors can wade
// straight, or None; of equally near ones that of the lowest id.
func (p *People) houseNear(q sim.PartyID, reach float64, limit harm.Limit,
	suits func(b sim.BuildingID) bool) sim.BuildingID {
	canGo := func(to geo.Point) bool { return p.canWadeTo(q, to, limit) }
	return p.houseAround(p.trip[q].At, reach, canGo, suits)
}

// houseAround returns the nearest building within so many metres of a place that suits and to which one can go, or
// None; of equally near ones that of the lowest id.
func (p *People) houseAround(from geo.Point, reach float64, canGo func(to geo.Point) bool,
	suits func(b sim.BuildingID) bool) sim.BuildingID {
	w := &p.water
	best, least := sim.BuildingID(sim.None), float64(reach*reach)
	half := geo.Point{X: reach, Y: reach}
	i0, j0 := w.grid.ClampIJ(from.Sub(half))
	i1, j1 := w.grid.ClampIJ(from.Add(half))
	for ty := j0 / sim.TileSide; ty <= j1/sim.TileSide; ty++ {
		for tx := i0 / sim.TileSide; tx <= i1/sim.TileSide; tx++ {
			for _, k := range w.tiles.of(int32(ty*w.tx + tx)) {
				b := sim.BuildingID(k)
				at := p.sc.Buildings[b].At
				far := at.Dist2(from)
				if nearer := far < least || far == least && b < best; nearer && suits(b) && canGo(at) {
					best, least = b, far
				}
			}
		}
	}
	return best
}

// isDryAbove says whether a building stands and has an upper storey that is above the water.
func (p *People) isDryAbove(b sim.BuildingID) bool {
	x := &p.sc.Buildings[b]
	return x.Storeys > 1 && !p.water.broken[b] && p.placeWater(b).Depth-x.Floor < harm.TopFloor(x.Storeys)
}

// hasRoof says whether a building stands and a party can get to a place in it, an attic or the roof, that is above the
// water.
func (p *People) hasRoof(q sim.PartyID, b sim.BuildingID) bool {
	x := &p.sc.Buildings[b]
	high := p.refuge(x.Storeys, p.accessTo(q), q)
	return !p.water.broken[b] && high > 0 && p.placeWater(b).Depth-x.Floor < high
}

// canWadeTo says whether the water on the straight way of a party outdoors to a place keeps a limit: it looks at the
// water every half cell.
func (p *People) canWadeTo(q sim.PartyID, to geo.Point, limit harm.Limit) bool {
	here := p.waterOutdoors(q)
	if !limit.Allows(here.Depth, speedOf(here)) {
		return false
	}
	if p.trip[q].Rise > 0 { // off a bridge or an embankment one steps into the water beside it
		if beside := p.waterAt(p.trip[q].At); !limit.Allows(beside.Depth, speedOf(beside)) {
			return false
		}
	}
	return p.canGo(p.trip[q].At, to, limit)
}

// waterComes is when water reaches a party that is cut off: it goes to safety near by, which it tells with true, or
// calls for help.
func (p *People) waterComes(at sim.Time, q sim.PartyID) bool {
	if p.seek(at, q, nearHouse) {
		return true
	}
	p.flags[q] &^= partyCutOff
	p.cry(at, q)
	return false
}

// hasNoWay says whether no way on foot leads a party outdoors to its shelter.
func (p *People) hasNoWay(q sim.PartyID) bool {
	t := &p.trip[q]
	if !p.isNode(t.Node) {
		return true
	}
	shelter := p.shelterOf(q, t.Node)
	if shelter < 0 {
		return true
	}
	_, _, ok := p.router.Distance(sim.ModeFoot, t.Node, p.sites.Shelter[shelter])
	return !ok
}

// retry plans the next attempt of a party that is stranded outdoors.
func (p *People) retry(at sim.Time, q sim.PartyID) {
	switch {
	case p.alive[q] == 0:
	case p.waterOutdoors(q).Depth > harm.Film:
		p.plan(at.Add(retryWet), q)
	case p.flags[q]&partyCutOff != 0 && p.hasNoWay(q):
		p.plan(at.Add(retryCutOff), q)
	default:
		p.plan(at.Add(retryEvery), q)
	}
}
