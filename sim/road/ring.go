package road

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// lock is a ring of full links, the first vehicle of each of which waits for the next one.
type lock struct {
	arcs  []int32  // each waits for the next, the last one for the first; the first is the least
	since sim.Time // when it closed
	stage lockStage
	waves int32    // how often police have waved it on
	wave  sim.Time // when they do next, or go away; Never when they do not
}

// lockStage is what has become of a ring.
type lockStage uint8

const (
	lockStands lockStage = iota // it is closed
	lockMoves                   // police have just waved it on, and it may close again
	lockOver                    // it is over, and police are still there
	lockStageCount
)

// recountEvery is the time between two counts of what stands in rings and behind them, at steps that begin then.
const recountEvery = sim.Minute

// unblock forgets what the first vehicle of an arc waited for, and the ring that it was part of.
func (t *Traffic) unblock(arc int32) {
	if t.arcs[arc].ringed {
		t.openRing(arc)
	}
	t.arcs[arc].blockedOn = -1
}

// findRing follows the full arcs from one to the next that it waits for, and reports when they lead back to it. An
// arc that is not wanted has had a departure since, and whoever points at it will look again.
func (t *Traffic) findRing(arc int32) {
	count := 1
	for b := t.arcs[arc].blockedOn; b != arc; b = t.arcs[b].blockedOn {
		if b < 0 || t.arcs[b].ringed || !t.arcs[b].wanted || count > len(t.arcs) {
			return // the last: a ring further on, whose own first vehicle is about to look
		}
		count++
	}
	if !t.arcs[arc].wanted {
		return
	}
	arcs := t.arcsFrom(arc, count)
	for _, b := range arcs {
		if !t.isHeldUp(b) {
			return // somebody behind whom there is room now is about to look; a larger vehicle has looked before
		}
	}
	t.closeRing(arcs)
}

// isHeldUp says whether there is no room for the first vehicle of an arc where it wants to go.
func (t *Traffic) isHeldUp(arc int32) bool {
	a := &t.arcs[arc]
	return a.blockedOn >= 0 && a.queue.head >= 0 &&
		t.opens(a.blockedOn, t.movers.at(a.queue.head).units()) == unknown
}

// arcsFrom returns so many arcs of a ring, from the least on.
func (t *Traffic) arcsFrom(arc int32, count int) []int32 {
	least := arc
	for b := t.arcs[arc].blockedOn; b != arc; b = t.arcs[b].blockedOn {
		least = min(least, b)
	}
	arcs := make([]int32, 0, count)
	for b := least; len(arcs) < count; b = t.arcs[b].blockedOn {
		arcs = append(arcs, b)
	}
	return arcs
}

// closeRing notes a ring that has closed, and reports it unless it is one that police have waved on.
func (t *Traffic) closeRing(arcs []int32) {
	for _, arc := range arcs {
		t.arcs[arc].ringed = true
	}
	for k := range t.locks {
		if l := &t.locks[k]; l.stage == lockMoves && slices.Equal(l.arcs, arcs) {
			l.stage = lockStands
			return
		}
	}
	l := lock{arcs: arcs, since: t.now}
	t.planWave(&l)
	t.locks = append(t.locks, l)
	vehicles := int64(0)
	for _, arc := range arcs {
		vehicles += int64(t.arcs[arc].queue.vehicles)
	}
	t.log.Emit(sim.Event{At: t.now, Kind: sim.EvGridlock, A: l.name(), Count: int32(len(arcs)), Num: float64(vehicles)})
	for k, arc := range arcs {
		t.log.Emit(sim.Event{At: t.now, Kind: sim.EvGridlockLink, A: sim.RefTo(sim.KindLink, sim.LinkID(arc>>1)),
			B: l.name(), Count: int32(k), Num: float64(t.arcs[arc].queue.vehicles)})
	}
}

// name returns the link by which a ring is known.
func (l *lock) name() sim.Ref { return sim.RefTo(sim.KindLink, sim.LinkID(l.arcs[0]>>1)) }

// openRing notes that the ring through an arc is none any more. One that police wave on is looked at again when they
// would wave it on next.
func (t *Traffic) openRing(arc int32) {
	for b := arc; t.arcs[b].ringed; b = t.arcs[b].blockedOn {
		t.arcs[b].ringed = false
	}
	for k := range t.locks {
		l := &t.locks[k]
		if l.stage != lockStands || !slices.Contains(l.arcs, arc) {
			continue
		}
		l.stage = lockMoves
		if l.waves == 0 || l.wave == sim.Never {
			t.endLock(k)
		}
		return
	}
}

