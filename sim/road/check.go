package road

import (
	"errors"
	"fmt"

	"sandtable/sim"
)

// Check compares the counters of every mode; with full it also counts all movers again and looks at every list.
func (t *Traffic) Check(full bool) error {
	for mode := range t.tally {
		c := t.tally[mode]
		if c.In != c.Out+c.Inside+c.Waiting+c.Stranded {
			return fmt.Errorf("road: at %v: %v: %d in, but %d out, %d inside, %d waiting, %d stranded", t.now,
				sim.Mode(mode), c.In, c.Out, c.Inside, c.Waiting, c.Stranded)
		}
	}
	if c := t.through.tally; c.In != c.Out+c.Inside+c.Waiting+c.Stranded {
		return fmt.Errorf("road: at %v: outsiders: %+v does not add up", t.now, c)
	}
	if !full {
		return nil
	}
	return errors.Join(t.recount(), t.checkLists(), t.checkWalkers(), t.checkRings())
}

// recount counts movers by stage.
func (t *Traffic) recount() error {
	var inside, waiting [sim.ModeCount + 1]int64 // the last one of background traffic
	unused := 0
	for slot := range t.slots {
		m := t.movers.at(slot)
		switch m.stage {
		case stageUnused:
			unused++
		case stageQueue, stageFree:
			inside[m.class()] += m.weight()
		case stageOrigin, stageNoRoute:
			waiting[m.class()] += m.weight()
		}
		if m.stage > stagePending && m.class() < sim.ModeCount && t.slotOf(m.ref()) != slot {
			return fmt.Errorf("road: at %v: %v is on the network twice", t.now, m.ref())
		}
		if err := t.checkDanger(slot); err != nil {
			return err
		}
	}
	for mode := range t.tally {
		if c := t.tally[mode]; c.Inside != inside[mode] || c.Waiting != waiting[mode] {
			return fmt.Errorf("road: at %v: %v: counted %d inside and %d waiting; found %d and %d", t.now, sim.Mode(mode),
				c.Inside, c.Waiting, inside[mode], waiting[mode])
		}
	}
	if c := t.through.tally; c.Inside != inside[sim.ModeCount] || c.Waiting != waiting[sim.ModeCount] {
		return fmt.Errorf("road: at %v: outsiders: counted %+v; found %d inside and %d waiting", t.now, c,
			inside[sim.ModeCount], waiting[sim.ModeCount])
	}
	listed := 0
	for slot := t.vacant; slot >= 0; slot = t.movers.at(slot).next {
		listed++
	}
	if unused != listed {
		return fmt.Errorf("road: at %v: %d free slots; %d are listed", t.now, unused, listed)
	}
	return nil
}

// class is the mode of a mover, or ModeCount for background traffic.
func (m *mover) class() sim.Mode {
	if m.is(tagOutsider) {
		return sim.ModeCount
	}
	return m.mode
}

// checkDanger compares what population knows of the water where a mover is with that water. Before the first step
// after loading the water is not known.
func (t *Traffic) checkDanger(slot int32) error {
	m := t.movers.at(slot)
	danger := t.besides(m).danger
	if danger > sim.H6 || danger > sim.H0 && (danger < leastThreat(m.mode) || !m.isParty() || m.stage <= stagePending) {
		return fmt.Errorf("road: at %v: %v: %v where it is none of its business", t.now, m.ref(), danger)
	}
	if t.layers.of == nil {
		return nil
	}
	if threat, due := t.threatTo(slot); threat != danger && !due {
		return fmt.Errorf("road: at %v: %v: %v, where the water is %v", t.now, m.ref(), danger, threat)
	}
	return t.checkStall(slot)
}

// checkStall looks for movers in water that is too much for them.
func (t *Traffic) checkStall(slot int32) error {
	m := t.movers.at(slot)
	if m.stage != stageQueue && m.stage != stageFree || !t.stalls(m) || t.besides(m).look <= t.now+2 {
		return nil
	}
	if place := t.along(slot); stalledBy(m.mode, t.perilOf(m, place)) {
		return fmt.Errorf("road: at %v: %v: at %v m of arc %d in water that is too much", t.now, m.ref(), place, m.arc)
	}
	return nil
}

