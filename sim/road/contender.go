package road

import "sandtable/sim"

// hold is why a vehicle that could leave its arc does not enter the next one.
type hold uint8

const (
	holdNone     hold = iota
	holdRoad          // the road ahead takes nobody yet
	holdJunction      // the junction is occupied, or somebody was there before
	holdGap           // somebody comes who goes first
)

// contender is a vehicle that stands at a junction, or at the roadside there.
type contender struct {
	candidate
	move   int      // -1 at the roadside, and where it needs no way through the junction
	opens  sim.Time // when a hole for it has come to the start of the arc that it wants; unknown
	jammed bool     // has had to wait for a hole: nobody has priority in a queue that stands
	forced bool     // is given way, whoever he is
	hold   hold
	gone   bool
}

// gather collects those who could leave their arcs, in the order in which they go.
func (j *junctionNow) gather() {
	t := j.Traffic
	t.contenders = t.contenders[:0]
	t.waiting = t.waiting[:0]
	t.gatherEnds(j.node, true)
	if t.waits[j.node].starts > 0 {
		t.gatherStarts(j.node)
	}
	for _, c := range t.waiting {
		j.add(c)
	}
}

// add sorts a contender in.
func (j *junctionNow) add(from candidate) {
	t := j.Traffic
	c := contender{candidate: from, move: -1, opens: past}
	slot := t.arcs[c.arc].queue.head
	if c.origin {
		slot = t.arcs[c.arc].origin.head
	}
	m := t.movers.at(slot)
	if c.target >= 0 {
		if !c.origin {
			c.since = max(c.since, t.laneFree(c.arc, c.target))
		}
		c.opens = t.opens(c.target, m.units())
		if a := &t.arcs[c.arc]; !c.origin {
			a.jammed = a.jammed || c.opens > max(t.now, t.arcs[c.target].nextEntry)
			c.jammed = a.jammed
		}
		c.forced = c.siren || t.now >= c.since+t.net.patience
	}
	if !c.origin {
		if a := &t.arcs[c.arc]; j.state.policed && a.turnOf >= 0 && c.target >= 0 {
			c.turn = max(t.arcs[c.target].clock, a.turn)
		}
		_, c.move = j.pattern.find(&t.net.junctions, c.arc, c.target)
	}
	t.contenders = append(t.contenders, c)
	for i := len(t.contenders) - 1; i > 0 && j.before(&t.contenders[i], &t.contenders[i-1]); i-- {
		t.contenders[i], t.contenders[i-1] = t.contenders[i-1], t.contenders[i]
	}
}

// find returns the first movement of an arc and its movement into another; -1 where one of them has no vehicles.
func (p *pattern) find(js *junctions, arc, target int32) (row, move int) {
	if js.place[arc] == noPlace {
		return 0, -1
	}
	row = int(js.place[arc]) * int(p.outs)
	if target < 0 || js.exit[target] == noPlace {
		return row, -1
	}
	return row, row + int(js.exit[target])
}

// before orders contenders: an officer serves the roads in proportion to their capacities; else who has come first
// goes first.
func (j *junctionNow) before(a, b *contender) bool {
	switch {
	case (a.target < 0) != (b.target < 0):
		return a.target < 0 // who arrives is in nobody's way
	case a.siren != b.siren:
		return a.siren
	case j.state.policed && a.turn != b.turn:
		return a.turn < b.turn
	case a.since != b.since:
		return a.since < b.since
	case a.origin != b.origin:
		return b.origin
	}
	return a.arc < b.arc
}
