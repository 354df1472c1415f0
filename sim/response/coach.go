package response

import "sandtable/sim"

const (
	pollEvery = 1 * sim.Minute  // a waiting coach looks again for passengers (assumed)
	loadWait  = 5 * sim.Minute  // a coach that has some waits so long for more (assumed)
	emptyWait = 15 * sim.Minute // a coach that has none waits so long for the first (assumed)
)

// askBoarding asks population who gets in at the assembly point.
func (r *Response) askBoarding(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	r.stop(id, phaseAsking)
	if u.aim == aimFetch {
		r.ports.Boardings.Post(at, int32(id), sim.Boarding{Unit: id, Assembly: r.sites.Zone[u.task.Zone].Assembly,
			Seats: r.free(id), Home: true, Shelter: u.shelter, Zone: u.task.Zone})
		return
	}
	r.ports.Boardings.Post(at, int32(id), sim.Boarding{Unit: id, Assembly: r.sites.Zone[u.task.Zone].Assembly,
		Seats: r.free(id), Shelter: sim.None, Zone: sim.None})
}

// fetchHome sends a coach to the shelter with the most people of its zone, or to the one that was ordered. With nobody
// on any list, it goes home itself.
func (r *Response) fetchHome(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	best, most := u.task.Shelter, int32(0)
	for s := range r.shelters {
		if n := r.shelters[s].zones[u.task.Zone]; u.task.Shelter < 0 && n > most {
			best, most = sim.ShelterID(s), n
		}
	}
	if best < 0 {
		r.goHome(at, id)
		return
	}
	u.shelter = best
	r.travel(at, id, aimFetch, r.sites.Shelter[best])
}

// full sends a coach off with its passengers: to a shelter, or home to their assembly point.
func (r *Response) full(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.aim == aimFetch {
		u.shelter = sim.None
		r.travel(at, id, aimHome, r.sites.Assembly[r.sites.Zone[u.task.Zone].Assembly])
		return
	}
	r.toShelter(at, id)
}

// unloadHome lets people out at their assembly point, from which they walk home.
func (r *Response) unloadHome(at sim.Time, id sim.UnitID) {
	u, spec := &r.units[id], &r.fleet[id]
	r.set(at, id, sim.UnitWorking)
	time := sim.Duration(u.aboard-u.assisted)*spec.boarding + sim.Duration(u.assisted)*spec.assisted
	r.wait(at.Add(time/alightFaster), id, phaseUnloading)
}

// boarded is population's answer. It is counted whatever has become of the unit meanwhile.
func (r *Response) boarded(at sim.Time, e entry) {
	id := sim.UnitID(e.id)
	u := &r.units[id]
	switch {
	case u.phase != phaseAsking:
		r.stray(at, e)
	case e.a > 0:
		r.takeIn(at, id, e.a, e.b)
	case u.hasNext:
		r.takeUp(at, id)
	case u.aboard > 0 && (e.c > 0 || at.Sub(u.since) >= loadWait):
		r.full(at, id) // the next party is too large for the seats left, or nobody comes
	case u.aboard == 0 && at.Sub(u.since) >= emptyWait:
		r.goHome(at, id)
	default:
		r.wait(at.Add(pollEvery), id, phasePolling)
	}
}

// stray counts people who got into a unit that does not expect them any more: they go with it when it is under way, sit
// in it when it is lost, and get out again when it stands.
func (r *Response) stray(at sim.Time, e entry) {
	id := sim.UnitID(e.id)
	if e.a == 0 {
		return
	}
	r.aboard(at, id, e.a, e.b)
	switch r.units[id].phase {
	case phaseLost:
		r.maroon(at, id)
	case phaseIdle, phaseTurnout:
		r.letOut(at, id)
	}
}
