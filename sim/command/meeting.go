package command

import (
	"slices"

	"sandtable/sim"
)

// meeting is a consultation (会商). It is called, its members are reached like posts and come together, and after the
// time to gather it begins with who is there; when its time is over the deployment that was named goes out.
type meeting struct {
	step       sim.MeetingStep
	since      sim.Time // when it came to that
	by         sim.PostID
	deployment sim.DeploymentID // that goes out at the end; None without one
	serial     int32            // of the command that called it
	origin     sim.OriginKind
	attended   int32    // who took part, when it is over
	held       int32    // how often it was called before: each time has its own luck
	members    []member // in the order of the scenario
}

// member is somebody who is to take part.
type member struct {
	official sim.OfficialID // never changes
	step     memberStep
	since    sim.Time
}

type memberStep uint8

const (
	memberFree   memberStep = iota
	memberCalled            // is being called
	memberComes             // is on his way
	memberHere              // takes part
	memberBack              // is on his way back to his post
	memberStepCount
)

// Purposes of draws in the stream of the council.
const (
	drawCall uint32 = iota
	drawCallDelay
	drawCallAck
	drawKeeper
	drawIncident
	drawRoad
)

func (c *Command) newMeeting(m sim.MeetingID) meeting {
	g := meeting{by: sim.None, deployment: sim.None}
	for _, name := range c.sc.Meetings[m].Members {
		if id, ok := c.names.Resolve(sim.KindOfficial, name); ok {
			g.members = append(g.members, member{official: sim.OfficialID(id)})
		}
	}
	return g
}

// present counts who takes part, or took part when it is over.
func (c *Command) present(g *meeting) int32 {
	if g.step == sim.MeetingEnded {
		return g.attended
	}
	n := int32(0)
	for i := range g.members {
		if c.takesPart(&g.members[i]) {
			n++
		}
	}
	return n
}

// takesPart says whether a member is there and nothing has befallen him.
func (c *Command) takesPart(x *member) bool { return x.step == memberHere && c.unharmed(x.official) }

// unharmed says whether nothing but errands keeps an official from acting.
func (c *Command) unharmed(id sim.OfficialID) bool {
	o := &c.officials[id]
	return max(o.given, o.fate) == sim.OfficialPresent
}

// open says whether it has been called and is not over.
func (g *meeting) open() bool { return g.step == sim.MeetingCalled || g.step == sim.MeetingSits }

// RefuseConsult returns why a post may not call a consultation, or nothing. deployment is None where none is to go out.
func (c *Command) RefuseConsult(from sim.PostID, m sim.MeetingID, deployment sim.DeploymentID) sim.Text {
	post, ok := c.names.Resolve(sim.KindPost, c.sc.Meetings[m].Post)
	title := c.title(sim.RefTo(sim.KindMeeting, m))
	switch {
	case !c.manned(from):
		return c.nobodyAt(from)
	case !ok || !c.above(from, sim.PostID(post)):
		return sim.Say("%s无权召集%s；须由%s或其上级召集", "%s may not call %s; want %s or a post above it",
			c.title(sim.RefTo(sim.KindPost, from)), title, c.title(sim.Ref{Kind: sim.KindPost, ID: post}))
	case c.council.meetings[m].open():
		return sim.Say("%s正在进行", "%s is under way", title)
	case deployment >= 0:
		return c.refuseBundle(from, deployment)
	}
	return sim.Text{}
}

// Consult calls the members of a consultation together.
func (c *Command) Consult(at sim.Time, from sim.PostID, m sim.MeetingID, deployment sim.DeploymentID, serial int32,
	origin sim.OriginKind,
) {
	g, spec := &c.council.meetings[m], &c.sc.Meetings[m]
	if g.step != sim.MeetingNone {
		g.held++
	}
	g.step, g.since, g.by, g.deployment, g.serial, g.origin = sim.MeetingCalled, at, from, deployment, serial, origin
	c.put(at, entry{kind: entryConvene, a: int32(m)})
	c.put(at.Add(spec.Gather), entry{kind: entryBegin, a: int32(m)})
}

