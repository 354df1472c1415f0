package population

import (
	"math/bits"

	"sandtable/sim"
)

// hear is a broadcast that reaches a party at its place. What it does not understand makes it ask.
func (p *People) hear(at sim.Time, q sim.PartyID, serial int32) {
	b := &p.broadcasts[serial]
	q = p.kin.head(q) // those who are together hear it together
	if p.holder[q].Kind != sim.KindBuilding {
		p.redirect(at, q, b)
		return
	}
	if p.alive[q] == 0 || p.holder[q].Kind != sim.KindBuilding || p.isLost(b) {
		return
	}
	if p.isWard(q) {
		p.headHears(at, q, serial)
		return
	}
	if !p.understands(q, b) {
		p.alarm(at, q, b)
		return
	}
	p.learn(at, q, serial, p.ways[b.Channel].source)
}

// learn tells a party at its place a message from a source. News is another order than the last one, and not an older
// message that took longer; the same order from a further source is one more cue.
func (p *People) learn(at sim.Time, q sim.PartyID, serial int32, from source) {
	b := &p.broadcasts[serial]
	q = p.kin.head(q)
	order, last := p.orderFor(q, b), p.told[q]
	switch {
	case p.isWard(q):
		return // the institution decides
	case b.Order == sim.OrderStatement:
		p.hearStatement(at, q, b)
		return
	case order == sim.OrderPrepareZone && last.Order == int8(sim.OrderEvacuateZone):
		return
	case int8(order) == last.Order && (last.Serial < 0 || last.Serial >= serial || p.broadcasts[last.Serial].Up == b.Up):
		p.hearAgain(at, q, order, from)
		return
	case last.Order >= 0 && serial < last.Serial:
		return
	}
	for r := q; r >= 0; r = p.kin.after(q, r) {
		before := p.told[r].Order
		p.told[r] = told{int8(order), serial}
		p.trail.Change(at, changeTold, int32(r), uint64(order)<<32|uint64(uint32(serial)))
		p.noteKnows(at, r, order, before)
		p.note(r, order, from)
	}
	p.emit(at, sim.EvPartyWarned, q, p.teller(b, from), int32(order), 0)
	p.helperHears(at, q, b.Zone)
	p.callFamily(at, q, serial)
	switch order {
	case sim.OrderPrepareZone:
		p.mark(q, personWarned)
		p.decide(at, q, sim.CuePrepare)
		p.flags[q] |= partyPrepared
	case sim.OrderEvacuateZone:
		p.mark(q, personWarned)
		p.sendTo(q, b)
		if b.Up && p.hasUpstairs(q) && p.isMoved(q) {
			p.goUpstairs(at, q)
			return
		}
		p.decide(at, q, sim.CueOrder)
	case sim.OrderAllClear:
		p.standDown(at, q)
	}
}

// teller returns what an event names as the channel of a message: nothing when neighbours told it.
func (p *People) teller(b *broadcast, from source) sim.Ref {
	if from == sourceWord {
		return sim.Ref{}
	}
	return sim.RefTo(sim.KindChannel, b.Channel)
}

// note keeps from whom a party has an order, and says whether that is a further source. Face to face, or from two
// sides, an order needs no confirmation.
func (p *People) note(q sim.PartyID, order sim.OrderID, from source) bool {
	m := &p.mind[q]
	set := &m.leave
	switch order {
	case sim.OrderPrepareZone:
		set = &m.prepare
	case sim.OrderEvacuateZone:
	default:
		return false
	}
	bit := uint8(1) << from
	if *set&bit != 0 {
		return false
	}
	*set |= bit
	if m.leave&(1<<sourceDoor) != 0 || bits.OnesCount8(m.leave) > 1 {
		m.is |= mindSure
	}
	return true
}

// hearAgain is the order that a party has, from the same source or a further one.
func (p *People) hearAgain(at sim.Time, q sim.PartyID, order sim.OrderID, from source) {
	news := p.note(q, order, from)
	for r := p.kin.next[q]; r >= 0; r = p.kin.after(q, r) {
		p.note(r, order, from)
	}
	if news {
		p.trailMind(at, q)
		p.reconsider(at, q, sim.CueRepeat)
	}
}

// trailMind puts what a party believes into the trail.
func (p *People) trailMind(at sim.Time, q sim.PartyID) {
	m := &p.mind[q]
	p.trail.Change(at, changeMind, int32(q), uint64(m.leave)<<24|uint64(m.prepare)<<16|uint64(m.is))
}

// hearStatement is an official statement that reaches a party and all who are with it: they drop the rumour and believe
// orders more.
func (p *People) hearStatement(at sim.Time, q sim.PartyID, b *broadcast) {
	if p.mind[q].is&mindStatement != 0 {
		return
	}
	p.emit(at, sim.EvPartyWarned, q, sim.RefTo(sim.KindChannel, b.Channel), int32(b.Order), 0)
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.mind[r].is |= mindStatement
		p.dropRumour(at, r)
		p.trailMind(at, r)
	}
	p.reconsider(at, q, sim.CueStatement)
}

// hearFrom is the news that a party has from another one that it meets.
func (p *People) hearFrom(at sim.Time, q sim.PartyID) {
	order := sim.OrderID(p.told[q].Order)
	p.noteKnows(at, q, order, -1)
	p.note(q, order, sourceWord)
	p.trailMind(at, q)
}

// forgetOrders clears what an all-clear has lifted. Who was told to leave and saw no water will believe the next order
// less.
func (p *People) forgetOrders(q sim.PartyID) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		m := &p.mind[r]
		if m.leave != 0 && !p.water.ever[p.roll.entry[r].Place] {
			m.is |= mindCried
		}
		m.leave, m.prepare = 0, 0
		m.is &^= mindSure | mindFled
	}
}
