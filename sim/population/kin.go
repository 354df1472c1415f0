package population

import (
	"fmt"

	"sandtable/sim"
)

// kin says which parties go together. A party that rides has a lead; everything else that has none leads itself. Of a
// company (a lead and its riders) the lead alone makes decisions, stands in lists and is known to roads and shelters;
// holder and stage of its riders are always its own, and what happens to it happens to them, each with events and
// counts of its own. What a rider is told to do by itself, how long it has been in danger and where it goes is not
// kept meanwhile.
type kin struct {
	lead []sim.PartyID  // of each party: the one with which it goes, or None
	next []sim.PartyID  // of a lead its first rider, of a rider the next one, in rising order; None at the end. Derived
	how  []sim.JoinKind // of a rider: why it goes with its lead

	errand []errand         // what a party is on its way for
	flag   []kinFlag        // how far it has come with that
	carAt  []sim.BuildingID // building at which a party has left its car on an errand; None for where it was
}

// kinFlag says how far a party has come with its family and neighbours. Setting out clears all but
// kinBeenBack.
type kinFlag uint8

const (
	kinBorder   kinFlag = 1 << iota // it comes to the border of the zone of its errand on this trip
	kinWaited                       // has waited, or waits, for others of its household
	kinLooked                       // has looked for neighbours whom it could take along
	kinLeft                         // was to ride with neighbours who then could not drive
	kinBeenBack                     // has been back for property
	kinFlagEnd
)

func newKin(parties int) kin {
	k := kin{lead: make([]sim.PartyID, parties), next: make([]sim.PartyID, parties), how: make([]sim.JoinKind, parties),
		errand: make([]errand, parties), flag: make([]kinFlag, parties), carAt: make([]sim.BuildingID, parties)}
	for q := range k.lead {
		k.lead[q], k.next[q], k.carAt[q] = sim.None, sim.None, sim.None
	}
	return k
}

// rides says whether a party goes with another one.
func (k *kin) rides(q sim.PartyID) bool { return k.lead[q] >= 0 }

// forget ends a party's errand, and the thought of the car that it has left on the way.
func (k *kin) forget(q sim.PartyID) {
	k.errand[q], k.flag[q], k.carAt[q] = errandNone, k.flag[q]&kinBeenBack, sim.None
}

// leads says whether others ride with a party.
func (k *kin) leads(q sim.PartyID) bool { return k.lead[q] < 0 && k.next[q] >= 0 }

// head returns who leads the company of a party.
func (k *kin) head(q sim.PartyID) sim.PartyID {
	if k.lead[q] >= 0 {
		return k.lead[q]
	}
	return q
}

// after returns who comes behind r among those for whom q speaks: a lead for its whole company, a rider for itself.
//
//	for r := q; r >= 0; r = p.kin.after(q, r)
func (k *kin) after(q, r sim.PartyID) sim.PartyID {
	if k.lead[q] >= 0 {
		return sim.None
	}
	return k.next[r]
}

// link puts a party that rides with nobody, and leads nobody, among a lead's riders.
func (k *kin) link(r, lead sim.PartyID, how sim.JoinKind) {
	at := lead
	for k.next[at] >= 0 && k.next[at] < r {
		at = k.next[at]
	}
	k.next[r], k.next[at] = k.next[at], r
	k.lead[r], k.how[r] = lead, how
}

// unlink takes a rider from its lead.
func (k *kin) unlink(r sim.PartyID) {
	at := k.lead[r]
	for k.next[at] != r {
		at = k.next[at]
	}
	k.next[at] = k.next[r]
	k.lead[r], k.next[r], k.how[r] = sim.None, sim.None, 0
}

// index finds the lists from the leads.
func (k *kin) index() {
	for q := range k.next {
		k.next[q] = sim.None
	}
	// Backwards, each one to the front of its lead's list: that gives rising order.
	for q := len(k.lead) - 1; q >= 0; q-- {
		if lead := k.lead[q]; lead >= 0 {
			k.next[q], k.next[lead] = k.next[lead], sim.PartyID(q)
		}
	}
}

// flagsOfLead are the flags that a lead keeps for its company, and riders do not have.
const flagsOfLead = partyOnNetwork | partyArrived | partyNeedy | partyBack | partyCutOff | partyDoor | partyAsks |
	partySeeks

// heads counts the living of those for whom a party speaks.
func (p *People) heads(q sim.PartyID) int32 {
	n := int32(0)
	for r := q; r >= 0; r = p.kin.after(q, r) {
		n += p.alive[r]
	}
	return n
}

// canJoin says whether a party can join another one: both live, lead themselves, and stand off the road and outside
// units.
func (p *People) canJoin(r, lead sim.PartyID) bool {
	stands := func(q sim.PartyID) bool {
		return p.alive[q] > 0 && !p.kin.rides(q) && p.flags[q]&partyOnNetwork == 0 && p.holder[q].Kind != sim.KindUnit
	}
	return r != lead && stands(r) && stands(lead)
}

