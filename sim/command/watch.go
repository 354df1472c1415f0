package command

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// watchEvery is how often a post tries its lines and its people look at the water in its zones (assumed).
const watchEvery = sim.Minute

// watch is the round of all posts: who has contact with his superior, what is seen, what waits to be reported.
func (c *Command) watch(at sim.Time) {
	c.agenda.Put(at.Add(watchEvery), entry{kind: entryWatch})
	for p := range c.posts {
		post := sim.PostID(p)
		if !c.manned(post) {
			continue // nobody notices
		}
		c.lookRound(at, post)
	}
}

// lookRound is what somebody at a post does from time to time: he looks at the water, tries his lines, and sends what
// waits.
func (c *Command) lookRound(at sim.Time, p sim.PostID) {
	c.look(at, p)
	if c.sites.Tree[p] >= 0 {
		c.listen(at, p)
		c.sendNews(at, p)
	}
}

// listen notes whether a post has contact with its superior: a line of its own that works, and somebody there. They
// tell each other of levels that one of them has missed.
func (c *Command) listen(at sim.Time, p sim.PostID) {
	s := &c.posts[p]
	switch touch := c.inTouch(p); {
	case touch && s.cutOff >= 0:
		s.cutOff = -1
		c.tellPost(at, p, sim.PostReached, sim.Text{ZH: "与上级恢复联络", EN: "it has contact with its superior again"})
	case !touch && s.cutOff < 0:
		s.cutOff = at
		c.tellPost(at, p, sim.PostCutOff, sim.Text{ZH: "与上级失去联络", EN: "it has no contact with its superior"})
	}
	c.catchUp(at, p)
}

// inTouch says whether a post can speak with its superior now. A messenger is no contact: nobody knows whether he comes
// back.
func (c *Command) inTouch(p sim.PostID) bool {
	return c.manned(c.sites.Tree[p]) && c.hasLine(p)
}

// hasLine says whether a line of a post to its superior works.
func (c *Command) hasLine(p sim.PostID) bool {
	_, ok := c.climb(p)
	return ok
}

// look notes the deepest water that the people of a post see in each of its own zones.
func (c *Command) look(at sim.Time, p sim.PostID) {
	if c.layers == nil || c.workers(p) == 0 {
		return
	}
	for i, z := range c.plan.own[p] {
		deepest := int32(0)
		for _, cell := range c.plan.sights[z] {
			deepest = max(deepest, c.layers.DepthInCell(cell))
		}
		k := &c.posts[p].seen[i]
		if depth := float64(deepest) / 1000; depth != k.Depth {
			k.Depth = depth
			c.trail.Change(at, trailSeen, int32(z), uint64(uint32(deepest)))
		}
		k.At = at
	}
}

// sightsOf returns the cells of the terrain in which a zone's houses and road nodes stand, in rising order.
func sightsOf(sc *scenario.Scenario, sites *scenario.Sites) [][]int32 {
	out := make([][]int32, len(sc.Zones))
	for z := range out {
		for _, b := range sites.Zone[z].Buildings {
			out[z] = append(out[z], sites.Building[b].Cell)
		}
	}
	for n, z := range sites.Node {
		if cell, ok := sc.Terrain.Grid.CellAt(sc.Nodes[n].At); ok && z >= 0 {
			out[z] = append(out[z], int32(cell))
		}
	}
	for z := range out {
		slices.Sort(out[z])
		out[z] = slices.DeleteFunc(slices.Compact(out[z]), func(cell int32) bool { return cell < 0 })
	}
	return out
}
