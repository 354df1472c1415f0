package road

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// Water stalls a vehicle where it reaches water that is too much for it, and not anywhere on the link. Who is on foot
// does not wade into such water: he stops before it. Both are stranded there.

// leastStall are the lowest limits at which anybody is stranded.
var leastStall = func() limits {
	least := limits{never, never}
	for _, m := range modes {
		if m.stall.depth > 0 || m.stall.flow > 0 {
			least.depth, least.flow = min(least.depth, m.stall.depth), min(least.flow, m.stall.flow)
		}
	}
	return least
}()

// brink is how far before water that is too much somebody on foot stops [m].
const brink = 0.001

// placed is a mover and where it is on its arc.
type placed struct {
	slot   int32
	metres float64
}

// findPlaces notes where everybody on an arc is: first the queue from its front, then who takes no room.
func (t *Traffic) findPlaces(arc int32) {
	t.places = t.places[:0]
	ahead := int32(0)
	for slot := t.arcs[arc].queue.head; slot >= 0; slot = t.movers.at(slot).next {
		m := t.movers.at(slot)
		t.places = append(t.places, placed{slot, t.queued(m, ahead)})
		ahead += m.units()
	}
	for slot := t.arcs[arc].free.head; slot >= 0; slot = t.movers.at(slot).next {
		t.places = append(t.places, placed{slot, t.place(t.movers.at(slot))})
	}
}

// stalls says whether the water somewhere on its link is too much for the mover.
func (t *Traffic) stalls(m *mover) bool { return modes[m.mode].stall.exceeded(t.links[m.arc>>1].wet) }

// stalledBy says whether water is too much for a mode.
func stalledBy(mode sim.Mode, p peril) bool { return modes[mode].stall.exceeded(p.steps()) }

// steps returns water in the steps in which it acts on a road.
func (p peril) steps() wet {
	flow := num.Int32(math.Min(float64(p.depth)*float64(p.speed)/1000, math.MaxInt32))
	return wet{step(0, p.depth, depthStep), step(0, flow, flowStep)}
}

// perilOf returns the water at a place on a mover's arc [m]; at the border of two cells that in the one which comes
// next on its way, in a tunnel the worst.
func (t *Traffic) perilOf(m *mover, place float64) peril {
	return t.perilOn(m.arc, place, !m.is(tagBack))
}

// perilOn returns the water at a place on an arc [m]; at the border of two cells that in the next one along the arc,
// or, back, in the one before.
func (t *Traffic) perilOn(arc int32, place float64, along bool) peril {
	link := arc >> 1
	if t.cover == nil || t.links[link].depth == 0 {
		return peril{}
	}
	if t.cover.boreOf[link] >= 0 {
		_, _, worst := t.layers.onLink(t.cover, t.net, link)
		return worst
	}
	if arc&1 == 1 {
		place = t.net.length[link] - place
	}
	return t.perilAt(link, t.cover.stretchAt(link, place, along == (arc&1 == 0)))
}

// stopsIn says whether the water at a place on its arc [m], or, for somebody on foot, just before him, is too much for
// the mover.
func (t *Traffic) stopsIn(m *mover, place float64) bool {
	if m.mode == sim.ModeFoot && !stalledBy(m.mode, t.perilOf(m, place)) {
		if place += brink; m.is(tagBack) {
			place -= 2 * brink
		}
		place = min(max(place, 0), t.net.length[m.arc>>1])
	}
	return stalledBy(m.mode, t.perilOf(m, place))
}

// meetWater looks at a mover that comes to other water, or stands in water that is too much for it.
func (t *Traffic) meetWater(slot int32) {
	m := t.movers.at(slot)
	place, arc := t.along(slot), m.arc
	if !t.stalls(m) || !t.stopsIn(m, place) {
		t.watchAt(slot, place)
		return
	}
	t.stall(slot, place)
	t.obstruct(arc >> 1)
	t.turnBehind(arc)
}

// stall strands a mover in water at its place; what drives on the road stays there.
func (t *Traffic) stall(slot int32, place float64) {
	m := t.movers.at(slot)
	t.leaveWreck(m, place, t.perilOf(m, place))
	t.strand(slot, sim.StrandWater)
}

// drown strands everybody on a link who stands in water that is too much for him, all before those behind them are
// looked at.
func (t *Traffic) drown(link int32) {
	t.sweep(link)
	for arc := 2 * link; arc < 2*link+2; arc++ {
		t.findPlaces(arc)
		count := 0
		for _, p := range t.places {
			if m := t.movers.at(p.slot); t.stalls(m) && t.stopsIn(m, p.metres) {
				t.places[count] = p
				count++
			}
		}
		if count == 0 {
			continue
		}
		t.pin(arc)
		t.batch = true
		for k := count - 1; k >= 0; k-- {
			t.stall(t.places[k].slot, t.places[k].metres)
		}
		t.batch = false
		t.obstruct(link)
		t.turnBehind(arc)
		t.wakeEnds(link)
	}
}

// turnBehind has the vehicles turn back that do not get past the wrecks on their arc any more.
func (t *Traffic) turnBehind(arc int32) {
	block, blocked := t.behindWrecks(arc)
	if !blocked {
		return
	}
	t.findPlaces(arc)
	t.batch = true
	for k := len(t.places) - 1; k >= 0; k-- {
		if p := t.places[k]; p.metres <= block && t.isHemmedIn(t.movers.at(p.slot)) {
			t.turnBackFrom(p.slot, p.metres)
		}
	}
	t.batch = false
	t.closeUp(arc, t.arcs[arc].queue.head)
}

// isHemmedIn says whether a mover does not get past wrecks that block all lanes of its arc. An emergency vehicle passes
// on the lane of who comes towards it, where there is one.
func (t *Traffic) isHemmedIn(m *mover) bool {
	if m.mode == sim.ModeEmergency && m.stage == stageFree && !m.is(tagBack) {
		return t.net.links[m.arc>>1].OneWay || t.flows[m.arc^1].closed
	}
	return m.stage == stageQueue
}