// endLock reports that a ring is over. Police who have waved it on stay for as long as they took to come.
func (t *Traffic) endLock(k int) {
	l := &t.locks[k]
	t.log.Emit(sim.Event{At: t.now, Kind: sim.EvGridlockOver, A: l.name(), Count: int32(len(l.arcs)),
		Num: t.now.Sub(l.since).Seconds()})
	if l.waves == 0 || l.wave == sim.Never || t.net.rules.GridlockAfter == 0 {
		t.locks = slices.Delete(t.locks, k, k+1)
		return
	}
	l.stage, l.wave = lockOver, t.now.Add(t.net.rules.GridlockAfter)
	t.agenda.Put(l.wave, entry{what: doWave, id: l.arcs[0]})
}

// countStuck counts what stands in rings and behind them.
func (t *Traffic) countStuck() {
	vehicles, persons := t.Stuck()
	if now := [2]int64{vehicles, persons}; now != t.stuck {
		t.stuck = now
		t.log.Emit(sim.Event{At: t.now, Kind: sim.EvGridlockStuck, Count: int32(vehicles), Num: float64(persons)})
	}
}

// What becomes of the first vehicle of an arc.
const (
	fateUnknown uint8 = iota
	fateAsked         // on the way that is being followed
	fateMoves         // it waits for no ring
	fateStuck         // it is in a ring, or waits for one
)

// Stuck returns how many vehicles stand in rings of full links and in the queues that wait behind them, on the road and
// at its side, and how many persons are in them.
func (t *Traffic) Stuck() (vehicles, persons int64) {
	if t.RingCount() == 0 {
		return 0, 0
	}
	t.fates = slices.Grow(t.fates[:0], len(t.arcs))[:len(t.arcs)]
	clear(t.fates)
	for arc := range t.arcs {
		a := &t.arcs[arc]
		if a.queue.head < 0 || t.fateOf(int32(arc)) != fateStuck {
			continue
		}
		vehicles += int64(a.queue.vehicles) + int64(a.origin.vehicles)
		persons += int64(a.queue.persons) + int64(a.origin.persons)
	}
	return vehicles, persons
}

// fateOf follows what the first vehicle of an arc waits for, and notes for all arcs on the way whether that is a ring.
func (t *Traffic) fateOf(arc int32) uint8 {
	fate := fateMoves
	for b := arc; b >= 0; b = t.arcs[b].blockedOn {
		if t.arcs[b].ringed {
			fate = fateStuck
		} else if t.fates[b] > fateAsked {
			fate = t.fates[b]
		} else if t.fates[b] == fateUnknown {
			t.fates[b] = fateAsked
			continue
		}
		break
	}
	for b := arc; b >= 0 && t.fates[b] == fateAsked; b = t.arcs[b].blockedOn {
		t.fates[b] = fate
	}
	return fate
}

// Ring is a ring of full links that block each other.
type Ring struct {
	Closed   sim.Time
	Links    []sim.Arc // each waits for the next, the last one for the first; the first is the least
	Vehicles int       // on them
	At       geo.Point // the end of the first link
	Waved    int       // how often police have waved it on since it closed
}

// RingCount returns how many rings stand.
func (t *Traffic) RingCount() int {
	count := 0
	for k := range t.locks {
		if t.locks[k].stage != lockOver {
			count++
		}
	}
	return count
}

// Rings returns the rings that stand, in the order in which they closed.
func (t *Traffic) Rings() []Ring {
	var out []Ring
	for k := range t.locks {
		l := &t.locks[k]
		if l.stage == lockOver {
			continue
		}
		r := Ring{Closed: l.since, At: t.net.nodes[t.net.head[l.arcs[0]]].At, Waved: int(l.waves)}
		for _, arc := range l.arcs {
			r.Links = append(r.Links, sim.Arc(arc+1))
			r.Vehicles += int(t.arcs[arc].queue.vehicles)
		}
		out = append(out, r)
	}
	return out
}

// appendLocks saves the rings.
func (t *Traffic) appendLocks(e *sim.Encoder) {
	e.I64(t.stuck[0])
	e.I64(t.stuck[1])
	e.Len(len(t.locks))
	for k := range t.locks {
		l := &t.locks[k]
		e.Time(l.since)
		e.U8(uint8(l.stage))
		e.I32(l.waves)
		e.Time(l.wave)
		e.Len(len(l.arcs))
		for _, arc := range l.arcs {
			e.I32(arc)
		}
	}
}

// loadLocks reads what appendLocks wrote.
func (t *Traffic) loadLocks(d *sim.Decoder) {
	t.stuck = [2]int64{d.I64(), d.I64()}
	for range d.Len(1) {
		l := lock{since: d.Time(), stage: lockStage(d.U8()), waves: d.I32(), wave: d.Time()}
		for range d.Len(4) {
			arc := d.Index(len(t.arcs), "arc")
			if d.Err != nil {
				return
			}
			if arc < 0 {
				break
			}
			l.arcs = append(l.arcs, arc)
		}
		if d.Err != nil {
			return
		}
		if len(l.arcs) == 0 || l.stage >= lockStageCount {
			refuse(d, "a ring that cannot be")
			return
		}
		t.locks = append(t.locks, l)
	}
}
