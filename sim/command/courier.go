package command

import "sandtable/sim"

// Why a messenger does not go, in the flag of an entryTimeout.
const (
	lostSilent uint8 = iota // nobody has acknowledged in time
	lostNoWay               // there is no way for a messenger
	lostNobody              // all messengers are away
	lostReasons
)

var lostWords = [lostReasons]sim.Text{
	lostNoWay:  {ZH: "送信人无路可走", EN: "no way for a messenger"},
	lostNobody: {ZH: "送信人均已派出", EN: "all messengers are out"},
}

// roadTime returns the undisturbed travel time between two nodes on the roads as they are now.
func (c *Command) roadTime(mode sim.Mode, from, to sim.NodeID) (sim.Duration, bool) {
	if from < 0 || to < 0 || c.router == nil {
		return 0, false
	}
	_, s, ok := c.router.Distance(mode, from, to)
	return seconds(s), ok
}

// errand returns how long a messenger of a post takes to a node.
func (c *Command) errand(p sim.PostID, to sim.NodeID) (sim.Duration, bool) {
	mode := sim.ModeBike
	if c.sc.Posts[p].CourierBy == "foot" {
		mode = sim.ModeFoot
	}
	return c.roadTime(mode, c.sites.Post[p], to)
}

// idle says whether a post has a messenger left.
func (c *Command) idle(p sim.PostID) bool { return int64(c.posts[p].away) < c.sc.Posts[p].Couriers }

// dispatch makes a try by messenger: he goes by the roads as they are now, and the sender waits until he is back.
func (c *Command) dispatch(at sim.Time, k int32, x *call) {
	o := &c.orders[k]
	e := entry{kind: entryTimeout, a: k, b: o.hop, n: [counts]int32{o.try}}
	way, ok := c.errand(o.holder, c.nodeOf(c.receiver(o)))
	switch {
	case !ok || !c.carries(o, x.channel):
		e.flag = lostNoWay
		c.agenda.Put(at, e)
	case !c.idle(o.holder):
		e.flag = lostNobody
		c.agenda.Put(at.Add(x.wait), e)
	default:
		c.posts[o.holder].away++
		o.flight++ // nobody gives up while he is on his way
		e.kind, e.n[1], e.t = entryMessenger, int32(o.holder), sim.Time(way)
		c.agenda.Put(at.Add(way), e)
	}
}

// messenger is the arrival of a messenger with an order. Whom he finds takes it and signs for it; else he turns round.
func (c *Command) messenger(at sim.Time, e entry) {
	back := at.Add(sim.Duration(e.t))
	if c.current(e) {
		o := &c.orders[e.a]
		x := &c.calls(o)[e.n[0]]
		if _, there := c.answering(o.to, x); there {
			c.emitOrder(at, sim.EvOrderDelivered, o, x.channel, c.receiver(o), sim.Text{})
			_, t50 := c.duty(at, o)
			ack := at.Add(ackTime(t50, c.orderLuck.Open(c.luck(o), drawAck, o.number(e.n[0]))))
			c.agenda.Put(ack, entry{kind: entryAcked, a: e.a, b: e.b, n: e.n, t: e.t})
			back = ack.Add(sim.Duration(e.t))
		} else {
			o.flight--
		}
		c.agenda.Put(back, entry{kind: entryTimeout, a: e.a, b: e.b, n: e.n})
	}
	c.agenda.Put(back, entry{kind: entryBack, a: e.n[1]})
}

// carryUp sends a messenger with a report to the post above, and returns when he is there.
func (c *Command) carryUp(at sim.Time, p sim.PostID) (sim.Time, bool) {
	for _, ch := range c.plan.links[p] {
		if !c.plan.courier[ch] || !c.reaches(ch, p) || !c.idle(p) {
			continue
		}
		if way, ok := c.errand(p, c.sites.Post[c.sites.Tree[p]]); ok {
			c.posts[p].away++
			there := at.Add(way)
			c.agenda.Put(there.Add(way), entry{kind: entryBack, a: int32(p)})
			return there, true
		}
	}
	return 0, false
}
