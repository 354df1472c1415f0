package command

import (
	"slices"

	"sandtable/sim"
)

// CallIn has a post's people called in, without anybody being told: the director's way.
func (c *Command) CallIn(at sim.Time, p sim.PostID) { c.put(at, entry{kind: entryCallIn, a: int32(p)}) }

// callIn calls the people of a post that is on peace-time duty in. The command post runs when they have come.
func (c *Command) callIn(at sim.Time, p sim.PostID) {
	s := &c.posts[p]
	if s.working != sim.PostOnDuty || !c.manned(p) {
		return
	}
	s.working = sim.PostCalling
	c.tellPost(at, p, s.working, sim.Text{ZH: "召集人员到位", EN: "staff are called in"})
	c.agenda.Put(at.Add(c.plan.staff[p].at(c.staffLuck.Open(uint64(p), 0, 0))), entry{kind: entryStaffed, a: int32(p)})
}

// staffed is when the people of a post have come.
func (c *Command) staffed(at sim.Time, p sim.PostID) {
	c.posts[p].working = sim.PostRunning
	c.tellPost(at, p, sim.PostRunning, sim.Text{ZH: "转入应急指挥", EN: "now running as a command post"})
	c.tellWorkers(at, p)
}

// workers returns how many people of a post can knock at doors: its workers but for those who are known by name and
// not there, and on peace-time duty no more of them than are on duty.
func (c *Command) workers(p sim.PostID) int64 {
	here := max(c.sc.Posts[p].Workers-c.knockersAway(p), 0)
	if c.posts[p].working == sim.PostRunning {
		return here
	}
	return min(here, c.sc.Posts[p].DutyWorkers)
}

// knockersAway returns how many officials of a post who knock at doors cannot do so: absent, busy, hurt or dead, or at
// another post. Who has taken over a post knocks at no doors there: its own people do.
func (c *Command) knockersAway(p sim.PostID) int64 {
	away := int64(0)
	for _, id := range c.plan.knockers[p] {
		if o := &c.officials[id]; o.state() != sim.OfficialPresent || o.post != p {
			away++
		}
	}
	return away
}

// knockerMoved tells population of the workers of a post when one of them, known by name, has gone or come back.
func (c *Command) knockerMoved(at sim.Time, id sim.OfficialID) {
	for p := range c.plan.knockers {
		if slices.Contains(c.plan.knockers[p], id) {
			c.tellWorkers(at, sim.PostID(p))
		}
	}
}

func (c *Command) tellWorkers(at sim.Time, p sim.PostID) {
	c.ports.PostWorkers.Post(at, int32(p), sim.PostWorkers{Post: p, Workers: int32(c.workers(p))})
}

// ackMedian returns the median of the time in which a post acknowledges at an instant: on peace-time duty it takes
// longer, and longer still at night.
func (c *Command) ackMedian(at sim.Time, p sim.PostID) sim.Duration {
	post := &c.sc.Posts[p]
	switch {
	case c.posts[p].working == sim.PostRunning:
		return post.AckT50
	case c.sc.Drill.Start.Add(at).IsNight():
		return seconds(float64(post.DutyAckT50.Seconds() * post.NightFactor))
	}
	return post.DutyAckT50
}

// raise has the people of a post called in when the response level as it knows it calls them in.
func (c *Command) raise(at sim.Time, p sim.PostID) {
	k := slices.Index(sim.ResponseLevels(), c.sc.Posts[p].StaffedAt)
	if k > 0 && int(c.levelsOf(p).response.level) >= k && c.posts[p].working == sim.PostOnDuty {
		c.CallIn(at, p)
	}
}
