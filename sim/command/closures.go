package command

import (
	"slices"

	"sandtable/sim"
)

// roadSeen is a link that has been closed, or is open again: the post of the zone in which it begins sees it, as its
// people pass there. Roads outside every zone nobody reports.
func (c *Command) roadSeen(at sim.Time, m sim.RoadReport) {
	zone := c.plan.linkZone[m.Link]
	if zone < 0 {
		return
	}
	post := c.sites.Zone[zone].Post
	if post < 0 {
		return
	}
	c.learnRoad(at, post, sim.RoadKnown{Link: m.Link, Closed: m.Closed, Cause: m.Cause, Reported: at,
		Via: sim.Via{From: sim.RefTo(sim.KindZone, zone), Over: sim.None}})
}

// learnRoad gives a post newer word of a link, which it passes on at once, or where no channel works with its next
// report of the zones.
func (c *Command) learnRoad(at sim.Time, post sim.PostID, k sim.RoadKnown) {
	x := &c.council
	i, there := slices.BinarySearchFunc(x.known[post], k.Link, func(r sim.RoadKnown, link sim.LinkID) int {
		return int(r.Link) - int(link)
	})
	if !there {
		x.known[post] = slices.Insert(x.known[post], i, k)
		x.stale[post] = slices.Insert(x.stale[post], i, true)
	} else if old := &x.known[post][i]; old.Reported > k.Reported {
		return
	} else {
		*old, x.stale[post][i] = k, true
	}
	c.trail.Change(at, trailKnown, int32(k.Link), uint64(post)<<1|uint64(bit(k.Closed)))
	c.tellRoads(at, post)
}

// tellRoads passes on what a post has learnt of roads since it last could, when somebody is there.
func (c *Command) tellRoads(at sim.Time, post sim.PostID) {
	x := &c.council
	if c.sites.Tree[post] < 0 || !c.manned(post) || !slices.Contains(x.stale[post], true) {
		return
	}
	ch, ok := c.climb(post)
	if !ok {
		return
	}
	if turn := c.turnAt(at, post, ch, c.abovePost(post)); turn > at {
		c.agenda.Put(turn, entry{kind: entryTell, a: int32(post), flag: tellRoads})
		return
	}
	c.takeLine(at, post, ch, c.abovePost(post))
	for i, k := range x.known[post] {
		if !x.stale[post][i] {
			continue
		}
		x.stale[post][i] = false
		u := c.council.luck.Open(uint64(post)<<32|uint64(uint32(k.Link)), drawRoad, second(at))
		c.put(at.Add(c.plan.delay[ch].at(u)), entry{kind: entryRoad, a: int32(k.Link), b: int32(post),
			flag: bit(k.Closed), n: [counts]int32{int32(k.Cause), int32(ch)}, t: k.Reported})
	}
}

// roadTold is word of a link that reaches the post above.
func (c *Command) roadTold(at sim.Time, e entry) {
	c.learnRoad(at, c.sites.Tree[e.b], sim.RoadKnown{Link: sim.LinkID(e.a), Closed: e.flag == 1,
		Cause: sim.StrandCause(e.n[0]), Reported: e.t,
		Via: sim.Via{From: sim.RefTo(sim.KindPost, e.b), Over: sim.ChannelID(e.n[1])}})
}

// ordersRoad notes with the giver of an order to close or open a road, when it has word of it, that this is done.
func (c *Command) ordersRoad(at sim.Time, o *order) {
	if o.d.Order != sim.OrderCloseRoad && o.d.Order != sim.OrderOpenRoad {
		return
	}
	c.learnRoad(at, o.d.From, sim.RoadKnown{Link: o.d.Link, Closed: o.d.Order == sim.OrderCloseRoad,
		Cause: sim.StrandClosed, Reported: at, Via: sim.Via{From: sim.RefTo(sim.KindLink, o.d.Link), Over: sim.None}})
}

// Closures returns the links of which a post knows that they are closed.
func (c *Command) Closures(post sim.PostID) []sim.LinkID {
	var list []sim.LinkID
	for _, k := range c.council.known[post] {
		if k.Closed {
			list = append(list, k.Link)
		}
	}
	return list
}

func (l loader) road() sim.RoadKnown {
	d := l.d
	k := sim.RoadKnown{Link: sim.LinkID(d.Index(len(l.c.sc.Links), "link")), Closed: d.Bool(),
		Cause: sim.StrandCause(d.U8()), Reported: d.Time()}
	k.Via.Load(d)
	if k.Link < 0 {
		l.fail("word of no road")
	}
	return k
}
