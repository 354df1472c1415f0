package command

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// loader reads the parts of a saved state and sees to it that every id lies within the scenario.
type loader struct {
	d    *sim.Decoder
	c    *Command
	seen *[]entry // of the agenda
}

func (l loader) fail(what string) {
	if l.d.Err == nil {
		l.d.Err = fmt.Errorf("%w: command: %s", sim.ErrState, what)
		l.d.Buf = nil
	}
}

func (l loader) entry(d *sim.Decoder) entry {
	x := entry{kind: entryKind(d.U8()), flag: d.U8(), a: d.I32(), b: d.I32()}
	for i := range x.n {
		x.n[i] = d.I32()
	}
	x.x, x.y, x.t = d.F64(), d.F64(), d.Time()
	if x.kind >= entryKindCount {
		l.fail("an unknown kind of entry")
	}
	*l.seen = append(*l.seen, x)
	return x
}

// limits says of each kind of entry below what its first id lies.
func (c *Command) limits() [entryKindCount]int {
	return [entryKindCount]int{
		entryStart: len(c.orders), entryDelivered: len(c.orders), entryAcked: len(c.orders),
		entryTimeout: len(c.orders), entryNotice: len(c.orders), entryFault: len(c.sc.Channels),
		entryZoneCount: len(c.zones), entryReport: len(c.posts), entryArrival: len(c.reports),
		entryShelterOut: len(c.sc.Shelters), entryShelterIn: len(c.sc.Shelters),
		entryUnitOut: len(c.giver), entryUnitIn: len(c.giver), entrySupply: len(c.zones),
		entryBattery: len(c.sc.Channels), entryBackup: len(c.sc.Utilities), entryRepair: len(c.sc.Utilities),
		entryHours: len(c.sc.Channels), entryTurn: len(c.orders),
		entryOpen: 1, entryWatch: 1, entryOfficial: len(c.officials), entrySetOut: len(c.officials),
		entryTakeOver: len(c.officials), entryCallIn: len(c.posts), entryStaffed: len(c.posts),
		entryDelegate: len(c.posts), entryMessenger: len(c.orders), entryBack: len(c.posts), entryHeard: len(c.posts),
		entryPassOn: 1, entryNews: len(c.sc.Shelters), entryReturn: len(c.sc.Shelters),
		entryListOut: len(c.sc.Shelters), entryListIn: len(c.sc.Shelters),
		entryConvene: len(c.sc.Meetings), entryCall: len(c.sc.Meetings), entrySummoned: len(c.sc.Meetings),
		entryJoins: len(c.sc.Meetings), entryReleased: len(c.sc.Meetings), entryBegin: len(c.sc.Meetings),
		entryEnd: len(c.sc.Meetings), entryDue: len(c.sc.Items), entryTally: len(c.sc.Items), entryThreshold: 1,
		entryIncident: len(c.posts), entryOrdered: len(c.posts), entryForward: len(c.reports),
		entryRoad: len(c.sc.Links), entryKeeper: len(c.posts), entryIssue: len(c.sc.Deployments),
		entrySettle: len(c.posts), entryTell: len(c.posts),
		entryPublic: len(c.zones),
	}
}

