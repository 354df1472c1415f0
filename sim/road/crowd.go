package road

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// Weidmann's relation of 1993 between the density D of walkers [P/m2] and their speed,
//
//	v = 1.34 m/s (1 - exp(-1.913 P/m2 (1/D - 1/5.4 m2/P))),
//
// acts link by link. Below the density of the greatest flow it slows who walks on the link. Beyond that density a link
// takes in no more than the flow that belongs to its density, and nobody when it is full; who cannot go on waits at the
// end of the link on which he is and takes room there. Over the end of a link never goes more than the greatest flow.
const (
	freeWalk   = 1.34  // mean speed of the walkers of whom the relation tells [m/s]
	crowdGamma = 1.913 // [P/m2]
	jamCrowd   = 5.4   // density at which nobody moves [P/m2]
	bestCrowd  = 1.75  // density of the greatest flow [P/m2]
)

// Density acts in steps of 0.25 P/m2, with the value in the middle of the step; a step is left downwards only when the
// density has fallen half a step below it. Below 0.5 P/m2 nobody is slowed: that is 3 % at the most.
const (
	crowdStep  = 250 // [0.001 P/m2]
	crowdFirst = 2   // step from which walkers are slowed
	crowdSteps = 22  // steps up to the density at which nobody moves
)

// squeezeAfter is how long nobody must have come onto a full link or off it until one party more squeezes onto it:
// crowds have been seen at up to 10 P/m2 (Helbing, Johansson, Al-Abideen 2007). So people who stand in each other's way
// in a ring come through. Assumed.
const squeezeAfter = sim.Time(5 * sim.Minute)

// Widths on which people walk where a link names none [m]; assumed.
const (
	defaultPath     = 2.0 // on a footpath
	defaultPavement = 4.0 // along a road, on both sides together
)

// crowdSpeed returns the share of their free speed at which people walk at that density [P/m2].
func crowdSpeed(density float64) float64 {
	if density >= jamCrowd {
		return 0
	}
	return -num.Expm1(float64(-crowdGamma * (1/density - 1/jamCrowd)))
}

// crowdFlow returns the flow over a metre of width at that density [P/(m s)].
func crowdFlow(density float64) float64 { return freeWalk * density * crowdSpeed(density) }

// crowding is what a step of density does.
type crowding struct {
	pace float64 // share of the free speed [-]
	flow float64 // that a link takes in, as a share of the greatest [-]
}

// crowdings are the effects by step.
var crowdings = func() (out [crowdSteps]crowding) {
	for k := range out {
		density := (float64(k) + 0.5) * crowdStep / 1000
		out[k] = crowding{1, 1}
		if k >= crowdFirst {
			out[k].pace = crowdSpeed(min(density, bestCrowd))
		}
		if density > bestCrowd {
			out[k].flow = crowdFlow(density) / crowdFlow(bestCrowd)
		}
	}
	return out
}()

// footway is what a link is for walkers, in both directions together.
type footway struct {
	room   int32   // persons that have room
	thin   int32   // fewer persons than these slow nobody
	stride int64   // time between two persons at the greatest flow [µs]
	share  float64 // density that a person makes [0.001 P/m2]
}

// newFootway works out the footway of a link of that length [m].
func newFootway(l *LinkSpec, length float64) footway {
	width := l.Walk
	if width == 0 {
		width = defaultPavement
		if l.FootOnly {
			width = defaultPath
		}
	}
	area := float64(width * length)
	return footway{
		room:   int32(max(num.FloorInt(min(float64(jamCrowd*area), 1e9)), 1)),
		thin:   int32(num.CeilInt(min(float64(crowdFirst*crowdStep*area)/1000, 1e9))),
		stride: max(num.RoundInt64(1e6/float64(crowdFlow(bestCrowd)*width)), 1),
		share:  1000 / area,
	}
}

// footState is one direction of a link for walkers, beside their places in the list of those who take no room among the
// vehicles: who waits at the end is in front there.
type footState struct {
	held    int32    // last of those who wait at the end, or -1
	crowd   list     // who waits at the start to walk onto it
	exit    sim.Time // earliest instant at which the next one may leave
	entered sim.Time // when the last one came onto it
	stride  int64    // time that he and his party take at the greatest flow [µs]
}

var emptyFoot = footState{held: -1, crowd: emptyList}

// crowdState is the density of walkers on a link.
type crowdState struct {
	walkers int32    // persons on foot, both ways
	step    uint8    // of the density; 0 where nobody is slowed
	moved   sim.Time // when the last one came or went
}

// walkers returns how many persons a mover on foot is.
func (m *mover) walkers() int32 { return max(int32(m.persons), 1) }

// press adds persons to those on a link, or takes them off, and lets the density act.
func (t *Traffic) press(link, persons int32) {
	c, f := &t.crowds[link], &t.net.foot[link]
	c.walkers += persons
	c.moved = t.now
	if c.walkers < f.thin && c.step == 0 {
		return
	}
	density := num.Int32(min(float64(c.walkers)*f.share, jamCrowd*1000-1))
	was := c.step
	if c.step = step(was, density, crowdStep); c.step < crowdFirst {
		c.step = 0
	}
	if c.step == was {
		return
	}
	t.trail.Change(t.now, changeCrowd, link, uint64(c.step))
	if crowdings[c.step].pace == crowdings[was].pace {
		return
	}
	t.eachOn(link, func(slot int32) {
		if t.movers.at(slot).mode == sim.ModeFoot {
			t.retime(slot)
		}
	})
	if t.links[link].threatens(sim.ModeFoot) {
		t.eachOn(link, t.watch)
	}
}

// unpress takes a mover on foot off a link, and has those look who wait to walk onto it.
func (t *Traffic) unpress(link, persons int32) {
	t.press(link, -persons)
	for _, node := range [...]int32{t.net.tail[2*link], t.net.head[2*link]} {
		if t.waits[node].queues > 0 {
			t.mark(node)
		}
	}
}

// admits returns the earliest instant at which an arc takes in so many walkers as its link is now. A party that is
// larger than the whole link gets on when the link is empty.
func (t *Traffic) admits(arc, persons int32) sim.Time {
	c := &t.crowds[arc>>1]
	if c.walkers > 0 && c.walkers+persons > t.net.foot[arc>>1].room {
		return max(c.moved+squeezeAfter, t.mayEnter(arc))
	}
	return t.mayEnter(arc)
}

// mayEnter returns the earliest instant at which the next walker comes onto an arc that has room. Beyond the density of
// the greatest flow both directions share what the link takes in.
func (t *Traffic) mayEnter(arc int32) sim.Time {
	c, a := &t.crowds[arc>>1], &t.foot[arc]
	at := a.entered + sim.Time(a.stride)
	if flow := crowdings[c.step].flow; flow < 1 {
		b := &t.foot[arc^1]
		at = max(a.entered+sim.Time(num.RoundInt64(float64(a.stride)/flow)),
			b.entered+sim.Time(num.RoundInt64(float64(b.stride)/flow)))
	}
	return at
}

// enterOnFoot counts a walker onto the link of an arc.
func (t *Traffic) enterOnFoot(m *mover, arc int32) {
	a := &t.foot[arc]
	a.entered, a.stride = t.now, int64(m.walkers())*t.net.foot[arc>>1].stride
	t.press(arc>>1, m.walkers())
}
