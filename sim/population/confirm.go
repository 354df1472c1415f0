package population

import "sandtable/sim"

// ask lets a party ask about before it decides (milling): it calls others, goes next door, looks for news. That takes
// time; what it finds out is seen at the end.
func (p *People) ask(at sim.Time, q sim.PartyID) {
	if p.mind[q].is&mindAsks != 0 {
		return
	}
	p.mind[q].is |= mindAsks
	wait := span(p.creed.mill.quantile(p.draw.decision.Float64(p.roll.key(q), willAsk, 0)))
	p.agenda.Put(at.Add(wait), entry{what: doAsk, id: int32(q)})
}

// alarm is a message that says nothing to a party: it asks what is the matter.
func (p *People) alarm(at sim.Time, q sim.PartyID, b *broadcast) {
	if p.told[q].Order != int8(b.Order) {
		p.ask(at, q)
	}
}

// understands says whether a party understands what it hears over a channel: face to face everybody does, a siren or a
// gong who knows from drills what it means. A statement cannot be said by either.
func (p *People) understands(q sim.PartyID, b *broadcast) bool {
	how := &p.sc.Population.Belief
	share := how.Understood
	switch p.ways[b.Channel].source {
	case sourceDoor:
		return true
	case sourceSiren:
		if b.Order == sim.OrderStatement {
			return false
		}
		share = how.Signals
	}
	return share >= 1 || share > 0 && p.draw.hearing.Float64(p.roll.key(q), hearSense, uint32(b.Channel)) < share
}

// answered ends a party's asking. It learns the order that is out when a channel still says it in words, or when
// somebody else of its zone knows it.
func (p *People) answered(at sim.Time, q sim.PartyID) {
	p.mind[q].is &^= mindAsks
	z := p.roll.entry[q].Zone
	if p.alive[q] == 0 || p.kin.rides(q) || p.holder[q].Kind != sim.KindBuilding || z < 0 {
		return
	}
	t := &p.talks[z]
	knows := t.Order >= 0 && p.told[q].Order == t.Order
	others := t.Knows
	if knows {
		others--
	}
	switch {
	case t.Order < 0 || others <= 0 && !p.isSaid(t):
		p.findsNothing(at, q)
	case knows:
		if p.mind[q].leave == 1<<sourceSiren {
			p.note(q, sim.OrderEvacuateZone, sourceWord) // a signal says less than people do
		}
		p.makeSure(at, q)
		p.reconsider(at, q, sim.CueConfirmed)
	default:
		p.mind[q].is |= mindSure
		p.learn(at, q, t.Serial, sourceWord)
	}
}

// findsNothing is the end of asking when nobody knows: who has the order acts on it as it is, others take it for
// nothing.
func (p *People) findsNothing(at sim.Time, q sim.PartyID) {
	if p.told[q].Order == int8(sim.OrderEvacuateZone) {
		p.reconsider(at, q, sim.CueUnconfirmed)
		return
	}
	if p.stage[q] == sim.StageUnaware {
		p.emitStay(at, q, sim.CueUnconfirmed)
	}
}

// makeSure notes that a party has its order confirmed.
func (p *People) makeSure(at sim.Time, q sim.PartyID) {
	p.mind[q].is |= mindSure
	p.trailMind(at, q)
}
