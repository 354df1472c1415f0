package road

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// turnedShare is what a lane on which traffic runs against its usual direction carries of what it carries otherwise
// [-]: 30 % less (TRB paper 11-4115, on Ivan, Katrina and Gustav), so that two lanes and two turned ones carry 70 %
// more than two; Polus (2005) gives 60 to 70 %.
const turnedShare = 0.7

// What a lane carries for hours in an evacuation, however much it carries at its best [veh/h]: 600, and 800 to 1,000
// where traffic runs against its usual direction, the middle (TRB paper 11-4115; NSW SES plans with 600, too).
const (
	plannedFlow   = 600.0
	plannedTurned = 900.0
)

// slowest is the longest headway [µs].
const slowest = 1e15

// flow is what an arc lets through at present. It is small, for every vehicle on every arc asks for it.
type flow struct {
	headway int64 // between two cars that leave at capacity [µs]; of a stopped arc that which held before; 0 without lanes
	entry   int64 // between two cars that enter at capacity [µs]
	wave    int64 // time that a hole takes from end to start [µs]
	storage int32 // cars that have room
	ring    int32 // where its memory of departures begins
	size    int32 // length of that memory: the largest storage that the arc can have
	across  uint8 // lanes on which cars move
	stopped bool  // nobody leaves, by order
	closed  bool  // no vehicle comes in: all of its lanes are given away or blocked, or it never had any
}

// works is what orders and stalled vehicles have made of an arc, from which its flow is worked out.
type works struct {
	share   float64  // of the capacity, by order [-]
	since   sim.Time // when it was stopped
	wrecks  int32    // stalled vehicles
	own     uint8    // lanes of its own
	open    uint8    // of them that an order leaves open; sim.AllLanes for all
	lent    uint8    // of them that are given to the other direction, or about to be
	won     uint8    // lanes of the other direction that run this way
	blocked uint8    // lanes that stalled vehicles block at the worst place
}

// newFlows returns what all arcs let through on dry roads without orders.
func newFlows(n *Network) ([]flow, []works) {
	flows, all := make([]flow, len(n.tail)), make([]works, len(n.tail))
	for arc := range flows {
		link := arc >> 1
		f, w := &flows[arc], &all[arc]
		*f = flow{wave: n.wave[link], ring: n.ring[arc], size: n.ringEnd(int32(arc)) - n.ring[arc], closed: true}
		*w = works{open: sim.AllLanes, share: 1}
		if !n.against(int32(arc)) && n.headway[link] > 0 {
			w.own = uint8(n.links[link].Lanes)
			f.headway, f.entry, f.storage = n.headway[link], n.headway[link], n.storage[link]
			f.across, f.closed = w.own, false
		}
	}
	return flows, all
}

// laneCount are the lanes of a direction: its own, and those of the other one that run its way.
type laneCount struct{ own, won uint8 }

// all returns how many lanes cars can stand on.
func (l laneCount) all() float64 { return float64(l.own) + float64(l.won) }

// worth returns the lanes by what they carry, in lanes of usual direction.
func (l laneCount) worth() float64 { return float64(l.own) + float64(turnedShare*float64(l.won)) }

// upTo returns the lanes when only so many are open, its own ones first.
func (l laneCount) upTo(open uint8) laneCount {
	own := min(l.own, open)
	return laneCount{own, min(l.won, open-own)}
}

// without returns what is left when some are blocked, its own ones first.
func (l laneCount) without(blocked uint8) laneCount {
	own := min(l.own, blocked)
	return laneCount{l.own - own, l.won - min(l.won, blocked-own)}
}

// capacity returns what so many lanes of a link carry at a free speed [m/s] and with a share of their capacity [veh/s]:
// the lower of what is given and what the triangular fundamental diagram allows, vf·w/(vf+w)·lanes/jam.
func (n *Network) capacity(link int32, l laneCount, speed, share float64) float64 {
	each := n.links[link].Capacity
	given := float64(l.own) * each * n.rules.Capacity / 3600
	if n.rules.Planning {
		given = math.Min(given, float64(l.own)*plannedFlow/3600)
	}
	if l.won > 0 {
		turned := turnedShare * each * n.rules.Capacity
		if n.rules.Planning {
			turned = math.Min(turned, plannedTurned)
		}
		given += float64(l.won) * turned / 3600
	}
	most := speed * WaveSpeed / (speed + WaveSpeed) * (l.worth() / n.rules.JamMetres)
	return math.Min(given*share, most)
}

// headwayOf returns the time between two cars at a capacity [veh/s] that is not 0 [µs].
func headwayOf(capacity float64) int64 {
	return max(num.RoundInt64(math.Min(1e6/capacity, slowest)), 1)
}

// room returns how many cars have room on so many lanes of a link: lanes·L/jam in whole cars, rounded up where rounding
// down would make a short link narrower than its capacity [veh/s].
func (n *Network) room(link int32, l laneCount, speed, capacity float64) int32 {
	length := n.length[link]
	filled := float64((length/speed + length/WaveSpeed) * capacity)
	standing := float64(length * (l.all() / n.rules.JamMetres))
	return int32(max(num.FloorInt(standing+1e-9), num.CeilInt(filled-1e-9), 1))
}

