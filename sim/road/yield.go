package road

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// DefaultPatience is after how long a driver who has to give way forces his way [s]. The HCM (recalled) gives the worst
// level of service at unsignalised junctions to delays above 50 s, at which drivers take smaller gaps than usual and
// disturb the major road; that they do so at once and always is assumed.
const DefaultPatience = 50.0

// recall is for how long a junction remembers a movement; longer than any occupation.
const recall sim.Time = 4_000_000

// crossing is what changes at a junction.
type crossing struct {
	look    sim.Time // instant for which a look at the node is on the agenda
	stood   uint64   // movements whose last vehicle had no priority: it came out of a jam, or forced its way
	policed bool     // an officer directs the traffic
}

// hasRules says whether vehicles at a node go by the rules of a junction: signals hold up roads, not vehicles.
func (t *Traffic) hasRules(node int32) (junction int32, ok bool) {
	j := t.net.junctions.at[node]
	if j < 0 {
		return j, false
	}
	p := &t.net.junctions.patterns[t.net.junctions.pattern[j]]
	return j, !p.signal || t.crossings[j].policed
}

// workJunction lets everybody over a junction who can go at this instant: in the order in which they have come, those
// to whom others have to give way whenever they come.
func (t *Traffic) workJunction(node, junction int32) {
	j := &junctionNow{Traffic: t, node: node, state: &t.crossings[junction]}
	js := &t.net.junctions
	j.pattern = &js.patterns[js.pattern[junction]]
	j.last = t.lastPass[js.first[junction]:][:len(j.pattern.moves)]
	for again := true; again; {
		j.gather()
		again = false
		held := false
		for k := range t.contenders {
			c := &t.contenders[k]
			if c.hold = j.try(c, t.contenders[:k]); c.hold == holdNone {
				again = true
			} else {
				held = held || c.hold != holdRoad
			}
		}
		again = again && held // who was held up by somebody who has gone may go
	}
	j.lookAfter()
}

// junctionNow is a junction that is worked through.
type junctionNow struct {
	*Traffic
	node    int32
	state   *crossing
	pattern *pattern
	last    []sim.Time // when each movement was used last; past
}

// try lets a contender go if it can. Those before it, in their order, have been asked already.
func (j *junctionNow) try(c *contender, earlier []contender) hold {
	t := j.Traffic
	if c.target < 0 {
		t.tryEnd(j.node, c.candidate, 0)
		return holdNone
	}
	if at := max(c.opens, t.arcs[c.target].nextEntry); at > t.now {
		from := c.arc
		if c.origin {
			from = -1
		}
		t.block(from, c.target, at)
		return holdRoad
	}
	if h := j.mayGo(c, earlier); h != holdNone {
		if !c.origin {
			t.unblock(c.arc)
		}
		return h
	}
	j.pass(c)
	return holdNone
}

// mayGo says whether the junction lets a contender go for whom there is room ahead.
func (j *junctionNow) mayGo(c *contender, earlier []contender) hold {
	for k := range earlier {
		if r := &earlier[k]; r.hold == holdJunction && j.inTheWay(c, r) {
			return holdJunction
		}
	}
	if c.move < 0 {
		return holdNone
	}
	if j.free(c) > j.now {
		return holdJunction
	}
	if !c.forced && !c.jammed && !j.state.policed && j.pattern.moves[c.move].yields != 0 && !j.accepts(c) {
		return holdGap
	}
	return holdNone
}

// inTheWay says whether a contender has to wait for one who was there before it and only waits for the junction.
func (j *junctionNow) inTheWay(c, r *contender) bool {
	if c.target == r.target {
		return true
	}
	if c.move < 0 || r.move < 0 || j.hinders(c.move)>>r.move&1 == 0 {
		return false
	}
	first := !j.state.policed && !r.forced && !c.jammed && j.pattern.moves[c.move].rank < j.pattern.moves[r.move].rank
	return !first
}

// hinders returns the movements that cannot be used together with one. Where all stop, one goes after the other.
func (j *junctionNow) hinders(move int) uint64 {
	if j.pattern.stop && !j.state.policed {
		return j.pattern.moves[move].others
	}
	return j.pattern.moves[move].cross
}

// free returns when nobody is in the way of a contender any more. Those of vehicles to which it gives way do not
// count: it looks for a gap between them.
func (j *junctionNow) free(c *contender) sim.Time {
	m, hinder := &j.pattern.moves[c.move], j.hinders(c.move)
	at := past
	for k := range j.last {
		if hinder>>k&1 == 0 || j.last[k] == past {
			continue
		}
		if m.yields>>k&1 == 1 && !c.forced && !c.jammed && !j.state.policed && j.state.stood>>k&1 == 0 {
			continue
		}
		at = max(at, j.last[k]+j.pattern.moves[k].occupy)
	}
	return at
}

// accepts says whether the gap before the next vehicle that goes first is large enough.
func (j *junctionNow) accepts(c *contender) bool {
	m := &j.pattern.moves[c.move]
	units := j.movers.at(j.arcs[c.arc].queue.head).units()
	need := j.opened(c) + m.gap + sim.Time(units-1)*m.follow
	for _, arc := range j.net.in.of(j.node) {
		if arc != c.arc && j.arcs[arc].queue.head >= 0 && j.comes(arc, m.yields, need) {
			return false
		}
	}
	return true
}

