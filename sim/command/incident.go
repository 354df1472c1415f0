package command

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/harm"
)

// incident is what a post reports upward by itself: the first report some time after it learnt of harm in its zones,
// follow-ups while it lasts, and the final one after the all-clear (首报、续报、终报).
type incident struct {
	since   sim.Time // when the post learnt of it; -1 without one
	reports int32    // sent so far
	last    sim.Time // when the last one was; -1 before
	kind    sim.ReportKind
	settled int32 // the harm that the last report knew: after a final one more of it is a new incident
	works   int32 // the structure that gave way last; none without one
}

func (x *incident) known() sim.IncidentKnown {
	return sim.IncidentKnown{Since: x.since, Reports: x.reports, Last: x.last, Kind: x.kind}
}

// over says whether the final report has been made.
func (x *incident) over() bool { return x.reports > 0 && x.kind == sim.ReportFinal }

// harmOf adds up what was reported of harm in a zone, as far as it is worth a report.
func harmOf(r *sim.ZoneReport) int32 { return r.Dead + r.Hurt + r.Wet + r.Destroyed + r.Stranded }

// harmKnown adds up the harm of all zones that a post knows of.
func (c *Command) harmKnown(post sim.PostID) int32 {
	sum := int32(0)
	for i := range c.posts[post].zones {
		sum += harmOf(&c.posts[post].zones[i].Report)
	}
	return sum
}

// newsOf looks whether what a post has just learnt is an incident that it has to report. Where nobody is it waits until
// somebody reads it.
func (c *Command) newsOf(at sim.Time, post sim.PostID) {
	x := &c.council.incidents[post]
	if x.since >= 0 && !x.over() || !c.manned(post) {
		return
	}
	if harm := c.harmKnown(post); harm <= x.settled {
		return
	}
	c.alert(at, post)
}

// alert has a post begin to report an incident.
func (c *Command) alert(at sim.Time, post sim.PostID) {
	x := &c.council.incidents[post]
	if x.since >= 0 && !x.over() {
		return
	}
	*x = incident{since: at, last: -1, settled: x.settled, works: none}
	c.trail.Change(at, trailCouncil, int32(post), 1)
	if first := c.sc.Posts[post].FirstReport; first > 0 {
		c.put(at.Add(first), entry{kind: entryIncident, a: int32(post), t: at})
	}
}

// incidentDue makes the report of an incident whose time has come: n[0] is how many had been made when it was set.
func (c *Command) incidentDue(at sim.Time, e entry) {
	post := sim.PostID(e.a)
	x := &c.council.incidents[post]
	if x.since != e.t || x.reports != e.n[0] || x.over() {
		return // one was made by order meanwhile, or the incident is another one
	}
	if !c.manned(post) {
		c.put(at.Add(watchEvery), e) // nobody is there to write it
		return
	}
	kind := sim.ReportFollowUp
	switch {
	case x.reports == 0:
		kind = sim.ReportFirst
	case c.cleared(post):
		kind = sim.ReportFinal
	}
	c.sendReport(at, post, kind)
}

// RefuseReport returns why a post may not make a report, or nothing.
func (c *Command) RefuseReport(post sim.PostID, kind sim.ReportKind) sim.Text {
	x := &c.council.incidents[post]
	running := x.reports > 0 && !x.over()
	switch {
	case kind == sim.ReportFirst && running:
		return sim.Say("首报已报，应为续报或终报", "the first report has been made; want a follow-up or the final one")
	case kind != sim.ReportFirst && !running:
		return sim.Say("尚无首报，应先首报", "no first report has been made; want that first")
	}
	return sim.Text{}
}

// ReportNow has a post make a report by order.
func (c *Command) ReportNow(at sim.Time, post sim.PostID, kind sim.ReportKind) {
	c.put(at, entry{kind: entryOrdered, a: int32(post), flag: uint8(kind)})
}

func (c *Command) reportOrdered(at sim.Time, post sim.PostID, kind sim.ReportKind) {
	if !c.RefuseReport(post, kind).Empty() {
		return // its own was faster
	}
	if kind == sim.ReportFirst && c.council.incidents[post].reports == 0 && c.council.incidents[post].since >= 0 {
		c.sendReport(at, post, kind)
		return
	}
	if kind == sim.ReportFirst {
		x := &c.council.incidents[post]
		*x = incident{since: at, last: -1, settled: x.settled, works: none}
	}
	c.sendReport(at, post, kind)
}

// sendReport makes a report of what the post knows now and sends it on its way; the next one is due some time after it.
func (c *Command) sendReport(at sim.Time, post sim.PostID, kind sim.ReportKind) {
	x := &c.council.incidents[post]
	x.reports++
	x.last, x.kind = at, kind
	x.settled = c.harmKnown(post)
	if every := c.sc.Posts[post].FollowUp; every > 0 && kind != sim.ReportFinal {
		c.put(at.Add(every), entry{kind: entryIncident, a: int32(post), n: [counts]int32{x.reports}, t: x.since})
	}
	k := c.newReport(post)
	r := &c.reports[k]
	r.kind, r.number, r.text = kind, x.reports, c.reportText(at, post)
	for i, zone := range c.plan.below[post] {
		if c.posts[post].zones[i].Reported >= 0 {
			r.items = append(r.items, reportItem{zone, c.posts[post].zones[i]})
		}
	}
	c.trail.Change(at, trailCouncil, int32(post), uint64(kind)<<32|uint64(uint32(x.reports)))
	c.forward(at, k)
}

