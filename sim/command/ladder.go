package command

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// callee is who is called.
type callee uint8

const (
	calleeAny    callee = iota // whoever acts for the post
	calleeHolder               // who holds it
	calleeDeputy               // its deputies, one after the other
)

// call is one try to reach a post or somebody on duty.
type call struct {
	who     callee
	turn    int32 // number of the try within its step, from 0
	channel sim.ChannelID
	wait    sim.Duration // until the caller tries what comes next; a messenger is waited for until he is back
}

// rounds returns the calls over all channels of a list, so many times.
func rounds(list []sim.ChannelID, wait sim.Duration) []call {
	var out []call
	for range maxRounds {
		for _, ch := range list {
			out = append(out, call{channel: ch, wait: wait})
		}
	}
	return out
}

// climb returns the calls of a ladder.
func climb(l *scenario.Ladder, names *scenario.Directory) []call {
	var out []call
	for i := range l.Steps {
		s := &l.Steps[i]
		ch, ok := names.Resolve(sim.KindChannel, s.Channel)
		if !ok {
			continue
		}
		who := callee(max(slices.Index([]string{"any", "holder", "deputy"}, s.Who), 0))
		for k := range s.Tries {
			out = append(out, call{who: who, turn: int32(k), channel: sim.ChannelID(ch), wait: s.Wait})
		}
	}
	return out
}

// calls returns the tries of an order's present hop.
func (c *Command) calls(o *order) []call {
	if o.to >= 0 {
		return c.plan.calls[o.to]
	}
	return c.plan.reach[o.holder]
}

// called returns the official whom a try calls by name; None where it calls whoever is there.
func (c *Command) called(to sim.PostID, x *call) sim.OfficialID {
	if to < 0 {
		return sim.None
	}
	return x.of(c.staff[to])
}

// of returns whom a try calls of those who serve at a post, the holder first, then his deputies in turn.
func (x *call) of(staff []sim.OfficialID) sim.OfficialID {
	switch {
	case x.who == calleeHolder && len(staff) > 0:
		return staff[0]
	case x.who == calleeDeputy && len(staff) > 1:
		return staff[1+int(x.turn)%(len(staff)-1)]
	}
	return sim.None
}

// answering returns who would take a try now, and whether anybody would. Of a post for which nobody is named, and of
// units, shelters and crews, somebody always would.
func (c *Command) answering(to sim.PostID, x *call) (sim.OfficialID, bool) {
	if to < 0 || !c.plan.named[to] {
		return sim.None, true
	}
	id := c.called(to, x)
	if x.who == calleeAny {
		id = c.acting(to)
	}
	if id < 0 || c.officials[id].state() != sim.OfficialPresent {
		return sim.None, false
	}
	return id, true
}

// calling says whom a try calls, where that is not whoever is there.
func (c *Command) calling(to sim.PostID, x *call) sim.Text {
	if id := c.called(to, x); id >= 0 {
		return sim.Say("呼叫%s", "calls %s", c.title(sim.RefTo(sim.KindOfficial, id)))
	}
	return sim.Text{}
}

// next returns the number of an order's next try: the first one, from that at which it is, that has somebody to call.
func (c *Command) next(o *order) int32 {
	list, try := c.calls(o), o.try
	alone := o.to >= 0 && c.plan.named[o.to] && len(c.staff[o.to]) < 2 // the post has no deputy
	for alone && int(try) < len(list) && list[try].who == calleeDeputy {
		try++
	}
	return try
}

// answered says who acknowledged, where that is known.
func (c *Command) answered(id sim.OfficialID) sim.Text {
	if id < 0 {
		return sim.Text{}
	}
	return sim.Say("%s应答", "answered by %s", c.title(sim.RefTo(sim.KindOfficial, id)))
}
