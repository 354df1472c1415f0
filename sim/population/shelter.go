package population

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// homeZone returns the zone of a party's home; None outside every zone.
func (p *People) homeZone(q sim.PartyID) sim.ZoneID { return p.sites.Building[p.homeOf(q)].Zone }

// needsCare says whether a person needs special care or cannot walk.
func needsCare(x *scenario.Person) bool { return x.Special || x.Mobility == scenario.MobilityNone }

// special returns how many living members of a party need special care or cannot walk.
func (p *People) special(q sim.PartyID) int32 {
	n := int32(0)
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 && needsCare(&p.sc.Persons[i]) {
			n++
		}
	}
	return n
}

// onWard is what the staff of a shelter does for those inside, or tells them.
func (p *People) onWard(at sim.Time, m sim.Ward) {
	if m.Shelter < 0 || int(m.Shelter) >= len(p.lodge.of) || int(m.Zone) >= len(p.sc.Zones) {
		return
	}
	at = p.start(at)
	s := int32(m.Shelter)
	l := &p.lodge.of[s]
	switch m.Do {
	case sim.WardGuards, sim.WardUnguards:
		l.guarded = m.Do == sim.WardGuards
		p.rerate(at, s)
	case sim.WardInforms:
		l.informed = at.Add(p.sc.Rules.InformLasts)
		p.rerate(at, s)
		p.agenda.Put(l.informed, entry{what: doForget, id: s})
	case sim.WardEmpties:
		p.clearOut(at, s, m.Next)
	case sim.WardReturns, sim.WardKeeps:
		slot := len(p.sc.Zones)
		if m.Zone >= 0 {
			slot = int(m.Zone)
		}
		l.home[slot] = m.Do == sim.WardReturns
		if l.home[slot] && !l.letsGo {
			l.letsGo = true
			p.agenda.Put(at, entry{what: doLetGo, id: s})
		}
	}
}

// goOff lets the company that is next go home for good, weary of the shelter. Who cannot, since nobody can walk or no
// way is open, thinks of it again.
func (p *People) goOff(at sim.Time, s int32) {
	l := &p.lodge.of[s]
	l.advance(at)
	q := l.list[0].party
	l.clock = max(l.clock, l.list[0].due)
	if p.stage[q] == sim.StageSheltered && p.slipOut(at, q, sim.BackHome) {
		return
	}
	l.list[0].due = l.clock + max(p.threshold(q), leastThreshold)
	p.fix(l, 0)
	p.nextOff(at, s)
}

// leastThreshold keeps who cannot go off from trying without end [-]: at the rate of one in an hour, 4 s.
const leastThreshold = 1e-3

// slipOut lets a party set out back to its home; it says whether it did. From a shelter, that is against orders, as
// long as its zone has not been given free.
func (p *People) slipOut(at sim.Time, q sim.PartyID, kind sim.BackKind) bool {
	inside, from := p.isInside(q), p.holder[q]
	p.lodge.off = inside
	went := p.setOutBack(at, q, kind)
	p.lodge.off = false
	if went && inside && !p.mayGoHome(q, &p.lodge.of[from.ID]) {
		p.emit(at, sim.EvPartyWentOff, q, from, int32(kind), 0)
	}
	return went
}

// mayLeave says whether those who run the shelter let a party go back: a watched door stops most, and news of how
// things stand keeps most. Each party has one number for either, so that it is not tried again until it gets through.
func (p *People) mayLeave(at sim.Time, q sim.PartyID, _ sim.BackKind) bool {
	if !p.isInside(q) {
		return true
	}
	l, key := &p.lodge.of[p.holder[q].ID], p.roll.key(q)
	if l.guarded && p.draw.shelter.Float64(key, stayStopped, 0) < p.sc.Rules.GuardStops {
		return false
	}
	return at >= l.informed || p.draw.shelter.Float64(key, stayKept, 0) >= p.sc.Rules.InformStops
}

// headHome lets a company in a shelter set out for its home by the way in which it came.
func (p *People) headHome(at sim.Time, q sim.PartyID) {
	t := &p.trip[q]
	t.Goal = sim.RefTo(sim.KindBuilding, p.homeOf(q))
	p.flags[q] &^= partyWants | partyDoor
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
}

