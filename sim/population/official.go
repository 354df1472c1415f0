package population

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// officials are the persons who hold posts or stand in there, and what command has been told of each.
type officials struct {
	person []sim.PersonID
	told   []sim.OfficialState
}

func newOfficials(sc *scenario.Scenario) officials {
	var o officials
	for i := range sc.Officials {
		if who := sc.Officials[i].Person; who != nil && *who < int64(len(sc.Persons)) {
			o.person = append(o.person, sim.PersonID(*who))
		}
	}
	o.told = make([]sim.OfficialState, len(o.person))
	return o
}

// tellFates tells command what has become of the officials in the tick that ends now. They are few: a county has some
// hundreds.
func (p *People) tellFates(end sim.Time) {
	for k, i := range p.officials.person {
		if s := p.fateOf(i); s != p.officials.told[k] {
			p.officials.told[k] = s
			p.ports.Fates.Post(end, int32(i), sim.Fate{Person: i, State: s})
		}
	}
}

// fateOf returns what has become of a person, as far as it keeps him from his post. Who is stranded looks after himself
// and his family; who is at home, under way or in a shelter has his telephone.
func (p *People) fateOf(i sim.PersonID) sim.OfficialState {
	switch f := p.person[i]; {
	case f&personDead != 0:
		return sim.OfficialDead
	case f&personHurt != 0:
		return sim.OfficialHurt
	case p.stage[p.kin.head(p.roll.party[i])] == sim.StageStranded:
		return sim.OfficialBusy
	}
	return sim.OfficialPresent
}

func (p *People) appendOfficials(e *sim.Encoder) {
	e.Len(len(p.officials.told))
	for _, s := range p.officials.told {
		e.U8(uint8(s))
	}
}

func (p *People) loadOfficials(d *sim.Decoder) {
	if !d.Fixed(len(p.officials.told), "officials") {
		return
	}
	for k := range p.officials.told {
		if p.officials.told[k] = sim.OfficialState(d.U8()); p.officials.told[k] >= sim.OfficialStateCount {
			d.Fail("an official in no known state")
		}
	}
}