// opened returns from when on the gap counts in which a contender goes: from when the last one to whom he gives way
// passed or he came, but no longer back than the headway of the arc ahead, for which he may have had to wait: what he
// waits for other reasons does not make a gap larger. Who follows another one through a gap is as late as that one,
// whom the lane that he joined took only after its headway: the gap counts for him as if neither had waited.
func (j *junctionNow) opened(c *contender) sim.Time {
	m, a := &j.pattern.moves[c.move], &j.arcs[c.arc]
	open := c.since
	if j.movers.at(a.queue.head).ready < a.nextExit {
		open -= sim.Time(a.late)
	}
	for k := range j.last {
		if m.yields>>k&1 == 1 {
			open = max(open, j.last[k])
		}
	}
	return max(open, j.now-min(sim.Time(j.headway(c.target)), recall))
}

// lateness returns how long ago the gap opened in which a contender goes [µs]; 0 for who does not look for one.
func (j *junctionNow) lateness(c *contender) int32 {
	if c.move < 0 || j.pattern.moves[c.move].yields == 0 || c.jammed || c.forced || j.state.policed {
		return 0
	}
	return int32(max(j.now-j.opened(c), 0))
}

// comes says whether somebody who uses one of the movements given reaches the node over the arc before an instant. Who
// finds the road ahead full does not, nor does anybody behind him.
func (j *junctionNow) comes(arc int32, moves uint64, before sim.Time) bool {
	t, js := j.Traffic, &j.net.junctions
	row, _ := j.pattern.find(js, arc, -1)
	if moves>>row&(1<<j.pattern.outs-1) == 0 || js.place[arc] == noPlace || t.flows[arc].stopped {
		return false
	}
	a := &t.arcs[arc]
	at := a.nextExit
	for slot := a.queue.head; slot >= 0; {
		m := t.movers.at(slot)
		at = max(at, m.ready)
		if at >= before {
			return false
		}
		next := int32(-1)
		if !t.arrivesBy(m, arc) {
			next = t.expected(m, arc)
		}
		if next >= 0 && !t.roomless(m, next) {
			if slot == a.queue.head {
				at = max(at, t.laneFree(arc, next))
			}
			opens, entry := t.opens(next, m.units()), t.arcs[next].nextEntry
			if opens > max(at, t.now, entry) || a.jammed && slot == a.queue.head {
				return false
			}
			at = max(at, entry)
			if _, k := j.pattern.find(js, arc, next); k >= 0 && moves>>k&1 == 1 {
				return at < before
			}
		}
		at += sim.Time(int64(m.units()) * t.exitHeadway(arc))
		slot = m.next
	}
	return false
}

// pass lets a contender over the junction.
func (j *junctionNow) pass(c *contender) {
	t := j.Traffic
	c.gone = true
	clock := j.clock(c)
	if c.origin {
		t.tryOrigin(c.candidate)
	} else {
		late := j.lateness(c)
		t.tryEnd(j.node, c.candidate, j.use(c))
		t.arcs[c.arc].late = late
	}
	if j.state.policed {
		for _, arc := range t.net.out.of(j.node) {
			t.arcs[arc].clock = clock
		}
	}
}

// use notes that a contender uses its movement now, and returns the least time to the next vehicle from its arc.
func (j *junctionNow) use(c *contender) (follow sim.Time) {
	if c.move < 0 {
		return 0
	}
	t, m := j.Traffic, &j.pattern.moves[c.move]
	units := t.movers.at(t.arcs[c.arc].queue.head).units()
	j.state.stood &^= 1 << c.move
	if c.jammed || c.forced {
		j.state.stood |= 1 << c.move
	}
	if j.state.policed {
		shut := num.RoundInt64(float64(int64(units)*t.headway(c.arc)) / policeShare)
		j.last[c.move] = max(t.now+sim.Time(shut)-m.occupy, 0)
		return 0
	}
	j.last[c.move] = t.now + sim.Time(units-1)*m.occupy
	return m.follow
}

// lookAfter has the junction looked at again when it is free for the next of those who wait for it, or when the next of
// them has waited long enough.
func (j *junctionNow) lookAfter() {
	t, at := j.Traffic, sim.Never
	for k := range t.contenders {
		switch c := &t.contenders[k]; c.hold {
		case holdJunction:
			if c.move >= 0 {
				if free := j.free(c); free > t.now {
					at = min(at, free)
				}
			}
		case holdGap:
			at = min(at, c.since+t.net.patience)
		}
	}
	if at < sim.Never && (j.state.look <= t.now || at < j.state.look) {
		j.state.look = at
		t.agenda.Put(at, entry{what: doNode, id: j.node})
	}
}

// markJunction has a junction looked at in this instant: who comes to it has changed.
func (t *Traffic) markJunction(node int32) {
	if t.net.junctions.at[node] >= 0 {
		t.mark(node)
	}
}

// headway returns the time between two cars that leave an arc at its capacity [µs].
func (t *Traffic) headway(arc int32) int64 { return t.flows[arc].headway }

// exitHeadway returns the time between two cars that leave an arc [µs]: that of its capacity, stretched by a signal.
func (t *Traffic) exitHeadway(arc int32) int64 {
	h := t.headway(arc)
	green := t.net.junctions.green
	if green == nil || green[arc] == 1 || t.crossings[t.net.junctions.at[t.net.head[arc]]].policed {
		return h
	}
	return num.RoundInt64(float64(h) / green[arc])
}
