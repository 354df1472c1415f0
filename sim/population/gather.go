package population

import (
	"sandtable/sim"
	"sandtable/sim/harm"
)

// callFamily lets a party that has just heard a broadcast call the others of its household, where they do so.
func (p *People) callFamily(at sim.Time, q sim.PartyID, serial int32) {
	f := &p.sc.Population.Family
	house := uint64(p.roll.entry[q].Household)
	if f.Tell == 0 || p.draw.family.Float64(house, kinTell, 0) >= f.Tell {
		return
	}
	for r := range p.household(q) {
		if p.kin.head(r) != q && !p.knows(r, serial) {
			p.agenda.Put(at.Add(f.CallDelay), entry{what: doCall, id: int32(r), arg: serial})
		}
	}
}

// knows says whether a party was told what a broadcast says, or something newer.
func (p *People) knows(q sim.PartyID, serial int32) bool {
	last := p.told[q]
	return last.Order == int8(p.broadcasts[serial].Order) || last.Order >= 0 && serial < last.Serial
}

// answerCall tells a party at its place what one of its household has heard, when the call gets through; else it is
// tried again. Who is told of a zone that is not its own is to meet the others: at that zone's shelter.
func (p *People) answerCall(at sim.Time, q sim.PartyID, serial int32) {
	b, last := &p.broadcasts[serial], p.told[q].Serial
	if p.alive[q] == 0 || p.kin.rides(q) || p.holder[q].Kind != sim.KindBuilding || p.knows(q, serial) ||
		b.Order == sim.OrderAllClear && last >= 0 && p.broadcasts[last].Zone != b.Zone {
		return
	}
	if !p.rings(b.Zone) || !p.rings(p.sites.Building[p.inside(q)].Zone) {
		p.agenda.Put(at.Add(p.sc.Population.Family.CallDelay), entry{what: doCall, id: int32(q), arg: serial})
		return
	}
	if list := p.sites.Zone[b.Zone].Shelters; p.trip[q].Shelter < 0 && p.roll.entry[q].Zone != b.Zone && len(list) > 0 {
		p.trip[q].Shelter = list[0]
	}
	p.learn(at, q, serial, sourceKnown)
}

// rings says whether a telephone rings in a zone.
func (p *People) rings(z sim.ZoneID) bool {
	return p.phone < 0 || z < 0 || !p.down[p.quiet(z, p.phone)]
}

// seesToFamily lets a party that is ready to leave see to its household first: fetch its children, go home where it
// gathers, wait there for the others; it says whether it does. Who flees from water at the door does not.
func (p *People) seesToFamily(at sim.Time, q sim.PartyID) bool {
	f := &p.sc.Population.Family
	if f.Fetch == 0 && f.GatherHome == 0 || p.flags[q]&(partyWants|partyDoor) != partyWants ||
		p.stage[q] != sim.StagePreparing {
		return false
	}
	house := uint64(p.roll.entry[q].Household)
	if p.draw.family.Float64(house, kinFetch, 0) < f.Fetch && (p.waitsToBeFetched(at, q) || p.fetches(at, q)) {
		return true
	}
	return p.draw.family.Float64(house, kinGather, 0) < f.GatherHome && p.gathers(at, q)
}

// isPupils says whether a party are children at their school, with nobody of their household who could take them along.
func (p *People) isPupils(q sim.PartyID) bool {
	if p.body[q]&bodyCarrier != 0 || p.holder[q].Kind != sim.KindBuilding {
		return false
	}
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 && p.sc.Persons[i].School == p.inside(q) {
			return true
		}
	}
	return false
}

// waitsToBeFetched lets children at school wait for somebody of their household who may still come; it says whether
// they do. They wait once.
func (p *People) waitsToBeFetched(at sim.Time, q sim.PartyID) bool {
	if !p.isPupils(q) || p.kin.flag[q]&kinWaited != 0 {
		return false
	}
	for r := range p.household(q) {
		if p.kin.head(r) == r && p.body[r]&bodyCarrier != 0 && p.alive[r] > 0 && p.mayCome(r) {
			p.kin.flag[q] |= kinWaited
			p.plan(at.Add(p.sc.Population.Family.FetchWait), q)
			return true
		}
	}
	return false
}

// mayCome says whether a party may still come to where the others of its household wait: it is on its way there, or at
// a place that it has not decided to stay at.
func (p *People) mayCome(r sim.PartyID) bool {
	switch p.stage[r] {
	case sim.StageUnaware, sim.StageWarned, sim.StagePreparing:
		return true
	}
	e := p.kin.errand[r]
	return e == errandGather || e == errandFetch
}

