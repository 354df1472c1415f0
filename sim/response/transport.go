package response

import "sandtable/sim"

// alightFaster is how many times faster people get out than in [-] (assumed; at a boat 0.5-1 min against 1-2 min per
// person).
const alightFaster = 2

// takeIn counts people into a unit and begins their boarding.
func (r *Response) takeIn(at sim.Time, id sim.UnitID, persons, assisted int32) {
	r.aboard(at, id, persons, assisted)
	spec := &r.fleet[id]
	r.set(at, id, sim.UnitWorking)
	r.wait(at.Add(sim.Duration(persons-assisted)*spec.boarding+sim.Duration(assisted)*spec.assisted), id, phaseLoading)
}

// aboard changes who is in a unit.
func (r *Response) aboard(at sim.Time, id sim.UnitID, persons, assisted int32) {
	u := &r.units[id]
	u.over = u.aboard == 0 && persons > r.fleet[id].seats || u.over && persons > 0
	u.aboard += persons
	u.assisted += assisted
	if u.aboard == 0 {
		u.chairs = 0
	}
	if persons > 0 {
		r.count.boarded += int64(persons)
	} else {
		r.count.alighted -= int64(persons)
	}
	r.trail.Change(at, trailAboard, int32(id), uint64(uint32(u.aboard))<<32|uint64(uint32(u.assisted)))
}

// loaded goes on when everybody who got in has sat down.
func (r *Response) loaded(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	u.since = at
	switch {
	case u.hasNext:
		r.takeUp(at, id)
	case r.fleet[id].calls:
		r.seekCall(at, id, false)
	case r.free(id) == 0:
		r.full(at, id)
	default:
		r.askBoarding(at, id)
	}
}

// letOut lets everybody out where the unit is, at no shelter.
func (r *Response) letOut(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.aboard == 0 {
		return
	}
	place := u.at(at)
	r.ports.Alightings.Post(at, int32(id), sim.Alighting{Unit: id, Shelter: sim.None, Node: u.node, X: place.X, Y: place.Y,
		Rise: r.riseAt(id), Home: u.aim == aimHome})
	r.aboard(at, id, -u.aboard, -u.assisted)
}

// toShelter brings the passengers to a shelter. Where none can be reached the unit is stuck.
func (r *Response) toShelter(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	u.shelter = r.chooseShelter(id)
	if u.shelter < 0 {
		u.aim, u.dest = aimShelter, sim.None
		r.stick(at, id, sim.Say("没有可到达的避难场所", "no shelter can be reached"))
		return
	}
	r.travel(at, id, aimShelter, r.sites.Shelter[u.shelter])
}

// chooseShelter returns the shelter for a unit's passengers: the one that was ordered, else the zone's; a coach takes
// the first one of the zone's list that has room, a boat the nearest; when none of them has room the nearest other one
// that has, and when there is none at all the first again, whose staff will decide. None when no way leads to any.
func (r *Response) chooseShelter(id sim.UnitID) sim.ShelterID {
	u := &r.units[id]
	var list []sim.ShelterID // none for a boat that is away from its zone: it takes the nearest of all
	if u.task.Zone >= 0 && u.busy && u.away < 0 {
		list = r.sites.Zone[u.task.Zone].Shelters
	}
	first, best, nearest := sim.ShelterID(sim.None), sim.ShelterID(sim.None), 0.0
	consider := func(s sim.ShelterID) {
		t, ok := r.way(id, r.sites.Shelter[s])
		if !ok {
			return
		}
		if first < 0 {
			first = s
		}
		if r.believedRoom(sim.None, s) < u.aboard {
			return
		}
		if best < 0 || (r.fleet[id].mode == sim.ModeBoat && t < nearest) {
			best, nearest = s, t
		}
	}
	if s := u.task.Shelter; u.busy && s >= 0 {
		consider(s)
	} else {
		for _, s := range list {
			consider(s)
		}
	}
	if best >= 0 {
		return best
	}
	if other := r.nearestRoom(id, sim.None); other >= 0 {
		return other
	}
	if first >= 0 {
		return first
	}
	return r.nearestShelter(id, func(sim.ShelterID) bool { return true })
}

// nearestRoom returns the nearest shelter that has room for a unit's passengers for all that the staff of one, or with
// None who directs the unit, has been told, open ones first; or None.
func (r *Response) nearestRoom(id sim.UnitID, knows sim.ShelterID) sim.ShelterID {
	n := r.units[id].aboard
	room := func(s sim.ShelterID) bool { return s != knows && r.believedRoom(knows, s) >= n }
	if s := r.nearestShelter(id, func(s sim.ShelterID) bool { return room(s) && r.newsOf(knows, s).open }); s >= 0 {
		return s
	}
	return r.nearestShelter(id, room)
}

func (r *Response) nearestShelter(id sim.UnitID, keep func(sim.ShelterID) bool) sim.ShelterID {
	r.near.Reset()
	for k := range r.shelters {
		if s := sim.ShelterID(k); keep(s) {
			_, t := r.router.AtLeast(r.fleet[id].mode, r.units[id].node, r.sites.Shelter[s])
			r.near.Offer(int32(k), t)
		}
	}
	best, _ := r.near.Find(func(k int32) (float64, bool) { return r.way(id, r.sites.Shelter[k]) })
	return sim.ShelterID(best)
}

// way returns how long a unit needs from its node to another one [s], and whether there is a way.
func (r *Response) way(id sim.UnitID, to sim.NodeID) (float64, bool) {
	from := r.units[id].node
	if from == to {
		return 0, true
	}
	_, s, ok := r.router.Distance(r.fleet[id].mode, from, to)
	return s, ok
}

// atShelter begins to unload. A driver who finds the shelter full or shut is sent on to one that has room for all that
// its staff knows.
func (r *Response) atShelter(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.aboard > 0 && r.room(u.shelter) < u.aboard {
		if other := r.nearestRoom(id, u.shelter); other >= 0 {
			r.sawFull(at, u.shelter, other)
			r.newsOf(u.shelter, other).taken += u.aboard
			u.shelter = other
			r.travel(at, id, aimShelter, r.sites.Shelter[other])
			return
		}
	}
	spec := &r.fleet[id]
	r.set(at, id, sim.UnitWorking)
	time := sim.Duration(u.aboard-u.assisted)*spec.boarding + sim.Duration(u.assisted)*spec.assisted
	r.wait(at.Add(time/alightFaster), id, phaseUnloading)
}

// handOver lets the passengers out at the door of the shelter.
func (r *Response) handOver(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.aboard > 0 {
		r.ports.Alightings.Post(at, int32(id), sim.Alighting{Unit: id, Shelter: u.shelter, Node: u.node})
		u.carried += u.aboard
		r.aboard(at, id, -u.aboard, -u.assisted)
	}
	u.shelter = sim.None
}

// unloaded hands the passengers over to the shelter and goes on with the task.
func (r *Response) unloaded(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.aim == aimHome {
		r.letOut(at, id)
		r.work(at, id)
		return
	}
	r.handOver(at, id)
	if r.fleet[id].calls && u.busy && !u.hasNext {
		r.seekCall(at, id, false)
		return
	}
	r.work(at, id)
}
