package response

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// LoadState reads what AppendState wrote into a Response of the same scenario.
func (r *Response) LoadState(d *sim.Decoder) {
	l := loader{d, r}
	d.Section("response")
	r.now, r.edition = d.Time(), int(d.I64())
	r.agenda.Load(d, l.entry)
	if d.Fixed(len(r.units), "units") {
		for i := range r.units {
			r.units[i] = l.unit()
		}
	}
	if d.Fixed(len(r.shelters), "shelters") {
		for i := range r.shelters {
			l.shelter(&r.shelters[i])
		}
	}
	for z := range r.homeward {
		r.homeward[z] = d.Bool()
	}
	for i := range r.told {
		r.told[i] = news{d.Bool(), d.Bool(), d.I32(), d.Time()}
	}
	l.sent(r.sent)
	l.board(&r.board)
	r.count.boarded, r.count.alighted, r.count.admitted = d.I64(), d.I64(), d.I64()
	r.count.idle = d.I32()
	r.trail = sim.Trail(d.U64())
	if d.Err != nil {
		return
	}
	if r.agenda.Next() < r.now {
		l.fail("an entry that is overdue")
	} else if err := r.Check(true); err != nil {
		l.fail(err.Error())
	}
}

// loader reads the parts of a saved state and sees to it that every id lies within the scenario.
type loader struct {
	d *sim.Decoder
	r *Response
}

func (l loader) fail(what string) {
	if l.d.Err == nil {
		l.d.Err = fmt.Errorf("%w: response: %s", sim.ErrState, what)
		l.d.Buf = nil
	}
}

func (l loader) point() geo.Point { return geo.Point{X: l.d.F64(), Y: l.d.F64()} }

func (l loader) node() sim.NodeID { return sim.NodeID(l.d.Index(len(l.r.sc.Nodes), "node")) }

func (l loader) entry(d *sim.Decoder) entry {
	x := entry{kind: entryKind(d.U8()), flag: d.U8(), id: d.I32(), a: d.I32(), b: d.I32(), c: d.I32(), d: d.I32(),
		e: d.I32(), x: d.F64(), y: d.F64()}
	if x.kind >= entryKindCount {
		l.fail("an unknown kind of entry")
		return x
	}
	limit := len(l.r.units)
	switch x.kind {
	case entryCall:
		limit = len(l.r.board.cardOf)
	case entryKnock, entryOpen, entryDesk, entryCount, entryKey, entryStaff, entryHeads, entryCounted, entryStay:
		limit = len(l.r.shelters)
	case entryNews:
		l.news(x)
		return x
	case entryWater:
		limit = 1
	}
	if x.id < 0 || int(x.id) >= limit {
		l.fail("an entry of nothing")
	}
	if x.kind == entryKey && l.d.Err == nil && l.r.keys[x.id] < 0 {
		l.fail("a key that nobody has")
	}
	if x.kind == entryStay && x.flag >= uint8(sim.StayKindCount) {
		l.fail("an unknown kind of stay")
	}
	if x.kind == entryKnock && (x.a < 0 || int(x.a) >= len(l.r.sent)) {
		l.fail("a knock of nobody")
	}
	return x
}

func (l loader) task() sim.Task {
	d := l.d
	t := sim.Task{Order: sim.OrderID(d.U8()), Unit: sim.UnitID(d.Index(len(l.r.units), "unit"))}
	t.Zone = sim.ZoneID(d.Index(len(l.r.sc.Zones), "zone"))
	t.Shelter = sim.ShelterID(d.Index(len(l.r.shelters), "shelter"))
	return t
}

func (l loader) unit() unit {
	d := l.d
	u := unit{phase: phase(d.U8()), status: sim.UnitStatus(d.U8()), aim: aim(d.U8()), node: l.node(), dest: l.node()}
	u.place, u.off = l.point(), d.Bool()
	u.legTo, u.legStart, u.legEnd, u.outward = l.point(), d.Time(), d.Time(), d.Bool()
	u.task, u.next = l.task(), l.task()
	u.busy, u.hasNext = d.Bool(), d.Bool()
	u.aboard, u.assisted, u.chairs, u.carried = d.I32(), d.I32(), d.I32(), d.I32()
	u.claim = sim.PartyID(d.Index(len(l.r.board.cardOf), "party"))
	u.shelter = sim.ShelterID(d.Index(len(l.r.shelters), "shelter"))
	u.tries, u.turn, u.since = d.I32(), d.I32(), d.Time()
	u.said, u.over = d.Bool(), d.Bool()
	u.away = sim.ZoneID(d.Index(len(l.r.sc.Zones), "zone"))
	u.fled, u.rise, u.marooned = d.Bool(), d.I32(), d.Bool()
	if u.phase >= phaseCount || u.aim >= aimCount || u.status > sim.UnitStuck {
		l.fail("a unit that does nothing known")
	}
	return u
}

