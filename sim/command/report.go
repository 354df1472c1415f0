package command

import (
	"slices"

	"sandtable/sim"
)

// report is a post's report on its way upward: the counts of its zones, or what it knows of an incident.
type report struct {
	used     bool
	from, to sim.PostID     // to None: it leaves the county
	over     sim.ChannelID  // by which it travels; None by messenger
	kind     sim.ReportKind // of one about an incident
	number   int32          // of it, from 1; 0 for a routine count
	text     sim.Text       // of it
	note     sim.Text       // what is reported at once
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
	urgent := c.learnZone(at, post, zone, sim.ZoneKnown{Reported: at, Report: sim.ZoneReport{Zone: zone, Persons: e.n[0],
		Warned: e.n[1], Left: e.n[2], Waiting: e.n[3], Stranded: e.n[4], Missing: e.n[5], Dead: e.n[6], Hurt: e.n[7],
		Wet: e.n[8], Destroyed: e.n[9], Doors: e.n[10], Searched: e.n[11], Remaining: e.n[12], Done: e.t, Depth: e.x},
		Via: sim.Via{From: sim.RefTo(sim.KindZone, zone), Over: sim.None}})
	if urgent {
		c.reportAtOnce(at, post, searchWords(c.title(sim.RefTo(sim.KindZone, zone)), e))
	}
}

// learnZone gives a post a newer count of a zone, and says whether it is one that waits for no report: the last house
// has been checked.
func (c *Command) learnZone(at sim.Time, post sim.PostID, zone sim.ZoneID, k sim.ZoneKnown) (urgent bool) {
	i, ok := slices.BinarySearch(c.plan.below[post], zone)
	if !ok {
		return false
	}
	c.learnLines(at, post, i, k.Lines)
	p := &c.posts[post]
	old := &p.zones[i]
	if old.Reported > k.Reported {
		return false
	}
	if old.Report != k.Report || old.Reported < 0 {
		p.fresh[i] = true
	}
	urgent = k.Report.Done > old.Report.Done
	old.Reported, old.Report, old.Via = k.Reported, k.Report, k.Via
	c.trail.Change(at, trailKnown, int32(post), uint64(uint32(zone))<<32|uint64(uint32(k.Report.Left)))
	c.newsOf(at, post)
	return urgent
}

// reportUp is the time of a post's report: what is new goes to the post above. The next report is due some time later;
// where no channel works the news waits for that.
func (c *Command) reportUp(at sim.Time, post sim.PostID) {
	c.agenda.Put(at.Add(c.sc.Posts[post].Report), entry{kind: entryReport, a: int32(post)})
	if !c.manned(post) {
		return
	}
	c.tellRoads(at, post)
	c.tellCounts(at, post)
}

// tellCounts sends what is new to the post above, as soon as the line is free.
func (c *Command) tellCounts(at sim.Time, post sim.PostID) {
	if !slices.Contains(c.posts[post].fresh, true) {
		return
	}
	u := c.reportLuck.Open(uint64(post), uint32(entryReport), second(at))
	switch arrival, free, over, ok := c.callUp(at, post, u); {
	case ok:
		c.file(post, arrival, over, sim.Text{})
	case free < sim.Never:
		c.agenda.Put(free, entry{kind: entryTell, a: int32(post), flag: tellCounts})
	}
}

// What a post has to tell when its line is free, in the flag of an entryTell.
const (
	tellCounts uint8 = iota
	tellRoads
	tellNews
)

// lineFree goes on with what a post could not tell while its line was taken.
func (c *Command) lineFree(at sim.Time, post sim.PostID, what uint8) {
	switch {
	case !c.manned(post): // nobody is there any more: it waits for the next time
	case what == tellCounts:
		c.tellCounts(at, post)
	case what == tellRoads:
		c.tellRoads(at, post)
	default:
		c.sendNews(at, post)
	}
}

// file writes a report of what is new at a post, after what it reports at once, and has it arrive.
func (c *Command) file(post sim.PostID, arrival sim.Time, over sim.ChannelID, note sim.Text) {
	p := &c.posts[post]
	k := c.newReport(post)
	r := &c.reports[k]
	r.note, r.over = note, over
	for i, zone := range c.plan.below[post] {
		if p.fresh[i] {
			p.fresh[i] = false
			r.items = append(r.items, reportItem{zone, p.zones[i]})
		}
	}
	c.agenda.Put(arrival, entry{kind: entryArrival, a: k})
}