// check looks at the ids of the agenda's entries once all that they point at has been read.
func (l loader) check() {
	c := l.c
	if l.d.Err != nil {
		return
	}
	limits := c.limits()
	for _, x := range *l.seen {
		inside := x.a >= 0 && int(x.a) < limits[x.kind]
		switch x.kind {
		case entryDelivered, entryAcked, entryTimeout, entryMessenger:
			inside = inside && l.tried(x)
		case entryOfficial:
			inside = inside && x.flag < uint8(sim.OfficialStateCount)
		case entryDelegate:
			inside = inside && x.b >= none && int(x.b) < len(c.posts)
		case entrySetOut, entryTakeOver, entryIssue:
			inside = inside && x.b >= 0 && int(x.b) < len(c.posts)
		case entryHeard:
			inside = inside && x.b >= 0 && int(x.b) < len(c.posts) && l.channel(x.n[0]) &&
				x.n[1] >= none && int(x.n[1]) < len(c.officials)
		case entryNews:
			inside = inside && x.b >= none && int(x.b) < len(c.sc.Shelters)
		case entryReturn:
			inside = inside && x.b >= 0 && int(x.b) < len(c.zones)
		case entryFault, entryListOut:
			inside = inside && x.b >= none && int(x.b) < len(c.zones)
		case entryListIn:
			inside = inside && x.b >= none && int(x.b) < len(c.zones) && l.channel(x.n[viaCount])
		case entryShelterIn, entryUnitIn:
			inside = inside && l.channel(x.n[viaCount])
		case entryNotice:
			inside = inside && x.b >= 0 && int(x.b) < len(c.posts) &&
				c.above(c.orders[x.a].d.From, sim.PostID(x.b))
		case entryPassOn:
			inside = inside && c.passesOn()
		case entryReport, entryTell:
			inside = inside && c.sites.Tree[x.a] >= 0
		case entryHours:
			inside = inside && c.plan.law[x.a].Hours != (scenario.Hours{})
		case entryArrival, entryForward:
			inside = inside && c.reports[x.a].used
		case entryCall, entrySummoned, entryJoins, entryReleased:
			inside = inside && x.b >= 0 && int(x.b) < len(c.council.meetings[x.a].members)
		case entryKeeper:
			inside = inside && x.b >= 0 && int(x.b) < len(c.names.Structures())
		case entryRoad:
			inside = inside && x.b >= 0 && int(x.b) < len(c.posts) && c.sites.Tree[x.b] >= 0 && l.channel(x.n[1])
		case entrySupply, entryPublic:
			inside = x.a >= none && int(x.a) < len(c.zones)
		case entryBattery:
			inside = inside && x.b >= 0 && int(x.b) <= len(c.zones)
		}
		if !inside {
			l.fail("an entry of nothing")
		}
	}
	if c.now < 0 || c.agenda.Next() < c.now {
		l.fail("an entry that is overdue")
	}
	if l.d.Err == nil {
		l.recount()
	}
}

// channel says whether a number is that of a channel, or of none.
func (l loader) channel(n int32) bool { return n >= none && int(n) < len(l.c.sc.Channels) }

// recount compares what is under way with the entries of the agenda that will end it, and the counters with what they
// count.
func (l loader) recount() {
	c := l.c
	away, flight := make([]int32, len(c.posts)), make([]int32, len(c.orders))
	for _, x := range *l.seen {
		switch x.kind {
		case entryBack:
			away[x.a]++
		case entryMessenger:
			away[x.n[1]]++
		}
		if (x.kind == entryAcked || x.kind == entryMessenger) && x.b == c.orders[x.a].hop {
			flight[x.a]++
		}
	}
	for p := range c.posts {
		if c.posts[p].away != away[p] {
			l.fail("messengers who are nowhere")
		}
	}
	for k := range c.orders {
		if o := &c.orders[k]; o.state == orderTravelling && o.flight != flight[k] {
			l.fail("answers that are nowhere")
		}
	}
	if err := c.Check(true); err != nil {
		l.fail(err.Error())
	}
}

// tried says whether an entry belongs to a try that its order can have had.
func (l loader) tried(x entry) bool {
	o := &l.c.orders[x.a]
	known := x.b < o.hop || x.b == o.hop && x.n[0] >= 0 && int(x.n[0]) < len(l.c.calls(o))
	sender := x.kind != entryMessenger || x.n[1] >= 0 && int(x.n[1]) < len(l.c.posts)
	return known && sender && x.t >= 0 && (x.kind != entryTimeout || x.flag < lostReasons)
}

