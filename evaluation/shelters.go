package evaluation

import (
	"math"

	"sandtable/sim"
)

// What a person in a shelter needs. Sphere Handbook 2018 unless said otherwise: its figures for water are those of the
// edition of 2011 as well (checked in the Open University's course on it), the others are recalled.
const (
	waterPerDay  = 15.0   // for drinking, hygiene and cooking [l]
	drinkPerDay  = 3.0    // of it to drink, 2.5-3 [l]
	mealsPerDay  = 3      // (assumed)
	energyPerDay = 2100.0 // [kcal]
	firstToilet  = 50     // persons to a toilet in the first days
	laterToilet  = 20     // and as soon as possible
	reliefWithin = 10 * sim.Hour
	hoursPerDay  = 24.0
)

// ShelterNeeds is what the people in one shelter took up and needed.
type ShelterNeeds struct {
	Shelter  sim.ShelterID `json:"-"`
	Name     string        `json:"shelter"`
	Capacity int           `json:"capacity"`
	Places   int           `json:"places"` // with the floor of the shelter's class
	Peak     int           `json:"peak"`   // persons inside at once
	PeakAt   sim.Time      `json:"-"`
	PeakS    float64       `json:"peak_s"`
	// PersonHours are hours that persons spent inside; CrowdedHours those of persons for whom there was no place with
	// the floor of the class.
	PersonHours  float64 `json:"person_hours"`
	CrowdedHours float64 `json:"crowded_person_hours"`
	Area         float64 `json:"least_area_m2"` // a person at the peak; -1 when the area is not known, or nobody came
	Needs
	Special   int `json:"special_peak"` // who needed special care, at once
	SpecialOf int `json:"special_places"`
	WentOff   int `json:"went_off"`
	Ill       int `json:"ill"`
	Missing   int `json:"missing_max"` // found gone at one head count

	inside, special int
	last            sim.Time
}

// Needs are water, food, bedding and toilets for a stay.
type Needs struct {
	Water    float64 `json:"water_l"`
	Drinking float64 `json:"drinking_water_l"`
	Meals    int     `json:"meals"`
	Energy   float64 `json:"energy_kcal"`
	Quilts   int     `json:"quilts"`
	Toilets  int     `json:"toilets_first_days"`
	Later    int     `json:"toilets"`
}

// NeedsOf returns what a stay of so many person-hours, with at most so many persons at once, needs.
func NeedsOf(personHours float64, peak int) Needs {
	days := personHours / hoursPerDay
	return Needs{Water: waterPerDay * days, Drinking: drinkPerDay * days, Meals: int(math.Ceil(mealsPerDay*days - 1e-9)),
		Energy: energyPerDay * days, Quilts: peak, Toilets: (peak + firstToilet - 1) / firstToilet,
		Later: (peak + laterToilet - 1) / laterToilet}
}

// lodging follows everybody through the shelters of a run.
type lodging struct {
	in      *Input
	needs   []ShelterNeeds
	where   []int      // of each party: the shelter in which it is, or -1
	alive   []int      // of each party
	special []int      // of each party's living
	relief  []sim.Time // of each party: registered in a place with the floor of the class; -1 for never
}

// shelterNeeds reads the events once: what each shelter's people needed, and which parties got a place, and when.
func shelterNeeds(in *Input) *lodging {
	n := len(in.Roster.Parties)
	l := &lodging{in: in, needs: make([]ShelterNeeds, len(in.Scenario.Shelters)), where: make([]int, n),
		alive: make([]int, n), special: make([]int, n), relief: make([]sim.Time, n)}
	for q := range l.where {
		l.where[q], l.relief[q] = -1, never
		l.alive[q] = int(in.Roster.Parties[q].Persons)
	}
	for i := range in.Roster.Persons {
		if p := &in.Roster.Persons[i]; p.Special {
			l.special[p.Party]++
		}
	}
	for s := range l.needs {
		spec := &in.Scenario.Shelters[s]
		l.needs[s] = ShelterNeeds{Shelter: sim.ShelterID(s), Name: spec.Name, Capacity: int(spec.Capacity),
			Places: int(spec.Places()), SpecialOf: int(spec.Special), Area: -1}
	}
	for i := range in.Events {
		l.take(&in.Events[i])
	}
	for s := range l.needs {
		x := &l.needs[s]
		x.advance(in.Until)
		x.PeakS, x.Needs = x.PeakAt.Seconds(), NeedsOf(x.PersonHours, x.Peak)
		if area := in.Scenario.Shelters[s].Area; area > 0 && x.Peak > 0 {
			x.Area = area / float64(x.Peak)
		}
	}
	return l
}

