package population

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// errand is why a party is on its way to a building, or what it is about there.
type errand uint8

// Errands. Those of sim.BackKind stand behind errandBack in the same order.
const (
	errandNone   errand = iota
	errandGather        // goes home, where its household gathers
	errandFetch         // fetches members from where they are
	errandHome          // goes home because school, work or business is suspended
	errandBack          // goes back
	errandEnd    = errandBack + errand(sim.BackKindCount)
)

// isBack says whether somebody goes back, and what for.
func (e errand) isBack() (kind sim.BackKind, yes bool) {
	return sim.BackKind(e - errandBack), e >= errandBack
}

// homeOf returns where a party lives.
func (p *People) homeOf(q sim.PartyID) sim.BuildingID {
	return p.sc.Households[p.roll.entry[q].Household].Home
}

// setOutBack lets a party that is in a shelter or waits at an assembly point set out for its home; it says whether it
// did. It goes alone, the car with it if they came in one, while those with whom it was stay; who is weary of the
// shelter (BackHome) goes with all of its company, for good. It does not set out when there is no way or one too long,
// or water at either of its ends as far as it can see. Who decides about this, and tells the shelter, is the caller.
func (p *People) setOutBack(at sim.Time, q sim.PartyID, kind sim.BackKind) bool {
	h, home := p.kin.head(q), p.homeOf(q)
	if p.alive[q] == 0 || p.stage[q] != sim.StageSheltered && p.stage[q] != sim.StageWaiting {
		return false
	}
	mode := p.wayBack(q, h, p.sc.Buildings[home].Node)
	if mode == sim.ModeNone {
		return false
	}
	came := p.trip[h].Mode
	if kind == sim.BackHome && h == q {
		if p.stage[q] == sim.StageWaiting {
			p.dequeue(p.holder[q].ID, q)
		}
	} else {
		p.goApart(at, q, mode == sim.ModeCar)
	}
	if mode == sim.ModeFoot && came != sim.ModeFoot {
		p.leaveCar(q)
	}
	t := &p.trip[q]
	t.Mode, t.Goal = mode, sim.RefTo(sim.KindBuilding, home)
	p.emit(at, sim.EvPartyBack, q, t.Goal, int32(kind), 0)
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	p.kin.errand[q] = errandBack + errand(kind)
	return true
}

// leaveCar notes that a party, and those of its household with it, go on foot from where their car or two-wheeler
// stands: they will not find it at home.
func (p *People) leaveCar(q sim.PartyID) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if p.roll.entry[r].Household == p.roll.entry[q].Household {
			p.flags[r] |= partyNoCar
		}
	}
	p.body[q] = p.bodyOf(q)
}

// wayBack returns how a party in the company of h goes to a node from where they are: by the car in which they came,
// else on foot; ModeNone when it cannot.
func (p *People) wayBack(q, h sim.PartyID, to sim.NodeID) sim.Mode {
	t := &p.trip[h]
	if to < 0 || !p.isNode(t.Node) || p.router.NodeDepth(t.Node) > harm.Film || p.waterOutdoors(h).Depth > harm.Film {
		return sim.ModeNone
	}
	if t.Mode == sim.ModeCar && p.flags[h]&partyNoCar == 0 && p.drives(q) && p.router.Reaches(p.drive(q, t.Node, to)) {
		return sim.ModeCar
	}
	if p.bodyOfOne(q)&bodyHelpless != 0 {
		return sim.ModeNone
	}
	if metres, _, ok := p.router.Distance(sim.ModeFoot, t.Node, to); !ok || metres > walkFarthest {
		return sim.ModeNone
	}
	return sim.ModeFoot
}

// goApart takes a party off the road out of its company, which stays, and out of the queue in which it waits. With the
// car gone the others have none.
func (p *People) goApart(at sim.Time, q sim.PartyID, drives bool) {
	rest := sim.PartyID(sim.None)
	switch {
	case p.kin.rides(q):
		rest = p.kin.lead[q]
		p.part(at, q)
	case p.kin.next[q] >= 0:
		rest = p.kin.next[q]
		p.succeed(at, q)
		if p.due[q] != sim.Never {
			p.due[q] = sim.Never
		}
		p.body[q] = p.bodyOf(q)
		if p.stage[q] == sim.StageWaiting { // the one who leads now stands in its place
			return
		}
	}
	if p.stage[q] == sim.StageWaiting {
		p.dequeue(p.holder[q].ID, q)
	}
	if rest >= 0 && drives && p.roll.entry[rest].Household == p.roll.entry[q].Household {
		p.flags[rest] |= partyNoCar
		p.body[rest] = p.bodyOf(rest)
	}
}