// fetches lets a party with an adult set out for children of its household who are still at school; it says whether it
// does. Nobody goes where another one of the household is on its way.
func (p *People) fetches(at sim.Time, q sim.PartyID) bool {
	if p.body[q]&bodyCarrier == 0 {
		return false
	}
	for r := range p.household(q) {
		if p.alive[r] == 0 || p.kin.head(r) == q || !p.isPupils(r) {
			continue
		}
		place := p.inside(r)
		if !p.isFetched(q, place) && p.setOutTo(at, q, place, errandFetch) {
			return true
		}
	}
	return false
}

// isFetched says whether somebody of a party's household is on the way to fetch those in a building.
func (p *People) isFetched(q sim.PartyID, place sim.BuildingID) bool {
	for r := range p.household(q) {
		if p.kin.errand[r] == errandFetch && p.trip[r].Goal == sim.RefTo(sim.KindBuilding, place) {
			return true
		}
	}
	return false
}

// gathers lets a party go home where its household gathers, or wait there for the others; it says whether it does. It
// waits once.
func (p *People) gathers(at sim.Time, q sim.PartyID) bool {
	home := p.homeOf(q)
	if p.inside(q) != home {
		return p.setOutTo(at, q, home, errandGather)
	}
	if p.kin.flag[q]&kinWaited != 0 || !p.isIncomplete(q) {
		return false
	}
	p.kin.flag[q] |= kinWaited
	p.plan(at.Add(p.sc.Population.Family.GatherWait), q)
	return true
}

// isIncomplete says whether others of a party's household may still come.
func (p *People) isIncomplete(q sim.PartyID) bool {
	for r := range p.household(q) {
		if p.kin.head(r) == r && r != q && p.alive[r] > 0 && p.mayCome(r) {
			return true
		}
	}
	return false
}

// setOutTo lets a party in a building set out for another one, by car or on foot; it says whether there is a way that
// it takes.
func (p *People) setOutTo(at sim.Time, q sim.PartyID, place sim.BuildingID, why errand) bool {
	from := p.inside(q)
	mode := p.wayTo(q, p.sc.Buildings[from].Node, p.sc.Buildings[place].Node)
	if mode == sim.ModeNone {
		return false
	}
	p.free(at, q)
	t := &p.trip[q]
	t.Mode, t.Goal, t.Node = mode, sim.RefTo(sim.KindBuilding, place), p.sc.Buildings[from].Node
	p.emit(at, sim.EvPartyLeft, q, t.Goal, int32(mode), 0)
	t.stand(p.sc.Buildings[from].At, 0)
	p.goOut(at, q, p.sites.Building[from].Access)
	p.kin.errand[q] = why
	return true
}

// wayTo returns how a party in a building gets from one node to another: by the car that stands there, else on foot as
// far as anybody walks; ModeNone when it cannot.
func (p *People) wayTo(q sim.PartyID, from, to sim.NodeID) sim.Mode {
	if from < 0 || to < 0 {
		return sim.ModeNone
	}
	w := p.placeWater(p.inside(q))
	depth := max(w.Depth, p.router.NodeDepth(from), p.router.NodeDepth(to))
	if p.hasCar(q) && depth <= harm.SmallCarDepth() && p.router.Reaches(p.drive(q, from, to)) {
		return sim.ModeCar
	}
	metres, _, ok := p.router.Distance(sim.ModeFoot, from, to)
	if !ok || metres > walkFarthest || p.body[q]&bodyHelpless != 0 || !p.body[q].wade().Allows(depth, speedOf(w)) {
		return sim.ModeNone
	}
	return sim.ModeFoot
}

// takeAlong lets a party that has come to fetch members of its household go on with all of them who are in a building.
func (p *People) takeAlong(at sim.Time, q sim.PartyID, place sim.BuildingID) {
	for r := range p.household(q) {
		if p.holder[r] == sim.RefTo(sim.KindBuilding, place) && p.canJoin(r, q) {
			p.join(at, r, q, sim.JoinFamily)
		}
	}
	p.prepareUntil(at.Add(sim.Tick), at, q)
}

// comeHome lets a party that has come home join those of its household who are there. When nobody else is expected they
// leave at once, if those who were there are ready.
func (p *People) comeHome(at sim.Time, q sim.PartyID, home sim.BuildingID) {
	for r := range p.household(q) {
		if p.holder[r] != sim.RefTo(sim.KindBuilding, home) || p.stage[r] == sim.StageStranded || !p.canJoin(q, r) {
			continue
		}
		p.join(at, q, r, sim.JoinFamily)
		switch {
		case p.stage[r] == sim.StagePreparing && p.kin.flag[r]&kinWaited != 0 && !p.isIncomplete(r):
			p.plan(at, r)
		case p.stage[r] < sim.StageStaying:
			p.prepareUntil(at.Add(p.packTime(r)), at, r) // had heard nothing, or only that it was to prepare
		}
		return
	}
	p.prepareUntil(at.Add(sim.Tick), at, q)
}
