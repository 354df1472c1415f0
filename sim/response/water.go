package response

import "sandtable/sim"

const (
	// coachDepth is the depth of standing water in which a coach is lost [m]: the low estimate for vehicles with high
	// clearance (HEC-LifeSim technical reference, table 17).
	coachDepth = 0.5
	// seatDepth is the depth at which water reaches the seats of a coach, so that its passengers must get out [m]
	// (assumed: seats are about 1 m above the road). Whether a coach floats before is not looked at.
	seatDepth = 1.0
	// dryDepth is the most water at a node at which a coach takes refuge [m] (assumed: that of a place called wet).
	dryDepth = 0.15
	// nearNodes is how many dry nodes, the nearest in a straight line, are looked at for a way there (assumed).
	nearNodes = 16
)

// lookAtWater looks after the coaches that stand in water; road looks after those that move. A loaded one that has no
// way to a shelter goes to dry ground while it can. In deep water a coach is lost, but its passengers stay in it until
// they can walk away or the water reaches their seats.
func (r *Response) lookAtWater(at sim.Time) {
	for k := range r.units {
		id, u := sim.UnitID(k), &r.units[k]
		if r.fleet[k].mode == sim.ModeBoat || u.phase == phaseRoad || u.node < 0 {
			continue
		}
		depth := r.depthAt(id)
		switch {
		case u.phase == phaseLost:
			if u.aboard > 0 && mustLeave(depth) {
				r.letOut(at, id)
				r.report(at, id)
			}
		case depth >= coachDepth:
			r.lose(at, id, depth)
		case depth > walkDepth && u.aboard > 0:
			r.escape(at, id)
		}
	}
}

// depthAt returns the depth of water at a unit that stands [m]. Where a coach was lost between two nodes it is the
// water above the road, which lies as high above the terrain's cell as it did when the coach stalled.
func (r *Response) depthAt(id sim.UnitID) float64 {
	u := &r.units[id]
	if u.phase != phaseLost || !u.off || r.layers == nil {
		return r.router.NodeDepth(u.node)
	}
	depth := r.layers.At(sim.LayerKey{Quantity: sim.QDepth}, u.place)
	if depth <= 0 {
		return 0
	}
	return float64(max(depth-u.ground, 0)) / 1000
}

// mustLeave says whether passengers get out of a lost coach: to walk away, or because the water reaches them.
func mustLeave(depth float64) bool { return depth <= walkDepth || depth >= seatDepth }

// lose takes a unit out for the rest of the run. Passengers who are getting out at a shelter are there. Those of
// a coach stay in it where the water is too deep to walk and does not reach their seats; others must get out.
func (r *Response) lose(at sim.Time, id sim.UnitID, depth float64) {
	u := &r.units[id]
	r.release(at, id)
	if u.phase == phaseUnloading {
		r.handOver(at, id)
	}
	r.stop(id, phaseLost)
	if r.fleet[id].mode == sim.ModeBoat || mustLeave(depth) {
		r.letOut(at, id)
	}
	r.set(at, id, sim.UnitLost)
	if u.aboard > 0 {
		r.failed(at, id, u.task, sim.Say("被水淹没，车（艇）上%d人待救",
			"lost in water; %d persons sit in it and need rescue", u.aboard))
	}
	u.busy, u.hasNext = false, false
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
	best, soonest := sim.NodeID(sim.None), 0.0
	for _, to := range near[:n] {
		if t, ok := r.way(id, to); ok && (best < 0 || t < soonest) {
			best, soonest = to, t
		}
	}
	return best
}
