package command

import "sandtable/sim"

// AppendState saves everything that changes.
func (c *Command) AppendState(e *sim.Encoder) {
	e.Section("command")
	e.Time(c.now)
	c.agenda.Append(e, appendEntry)
	e.Len(len(c.orders))
	for i := range c.orders {
		appendOrder(e, &c.orders[i])
	}
	e.Len(len(c.zones))
	for i := range c.zones {
		e.I32(c.zones[i].standing)
		e.I32(int32(c.zones[i].by))
		appendBools(e, c.zones[i].said)
	}
	c.appendLines(e)
	e.Len(len(c.posts))
	for i := range c.posts {
		appendPost(e, &c.posts[i])
	}
	c.appendOfficials(e)
	sim.AppendEach(e, c.gauges)
	c.appendForecasts(e)
	for _, t := range c.passed {
		e.Time(t)
	}
	for _, n := range c.lists {
		e.I32(n)
	}
	e.Len(len(c.giver))
	for _, p := range c.giver {
		e.I32(int32(p))
	}
	e.Len(len(c.reports))
	for i := range c.reports {
		appendReport(e, &c.reports[i])
	}
	c.levels.append(e)
	e.I32(c.issued)
	for _, n := range []int32{c.count.given, c.count.travelling, c.count.acted, c.count.failed, c.count.reports} {
		e.I32(n)
	}
	e.U64(uint64(c.trail))
	c.appendCouncil(e)
}

// LoadState reads what AppendState wrote into a Command of the same scenario and seed.
func (c *Command) LoadState(d *sim.Decoder) {
	d.Section("command")
	c.now = d.Time()
	l := loader{d, c, &[]entry{}}
	c.agenda.Load(d, l.entry)
	c.orders = c.orders[:0]
	for range d.Len(80) {
		c.orders = append(c.orders, l.order())
	}
	if d.Fixed(len(c.zones), "zones") {
		for i := range c.zones {
			c.zones[i].standing = d.Index(len(c.orders), "order")
			c.zones[i].by = sim.PostID(d.Index(len(c.posts), "post"))
			if k := c.zones[i].standing; d.Err == nil && k >= 0 && (c.zones[i].by < 0 || !says(c.orders[k].d.Order) ||
				c.orders[k].d.Zone != sim.ZoneID(i)) {
				l.fail("an order behind which nobody stands, or of another zone")
			}
			loadBools(d, c.zones[i].said)
		}
	}
	c.loadLines(d)
	if d.Fixed(len(c.posts), "posts") {
		for i := range c.posts {
			l.post(&c.posts[i])
		}
	}
	l.officials()
	if d.Fixed(len(c.gauges), "gauges") {
		for i := range c.gauges {
			c.gauges[i].Load(d)
		}
	}
	c.loadForecasts(d)
	for s := range c.passed {
		c.passed[s] = d.Time()
	}
	for k := range c.lists {
		c.lists[k] = d.I32()
	}
	if d.Fixed(len(c.giver), "units") {
		for i := range c.giver {
			c.giver[i] = sim.PostID(d.Index(len(c.posts), "post"))
		}
	}
	c.reports = c.reports[:0]
	for range d.Len(13) {
		c.reports = append(c.reports, l.report())
	}
	c.levels = l.levels()
	c.issued = d.I32()
	c.count = counters{d.I32(), d.I32(), d.I32(), d.I32(), d.I32()}
	c.trail = sim.Trail(d.U64())
	l.council()
	l.check()
}

func appendEntry(e *sim.Encoder, x entry) {
	e.U8(uint8(x.kind))
	e.U8(x.flag)
	e.I32(x.a)
	e.I32(x.b)
	for _, n := range x.n {
		e.I32(n)
	}
	e.F64(x.x)
	e.F64(x.y)
	e.Time(x.t)
}

func appendOrder(e *sim.Encoder, o *order) {
	e.U8(uint8(o.d.Order))
	e.I32(int32(o.d.Post))
	e.I32(int32(o.d.Official))
	e.U8(o.d.Choice)
	e.Bool(o.d.On)
	for _, id := range []int32{int32(o.d.From), int32(o.d.Zone), int32(o.d.Shelter), int32(o.d.Unit), int32(o.d.Link),
		int32(o.d.Structure), o.d.Serial, o.d.Item} {
		e.I32(id)
	}
	o.d.Road.AppendState(e)
	e.F64(o.d.Num)
	e.I64(int64(o.d.Over))
	e.Time(o.given)
	for _, id := range []int32{int32(o.holder), int32(o.to), int32(o.end), o.hop, o.try, o.flight, o.repeats} {
		e.I32(id)
	}
	e.U8(uint8(o.state))
	e.Time(o.known)
	e.Bool(o.failed)
	e.Bool(o.idle)
	e.I64(int64(o.back))
	e.Text(o.reply)
	e.I32(o.calls)
}

func appendBools(e *sim.Encoder, list []bool) {
	e.Len(len(list))
	for _, b := range list {
		e.Bool(b)
	}
}

func loadBools(d *sim.Decoder, list []bool) {
	if d.Fixed(len(list), "flags") {
		for i := range list {
			list[i] = d.Bool()
		}
	}
}

func appendPost(e *sim.Encoder, p *postState) {
	sim.AppendEach(e, p.zones)
	appendBools(e, p.fresh)
	e.Bool(p.units != nil)
	sim.AppendEach(e, p.shelters)
	sim.AppendEach(e, p.units)
	sim.AppendEach(e, p.inbox)
	e.I32(int32(p.acting))
	e.U8(uint8(p.working))
	e.I32(int32(p.mandate))
	e.Time(p.cutOff)
	e.I32(p.away)
	e.Len(len(p.news))
	for _, t := range p.news {
		e.Text(t)
	}
	sim.AppendEach(e, p.seen)
	if e.Bool(p.levels != nil); p.levels != nil {
		p.levels.append(e)
	}
	e.Time(p.heard)
}

func (c *Command) appendOfficials(e *sim.Encoder) {
	e.Len(len(c.officials))
	for i := range c.officials {
		o := &c.officials[i]
		e.U8(uint8(o.given))
		e.U8(uint8(o.fate))
		e.U8(uint8(o.told))
		e.I32(o.errands)
		e.I32(int32(o.post))
	}
	e.Len(len(c.staff))
	for _, list := range c.staff {
		e.Len(len(list))
		for _, id := range list {
			e.I32(int32(id))
		}
	}
}

func appendReport(e *sim.Encoder, r *report) {
	e.Bool(r.used)
	e.I32(int32(r.from))
	e.I32(int32(r.to))
	e.Text(r.note)
	if !r.used {
		e.Len(0)
		return
	}
	e.I32(int32(r.over))
	e.U8(uint8(r.kind))
	e.I32(r.number)
	e.Text(r.text)
	e.Len(len(r.items))
	for _, item := range r.items {
		e.I32(int32(item.zone))
		item.known.Append(e)
	}
}
