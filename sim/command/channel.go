package command

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// delayLaw is the time that a channel takes: a Weibull distribution through its median and its 90th percentile.
type delayLaw struct {
	t50     float64 // [s]
	inverse float64 // 1/shape [-]; 0 for a constant time
}

func newDelayLaw(t50, t90 sim.Duration) delayLaw {
	if t90 <= t50 {
		return delayLaw{t50: t50.Seconds()}
	}
	// A median of 0 with a tail above it has no Weibull; the shortest time that is told apart stands for it.
	t50 = max(t50, sim.Second)
	ratio := max(t90.Seconds()/t50.Seconds(), 1)
	return delayLaw{t50.Seconds(), num.Log(ratio) / num.Log(math.Ln10/math.Ln2)}
}

// at returns the time that the share u in (0, 1) of messages needs at the most.
func (l delayLaw) at(u float64) sim.Duration {
	if l.inverse == 0 {
		return seconds(l.t50)
	}
	return seconds(l.t50 * num.Pow(-num.Log1p(-u)/math.Ln2, l.inverse))
}

// ackSpread is the standard deviation of the logarithm of the time to acknowledge: nine of ten posts acknowledge
// within twice their median (assumed).
const ackSpread = math.Ln2 / 1.2815515655446004 // ln 2 over the 90 % point of the normal distribution [-]

// ackTime returns the time to acknowledge at the share u in (0, 1) of a post whose median is t50.
func ackTime(t50 sim.Duration, u float64) sim.Duration {
	return seconds(t50.Seconds() * num.Exp(ackSpread*num.NormQuantile(u)))
}

func seconds(s float64) sim.Duration {
	return sim.Duration(num.RoundInt64(float64(s * float64(sim.Second))))
}

// faults are the reasons why a channel carries nothing, a bit for each: it works again when none is left.
type faults uint8

const (
	faultInject  faults = 1 << iota // as the director wants it
	faultPower                      // no mains for longer than its battery lasts
	faultNetwork                    // no public network
	faultHours                      // outside the hours in which it is used
	faultsEnd
)

// works says whether a channel carries messages in a zone, or with None outside every zone.
func (c *Command) works(ch sim.ChannelID, zone sim.ZoneID) bool {
	return c.faults[c.cell(ch, c.column(zone))] == 0
}

// column returns the column of a zone; the last one is outside every zone.
func (c *Command) column(zone sim.ZoneID) int {
	if zone < 0 {
		return len(c.sc.Zones)
	}
	return int(zone)
}

func (c *Command) cell(ch sim.ChannelID, column int) int { return int(ch)*(len(c.sc.Zones)+1) + column }

// reaches says whether a channel carries messages to a post and from it: in every zone that it moves, and where it
// moves none, outside the zones; and where it sits there must be what the channel runs on.
func (c *Command) reaches(ch sim.ChannelID, p sim.PostID) bool {
	if !c.supplied(ch, p) {
		return false
	}
	if len(c.plan.own[p]) == 0 {
		return c.faults[c.cell(ch, len(c.sc.Zones))]&faultInject == 0
	}
	for _, z := range c.plan.own[p] {
		if c.faults[c.cell(ch, int(z))]&faultInject != 0 {
			return false
		}
	}
	return true
}

// climbs says whether a channel carries messages from a post to the one above it: to and from the lower one, and above
// there must be what the channel runs on as well. Nobody asks that of who is above the highest post.
func (c *Command) climbs(ch sim.ChannelID, p sim.PostID) bool {
	above := c.sites.Tree[p]
	return c.reaches(ch, p) && (above < 0 || c.supplied(ch, above))
}

// supplied says whether a channel has mains, network and its hours where a post sits, or with None at all.
func (c *Command) supplied(ch sim.ChannelID, p sim.PostID) bool {
	zone := sim.ZoneID(sim.None)
	if p >= 0 {
		zone = c.sites.PostIn[p]
	}
	return c.faults[c.cell(ch, c.column(zone))]&^faultInject == 0
}

// line is where a post makes its calls over one channel, one after another.
type line struct {
	from sim.Time // when the last call that was asked for begins
	free sim.Time // when the next one can begin
	to   sim.Ref  // who is being called until then: whatever is for him is said in that call
}

// turnAt returns when a post can tell somebody something over a channel: in the call that he is on or will be, at once
// when its line is free, else when it is free again.
func (c *Command) turnAt(at sim.Time, p sim.PostID, ch sim.ChannelID, to sim.Ref) sim.Time {
	l := &c.phones[int(p)*len(c.sc.Channels)+int(ch)]
	if l.to == to {
		return max(at, l.from)
	}
	return max(at, l.free)
}

