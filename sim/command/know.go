package command

import (
	"math"
	"slices"

	"sandtable/sim"
)

// maxInbox is how many messages a post keeps.
const maxInbox = 200

// postState is what a post has been told.
type postState struct {
	zones    []sim.ZoneKnown    // parallel to layout.below
	fresh    []bool             // parallel to zones: news that has not been reported upward
	shelters []sim.ShelterKnown // senior posts only
	units    []sim.UnitKnown    // senior posts only
	inbox    []sim.Inbound

	acting  sim.OfficialID // who acts for it, as the last event said; None when nobody does or nobody is named
	working sim.PostState  // PostOnDuty, PostCalling or PostRunning
	mandate sim.PostID     // who has delegated authority to it; None
	cutOff  sim.Time       // since when it has no contact with its superior; -1 when it has
	away    int32          // messengers who are out
	news    []sim.Text     // what it reports at once and has not sent yet
	seen    []sim.ZoneSeen // parallel to layout.own
	levels  *levels        // the published levels as it knows them; nil while that is how they are
	heard   sim.Time       // when it heard of levels last; -1 before
}

// nobody is who has told what was never told, unheard a zone of which nobody has.
var (
	nobody  = sim.Via{Over: sim.None}
	unheard = sim.ZoneKnown{Reported: -1, Via: nobody}
)

func (c *Command) newPostState(id sim.PostID) postState {
	zones := len(c.plan.below[id])
	p := postState{zones: make([]sim.ZoneKnown, zones), fresh: make([]bool, zones),
		acting: sim.None, working: sim.PostRunning, mandate: sim.None, cutOff: -1, heard: -1,
		seen: make([]sim.ZoneSeen, len(c.plan.own[id]))}
	for i := range p.zones {
		p.zones[i] = unheard
	}
	for i := range p.seen {
		p.seen[i].At = -1
	}
	if len(c.staff[id]) > 0 {
		p.acting = c.staff[id][0]
	}
	if c.sc.Posts[id].OnDuty {
		p.working = sim.PostOnDuty
	}
	if c.plan.senior(id) {
		p.shelters, p.units = newAssets(len(c.sc.Shelters), len(c.sc.Units))
	}
	return p
}

// newAssets returns what a post knows of shelters and units before it has been told anything.
func newAssets(shelters, units int) ([]sim.ShelterKnown, []sim.UnitKnown) {
	s, u := make([]sim.ShelterKnown, shelters), make([]sim.UnitKnown, units)
	for i := range s {
		s[i] = sim.ShelterKnown{Reported: -1, Via: nobody}
	}
	for i := range u {
		u[i] = sim.UnitKnown{Reported: -1, Via: nobody}
	}
	return s, u
}

// Deliver puts a message into the inbox of a post, or with None of every post, such as the director's.
func (c *Command) Deliver(at sim.Time, post sim.PostID, from sim.Ref, text sim.Text, log *sim.Log) {
	first, last, all := post, post, sim.Ref{}
	if post < 0 {
		first, last, all = 0, sim.PostID(len(c.posts)-1), sim.Ref{Kind: sim.KindCounty}
	}
	for p := first; p <= last; p++ {
		c.inform(at, p, from, text)
		log.Emit(sim.Event{At: at, Kind: sim.EvMessage, A: sim.RefTo(sim.KindPost, p), B: from, C: all, Text: text})
	}
}

// inform adds a message to an inbox; the oldest one goes when it is full.
func (c *Command) inform(at sim.Time, post sim.PostID, from sim.Ref, text sim.Text) {
	p := &c.posts[post]
	if len(p.inbox) == maxInbox {
		p.inbox = slices.Delete(p.inbox, 0, 1)
	}
	p.inbox = append(p.inbox, sim.Inbound{At: at, From: from, Text: text})
	c.trail.Change(at, trailInbox, int32(post), uint64(len(text.ZH))<<32|uint64(len(text.EN)))
}

