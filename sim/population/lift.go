package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// Lifts: a household that leaves by car takes neighbours along who have none. Whichever of the two is ready first looks
// for the other: the driver for those who are packing, and waits for them; who has no car for drivers who are packing,
// and goes over to them. Nobody waits longer than the window, and no car takes more than its seats.

// sharesCar lets a party that is about to leave in this way get into a neighbour's car, or wait for neighbours whom it
// takes along; it says whether it does.
func (p *People) sharesCar(at sim.Time, q sim.PartyID, mode sim.Mode, goal sim.Ref, why obstacle) bool {
	if mode == sim.ModeCar {
		return goal.Kind == sim.KindShelter && p.takesNeighbours(at, q)
	}
	return p.needsLift(q, mode, goal, why) && p.findsLift(at, q)
}

// offersLift says whether a party's household takes neighbours along.
func (p *People) offersLift(q sim.PartyID) bool {
	return p.draw.family.Float64(uint64(p.roll.entry[q].Household), kinLift, 0) < p.sc.Population.Family.LiftOffer
}

// freeSeats counts the seats that are left in the cars that a party takes.
func (p *People) freeSeats(q sim.PartyID) int32 { return p.carsOf(q)*carSeats - p.heads(q) }

// carsOf returns how many cars a party that drives takes.
func (p *People) carsOf(q sim.PartyID) int32 {
	cars := int32(p.sc.Households[p.roll.entry[q].Household].Cars)
	return max(1, min(cars, (p.heads(q)+carSeats-1)/carSeats))
}

// needsLift says whether a party that would leave in this way is better off in a neighbour's car: it has no car, and
// its shelter is out of its reach on foot, so that it would go to the assembly point, walk too far, or not leave at
// all.
func (p *People) needsLift(q sim.PartyID, mode sim.Mode, goal sim.Ref, why obstacle) bool {
	switch {
	case why == obstacleNeed, why == obstacleFar:
		return p.sc.Buildings[p.inside(q)].Node >= 0
	case why != obstacleNone || mode != sim.ModeFoot:
		return false
	case goal.Kind == sim.KindAssembly:
		return true
	}
	metres, _, ok := p.router.Distance(mode, p.sc.Buildings[p.inside(q)].Node, p.goalNode(goal))
	return ok && metres > p.walkMax(p.body[q])
}

// isPacking says whether a party at its place is ready within the window.
func (p *People) isPacking(at sim.Time, q sim.PartyID) bool {
	return p.alive[q] > 0 && !p.kin.rides(q) && p.stage[q] == sim.StagePreparing && p.due[q] != sim.Never &&
		p.due[q] <= at.Add(p.sc.Population.Family.LiftWindow) && p.inside(q) == p.roll.entry[q].Place
}

// findsLift lets a party that is ready and needs one find a lift; it says whether it has. It goes over to the
// neighbours and leaves with them.
func (p *People) findsLift(at sim.Time, q sim.PartyID) bool {
	if p.kin.flag[q]&kinLeft != 0 {
		return false
	}
	shelter, best := p.goesTo(q), sim.PartyID(sim.None)
	p.neighbours(p.inside(q), func(d sim.PartyID) {
		switch {
		case d == q || !p.isPacking(at, d) || !p.hasCar(d) || !p.offersLift(d) || p.freeSeats(d) < p.heads(q) ||
			p.goesTo(d) != shelter || p.drivesAway(d):
		case best < 0 || p.due[d] < p.due[best] || p.due[d] == p.due[best] && d < best:
			best = d
		}
	})
	if best < 0 {
		return false
	}
	p.getInWith(at, q, best)
	return true
}

// takesNeighbours lets a party that is about to drive to its shelter take neighbours along who are still packing; it
// says whether it waits for any. It looks for them once.
func (p *People) takesNeighbours(at sim.Time, d sim.PartyID) bool {
	if p.kin.flag[d]&kinLooked != 0 || !p.offersLift(d) {
		return false
	}
	p.kin.flag[d] |= kinLooked
	ready := at
	for free := p.freeSeats(d); free > 0; free = p.freeSeats(d) {
		q := p.nextNeighbour(at, d, free)
		if q < 0 {
			break
		}
		ready = max(ready, p.due[q].Add(p.wayOver(q, d)))
		p.join(at, q, d, sim.JoinLift)
	}
	if ready == at {
		return false
	}
	p.plan(ready, d)
	return true
}