// convene begins to call the members.
func (c *Command) convene(at sim.Time, m int32) {
	g := &c.council.meetings[m]
	c.emitMeeting(at, m, 0, int32(len(g.members)), sim.Say("召集%s，应到%d人", "%s is called: %d members",
		c.title(sim.RefTo(sim.KindMeeting, m)), len(g.members)))
	for k := range g.members {
		if g.members[k].step == memberFree {
			g.members[k].step, g.members[k].since = memberCalled, at
			c.call(at, m, int32(k), 0)
		}
	}
}

// call makes one try to reach a member: over the posts between, each by the first channel that works. Where it is in
// vain he is called again as long as there is time to gather.
func (c *Command) call(at sim.Time, m, k, try int32) {
	g := &c.council.meetings[m]
	who := g.members[k].official
	post := c.officials[who].post
	if post < 0 {
		return
	}
	spec := &c.sc.Posts[post]
	entity := uint64(uint32(m))<<32 | uint64(uint32(who))
	n := uint32(g.held)<<16 | uint32(try)
	delay, reached := c.between(at, g.by, post, entity, n)
	if reached && c.canCome(who) && c.council.luck.Float64(entity, drawCall, n) < spec.Answer {
		if post != g.by {
			delay += ackTime(spec.AckT50, c.council.luck.Open(entity, drawCallAck, n))
		}
		c.put(at.Add(delay), entry{kind: entrySummoned, a: m, b: k, n: [counts]int32{try, g.held}})
		return
	}
	c.callLater(at, m, k, try)
}

// callLater notes the next try to reach a member, when there is time for one.
func (c *Command) callLater(at sim.Time, m, k, try int32) {
	g := &c.council.meetings[m]
	timeout := c.sc.Posts[c.officials[g.members[k].official].post].Timeout
	if next := at.Add(timeout); g.step == sim.MeetingCalled && next < g.since.Add(c.sc.Meetings[m].Gather) {
		c.put(next, entry{kind: entryCall, a: m, b: k, n: [counts]int32{try + 1, g.held}})
	}
}

// calledAgain is the time of another try to reach a member, unless it belongs to a consultation that is over.
func (c *Command) calledAgain(at sim.Time, e entry) {
	if g := &c.council.meetings[e.a]; g.members[e.b].step == memberCalled && g.held == e.n[1] {
		c.call(at, e.a, e.b, e.n[0])
	}
}

// between has a message go from one post to another over all posts between, each of which calls the next one when its
// line is free, and returns how long that takes; false where no channel works.
func (c *Command) between(at sim.Time, from, to sim.PostID, entity uint64, try uint32) (delay sim.Duration, ok bool) {
	for hop := uint32(0); from != to; hop++ {
		next, lower := c.sites.Tree[from], from
		if c.above(from, to) {
			next = c.stepDown(from, to)
			lower = next
		}
		ch, works := c.climb(lower)
		if !works || next < 0 {
			return 0, false
		}
		turn := c.callOver(at.Add(delay), from, ch, sim.RefTo(sim.KindPost, next))
		delay = turn.Sub(at) + c.plan.delay[ch].at(c.council.luck.Open(entity, drawCallDelay+hop<<8, try))
		from = next
	}
	return delay, true
}

// climb returns the first channel that works between a post and the one above it.
func (c *Command) climb(lower sim.PostID) (sim.ChannelID, bool) {
	for _, ch := range c.plan.links[lower] {
		if !c.plan.courier[ch] && c.climbs(ch, lower) {
			return ch, true
		}
	}
	return sim.None, false
}

// summoned is a member who has been reached: he leaves his post to his deputy and comes. Who cannot any more, or finds
// no way, is called again.
func (c *Command) summoned(at sim.Time, e entry) {
	m, k := e.a, e.b
	g := &c.council.meetings[m]
	x := &g.members[k]
	if x.step != memberCalled || !g.open() || g.held != e.n[1] {
		return
	}
	way, ok := c.wayTo(m, x.official)
	if !ok || !c.canCome(x.official) {
		c.callLater(at, m, k, e.n[0])
		return
	}
	x.step, x.since = memberComes, at
	c.inform(at, c.officials[x.official].post, sim.RefTo(sim.KindPost, g.by), sim.Say("请%s参加%s",
		"%s is called to %s", c.title(sim.RefTo(sim.KindOfficial, x.official)), c.title(sim.RefTo(sim.KindMeeting, m))))
	c.occupy(at, x.official, 1, sim.AtMeeting(c.title(sim.RefTo(sim.KindMeeting, m))))
	c.put(at.Add(way), entry{kind: entryJoins, a: m, b: k})
}