// take follows one event.
func (l *lodging) take(e *sim.Event) {
	switch e.Kind {
	case sim.EvPartySheltered:
		l.enter(int(e.A.ID), int(e.B.ID), e.At)
	case sim.EvPartyLeft, sim.EvPartyRescued, sim.EvPartyBack:
		l.leave(int(e.A.ID), e.At)
	case sim.EvPartyWentOff:
		l.leave(int(e.A.ID), e.At)
		l.needs[e.B.ID].WentOff += l.alive[e.A.ID]
	case sim.EvPersonIll:
		if e.B.Kind == sim.KindShelter {
			l.needs[e.B.ID].Ill++
		}
	case sim.EvHeadCount:
		if e.A.Kind == sim.KindShelter && e.B.Kind == sim.KindNone {
			x := &l.needs[e.A.ID]
			x.Missing = max(x.Missing, int(e.Num)-int(e.Count))
		}
	case sim.EvPersonDied:
		l.die(int(e.A.ID), e.At)
	}
}

// enter counts a party into a shelter, and notes whether it gets a place with the floor of the shelter's class.
func (l *lodging) enter(q, s int, at sim.Time) {
	l.leave(q, at)
	x := &l.needs[s]
	x.advance(at)
	l.where[q] = s
	x.inside += l.alive[q]
	x.special += l.special[q]
	if x.inside > x.Peak {
		x.Peak, x.PeakAt = x.inside, at
	}
	x.Special = max(x.Special, x.special)
	if x.inside <= x.Places && l.relief[q] < 0 {
		l.relief[q] = at
	}
}

// leave counts a party out of the shelter in which it is.
func (l *lodging) leave(q int, at sim.Time) {
	if l.where[q] < 0 {
		return
	}
	x := &l.needs[l.where[q]]
	x.advance(at)
	x.inside -= l.alive[q]
	x.special -= l.special[q]
	l.where[q] = -1
}

// die counts somebody out for good.
func (l *lodging) die(person int, at sim.Time) {
	p := &l.in.Roster.Persons[person]
	q, special := int(p.Party), 0
	if p.Special {
		special = 1
	}
	l.alive[q]--
	l.special[q] -= special
	if s := l.where[q]; s >= 0 {
		l.needs[s].advance(at)
		l.needs[s].inside--
		l.needs[s].special -= special
	}
}

// advance adds up the hours until an instant.
func (x *ShelterNeeds) advance(at sim.Time) {
	hours := at.Sub(x.last).Hours()
	x.PersonHours += float64(x.inside) * hours
	x.CrowdedHours += float64(max(x.inside-x.Places, 0)) * hours
	x.last = at
}

// inUse returns the shelters in which anybody was.
func inUse(all []ShelterNeeds) []ShelterNeeds {
	var list []ShelterNeeds
	for _, x := range all {
		if x.Peak > 0 {
			list = append(list, x)
		}
	}
	return list
}

// allNeeds adds up what the shelters' people needed.
func allNeeds(shelters []ShelterNeeds) (sum Needs) {
	for _, x := range shelters {
		sum.Water += x.Water
		sum.Drinking += x.Drinking
		sum.Meals += x.Meals
		sum.Energy += x.Energy
		sum.Quilts += x.Quilts
		sum.Toilets += x.Toilets
		sum.Later += x.Later
	}
	return sum
}
