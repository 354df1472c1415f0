package importer

import (
	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// employ gives able persons of working age a place of work, by the floor area of workplaces. Where the map has fewer
// jobs than people, the others work elsewhere: they count as at home.
func (m *town) employ() {
	var places []sim.BuildingID
	var upto []float64 // jobs in all places up to each
	jobs := 0.0
	for i := range m.houses {
		h := &m.houses[i]
		if h.use == scenario.UseHome || h.use == scenario.UseShelter {
			continue
		}
		jobs += h.floors() / jobArea
		places, upto = append(places, h.id), append(upto, jobs)
	}
	able := 0
	for i := range m.sc.Persons {
		if worker(&m.sc.Persons[i]) {
			able++
		}
	}
	if len(places) == 0 || able == 0 {
		return
	}
	share := min(jobs/(employed*float64(able)), 1)
	d := dice.Roll(rng.New(peopleSeed, "importer.work"), 0)
	for i := range m.sc.Persons {
		p := &m.sc.Persons[i]
		if !worker(p) {
			continue
		}
		works, here, at := d.Chance(employed), d.Chance(share), d.Unit()*jobs
		if works && here {
			k := 0
			for lo, hi := 0, len(upto); lo < hi; {
				if mid := (lo + hi) / 2; upto[mid] <= at {
					lo = mid + 1
					k = lo
				} else {
					hi = mid
				}
			}
			p.Work = places[min(k, len(places)-1)]
			m.rep.workHere++
		}
	}
}

// worker says whether a person may have work.
func worker(p *scenario.Person) bool {
	return p.Age >= adultAge && p.Age <= workEnd && p.Mobility == scenario.MobilityAble
}

// enrol sends pupils to the nearest school, and younger children to the nearest kindergarten, within a walk or a ride.
func (m *town) enrol() {
	m.sendTo("school", schoolFrom, schoolTo)
	m.sendTo("kindergarten", kindergartenFrom, schoolFrom-1)
}

const kindergartenFrom = 3

// sendTo enrols the children of an age at the nearest institution of a kind.
func (m *town) sendTo(kind string, from, to uint8) {
	var pts []geo.Point
	var ids []sim.BuildingID
	for i := range m.houses {
		if h := &m.houses[i]; h.kind == kind {
			pts, ids = append(pts, h.at), append(ids, h.id)
		}
	}
	if len(pts) == 0 {
		return
	}
	index := geo.NewIndex(pts, 500)
	for i := range m.sc.Persons {
		if p := &m.sc.Persons[i]; p.Age >= from && p.Age <= to {
			k, _ := index.Nearest(m.sc.Buildings[m.sc.Households[p.Household].Home].At, nil)
			p.School = ids[k]
			m.rep.pupils++
		}
	}
}

// Special care (assumed).
const (
	specialAge   = 70  // persons of limited mobility from this age on get special care
	specialAlone = 80  // and all who live alone from this age on
	helperLoad   = 3   // persons whom one helper looks after
	careLoad     = 12  // in a nursing home
	helperReach  = 300 // households before and after one's own in which a helper is looked for
)

// entrust marks persons of special care (特殊群体) and names a helper (包保责任人) for each: an able adult of a household
// nearby, in a nursing home one of its staff.
func (m *town) entrust() {
	first := make([]int, len(m.sc.Households)+1)
	for i := range m.sc.Persons {
		first[m.sc.Persons[i].Household+1] = i + 1
	}
	staff := make(map[sim.BuildingID][]int)
	for i := range m.sc.Persons {
		if w := m.sc.Persons[i].Work; w >= 0 && m.sc.Buildings[w].Use == scenario.UseCare {
			staff[w] = append(staff[w], i)
		}
	}
	load := make([]uint8, len(m.sc.Persons))
	for i := range m.sc.Persons {
		p := &m.sc.Persons[i]
		home := m.sc.Households[p.Household].Home
		alone := first[p.Household+1]-first[p.Household] == 1
		inCare := m.sc.Buildings[home].Use == scenario.UseCare
		p.Special = inCare || p.Mobility == scenario.MobilityNone ||
			p.Mobility == scenario.MobilityLimited && p.Age >= specialAge || alone && p.Age >= specialAlone
		if !p.Special {
			continue
		}
		m.rep.special++
		for _, k := range staff[home] {
			if inCare && load[k] < careLoad && (p.Helper < 0 || load[k] < load[p.Helper]) {
				p.Helper = sim.PersonID(k)
			}
		}
		if p.Helper < 0 {
			p.Helper = m.neighbour(int(p.Household), first, load)
		}
		if p.Helper >= 0 {
			load[p.Helper]++
			m.rep.helped++
		}
	}
}

// neighbour finds somebody who can help in the households next to one.
func (m *town) neighbour(own int, first []int, load []uint8) sim.PersonID {
	for off := 1; off <= helperReach; off++ {
		for _, h := range [2]int{own + off, own - off} {
			if h < 0 || h >= len(first)-1 {
				continue
			}
			for k := first[h]; k < first[h+1]; k++ {
				if worker(&m.sc.Persons[k]) && load[k] < helperLoad {
					return sim.PersonID(k)
				}
			}
		}
	}
	return sim.None
}

// settlement is a named place of the map.
type settlement struct {
	tags    tags
	at      geo.Point
	rank    int // 0 is the largest kind
	persons int // residents for whom it is the nearest
}

// placeRanks are the kinds of places, from the largest.
var placeRanks = []string{"city", "town", "suburb", "village", "quarter", "neighbourhood", "hamlet",
	"isolated_dwelling"}

// findSettlements lists the places and counts who lives near each.
func (m *town) findSettlements() {
	var pts []geo.Point
	for i := range m.osm.spots {
		s := &m.osm.spots[i]
		at := m.at[s.node]
		for rank, kind := range placeRanks {
			if s.tags.is("place", kind) && s.tags.get("name") != "" && m.inside(at) {
				m.settled = append(m.settled, settlement{tags: s.tags, at: at, rank: rank})
				pts = append(pts, at)
			}
		}
	}
	if len(pts) == 0 {
		return
	}
	index := geo.NewIndex(pts, 500)
	for i := range m.houses {
		if h := &m.houses[i]; h.persons > 0 {
			k, _ := index.Nearest(h.at, nil)
			m.settled[k].persons += h.persons
		}
	}
}

// roundUp returns x as a multiple of step, upwards.
func roundUp(x float64, step int) int { return num.CeilInt(x/float64(step)) * step }
