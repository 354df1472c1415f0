package road

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
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
//
// There are as many records as vehicles on the network, hence its 56 bytes: what can be worked out is not kept, places
// are whole millimetres, and what few movers have is in a table of its own.
type mover struct {
	ready      sim.Time // when it reaches the end of its way on the arc; at a node since when it waits
	prev, next int32    // neighbours in its list; next also links free slots
	arc        int32    // on which it is, or which it waits to enter or sets out by; below 0 the node ^arc where it is
	dest       int32    // node at which it arrives, or, from Nodes() on, arc at whose end
	tag        tag      // who it is
	aside      int32    // number of its aside, or -1
	persons    uint16
	vehicles   uint16
	zone       int16 // whose border it has not yet crossed, or None; see borderOf
	mode       sim.Mode
	stage      stage
	gone       uint32 // before this arc [mm]
	from       uint32 // where on the arc it was at since [mm]
	since      sim.Time
}

// aside is what few movers have: walkers a pace of their own, parties in dangerous water a look at it.
type aside struct {
	pace   float64         // own speed over that of its mode; 1 for vehicles
	wading float64         // further factor on its speed in water; 1 for vehicles
	look   sim.Time        // when it comes to water of another class on its arc; Never when it does not
	danger sim.DangerClass // of the water where it is, as population knows: H2 or above on foot, else H3 or above, or H0
	stays  bool            // its people cannot go on on foot
	route  int16           // of the plan, from 1, that it follows; 0 for none
	leg    int32           // number of its next arc on it
	next   int32           // free aside
}

// plainAside is the aside of who has none.
var plainAside = aside{pace: 1, wading: 1, look: sim.Never, next: -1}

// Limits of a mover's record.
const (
	maxPersons = math.MaxUint16
	maxZone    = math.MaxInt16 - 1 // see borderOf
	maxGone    = math.MaxUint32    // distance that is counted [mm]; who goes further stays at it
)

// tag is the id of a mover and what is true of it.
type tag uint32

// idBits is the width of an id; maxID fits.
const idBits = 24

const (
	tagUnit   tag = 1 << (idBits + iota) // a unit and not a party
	tagBack                              // goes back to the start of its arc
	tagFirst                             // sets out by the arc that its trip names
	tagBold                              // goes into water up to where it stalls
	tagKnows0                            // sim.Knowledge, in two bits
	tagKnows1
	tagOutsider // a vehicle of background traffic
	tagEnd      // the bits from here on are free
)

const (
	tagID    tag = 1<<idBits - 1
	tagKnows     = tagKnows0 | tagKnows1
)

// ref returns who the mover is.
func (m *mover) ref() sim.Ref {
	kind := sim.KindParty
	switch {
	case m.is(tagUnit):
		kind = sim.KindUnit
	case m.is(tagOutsider):
		kind = sim.KindOutsider
	}
	return sim.Ref{Kind: kind, ID: int32(m.tag & tagID)}
}

func (m *mover) isParty() bool { return m.tag&(tagUnit|tagOutsider) == 0 }

// is says whether the flag is set.
func (m *mover) is(flag tag) bool { return m.tag&flag != 0 }

// knows returns what its driver knows of the roads ahead.
func (m *mover) knows() sim.Knowledge { return sim.Knowledge(m.tag & tagKnows / tagKnows0) }

// sight returns how its driver looks at the roads.
func (m *mover) sight() sight { return sightOf(m.mode, m.knows()) }

// borderOf returns how a mover keeps the zone whose border counts: itself for one that it leaves, and below None for
// one that it enters.
func borderOf(trip *sim.Trip) int16 {
	if trip.Enters && trip.Zone >= 0 {
		return int16(sim.None - 1 - trip.Zone)
	}
	return int16(trip.Zone)
}

// enters returns the zone of a mover that enters one.
func enters(border int16) sim.ZoneID { return sim.None - 1 - sim.ZoneID(border) }

// tagOf returns the tag of a trip.
func tagOf(trip *sim.Trip) tag {
	g := tag(trip.Mover.ID) | tag(trip.Knows)*tagKnows0
	if trip.Mover.Kind == sim.KindUnit {
		g |= tagUnit
	}
	if trip.Mover.Kind == sim.KindOutsider {
		g |= tagOutsider
	}
	if trip.Bold {
		g |= tagBold
	}
	if trip.First > 0 {
		g |= tagFirst
	}
	return g
}

// units returns the room that a mover takes on a link [cars].
func (m *mover) units() int32 { return int32(m.vehicles) * modes[m.mode].units }

// weight is what a mover counts for in a Tally: its vehicles, or 1 on foot.
func (m *mover) weight() int64 {
	if m.mode == sim.ModeFoot {
		return 1
	}
	return int64(m.vehicles)
}

// walked adds a distance to what a mover has gone [mm].
func (m *mover) walked(mm uint32) { m.gone += min(mm, maxGone-m.gone) }

// list is a queue of movers, linked through them, and how many they are: to count them would be to walk through them.
type list struct{ head, tail, vehicles, persons int32 }

var emptyList = list{head: -1, tail: -1}

// pushBack puts a mover at the end of the list.
func (t *Traffic) pushBack(l *list, slot int32) {
	m := t.movers.at(slot)
	m.prev, m.next = l.tail, -1
	if l.tail >= 0 {
		t.movers.at(l.tail).next = slot
	} else {
		l.head = slot
	}
	l.tail = slot
	l.vehicles += int32(m.vehicles)
	l.persons += int32(m.persons)
}