// canGoTo says whether a way is open to a company in a shelter to a building, by the way in which it came; on foot,
// when nobody has to be carried and it is no longer than so many metres.
func (p *People) canGoTo(q sim.PartyID, b sim.BuildingID, most float64) bool {
	t, to := &p.trip[q], p.sc.Buildings[b].Node
	switch {
	case to < 0 || p.water.broken[b]:
		return false
	case t.Mode == sim.ModeCar:
		return t.Node == to || p.router.Reaches(p.drive(q, t.Node, to))
	case t.Mode != sim.ModeBike && p.body[q]&bodyHelpless != 0:
		return false
	}
	metres, _, ok := p.router.Distance(t.Mode, t.Node, to)
	return ok && (t.Mode != sim.ModeFoot || metres <= most)
}

// mayGoHome says whether the zone of a company's home has been given free.
func (p *People) mayGoHome(q sim.PartyID, l *lodge) bool {
	z := p.homeZone(q)
	if z < 0 { // outside every zone: with the people of the place where it was
		z = p.roll.entry[q].Zone
	}
	return z >= 0 && l.home[z]
}

// letGo looks who may go home from a shelter and can: the house stands, and the way is open. They go to a desk to have
// their names taken off the list. Who cannot is looked at again later. Water that still stands there keeps nobody.
func (p *People) letGo(at sim.Time, s int32) {
	l := &p.lodge.of[s]
	for k := range l.list {
		x := &l.list[k]
		q := x.party
		if x.asked || p.stage[q] != sim.StageSheltered || !p.mayGoHome(q, l) ||
			!p.canGoTo(q, p.homeOf(q), p.walkMax(p.body[q])) {
			continue
		}
		x.asked = true
		p.ports.Knocks.Post(at, int32(q), sim.Knock{Party: q, Shelter: sim.ShelterID(s), Persons: p.heads(q),
			Mode: p.trip[q].Mode, Out: true})
	}
	p.agenda.Put(at.Add(max(p.sc.Rules.ReturnEvery, sim.Minute)), entry{what: doLetGo, id: s})
}

// waitsForCoach says whether a company may go home, has a house there, and is too far from it to walk, or has somebody
// who cannot.
func (p *People) waitsForCoach(q sim.PartyID, l *lodge) bool {
	home := p.homeOf(q)
	return p.stage[q] == sim.StageSheltered && !l.list[p.lodge.at[q]].asked && p.mayGoHome(q, l) &&
		p.trip[q].Mode == sim.ModeFoot && p.sc.Buildings[home].Node >= 0 && !p.water.broken[home] &&
		!p.canGoTo(q, home, p.walkMax(p.body[q]))
}

// boardHome fills a coach at a shelter with those of a zone who wait for one, in the order of their numbers. Their
// names are taken off the list at its door.
func (p *People) boardHome(at sim.Time, m sim.Boarding) {
	answer := sim.Boarded{Unit: m.Unit, Assembly: m.Assembly}
	l, free := &p.lodge.of[m.Shelter], m.Seats
	all := p.lodge.everybody(int32(m.Shelter))
	slices.Sort(all)
	for _, q := range all {
		switch {
		case p.homeZone(q) != m.Zone || !p.waitsForCoach(q, l):
		case !p.fits(m.Unit, q, free):
			answer.Waiting += p.heads(q)
		default:
			free -= p.heads(q)
			answer.Persons += p.heads(q)
			answer.Assisted += p.assisted(q)
			p.emit(at, sim.EvPartyLeft, q, sim.RefTo(sim.KindBuilding, p.homeOf(q)), int32(p.carry[m.Unit].mode), 0)
			p.getIn(at, q, m.Unit, sim.EvPartyBoarded)
		}
	}
	p.ports.Boarded.Post(at, int32(m.Unit), answer)
}

// walkHome lets a company that a coach has brought to its assembly point walk home, with who has to be carried. It says
// whether there is a way.
func (p *People) walkHome(at sim.Time, q sim.PartyID) bool {
	t, home := &p.trip[q], p.homeOf(q)
	if p.sc.Buildings[home].Node < 0 || p.water.broken[home] {
		return false
	}
	if _, _, ok := p.router.Distance(sim.ModeFoot, t.Node, p.sc.Buildings[home].Node); !ok {
		return false
	}
	p.toldToReturn(at, q)
	t.Goal = sim.RefTo(sim.KindBuilding, home)
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	return true
}

