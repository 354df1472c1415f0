package command

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// council is what the posts deliberate and write down: consultations, deployments, thresholds of zones, reports of
// incidents, what they know of roads, and when they last heard of each other.
type council struct {
	luck        rng.Stream
	meetings    []meeting
	deployments []deployment
	items       []item             // parallel to the scenario's orders of deployments
	conditions  []scenario.Trigger // parallel to items: what each waits for; never changes
	thresholds  []threshold
	incidents   []incident        // of each post
	known       [][]sim.RoadKnown // of each post, by link
	stale       [][]bool          // parallel to known: has not been passed on upward
	heard       [][]sim.PostKnown // of each post: those right below it, by id
}

func (c *Command) newCouncil(seed uint64) {
	x := &c.council
	x.luck = rng.New(seed, "command.council")
	x.meetings = make([]meeting, len(c.sc.Meetings))
	for m := range x.meetings {
		x.meetings[m] = c.newMeeting(sim.MeetingID(m))
	}
	x.deployments = slices.Repeat([]deployment{{sent: -1}}, len(c.sc.Deployments))
	x.items = make([]item, len(c.sc.Items))
	for i := range x.items {
		x.items[i] = newItem()
		x.conditions = append(x.conditions, c.sc.Condition(c.names, &c.sc.Items[i]))
	}
	x.thresholds = c.newThresholds()
	x.incidents = make([]incident, len(c.sc.Posts))
	for p := range x.incidents {
		x.incidents[p] = incident{since: -1, last: -1, works: none}
	}
	x.known = make([][]sim.RoadKnown, len(c.sc.Posts))
	x.stale = make([][]bool, len(c.sc.Posts))
	x.heard = make([][]sim.PostKnown, len(c.sc.Posts))
	for p, above := range c.sites.Tree {
		if above >= 0 {
			x.heard[above] = append(x.heard[above], sim.PostKnown{Post: sim.PostID(p), Answered: -1, Over: sim.None,
				By: sim.None})
		}
	}
	if len(x.thresholds) > 0 {
		c.agenda.Put(0, entry{kind: entryThreshold})
	}
}

// heardFrom notes that a post right below another one has answered or reported. Who is None where nobody gave his name.
func (c *Command) heardFrom(at sim.Time, by, from sim.PostID, over sim.ChannelID, who sim.OfficialID) {
	list := c.council.heard[by]
	if k := slices.IndexFunc(list, func(x sim.PostKnown) bool { return x.Post == from }); k >= 0 {
		list[k].Answered, list[k].Over = at, over
		if who >= 0 {
			list[k].By = who
		}
		c.trail.Change(at, trailKnown, int32(by), uint64(uint32(from)))
	}
}

// observeCouncil fills in what a post knows of all this.
func (c *Command) observeCouncil(post sim.PostID, o *sim.Observation) {
	x := &c.council
	o.Roads, o.Posts, o.Meetings = o.Roads[:0], o.Posts[:0], o.Meetings[:0]
	o.Deployments, o.Incident = o.Deployments[:0], sim.IncidentKnown{Since: -1, Last: -1}
	o.Own = sim.OwnKnown{Acting: sim.None, Mandate: sim.None}
	if post < 0 || int(post) >= len(c.posts) {
		return
	}
	o.Roads = append(o.Roads, x.known[post]...)
	o.Posts = append(o.Posts, x.heard[post]...)
	for m := range x.meetings {
		if g := &x.meetings[m]; g.step != sim.MeetingNone && g.by == post {
			o.Meetings = append(o.Meetings, sim.MeetingKnown{Meeting: sim.MeetingID(m), Step: g.step, Since: g.since,
				Present: c.present(g)})
		}
	}
	for d := range x.deployments {
		if x.deployments[d].sent >= 0 && c.sender(sim.DeploymentID(d)) == post {
			o.Deployments = append(o.Deployments, c.deploymentKnown(sim.DeploymentID(d)))
		}
	}
	o.Incident = x.incidents[post].known()
	o.Own = c.ownKnown(post)
}

// appendCouncil saves everything of it that changes.
func (c *Command) appendCouncil(e *sim.Encoder) {
	x := &c.council
	e.Section("council")
	for m := range x.meetings {
		x.meetings[m].append(e)
	}
	for _, y := range x.deployments {
		e.Time(y.sent)
		e.Bool(y.done)
		e.Bool(y.weighed)
	}
	for i := range x.items {
		x.items[i].append(e)
	}
	for i := range x.thresholds {
		e.Bool(x.thresholds[i].passed)
	}
	for p := range x.incidents {
		x.incidents[p].append(e)
	}
	for p := range x.known {
		sim.AppendEach(e, x.known[p])
		appendBools(e, x.stale[p])
		for _, h := range x.heard[p] {
			h.Append(e)
		}
	}
}

// loadCouncil reads what appendCouncil wrote.
func (l loader) council() {
	x, d := &l.c.council, l.d
	d.Section("council")
	for m := range x.meetings {
		l.meeting(&x.meetings[m])
	}
	for k := range x.deployments {
		x.deployments[k] = deployment{sent: d.Time(), done: d.Bool(), weighed: d.Bool()}
	}
	for i := range x.items {
		l.item(&x.items[i])
	}
	for i := range x.thresholds {
		x.thresholds[i].passed = d.Bool()
	}
	for p := range x.incidents {
		l.incident(&x.incidents[p])
	}
	for p := range x.known {
		x.known[p] = x.known[p][:0]
		for range d.Len(23) {
			x.known[p] = append(x.known[p], l.road())
		}
		x.stale[p] = make([]bool, len(x.known[p]))
		loadBools(d, x.stale[p])
		for k := range x.heard[p] {
			if sim.PostID(d.I32()) != x.heard[p][k].Post {
				l.fail("word of another post")
			}
			x.heard[p][k].Answered = d.Time()
			x.heard[p][k].Over = sim.ChannelID(d.Index(len(l.c.sc.Channels), "channel"))
			x.heard[p][k].By = sim.OfficialID(d.Index(len(l.c.sc.Officials), "official"))
		}
	}
}

// deliberate handles the entries of all this.
func (c *Command) deliberate(at sim.Time, e entry) {
	switch e.kind {
	case entryConvene:
		c.convene(at, e.a)
	case entryCall:
		c.calledAgain(at, e)
	case entrySummoned:
		c.summoned(at, e)
	case entryJoins:
		c.joins(at, e.a, e.b)
	case entryReleased:
		c.back(at, e)
	case entryBegin:
		c.beginMeeting(at, e.a)
	case entryEnd:
		c.endMeeting(at, e.a)
	case entryIssue:
		c.decided(at, e)
	case entryDue:
		c.overdue(at, e.a)
	case entryTally:
		c.tally(at, e.a)
	case entryThreshold:
		c.watchThresholds(at)
	case entryIncident:
		c.incidentDue(at, e)
	case entryOrdered:
		c.reportOrdered(at, sim.PostID(e.a), sim.ReportKind(e.flag))
	case entryForward:
		c.forward(at, e.a)
	case entryRoad:
		c.roadTold(at, e)
	case entryKeeper:
		c.keeperTold(at, e)
	default:
		c.handleLines(at, e)
	}
}
