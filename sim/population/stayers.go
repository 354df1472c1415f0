package population

import (
	"slices"

	"sandtable/sim"
)

// stayers are the guests of each building as chains of parties, so that who knocks at a door need not look through all
// guests. They follow from the register of guests and are not saved.
type stayers struct {
	first      []sim.PartyID // of each building
	next, last []sim.PartyID // of each party
	at         []sim.BuildingID
}

func newStayers(buildings, parties int) stayers {
	l := stayers{first: make([]sim.PartyID, buildings), next: make([]sim.PartyID, parties),
		last: make([]sim.PartyID, parties), at: make([]sim.BuildingID, parties)}
	l.clear()
	return l
}

func (l *stayers) clear() {
	for b := range l.first {
		l.first[b] = sim.None
	}
	for q := range l.at {
		l.at[q] = sim.None
	}
}

// set notes that a party is a guest of a building, or with None of none.
func (l *stayers) set(q sim.PartyID, b sim.BuildingID) {
	if l.at[q] == b {
		return
	}
	if old := l.at[q]; old >= 0 {
		if l.last[q] >= 0 {
			l.next[l.last[q]] = l.next[q]
		} else {
			l.first[old] = l.next[q]
		}
		if l.next[q] >= 0 {
			l.last[l.next[q]] = l.last[q]
		}
	}
	if l.at[q] = b; b < 0 {
		return
	}
	l.next[q], l.last[q] = l.first[b], sim.None
	if l.first[b] >= 0 {
		l.last[l.first[b]] = q
	}
	l.first[b] = q
}

// noteGuest brings the chains up to date for one party.
func (p *People) noteGuest(q sim.PartyID) {
	if p.isGuest(q) {
		p.stayers.set(q, p.inside(q))
	} else {
		p.stayers.set(q, sim.None)
	}
}

// insideOf appends the parties in a building with somebody alive: those who were there at the start, then its guests,
// in the order of their ids.
func (p *People) insideOf(b sim.BuildingID, buf []sim.PartyID) []sim.PartyID {
	place := sim.RefTo(sim.KindBuilding, b)
	for _, q := range p.roll.inBuilding.of(int32(b)) {
		if p.alive[q] > 0 && p.holder[q] == place {
			buf = append(buf, sim.PartyID(q))
		}
	}
	guests := len(buf)
	for q := p.stayers.first[b]; q >= 0; q = p.stayers.next[q] {
		if p.alive[q] > 0 {
			buf = append(buf, q)
		}
	}
	slices.Sort(buf[guests:])
	return buf
}