// wayTo returns how long a member drives to where a consultation is held, and whether there is a way; by video nobody
// has to.
func (c *Command) wayTo(m int32, who sim.OfficialID) (sim.Duration, bool) {
	spec := &c.sc.Meetings[m]
	from := c.officials[who].post
	to, ok := c.names.Resolve(sim.KindPost, spec.Post)
	if spec.Form == "video" || int32(from) == to {
		return 0, true
	}
	if !ok {
		return 0, false
	}
	return c.journey(who, sim.PostID(to))
}

// wayBack returns how long a member drives back to his post, and whether there is a way.
func (c *Command) wayBack(m int32, who sim.OfficialID) (sim.Duration, bool) {
	spec := &c.sc.Meetings[m]
	to := c.officials[who].post
	from, ok := c.names.Resolve(sim.KindPost, spec.Post)
	if spec.Form == "video" || int32(to) == from || !ok || to < 0 {
		return 0, true
	}
	return c.roadTime(sim.ModeCar, c.sites.Post[from], c.sites.Post[to])
}

// joins is a member who has got there, unless something has befallen him on the way.
func (c *Command) joins(at sim.Time, m, k int32) {
	g := &c.council.meetings[m]
	x := &g.members[k]
	switch {
	case x.step != memberComes:
		return
	case !c.unharmed(x.official):
		c.dismiss(at, m, k)
		return
	case !g.open():
		c.leaves(at, m, k)
		return
	}
	x.step, x.since = memberHere, at
	c.trail.Change(at, trailCouncil, m, uint64(uint32(k)))
}

// leaves sends a member back to his post. Where no road leads there he stays, and looks again after a while.
func (c *Command) leaves(at sim.Time, m, k int32) {
	x := &c.council.meetings[m].members[k]
	way, ok := c.wayBack(m, x.official)
	x.step, x.since = memberBack, at
	if !ok {
		way = watchEvery
	}
	c.put(at.Add(way), entry{kind: entryReleased, a: m, b: k, flag: bit(!ok)})
}

// back is a member who is at his post again, or with a flag one who looks for a way there once more.
func (c *Command) back(at sim.Time, e entry) {
	switch x := &c.council.meetings[e.a].members[e.b]; {
	case x.step != memberBack:
	case e.flag == 1 && c.unharmed(x.official):
		c.leaves(at, e.a, e.b)
	default:
		c.dismiss(at, e.a, e.b)
	}
}

// dismiss ends what a consultation asked of a member. When it has been called once more meanwhile he is called too.
func (c *Command) dismiss(at sim.Time, m, k int32) {
	g := &c.council.meetings[m]
	x := &g.members[k]
	x.step, x.since = memberFree, at
	c.occupy(at, x.official, -1, sim.BackFromMeeting())
	if g.step == sim.MeetingCalled {
		x.step = memberCalled
		c.call(at, m, k, 0)
	}
}

// beginMeeting opens a consultation with who is there.
func (c *Command) beginMeeting(at sim.Time, m int32) {
	g := &c.council.meetings[m]
	if g.step != sim.MeetingCalled {
		return
	}
	if c.present(g) == 0 {
		c.callOff(at, m, sim.Say("%s无人到会，未能召开", "nobody came to %s: it cannot be held",
			c.title(sim.RefTo(sim.KindMeeting, m))))
		return
	}
	g.step, g.since = sim.MeetingSits, at
	here, missing := c.attendance(m)
	c.emitMeeting(at, m, 1, c.present(g), sim.Join(append([]sim.Text{sim.Say("%s开始，到会：%s", "%s begins with %s",
		c.title(sim.RefTo(sim.KindMeeting, m)), here)}, missing...), sim.Sentences))
	c.put(at.Add(c.sc.Meetings[m].Duration), entry{kind: entryEnd, a: m})
}