// bringsCar gives the car back to a household whose member went back in it, when he is registered where the others are.
func (p *People) bringsCar(q sim.PartyID) {
	if !p.sc.Population.Family.GoesBack() || p.trip[q].Mode != sim.ModeCar {
		return
	}
	for r := range p.household(q) {
		if r != q && !p.kin.rides(r) && p.alive[r] > 0 && p.holder[r] == p.holder[q] && p.flags[r]&partyNoCar != 0 {
			p.flags[r] &^= partyNoCar
			p.body[r] = p.bodyOf(r)
		}
	}
}

// isBarred says whether guards let nobody into a zone.
func (p *People) isBarred(z sim.ZoneID) bool { return z >= 0 && p.barred[z] }

// bar has a zone's borders guarded from now on, or no longer: who comes back to it is sent away there.
func (p *People) bar(at sim.Time, z sim.ZoneID, on bool) {
	p.barred[z] = on
	p.trail.Change(at, changeBarred, int32(z), uint64(btoi(on)))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// entersZone returns the zone into which a party comes on its errand, or None when it is there already.
func (p *People) entersZone(q sim.PartyID) sim.ZoneID {
	if p.kin.errand[q] == errandNone || p.trip[q].Goal.Kind != sim.KindBuilding {
		return sim.None
	}
	zone := p.sites.Building[p.trip[q].Goal.ID].Zone
	if zone >= 0 && p.isNode(p.trip[q].Node) && p.sites.Node[p.trip[q].Node] == zone {
		return sim.None
	}
	return zone
}

// turnBack sends a party away that has come to the guarded border of a zone, to its shelter; it says whether it did.
// Off the road network it sets out from where it is.
func (p *People) turnBack(at sim.Time, q sim.PartyID, zone sim.ZoneID) bool {
	t := &p.trip[q]
	shelter := p.shelterOf(q, t.Node)
	if !p.isBarred(zone) || shelter < 0 {
		return false
	}
	p.emit(at, sim.EvPartyTurnedAway, q, sim.RefTo(sim.KindZone, zone), 0, 0)
	t.Goal = sim.RefTo(sim.KindShelter, shelter)
	p.kin.errand[q] = errandNone
	p.kin.flag[q] &^= kinBorder
	if p.flags[q]&partyOnNetwork != 0 {
		p.enter(at, q)
	} else {
		p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	}
	return true
}

// doErrand is the arrival of a party at the building of its errand, where it has just come to stay.
func (p *People) doErrand(at sim.Time, q sim.PartyID, place sim.BuildingID) {
	e := p.kin.errand[q]
	p.kin.errand[q] = errandNone
	p.kin.flag[q] &^= kinBorder
	if p.trip[q].Mode == sim.ModeCar {
		p.kin.carAt[q] = place
	}
	switch kind, back := e.isBack(); {
	case back && kind == sim.BackHome:
		p.emit(at, sim.EvPartyHome, q, p.holder[q], 0, 0)
		p.flags[q] = p.flags[q]&^partyWants | partyBack
	case e == errandFetch:
		p.takeAlong(at, q, place)
	case e == errandGather:
		p.comeHome(at, q, place)
	case e == errandHome:
		p.atHome(at, q, place)
	case back:
		p.emit(at, sim.EvPartyHome, q, p.holder[q], 0, 0)
		if kind == sim.BackProperty {
			p.kin.flag[q] |= kinBeenBack
		}
		p.prepareUntil(at.Add(p.sc.Population.Family.BackStay), at, q)
	}
}

// prepareUntil lets a party in a building get ready to set out at an instant.
func (p *People) prepareUntil(when, at sim.Time, q sim.PartyID) {
	p.flags[q] = p.flags[q]&^(partyBack|partyDoor) | partyWants
	p.move(at, q, p.holder[q], sim.StagePreparing)
	p.plan(when, q)
	p.trail.Change(at, changePlan, int32(q), uint64(when))
}

// backKind returns what a household has to go back for, and whether it does: people, animals, property.
func (p *People) backKind(house sim.HouseholdID) (kind sim.BackKind, yes bool) {
	f := &p.sc.Population.Family
	u := p.draw.family.Float64(uint64(house), kinBack, 0)
	switch {
	case p.sc.Households[house].Animals > 0 && u < f.BackAnimals:
		return sim.BackAnimals, true
	case u < f.Back:
		return sim.BackProperty, true
	}
	return 0, false
}

// thinkOfBack plans when somebody of a company that has got away thinks of going back.
func (p *People) thinkOfBack(at sim.Time, q sim.PartyID) {
	if !p.sc.Population.Family.GoesBack() {
		return
	}
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if p.mayGoBack(r) {
			wait := span(p.backTime.quantile(p.draw.family.Float64(p.roll.key(r), kinBackWhen, 0)))
			p.agenda.Put(at.Add(wait), entry{what: doBack, id: int32(r)})
		}
	}
}