// takeLine occupies the line of a post for one call over a channel. More callers make calls follow each other as much
// faster.
func (c *Command) takeLine(at sim.Time, p sim.PostID, ch sim.ChannelID, to sim.Ref) {
	l := &c.phones[int(p)*len(c.sc.Channels)+int(ch)]
	if perHour := c.plan.law[ch].Capacity; perHour > 0 && (l.free <= at || l.to != to) {
		*l = line{at, at.Add(seconds(3600 / (perHour * float64(max(c.sc.Posts[p].Callers, 1))))), to}
	}
}

// callUp makes a call of a post to the one above it, over the first channel that works, and returns when what it says
// is there. While the line is taken it returns false, with when it is free, and what is to be said waits like any
// order. Messengers go with word of orders and with what is urgent: carryUp.
func (c *Command) callUp(at sim.Time, p sim.PostID, u float64) (there, free sim.Time, over sim.ChannelID, ok bool) {
	ch, ok := c.climb(p)
	if !ok {
		return 0, sim.Never, sim.None, false
	}
	if turn := c.turnAt(at, p, ch, c.abovePost(p)); turn > at {
		return 0, turn, sim.None, false
	}
	c.takeLine(at, p, ch, c.abovePost(p))
	return at.Add(c.plan.delay[ch].at(u)), at, ch, true
}

// callOver takes the line of a post for a call as soon as it is free, and returns when that begins.
func (c *Command) callOver(at sim.Time, p sim.PostID, ch sim.ChannelID, to sim.Ref) sim.Time {
	turn := c.turnAt(at, p, ch, to)
	c.takeLine(turn, p, ch, to)
	return turn
}

// abovePost is whom a post reports to: the post above it, or whoever is above the highest one.
func (c *Command) abovePost(p sim.PostID) sim.Ref {
	if above := c.sites.Tree[p]; above >= 0 {
		return sim.RefTo(sim.KindPost, above)
	}
	return sim.Ref{Kind: sim.KindOutside}
}

// partner is whom the sender of the present hop of an order calls: a post, or the dispatcher of a unit's station, who
// takes all orders for its units in one call.
func (c *Command) partner(o *order) sim.Ref {
	r := c.receiver(o)
	if r.Kind == sim.KindUnit {
		if s, ok := c.names.Resolve(sim.KindStation, c.sc.Units[r.ID].Station); ok {
			return sim.Ref{Kind: sim.KindStation, ID: s}
		}
	}
	return r
}

// fault sets or takes away one reason why a channel carries nothing, in one column of zones or with all in every one,
// and passes on where it fails or works again.
func (c *Command) fault(at sim.Time, ch sim.ChannelID, column int, why faults, on bool) {
	first, last := column, column
	if column == everywhere {
		first, last = 0, len(c.sc.Zones)
	}
	changed, alike := c.changed[:0], column == everywhere
	for k := first; k <= last; k++ {
		f := &c.faults[c.cell(ch, k)]
		before := *f
		if *f &^= why; on {
			*f |= why
		}
		if (before == 0) != (*f == 0) {
			changed = append(changed, int32(k))
		}
		alike = alike && (*f != 0) == on
	}
	c.changed = changed
	switch {
	case len(changed) == 0:
	case alike:
		c.tellFault(at, sim.ChannelFault{Channel: ch, Zone: sim.None, Up: !on}, why)
	default:
		for _, k := range changed {
			if int(k) < len(c.sc.Zones) {
				c.tellFault(at, sim.ChannelFault{Channel: ch, Zone: sim.ZoneID(k), Up: !on}, why)
			}
		}
	}
}

// everywhere stands for all columns.
const everywhere = -1

// words says why a channel failed; what the director does needs none.
func (f faults) words() sim.Text {
	switch f {
	case faultPower:
		return sim.Text{ZH: "停电，备用电源耗尽", EN: "no mains, and its battery is empty"}
	case faultNetwork:
		return sim.Text{ZH: "公众通信网中断", EN: "no public network"}
	case faultHours:
		return sim.Text{ZH: "不在使用时段", EN: "outside its hours"}
	}
	return sim.Text{}
}

// tellFault tells who has to do with a channel that it fails or works again.
func (c *Command) tellFault(at sim.Time, f sim.ChannelFault, why faults) {
	where := sim.Ref{Kind: sim.KindCounty}
	if f.Zone >= 0 {
		where = sim.RefTo(sim.KindZone, f.Zone)
	}
	var text sim.Text
	if !f.Up {
		text = why.words()
	}
	c.trail.Change(at, trailChannel, int32(f.Channel), uint64(uint32(f.Zone))<<1|uint64(bit(f.Up)))
	c.log.Emit(sim.Event{At: at, Kind: sim.EvChannel, A: sim.RefTo(sim.KindChannel, f.Channel), B: where,
		Count: int32(bit(f.Up)), Text: text})
	c.ports.Silences.Post(at, int32(f.Channel), f)
	c.speakAgain(at, f)
}
