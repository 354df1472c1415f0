package population

import (
	"fmt"

	"sandtable/sim"
)

// appendCare saves helpers, institutions and controls.
func (p *People) appendCare(e *sim.Encoder) {
	c := &p.care
	for _, f := range c.flags {
		e.U8(uint8(f))
	}
	e.Len(len(c.help))
	for k := range c.help {
		e.U8(uint8(c.help[k].Step))
		e.Bool(c.help[k].Drive)
		e.Time(c.help[k].Due)
	}
	for z := range c.list {
		e.I32(c.list[z].Serial)
		e.I32(c.list[z].Next)
		e.Bool(c.list[z].Busy)
		e.Bool(c.list[z].Missed)
	}
	for z := range p.controls {
		e.U16(uint16(p.controls[z]))
	}
	e.Len(len(p.pending))
	for i := range p.pending {
		x := &p.pending[i]
		e.Time(x.At)
		e.U8(uint8(x.Control.Order))
		e.I32(int32(x.Control.Zone))
		e.U8(uint8(x.Control.What))
		e.Bool(x.Control.On)
	}
	e.Len(len(p.wards))
	for i := range p.wards {
		w := &p.wards[i]
		e.U8(uint8(w.Order))
		e.I32(w.Serial)
		e.Time(w.Ready)
		e.I32(w.Next)
		e.U8(uint8(w.Flags))
	}
}

// loadCare reads what appendCare wrote.
func (p *People) loadCare(d *sim.Decoder) {
	c := &p.care
	for q := range c.flags {
		c.flags[q] = careFlag(d.U8())
	}
	if !d.Fixed(len(c.help), "special-care persons with a helper") {
		return
	}
	for k := range c.help {
		c.help[k] = helping{Step: helpStep(d.U8()), Drive: d.Bool(), Due: d.Time()}
	}
	for z := range c.list {
		c.list[z] = callList{Serial: d.I32(), Next: d.I32(), Busy: d.Bool(), Missed: d.Bool()}
	}
	for z := range p.controls {
		p.controls[z] = controls(d.U16())
	}
	p.pending = p.pending[:0]
	for range d.Len(8 + 1 + 4 + 1 + 1) {
		x := pendingControl{At: d.Time()}
		x.Control.Order = sim.OrderID(d.U8())
		x.Control.Zone = sim.ZoneID(d.Index(len(p.sc.Zones), "zone"))
		x.Control.What, x.Control.On = sim.Suspension(d.U8()), d.Bool()
		p.pending = append(p.pending, x)
	}
	if !d.Fixed(len(p.wards), "institutions") {
		return
	}
	for i := range p.wards {
		p.wards[i] = ward{Order: int8(d.U8()), Serial: d.I32(), Ready: d.Time(), Next: d.I32(), Flags: wardFlag(d.U8())}
	}
}

// checkCare refuses what helpers, institutions and controls cannot be.
func (p *People) checkCare() error {
	c, serials := &p.care, int32(len(p.broadcasts))
	for q, f := range c.flags {
		if f >= careFlagEnd {
			return fmt.Errorf("party %d: care flags %#x", q, f)
		}
	}
	for k := range c.help {
		if c.help[k].Step >= helpStepEnd {
			return fmt.Errorf("errand %d: step %d", k, c.help[k].Step)
		}
	}
	for z, l := range c.list {
		if l.Serial < -1 || l.Serial >= serials || l.Next < 0 || p.controls[z] >= controlsEnd {
			return fmt.Errorf("zone %d: list %+v, controls %#x", z, l, p.controls[z])
		}
	}
	for _, x := range p.pending {
		if m := x.Control; m.Order != sim.OrderBanEntry || m.Zone < 0 || m.What >= sim.SuspensionCount || !m.On {
			return fmt.Errorf("a control %+v that does not wait for guards", m)
		}
	}
	for i, w := range p.wards {
		if w.Order > int8(sim.OrderAllClear) || w.Serial < -1 || w.Serial >= serials || w.Next < 0 || w.Flags >= wardFlagEnd {
			return fmt.Errorf("institution %d: %+v", i, w)
		}
	}
	return nil
}

// isCareEntry says whether an entry of the agenda about helpers, institutions or controls is about somebody.
func (p *People) isCareEntry(x entry) bool {
	switch x.what {
	case doListed:
		return x.id >= 0 && int(x.id) < len(p.sc.Zones) && len(p.care.charges) > 0
	case doHelp:
		return x.id >= 0 && int(x.id) < len(p.care.help)
	case doHead:
		return x.id >= 0 && int(x.id) < len(p.wards) && x.arg >= 0 && int(x.arg) < len(p.broadcasts)
	case doWard, doSchoolEnds:
		return x.id >= 0 && int(x.id) < len(p.wards)
	case doHome:
		return x.id >= 0 && int(x.id) < len(p.holder)
	}
	return true
}