// join lets a party that canJoin go with another one from now on, and all who ride with it. It is where its lead is at
// once: who calls this sees to the time that this takes.
func (p *People) join(at sim.Time, r, lead sim.PartyID, how sim.JoinKind) {
	if p.stage[r] == sim.StageWaiting {
		p.dequeue(p.holder[r].ID, r)
	}
	p.free(at, r)
	for s := p.kin.next[r]; s >= 0; s = p.kin.next[r] {
		p.kin.unlink(s)
		p.ride(at, s, lead, how)
	}
	p.ride(at, r, lead, how)
	p.body[lead] = p.bodyOf(lead)
}

// ride makes a party that stands alone a rider.
func (p *People) ride(at sim.Time, r, lead sim.PartyID, how sim.JoinKind) {
	p.due[r], p.danger[r] = sim.Never, sim.Never
	p.flags[r] &^= flagsOfLead
	p.trip[r] = trip{Shelter: p.trip[r].Shelter, Node: sim.None}
	p.kin.forget(r)
	p.hide(r)
	p.kin.link(r, lead, how)
	p.body[r] = p.bodyOf(r)
	p.move(at, r, p.holder[lead], p.stage[lead])
	p.trail.Change(at, changeKin, int32(r), uint64(uint32(lead))<<8|uint64(how))
	p.emit(at, sim.EvPartyJoined, r, sim.RefTo(sim.KindParty, lead), int32(how), 0)
	p.tellEachOther(at, r, lead)
}

// tellEachOther lets those who meet share the news: who has heard nothing yet hears what the other one was told.
func (p *People) tellEachOther(at sim.Time, r, lead sim.PartyID) {
	from, to := lead, r
	if p.told[lead].Order < 0 {
		from, to = r, lead
	}
	for s := to; s >= 0 && p.told[from].Order >= 0; s = p.kin.after(to, s) {
		if p.told[s].Order >= 0 {
			continue
		}
		p.told[s] = p.told[from]
		p.hearFrom(at, s)
		p.trail.Change(at, changeTold, int32(s), uint64(p.told[s].Order)<<32|uint64(uint32(p.told[s].Serial)))
		if order := sim.OrderID(p.told[s].Order); order != sim.OrderAllClear {
			p.markOne(s, personWarned)
			p.log.Emit(sim.Event{At: at, Kind: sim.EvPartyWarned, A: sim.RefTo(sim.KindParty, s),
				B: sim.RefTo(sim.KindParty, from), Count: int32(order)})
		}
	}
}

// part lets a rider whose lead is off the road network go on by itself, from where they are and as they are.
func (p *People) part(at sim.Time, r sim.PartyID) {
	lead, how := p.kin.lead[r], p.kin.how[r]
	p.emit(at, sim.EvPartyParted, r, sim.RefTo(sim.KindParty, lead), int32(how), 0)
	p.goAlone(at, r)
	switch p.stage[r] {
	case sim.StageWaiting:
		a := p.holder[r].ID
		p.queue[a] = append(p.queue[a], r)
	case sim.StageAtDoor:
		p.knock(at, r)
	case sim.StageStranded:
		if p.flags[r]&partyCutOff == 0 {
			p.cry(at, r)
		}
	}
	if u := p.holder[r]; u.Kind == sim.KindUnit {
		p.aboard[u.ID] = append(p.aboard[u.ID], r)
	}
	p.body[lead] = p.bodyOf(lead)
}

// goAlone takes a rider from its lead: all that the lead has kept for it is now its own.
func (p *People) goAlone(at sim.Time, r sim.PartyID) {
	lead, shelter := p.kin.lead[r], p.trip[r].Shelter
	p.hide(r)
	p.kin.unlink(r)
	p.trip[r] = p.trip[lead]
	if shelter >= 0 {
		p.trip[r].Shelter = shelter
	}
	p.flags[r] |= p.flags[lead] & (flagsOfLead | partyWants)
	if p.callsVan(r) {
		p.flags[r] &^= partyNeedy // that call is the lead's
	}
	p.kin.errand[r] = p.kin.errand[lead]
	p.body[r] = p.bodyOf(r)
	p.move(at, r, p.holder[r], p.stage[r]) // into the lists in which riders are not
	p.trail.Change(at, changeKin, int32(r), 0)
	if p.due[lead] != sim.Never {
		p.plan(p.due[lead], r)
	}
	if p.danger[lead] != sim.Never {
		p.danger[r] = p.danger[lead]
		p.agenda.Put(max(p.start(at), p.danger[r].Add(catchTime)), entry{what: doCatch, id: int32(r)})
	}
}

