package road

import (
	"cmp"
	"slices"

	"sandtable/sim"
	"sandtable/sim/harm"
)

// wreck is what a vehicle that stalled in water leaves on the road: a party's cars, one behind the other in one lane.
type wreck struct {
	arc   int32
	place float64 // along the arc [m]
	ref   sim.Ref // whose it is
	mode  sim.Mode
	since sim.Time // when it stalled
}

// sweeps are the limits beyond which water carries a stalled vehicle off the road: LifeSim's best estimates for low and
// for high clearance.
var sweeps = [sim.ModeCount]harm.Limit{
	sim.ModeCar:       harm.VehicleLimit(harm.LowClearance, harm.BestEstimate),
	sim.ModeCoach:     harm.VehicleLimit(harm.HighClearance, harm.BestEstimate),
	sim.ModeEmergency: harm.VehicleLimit(harm.HighClearance, harm.BestEstimate),
	sim.ModeVan:       harm.VehicleLimit(harm.HighClearance, harm.BestEstimate),
}

// sweptBy says whether water carries a vehicle off.
func sweptBy(mode sim.Mode, p peril) bool {
	return !sweeps[mode].Allows(float64(p.depth)/1000, float64(p.speed)/1000)
}

// byPlace orders wrecks by arc and place, those of one place by whose they are.
func byPlace(a, b wreck) int {
	return cmp.Or(cmp.Compare(a.arc, b.arc), cmp.Compare(a.place, b.place), cmp.Compare(a.ref.Kind, b.ref.Kind),
		cmp.Compare(a.ref.ID, b.ref.ID))
}

// wrecksOn returns the wrecks of an arc; the slice is a part of all of them.
func (t *Traffic) wrecksOn(arc int32) (from, to int) {
	if t.works[arc].wrecks == 0 {
		return 0, 0
	}
	from, _ = slices.BinarySearchFunc(t.wrecks, arc, func(w wreck, arc int32) int { return cmp.Compare(w.arc, arc) })
	return from, from + int(t.works[arc].wrecks)
}

// leaveWreck leaves a vehicle where it has stalled, unless the water there carries it off. Only what drives on the road
// stays on it.
func (t *Traffic) leaveWreck(m *mover, place float64, here peril) {
	if m.mode == sim.ModeFoot || m.mode == sim.ModeBoat || sweptBy(m.mode, here) {
		return
	}
	w := wreck{arc: m.arc, place: place, ref: m.ref(), mode: m.mode, since: t.now}
	at, _ := slices.BinarySearchFunc(t.wrecks, w, byPlace)
	t.wrecks = slices.Insert(t.wrecks, at, w)
	t.works[m.arc].wrecks++
	t.trail.Change(t.now, changeWreck, m.arc, uint64(uint32(m.ref().ID)))
	if t.net.rules.ClearAfter > 0 {
		t.agenda.Put(t.now.Add(t.net.rules.ClearAfter), entry{what: doClear, id: m.arc >> 1})
	}
}

// clear takes the wrecks off a link that stalled up to an instant.
func (t *Traffic) clear(link int32, until sim.Time) {
	t.takeWrecks(link, false, func(w *wreck) bool { return w.since <= until })
}

// sweep takes those wrecks off a link that its water carries away.
func (t *Traffic) sweep(link int32) {
	t.takeWrecks(link, true, func(w *wreck) bool { return sweptBy(w.mode, t.perilOn(w.arc, w.place, true)) })
}

// takeWrecks takes those wrecks off a link that f says.
func (t *Traffic) takeWrecks(link int32, swept bool, f func(w *wreck) bool) {
	count := int32(0)
	for arc := 2 * link; arc < 2*link+2; arc++ {
		from, to := t.wrecksOn(arc)
		for k := to - 1; k >= from; k-- {
			if f(&t.wrecks[k]) {
				t.wrecks = slices.Delete(t.wrecks, k, k+1)
				t.works[arc].wrecks--
				count++
			}
		}
	}
	t.tellCleared(link, count, swept)
}

// fetch takes the wreck of a unit off the road that goes on: it has been got going again.
func (t *Traffic) fetch(ref sim.Ref) {
	for k := range t.wrecks {
		if t.wrecks[k].ref == ref {
			arc := t.wrecks[k].arc
			t.wrecks = slices.Delete(t.wrecks, k, k+1)
			t.works[arc].wrecks--
			t.tellCleared(arc>>1, 1, false)
			return
		}
	}
}

// tellCleared takes in that wrecks are gone, and emits how many.
func (t *Traffic) tellCleared(link, count int32, swept bool) {
	if count == 0 {
		return
	}
	by := 0.0
	if swept {
		by = 1
	}
	t.trail.Change(t.now, changeCleared, link, uint64(count))
	t.log.Emit(sim.Event{At: t.now, Kind: sim.EvRoadCleared, A: sim.RefTo(sim.KindLink, sim.LinkID(link)), Count: count,
		Num: by})
	t.obstruct(link)
	if t.turns[link].ready <= t.now {
		t.agenda.Put(t.now, entry{what: doTurn, id: link})
	}
}

// obstruct works out how many lanes the wrecks of a link block, and what the link lets through then.
func (t *Traffic) obstruct(link int32) {
	for arc := 2 * link; arc < 2*link+2; arc++ {
		if n := t.abreast(arc); n != t.works[arc].blocked {
			t.works[arc].blocked = n
			t.refit(arc)
			t.tellCapacity(arc)
		}
	}
	t.price(link)
	cause := sim.StrandWater
	if t.links[link].depth == 0 && t.stills != nil { // else nobody leaves his car
		cause = sim.StrandJam
	}
	t.tell(link, cause)
}

// abreast returns how many lanes wrecks block at the worst place of an arc: as many as stand within the length of one
// standing car.
func (t *Traffic) abreast(arc int32) uint8 {
	from, to := t.wrecksOn(arc)
	most, first := 0, from
	for k := from; k < to; k++ {
		for t.wrecks[k].place-t.wrecks[first].place >= t.net.rules.JamMetres {
			first++
		}
		most = max(most, k-first+1)
	}
	return uint8(min(most, sim.AllLanes))
}

// behindWrecks says from where on an arc nobody gets past the wrecks [m], and whether there is such a place.
func (t *Traffic) behindWrecks(arc int32) (place float64, blocked bool) {
	if t.works[arc].blocked == 0 || !t.flows[arc].closed {
		return 0, false
	}
	from, to := t.wrecksOn(arc)
	standing, _ := t.lanesOf(arc)
	need := int(standing.own) + int(standing.won)
	for k := to - 1; k-need+1 >= from; k-- {
		if first := k - max(need, 1) + 1; t.wrecks[k].place-t.wrecks[first].place < t.net.rules.JamMetres {
			return t.wrecks[first].place, true
		}
	}
	return 0, false
}
