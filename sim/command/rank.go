package command

import "sandtable/sim"

// rank returns how high a post stands, 0 for the highest, by its place in the tree or by what was delegated to it.
func (c *Command) rank(p sim.PostID) int {
	own := c.depth(p)
	if by := c.posts[p].mandate; by >= 0 {
		return min(own, c.depth(by))
	}
	return own
}

// depth returns how many posts stand above a post.
func (c *Command) depth(p sim.PostID) int {
	n := 0
	for q := c.sites.Tree[p]; q >= 0 && n <= len(c.sc.Posts); q = c.sites.Tree[q] {
		n++
	}
	return n
}

// entitled says whether a post commands units, shelters, roads and structures: by its level, or by what was delegated.
func (c *Command) entitled(p sim.PostID) bool { return c.plan.senior(p) || c.posts[p].mandate >= 0 }

// urgency orders what can be said to a zone: stay, get ready, leave.
func urgency(o sim.OrderID) int {
	switch o {
	case sim.OrderEvacuateZone:
		return 2
	case sim.OrderPrepareZone:
		return 1
	}
	return 0
}

// says says whether an order is one of those of which the last one stands in its zone.
func says(o sim.OrderID) bool {
	return o == sim.OrderPrepareZone || o == sim.OrderEvacuateZone || o == sim.OrderAllClear
}

// elsewhere says whether two orders send the people of a zone to different shelters, or upstairs and away.
func (c *Command) elsewhere(a, b *sim.Directive) bool {
	return urgency(a.Order) == 2 && urgency(b.Order) == 2 && (c.goal(a) != c.goal(b) || a.Choice != b.Choice)
}

// goal returns the shelter of an order to leave: the plan's first where it names none.
func (c *Command) goal(d *sim.Directive) sim.ShelterID {
	if list := c.sites.Zone[d.Zone].Shelters; d.Shelter < 0 && len(list) > 0 {
		return list[0]
	}
	return d.Shelter
}

// contradiction says why the post of a zone does not carry out an order of a post of this rank, or nothing: it would
// lift, weaken or turn elsewhere what a higher post has ordered. To go further than that for the people's safety is
// everybody's right.
func (c *Command) contradiction(d *sim.Directive, rank int) sim.Text {
	z := &c.zones[max(d.Zone, 0)]
	if !says(d.Order) || z.standing == none || c.rank(z.by) >= rank {
		return sim.Text{}
	}
	s := &c.orders[z.standing].d
	if urgency(d.Order) > urgency(s.Order) || urgency(d.Order) == urgency(s.Order) && !c.elsewhere(d, s) {
		return sim.Text{}
	}
	return sim.Say("%s已下达“%s”，只有它或其上级可以改变", "%s has ordered: %s; want it, or a post above it, to change that",
		c.title(sim.RefTo(sim.KindPost, z.by)), s.Words(c.names))
}

// overtaken says whether an order that has come to its zone's post was overtaken on its way by what stands there: by a
// later one of the same post or of a higher one, or by a later one that goes further.
func (c *Command) overtaken(k int32) bool {
	d := &c.orders[k].d
	z := &c.zones[d.Zone]
	if z.standing <= k {
		return false
	}
	s := &c.orders[z.standing].d
	further := urgency(d.Order) > urgency(s.Order) || c.elsewhere(d, s)
	return c.rank(d.From) >= c.rank(z.by) || !further
}

// standFor notes who stands behind what a zone is told: the higher one of two who say the same.
func (c *Command) standFor(z *zoneState, k int32) {
	d := &c.orders[k].d
	if z.standing != none {
		s := &c.orders[z.standing].d
		if s.Order == d.Order && !c.elsewhere(s, d) && c.rank(z.by) < c.rank(d.From) {
			return
		}
	}
	z.by = d.From
}
