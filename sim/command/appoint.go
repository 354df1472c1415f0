package command

import (
	"slices"

	"sandtable/sim"
)

// unavailable says why an official cannot be sent to a post, or nothing.
func (c *Command) unavailable(id sim.OfficialID, to sim.PostID) sim.Text {
	o, who := &c.officials[id], c.title(sim.RefTo(sim.KindOfficial, id))
	if s := o.state(); s != sim.OfficialPresent {
		return sim.Say("%s%s，不能到任", "%s is %s and cannot go", who, s.Title())
	}
	if _, ok := c.journey(id, to); !ok {
		return sim.Say("%s无路可到%s", "%s finds no way to %s", who, c.title(sim.RefTo(sim.KindPost, to)))
	}
	return sim.Text{}
}

// journey returns how long an official takes by road from the post where he serves to another one.
func (c *Command) journey(id sim.OfficialID, to sim.PostID) (sim.Duration, bool) {
	from := c.officials[id].post
	if from < 0 {
		return 0, false
	}
	return c.roadTime(sim.ModeCar, c.sites.Post[from], c.sites.Post[to])
}

// setOut sends an official who is free to a post that he is to take over. His own goes to its deputy at once.
func (c *Command) setOut(at sim.Time, id sim.OfficialID, to sim.PostID) {
	way, ok := c.journey(id, to)
	if !ok || c.officials[id].state() != sim.OfficialPresent {
		return
	}
	c.occupy(at, id, 1, sim.Say("赶赴%s", "on the way to %s", c.title(sim.RefTo(sim.KindPost, to))))
	c.agenda.Put(at.Add(way), entry{kind: entryTakeOver, a: int32(id), b: int32(to)})
}

// takeOver is an official's arrival at a post: he stands before all others who serve there, unless something has
// befallen him on the way.
func (c *Command) takeOver(at sim.Time, id sim.OfficialID, to sim.PostID) {
	o := &c.officials[id]
	if from := o.post; from >= 0 && max(o.given, o.fate) == sim.OfficialPresent {
		c.staff[from] = slices.DeleteFunc(c.staff[from], func(x sim.OfficialID) bool { return x == id })
		c.staff[to] = slices.Insert(c.staff[to], 0, id)
		o.post = to
		c.settleSoon(at, from)
	}
	c.occupy(at, id, -1, sim.Say("到达%s", "has got to %s", c.title(sim.RefTo(sim.KindPost, to))))
	c.settleSoon(at, to)
}

// Appoint sends an official to a post that he is to take over, without anybody being told: the director's way.
func (c *Command) Appoint(at sim.Time, id sim.OfficialID, to sim.PostID) {
	c.put(at, entry{kind: entrySetOut, a: int32(id), b: int32(to)})
}

// Unavailable says why an official cannot be sent to a post, or nothing: for the director, who knows.
func (c *Command) Unavailable(id sim.OfficialID, to sim.PostID) sim.Text {
	return c.unavailable(id, to)
}
