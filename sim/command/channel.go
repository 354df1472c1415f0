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

// works says whether a channel carries messages in a zone, or with None outside every zone.
func (c *Command) works(ch sim.ChannelID, zone sim.ZoneID) bool { return !c.down[c.cell(ch, zone)] }

func (c *Command) cell(ch sim.ChannelID, zone sim.ZoneID) int {
	columns := len(c.sc.Zones) + 1
	column := int(zone)
	if zone < 0 {
		column = columns - 1
	}
	return int(ch)*columns + column
}

// reaches says whether a channel carries messages to a post and from it: in every zone that it moves, and where it
// moves none, outside the zones.
func (c *Command) reaches(ch sim.ChannelID, p sim.PostID) bool {
	if len(c.plan.own[p]) == 0 {
		return c.works(ch, sim.None)
	}
	for _, z := range c.plan.own[p] {
		if !c.works(ch, z) {
			return false
		}
	}
	return true
}

// fault sets the state of a channel in one zone, or with None everywhere, and passes on what has changed.
func (c *Command) fault(at sim.Time, f sim.ChannelFault) {
	changed := false
	set := func(zone sim.ZoneID) {
		if k := c.cell(f.Channel, zone); c.down[k] == f.Up {
			c.down[k], changed = !f.Up, true
		}
	}
	if f.Zone >= 0 {
		set(f.Zone)
	} else {
		for z := range c.sc.Zones {
			set(sim.ZoneID(z))
		}
		set(sim.None)
	}
	if !changed {
		return
	}
	where := sim.Ref{Kind: sim.KindCounty}
	if f.Zone >= 0 {
		where = sim.RefTo(sim.KindZone, f.Zone)
	}
	c.trail.Change(at, trailChannel, int32(f.Channel), uint64(uint32(f.Zone))<<1|uint64(bit(f.Up)))
	c.log.Emit(sim.Event{At: at, Kind: sim.EvChannel, A: sim.RefTo(sim.KindChannel, f.Channel), B: where,
		Count: int32(bit(f.Up))})
	c.ports.Silences.Post(at, int32(f.Channel), f)
	c.speakAgain(at, f)
}
