package command

import (
	"slices"

	"sandtable/sim"
)

// report is a post's report of its zones on its way upward.
type report struct {
	used     bool
	from, to sim.PostID
	note     sim.Text // what is reported at once
	items    []reportItem
}

type reportItem struct {
	zone  sim.ZoneID
	known sim.ZoneKnown
}

// zoneCounted is what a zone's people tell their post.
func (c *Command) zoneCounted(at sim.Time, e entry) {
	zone := sim.ZoneID(e.a)
	post := c.sites.Zone[zone].Post
	if post < 0 {
		return
	}
	c.learnZone(at, post, zone, sim.ZoneKnown{Reported: at, Report: sim.ZoneReport{Zone: zone, Persons: e.n[0],
		Warned: e.n[1], Left: e.n[2], Waiting: e.n[3], Stranded: e.n[4], Missing: e.n[5]}})
}

// learnZone gives a post a newer count of a zone.
func (c *Command) learnZone(at sim.Time, post sim.PostID, zone sim.ZoneID, k sim.ZoneKnown) {
	i, ok := slices.BinarySearch(c.plan.below[post], zone)
	if !ok {
		return
	}
	p := &c.posts[post]
	old := &p.zones[i]
	if old.Reported > k.Reported {
		return
	}
	if old.Report != k.Report || old.Reported < 0 {
		p.fresh[i] = true
	}
	*old = k
	c.trail.Change(at, trailKnown, int32(post), uint64(uint32(zone))<<32|uint64(uint32(k.Report.Left)))
}

// reportUp sends what is new to the post above, and sets the time of the next report. Where no channel works the news
// waits for that.
func (c *Command) reportUp(at sim.Time, post sim.PostID) {
	c.agenda.Put(at.Add(c.sc.Posts[post].Report), entry{kind: entryReport, a: int32(post)})
	if !slices.Contains(c.posts[post].fresh, true) || !c.manned(post) {
		return
	}
	u := c.reportLuck.Open(uint64(post), uint32(entryReport), second(at))
	arrival, ok := c.upward(at, post, u)
	if ok {
		c.file(post, arrival, sim.Text{})
	}
}

// file writes a report of what is new at a post, after what it reports at once, and has it arrive.
func (c *Command) file(post sim.PostID, arrival sim.Time, note sim.Text) {
	p := &c.posts[post]
	k := slices.IndexFunc(c.reports, func(r report) bool { return !r.used })
	if k < 0 {
		k = len(c.reports)
		c.reports = append(c.reports, report{})
	}
	r := &c.reports[k]
	r.used, r.from, r.to, r.note, r.items = true, post, c.sites.Tree[post], note, r.items[:0]
	for i, zone := range c.plan.below[post] {
		if p.fresh[i] {
			p.fresh[i] = false
			r.items = append(r.items, reportItem{zone, p.zones[i]})
		}
	}
	c.count.reports++
	c.agenda.Put(arrival, entry{kind: entryArrival, a: int32(k)})
}

func (c *Command) reportArrives(at sim.Time, k int32) {
	r := &c.reports[k]
	var words []sim.Text
	from, note := sim.RefTo(sim.KindPost, r.from), r.note
	if !note.Empty() {
		words = append(words, note)
	}
	for _, item := range r.items {
		c.learnZone(at, r.to, item.zone, item.known)
		z := item.known.Report
		words = append(words, sim.Say("%s：在册%d人，已预警%d人，已转移%d人，候车%d人，被困%d人",
			"%s: %d persons, %d warned, %d left, %d waiting, %d stranded", c.title(sim.RefTo(sim.KindZone, item.zone)),
			z.Persons, z.Warned, z.Left, z.Waiting, z.Stranded))
		if z.Missing > 0 {
			words = append(words, sim.Say("乘车名单缺%d人", "%d missing from the coaches' list", z.Missing))
		}
	}
	to := r.to
	c.log.Emit(sim.Event{At: at, Kind: sim.EvReport, A: from, B: sim.RefTo(sim.KindPost, to),
		Text: sim.Join(words, sim.Sentences)})
	r.used, r.note = false, sim.Text{}
	c.count.reports--
	if !note.Empty() {
		c.inform(at, to, from, note)
		c.reportAtOnce(at, to, note)
	}
}

// tell sends what a shelter or a unit says of itself to the posts, over the first channel between posts that works
// where it is stationed. Where none works it is lost.
func (c *Command) tell(at sim.Time, e entry) {
	who := sim.Ref{Kind: sim.KindShelter, ID: e.a}
	next := entryShelterIn
	switch e.kind {
	case entryUnitOut:
		who.Kind, next = sim.KindUnit, entryUnitIn
	case entryListOut:
		next = entryListIn
	}
	zone := c.zoneOf(who)
	for _, ch := range c.plan.trunk {
		if !c.works(ch, zone) {
			continue
		}
		u := c.reportLuck.Open(uint64(who.Kind)<<32|uint64(uint32(who.ID)), uint32(e.kind), second(at))
		e.kind, e.t = next, at
		c.agenda.Put(at.Add(c.plan.delay[ch].at(u)), e)
		return
	}
}

// second numbers the draws of what happens again and again by the second in which it happens.
func second(at sim.Time) uint32 { return uint32(int64(at) / int64(sim.Second)) }

func (c *Command) shelterTold(at sim.Time, e entry) {
	for _, post := range c.plan.county {
		k := &c.posts[post].shelters[e.a]
		if k.Reported > e.t {
			continue
		}
		*k = sim.ShelterKnown{Reported: e.t, Count: sim.ShelterCount{Shelter: sim.ShelterID(e.a), Open: e.flag&1 != 0,
			Shut: e.flag&2 != 0, Inside: e.n[0], Waiting: e.n[1], Special: e.n[2], Ill: e.n[3], Missing: e.n[4]}}
		c.trail.Change(at, trailKnown, e.a, uint64(uint32(e.n[0]))<<32|uint64(uint32(post)))
	}
	c.heardOf(at, sim.ShelterID(e.a))
}

// unitTold gives a unit's report to the posts of the county and to the post whose order the unit follows.
func (c *Command) unitTold(at sim.Time, e entry) {
	for _, post := range c.plan.county {
		c.learnUnit(at, post, e)
	}
	if g := c.giver[e.a]; g >= 0 && c.plan.level[g] != levelCounty {
		c.learnUnit(at, g, e)
	}
}

func (c *Command) learnUnit(at sim.Time, post sim.PostID, e entry) {
	if c.posts[post].units == nil {
		return
	}
	k := &c.posts[post].units[e.a]
	if k.Reported > e.t {
		return
	}
	*k = sim.UnitKnown{Reported: e.t, Report: sim.UnitReport{Unit: sim.UnitID(e.a), Status: sim.UnitStatus(e.flag),
		Aboard: e.n[0], Carried: e.n[1], X: e.x, Y: e.y}}
	c.trail.Change(at, trailKnown, e.a, uint64(e.flag)<<32|uint64(uint32(post)))
}