// succeed lets the first rider lead the company of a party that has died, in its place; the others ride with it. On the
// road network, where nobody else can take the wheel, they are left where they are.
func (p *People) succeed(at sim.Time, q sim.PartyID) {
	r, how := p.kin.next[q], p.kin.how[p.kin.next[q]]
	wasOn, stranded := p.flags[q]&partyOnNetwork != 0, p.stage[q] == sim.StageStranded
	p.flags[q] &^= partyOnNetwork
	p.emit(at, sim.EvPartyParted, r, sim.RefTo(sim.KindParty, q), int32(how), 0)
	p.goAlone(at, r)
	p.replace(q, r)
	for s := p.kin.next[q]; s >= 0; s = p.kin.next[q] {
		how := p.kin.how[s]
		p.kin.unlink(s)
		p.kin.link(s, r, how)
		p.trail.Change(at, changeKin, int32(s), uint64(uint32(r))<<8|uint64(how))
	}
	p.body[r] = p.bodyOf(r)
	switch {
	case wasOn:
		p.leaveRoad(at, q)
		p.strand(at, r, sim.RefTo(sim.KindStreet, p.trip[r].Node))
		p.retry(at, r)
	case stranded && p.flags[r]&partyCutOff == 0:
		p.cry(at, r)
	case p.stage[r] == sim.StageAtDoor && p.due[r] == sim.Never:
		p.knock(at, r) // the answer to the one who has died is for nobody
	}
}

// replace puts a party into the list of its assembly point or unit in which another one stood.
func (p *People) replace(q, r sim.PartyID) {
	var list []sim.PartyID
	switch h := p.holder[q]; {
	case p.stage[q] == sim.StageWaiting:
		list = p.queue[h.ID]
	case h.Kind == sim.KindUnit:
		list = p.aboard[h.ID]
	}
	for k := range list {
		if list[k] == q {
			list[k] = r
		}
	}
}

// appendKin saves who rides with whom.
func (p *People) appendKin(e *sim.Encoder) {
	k, n := &p.kin, 0
	for q := range k.lead {
		if k.isUsed(sim.PartyID(q)) {
			n++
		}
	}
	e.Len(n)
	for q := range k.lead {
		if k.isUsed(sim.PartyID(q)) {
			e.I32(int32(q))
			e.I32(int32(k.lead[q]))
			e.U8(uint8(k.how[q]))
			e.U8(uint8(k.errand[q]))
			e.U8(uint8(k.flag[q]))
			e.I32(int32(k.carAt[q]))
		}
	}
	for _, barred := range p.barred {
		e.Bool(barred)
	}
}

// isUsed says whether there is anything to save of a party.
func (k *kin) isUsed(q sim.PartyID) bool {
	return k.lead[q] >= 0 || k.errand[q] != errandNone || k.carAt[q] >= 0 || k.flag[q] != 0
}

// loadKin reads what appendKin wrote.
func (p *People) loadKin(d *sim.Decoder) {
	k := newKin(len(p.kin.lead))
	for range d.Len(4 + 4 + 1 + 1 + 1 + 4) {
		q, lead := d.Index(len(k.lead), "party"), d.Index(len(k.lead), "party")
		how, why := sim.JoinKind(d.U8()), errand(d.U8())
		flag := kinFlag(d.U8())
		car := d.Index(len(p.sc.Buildings), "building")
		if d.Err == nil && (q < 0 || how >= sim.JoinKindCount || why >= errandEnd || flag >= kinFlagEnd) {
			d.Fail("a rider that cannot be")
		}
		if d.Err != nil {
			return
		}
		k.lead[q], k.how[q] = sim.PartyID(lead), how
		k.errand[q], k.flag[q], k.carAt[q] = why, flag, sim.BuildingID(car)
	}
	k.index()
	p.kin = k
	for z := range p.barred {
		p.barred[z] = d.Bool()
	}
}

// checkKin compares riders with their leads.
func (p *People) checkKin() error {
	fresh := kin{lead: p.kin.lead, next: make([]sim.PartyID, len(p.kin.next))}
	for q, lead := range p.kin.lead {
		if e := p.kin.errand[q]; e != errandNone && p.trip[q].Goal.Kind != sim.KindBuilding {
			return fmt.Errorf("party %d is on an errand to %v", q, p.trip[q].Goal)
		}
		if lead >= 0 && (int(lead) == q || p.kin.rides(lead)) {
			return fmt.Errorf("party %d rides with %d, which rides itself", q, lead)
		}
	}
	fresh.index()
	for q, lead := range p.kin.lead {
		if fresh.next[q] != p.kin.next[q] {
			return fmt.Errorf("party %d is followed by %d; the leads say %d", q, p.kin.next[q], fresh.next[q])
		}
		if lead < 0 {
			continue
		}
		if p.alive[q] == 0 || p.alive[lead] == 0 || p.holder[q] != p.holder[lead] || p.stage[q] != p.stage[lead] ||
			p.due[q] != sim.Never || p.danger[q] != sim.Never || p.flags[q]&flagsOfLead != 0 ||
			p.kin.errand[q] != errandNone {
			return fmt.Errorf("party %d (%v, stage %v, flags %#x, due %v) rides with %d (%v, stage %v)", q, p.holder[q],
				p.stage[q], p.flags[q], p.due[q], lead, p.holder[lead], p.stage[lead])
		}
	}
	return nil
}
