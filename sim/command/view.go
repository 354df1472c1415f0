package command

import "sandtable/sim"

// orderKnown is what the post that gave an order knows of it: its own calls, and what it has heard.
func (c *Command) orderKnown(o *order) sim.OrderKnown {
	k := sim.OrderKnown{Order: o.d.Order, Target: target(o.d), Sent: o.given, Acked: o.known, Failed: o.failed,
		To: c.firstOf(o), Calls: o.calls, Over: sim.None, Called: sim.None}
	if o.failed {
		k.Reason = o.reply
	}
	if k.To == o.d.From {
		k.To, k.Taken = sim.None, true // a post decides for itself: nobody is called
		return k
	}
	list := c.plan.reach[o.d.From]
	if k.To >= 0 {
		list = c.plan.calls[k.To]
		// Who has it may not have been heard yet: the messenger is on his way back. And who is heard may not have it.
		k.Taken = o.hop > 0 && c.heardSince(o.d.From, k.To, o.given) || o.known >= 0
	}
	k.Of = int32(len(list))
	if n := o.calls; n > 0 && int(n) <= len(list) {
		k.Over, k.Called = list[n-1].channel, c.onRoster(k.To, &list[n-1])
	}
	return k
}

// onRoster returns whom a try calls by name as the duty roster has him, which every post knows: who has replaced him
// since, a post may not have heard.
func (c *Command) onRoster(to sim.PostID, x *call) sim.OfficialID {
	if to < 0 {
		return sim.None
	}
	return x.of(c.plan.roster[to])
}

// firstOf returns the post that the giver of an order calls with it, the giver for one that ends there, None for one to
// a unit, a shelter, a crew or a keeper.
func (c *Command) firstOf(o *order) sim.PostID {
	if o.end < 0 || o.end == o.d.From || o.d.Order == sim.OrderCallPost {
		return o.end
	}
	return c.stepDown(o.d.From, o.end)
}

// heardSince says whether a post has heard of one right below it since an instant.
func (c *Command) heardSince(by, from sim.PostID, since sim.Time) bool {
	for _, k := range c.council.heard[by] {
		if k.Post == from {
			return k.Answered >= since
		}
	}
	return false
}

// ownKnown is what a post knows of itself.
func (c *Command) ownKnown(p sim.PostID) sim.OwnKnown {
	s := &c.posts[p]
	return sim.OwnKnown{Acting: c.acting(p), Working: s.working, Away: s.away, Mandate: s.mandate}
}

// maxLines is of how many lines of a post the truth tells whether they work: what a number has bits for.
const maxLines = 63

// fillPosts fills in how the posts and those who hold them really are.
func (c *Command) fillPosts(t *sim.Truth) {
	t.Posts, t.Officials = t.Posts[:0], t.Officials[:0]
	for p := range c.posts {
		s, id := &c.posts[p], sim.PostID(p)
		x := sim.PostTruth{Acting: c.acting(id), Manned: c.manned(id), Working: s.working, CutOff: s.cutOff,
			Mandate: s.mandate}
		for i, ch := range c.plan.links[p] {
			if i < maxLines && c.climbs(ch, id) {
				x.Links |= 1 << i
			}
		}
		for i, ch := range c.plan.public[p] {
			if i < maxLines && c.speaks(ch, id) {
				x.Public |= 1 << i
			}
		}
		t.Posts = append(t.Posts, x)
	}
	for i := range c.orders {
		o := &c.orders[i]
		if o.state != orderTravelling {
			continue
		}
		t.Posts[o.holder].Waits++
		if o.to >= 0 {
			t.Posts[o.to].Called++
		}
	}
	for i := range c.officials {
		t.Officials = append(t.Officials, sim.OfficialTruth{State: c.officials[i].state(), Post: c.officials[i].post})
	}
}

// speaks says whether a channel to the public works in all zones of a post.
func (c *Command) speaks(ch sim.ChannelID, p sim.PostID) bool {
	for _, z := range c.plan.own[p] {
		if !c.works(ch, z) {
			return false
		}
	}
	return true
}
