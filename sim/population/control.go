package population

import (
	"sandtable/sim"
)

// Emergency controls (断、禁、停、撤、疏) change who is where. Each holds in one zone or everywhere; what it does to
// traffic on the roads is done there.

// controls are the emergency controls that hold in a zone: a bit for each suspension, and those below.
type controls uint16

const (
	banEntry     controls = 1 << (uint(sim.SuspensionCount) + iota)
	banGathering          // visitors are to leave
	crewsOut              // who goes from door to door has been called back
	controlsEnd
)

// bitOf returns the bit of a control, 0 for one that does not hold but is done once.
func bitOf(m sim.Control) controls {
	switch m.Order {
	case sim.OrderSuspend, sim.OrderResume:
		return 1 << m.What
	case sim.OrderBanEntry:
		return banEntry
	case sim.OrderBanGathering:
		return banGathering
	}
	return 0 // of OrderWithdraw, which is done once
}

// onControl carries an emergency control out. Guards take their time to get to the ways in.
func (p *People) onControl(at sim.Time, m sim.Control) {
	ofZone := m.Order == sim.OrderBanEntry || m.Order == sim.OrderWithdraw
	if int(m.Zone) >= len(p.sc.Zones) || m.What >= sim.SuspensionCount || m.Zone < 0 && ofZone {
		return
	}
	at = p.start(at)
	if m.Order == sim.OrderBanEntry && m.On {
		at = at.Add(p.sc.Population.Care.Guard)
		p.pending = append(p.pending, pendingControl{at, m})
		p.agenda.Put(at, entry{what: doGuard, id: sim.None})
		return
	}
	if m.Order == sim.OrderBanEntry {
		p.dropPending(m.Zone)
	}
	p.control(at, m)
}

// pendingControl is a control on its way to hold.
type pendingControl struct {
	At      sim.Time
	Control sim.Control
}

// dropPending calls guards back who are not there yet.
func (p *People) dropPending(z sim.ZoneID) {
	kept := p.pending[:0]
	for _, c := range p.pending {
		if c.Control.Zone != z {
			kept = append(kept, c)
		}
	}
	p.pending = kept
}

// guardsThere lets the controls hold whose guards are there.
func (p *People) guardsThere(at sim.Time) {
	kept := p.pending[:0]
	for _, c := range p.pending {
		if c.At > at {
			kept = append(kept, c)
			continue
		}
		p.control(at, c.Control)
	}
	p.pending = kept
}

// control lets a control hold from now on, or lifts it.
func (p *People) control(at sim.Time, m sim.Control) {
	bit, news := bitOf(m), false
	for z := range p.controls {
		if m.Zone >= 0 && int(m.Zone) != z {
			continue
		}
		old := p.controls[z]
		if m.On {
			p.controls[z] |= bit
		} else {
			p.controls[z] &^= bit
		}
		if old != p.controls[z] {
			news = true
			p.trail.Change(at, changeControl, int32(z), uint64(p.controls[z]))
		}
	}
	if !news && bit != 0 {
		return
	}
	p.tellControl(at, m)
	switch {
	case m.Order == sim.OrderWithdraw:
		p.withdraw(at, m.Zone)
	case m.Order == sim.OrderBanEntry:
		p.bar(at, m.Zone, m.On)
	case !m.On:
	case m.Order == sim.OrderSuspend:
		p.suspend(at, m)
	case m.Order == sim.OrderBanGathering:
		p.dismiss(at, m.Zone)
	}
}

// tellControl reports a control.
func (p *People) tellControl(at sim.Time, m sim.Control) {
	e := sim.Event{At: at, Kind: sim.EvControl, A: sim.Ref{Kind: sim.KindCounty}, B: sim.Ref{ID: int32(m.What)},
		Count: int32(m.Order), Text: m.Title()}
	if m.Zone >= 0 {
		e.A = sim.RefTo(sim.KindZone, m.Zone)
	}
	if m.On {
		e.Num = 1
	}
	p.log.Emit(e)
}

