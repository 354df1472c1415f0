package road

import (
	"slices"

	"sandtable/sim"
)

// GridlockRule says what becomes of a ring of full links.
type GridlockRule uint8

// Rules for rings.
const (
	GridlockStand  GridlockRule = iota // nobody does anything
	GridlockRotate                     // after a time police come and wave it on, as long as it closes again
	GridlockRuleCount
)

// wavePause is what police need between two waves, to stop one and to call up the next (assumed).
const wavePause = 5 * sim.Second

// planWave decides when police wave a new ring on. Where they are at one of its links already they do so at once.
func (t *Traffic) planWave(l *lock) {
	l.wave = sim.Never
	if t.net.rules.Gridlock == GridlockRotate {
		l.wave = t.now.Add(t.net.rules.GridlockAfter)
	}
	for k := range t.locks {
		if o := &t.locks[k]; o.waves > 0 && o.wave < sim.Never && l.shares(o) {
			l.wave = min(l.wave, t.now+t.waveTime(l.arcs))
		}
	}
	if l.wave < sim.Never {
		t.agenda.Put(l.wave, entry{what: doWave, id: l.arcs[0]})
	}
}

// comeToRing has police wave the ring on in which a link is locked, from one wave's time on.
func (t *Traffic) comeToRing(link int32) {
	for k := range t.locks {
		l := &t.locks[k]
		if l.stage != lockStands || !slices.ContainsFunc(l.arcs, func(arc int32) bool { return arc>>1 == link }) {
			continue
		}
		if next := t.now + t.waveTime(l.arcs); next < l.wave {
			l.wave = next
			t.agenda.Put(next, entry{what: doWave, id: l.arcs[0]})
		}
		return
	}
	t.tellWave(&lock{arcs: []int32{2 * link}}, 0, sim.Say("此处没有首尾相堵的环，无须疏导",
		"no ring of full links is there to be waved on"))
}

// shares says whether two rings have a link in common.
func (l *lock) shares(o *lock) bool {
	return slices.ContainsFunc(l.arcs, func(arc int32) bool { return slices.Contains(o.arcs, arc) })
}

// waveTime returns the time from one wave to the next: in it a gap travels back through every link and a vehicle
// forward, so that all have closed up, and no link takes or sends more than its capacity.
func (t *Traffic) waveTime(arcs []int32) sim.Time {
	longest := sim.Time(0)
	for _, arc := range arcs {
		link, first := arc>>1, t.movers.at(t.arcs[arc].queue.head)
		lane := int64(t.flows[arc].across) * t.exitHeadway(arc) // between two cars that turn off over one lane
		longest = max(longest, sim.Time(t.net.wave[link]), t.travel(first, t.net.length[link]),
			sim.Time(int64(first.units())*lane))
	}
	return longest.Add(wavePause)
}

// waveOn has police wave the rings on that begin with an arc and whose time has come.
func (t *Traffic) waveOn(least int32) {
	for k := len(t.locks) - 1; k >= 0; k-- {
		l := &t.locks[k]
		if l.arcs[0] != least || l.wave != t.now {
			continue
		}
		switch l.stage {
		case lockMoves:
			t.endLock(k)
			continue
		case lockOver:
			t.locks = slices.Delete(t.locks, k, k+1)
			continue
		}
		switch at, room := t.mayTurn(l.arcs); {
		case !room:
			l.wave = sim.Never
			t.tellWave(l, 0, sim.Say("较大车辆前方空位不足，无法疏导", "a larger vehicle has no room ahead, so that it cannot be waved on"))
			continue
		case t.stirred: // who waits first looks for another way
			l.wave = t.now + 1
		case at > t.now:
			l.wave = at
		default:
			l.waves++
			l.wave = t.now + t.waveTime(l.arcs)
			arcs := l.arcs
			vehicles := t.turnRing(arcs)
			l = &t.locks[k]
			t.tellWave(l, vehicles, sim.Say("交警疏导：%d 段首车同时前移，共 %d 辆",
				"police wave the ring on: the first vehicles of its %d links move on at once, %d in all", len(arcs), vehicles))
		}
		t.agenda.Put(l.wave, entry{what: doWave, id: least})
	}
}

// tellWave reports that police have waved a ring on, or could not.
func (t *Traffic) tellWave(l *lock, vehicles int32, words sim.Text) {
	t.log.Emit(sim.Event{At: t.now, Kind: sim.EvGridlockReleased, A: l.name(), Count: vehicles, Num: float64(l.waves),
		Text: words})
}

// mayTurn returns from when on the first vehicles of a ring can move on all at once, and whether each finds room in the
// place that the next one leaves.
func (t *Traffic) mayTurn(arcs []int32) (at sim.Time, room bool) {
	before := t.movers.at(t.arcs[arcs[len(arcs)-1]].queue.head).units() // who comes in
	for k, arc := range arcs {
		a := &t.arcs[arc]
		first := t.movers.at(a.queue.head)
		left := a.in - a.out - int64(first.units())
		if left > 0 && left+int64(before) > max(int64(t.flows[arc].storage), a.in-a.out) {
			return 0, false
		}
		at = max(at, first.ready, a.nextExit, a.nextEntry, t.laneFree(arc, arcs[(k+1)%len(arcs)]))
		before = first.units()
	}
	return at, true
}

// turnRing moves the first vehicles of all arcs of a ring on at once, each to the end of the next one's queue, and
// returns how many vehicles they are. Nobody needs more room than there is: all leave before anybody enters.
func (t *Traffic) turnRing(arcs []int32) int32 {
	slots := make([]int32, len(arcs))
	vehicles := int32(0)
	for k, arc := range arcs {
		slots[k] = t.arcs[arc].queue.head
		vehicles += int32(t.movers.at(slots[k]).vehicles)
	}
	for _, slot := range slots {
		t.leave(slot, 0)
	}
	for k, slot := range slots {
		next := arcs[(k+1)%len(arcs)]
		t.reach(slot, t.net.tail[next])
		t.useLane(arcs[k], next, t.movers.at(slot).units(), 0)
		t.enter(slot, next)
	}
	return vehicles
}