// newReport begins a report of a post, to the one above it.
func (c *Command) newReport(post sim.PostID) int32 {
	k := slices.IndexFunc(c.reports, func(r report) bool { return !r.used })
	if k < 0 {
		k = len(c.reports)
		c.reports = append(c.reports, report{})
	}
	c.reports[k] = report{used: true, from: post, to: c.sites.Tree[post], items: c.reports[k].items[:0], over: sim.None}
	c.count.reports++
	return int32(k)
}

func (c *Command) reportArrives(at sim.Time, k int32) {
	r := &c.reports[k]
	if r.number > 0 {
		c.incidentTold(at, r)
	} else {
		c.countsTold(at, r)
	}
	c.reports[k].used = false
	c.count.reports--
}

// countsTold is a routine report that reaches the post above, with what is reported at once.
func (c *Command) countsTold(at sim.Time, r *report) {
	var words []sim.Text
	from, note, to := sim.RefTo(sim.KindPost, r.from), r.note, r.to
	if !note.Empty() {
		words = append(words, note)
	}
	for _, item := range r.items {
		z := item.known.Report
		words = append(words, withLines(sim.Say("%s：在册%d人，已预警%d人，已转移%d人，候车%d人，被困%d人",
			"%s: %d persons, %d warned, %d left, %d waiting, %d stranded", c.title(sim.RefTo(sim.KindZone, item.zone)),
			z.Persons, z.Warned, z.Left, z.Waiting, z.Stranded), item.known))
		if z.Missing > 0 {
			words = append(words, sim.Say("乘车名单缺%d人", "%d missing from the coaches' list", z.Missing))
		}
	}
	c.log.Emit(sim.Event{At: at, Kind: sim.EvReport, A: from, B: sim.RefTo(sim.KindPost, to),
		Text: sim.Join(words, sim.Sentences)})
	c.receive(at, r)
	if !note.Empty() {
		c.inform(at, to, from, note)
		c.reportAtOnce(at, to, note)
	}
}

// incidentTold is a report of an incident that reaches the post above, or the authority above the highest post.
func (c *Command) incidentTold(at sim.Time, r *report) {
	from := sim.RefTo(sim.KindPost, r.from)
	e := sim.Event{At: at, Kind: sim.EvReport, A: from, B: sim.Ref{Kind: sim.KindOutside}, Count: int32(r.kind),
		Num: float64(r.number), Text: r.text}
	if r.to >= 0 {
		e.B = sim.RefTo(sim.KindPost, r.to)
		c.inform(at, r.to, from, sim.Say("%s（第%d号）：%s", "%s (no. %d): %s", r.kind.Title(), r.number, r.text))
		c.receive(at, r)
	}
	c.log.Emit(e)
}

// receive gives the counts of a report to who receives it.
func (c *Command) receive(at sim.Time, r *report) {
	c.heardFrom(at, r.to, r.from, r.over, sim.None)
	via := sim.Via{From: sim.RefTo(sim.KindPost, r.from), Over: r.over}
	for _, item := range r.items {
		item.known.Via = via
		c.learnZone(at, r.to, item.zone, item.known)
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
		e.kind, e.t, e.n[viaCount] = next, at, int32(ch)
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
			Shut: e.flag&2 != 0, Inside: e.n[0], Waiting: e.n[1], Special: e.n[2], Ill: e.n[3], Missing: e.n[4]},
			Via: sim.Via{From: sim.RefTo(sim.KindShelter, e.a), Over: sim.ChannelID(e.n[viaCount])}}
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
		Aboard: e.n[0], Carried: e.n[1], X: e.x, Y: e.y},
		Via: sim.Via{From: sim.RefTo(sim.KindUnit, e.a), Over: sim.ChannelID(e.n[viaCount])}}
	c.trail.Change(at, trailKnown, e.a, uint64(e.flag)<<32|uint64(uint32(post)))
}