// sendHome lets those of a zone who wait at its assembly point when all is clear walk home, as far as anybody walks:
// the wardens there have the word (assumed). Who has no way, or too long a one, waits on.
func (p *People) sendHome(at sim.Time, z sim.ZoneID) {
	a := p.assemblyOf(z)
	if a < 0 {
		return
	}
	for _, q := range slices.Clone(p.queue[a]) {
		home := p.homeOf(q)
		if p.homeZone(q) != z || p.body[q]&bodyHelpless != 0 || p.sc.Buildings[home].Node < 0 {
			continue
		}
		metres, _, ok := p.router.Distance(sim.ModeFoot, p.trip[q].Node, p.sc.Buildings[home].Node)
		if !ok || metres > walkFarthest || p.water.broken[home] {
			continue
		}
		p.dequeue(int32(a), q)
		p.trip[q].Mode = sim.ModeFoot
		p.emit(at, sim.EvPartyLeft, q, sim.RefTo(sim.KindBuilding, home), int32(sim.ModeFoot), 0)
		p.walkHome(at, q)
	}
}

// toldToReturn notes that a company was told that it may go home.
func (p *People) toldToReturn(at sim.Time, q sim.PartyID) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if before := p.told[r].Order; before != int8(sim.OrderAllClear) {
			p.told[r].Order = int8(sim.OrderAllClear)
			p.trail.Change(at, changeTold, int32(r), uint64(sim.OrderAllClear)<<32|uint64(uint32(p.told[r].Serial)))
			p.noteKnows(at, r, sim.OrderAllClear, before)
		}
		p.flags[r] &^= partyPrepared | partyWants
	}
}

// discharged is when a company has been taken off the list: it goes home. When the way has closed since it stays.
func (p *People) discharged(at sim.Time, q sim.PartyID) {
	x := &p.lodge.of[p.holder[q].ID].list[p.lodge.at[q]]
	if p.stage[q] != sim.StageSheltered || !p.canGoTo(q, p.homeOf(q), walkFarthest) {
		x.asked = false
		return
	}
	p.toldToReturn(at, q)
	p.emit(at, sim.EvPartyLeft, q, sim.RefTo(sim.KindBuilding, p.homeOf(q)), int32(p.trip[q].Mode), 0)
	p.headHome(at, q)
}

// clearOut has everybody leave a shelter that water has entered: those who can get away go on to the next one. The
// others stay, and go upstairs where there is an upstairs.
func (p *People) clearOut(at sim.Time, s int32, next sim.ShelterID) {
	if next < 0 || int(next) >= len(p.sc.Shelters) || int32(next) == s {
		return
	}
	w := p.waterAt(scenario.Point(p.sc.Shelters[s].Place))
	for _, q := range p.lodge.everybody(s) {
		if p.stage[q] != sim.StageSheltered || p.body[q]&bodyHelpless != 0 || !p.canWade(q, w, p.trip[q].Node) {
			continue
		}
		if p.trip[q].Mode == sim.ModeCar && w.Depth > harm.SmallCarDepth() {
			p.trip[q].Mode = sim.ModeFoot
		}
		if _, _, ok := p.router.Distance(p.trip[q].Mode, p.trip[q].Node, p.sites.Shelter[next]); ok {
			p.emit(at, sim.EvPartyLeft, q, sim.RefTo(sim.KindShelter, next), int32(p.trip[q].Mode), 0)
			p.sendOn(at, q, next)
		}
	}
}

// lookAtShelters sees what the water means for those inside shelters that it has reached, or has just left.
func (p *People) lookAtShelters(at sim.Time) {
	for s := range p.lodge.of {
		l := &p.lodge.of[s]
		place := scenario.Point(p.sc.Shelters[s].Place)
		if len(l.list) == 0 || p.layers.At(keyDepth, place) <= harm.FilmSteps && !l.wet {
			continue
		}
		w := p.waterAt(place)
		l.wet = w.Depth > harm.Film
		b, falls := p.shelterFallen(sim.ShelterID(s))
		for _, q := range p.lodge.everybody(int32(s)) {
			switch {
			case !p.isLodger(q):
			case falls:
				p.fall(at, q, b, w)
			default:
				p.inShelter(at, q, w)
			}
		}
	}
}

// shelterFallen returns the building of a shelter, and whether it has given way; a shelter without a building of its
// own stands (assumed).
func (p *People) shelterFallen(s sim.ShelterID) (sim.BuildingID, bool) {
	b := p.sc.Shelters[s].Building
	if b == nil || !p.isBuilding(int32(*b)) {
		return sim.None, false
	}
	return sim.BuildingID(*b), p.water.broken[*b]
}

