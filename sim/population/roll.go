package population

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// roll is who is where at the start, and who belongs to which party. It follows from scenario and seed, never
// changes, and is not saved.
type roll struct {
	party      []sim.PartyID    // of each person
	entry      []sim.PartyEntry // of each party, in the order (household, place)
	first      []int32          // the members of party q are member[first[q]:first[q+1]]
	member     []sim.PersonID
	inBuilding lists // parties by their place
	inZone     lists // parties by the zone of their place, in the order of building ids
}

// lists are lists of ids, one per entity, in two flat slices.
type lists struct {
	start []int32
	items []int32
}

// of returns the list of entity i.
func (l *lists) of(i int32) []int32 { return l.items[l.start[i]:l.start[i+1]] }

// group lists 0 … n-1 by key, in rising order within a list; a key below 0 leaves the number out.
func group(keys, n int, key func(i int) int32) lists {
	l := lists{start: make([]int32, keys+1)}
	for i := range n {
		if k := key(i); k >= 0 {
			l.start[k+1]++
		}
	}
	for k := range keys {
		l.start[k+1] += l.start[k]
	}
	l.items = make([]int32, l.start[keys])
	next := append([]int32(nil), l.start...)
	for i := range n {
		if k := key(i); k >= 0 {
			l.items[next[k]] = int32(i)
			next[k]++
		}
	}
	return l
}

// newRoll calls the roll at the start of the drill.
func newRoll(sc *scenario.Scenario, sites *scenario.Sites, d *draws) roll {
	r := roll{
		party:  make([]sim.PartyID, len(sc.Persons)),
		member: make([]sim.PersonID, len(sc.Persons)),
		first:  []int32{0},
	}
	day := newCalendar(sc)
	places := make([]sim.BuildingID, 0, 16)
	for lo := 0; lo < len(sc.Persons); {
		hi := lo
		places = places[:0]
		for ; hi < len(sc.Persons) && sc.Persons[hi].Household == sc.Persons[lo].Household; hi++ {
			places = append(places, startPlace(sc, d, sim.PersonID(hi), day))
		}
		h, goer := sc.Persons[lo].Household, -1
		if sc.Population.Family.GoesBack() {
			goer = takesPlace(sc, d, sim.PersonID(lo), h, places)
		}
		r.addHousehold(sites, sim.PersonID(lo), h, places, goer)
		lo = hi
	}
	r.inBuilding = group(len(sc.Buildings), len(r.entry), func(q int) int32 { return int32(r.entry[q].Place) })
	byBuilding := r.inBuilding.items
	r.inZone = group(len(sc.Zones), len(byBuilding), func(i int) int32 { return int32(r.entry[byBuilding[i]].Zone) })
	for i, k := range r.inZone.items {
		r.inZone.items[i] = byBuilding[k]
	}
	return r
}

// startPlace draws where a person is at the start.
func startPlace(sc *scenario.Scenario, d *draws, i sim.PersonID, day calendar) sim.BuildingID {
	x := &sc.Persons[i]
	away := x.Work
	if x.School >= 0 {
		away = x.School
	}
	if away >= 0 && d.where.Float64(uint64(i), 0, 0) >= day.shareHome(x, &sc.Population.Behaviour) {
		return away
	}
	return sc.Households[x.Household].Home
}

// addHousehold makes the parties of one household, whose members are first, first+1, …, at the given places. The one of
// number goer, when that is not -1, is a party of its own behind that of the others at its place.
func (r *roll) addHousehold(sites *scenario.Sites, first sim.PersonID, h sim.HouseholdID, places []sim.BuildingID,
	goer int) {
	for last := sim.BuildingID(-1); ; {
		place := sim.BuildingID(-1) // the lowest one that has not had its turn
		for _, b := range places {
			if b > last && (place < 0 || b < place) {
				place = b
			}
		}
		if place < 0 {
			return
		}
		r.addParty(sites, first, h, places, place, func(k int) bool { return k != goer })
		if goer >= 0 && places[goer] == place {
			r.addParty(sites, first, h, places, place, func(k int) bool { return k == goer })
		}
		last = place
	}
}

// addParty makes a party of those members of a household at a place whom is names.
func (r *roll) addParty(sites *scenario.Sites, first sim.PersonID, h sim.HouseholdID, places []sim.BuildingID,
	place sim.BuildingID, is func(k int) bool) {
	q, n := sim.PartyID(len(r.entry)), r.first[len(r.entry)]
	for k, b := range places {
		if b == place && is(k) {
			r.party[int(first)+k] = q
			r.member[n] = first + sim.PersonID(k)
			n++
		}
	}
	r.entry = append(r.entry, sim.PartyEntry{
		Household: h, Place: place, Zone: sites.Building[place].Zone, Persons: n - r.first[q],
	})
	r.first = append(r.first, n)
}

// members returns the persons of a party.
func (r *roll) members(q sim.PartyID) []sim.PersonID { return r.member[r.first[q]:r.first[q+1]] }

// key is what a party's draws are keyed by: it does not depend on how many parties other households have.
func (r *roll) key(q sim.PartyID) uint64 {
	return uint64(uint32(r.entry[q].Household))<<32 | uint64(uint32(r.entry[q].Place))
}