// remove takes a mover out of the list that it is in.
func (t *Traffic) remove(l *list, slot int32) {
	m := t.movers.at(slot)
	if m.prev >= 0 {
		t.movers.at(m.prev).next = m.next
	} else {
		l.head = m.next
	}
	if m.next >= 0 {
		t.movers.at(m.next).prev = m.prev
	} else {
		l.tail = m.prev
	}
	m.prev, m.next = -1, -1
	l.vehicles -= int32(m.vehicles)
	l.persons -= int32(m.persons)
}

// listOf returns the list in which a mover is that is on the network.
func (t *Traffic) listOf(m *mover) *list {
	switch m.stage {
	case stageQueue:
		return &t.arcs[m.arc].queue
	case stageFree:
		return &t.arcs[m.arc].free
	case stageOrigin:
		if m.mode == sim.ModeFoot {
			return &t.foot[m.arc].crowd
		}
		return &t.arcs[m.arc].origin
	}
	return &t.noRoute
}

// newSlot returns a free slot.
func (t *Traffic) newSlot() int32 {
	if slot := t.vacant; slot >= 0 {
		t.vacant = t.movers.at(slot).next
		return slot
	}
	t.slots++
	t.movers.reach(t.slots - 1)
	return t.slots - 1
}

// freeSlot gives a slot back.
func (t *Traffic) freeSlot(slot int32) {
	t.setAside(slot, plainAside)
	*t.movers.at(slot) = mover{prev: -1, next: t.vacant, aside: -1}
	t.vacant = slot
}

// besides returns what few movers have.
func (t *Traffic) besides(m *mover) aside {
	if m.aside < 0 {
		return plainAside
	}
	return *t.asides.at(m.aside)
}

// setAside keeps it.
func (t *Traffic) setAside(slot int32, x aside) { t.keepAside(t.movers.at(slot), x) }

// keepAside keeps what few movers have; who has nothing of his own needs no place.
func (t *Traffic) keepAside(m *mover, x aside) {
	x.next = -1
	switch {
	case x != plainAside:
		if m.aside < 0 {
			m.aside = t.newAside()
		}
		*t.asides.at(m.aside) = x
	case m.aside >= 0:
		*t.asides.at(m.aside) = aside{next: t.vacantAside}
		t.vacantAside, m.aside = m.aside, -1
	}
}

// newAside returns the number of a free aside.
func (t *Traffic) newAside() int32 {
	if k := t.vacantAside; k >= 0 {
		t.vacantAside = t.asides.at(k).next
		return k
	}
	t.asideCount++
	t.asides.reach(t.asideCount - 1)
	return t.asideCount - 1
}

// node returns the node at which a mover waits, or to which its arc (or its way back) leads.
func (t *Traffic) node(m *mover) int32 {
	switch {
	case m.arc < 0:
		return ^m.arc
	case m.is(tagBack) || m.stage == stageOrigin || m.stage == stagePending:
		return t.net.tail[m.arc]
	}
	return t.net.head[m.arc]
}

// start returns where on its arc a mover was at since [m].
func (m *mover) start() float64 { return float64(m.from) / 1000 }

// goal returns where on its arc a mover will be when it is ready [m].
func (t *Traffic) goal(m *mover) float64 {
	if m.arc < 0 || m.stage == stageOrigin || m.is(tagBack) {
		return 0
	}
	return t.net.length[m.arc>>1]
}

// rest has a mover wait at a node from now on.
func (t *Traffic) rest(m *mover) {
	m.tag &^= tagBack
	m.ready, m.from = t.now, 0
}

// stand has a mover be at a place on its arc at this instant [m], rounded so that it gains nothing.
func (t *Traffic) stand(m *mover, place float64) {
	const same = 1e-6 // what is off by no more than that is whole [mm]
	mm := num.FloorInt(float64(place*1000) + same)
	if m.is(tagBack) {
		mm = num.CeilInt(float64(place*1000) - same)
	}
	m.since = t.now
	m.from = min(uint32(max(mm, 0)), t.furthest(m.arc>>1))
}

// furthest returns the last place on a link that is a whole number of millimetres.
func (t *Traffic) furthest(link int32) uint32 { return uint32(num.FloorInt(t.net.length[link] * 1000)) }

// place returns how far along its arc a mover is now, if nobody is in its way [m].
func (t *Traffic) place(m *mover) float64 {
	from, to := m.start(), t.goal(m)
	switch {
	case t.now >= m.ready:
		return to
	case t.now <= m.since:
		return from
	}
	share := float64(t.now-m.since) / float64(m.ready-m.since)
	place := from + float64((to-from)*share)
	return min(max(place, min(from, to)), max(from, to)) // whatever the rounding
}

// slotOf returns the slot of a mover that is on the network, or -1. Nobody asks for outsiders.
func (t *Traffic) slotOf(ref sim.Ref) int32 {
	if ref.Kind == sim.KindOutsider {
		return -1
	}
	table := t.table(ref)
	if !table.has(ref.ID) {
		return -1
	}
	return *table.at(ref.ID) - 1
}

// bind notes the slot of a mover; -1 forgets it.
func (t *Traffic) bind(ref sim.Ref, slot int32) {
	if ref.Kind != sim.KindOutsider {
		*t.table(ref).reach(ref.ID) = slot + 1
	}
}

// table returns the slots of all parties or of all units, counted from 1, so that 0 stands for none.
func (t *Traffic) table(ref sim.Ref) *table[int32] {
	if ref.Kind == sim.KindUnit {
		return &t.unitSlot
	}
	return &t.partySlot
}
