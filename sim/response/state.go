package response

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// AppendState saves everything that changes.
func (r *Response) AppendState(e *sim.Encoder) {
	e.Section("response")
	e.Time(r.now)
	e.I64(int64(r.edition))
	r.agenda.Append(e, appendEntry)
	e.Len(len(r.units))
	for i := range r.units {
		appendUnit(e, &r.units[i])
	}
	e.Len(len(r.shelters))
	for i := range r.shelters {
		appendShelter(e, &r.shelters[i])
	}
	for _, home := range r.homeward {
		e.Bool(home)
	}
	for i := range r.told {
		appendNews(e, &r.told[i])
	}
	appendSent(e, r.sent)
	appendBoard(e, &r.board)
	e.I64(r.count.boarded)
	e.I64(r.count.alighted)
	e.I64(r.count.admitted)
	e.I32(r.count.idle)
	e.U64(uint64(r.trail))
}

func appendEntry(e *sim.Encoder, x entry) {
	e.U8(uint8(x.kind))
	e.U8(x.flag)
	for _, n := range [...]int32{x.id, x.a, x.b, x.c, x.d, x.e} {
		e.I32(n)
	}
	e.F64(x.x)
	e.F64(x.y)
}

func appendPoint(e *sim.Encoder, p geo.Point) {
	e.F64(p.X)
	e.F64(p.Y)
}

func appendTask(e *sim.Encoder, t sim.Task) {
	e.U8(uint8(t.Order))
	e.I32(int32(t.Unit))
	e.I32(int32(t.Zone))
	e.I32(int32(t.Shelter))
}

func appendUnit(e *sim.Encoder, u *unit) {
	e.U8(uint8(u.phase))
	e.U8(uint8(u.status))
	e.U8(uint8(u.aim))
	e.I32(int32(u.node))
	e.I32(int32(u.dest))
	appendPoint(e, u.place)
	e.Bool(u.off)
	appendPoint(e, u.legTo)
	e.Time(u.legStart)
	e.Time(u.legEnd)
	e.Bool(u.outward)
	appendTask(e, u.task)
	appendTask(e, u.next)
	e.Bool(u.busy)
	e.Bool(u.hasNext)
	for _, n := range [...]int32{u.aboard, u.assisted, u.chairs, u.carried, int32(u.claim), int32(u.shelter), u.tries,
		u.turn} {
		e.I32(n)
	}
	e.Time(u.since)
	e.Bool(u.said)
	e.Bool(u.over)
	e.I32(int32(u.away))
	e.Bool(u.fled)
	e.I32(u.rise)
	e.Bool(u.marooned)
}

func appendShelter(e *sim.Encoder, x *shelter) {
	for _, b := range [...]bool{x.open, x.opening, x.shut, x.staffed, x.full, x.due, x.guarded, x.watched, x.flooded,
		x.said, x.counting, x.rounds} {
		e.Bool(b)
	}
	for _, n := range [...]int32{x.turn, x.inside, x.waiting, x.held, x.busy, x.crew, x.special, x.ill, x.missing} {
		e.I32(n)
	}
	e.Time(x.told)
	for _, n := range x.zones {
		e.I32(n)
	}
	e.Len(len(x.gone))
	for _, a := range x.gone {
		e.I32(int32(a.party))
		e.I32(int32(a.zone))
		e.I32(a.persons)
		e.I32(a.special)
	}
	e.Len(len(x.doorstep))
	for _, k := range x.doorstep {
		e.I32(int32(k.party))
		e.I32(k.persons)
		e.Time(k.due)
	}
	e.Len(len(x.queue) - x.head)
	for _, v := range x.queue[x.head:] {
		e.I32(int32(v.party))
		e.I32(v.persons)
		e.U8(uint8(v.mode))
		e.Bool(v.out)
	}
}

func appendNews(e *sim.Encoder, k *news) {
	e.Bool(k.open)
	e.Bool(k.shut)
	e.I32(k.taken)
	e.Time(k.asof)
}

// appendSent saves who was sent on: few of all parties.
func appendSent(e *sim.Encoder, sent []uint8) {
	n := 0
	for _, k := range sent {
		n += int(min(k, 1))
	}
	e.Len(n)
	for q, k := range sent {
		if k > 0 {
			e.I32(int32(q))
			e.U8(k)
		}
	}
}

func appendBoard(e *sim.Encoder, b *board) {
	e.Len(len(b.calls))
	for i := range b.calls {
		c := &b.calls[i]
		e.Bool(c.used)
		if !c.used {
			continue
		}
		e.I32(int32(c.party))
		e.I32(int32(c.zone))
		e.I32(c.persons)
		e.I32(c.chairs)
		e.I32(c.depth)
		e.I32(int32(c.node))
		appendPoint(e, c.place)
		e.I32(int32(c.claim))
		e.Time(c.again)
	}
	e.Len(len(b.spare))
	for _, k := range b.spare {
		e.I32(k)
	}
	for z := range b.open {
		e.Len(len(b.open[z]))
		for _, k := range b.open[z] {
			e.I32(k)
		}
	}
}