// checkLists walks through every list and compares it with the stages of its movers and with the room on its arc.
func (t *Traffic) checkLists() error {
	seen := 0
	for arc := range t.arcs {
		a := &t.arcs[arc]
		units := int64(0)
		for slot := a.queue.head; slot >= 0; slot = t.movers.at(slot).next {
			units += int64(t.movers.at(slot).units())
		}
		if units != a.in-a.out {
			return fmt.Errorf("road: at %v: arc %d: room taken for %d cars; found %d", t.now, arc, a.in-a.out, units)
		}
		if first := a.queue.head; first >= 0 && t.movers.at(first).next >= 0 && units > int64(t.flows[arc].size) {
			return fmt.Errorf("road: at %v: arc %d: %d cars where %d have room", t.now, arc, units, t.flows[arc].size)
		}
		for _, l := range [...]list{a.queue, a.free, a.origin} {
			if err := t.checkCounts(l, int32(arc)); err != nil {
				return err
			}
		}
		seen += t.length(a.queue, stageQueue, int32(arc)) + t.length(a.free, stageFree, int32(arc)) +
			t.length(a.origin, stageOrigin, int32(arc)) + t.length(t.foot[arc].crowd, stageOrigin, int32(arc))
	}
	if err := t.checkCounts(t.noRoute, -1); err != nil {
		return err
	}
	seen += t.length(t.noRoute, stageNoRoute, -1)
	want := 0
	for slot := range t.slots {
		if t.movers.at(slot).stage > stagePending {
			want++
		}
	}
	if seen != want {
		return fmt.Errorf("road: at %v: %d movers in lists; there are %d", t.now, seen, want)
	}
	return nil
}

// checkCounts compares what a list has counted with those who are in it.
func (t *Traffic) checkCounts(l list, arc int32) error {
	vehicles, persons := int32(0), int32(0)
	for slot := l.head; slot >= 0; slot = t.movers.at(slot).next {
		vehicles += int32(t.movers.at(slot).vehicles)
		persons += int32(t.movers.at(slot).persons)
	}
	if vehicles != l.vehicles || persons != l.persons {
		return fmt.Errorf("road: at %v: arc %d: counted %d vehicles with %d persons; found %d with %d", t.now, arc,
			l.vehicles, l.persons, vehicles, persons)
	}
	return nil
}

// length counts the movers of a list that are where it says.
func (t *Traffic) length(l list, in stage, arc int32) int {
	count := 0
	for slot := l.head; slot >= 0; slot = t.movers.at(slot).next {
		if m := t.movers.at(slot); m.stage == in && (m.arc == arc || arc < 0) {
			count++
		}
	}
	return count
}

// checkRings follows what full arcs wait for: to the next arc on the road, and round in a circle only in a ring that
// was reported.
func (t *Traffic) checkRings() error {
	if err := t.checkLocks(); err != nil {
		return err
	}
	walk := make([]int, len(t.arcs)) // number of the walk that came by
	for first := range t.arcs {
		for arc := int32(first); walk[arc] == 0; arc = t.arcs[arc].blockedOn {
			walk[arc] = first + 1
			a := &t.arcs[arc]
			next := a.blockedOn
			if next < 0 {
				if a.ringed {
					return fmt.Errorf("road: at %v: arc %d is in a ring but waits for nothing", t.now, arc)
				}
				break
			}
			b := &t.arcs[next]
			if t.net.tail[next] != t.net.head[arc] || a.ringed && !b.ringed {
				return fmt.Errorf("road: at %v: arc %d cannot wait for arc %d", t.now, arc, next)
			}
			if walk[next] == first+1 && !b.ringed && t.allWanted(next) {
				return fmt.Errorf("road: at %v: arc %d is in a ring that was not found", t.now, next)
			}
		}
	}
	return nil
}

// checkLocks compares the rings that were reported with the arcs that say that they are in one.
func (t *Traffic) checkLocks() error {
	ringed := 0
	for arc := range t.arcs {
		if t.arcs[arc].ringed {
			ringed++
		}
	}
	for k := range t.locks {
		l := &t.locks[k]
		if l.stage != lockStands {
			continue
		}
		ringed -= len(l.arcs)
		for i, arc := range l.arcs {
			a := &t.arcs[arc]
			if !a.ringed || a.queue.head < 0 || arc < l.arcs[0] || a.blockedOn != l.arcs[(i+1)%len(l.arcs)] {
				return fmt.Errorf("road: at %v: arc %d is not where a ring has it", t.now, arc)
			}
		}
	}
	if ringed != 0 {
		return fmt.Errorf("road: at %v: %d arcs too many are in rings", t.now, ringed)
	}
	return nil
}

// allWanted says whether every arc of the circle through the given one is waited for.
func (t *Traffic) allWanted(arc int32) bool {
	for b := arc; ; {
		if !t.arcs[b].wanted || !t.isHeldUp(b) {
			return false
		}
		if b = t.arcs[b].blockedOn; b == arc {
			return true
		}
	}
}

// wrong returns what was found to be wrong, with the time.
func (t *Traffic) wrong(format string, args ...any) error {
	return fmt.Errorf("road: at %v: %s", t.now, fmt.Sprintf(format, args...))
}
