package response

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/num"
)

// coachBears is the water at which a coach is lost: the low estimates for vehicles with high clearance.
var coachBears = harm.VehicleLimit(harm.HighClearance, harm.LowEstimate)

const (
	// dryDepth is the most water at a node at which a coach takes refuge [m] (assumed: that of a place called wet).
	dryDepth = harm.Film
	// nearNodes is how many dry nodes, the nearest in a straight line, are looked at for a way there (assumed).
	nearNodes = 16
)

// lookAtWater looks after the coaches that stand in water; road looks after those that move. A loaded one that has no
// way to a shelter goes to dry ground while it can. In deep water a coach is lost, and its passengers are marooned.
func (r *Response) lookAtWater(at sim.Time) {
	for k := range r.units {
		id, u := sim.UnitID(k), &r.units[k]
		if r.fleet[k].mode == sim.ModeBoat || u.phase == phaseRoad || u.node < 0 {
			continue
		}
		depth := r.depthAt(at, id)
		switch {
		case u.phase == phaseLost:
		case r.drowns(at, id, depth):
			r.lose(at, id)
		case depth > harm.SmallCarDepth() && u.aboard > 0:
			r.escape(at, id)
		}
	}
}

// depthAt returns the depth of water on the road at a unit off the network: at its node, or between two nodes, where it
// was stranded or backs out [m].
func (r *Response) depthAt(at sim.Time, id sim.UnitID) float64 {
	u := &r.units[id]
	if !u.off || r.layers == nil {
		return r.router.NodeDepth(u.node)
	}
	depth := r.layers.At(sim.LayerKey{Quantity: sim.QDepth}, u.at(at))
	if depth <= 0 {
		return 0
	}
	return float64(max(depth-u.rise, 0)) / 1000
}

// drowns says whether a unit that stands in water of that depth [m] is lost.
func (r *Response) drowns(at sim.Time, id sim.UnitID, depth float64) bool {
	if depth >= coachBears.Depth || r.layers == nil {
		return depth >= coachBears.Depth
	}
	w := r.layers.WaterAt(r.units[id].at(at))
	return float64(depth*num.Hypot(w.VX, w.VY)) >= coachBears.Product
}

// riseAt returns how far the road lies above the terrain where a unit stands [m].
func (r *Response) riseAt(id sim.UnitID) float64 {
	u := &r.units[id]
	if u.off {
		return float64(u.rise) / 1000
	}
	return r.router.NodeRise(u.node)
}

// lose takes a unit out for the rest of the run. Passengers who are getting out at a shelter are there; others sit in
// it in the water.
func (r *Response) lose(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	r.release(at, id)
	u.place = u.at(at)
	if u.phase == phaseUnloading {
		r.handOver(at, id)
	}
	r.stop(id, phaseLost)
	r.set(at, id, sim.UnitLost)
	if u.aboard > 0 {
		r.failed(at, id, u.task, sim.Say("被水淹没，车（艇）上%d人待救",
			"lost in water; %d persons sit in it and need rescue", u.aboard))
		r.maroon(at, id)
	}
	u.busy, u.hasNext = false, false
}

// maroon tells population that a unit's passengers sit fast in water, and where.
func (r *Response) maroon(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	place := u.at(at)
	u.marooned = true
	r.ports.Maroonings.Post(at, int32(id), sim.Marooning{Unit: id, Node: u.node, X: place.X, Y: place.Y,
		Rise: r.riseAt(id)})
}

// rescue tells population that a unit that sat fast goes on with its passengers.
func (r *Response) rescue(at sim.Time, id sim.UnitID) {
	if u := &r.units[id]; u.marooned {
		u.marooned = false
		r.ports.Maroonings.Post(at, int32(id), sim.Marooning{Unit: id, Over: true, Node: u.node})
	}
}

// departed counts out passengers who have left a marooned unit, or died in it.
func (r *Response) departed(at sim.Time, e entry) {
	id := sim.UnitID(e.id)
	u := &r.units[id]
	r.aboard(at, id, -min(e.a, u.aboard), -min(e.b, u.assisted))
	u.marooned = u.marooned && u.aboard > 0
	r.report(at, id)
}

// escape moves a coach with passengers out of rising water: from an assembly point to a shelter; where it has no way to
// one, to dry ground, which it tries once between two tries of a shelter.
func (r *Response) escape(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	switch {
	case u.phase == phasePolling:
		r.toShelter(at, id)
	case u.phase == phaseStuck && !u.fled:
		u.fled = true
		if n := r.nearestDry(id); n >= 0 {
			r.release(at, id) // others may go to whom a van was bound
			r.travel(at, id, aimDry, n)
		}
	}
}

// nearestDry returns the dry node that a unit reaches soonest, of those nearest in a straight line; or None.
func (r *Response) nearestDry(id sim.UnitID) sim.NodeID {
	var near [nearNodes]sim.NodeID
	var dist [nearNodes]float64 // squared [m2]
	n := 0
	place := r.nodePoint(r.units[id].node)
	for k := range r.sc.Nodes {
		if r.router.NodeDepth(sim.NodeID(k)) > dryDepth {
			continue
		}
		d := place.Dist2(r.sc.Nodes[k].At)
		i := n
		for i > 0 && d < dist[i-1] {
			i--
		}
		if i == nearNodes {
			continue
		}
		n = min(n+1, nearNodes)
		copy(near[i+1:n], near[i:])
		copy(dist[i+1:n], dist[i:])
		near[i], dist[i] = sim.NodeID(k), d
	}
	r.near.Reset()
	for i, to := range near[:n] {
		_, t := r.router.AtLeast(r.fleet[id].mode, r.units[id].node, to)
		r.near.Offer(int32(i), t)
	}
	best, _ := r.near.Find(func(i int32) (float64, bool) { return r.way(id, near[i]) })
	if best < 0 {
		return sim.None
	}
	return near[best]
}