// forward sends a report by the first channel that works, or by messenger, and where neither is possible tries again
// after the wait for an acknowledgement.
func (c *Command) forward(at sim.Time, k int32) {
	r := &c.reports[k]
	if !c.manned(r.from) { // nobody is there to send it
		c.put(at.Add(c.sc.Posts[r.from].Timeout), entry{kind: entryForward, a: k})
		return
	}
	u := c.council.luck.Open(uint64(r.from)<<32|uint64(uint32(r.number)), drawIncident, second(at))
	there, free, over, ok := c.callUp(at, r.from, u)
	if !ok && free < sim.Never {
		c.put(free, entry{kind: entryForward, a: k})
		return
	}
	if !ok && r.to >= 0 {
		if there, sent := c.carryUp(at, r.from); sent {
			r.over = sim.None
			c.put(there, entry{kind: entryArrival, a: k})
			return
		}
	}
	if !ok {
		c.put(at.Add(c.sc.Posts[r.from].Timeout), entry{kind: entryForward, a: k})
		return
	}
	r.over = over
	c.put(there, entry{kind: entryArrival, a: k})
}

// cleared says whether an incident is over as far as a post knows: nobody is known to be stranded, and every order to
// leave that it knows of has been lifted. Where there never was one, nothing is lifted either: it is over when nothing
// has come in since the last report and the post's own people see no water any more; but what a structure that gave way
// lets loose is still under way when nobody has told of harm yet.
func (c *Command) cleared(post sim.PostID) bool {
	x, lifted := &c.council.incidents[post], false
	for i, zone := range c.plan.below[post] {
		if c.posts[post].zones[i].Report.Stranded > 0 {
			return false
		}
		switch c.lastOrder(post, zone) {
		case sim.OrderEvacuateZone, sim.OrderPrepareZone:
			return false
		case sim.OrderAllClear:
			lifted = true
		}
	}
	return lifted || x.works == none && c.harmKnown(post) == x.settled && c.dry(post)
}

// dry says whether the people of a post see no more than a film of water in its own zones.
func (c *Command) dry(post sim.PostID) bool {
	return !slices.ContainsFunc(c.posts[post].seen, func(k sim.ZoneSeen) bool {
		return k.Depth > harm.Film
	})
}

// noOrder stands for no order to a zone.
const noOrder = sim.OrderID(255)

// lastOrder returns the last order to a zone that a post has given or passed on.
func (c *Command) lastOrder(post sim.PostID, zone sim.ZoneID) sim.OrderID {
	for k := len(c.orders) - 1; k >= 0; k-- {
		o := &c.orders[k]
		if zoneOrder(o.d.Order) && o.d.Zone == zone && o.state != orderWaiting && c.above(o.d.From, post) &&
			c.above(post, o.holder) {
			return o.d.Order
		}
	}
	return noOrder
}

func (x *incident) append(e *sim.Encoder) {
	e.Time(x.since)
	e.I32(x.reports)
	e.Time(x.last)
	e.U8(uint8(x.kind))
	e.I32(x.settled)
	e.I32(x.works)
}

func (l loader) incident(x *incident) {
	d := l.d
	x.since, x.reports, x.last = d.Time(), d.I32(), d.Time()
	x.kind, x.settled = sim.ReportKind(d.U8()), d.I32()
	x.works = d.Index(len(l.c.names.Structures()), "structure")
	if x.kind >= sim.ReportKindCount || x.reports < 0 {
		l.fail("a report that makes no sense")
	}
}

// KeeperCalls is the keeper of a structure who tells the posts of the county that it has given way, by the first
// channel between posts that works outside the zones; where none does nobody hears of it.
func (c *Command) KeeperCalls(at sim.Time, what sim.Ref) {
	for _, ch := range c.plan.trunk {
		if !c.works(ch, sim.None) {
			continue
		}
		there := at.Add(c.plan.delay[ch].at(c.council.luck.Open(uint64(uint32(what.ID)), drawKeeper, 0)))
		for _, post := range c.plan.county {
			c.put(there, entry{kind: entryKeeper, a: int32(post), b: what.ID, n: [counts]int32{int32(ch)}})
		}
		return
	}
}

// keeperTold is word of a broken structure that reaches a post. Where nobody takes the call the keeper calls again.
func (c *Command) keeperTold(at sim.Time, e entry) {
	if !c.manned(sim.PostID(e.a)) {
		c.put(at.Add(watchEvery), e)
		return
	}
	what := sim.RefTo(sim.KindStructure, e.b)
	c.inform(at, sim.PostID(e.a), what, sim.Say("%s溃决", "%s has given way", c.title(what)))
	c.alert(at, sim.PostID(e.a))
	c.council.incidents[e.a].works = e.b
}