// callOff ends a consultation that comes to nothing: its deployment does not go out.
func (c *Command) callOff(at sim.Time, m int32, why sim.Text) {
	g := &c.council.meetings[m]
	g.step, g.since = sim.MeetingFailed, at
	c.emitMeeting(at, m, 3, 0, why)
	c.inform(at, g.by, sim.RefTo(sim.KindMeeting, m), why)
	c.dissolve(at, m)
}

// attendance names who takes part, and says who does not.
func (c *Command) attendance(m int32) (here []sim.Text, missing []sim.Text) {
	var absent []sim.Text
	for _, x := range c.council.meetings[m].members {
		name := c.title(sim.RefTo(sim.KindOfficial, x.official))
		switch {
		case c.takesPart(&x):
			here = append(here, name)
		case x.step == memberHere:
			absent = append(absent, sim.Say("%s（%s）", "%s (%s)", name, c.officials[x.official].state().Title()))
		case x.step == memberComes:
			absent = append(absent, sim.Say("%s（在途）", "%s (on the way)", name))
		default:
			absent = append(absent, sim.Say("%s（联系不上）", "%s (not reached)", name))
		}
	}
	if len(absent) > 0 {
		missing = []sim.Text{sim.Say("未到：%s", "not there: %s", absent)}
	}
	return here, missing
}

// endMeeting closes a consultation: the minutes are written, its members go back, its deployment goes out.
func (c *Command) endMeeting(at sim.Time, m int32) {
	g := &c.council.meetings[m]
	if g.step != sim.MeetingSits {
		return
	}
	if c.present(g) == 0 {
		c.callOff(at, m, sim.Say("%s参会人员均不能履职，会商中止", "nobody is left at %s who could decide: it is broken off",
			c.title(sim.RefTo(sim.KindMeeting, m))))
		return
	}
	told := c.circle(g)
	minutes := c.minutes(at, m, told)
	attended := c.present(g)
	g.step, g.since, g.attended = sim.MeetingEnded, at, attended
	c.emitMeeting(at, m, 2, attended, minutes)
	for _, p := range told {
		c.inform(at, p, sim.RefTo(sim.KindMeeting, m), minutes)
	}
	c.dissolve(at, m)
	if g.deployment >= 0 {
		c.put(at, entry{kind: entryIssue, flag: uint8(g.origin), a: int32(g.deployment), b: int32(g.by),
			n: [counts]int32{g.serial}})
	}
}

// circle returns the posts that have what a consultation has before it, and get its minutes: the caller's and those of
// who takes part.
func (c *Command) circle(g *meeting) []sim.PostID {
	told := []sim.PostID{g.by}
	for i := range g.members {
		if p := c.officials[g.members[i].official].post; c.takesPart(&g.members[i]) && !slices.Contains(told, p) {
			told = append(told, p)
		}
	}
	return told
}

// decided sends out the deployment on which a consultation has decided, when somebody is at the post in whose name it
// goes out: who drives back from the consultation signs it there.
func (c *Command) decided(at sim.Time, e entry) {
	d := sim.DeploymentID(e.a)
	switch {
	case c.council.deployments[d].sent >= 0:
	case !c.manned(c.sender(d)):
		c.put(at.Add(watchEvery), e)
	default:
		c.ports.Issues.Post(at, e.a, sim.Issue{Deployment: d, Post: sim.PostID(e.b), Serial: e.n[0],
			Origin: sim.OriginKind(e.flag)})
	}
}

func (c *Command) dissolve(at sim.Time, m int32) {
	g := &c.council.meetings[m]
	for k := range g.members {
		switch g.members[k].step {
		case memberHere:
			c.leaves(at, m, int32(k))
		case memberCalled:
			g.members[k].step = memberFree
		}
	}
}

