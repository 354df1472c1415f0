package response

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

const (
	// maxTries is how often a stuck unit tries to go on before its passengers get out, or, when it is empty, before its
	// task has failed for good (assumed): half an hour, or an hour when road has it wait for a way each time, too.
	maxTries = 3
)

// strand is road's word that a unit cannot go on.
func (r *Response) strand(at sim.Time, e entry) {
	id := sim.UnitID(e.id)
	u := &r.units[id]
	if u.phase != phaseRoad {
		return
	}
	u.node = sim.NodeID(e.b)
	u.place, u.off, u.rise = geo.Point{X: e.x, Y: e.y}, e.a >= 0, e.d
	if !u.off {
		u.place = r.nodePoint(u.node)
	}
	switch sim.StrandCause(e.flag) {
	case sim.StrandWater:
		if r.drowns(at, id, float64(e.c)/1000) {
			r.lose(at, id)
		} else {
			r.stick(at, id, sim.Say("前方道路有水", "water on the road ahead"))
		}
	case sim.StrandClosed:
		r.stick(at, id, sim.Say("所在道路被封闭", "the road was closed under it"))
	case sim.StrandNoRoute:
		r.stick(at, id, sim.Say("已无路可走", "no way is left"))
	default:
		r.stick(at, id, sim.Say("堵在无法疏解的车流中", "it stands in a jam that does not dissolve"))
	}
}

// stick stops a unit until it tries again. An empty one that has tried in vain often enough gives its task up.
func (r *Response) stick(at sim.Time, id sim.UnitID, why sim.Text) {
	u := &r.units[id]
	u.tries++
	if card := r.board.card(u.claim); card != nil {
		card.again = at.Add(2 * tryWait) // the next try is for another call
	}
	if u.tries > maxTries && u.aboard == 0 && !u.hasNext {
		r.giveUp(at, id, why)
		return
	}
	r.set(at, id, sim.UnitStuck)
	if !u.said {
		u.said = true
		r.failed(at, id, u.task, why)
	}
	r.wait(at.Add(tryWait), id, phaseStuck)
}

// giveUp ends a task that cannot be done. The unit is available where it stands, and can be ordered again.
func (r *Response) giveUp(at sim.Time, id sim.UnitID, why sim.Text) {
	u := &r.units[id]
	r.release(at, id)
	u.busy, u.tries = false, 0
	r.stop(id, phaseIdle)
	r.failed(at, id, u.task, sim.Say("放弃任务：%s", "given up: %s", why))
	r.set(at, id, sim.UnitAvailable)
}

// tryAgain lets a stuck unit go on. After maxTries its passengers get out where they can walk, and call for help from
// it where they cannot.
func (r *Response) tryAgain(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	u.fled = false
	if u.tries >= maxTries && u.aboard > 0 && !u.marooned {
		if r.depthAt(at, id) <= harm.SmallCarDepth() {
			r.letOut(at, id)
		} else {
			r.maroon(at, id)
		}
	}
	switch {
	case u.hasNext:
		r.takeUp(at, id)
	case (u.aim == aimShelter || u.aim == aimDry) && u.aboard > 0:
		r.toShelter(at, id)
	case u.aim == aimShelter || u.aim == aimDry:
		r.work(at, id)
	case u.aim == aimCall:
		r.release(at, id)
		r.seekCall(at, id, true)
	default:
		r.travel(at, id, u.aim, u.dest)
	}
}