// mayGoBack says whether a party is the one of its household that would go back: of those who were at home the last,
// and somebody in it walks well.
func (p *People) mayGoBack(q sim.PartyID) bool {
	e, all := &p.roll.entry[q], p.roll.entry
	if e.Place != p.homeOf(q) || p.bodyOfOne(q)&bodyCarrier == 0 ||
		int(q)+1 < len(all) && all[q+1].Household == e.Household && all[q+1].Place == e.Place {
		return false
	}
	f := &p.sc.Population.Family
	_, yes := p.backKind(e.Household)
	return yes || p.draw.family.Float64(uint64(e.Household), kinBackPeople, 0) < f.BackPeople
}

// thinkAgain is how long somebody who could not go back waits before he thinks of it again (assumed).
const thinkAgain = 30 * sim.Minute

// goBackFor lets a party go back that has got away, when it has something to go back for and believes that the danger
// is not there, or over: no water is in sight, and it saw none at home before it left, or the all-clear was given.
func (p *People) goBackFor(at sim.Time, q sim.PartyID) {
	if p.alive[q] == 0 || p.stage[q] != sim.StageSheltered && p.stage[q] != sim.StageWaiting {
		return // it has not got away, or is gone
	}
	kind, yes := p.backKind(p.roll.entry[q].Household)
	if kind == sim.BackProperty && p.kin.flag[q]&kinBeenBack != 0 {
		yes = false // he has fetched it; animals want to be seen to again
	}
	if p.missesPeople(q) {
		kind, yes = sim.BackPeople, true
	}
	if !yes {
		return
	}
	seen := !p.movedDry(q) && p.told[q].Order != int8(sim.OrderAllClear)
	if seen || !p.mayLeave(at, q, kind) || !p.slipOut(at, q, kind) {
		p.agenda.Put(at.Add(thinkAgain), entry{what: doBack, id: int32(q)})
	}
}

// movedDry says whether a party left before water reached its place.
func (p *People) movedDry(q sim.PartyID) bool {
	for _, i := range p.roll.members(q) {
		if p.person[i]&(personDead|personMoved) == personMoved {
			return true
		}
	}
	return p.flags[q]&partyLeft == 0 // at an assembly point inside its zone
}

// missesPeople says whether a party goes back for members of its household who are still where they were.
func (p *People) missesPeople(q sim.PartyID) bool {
	house := p.roll.entry[q].Household
	if p.draw.family.Float64(uint64(house), kinBackPeople, 0) >= p.sc.Population.Family.BackPeople {
		return false
	}
	for r := range p.household(q) {
		if p.alive[r] > 0 && p.holder[r].Kind == sim.KindBuilding && p.inside(r) == p.homeOf(q) {
			return true
		}
	}
	return false
}

// household goes through the parties of a party's household, in rising order.
func (p *People) household(q sim.PartyID) func(func(sim.PartyID) bool) {
	all, house := p.roll.entry, p.roll.entry[q].Household
	lo := q
	for lo > 0 && all[lo-1].Household == house {
		lo--
	}
	return func(yield func(sim.PartyID) bool) {
		for r := lo; int(r) < len(all) && all[r].Household == house; r++ {
			if !yield(r) {
				return
			}
		}
	}
}

// takesPlace returns who of a household would go back, of its members at home at the start, as a party of its own that
// goes with the others until then: the last able adult, when there are others; -1 for nobody.
func takesPlace(sc *scenario.Scenario, d *draws, first sim.PersonID, h sim.HouseholdID, places []sim.BuildingID) int {
	f, home := &sc.Population.Family, sc.Households[h].Home
	u := d.family.Float64(uint64(h), kinBack, 0)
	goes := u < f.Back || sc.Households[h].Animals > 0 && u < f.BackAnimals ||
		d.family.Float64(uint64(h), kinBackPeople, 0) < f.BackPeople
	last, others := -1, -1
	for k, b := range places {
		if b != home {
			continue
		}
		others++
		if canCarry(&sc.Persons[int(first)+k]) {
			last = k
		}
	}
	if !goes || others < 1 {
		return -1
	}
	return last
}
