package replay

import (
	"fmt"
	"slices"

	"sandtable/sim"
)

// tape holds recorded commands by ticks. It is a Source that gives them in the very ticks, in the very order.
type tape struct {
	ticks []tapeTick
	next  int
}

type tapeTick struct {
	at   sim.Time // start of the tick
	cmds []sim.Command
}

// tapeOf takes the commands out of records.
func tapeOf(records []Record) *tape {
	t := &tape{}
	for i := range records {
		if r := &records[i]; r.Kind == KindCmds {
			t.ticks = append(t.ticks, tapeTick{r.At, r.Commands})
		}
	}
	return t
}

// at returns the commands of the tick that begins at now. It is asked in the order of time.
func (t *tape) at(now sim.Time) []sim.Command {
	for t.next < len(t.ticks) && t.ticks[t.next].at < now {
		t.next++
	}
	if t.next < len(t.ticks) && t.ticks[t.next].at == now {
		return t.ticks[t.next].cmds
	}
	return nil
}

// Commands gives the recorded commands of the tick.
func (t *tape) Commands(now sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	return append(buf, t.at(now)...)
}

// continuation is a Source that plays a tape up to an instant and then lets the live sources command. They are asked
// from time 0 on, so that a script or a plan knows everything that it would know had it been there; but until the
// instant what they say is dropped.
type continuation struct {
	tape  *tape
	until sim.Time
	live  sim.Source // nil: none
	// check compares what the live sources say before the instant with the tape. What players said is left out:
	// they are no function of the run, the tape alone knows them.
	check bool
	// tapeFirst tells the order, within a tick after the instant, of what the tape still holds and what is live.
	tapeFirst bool
	fail      func(error) // told of the first difference
	heard     []sim.Command
}

// Commands gives the tape's commands before the instant, and from it on those of the live sources and what the
// tape still holds.
func (c *continuation) Commands(now sim.Time, last []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	c.heard = c.heard[:0]
	if c.live != nil {
		c.heard = c.live.Commands(now, last, v, c.heard)
	}
	taped := c.tape.at(now)
	if now < c.until {
		if c.check {
			c.compare(now, taped)
		}
		return append(buf, taped...)
	}
	if c.tapeFirst {
		return append(append(buf, taped...), c.heard...)
	}
	return append(append(buf, c.heard...), taped...)
}

// compare holds what the live sources said in a tick against the tape.
func (c *continuation) compare(now sim.Time, taped []sim.Command) {
	byPlayer := func(x sim.Command) bool { return x.Origin == sim.FromPlayer }
	said := slices.DeleteFunc(slices.Clone(c.heard), byPlayer)
	recorded := slices.DeleteFunc(slices.Clone(taped), byPlayer)
	if slices.EqualFunc(said, recorded, sim.Command.Equal) {
		return
	}
	for i := range max(len(said), len(recorded)) {
		if i < len(said) && i < len(recorded) && said[i].Equal(recorded[i]) {
			continue
		}
		c.fail(&Mismatch{At: now, Since: now, Part: "commands", Recorded: nth(recorded, i), Now: nth(said, i)})
		return
	}
}

// nth describes a command of a list, which may be too short.
func nth(cmds []sim.Command, i int) string {
	if i >= len(cmds) {
		return "nothing"
	}
	c := &cmds[i]
	return fmt.Sprintf("%q from the %s %s at %v", c.String(), c.Origin, c.Post, c.At)
}