// nextNeighbour returns who of a driver's neighbours needs a lift, fits into so many seats and is ready first; None
// when there is nobody.
func (p *People) nextNeighbour(at sim.Time, d sim.PartyID, free int32) sim.PartyID {
	shelter, best := p.goesTo(d), sim.PartyID(sim.None)
	p.neighbours(p.inside(d), func(q sim.PartyID) {
		switch {
		case q == d || !p.isPacking(at, q) || p.heads(q) > free || p.goesTo(q) != shelter || p.hasCar(q) ||
			best >= 0 && (p.due[best] < p.due[q] || p.due[best] == p.due[q] && best < q):
			return
		}
		if mode, goal, why := p.choose(q); p.needsLift(q, mode, goal, why) {
			best = q
		}
	})
	return best
}

// getInWith lets a party join neighbours who drive, and who wait for it until it is there.
func (p *People) getInWith(at sim.Time, q, d sim.PartyID) {
	there := at.Add(p.wayOver(q, d))
	p.join(at, q, d, sim.JoinLift)
	if p.due[d] < there {
		p.plan(there, d)
	}
}

// wayOver returns how long a party in its building takes to get over to that of a neighbour.
func (p *People) wayOver(q, d sim.PartyID) sim.Duration {
	return span(p.sc.Buildings[p.inside(q)].At.Dist(p.sc.Buildings[p.inside(d)].At) / p.speed(q))
}

// goesTo returns the shelter of a party in its building.
func (p *People) goesTo(q sim.PartyID) sim.ShelterID {
	return p.shelterOf(q, p.sc.Buildings[p.inside(q)].Node)
}

// neighbours calls a function for the parties at their places in buildings within reach of one, in any order.
func (p *People) neighbours(place sim.BuildingID, f func(q sim.PartyID)) {
	from, reach := p.sc.Buildings[place].At, p.sc.Population.Family.LiftReach
	c, half := &p.cells, geo.Point{X: reach, Y: reach}
	i0, j0 := c.grid.ClampIJ(from.Sub(half))
	i1, j1 := c.grid.ClampIJ(from.Add(half))
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			for k := c.head[c.grid.Index(i, j)]; k >= 0; k = c.next[k] {
				q := sim.PartyID(k)
				b := p.roll.entry[q].Place
				if p.inside(q) == b && (b == place || p.sc.Buildings[b].At.Dist2(from) <= reach*reach) {
					f(q)
				}
			}
		}
	}
}

// alight lets those who were taken along by neighbours get out where the trip ends.
func (p *People) alight(at sim.Time, lead sim.PartyID, then func(r sim.PartyID)) {
	for r := p.kin.next[lead]; r >= 0; {
		next := p.kin.next[r]
		if p.kin.how[r] == sim.JoinLift {
			p.part(at, r)
			then(r)
		}
		r = next
	}
}

// letsDown lets the neighbours whom a party was to take along look after themselves when it cannot drive after all; it
// says whether there were any. They go back to their own place, when that stands, and leave from there; they try the
// drivers of the neighbourhood no more.
func (p *People) letsDown(at sim.Time, q sim.PartyID) bool {
	any := false
	p.alight(at, q, func(r sim.PartyID) {
		any = true
		p.kin.flag[r] |= kinLeft
		place, here := p.roll.entry[r].Place, p.inside(r)
		if p.stage[r] == sim.StageStranded || p.water.broken[place] {
			p.plan(at.Add(retryEvery), r)
			return
		}
		way := span(p.sc.Buildings[here].At.Dist(p.sc.Buildings[place].At) / p.speed(r))
		p.move(at, r, sim.RefTo(sim.KindBuilding, place), sim.StagePreparing)
		p.plan(at.Add(way), r)
	})
	return any
}

// goNextDoor lets a party that is with its neighbours go back to its own place, when that stands.
func (p *People) goNextDoor(at sim.Time, r sim.PartyID) {
	place := p.roll.entry[r].Place
	p.flags[r] &^= partyWants | partyPrepared | partyBack | partyDoor
	p.due[r] = sim.Never
	if p.holder[r].Kind == sim.KindBuilding && !p.water.broken[place] && p.stage[r] != sim.StageStranded {
		p.move(at, r, sim.RefTo(sim.KindBuilding, place), sim.StageStaying)
	}
}

// drivesAway says whether a party drives to relatives or friends out of the map.
func (p *People) drivesAway(q sim.PartyID) bool {
	f := &p.sc.Population.Family
	return f.Relatives > 0 && p.draw.family.Float64(uint64(p.roll.entry[q].Household), kinRelatives, 0) < f.Relatives
}
