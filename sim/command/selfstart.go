package command

import "sandtable/sim"

// selfStart notes that a post which is cut off orders something for a zone of its own by its standing authority
// (授权自启), and has it reported upward at once.
func (c *Command) selfStart(at sim.Time, k int32) {
	d := &c.orders[k].d
	s := &c.posts[d.From]
	if !zoneOrder(d.Order) || c.sites.Zone[d.Zone].Post != d.From || s.cutOff < 0 {
		return
	}
	text := sim.Say("失联%d分钟，按授权自启：%s", "cut off for %d min, acts by its standing authority: %s",
		int64(at.Sub(s.cutOff)/sim.Minute), d.Words(c.names))
	c.tellPost(at, d.From, sim.PostSelfStarts, text)
	c.reportAtOnce(at, d.From, sim.Say("%s：%s", "%s: %s", c.title(sim.RefTo(sim.KindPost, d.From)), text))
}

// reportAtOnce has a post pass something upward at once, over whatever works.
func (c *Command) reportAtOnce(at sim.Time, p sim.PostID, text sim.Text) {
	if c.sites.Tree[p] < 0 {
		return
	}
	c.posts[p].news = append(c.posts[p].news, text)
	c.sendNews(at, p)
}

// sendNews sends what a post has to report at once, together with its counts: over the first channel that works, else
// by messenger. Where neither is possible it waits.
func (c *Command) sendNews(at sim.Time, p sim.PostID) {
	s := &c.posts[p]
	if len(s.news) == 0 || !c.manned(p) {
		return
	}
	there, free, over, ok := c.callUp(at, p, c.reportLuck.Open(uint64(p), uint32(entryWatch), second(at)))
	if !ok && free < sim.Never {
		c.agenda.Put(free, entry{kind: entryTell, a: int32(p), flag: tellNews})
		return
	}
	if !ok {
		there, ok = c.carryUp(at, p)
	}
	if ok {
		note := sim.Join(s.news, sim.Sentences)
		s.news = s.news[:0]
		c.file(p, there, over, note)
	}
}
