package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// carrier is what a unit is to those whom it carries.
type carrier struct {
	mode   sim.Mode
	seats  int32
	chairs int32 // for who cannot walk; 0 for any
}

func newCarriers(sc *scenario.Scenario) []carrier {
	out := make([]carrier, len(sc.Units))
	for i := range sc.Units {
		u := &sc.Units[i]
		out[i] = carrier{mode: sim.ModeCoach, seats: int32(u.Seats), chairs: int32(u.Chairs)}
		switch u.Kind {
		case "boat":
			out[i].mode = sim.ModeBoat
		case "van":
			out[i].mode = sim.ModeVan
		}
	}
	return out
}

// fits says whether a party gets in: a party stays together, so it needs seats for all, and places for those who
// cannot walk; a party larger than the unit squeezes into an empty one (assumed), since nobody is left behind for the
// number of seats.
func (p *People) fits(u sim.UnitID, q sim.PartyID, free int32) bool {
	n, c := p.heads(q), &p.carry[u]
	if len(p.aboard[u]) == 0 && free >= c.seats && n > c.seats {
		return true
	}
	return n <= free && p.hasChairs(u, q)
}

// hasChairs says whether a unit has places for those of a party who cannot walk; an empty one takes them all.
func (p *People) hasChairs(u sim.UnitID, q sim.PartyID) bool {
	need, most := p.chairs(q), p.carry[u].chairs
	if need == 0 || most == 0 || len(p.aboard[u]) == 0 {
		return true
	}
	for _, other := range p.aboard[u] {
		need += p.chairs(other)
	}
	return need <= most
}

// onBoarding fills a unit from the queue of an assembly point, party by party in the order of arrival; a party that
// does not fit lets smaller ones pass and stays first.
func (p *People) onBoarding(at sim.Time, m sim.Boarding) {
	if m.Unit < 0 || int(m.Unit) >= len(p.carry) || m.Assembly < 0 || int(m.Assembly) >= len(p.queue) {
		return
	}
	at = p.start(at)
	if m.Home {
		if p.isGoal(sim.RefTo(sim.KindShelter, m.Shelter)) {
			p.boardHome(at, m)
		}
		return
	}
	answer := sim.Boarded{Unit: m.Unit, Assembly: m.Assembly}
	free, kept := m.Seats, p.queue[m.Assembly][:0]
	for _, q := range p.queue[m.Assembly] {
		if !p.fits(m.Unit, q, free) {
			kept = append(kept, q)
			answer.Waiting += p.heads(q)
			continue
		}
		free -= p.heads(q)
		answer.Persons += p.heads(q)
		answer.Assisted += p.assisted(q)
		p.getIn(at, q, m.Unit, sim.EvPartyBoarded)
		p.leftIfOutside(at, q, p.sites.Assembly[m.Assembly], p.carry[m.Unit].mode)
	}
	p.queue[m.Assembly] = kept
	if answer.Persons > 0 && p.carry[m.Unit].mode == sim.ModeCoach {
		p.countHeads(at, m.Assembly)
	}
	p.ports.Boarded.Post(at, int32(m.Unit), answer)
}

// getIn puts a party into a unit.
func (p *People) getIn(at sim.Time, q sim.PartyID, u sim.UnitID, kind sim.EventKind) {
	p.due[q] = sim.Never
	p.takeBackCall(at, q)
	p.flags[q] &^= partyNeedy | partyBack
	p.kin.forget(q)
	p.aboard[u] = append(p.aboard[u], q)
	p.move(at, q, sim.RefTo(sim.KindUnit, u), sim.StageRiding)
	p.emit(at, kind, q, sim.RefTo(sim.KindUnit, u), 0, 0)
}

// onPickup takes a stranded party, or one that has called from an assembly point, into a unit, whole or not at all.
func (p *People) onPickup(at sim.Time, m sim.Pickup) {
	if m.Unit < 0 || int(m.Unit) >= len(p.carry) {
		return
	}
	at = p.start(at)
	answer := sim.PickedUp{Unit: m.Unit, Party: m.Party}
	if p.party(m.Party) && (p.stage[m.Party] == sim.StageStranded || p.callsVan(m.Party)) &&
		p.fits(m.Unit, m.Party, m.Seats) {
		answer.Persons, answer.Assisted, answer.Chairs = p.heads(m.Party), p.assisted(m.Party), p.chairs(m.Party)
		p.endCall(at, m.Party)
		if p.stage[m.Party] == sim.StageWaiting {
			p.dequeue(p.holder[m.Party].ID, m.Party)
		}
		p.getOut(at, m.Party)
		p.getIn(at, m.Party, m.Unit, sim.EvPartyRescued)
		p.mark(m.Party, personRescued)
	}
	p.ports.PickedUp.Post(at, int32(m.Unit), answer)
}

