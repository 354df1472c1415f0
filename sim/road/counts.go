package road

import (
	"reflect"

	"sandtable/sim"
)

// Counts are what one direction of a link has seen up to now.
type Counts struct {
	Entered int64 // cars that have come onto it: those that have left it and those on it
	Left    int64 // vehicles that have reached its end
	On      int64 // cars on it
}

// Counts returns the counts of an arc.
func (t *Traffic) Counts(arc sim.Arc) Counts {
	a := &t.arcs[arc-1]
	on := a.in - a.out
	return Counts{Entered: a.passed + on, Left: a.passed, On: on}
}

// Queued returns how many vehicles stand at the end of an arc, or behind those who do: they have had the time to come
// to its end.
func (t *Traffic) Queued(arc sim.Arc) int {
	count := 0
	for slot := t.arcs[arc-1].queue.head; slot >= 0; {
		m := t.movers.at(slot)
		if m.ready > t.now {
			break
		}
		count += int(m.vehicles)
		slot = m.next
	}
	return count
}

// Along returns how far the cars on an arc have come along it, all together [m].
func (t *Traffic) Along(arc sim.Arc) float64 {
	sum, ahead := 0.0, int32(0)
	for slot := t.arcs[arc-1].queue.head; slot >= 0; slot = t.movers.at(slot).next {
		m := t.movers.at(slot)
		sum += float64(float64(m.units()) * t.queued(m, ahead))
		ahead += m.units()
	}
	return sum
}

// Next returns the instant at which something happens next on the roads if nobody sets out and nothing is ordered;
// Never when nothing will: then whoever is still there is locked. That times are taken which bring nothing new does not
// count.
func (t *Traffic) Next() sim.Time {
	if t.times.on && t.times.still && t.agenda.Len() == 1 {
		return sim.Never
	}
	return t.agenda.Next()
}

// OnArc returns on which arc a mover is and since when, if it has driven at free speed there; false for who is not on
// a link.
func (t *Traffic) OnArc(ref sim.Ref) (arc sim.Arc, since sim.Time, ok bool) {
	slot := t.slotOf(ref)
	if slot < 0 {
		return 0, 0, false
	}
	m := t.movers.at(slot)
	if m.stage != stageQueue && m.stage != stageFree {
		return 0, 0, false
	}
	return sim.Arc(m.arc + 1), m.since, true
}

// Reaches says whether the driver of a trip takes it that there is a way, with the links as he knows them now.
func (t *Traffic) Reaches(trip sim.Trip) bool {
	s, dest := t.aimOf(trip)
	if trip.First == 0 {
		next, _ := t.routes.from(s, dest, int32(trip.From))
		m := mover{dest: dest, mode: trip.Mode, tag: tagOf(&trip)}
		return next >= 0 || dest == int32(trip.From) || t.daredFrom(&m, int32(trip.From)) >= 0
	}
	first := int32(trip.First) - 1
	if t.routes.cost[s][first] >= closed {
		return false
	}
	m := mover{dest: dest}
	return t.arrivesBy(&m, first) || t.routes.after(s, dest, first) >= 0
}

// Way appends the arcs that a trip would take, with the links as they are now, to buf[:0]. It is empty when there is no
// way, or the trip ends where it begins.
func (t *Traffic) Way(trip sim.Trip, buf []sim.Arc) []sim.Arc {
	buf = buf[:0]
	if !t.Reaches(trip) {
		return buf
	}
	s, dest := t.aimOf(trip)
	arc := int32(trip.First) - 1
	if trip.First == 0 {
		if arc, _ = t.routes.from(s, dest, int32(trip.From)); arc < 0 {
			return buf
		}
	}
	m := mover{dest: dest}
	for buf = append(buf, sim.Arc(arc+1)); !t.arrivesBy(&m, arc); buf = append(buf, sim.Arc(arc+1)) {
		arc = t.routes.after(s, dest, arc)
	}
	return buf
}

// aimOf returns how the driver of a trip looks at the roads, and its destination as movers have it.
func (t *Traffic) aimOf(trip sim.Trip) (s sight, dest int32) {
	s, dest = sightOf(trip.Mode, trip.Knows), int32(trip.To)
	if trip.Last > 0 && s.turns() {
		dest = int32(t.net.Nodes()) + int32(trip.Last) - 1
	}
	return s, dest
}

// Memory says what the roads take [bytes]: for each mover that they have room for, for everything that grows with the
// movers, for what is kept of arcs and links, and for the trees of ways.
func (t *Traffic) Memory() (record, movers, links, ways int64) {
	record = int64(reflect.TypeFor[mover]().Size())
	item := int64(reflect.TypeFor[entry]().Size()) + 16 // with its instant and its number
	movers = record*t.movers.room() + int64(reflect.TypeFor[aside]().Size())*t.asides.room() +
		4*(t.partySlot.room()+t.unitSlot.room()) + item*int64(t.agenda.Len())
	links = int64(reflect.TypeFor[arcState]().Size())*int64(cap(t.arcs)) + 8*int64(cap(t.holes)) +
		int64(reflect.TypeFor[linkState]().Size())*int64(cap(t.links)) + t.times.memory()
	for _, f := range [...]*forest{&t.routes.byNode, &t.routes.byArc} {
		for k := range f.trees {
			ways += int64(8*cap(f.trees[k].pages) + f.trees[k].heap.bytes())
		}
		ways += int64(16*leaves*(f.held+len(f.free))) + int64(4*cap(f.slot)+cap(f.isLost))
	}
	return record, movers, links, ways
}