// mostRoom returns the largest storage that so many lanes of a link can have, rounded up.
func (n *Network) mostRoom(link int32, lanes int) int32 {
	return int32(max(num.CeilInt(n.length[link]*(float64(lanes)/n.rules.JamMetres)), 1))
}

// widen gives an arc memory for as many departures as lanes of both directions need, before it is given any of the
// other's. It keeps it: what a memory has forgotten cannot come back.
func (t *Traffic) widen(arc int32) {
	f, a := &t.flows[arc], &t.arcs[arc]
	most := t.net.mostRoom(arc>>1, int(t.works[arc].own)+int(t.works[arc^1].own))
	if most <= f.size {
		return
	}
	ring := int32(len(t.holes))
	t.holes = append(t.holes, make([]sim.Time, most)...)
	for k := max(a.out-int64(f.size), 0); k < a.out; k++ {
		t.holes[int64(ring)+k%int64(most)] = t.holes[int64(f.ring)+k%int64(f.size)]
	}
	f.ring, f.size = ring, most
}

// ringEnd returns where the memory of departures of an arc ends.
func (n *Network) ringEnd(arc int32) int32 {
	if int(arc) == len(n.ring)-1 {
		return int32(n.rings)
	}
	return n.ring[arc+1]
}

// refit works out what an arc lets through after something has changed, from now on: those who have begun a headway
// have as much of the new one before them as they had of the old one. Both ends are looked at in this instant, so that
// who waits there goes by the new values; whoever is on the arc stays, also where there is no room for all any more.
//
// Lanes are open or closed over the whole length of an arc, and rain falls on all of it: that limits who enters and who
// leaves. A share of the capacity and stalled vehicles hold up who leaves; behind them the arc fills.
func (t *Traffic) refit(arc int32) {
	f := &t.flows[arc]
	was := *f
	t.fit(arc)
	if *f == was {
		return
	}
	t.carryOver(arc, &was)
	t.trail.Change(t.now, changeFlow, arc, uint64(f.headway)<<20^uint64(f.storage))
	if f.stopped {
		t.unblock(arc) // its first vehicle waits for nothing but the arc itself
	}
	t.mark(t.net.tail[arc])
	t.mark(t.net.head[arc])
}

// fit works out what an arc lets through now.
func (t *Traffic) fit(arc int32) {
	link, f, w := arc>>1, &t.flows[arc], &t.works[arc]
	if t.net.headway[link] == 0 {
		return // no vehicle ever passes
	}
	standing, moving := t.lanesOf(arc)
	f.across = moving.own + moving.won
	f.closed = w.own-w.lent+w.won == 0 || standing.without(w.blocked) == laneCount{}
	if w.own+w.won+t.works[arc^1].lent == 0 {
		f.headway, f.entry, f.storage, f.stopped = 0, 0, 0, false
		return
	}
	speed, sky := t.freeSpeed(link), t.skyShare(link)
	if capacity := t.net.capacity(link, standing, speed, sky); capacity > 0 {
		f.entry = headwayOf(capacity)
		f.storage = min(t.net.room(link, standing, speed, capacity), f.size)
	}
	capacity := t.net.capacity(link, moving, speed, w.share*sky)
	if f.stopped = !(capacity > 0); !f.stopped {
		f.headway = headwayOf(capacity)
	}
}

// lanesOf returns the lanes of an arc on which cars can stand and those on which they move. Before and behind stalled
// vehicles there is room to stand. Where nobody comes in any more, those who are on the arc leave it on the lanes that
// it had.
func (t *Traffic) lanesOf(arc int32) (standing, moving laneCount) {
	w := &t.works[arc]
	serving := laneCount{w.own - w.lent, w.won}
	if serving == (laneCount{}) {
		serving = laneCount{w.own, t.works[arc^1].lent}
	}
	standing = serving.upTo(w.open)
	if moving = standing.without(w.blocked); moving == (laneCount{}) {
		moving = standing
	}
	return standing, moving
}

// carryOver gives what is left of headways that have begun on an arc the length that it has by the new flow. On an arc
// that was stopped it stays what it was then.
func (t *Traffic) carryOver(arc int32, was *flow) {
	f, a, w := &t.flows[arc], &t.arcs[arc], &t.works[arc]
	for _, at := range [...]*sim.Time{&a.nextEntry, &a.nextStart} {
		*at = t.remainder(*at, t.now, was.entry, f.entry)
	}
	if f.stopped {
		if !was.stopped {
			w.since = t.now
		}
		return
	}
	begun := t.now
	if was.stopped {
		begun, w.since = w.since, 0
	}
	for _, at := range [...]*sim.Time{&a.nextExit, &a.sideAt[right], &a.sideAt[left]} {
		*at = t.remainder(*at, begun, was.headway, f.headway)
	}
}

// remainder returns when a headway is over that had so much left at an instant and goes on now with another length.
func (t *Traffic) remainder(over, begun sim.Time, was, now int64) sim.Time {
	if over <= begun || was == 0 || begun == t.now && was == now {
		return over
	}
	left := float64(over-begun) / float64(was) * float64(now)
	return t.now + sim.Time(num.RoundInt64(math.Min(left, float64(lastInstant))))
}
