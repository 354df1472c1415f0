package command

import "sandtable/sim"

// postOrder says whether an order is about a post, and goes there.
func postOrder(o sim.OrderID) bool { return sim.Orders[o].Scope == sim.ScopePost }

// refusePost says why an order about a post may not be given, or nothing. A post manages itself and those below it; it
// calls those below it and gives authority to them.
func (c *Command) refusePost(d sim.Directive) sim.Text {
	from, to := c.title(sim.RefTo(sim.KindPost, d.From)), c.title(sim.RefTo(sim.KindPost, d.Post))
	switch own := d.From == d.Post; {
	case d.Post < 0:
		return sim.Say("没有写明岗位；应写 to", "no post is named; want to")
	case own && (d.Order == sim.OrderCallPost || d.Order == sim.OrderDelegate):
		return sim.Say("%s不能对自己下达；应为其下级岗位", "%s cannot give it to itself; want a post below it", from)
	case !c.above(d.From, d.Post):
		return sim.Say("%s不是%s的上级，没有指挥权", "%s does not stand above %s and has no authority over it", from, to)
	case d.Order != sim.OrderAppoint:
		return sim.Text{}
	}
	if serves := c.officials[d.Official].post; !c.above(d.From, serves) {
		return sim.Say("%[2]s不在%[1]s及其下级任职", "%[2]s serves neither at %[1]s nor below it", from,
			c.title(sim.RefTo(sim.KindOfficial, d.Official)))
	}
	return sim.Text{}
}

// destination returns the post that an order goes to and that acknowledges it; None for an order to a unit, a shelter,
// a crew or a keeper.
func (c *Command) destination(d *sim.Directive) sim.PostID {
	switch {
	case byZone(d):
		return c.sites.Zone[d.Zone].Post
	case d.Order == sim.OrderAppoint:
		return c.officials[d.Official].post
	case postOrder(d.Order):
		return d.Post
	}
	return sim.None
}

// Delegate gives a post the authority of the highest one or takes it back, without anybody being told: the director's
// way.
func (c *Command) Delegate(at sim.Time, p sim.PostID, on bool) {
	by := sim.PostID(sim.None)
	for q, superior := range c.sites.Tree {
		if superior < 0 && on {
			by = sim.PostID(q)
			break
		}
	}
	c.put(at, entry{kind: entryDelegate, a: int32(p), b: int32(by)})
}

// delegate gives a post the authority of another one, or with None takes it back.
func (c *Command) delegate(at sim.Time, p, by sim.PostID) {
	s := &c.posts[p]
	s.mandate = by
	if s.units == nil && by >= 0 { // from now on units and shelters report to it
		s.shelters, s.units = newAssets(len(c.sc.Shelters), len(c.sc.Units))
	}
	c.trail.Change(at, trailPost, int32(p), uint64(uint32(by))<<8)
}

// objection says why the post that has received an order does not carry it out, or nothing.
func (c *Command) objection(d *sim.Directive) sim.Text {
	switch {
	case says(d.Order):
		return c.contradiction(d, c.rank(d.From))
	case d.Order == sim.OrderAppoint:
		return c.unavailable(d.Official, d.Post)
	}
	return sim.Text{}
}