// news looks at the ids of an entry about news.
func (l loader) news(x entry) {
	n := int32(len(l.r.shelters))
	if x.id < sim.None || x.id >= n || x.a < 0 || x.a >= n {
		l.fail("news of nothing")
	}
}

func (l loader) shelter(x *shelter) {
	d := l.d
	for _, b := range [...]*bool{&x.open, &x.opening, &x.shut, &x.staffed, &x.full, &x.due, &x.guarded, &x.watched,
		&x.flooded, &x.said, &x.counting, &x.rounds} {
		*b = d.Bool()
	}
	for _, n := range [...]*int32{&x.turn, &x.inside, &x.waiting, &x.held, &x.busy, &x.crew, &x.special, &x.ill,
		&x.missing} {
		*n = d.I32()
	}
	x.told = d.Time()
	for z := range x.zones {
		x.zones[z] = d.I32()
	}
	x.gone, x.doorstep, x.queue, x.head = x.gone[:0], x.doorstep[:0], x.queue[:0], 0
	for range d.Len(16) {
		a := absent{sim.PartyID(d.Index(len(l.r.sent), "party")), sim.ZoneID(d.Index(len(l.r.sc.Zones), "zone")), d.I32(),
			d.I32()}
		if a.party < 0 {
			l.fail("nobody is gone")
			return
		}
		x.gone = append(x.gone, a)
	}
	for range d.Len(16) {
		k := keptOut{sim.PartyID(d.Index(len(l.r.sent), "party")), d.I32(), d.Time()}
		if k.party < 0 {
			l.fail("nobody is kept at a door")
			return
		}
		x.doorstep = append(x.doorstep, k)
	}
	for range d.Len(10) {
		v := visitor{sim.PartyID(d.Index(len(l.r.sent), "party")), d.I32(), sim.Mode(d.U8()), d.Bool()}
		if v.party < 0 {
			l.fail("nobody in a queue")
			return
		}
		x.queue = append(x.queue, v)
	}
}

func (l loader) sent(sent []uint8) {
	clear(sent)
	for range l.d.Len(5) {
		q, k := l.d.Index(len(sent), "party"), l.d.U8()
		if q < 0 || k == 0 || k > mostSent {
			l.fail("a party that was sent on as nobody can be")
			return
		}
		sent[q] = k
	}
}

func (l loader) board(b *board) {
	d := l.d
	for i := range b.cardOf {
		b.cardOf[i] = none
	}
	b.calls, b.spare = b.calls[:0], b.spare[:0]
	for k := range d.Len(1) {
		c := callCard{used: d.Bool()}
		if c.used {
			c.party = sim.PartyID(d.Index(len(b.cardOf), "party"))
			c.zone = sim.ZoneID(d.Index(len(l.r.sc.Zones), "zone"))
			c.persons, c.chairs, c.depth, c.node, c.place = d.I32(), d.I32(), d.I32(), l.node(), l.point()
			c.claim, c.again = sim.UnitID(d.Index(len(l.r.units), "unit")), d.Time()
			if c.party < 0 {
				l.fail("a call of nobody")
				return
			}
			b.cardOf[c.party] = int32(k)
		}
		b.calls = append(b.calls, c)
	}
	for range d.Len(4) {
		k := d.Index(len(b.calls), "call")
		if k < 0 || b.calls[k].used {
			l.fail("a spare card that is in use")
			return
		}
		b.spare = append(b.spare, k)
	}
	for z := range b.open {
		b.open[z] = b.open[z][:0]
		for i := range d.Len(4) {
			k := d.Index(len(b.calls), "call")
			if k < 0 {
				l.fail("a call of nobody")
				return
			}
			b.calls[k].pos = int32(i)
			b.open[z] = append(b.open[z], k)
		}
	}
}
