package response

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// set changes a unit's status, with its event and its report.
func (r *Response) set(at sim.Time, id sim.UnitID, s sim.UnitStatus) {
	u := &r.units[id]
	if u.status == s {
		return
	}
	u.status = s
	r.trail.Change(at, trailStatus, int32(id), uint64(s))
	r.log.Emit(sim.Event{At: at, Kind: sim.EvUnitStatus, A: sim.RefTo(sim.KindUnit, id), B: r.where(id), Count: int32(s)})
	r.report(at, id)
}

// where returns what a unit's status is about: its place or its target.
func (r *Response) where(id sim.UnitID) sim.Ref {
	u := &r.units[id]
	zone := u.task.Zone
	if u.away >= 0 {
		zone = u.away
	}
	if u.hasNext && u.phase <= phaseTurnout {
		zone = u.next.Zone
	}
	switch {
	case u.status == sim.UnitLost || u.status == sim.UnitStuck,
		u.status == sim.UnitAvailable && u.node != r.fleet[id].station:
		return sim.RefTo(sim.KindNode, u.node)
	case u.status == sim.UnitAvailable || u.status == sim.UnitReturning:
		return sim.RefTo(sim.KindStation, r.fleet[id].home)
	case u.shelter >= 0 && u.aim == aimShelter:
		return sim.RefTo(sim.KindShelter, u.shelter)
	}
	return zoneRef(zone)
}

// report tells the posts what a unit says of itself.
func (r *Response) report(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	p := u.at(at)
	r.ports.UnitReports.Post(at, int32(id), sim.UnitReport{Unit: id, Status: u.status, Aboard: u.aboard,
		Carried: u.carried, X: p.X, Y: p.Y})
}

// at returns where a unit stands, or is on a straight leg; on the network, where it set off.
func (u *unit) at(now sim.Time) geo.Point {
	if u.phase != phaseLeg || u.legEnd <= u.legStart {
		return u.place
	}
	share := now.Sub(u.legStart).Seconds() / u.legEnd.Sub(u.legStart).Seconds()
	return u.place.Lerp(u.legTo, min(max(share, 0), 1))
}

// UnitAt returns where a unit is at the end of the last tick. On the network only road knows: then onRoad is true and
// the place is where its trip began.
func (r *Response) UnitAt(id sim.UnitID) (place geo.Point, onRoad bool) {
	u := &r.units[id]
	return u.at(r.now), u.phase == phaseRoad
}

// Mode returns how a unit moves.
func (r *Response) Mode(id sim.UnitID) sim.Mode { return r.fleet[id].mode }

// FillTruth writes shelters and units into the caller's slices, which it makes as long as needed.
func (r *Response) FillTruth(t *sim.Truth) {
	t.Shelters = t.Shelters[:0]
	for s := range r.shelters {
		x := &r.shelters[s]
		t.Shelters = append(t.Shelters, sim.ShelterTruth{Open: x.open, Inside: int(x.present()),
			Waiting: int(x.waiting + x.held), Capacity: int(r.sc.Shelters[s].Capacity)})
	}
	t.Units = t.Units[:0]
	for k := range r.units {
		u := &r.units[k]
		t.Units = append(t.Units, sim.UnitTruth{Status: u.status, Place: u.at(r.now), Aboard: int(u.aboard),
			Carried: int(u.carried)})
	}
}

// FillSnapshot writes the dots of shelters and units into the caller's slices. A unit on the network has the place
// where its trip began; the engine puts road's there.
func (r *Response) FillSnapshot(s *sim.Snapshot) {
	s.Shelters = s.Shelters[:0]
	for k := range r.shelters {
		x := &r.shelters[k]
		s.Shelters = append(s.Shelters, sim.ShelterDot{Open: x.open, Inside: x.present(), Waiting: x.waiting + x.held,
			Capacity: int32(r.sc.Shelters[k].Capacity)})
	}
	s.Units = s.Units[:0]
	for k := range r.units {
		u := &r.units[k]
		s.Units = append(s.Units, sim.UnitDot{Unit: sim.UnitID(k), Mode: r.fleet[k].mode, At: u.at(r.now),
			Status: u.status, Aboard: u.aboard})
	}
}

// OpenCalls returns the number of open calls.
func (r *Response) OpenCalls() int { return len(r.board.calls) - len(r.board.spare) }
