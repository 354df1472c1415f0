package scenario

import "sandtable/sim"

// InstitutionNeed is what it takes to move an institution, as its post writes it down before anything happens: of
// all who live, learn or work there, whether they are in at that hour or not.
type InstitutionNeed struct {
	Zone     sim.ZoneID // in which it lies; None outside every zone
	Persons  int
	Chairs   int  // cannot walk: as many places for wheelchairs, in vans
	Badly    int  // walk badly
	Seats    int  // in coaches: see InstitutionNeeds
	Upstairs bool // its plan is to stay, so that it needs nothing as long as that holds
}

// InstitutionNeeds returns what each institution needs. From a hospital or a nursing home nobody goes on foot: who
// is not in a wheelchair has a seat in a coach. From a school those have one who have farther to the shelter, by
// the fastest way on dry roads, than people without a car walk: walk_max, and walk_max_weak for who walks badly.
func InstitutionNeeds(sc *Scenario, sites *Sites, names *Directory) []InstitutionNeed {
	out := make([]InstitutionNeed, len(sc.Institutions))
	in := make([]int, len(sc.Buildings)) // number of the institution in each building, from 1 on
	far := make([]float64, len(out))
	ways := NewWays(sc, names)
	for i := range sc.Institutions {
		x := &sc.Institutions[i]
		in[x.Building] = i + 1
		out[i].Zone, out[i].Upstairs = sites.Building[x.Building].Zone, x.Plan == "up"
		if x.Kind == InstitutionSchool || x.Kind == InstitutionKindergarten {
			far[i] = ways.toShelter(x, sites)
		} else {
			far[i] = tooFar
		}
	}
	count := func(i int, x *Person) {
		n := &out[i]
		n.Persons++
		switch x.Mobility {
		case MobilityNone:
			n.Chairs++
			return
		case MobilityLimited:
			n.Badly++
		}
		if limit := sc.Population.Behaviour.walks(x); far[i] > limit {
			n.Seats++
		}
	}
	for k := range sc.Persons {
		x, last := &sc.Persons[k], 0
		for _, b := range [...]sim.BuildingID{sc.Households[x.Household].Home, x.School, x.Work} {
			if b >= 0 && in[b] > 0 && in[b] != last {
				count(in[b]-1, x)
				last = in[b]
			}
		}
	}
	return out
}

// tooFar is farther than anybody walks [m].
const tooFar = 1e9

// walks returns how far somebody without a car walks to a shelter [m].
func (b *Behaviour) walks(x *Person) float64 {
	if x.Mobility == MobilityLimited {
		return b.WalkMaxWeak
	}
	return b.WalkMax
}

// toShelter returns how far it is from an institution to its shelter, or to the first one of its zone, by the fastest
// way on dry roads [m]; tooFar without a shelter or a way.
func (w *Ways) toShelter(x *Institution, sites *Sites) float64 {
	b := sim.BuildingID(x.Building)
	to, named := w.names.Resolve(sim.KindShelter, x.To)
	if !named {
		z := sites.Building[b].Zone
		if z < 0 || len(sites.Zone[z].Shelters) == 0 {
			return tooFar
		}
		to = int32(sites.Zone[z].Shelters[0])
	}
	node, goal := w.sc.Buildings[b].Node, sites.Shelter[to]
	if node < 0 || goal < 0 {
		return tooFar
	}
	way := w.Links([]int64{int64(node), int64(goal)})
	if len(way) == 0 && node != goal {
		return tooFar
	}
	metres := 0.0
	for _, l := range way {
		metres += w.sc.Links[l].Shape.Length()
	}
	return metres
}
