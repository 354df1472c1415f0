package road

import (
	"sandtable/sim"
)

// stage is what a mover is doing.
type stage uint8

const (
	stageUnused  stage = iota // the slot is free
	stagePending              // its trip begins later
	stageQueue                // on an arc, one behind the other
	stageFree                 // on an arc, without taking room: walkers, boats afloat, who turns back
	stageOrigin               // at a node, waits to enter an arc
	stageNoRoute              // at a node, without a way
	stageCount
)

// mover is one party or unit that travels. The cars of one party travel as a platoon: they take the room and the
// capacity of so many cars and stay together.
type mover struct {
	ref      sim.Ref
	mode     sim.Mode
	sight    sight // what its driver knows of the roads
	stage    stage
	crossed  bool            // has left its zone, or has none
	first    bool            // sets out by the arc that its trip names
	danger   sim.DangerClass // of the water where it is, as population knows: H3 or above, or H0
	dest     int32           // node at which it arrives, or, from Nodes() on, arc at whose end
	zone     sim.ZoneID
	persons  int32
	vehicles int32
	units    int32    // room it takes on a link [cars]
	pace     float64  // own speed over that of its mode; 1 for vehicles
	wading   float64  // further factor on its speed in water; 1 for vehicles
	arc      int32    // on which it is, or which it waits to enter; -1
	node     int32    // at which it waits, or to which its arc (or its way back) leads
	look     sim.Time // when it comes to water of another class on its arc; Never when it does not
	since    sim.Time
	ready    sim.Time // when it reaches to; in stageOrigin and stageNoRoute since when it waits
	from, to float64  // where on the arc it was at since and will be at ready [m]
	gone     float64  // metres before this arc [m]
	prev     int32    // neighbours in its list
	next     int32
}

// list is a queue of movers, linked through them.
type list struct{ head, tail int32 }

var emptyList = list{-1, -1}

// pushBack puts a mover at the end of the list.
func (t *Traffic) pushBack(l *list, slot int32) {
	m := &t.movers[slot]
	m.prev, m.next = l.tail, -1
	if l.tail >= 0 {
		t.movers[l.tail].next = slot
	} else {
		l.head = slot
	}
	l.tail = slot
}

// remove takes a mover out of the list that it is in.
func (t *Traffic) remove(l *list, slot int32) {
	m := &t.movers[slot]
	if m.prev >= 0 {
		t.movers[m.prev].next = m.next
	} else {
		l.head = m.next
	}
	if m.next >= 0 {
		t.movers[m.next].prev = m.prev
	} else {
		l.tail = m.prev
	}
	m.prev, m.next = -1, -1
}

// newSlot returns a free slot.
func (t *Traffic) newSlot() int32 {
	if n := len(t.vacant); n > 0 {
		slot := t.vacant[n-1]
		t.vacant = t.vacant[:n-1]
		return slot
	}
	t.movers = append(t.movers, mover{})
	return int32(len(t.movers) - 1)
}

// freeSlot gives a slot back.
func (t *Traffic) freeSlot(slot int32) {
	t.movers[slot] = mover{prev: -1, next: -1}
	t.vacant = append(t.vacant, slot)
}

// place returns how far along its arc a mover is at the given instant, if nobody is in its way [m].
func (m *mover) place(now sim.Time) float64 {
	switch {
	case now >= m.ready:
		return m.to
	case now <= m.since:
		return m.from
	}
	share := float64(now-m.since) / float64(m.ready-m.since)
	place := m.from + float64((m.to-m.from)*share)
	return min(max(place, min(m.from, m.to)), max(m.from, m.to)) // whatever the rounding
}

// weight is what a mover counts for in a Tally: its vehicles, or 1 on foot.
func (m *mover) weight() int64 {
	if m.mode == sim.ModeFoot {
		return 1
	}
	return int64(m.vehicles)
}

// slotOf returns the slot of a mover that is on the network, or -1.
func (t *Traffic) slotOf(ref sim.Ref) int32 {
	table := t.table(ref)
	if int(ref.ID) >= len(*table) {
		return -1
	}
	return (*table)[ref.ID]
}

// bind notes the slot of a mover; -1 forgets it.
func (t *Traffic) bind(ref sim.Ref, slot int32) {
	table := t.table(ref)
	for int(ref.ID) >= len(*table) {
		*table = append(*table, -1)
	}
	(*table)[ref.ID] = slot
}

// table returns the slots of all parties or of all units.
func (t *Traffic) table(ref sim.Ref) *[]int32 {
	if ref.Kind == sim.KindUnit {
		return &t.unitSlot
	}
	return &t.partySlot
}