func (l loader) order() order {
	d, sc := l.d, l.c.sc
	var o order
	o.d.Order = sim.OrderID(d.U8())
	if int(o.d.Order) >= len(sim.Orders) {
		l.fail("an unknown order")
		o.d.Order = 0 // the state is refused; what is left is read to its end
	}
	o.d.Post = sim.PostID(d.Index(len(sc.Posts), "post"))
	o.d.Official = sim.OfficialID(d.Index(len(sc.Officials), "official"))
	o.d.Choice, o.d.On = d.U8(), d.Bool()
	o.d.From = sim.PostID(d.Index(len(sc.Posts), "post"))
	o.d.Zone = sim.ZoneID(d.Index(len(sc.Zones), "zone"))
	o.d.Shelter = sim.ShelterID(d.Index(len(sc.Shelters), "shelter"))
	o.d.Unit = sim.UnitID(d.Index(len(sc.Units), "unit"))
	o.d.Link = sim.LinkID(d.Index(len(sc.Links), "link"))
	o.d.Structure = sim.StructureID(d.Index(len(l.c.names.Structures()), "structure"))
	o.d.Serial, o.d.Item = d.I32(), d.I32()
	if o.d.Item < 0 || int(o.d.Item) > len(sc.Items) {
		l.fail("an order of no deployment")
	}
	o.d.Road.LoadState(d)
	o.d.Num, o.d.Over, o.given = d.F64(), sim.Duration(d.I64()), d.Time()
	o.holder = sim.PostID(d.Index(len(sc.Posts), "post"))
	o.to = sim.PostID(d.Index(len(sc.Posts), "post"))
	o.end = sim.PostID(d.Index(len(sc.Posts), "post"))
	o.hop, o.try, o.flight, o.repeats = d.I32(), d.I32(), d.I32(), d.I32()
	o.state, o.known, o.failed = orderState(d.U8()), d.Time(), d.Bool()
	o.idle, o.back, o.reply, o.calls = d.Bool(), sim.Duration(d.I64()), d.Text(), d.I32()
	if o.calls < 0 || o.calls > scenario.MaxCalls {
		l.fail("an order with more calls than a ladder has")
	}
	if o.state >= orderStateCount || o.d.From < 0 || o.holder < 0 || o.back < 0 || !aimed(&o) {
		l.fail("an order that makes no sense")
	} else if !l.onItsWay(&o) {
		l.fail("an order that has gone astray")
	}
	return o
}

// aimed says whether an order has what it is about.
func aimed(o *order) bool {
	d := &o.d
	switch d.Order {
	case sim.OrderOpenShelter, sim.OrderCloseShelter, sim.OrderGuardShelter, sim.OrderInformShelter:
		return d.Shelter >= 0
	case sim.OrderDispatchCoach, sim.OrderRescueZone, sim.OrderFetchZone, sim.OrderRecallUnit:
		return d.Unit >= 0
	case sim.OrderSetGate, sim.OrderSetCrest, sim.OrderSwitchPump:
		return d.Structure >= 0
	case sim.OrderAppoint:
		return d.Post >= 0 && d.Official >= 0 && o.end >= 0
	}
	return !(zoneOrder(d.Order) && (d.Zone < 0 || o.end < 0)) && !(postOrder(d.Order) && (d.Post < 0 || o.end < 0))
}

// onItsWay says whether an order is between the post that gave it and the one that it goes to, and at a try that is
// one of this hop.
func (l loader) onItsWay(o *order) bool {
	c := l.c
	if !c.above(o.d.From, o.holder) || (o.end >= 0 && !c.above(o.holder, o.end)) ||
		(o.to >= 0 && (!c.above(o.holder, o.to) || !c.above(o.to, o.end))) {
		return false
	}
	return o.hop >= 0 && o.flight >= 0 && o.repeats >= 0 && o.try >= 0 && int(o.try) <= len(c.calls(o))
}

func (l loader) zone() sim.ZoneKnown {
	d := l.d
	k := sim.ZoneKnown{Reported: d.Time()}
	k.Report = sim.ZoneReport{Zone: sim.ZoneID(d.Index(len(l.c.zones), "zone")), Persons: d.I32(), Warned: d.I32(),
		Left: d.I32(), Waiting: d.I32(), Stranded: d.I32(), Missing: d.I32(), Dead: d.I32(), Hurt: d.I32(), Wet: d.I32(),
		Destroyed: d.I32(), Doors: d.I32(), Searched: d.I32(), Remaining: d.I32(), Done: d.Time(), Depth: d.F64()}
	k.Lines = sim.LineKnown{Reported: d.Time(), NoPower: d.Bool(), NoNetwork: d.Bool()}
	k.Via.Load(d)
	return k
}

