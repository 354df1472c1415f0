package population

import (
	"fmt"
	"math"

	"sandtable/sim"
)

// appendBelief saves what people believe and tell each other.
func (p *People) appendBelief(e *sim.Encoder) {
	e.Len(len(p.mind))
	for _, m := range p.mind {
		e.U8(m.leave)
		e.U8(m.prepare)
		e.U16(uint16(m.is))
	}
	e.Len(len(p.talks))
	for z := range p.talks {
		t, r := &p.talks[z], &p.rumours[z]
		t.append(e)
		e.U8(uint8(t.Order))
		e.I32(t.Serial)
		e.I32(t.Spoken)
		r.append(e)
		e.Bool(r.Flee)
		e.Text(r.Text)
		e.I32(r.Number)
		e.U8(r.Told)
	}
	e.Bytes(p.warned)
	e.Len(len(p.sight.seen))
	for k := range p.sight.seen {
		e.U8(p.sight.seen[k])
		e.Bool(p.sight.waits[k])
	}
}

func (c *contagion) append(e *sim.Encoder) {
	e.F64(c.Pressure)
	e.I32(c.Next)
	e.Time(c.At)
	e.Bool(c.Runs)
}

func (c *contagion) load(d *sim.Decoder) {
	*c = contagion{Pressure: d.Amount(), Next: d.I32(), At: d.Time(), Runs: d.Bool()}
}

// loadBelief reads what appendBelief wrote. Who knows and who believes is counted again.
func (p *People) loadBelief(d *sim.Decoder) {
	if !d.Fixed(len(p.mind), "minds") {
		return
	}
	for q := range p.mind {
		p.mind[q] = mind{leave: d.U8(), prepare: d.U8(), is: mindFlags(d.U16())}
	}
	if !d.Fixed(len(p.talks), "talks of zones") {
		return
	}
	for z := range p.talks {
		t, r := &p.talks[z], &p.rumours[z]
		t.load(d)
		t.Order, t.Serial, t.Spoken = int8(d.U8()), d.I32(), d.I32()
		r.load(d)
		r.Flee, r.Text, r.Number, r.Told = d.Bool(), d.Text(), d.I32(), d.U8()
	}
	if !d.Fixed(len(p.warned), "zones") {
		return
	}
	for z := range p.warned {
		p.warned[z] = d.U8()
	}
	if !d.Fixed(len(p.sight.seen), "squares") {
		return
	}
	for k := range p.sight.seen {
		p.sight.seen[k], p.sight.waits[k] = d.U8(), d.Bool()
	}
	p.word, p.gossip = talkOrder{}, talkOrder{}
	for z := range p.talks {
		if p.talks[z].Order >= 0 {
			p.talks[z].Knows = p.whoKnows(sim.ZoneID(z))
		} else {
			p.talks[z].Knows = 0
		}
		p.rumours[z].Believes = p.whoBelieves(sim.ZoneID(z))
	}
}

// whoBelieves counts the parties of a zone that believe its rumour.
func (p *People) whoBelieves(z sim.ZoneID) int32 {
	n := int32(0)
	for _, q := range p.roll.inZone.of(int32(z)) {
		if p.mind[q].is&mindRumour != 0 {
			n++
		}
	}
	return n
}

// checkBelief compares what people believe with the stories of their zones.
func (p *People) checkBelief() error {
	for q, m := range p.mind {
		switch {
		case m.is >= mindFlagsEnd || (m.leave|m.prepare)>>sourceCount != 0:
			return fmt.Errorf("party %d: mind %+v", q, m)
		case m.is&mindRumour != 0 && (m.is&mindHadRumour == 0 || m.is&mindStatement != 0 || p.roll.entry[q].Zone < 0):
			return fmt.Errorf("party %d believes a rumour that it cannot believe: %#x", q, m.is)
		}
	}
	for z := range p.talks {
		t, r := &p.talks[z], &p.rumours[z]
		parties := int32(len(p.roll.inZone.of(int32(z))))
		last := int32(len(p.broadcasts))
		if t.Order > int8(sim.OrderAllClear) || t.Serial >= last || t.Spoken >= last || (t.Order < 0) != (t.Serial < 0) ||
			t.Spoken >= 0 && t.Order < 0 || !t.isSound(parties) || !r.isSound(parties) || r.Number < 0 || r.Told > 4 {
			return fmt.Errorf("zone %d: talk %+v, rumour %+v", z, *t, *r)
		}
		if t.Order >= 0 && t.Knows != p.whoKnows(sim.ZoneID(z)) || r.Believes != p.whoBelieves(sim.ZoneID(z)) {
			return fmt.Errorf("zone %d: %d know and %d believe; a recount gives %d and %d", z, t.Knows, r.Believes,
				p.whoKnows(sim.ZoneID(z)), p.whoBelieves(sim.ZoneID(z)))
		}
	}
	for z, level := range p.warned {
		if int(level) >= len(p.creed.warned) {
			return fmt.Errorf("zone %d: an unknown warning level %d", z, level)
		}
	}
	for k, seen := range p.sight.seen {
		if seen > sightSteps {
			return fmt.Errorf("square %d: %d of %d steps have left", k, seen, sightSteps)
		}
	}
	return nil
}

// isSound says whether a contagion can be that of a zone of so many parties.
func (c *contagion) isSound(parties int32) bool {
	return c.Pressure >= 0 && c.Pressure <= math.MaxFloat64 && c.Next >= 0 && c.Next <= parties && c.At >= 0
}