// suspend sends home who is at school, at work or in business. Heads of institutions are called one after the other.
func (p *People) suspend(at sim.Time, m sim.Control) {
	if m.What == sim.SuspendTransport || m.What == sim.SuspendNavigation {
		return // the roads do it; the model has no boats but those of rescue
	}
	calls := sim.Duration(0)
	for i := range p.institutions {
		if p.concerns(m, p.institutions[i].Building) && p.isSuspendedBy(int32(i), m.What) {
			calls++
			p.agenda.Put(at.Add(calls*p.sc.Population.Care.Call), entry{what: doSchoolEnds, id: int32(i)})
		}
	}
	wait := newDelay(p.sc.Population.Care.Home, p.sc.Population.Care.HomeT9)
	for q := range p.roll.entry {
		q := sim.PartyID(q)
		if place := p.roll.entry[q].Place; !p.kin.rides(q) && p.concerns(m, place) && !p.isWard(q) &&
			p.activity(q) == m.What {
			u := p.draw.care.Float64(p.roll.key(q), careHome, 0)
			p.agenda.Put(at.Add(span(wait.quantile(u))), entry{what: doHome, id: int32(q)})
		}
	}
}

// concerns says whether a control is about the zone of a building.
func (p *People) concerns(m sim.Control, b sim.BuildingID) bool {
	return m.Zone < 0 || p.sites.Building[b].Zone == m.Zone
}

// isSuspendedBy says whether an institution ends its day by a suspension.
func (p *People) isSuspendedBy(i int32, what sim.Suspension) bool {
	k := p.institutions[i].Kind
	return k == institutionSchool && what == sim.SuspendSchool ||
		k == institutionKindergarten && what == sim.SuspendKindergarten
}

// ageSchool is from what age on a pupil is at school, and not at a kindergarten [a].
const ageSchool = 6

// activity returns what a party that was not at home at the start is at: school, kindergarten, work or business.
// SuspensionCount stands for what cannot be suspended: home, and the work of hospitals, schools, shelters and posts.
func (p *People) activity(q sim.PartyID) sim.Suspension {
	e := &p.roll.entry[q]
	if p.sc.Households[e.Household].Home == e.Place {
		return sim.SuspensionCount
	}
	for _, i := range p.roll.members(q) {
		if p.sc.Persons[i].School == e.Place {
			if p.eldest(q) < ageSchool {
				return sim.SuspendKindergarten
			}
			return sim.SuspendSchool
		}
	}
	return p.sc.Buildings[e.Place].Use.Suspension()
}

// schoolEnds is the call to the head of a school that is suspended: those who may go home alone do, and the others stay
// with the staff until they are fetched.
func (p *People) schoolEnds(at sim.Time, i int32) {
	w := &p.wards[i]
	if w.Flags&wardEnds != 0 || w.Order == int8(sim.OrderEvacuateZone) {
		return // on its way to the shelter
	}
	w.Flags |= wardEnds
	p.changeWard(at, i)
	wait, n := newDelay(p.sc.Population.Care.Home, p.sc.Population.Care.HomeT9), int32(0)
	for _, k := range p.people(i) {
		q := sim.PartyID(k)
		if !p.isWard(q) || p.alive[q] == 0 || p.kin.rides(q) || p.School(p.roll.members(q)[0]) != SchoolSends {
			continue
		}
		n += p.alive[q]
		u := p.draw.care.Float64(p.roll.key(q), careHome, 0)
		p.agenda.Put(at.Add(span(wait.quantile(u))), entry{what: doHome, id: k})
	}
	p.tellInstitution(at, i, sim.InstitutionSendHome, n)
}

// goHome lets a party set out for home on foot that was sent there. Whose home is where it is or too far stays; so does
// who is about to leave for a shelter. Guards send away at the border of a zone whom they let not in.
func (p *People) goHome(at sim.Time, q sim.PartyID) {
	e, home := &p.roll.entry[q], p.homeOf(q)
	from, to := p.sc.Buildings[e.Place].Node, p.sc.Buildings[home].Node
	if p.alive[q] == 0 || p.kin.rides(q) || p.stage[q] >= sim.StagePreparing || p.inside(q) != e.Place ||
		home == e.Place || from < 0 || to < 0 || p.body[q]&bodyHelpless != 0 {
		return
	}
	metres, _, ok := p.router.Distance(sim.ModeFoot, from, to)
	if !ok || metres > walkFarthest || !p.canWade(q, p.placeWater(e.Place), from) {
		return
	}
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.care.flags[r] |= careSentOff
	}
	t := &p.trip[q]
	t.Mode, t.Goal, t.Node = sim.ModeFoot, sim.RefTo(sim.KindBuilding, home), from
	t.stand(p.sc.Buildings[e.Place].At, 0)
	p.emit(at, sim.EvPartyLeft, q, t.Goal, int32(sim.ModeFoot), 0)
	p.goOut(at, q, p.sites.Building[e.Place].Access)
	p.kin.errand[q] = errandHome
}

