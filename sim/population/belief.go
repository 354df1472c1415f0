package population

import (
	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// How a household comes to believe a warning: the Protective Action Decision Model (Lindell and Perry 2012), in the
// form that docs/models/evacuation.md ("Deciding") describes. Every cue that a household takes in is evidence; the
// share of households that leave on evidence e is 1 - exp(-e), so that cues of shares p1, p2, … together give
// 1 - (1-p1)(1-p2)…, and a cue of weight w counts as w of its kind.

// source is from whom a household has a message.
type source uint8

const (
	sourceSpeaker source = iota // loudspeakers, and channels without a kind: the standard
	sourceDoor                  // somebody at the door
	sourceKnown                 // telephone and chat groups of people whom one knows
	sourceCell                  // SMS and cell broadcast
	sourceMedia                 // radio and television; as loudspeakers
	sourceWord                  // neighbours
	sourceSiren                 // sirens and gongs, which say something only to who has practised
	sourceCount
)

// sourceOf tells from whom a household has what it hears over a channel.
func sourceOf(c *scenario.Channel) source {
	if c.Use == "door" {
		return sourceDoor
	}
	switch c.Law().Kind {
	case scenario.KindDoor, scenario.KindCourier:
		return sourceDoor
	case scenario.KindPhone, scenario.KindPhoneTree, scenario.KindWeChat:
		return sourceKnown
	case scenario.KindCellBroadcast, scenario.KindSMS:
		return sourceCell
	case scenario.KindTVRadio:
		return sourceMedia
	case scenario.KindSiren, scenario.KindGong:
		return sourceSiren
	}
	return sourceSpeaker
}

// level is what an official message says.
type level uint8

const (
	levelPrepare level = iota
	levelVague         // leave, without a place to go to
	levelLeave
	levelStatement
	levelCount
)

// eesShares are what a single message moves in EES, calibrated on 10,814 households of Castlemaine (agentsoz/ees):
// WATCH_AND_ACT, EMERGENCY_WARNING, EVACUATE_NOW, ADVICE. Which of our orders stands for which is assumed.
var eesShares = [levelCount]float64{0.05, 0.30, 0.40, 0.01}

// creed are the scenario's parameters of belief, as evidence.
type creed struct {
	order      [levelCount][sourceCount]float64 // evidence of a message from a source
	statement  float64                          // evidence of a statement by itself
	cried      float64                          // factor on orders for the false alarms before the drill
	warned     [5]float64                       // factor on orders for the published warning level, by level
	neighbours float64                          // evidence of all neighbours leaving
	flee       float64                          // evidence of a rumour to flee
	most       float64                          // share that any evidence but water moves
	mostAtDoor float64                          // the same of those at whose doors somebody was
	mill       delay
}

// mostEvidence stands for certainty: 1 - exp(-700) is 1.
const mostEvidence = 700.0

// evidenceOf returns the evidence that moves a share of households.
func evidenceOf(share float64) float64 {
	if share >= 1 {
		return mostEvidence
	}
	return min(-num.Log1p(-share), mostEvidence)
}

func newCreed(sc *scenario.Scenario) creed {
	b, how := &sc.Population.Belief, &sc.Population.Behaviour
	shares := [levelCount]float64{how.HeedPrepare, 0, how.HeedEvacuate, 0}
	if b.Messages == "ees" {
		shares = eesShares
	}
	weights := [sourceCount]float64{sourceSpeaker: 1, sourceDoor: b.Door, sourceKnown: b.Known, sourceCell: b.Cell,
		sourceMedia: 1, sourceWord: b.Word, sourceSiren: b.Signal}
	c := creed{statement: evidenceOf(shares[levelStatement]), neighbours: evidenceOf(b.Neighbours),
		flee: evidenceOf(b.RumourLeave), cried: 1, mill: newDelay(b.MillingT50, b.MillingT90)}
	for l := range levelCount {
		e := evidenceOf(shares[l])
		if l == levelVague && b.Messages != "ees" {
			e = evidenceOf(how.HeedEvacuate) * b.Vague
		}
		for s, w := range weights {
			c.order[l][s] = min(float64(e*w), mostEvidence)
		}
	}
	c.warned[0] = 1
	for level := 1; level < len(c.warned); level++ {
		c.warned[level] = float64(c.warned[level-1] * b.Warned)
	}
	for range b.FalseAlarms {
		c.cried = float64(c.cried * b.FalseAlarm)
	}
	c.most = max(1-b.Hopeless(), shares[levelLeave])
	c.mostAtDoor = max(1-b.Defiant-float64(b.Attached*(1-b.Persuaded)), c.most)
	return c
}

// mind is what a party has taken in.
type mind struct {
	leave   uint8 // sources of the order to leave, a bit for each
	prepare uint8 // sources of the call to prepare
	is      mindFlags
}

// mindFlags are what a party believes and does about it.
type mindFlags uint16

const (
	mindSure      mindFlags = 1 << iota // has the order confirmed
	mindAsks                            // is asking about
	mindStatement                       // has heard an official statement
	mindRumour                          // believes the rumour of its zone
	mindHadRumour                       // has heard it
	mindFled                            // wants to leave because of the rumour alone
	mindCried                           // an order of this drill was lifted without water
	mindGone                            // has left its place, for its neighbours to see
	mindFlagsEnd
)

// saysPlace says whether the order to leave that a party has names a place to go to: by itself, or by the plan.
func (p *People) saysPlace(q sim.PartyID) bool {
	z := p.roll.entry[q].Zone
	return p.trip[q].Shelter >= 0 || z >= 0 && len(p.sites.Zone[z].Shelters) > 0
}

// orderEvidence returns the evidence of the official orders that a party has: of the strongest one in full, of those
// from further sources in part.
func (p *People) orderEvidence(q sim.PartyID) float64 {
	m := &p.mind[q]
	if m.leave|m.prepare == 0 {
		return 0
	}
	leave := levelLeave
	if !p.saysPlace(q) {
		leave = levelVague
	}
	strongest, sum := 0.0, 0.0
	for s := range sourceCount {
		e := 0.0
		switch bit := uint8(1) << s; {
		case m.leave&bit != 0:
			e = p.creed.order[leave][s]
		case m.prepare&bit != 0:
			e = p.creed.order[levelPrepare][s]
		}
		sum += e
		strongest = max(strongest, e)
	}
	return strongest + float64(p.sc.Population.Belief.Again*(sum-strongest))
}

// meant returns the factor on orders of whether a party takes them to mean itself: who has a dry upper storey in a
// sound building does so less, until somebody is at the door, the order says to go up there, or water is in sight.
func (p *People) meant(q sim.PartyID) float64 {
	w, m, last := p.sc.Population.Belief.Upstairs, &p.mind[q], p.told[q].Serial
	switch {
	case w == 1 || (m.leave|m.prepare)&(1<<sourceDoor) != 0:
		return 1
	case last >= 0 && p.broadcasts[last].Up:
		return 1
	case !p.hasUpstairs(q) || p.seesWater(q):
		return 1
	}
	return w
}

// evidence returns all evidence that a party has taken in, with a factor on orders of whether they mean it.
func (p *People) evidence(q sim.PartyID, meant float64) float64 {
	b, m := &p.sc.Population.Belief, &p.mind[q]
	e := float64(float64(p.orderEvidence(q)*p.creed.cried) * meant)
	if z := p.roll.entry[q].Zone; z >= 0 {
		e = float64(e * p.creed.warned[p.warned[z]])
	}
	if m.leave != 0 && m.is&mindSure == 0 {
		e = float64(e * b.AtOnce)
	}
	if m.is&mindCried != 0 {
		e = float64(e * b.FalseAlarm)
	}
	if m.is&mindStatement != 0 {
		e = float64(e*b.Statement) + p.creed.statement
	}
	if m.is&mindRumour != 0 {
		if p.rumours[p.roll.entry[q].Zone].Flee {
			e += p.creed.flee
		} else {
			e = float64(e * b.RumourStay)
		}
	}
	return e + float64(p.creed.neighbours*p.shareGone(q))
}

// isMoved says whether a party leaves on what it has taken in: no evidence moves those whom nothing but water moves,
// and water that comes into sight when the order is known moves those who heed water.
func (p *People) isMoved(q sim.PartyID) bool {
	u := p.resistance(q)
	return u < p.movedBy(p.evidence(q, p.meant(q)), q) || u < p.sc.Population.Behaviour.HeedWater &&
		p.told[q].Order == int8(sim.OrderEvacuateZone) && p.seesWater(q)
}

// movedBy returns the share of such households as a party's that so much evidence moves.
func (p *People) movedBy(evidence float64, q sim.PartyID) float64 {
	return min(1-num.Exp(-evidence), p.mostMoved(q))
}

// mostMoved returns the share of households that evidence can move, which is larger among those at whose doors somebody
// was.
func (p *People) mostMoved(q sim.PartyID) float64 {
	if p.mind[q].leave&(1<<sourceDoor) != 0 {
		return p.creed.mostAtDoor
	}
	return p.creed.most
}

// resistance returns the share below which a party's household stays: one for the whole drill.
func (p *People) resistance(q sim.PartyID) float64 {
	return p.draw.decision.Float64(uint64(p.roll.entry[q].Household), willResist, 0)
}

// decide lets a party decide on what it has taken in; cue is what came last.
func (p *People) decide(at sim.Time, q sim.PartyID, cue sim.DecisionCue) {
	if p.isMoved(q) {
		pack := p.packTime(q)
		if cue == sim.CueWaterSeen {
			pack = p.packInHaste(q)
		}
		p.willLeave(at, q, pack, cue)
		return
	}
	switch p.told[q].Order {
	case int8(sim.OrderPrepareZone):
		if p.stage[q] == sim.StageUnaware {
			p.move(at, q, p.holder[q], sim.StageWarned)
		}
	case int8(sim.OrderEvacuateZone):
		if p.wantsToKnow(q) && cue != sim.CueUnconfirmed {
			if p.stage[q] == sim.StageUnaware {
				p.move(at, q, p.holder[q], sim.StageWarned)
			}
			p.ask(at, q)
			return
		}
		p.stays(at, q, cue)
	}
}

// wantsToKnow says whether a party that has the order asks about before it decides to stay: while it is not confirmed,
// or is but a signal.
func (p *People) wantsToKnow(q sim.PartyID) bool {
	m := &p.mind[q]
	return m.is&mindSure == 0 && (p.sc.Population.Belief.AtOnce < 1 || m.leave == 1<<sourceSiren)
}

// stays notes that a party has decided to stay, and why.
func (p *People) stays(at sim.Time, q sim.PartyID, cue sim.DecisionCue) {
	known := p.stage[q] == sim.StageStaying
	if p.stage[q] < sim.StagePreparing {
		p.move(at, q, p.holder[q], sim.StageStaying)
	}
	if known && cue != sim.CueOrder {
		return // it has said so before
	}
	p.emitStay(at, q, p.whyStays(q, cue))
}

func (p *People) emitStay(at sim.Time, q sim.PartyID, why sim.DecisionCue) {
	if why == sim.CueRefuge {
		p.staysIn(at, q, p.holder[q])
		return
	}
	p.emitDecided(at, q, sim.Event{C: why.Ref()})
}

// staysIn notes that a party goes to a building, or upstairs in it, to stay there, or stays where it is because it has
// a storey above it.
func (p *People) staysIn(at sim.Time, q sim.PartyID, building sim.Ref) {
	p.emitDecided(at, q, sim.Event{B: building, C: sim.CueRefuge.Ref()})
}

// emitDecided reports what a party has decided, for itself and for those who ride with it.
func (p *People) emitDecided(at sim.Time, q sim.PartyID, e sim.Event) {
	e.At, e.Kind = at, sim.EvPartyDecided
	for r := q; r >= 0; r = p.kin.after(q, r) {
		e.A = sim.RefTo(sim.KindParty, r)
		p.log.Emit(e)
	}
}

// whyStays returns why a party stays that knows of the order: what would not have kept it is not the reason.
func (p *People) whyStays(q sim.PartyID, cue sim.DecisionCue) sim.DecisionCue {
	b, m := &p.sc.Population.Belief, &p.mind[q]
	u := p.resistance(q)
	switch {
	case cue == sim.CueUnconfirmed:
		return cue
	case b.Defiant > 0 && u >= max(1-b.Defiant, p.creed.most):
		return sim.CueDefiant
	case u >= p.mostMoved(q):
		return sim.CueAttached
	case u < p.movedBy(p.evidence(q, 1), q): // it does not feel meant
		return sim.CueRefuge
	case m.is&mindRumour != 0:
		return sim.CueHearsay
	case m.is&mindCried != 0 || b.FalseAlarms > 0:
		return sim.CueCried
	}
	return sim.CueUnconvinced
}

// reconsider lets a party that is at a place and has not decided to leave decide again on a new cue. Who has gone back
// or upstairs waits for news.
func (p *People) reconsider(at sim.Time, q sim.PartyID, cue sim.DecisionCue) {
	if p.alive[q] == 0 || p.kin.rides(q) || p.holder[q].Kind != sim.KindBuilding || p.stage[q] == sim.StageStranded ||
		p.flags[q]&(partyWants|partyBack) != 0 {
		return
	}
	p.decide(at, q, cue)
}
