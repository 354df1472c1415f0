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
	r.ports.Boardings.Post(at, int32(id), sim.Boarding{Unit: id, Assembly: r.sites.Zone[u.task.Zone].Assembly,
		Seats: r.free(id)})
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
		r.toShelter(at, id) // the next party is too large for the seats left, or nobody comes
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