// onAlighting lets a unit's passengers out: at a shelter's door, or where it stands, from where they walk to their
// shelter.
func (p *People) onAlighting(at sim.Time, m sim.Alighting) {
	atShelter, spot := m.Shelter >= 0 && int(m.Shelter) < len(p.sc.Shelters), geo.Point{X: m.X, Y: m.Y}
	if m.Unit < 0 || int(m.Unit) >= len(p.carry) ||
		!atShelter && (!p.isNode(m.Node) || !spot.Finite() || !isRise(m.Rise)) {
		return
	}
	at = p.start(at)
	list := p.aboard[m.Unit]
	p.aboard[m.Unit] = list[:0]
	for _, q := range list {
		if p.stage[q] == sim.StageStranded { // in a unit that has come free since
			p.rideOn(at, q)
		}
		if atShelter {
			p.trip[q].Mode = sim.ModeFoot
			p.leftZone(at, q, p.carry[m.Unit].mode)
			p.atDoor(at, q, m.Shelter)
			continue
		}
		p.setDown(at, q, m.Unit, m.Node, spot, m.Rise)
		if m.Home && p.walkHome(at, q) {
			continue
		}
		if !p.walkOn(at, q, 0) {
			p.strand(at, q, sim.RefTo(sim.KindStreet, m.Node))
			p.retry(at, q)
		}
	}
}

// atDoor puts a party at a shelter's door.
func (p *People) atDoor(at sim.Time, q sim.PartyID, s sim.ShelterID) {
	door := sim.RefTo(sim.KindShelter, s)
	t := &p.trip[q]
	t.Goal, t.Node = door, p.sites.Shelter[s]
	t.stand(p.goalPlace(door), 0)
	p.leftZone(at, q, t.Mode) // a shelter inside the zone is away, too
	p.emit(at, sim.EvPartyAtShelter, q, door, 0, 0)
	p.move(at, q, door, sim.StageAtDoor)
	p.alight(at, q, func(sim.PartyID) {}) // who parts at a door knocks
	p.knock(at, q)
}

// knock asks to be taken in. Every knock has one answer.
func (p *People) knock(at sim.Time, q sim.PartyID) {
	s := sim.ShelterID(p.holder[q].ID)
	p.ports.Knocks.Post(at, int32(q), sim.Knock{Party: q, Shelter: s, Persons: p.heads(q),
		Mode: p.trip[q].Mode})
}

// knockAgain is how long a party that was turned away with nowhere else to go waits before it asks again (assumed).
const knockAgain = 10 * sim.Minute

// onAdmission is the answer of a shelter's staff. That a place was kept for them is over, whatever has become of them.
func (p *People) onAdmission(at sim.Time, m sim.Admission) {
	q, door := m.Party, sim.RefTo(sim.KindShelter, m.Shelter)
	at = p.start(at)
	if m.Admitted && p.isGoal(door) {
		p.ports.Stays.Post(at, int32(q), sim.Stay{Party: q, Shelter: m.Shelter, Kind: sim.StayTaken, Persons: m.Persons,
			Zone: sim.None})
	}
	if !p.party(q) || p.holder[q] != door || p.kin.rides(q) {
		return
	}
	if m.Out && p.lodge.at[q] >= 0 {
		p.discharged(at, q)
	}
	if m.Out || p.stage[q] != sim.StageAtDoor {
		return
	}
	if m.Admitted {
		p.due[q] = sim.Never
		p.mark(q, personSheltered)
		p.emit(at, sim.EvPartySheltered, q, door, 0, 0)
		p.move(at, q, door, sim.StageSheltered)
		p.bringsCar(q)
		p.thinkOfBack(at, q)
		return
	}
	p.emit(at, sim.EvPartyTurnedAway, q, door, 0, 0)
	if m.Next < 0 || int(m.Next) >= len(p.sc.Shelters) || m.Next == m.Shelter || !p.sendOn(at, q, m.Next) {
		p.plan(at.Add(knockAgain), q)
	}
}

// sendOn lets a party go on to another shelter, as it came; it says whether there is a way. A party that somebody has
// to be carried for is helped along.
func (p *People) sendOn(at sim.Time, q sim.PartyID, next sim.ShelterID) bool {
	t := &p.trip[q]
	if _, _, ok := p.router.Distance(t.Mode, t.Node, p.sites.Shelter[next]); !ok {
		return false
	}
	t.Goal, t.Shelter = sim.RefTo(sim.KindShelter, next), next
	p.goOut(at, q, t.At.Dist(p.sc.Nodes[t.Node].At))
	return true
}
