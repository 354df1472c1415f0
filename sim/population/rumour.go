package population

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// rumour is what goes round in a zone.
type rumour struct {
	contagion
	Flee     bool
	Text     sim.Text
	Number   int32 // of the rumours of this zone, from 1; 0 before the first
	Believes int32 // parties that believe it
	Told     uint8 // quarters of the zone that have been reported to have heard it
}

// StartRumour lets a rumour begin in a zone, or with None in all of them: a share of the households hears it at once,
// and it goes on from household to household. It takes the place of an earlier one of the zone.
func (p *People) StartRumour(at sim.Time, zone sim.ZoneID, flee bool, share float64, text sim.Text, log *sim.Log) {
	p.log = log
	for z := range p.rumours {
		if zone < 0 || int(zone) == z {
			p.startRumour(at, sim.ZoneID(z), flee, share, text)
		}
	}
}

func (p *People) startRumour(at sim.Time, z sim.ZoneID, flee bool, share float64, text sim.Text) {
	r := &p.rumours[z]
	for _, q := range p.roll.inZone.of(int32(z)) {
		p.mind[q].is &^= mindRumour | mindHadRumour
	}
	*r = rumour{contagion: contagion{At: at, Runs: r.Runs, Pressure: evidenceOf(share)}, Flee: flee, Text: text,
		Number: r.Number + 1}
	p.gossip.list = dropList(p.gossip.list, z)
	if !r.Runs {
		r.Runs = true
		p.agenda.Put(at, entry{what: doRumour, id: int32(z)})
	}
	p.trail.Change(at, changeRumour, int32(z), uint64(uint32(r.Number)))
}

// dropList forgets the order of a zone.
func dropList(list [][]uint64, z sim.ZoneID) [][]uint64 {
	if list != nil {
		list[z] = nil
	}
	return list
}

// rumourOn goes on with the rumour of a zone, until everybody has heard it or nobody believes it.
func (p *People) rumourOn(at sim.Time, z sim.ZoneID) {
	r := &p.rumours[z]
	parties := p.roll.inZone.of(int32(z))
	list := p.gossip.of(z, len(p.rumours), parties, p.talkDraw(talkRumour, uint32(r.Number)))
	b := &p.sc.Population.Belief
	rate := float64(b.RumourRate*p.talkative(at)) * float64(r.Believes) / float64(max(1, len(parties)))
	first := r.Next == 0
	for _, k := range r.spread(at, rate, list) {
		p.hearRumour(at, sim.PartyID(uint32(k)), r)
	}
	quarters := uint8(0)
	if len(list) > 0 {
		quarters = uint8(4 * int(r.Next) / len(list))
	}
	if r.Believes > 0 && (first || quarters > r.Told) {
		r.Told = quarters
		p.emitRumour(at, z)
	}
	if r.Runs = int(r.Next) < len(list) && r.Believes > 0; r.Runs {
		p.agenda.Put(at.Add(talkStep), entry{what: doRumour, id: int32(z)})
	}
}

func (p *People) emitRumour(at sim.Time, z sim.ZoneID) {
	r := &p.rumours[z]
	e := sim.Event{At: at, Kind: sim.EvRumour, A: sim.RefTo(sim.KindZone, z), Count: r.Believes, Text: r.Text}
	if r.Flee {
		e.Num = 1
	}
	p.log.Emit(e)
}

// hearRumour lets a rumour reach a party, once, wherever it is. Who has heard an official statement does not believe
// it.
func (p *People) hearRumour(at sim.Time, q sim.PartyID, r *rumour) {
	m := &p.mind[q]
	if p.alive[q] == 0 || m.is&mindHadRumour != 0 {
		return
	}
	m.is |= mindHadRumour
	if m.is&mindStatement != 0 {
		return
	}
	m.is |= mindRumour
	r.Believes++
	p.trailMind(at, q)
	if r.Flee {
		p.reconsider(at, q, sim.CueRumour)
	}
}

// dropRumour takes the rumour from a party that believes it. Who is about to leave because of it alone stays.
func (p *People) dropRumour(at sim.Time, q sim.PartyID) {
	m := &p.mind[q]
	if m.is&mindRumour == 0 {
		return
	}
	m.is &^= mindRumour
	z := p.roll.entry[q].Zone
	r := &p.rumours[z]
	if r.Believes--; r.Believes == 0 {
		p.emitRumour(at, z)
	}
	if m.is&mindFled != 0 && p.stage[q] == sim.StagePreparing && !p.kin.rides(q) {
		p.flags[q] &^= partyWants
		p.due[q] = sim.Never
		p.move(at, q, p.holder[q], sim.StageStaying)
		p.emitStay(at, q, sim.CueStatement)
	}
	m.is &^= mindFled
}

// newRumours makes the rumours of all zones, of nothing.
func newRumours(sc *scenario.Scenario) []rumour { return make([]rumour, len(sc.Zones)) }