// inShelter sees what the water at its shelter means for a company in it: as in any building, by floor and storeys.
func (p *People) inShelter(at sim.Time, q sim.PartyID, w sim.Water) {
	cut := func(margin float64) bool { return !p.body[q].wade().Allows(w.Depth+margin, speedOf(w)) }
	switch stranded := p.stage[q] == sim.StageStranded; {
	case !stranded && cut(0):
		p.strand(at, q, p.holder[q])
	case stranded && !cut(settle):
		p.free(at, q)
		p.move(at, q, p.holder[q], sim.StageSheltered)
	}
	storeys, floor := p.sc.Shelters[p.holder[q].ID].House(p.sc.Buildings)
	inside := w.Depth - floor // above the ground floor [m]
	if inside > 0 {
		p.soak(at, q, sim.CauseSubmerged, w.Depth)
	}
	p.feelIndoors(at, q, storeys, inside)
	if inside <= 0 || dangerOf(w) < sim.H3 {
		p.threaten(at, q, false)
		return
	}
	a := p.accessTo(q)
	p.submerge(at, q, storeys, a, inside, w.Depth)
	if p.alive[q] > 0 {
		p.threaten(at, q, inside > p.refuge(storeys, a, q))
	}
}

// tellDied tells the staff of a shelter who of a party has died there, of so many who were alive before.
func (p *People) tellDied(at sim.Time, q sim.PartyID, before, special int32) {
	if !p.isInside(q) {
		return
	}
	s := p.holder[q].ID
	p.lodge.of[s].people -= before - p.alive[q]
	p.tellStay(at, q, s, sim.StayDied, before-p.alive[q], special-p.special(q))
}

// homeAgain is the arrival of a company that was sent home. Neighbours who had a lift walk the rest to their own house.
func (p *People) homeAgain(at sim.Time, q sim.PartyID, place sim.BuildingID) {
	for r := p.kin.after(q, q); r >= 0; {
		next := p.kin.after(q, r)
		if home := p.homeOf(r); home != place {
			p.part(at, r)
			t := &p.trip[r]
			t.Mode, t.Node, t.Goal = sim.ModeFoot, p.nodeNear(place), sim.RefTo(sim.KindBuilding, home)
			t.stand(p.sc.Buildings[place].At, 0)
			if p.sc.Buildings[home].Node >= 0 {
				p.goOut(at, r, p.sites.Building[place].Access)
			}
		}
		r = next
	}
	if p.homeOf(q) == place {
		p.emit(at, sim.EvPartyHome, q, sim.RefTo(sim.KindBuilding, place), 0, 0)
	}
}

// doInShelter does what is due in a shelter.
func (p *People) doInShelter(at sim.Time, e entry) {
	switch e.what {
	case doRestless:
		p.growRestless(at, sim.PartyID(e.id), e.arg)
	case doGoOff:
		if p.lodge.of[e.id].turn == e.arg {
			p.goOff(at, e.id)
		}
	case doIll:
		p.fallIll(at, sim.PartyID(e.id), e.arg)
	case doForget:
		p.rerate(at, e.id)
	case doLetGo:
		p.letGo(at, e.id)
	case doNight:
		p.nightfall(at)
	}
}

// isToldOnTheWay says whether a broadcast is about where a party is bound that is on its way: an order to leave that
// names a shelter, over something that is carried along: a telephone.
func (p *People) isToldOnTheWay(q sim.PartyID, b *broadcast) bool {
	from := p.ways[b.Channel].source
	moving := p.stage[q] == sim.StageWalking || p.stage[q] == sim.StageDriving
	return moving && b.Order == sim.OrderEvacuateZone && b.Shelter >= 0 && p.trip[q].Goal.Kind == sim.KindShelter &&
		(from == sourceCell || from == sourceKnown)
}

// redirect lets a party on its way hear that it is to go to another shelter. Who is at the door almost goes on.
func (p *People) redirect(at sim.Time, q sim.PartyID, b *broadcast) {
	t := &p.trip[q]
	if p.alive[q] == 0 || p.isLost(b) || !p.isToldOnTheWay(q, b) || p.flags[q]&partyArrived != 0 ||
		t.Goal.ID == int32(b.Shelter) {
		return
	}
	t.Shelter, t.Goal = b.Shelter, sim.RefTo(sim.KindShelter, b.Shelter)
	p.emit(at, sim.EvPartyWarned, q, sim.RefTo(sim.KindChannel, b.Channel), int32(b.Order), 0)
	if p.flags[q]&partyOnNetwork != 0 {
		p.enter(at, q)
	}
}