// ReadGauge takes a reading. The posts of the county see it at once (telemetry).
func (c *Command) ReadGauge(gauge sim.GaugeID, k sim.GaugeKnown) {
	c.gauges[gauge] = k
	c.trail.Change(k.Reported, trailGauge, int32(gauge), math.Float64bits(k.Level))
	for i, mm := range k.Rain {
		if mm > 0 {
			c.trail.Change(k.Reported, trailGauge, int32(i), math.Float64bits(mm))
		}
	}
}

// Gauge returns the last reading of a gauge as the county knows it; Reported is -1 before the first.
func (c *Command) Gauge(gauge sim.GaugeID) sim.GaugeKnown { return c.gauges[gauge] }

// reads says whether a post has the readings of a gauge: by telemetry, or because it stands in a zone of its own.
func (c *Command) reads(post sim.PostID, gauge sim.GaugeID) bool {
	z := c.sites.GaugeIn[gauge]
	return c.plan.level[post] == levelCounty || z >= 0 && c.sites.Zone[z].Post == post
}

// Observe fills in what a post knows. Its slices are used again. With None only the published levels are filled, and
// where nobody is who reads, those that have come to the post.
func (c *Command) Observe(post sim.PostID, o *sim.Observation) {
	o.Now, o.Post = c.now, post
	c.observeLevels(post, o)
	o.Zones = unknown(o.Zones, len(c.sc.Zones), unheard)
	o.Shelters = unknown(o.Shelters, len(c.sc.Shelters), sim.ShelterKnown{Reported: -1, Via: nobody})
	o.Units = unknown(o.Units, len(c.sc.Units), sim.UnitKnown{Reported: -1, Via: nobody})
	o.Gauges = unknown(o.Gauges, len(c.sc.Gauges), sim.NoReading())
	o.Seen = unknown(o.Seen, len(c.sc.Zones), sim.ZoneSeen{At: -1})
	o.CutOff = -1
	o.Inbox, o.Orders, o.Forecasts = o.Inbox[:0], o.Orders[:0], o.Forecasts[:0]
	o.Received = o.Received[:0]
	known := post >= 0 && int(post) < len(c.posts)
	o.Unmanned = known && !c.manned(post)
	if !known || !c.attended(post) {
		c.observeCouncil(sim.None, o)
		return
	}
	c.observeCouncil(post, o)
	p := &c.posts[post]
	for i, z := range c.plan.below[post] {
		o.Zones[z] = p.zones[i]
	}
	copy(o.Shelters, p.shelters)
	copy(o.Units, p.units)
	for g := range o.Gauges {
		if c.reads(post, sim.GaugeID(g)) {
			o.Gauges[g] = c.gauges[g]
		}
	}
	o.CutOff = p.cutOff
	for i, z := range c.plan.own[post] {
		o.Seen[z] = p.seen[i]
	}
	o.Inbox = append(o.Inbox, p.inbox...)
	o.Forecasts = c.forecastsOf(post, o.Forecasts)
	for i := range c.orders {
		switch k := &c.orders[i]; {
		case k.state == orderWaiting:
		case k.d.From == post:
			o.Orders = append(o.Orders, c.orderKnown(k))
		case c.carriesOut(post, k):
			o.Received = append(o.Received, sim.OrderReceived{Order: k.d.Order, Zone: k.d.Zone, From: k.d.From, Given: k.given})
		}
	}
}

// attended says whether somebody is at a post who reads what comes: who acts for it, or whoever of it sits in a
// consultation there or by video.
func (c *Command) attended(p sim.PostID) bool {
	if c.manned(p) {
		return true
	}
	for m := range c.council.meetings {
		spec := &c.sc.Meetings[m]
		for k := range c.council.meetings[m].members {
			x := &c.council.meetings[m].members[k]
			if c.officials[x.official].post == p && c.takesPart(x) && (spec.Form == "video" || spec.Post == c.sc.Posts[p].Name) {
				return true
			}
		}
	}
	return false
}

// unknown returns a slice of n elements that know nothing.
func unknown[T any](buf []T, n int, nothing T) []T {
	buf = buf[:0]
	for range n {
		buf = append(buf, nothing)
	}
	return buf
}