// atHome is the arrival at home of a party that was sent there: it is with those of its household who are there, or
// alone, and hears what is said there.
func (p *People) atHome(at sim.Time, q sim.PartyID, home sim.BuildingID) {
	here := p.holder[q]
	p.emit(at, sim.EvPartyHome, q, here, 0, 0)
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if z := p.roll.entry[r].Zone; z >= 0 && p.sites.Building[home].Zone != z {
			p.leftZoneOne(at, r, p.trip[q].Mode)
		}
	}
	for r := range p.household(q) {
		if p.holder[r] == here && p.canJoin(q, r) {
			p.join(at, q, r, sim.JoinFamily)
			return
		}
	}
	if p.told[q].Order < 0 {
		p.move(at, q, here, sim.StageUnaware)
	}
}

// isResettled says whether a party is at home because it was sent there, and not where it was at the start.
func (p *People) isResettled(q sim.PartyID) bool {
	return p.care.flags[q]&careSentOff != 0 && p.holder[q].Kind == sim.KindBuilding && p.isGuest(q) &&
		p.inside(q) == p.sc.Households[p.roll.entry[q].Household].Home
}

// zoneOf returns the zone whose orders hold for a party: that of its place at the start, or of its home when it was
// sent there.
func (p *People) zoneOf(q sim.PartyID) sim.ZoneID {
	if p.isResettled(q) {
		return p.sites.Building[p.inside(q)].Zone
	}
	return p.roll.entry[q].Zone
}

// sendTo notes where an order sends a party: to the shelter that it names, or, of who lives in another zone than that
// of the start, to the first one of that zone.
func (p *People) sendTo(q sim.PartyID, b *broadcast) {
	switch {
	case b.Shelter >= 0:
		p.trip[q].Shelter = b.Shelter
	case p.isResettled(q) && len(p.sites.Zone[b.Zone].Shelters) > 0:
		p.trip[q].Shelter = p.sites.Zone[b.Zone].Shelters[0]
	}
}

// isVisitor says whether a party is one of visitors.
func (p *People) isVisitor(q sim.PartyID) bool { return p.sc.IsVisitor(p.roll.entry[q].Household) }

// dismiss lets the visitors of a zone, or of all, leave.
func (p *People) dismiss(at sim.Time, z sim.ZoneID) {
	for q := range p.roll.entry {
		q := sim.PartyID(q)
		if z >= 0 && p.roll.entry[q].Zone != z || p.alive[q] == 0 || p.holder[q].Kind != sim.KindBuilding ||
			p.kin.rides(q) || !p.isVisitor(q) || p.isWard(q) || p.flags[q]&partyWants != 0 {
			continue
		}
		p.willLeave(at, q, p.packTime(q), sim.CueOrder)
	}
}

var withdrawn = sim.Text{ZH: "已下令撤离", EN: "told to withdraw"}

// withdraw ends the rounds from door to door and the errands of helpers in a zone: who is on the way or at a door goes
// home and leaves.
func (p *People) withdraw(at sim.Time, z sim.ZoneID) {
	p.controls[z] |= crewsOut
	p.trail.Change(at, changeControl, int32(z), uint64(p.controls[z]))
	p.endRounds(z)
	if len(p.care.charges) == 0 {
		return
	}
	for k := p.care.ofZone.start[z]; k < p.care.ofZone.start[z+1]; k++ {
		switch p.care.help[k].Step {
		case helpListed, helpCalled:
			p.failHelp(at, k, withdrawn)
		case helpOut, helpDoor:
			p.tellHelper(at, k, sim.HelperFails, withdrawn)
			p.goBackHome(at, k)
			p.resume(at, p.partyOf(p.care.charges[k].Person))
		}
	}
}
