package response

import (
	"slices"

	"sandtable/sim"
)

// absent is a party that stands on a shelter's list and has left unnoticed.
type absent struct {
	party            sim.PartyID
	zone             sim.ZoneID
	persons, special int32
}

// zoneSlot returns the place of a zone in a shelter's list by zones.
func (r *Response) zoneSlot(z sim.ZoneID) int {
	if z < 0 || int(z) >= len(r.sc.Zones) {
		return len(r.sc.Zones)
	}
	return int(z)
}

// enlist puts persons on a shelter's list; fewer than none takes them off it.
func (r *Response) enlist(at sim.Time, s int32, party sim.PartyID, zone sim.ZoneID, persons, special int32) {
	x := &r.shelters[s]
	x.inside += persons
	x.special += special
	x.zones[r.zoneSlot(zone)] += persons
	r.count.admitted += int64(persons)
	r.trail.Change(at, trailRegister, int32(party), uint64(uint32(s))<<32|uint64(uint32(persons)))
}

// kept returns how many places of a party's are still kept for it on the list that it left without a word.
func (x *shelter) kept(party sim.PartyID) int32 {
	if k := slices.IndexFunc(x.gone, func(a absent) bool { return a.party == party }); k >= 0 {
		return x.gone[k].persons
	}
	return 0
}

// strike takes a party that has come back off the list on which it still stands, so that nobody stands there twice.
func (r *Response) strike(at sim.Time, s int32, party sim.PartyID) {
	x := &r.shelters[s]
	if k := slices.IndexFunc(x.gone, func(a absent) bool { return a.party == party }); k >= 0 {
		a := x.gone[k]
		x.gone = slices.Delete(x.gone, k, k+1)
		r.enlist(at, s, party, a.zone, -a.persons, -a.special)
	}
}

// stay is what has become of somebody who has been let in, or is inside. Who goes past a watched door, or is sent away,
// is taken off the list at once; who slips out stands on it until heads are counted.
func (r *Response) stay(at sim.Time, e entry) {
	x := &r.shelters[e.id]
	party, zone := sim.PartyID(e.a), sim.ZoneID(e.c)
	switch kind := sim.StayKind(e.flag); {
	case kind == sim.StayTaken:
		x.waiting -= e.b
	case kind == sim.StayIn:
		r.strike(at, e.id, party)
		r.enlist(at, e.id, party, zone, e.b, e.d)
	case kind == sim.StayIll:
		x.ill += e.b
	case kind == sim.StayAway:
		r.away(at, e.id, party)
	case kind == sim.StayOff && !x.watched:
		x.gone = append(x.gone, absent{party, zone, e.b, e.d})
		r.trail.Change(at, trailHeads, e.a, uint64(uint32(e.id)))
		return // nobody knows
	default:
		r.enlist(at, e.id, party, zone, -e.b, -e.d)
	}
	r.changed(at, e.id)
}

// present returns how many of those on a shelter's list are really inside.
func (x *shelter) present() int32 {
	n := x.inside
	for i := range x.gone {
		n -= x.gone[i].persons
	}
	return n
}

// nextHeads sets the time of the next regular head count.
func (r *Response) nextHeads(at sim.Time, s int32) {
	if every := r.sc.Shelters[s].CountEvery; every > 0 && !r.shelters[s].rounds {
		r.shelters[s].rounds = true
		r.agenda.Put(at.Add(every), entry{kind: entryHeads, id: s})
	}
}

// countHeads begins a head count, which takes its time.
func (r *Response) countHeads(at sim.Time, s int32) {
	x := &r.shelters[s]
	if x.counting || x.inside == 0 || !x.staffed {
		return
	}
	x.counting = true
	counters := max(1, r.desks(s))
	took := r.sc.Shelters[s].CountTime * sim.Duration((x.present()+counters-1)/counters)
	r.agenda.Put(at.Add(took), entry{kind: entryCounted, id: s})
}

// counted is the end of a head count: who was not there is taken off the list, and the list goes up, zone by zone.
func (r *Response) counted(at sim.Time, s int32) {
	x := &r.shelters[s]
	x.counting = false
	here, there, listed := sim.Ref{Kind: sim.KindShelter, ID: s}, x.present(), x.inside
	r.log.Emit(sim.Event{At: at, Kind: sim.EvHeadCount, A: here, Count: there, Num: float64(listed)})
	for z := range r.sc.Zones {
		gone := int32(0)
		for i := range x.gone {
			if int(x.gone[i].zone) == z {
				gone += x.gone[i].persons
			}
		}
		if gone > 0 {
			r.log.Emit(sim.Event{At: at, Kind: sim.EvHeadCount, A: here, B: sim.Ref{Kind: sim.KindZone, ID: int32(z)},
				Count: x.zones[z] - gone, Num: float64(x.zones[z])})
		}
	}
	x.missing = listed - there
	for _, a := range x.gone {
		r.enlist(at, s, a.party, a.zone, -a.persons, -a.special)
	}
	x.gone = x.gone[:0]
	r.sendList(at, s)
	r.changed(at, s)
}

// sendList tells how many persons of each zone stand on the list: of every zone whose people are there or are to come.
func (r *Response) sendList(at sim.Time, s int32) {
	x := &r.shelters[s]
	last := -1
	for _, final := range [...]bool{false, true} {
		for z := range x.zones {
			assigned := z < len(r.sc.Zones) && slices.Contains(r.sites.Zone[z].Shelters, sim.ShelterID(s))
			switch {
			case x.zones[z] == 0 && !assigned:
			case !final:
				last = z
			default:
				zone := sim.ZoneID(z)
				if z == len(r.sc.Zones) {
					zone = sim.None
				}
				r.ports.ShelterLists.Post(at, s, sim.ShelterList{Shelter: sim.ShelterID(s), Zone: zone, Persons: x.zones[z],
					Last: z == last})
			}
		}
	}
}