func (l loader) post(p *postState) {
	d := l.d
	if d.Fixed(len(p.zones), "zones of a post") {
		for i := range p.zones {
			p.zones[i] = l.zone()
		}
	}
	loadBools(d, p.fresh)
	if p.shelters, p.units = nil, nil; d.Bool() {
		p.shelters, p.units = newAssets(len(l.c.sc.Shelters), len(l.c.sc.Units))
	}
	if d.Fixed(len(p.shelters), "shelters") {
		for i := range p.shelters {
			p.shelters[i] = sim.ShelterKnown{Reported: d.Time(), Count: sim.ShelterCount{
				Shelter: sim.ShelterID(d.I32()), Open: d.Bool(), Shut: d.Bool(), Inside: d.I32(), Waiting: d.I32(),
				Special: d.I32(), Ill: d.I32(), Missing: d.I32()}}
			p.shelters[i].Via.Load(d)
		}
	}
	if d.Fixed(len(p.units), "units") {
		for i := range p.units {
			p.units[i] = sim.UnitKnown{Reported: d.Time(), Report: sim.UnitReport{Unit: sim.UnitID(d.I32()),
				Status: sim.UnitStatus(d.U8()), Aboard: d.I32(), Carried: d.I32(), X: d.F64(), Y: d.F64()}}
			p.units[i].Via.Load(d)
		}
	}
	p.inbox = p.inbox[:0]
	n := d.Len(21)
	if n > maxInbox {
		l.fail("an inbox that is too full")
	}
	for range n {
		p.inbox = append(p.inbox, sim.Inbound{At: d.Time(), From: d.Ref(), Text: d.Text()})
	}
	p.acting = sim.OfficialID(d.Index(len(l.c.officials), "official"))
	p.working, p.mandate = sim.PostState(d.U8()), sim.PostID(d.Index(len(l.c.posts), "post"))
	p.cutOff, p.away = d.Time(), d.I32()
	p.news = p.news[:0]
	for range d.Len(8) {
		p.news = append(p.news, d.Text())
	}
	if d.Fixed(len(p.seen), "zones that a post sees") {
		for i := range p.seen {
			p.seen[i] = sim.ZoneSeen{At: d.Time(), Depth: d.F64()}
		}
	}
	if p.levels = nil; d.Bool() {
		known := l.levels()
		p.levels = &known
	}
	p.heard = d.Time()
	if p.working > sim.PostRunning || p.away < 0 {
		l.fail("a post that works in no known way")
	}
}

// officials reads who is where and how he is.
func (l loader) officials() {
	d, c := l.d, l.c
	if !d.Fixed(len(c.officials), "officials") {
		return
	}
	for i := range c.officials {
		o := official{given: sim.OfficialState(d.U8()), fate: sim.OfficialState(d.U8()), told: sim.OfficialState(d.U8()),
			errands: d.I32(), post: sim.PostID(d.Index(len(c.posts), "post"))}
		if max(o.given, o.fate, o.told) >= sim.OfficialStateCount {
			l.fail("an official in no known state")
		}
		c.officials[i] = o
	}
	if !d.Fixed(len(c.staff), "posts with officials") {
		return
	}
	for p := range c.staff {
		c.staff[p] = c.staff[p][:0]
		for range d.Len(4) {
			id := sim.OfficialID(d.Index(len(c.officials), "official"))
			if id < 0 {
				l.fail("an official who is nobody")
				return
			}
			c.staff[p] = append(c.staff[p], id)
		}
	}
}

func (l loader) report() report {
	d := l.d
	r := report{used: d.Bool(), from: sim.PostID(d.Index(len(l.c.posts), "post")),
		to: sim.PostID(d.Index(len(l.c.posts), "post")), note: d.Text()}
	if r.used {
		r.over = sim.ChannelID(d.Index(len(l.c.sc.Channels), "channel"))
		r.kind, r.number, r.text = sim.ReportKind(d.U8()), d.I32(), d.Text()
	}
	for range d.Len(69) {
		r.items = append(r.items, reportItem{sim.ZoneID(d.Index(len(l.c.zones), "zone")), l.zone()})
	}
	if r.used && (r.from < 0 || r.to < 0 && r.number == 0 || r.kind >= sim.ReportKindCount) {
		l.fail("a report between no posts")
	}
	return r
}
