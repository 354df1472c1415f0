package road

import "sandtable/sim"

// appendWorks saves what orders and stalled vehicles have done to arcs, and what is due. What an arc lets through is
// worked out from that, but for the headway of one that is stopped, and for what one without an open lane took in
// before: what has begun goes on by these values afterwards.
func (t *Traffic) appendWorks(e *sim.Encoder) {
	e.Bool(t.dark)
	for arc := range t.works {
		f, w := &t.flows[arc], &t.works[arc]
		wide := f.size > t.net.ringEnd(int32(arc))-t.net.ring[arc]
		if w.open == sim.AllLanes && w.lent == 0 && w.won == 0 && w.share == 1 && !f.stopped && !wide {
			continue
		}
		e.I32(int32(arc))
		e.U8(w.open)
		e.U8(w.lent)
		e.U8(w.won)
		e.F64(w.share)
		e.Bool(wide)
		e.Bool(f.stopped)
		e.Time(w.since)
		e.I64(f.headway)
		e.I64(f.entry)
		e.I32(f.storage)
	}
	e.I32(-1)
	for link := range t.turns {
		if r := &t.turns[link]; *r != settled {
			e.I32(int32(link))
			e.Time(r.ready)
			e.Bool(r.ending)
		}
	}
	e.I32(-1)
	e.Len(len(t.wrecks))
	for k := range t.wrecks {
		w := &t.wrecks[k]
		e.I32(w.arc)
		e.F64(w.place)
		e.Ref(w.ref)
		e.U8(uint8(w.mode))
		e.Time(w.since)
	}
	e.Len(len(t.due))
	for k := range t.due {
		t.due[k].AppendState(e)
	}
}

// loadWorks reads what appendWorks wrote, after the links.
func (t *Traffic) loadWorks(d *sim.Decoder) {
	t.dark = d.Bool()
	t.night, t.sky = t.dark, skyOf(t.net.rules.Weather, t.dark)
	for {
		arc := d.Index(len(t.works), "arc")
		if arc < 0 || d.Err != nil {
			break
		}
		t.loadFlow(d, arc)
	}
	for {
		link := d.Index(len(t.turns), "link")
		if link < 0 || d.Err != nil {
			break
		}
		t.turns[link] = turning{d.Time(), d.Bool()}
	}
	t.loadWrecks(d)
	for range d.Len(28) {
		var o sim.RoadOrder
		o.LoadState(d)
		if d.Err == nil && t.wrongOrder(&o) != "" {
			refuse(d, "a road order that cannot be")
		}
		t.due = append(t.due, o)
	}
	if d.Err == nil {
		t.settle(d)
	}
}

// loadFlow reads what orders have done to an arc.
func (t *Traffic) loadFlow(d *sim.Decoder, arc int32) {
	f, w := &t.flows[arc], &t.works[arc]
	w.open, w.lent, w.won, w.share = d.U8(), d.U8(), d.U8(), d.F64()
	wide := d.Bool()
	f.stopped, w.since, f.headway, f.entry, f.storage = d.Bool(), d.Time(), d.I64(), d.I64(), d.I32()
	if w.lent > w.own || !(w.share >= 0 && w.share <= 1) || f.headway < 0 || f.headway > slowest ||
		f.entry < 0 || f.entry > slowest || w.since < 0 || w.since > t.now {
		refuse(d, "an arc that lets through what it cannot")
		return
	}
	if wide {
		t.widen(arc)
	}
	if f.storage < 0 || f.storage > f.size {
		refuse(d, "an arc with more room than it can have")
	}
}

// loadWrecks reads stalled vehicles.
func (t *Traffic) loadWrecks(d *sim.Decoder) {
	for range d.Len(26) {
		w := wreck{arc: d.I32(), place: d.F64(), ref: d.Ref(), mode: sim.Mode(d.U8()), since: d.Time()}
		if d.Err != nil {
			return
		}
		if w.arc < 0 || int(w.arc) >= len(t.arcs) || !(w.place >= 0 && w.place <= t.net.length[w.arc>>1]) ||
			w.mode >= sim.ModeCount || len(t.wrecks) > 0 && byPlace(t.wrecks[len(t.wrecks)-1], w) >= 0 {
			refuse(d, "a stalled vehicle that cannot be")
			return
		}
		t.wrecks = append(t.wrecks, w)
		t.works[w.arc].wrecks++
	}
}

// settle works out what arcs let through from what was read, and what links cost.
func (t *Traffic) settle(d *sim.Decoder) {
	for arc := range t.flows {
		f, w, other := &t.flows[arc], &t.works[arc], &t.works[arc^1]
		if w.won > other.lent || w.lent > 0 && other.lent > 0 {
			refuse(d, "lanes that run both ways")
			return
		}
		w.blocked = t.abreast(int32(arc))
		kept, stopped := f.headway, f.stopped
		if t.fit(int32(arc)); f.stopped != stopped {
			refuse(d, "an arc that is stopped without an order, or not in spite of one")
			return
		}
		if stopped {
			f.headway = kept
		}
	}
	for link := range t.links {
		t.price(int32(link))
		t.links[link].shut = t.isShut(int32(link))
	}
	t.stirred = false
}