// minutes says who took part, what they had before them, and what was decided: of the deployment the orders whose
// condition is so.
func (c *Command) minutes(at sim.Time, m int32, told []sim.PostID) sim.Text {
	g := &c.council.meetings[m]
	here, missing := c.attendance(m)
	parts := append([]sim.Text{sim.Say("%s结束，到会：%s", "%s ends; there were %s",
		c.title(sim.RefTo(sim.KindMeeting, m)), here)}, missing...)
	l := c.levelsOf(g.by)
	parts = append(parts, sim.Say("预警级别%s，响应级别%s", "warning level %s, response level %s",
		sim.WarningTitle(int(l.warning.level)), sim.ResponseTitle(int(l.response.level))))
	parts = append(parts, c.outlooksOf(at, g.by)...)
	parts = append(parts, c.passedText(told))
	decided := sim.Say("未作部署", "no deployment was decided")
	if g.deployment >= 0 {
		n := 0
		for i := range c.sc.Items {
			if c.sc.Items[i].Of == c.sc.Deployments[g.deployment].Name {
				n++
			}
		}
		var held []sim.Text
		if c.council.deployments[g.deployment].sent < 0 {
			held = c.weigh(at, g.deployment)
		}
		title := c.title(sim.RefTo(sim.KindDeployment, g.deployment))
		decided = sim.Say("决定下发%s，共%d项", "decided: %s goes out, with %d orders", title, n)
		if len(held) > 0 {
			decided = sim.Say("决定下发%s，下达%[3]d项中的%[2]d项", "decided: %s goes out, with %d of %d orders", title, n-len(held), n)
		}
		decided = sim.Join(append([]sim.Text{decided}, held...), sim.Sentences)
	}
	return sim.Join(slices.DeleteFunc(append(parts, decided), sim.Text.Empty), sim.Sentences)
}

// outlooksOf says what the last forecasts that a post has say, and how old they are.
func (c *Command) outlooksOf(at sim.Time, post sim.PostID) []sim.Text {
	var list []sim.Text
	for i := range c.outlooks {
		if o := &c.outlooks[i]; o.last.Forecast != nil && slices.Contains(o.to, post) {
			list = append(list, sim.Say("%s（%d分钟前发布）", "%s (issued %d min ago)", o.text,
				int64(at.Sub(o.last.Forecast.Issued)/sim.Minute)))
		}
	}
	if list == nil {
		list = append(list, sim.Say("无预报", "no forecast at hand"))
	}
	return list
}

func (c *Command) emitMeeting(at sim.Time, m, count, present int32, text sim.Text) {
	g := &c.council.meetings[m]
	e := sim.Event{At: at, Kind: sim.EvMeeting, A: sim.RefTo(sim.KindMeeting, m), B: sim.RefTo(sim.KindPost, g.by),
		Count: count, Num: float64(present), Text: text}
	if g.deployment >= 0 {
		e.C = sim.RefTo(sim.KindDeployment, g.deployment)
	}
	c.trail.Change(at, trailCouncil, m, uint64(uint32(count))<<32|uint64(uint32(present)))
	c.log.Emit(e)
}

// canCome says whether an official can be called to a consultation: he is there and does nothing else.
func (c *Command) canCome(who sim.OfficialID) bool {
	return c.officials[who].state() == sim.OfficialPresent
}

func (g *meeting) append(e *sim.Encoder) {
	e.U8(uint8(g.step))
	e.Time(g.since)
	e.I32(int32(g.by))
	e.I32(int32(g.deployment))
	e.I32(g.serial)
	e.U8(uint8(g.origin))
	e.I32(g.attended)
	e.I32(g.held)
	for _, x := range g.members {
		e.U8(uint8(x.step))
		e.Time(x.since)
	}
}

func (l loader) meeting(g *meeting) {
	d := l.d
	g.step, g.since = sim.MeetingStep(d.U8()), d.Time()
	g.by = sim.PostID(d.Index(len(l.c.posts), "post"))
	g.deployment = sim.DeploymentID(d.Index(len(l.c.sc.Deployments), "deployment"))
	g.serial, g.origin, g.attended, g.held = d.I32(), sim.OriginKind(d.U8()), d.I32(), d.I32()
	for k := range g.members {
		g.members[k].step, g.members[k].since = memberStep(d.U8()), d.Time()
		if g.members[k].step >= memberStepCount {
			l.fail("an unknown step of a member")
		}
	}
	if g.step >= sim.MeetingStepCount || (g.step != sim.MeetingNone && g.by < 0) {
		l.fail("a consultation that makes no sense")
	}
}
