package scenario

import "sandtable/sim"

// Ages that set children and the elderly apart on a roster [a]: up to 14, and from 65 on.
const (
	RosterChild   = 14
	RosterElderly = 65
)

// Roster is the list of a zone as its post keeps it before anything happens (转移台账): who lives there, by group. A
// person counts in every group that she belongs to. Visitors and those who are there for work or school alone are on no
// list of people who live there, and are counted apart.
type Roster struct {
	Persons  int // who live there, without visitors
	Children int
	Elderly  int
	Badly    int // walk badly
	Chairs   int // cannot walk
	Helped   int // in special care, with a helper by name
	Alone    int // in special care without one: the open items of the list
	Inmates  int // who live in a hospital or nursing home
	NoCar    int // of households without a car
	Cars     int // of households, and not persons
	Houses   int // households
	Visitors int // by night
	Pupils   int // who are at a school or kindergarten of the zone by day, wherever they live
	Workers  int // who work in the zone and live elsewhere
}

// Rosters returns the roster of each zone.
func Rosters(sc *Scenario, sites *Sites) []Roster {
	out := make([]Roster, len(sc.Zones))
	for h := range sc.Households {
		x := &sc.Households[h]
		if z := sites.Building[x.Home].Zone; z >= 0 && !sc.IsVisitor(sim.HouseholdID(h)) {
			out[z].Houses++
			out[z].Cars += int(x.Cars)
		}
	}
	for i := range sc.Persons {
		x := &sc.Persons[i]
		home := sites.Building[sc.Households[x.Household].Home].Zone
		if x.School >= 0 {
			if z := sites.Building[x.School].Zone; z >= 0 {
				out[z].Pupils++
			}
		} else if x.Work >= 0 {
			if z := sites.Building[x.Work].Zone; z >= 0 && z != home {
				out[z].Workers++
			}
		}
		if home < 0 {
			continue
		}
		if sc.IsVisitor(x.Household) {
			out[home].Visitors++
			continue
		}
		out[home].add(sc, x)
	}
	return out
}

// add counts a person who lives in the zone.
func (r *Roster) add(sc *Scenario, x *Person) {
	house := &sc.Households[x.Household]
	r.Persons++
	for _, c := range [...]struct {
		to *int
		is bool
	}{
		{&r.Children, x.Age <= RosterChild},
		{&r.Elderly, x.Age >= RosterElderly},
		{&r.Badly, x.Mobility == MobilityLimited},
		{&r.Chairs, x.Mobility == MobilityNone},
		{&r.Helped, x.Special && x.Helper >= 0},
		{&r.Alone, x.Special && x.Helper < 0},
		{&r.Inmates, sc.Buildings[house.Home].Use == UseHospital || sc.Buildings[house.Home].Use == UseCare},
		{&r.NoCar, house.Cars == 0},
	} {
		if c.is {
			*c.to++
		}
	}
}

// hazardTitles and gradeTitles are the words of a zone's hazard and grade on screen, by the keys.
var (
	hazardTitles = []struct {
		key   string
		title sim.Text
	}{
		{"flash_flood", sim.Text{ZH: "山洪", EN: "flash flood"}}, {"river", sim.Text{ZH: "江河洪水", EN: "river flood"}},
		{"reservoir", sim.Text{ZH: "水库", EN: "reservoir"}}, {"dyke", sim.Text{ZH: "堤防", EN: "dyke"}},
		{"waterlogging", sim.Text{ZH: "内涝", EN: "waterlogging"}}, {"tide", sim.Text{ZH: "风暴潮", EN: "storm surge"}},
		{"landslide", sim.Text{ZH: "滑坡", EN: "landslide"}},
		{"debris_flow", sim.Text{ZH: "泥石流", EN: "debris flow"}},
		{"chemical", sim.Text{ZH: "危化品", EN: "chemical accident"}},
	}
	gradeTitles = map[string]sim.Text{"danger": {ZH: "危险区", EN: "danger zone"}, "alert": {ZH: "警戒区", EN: "alert zone"}}
)

// HazardTitle says of what hazard a zone is, and how grave; nothing when its table does not say.
func (z *Zone) HazardTitle() sim.Text {
	var hazard sim.Text
	for _, h := range hazardTitles {
		if h.key == z.Hazard {
			hazard = h.title
		}
	}
	grade := gradeTitles[z.Grade]
	switch {
	case hazard.Empty():
		return grade
	case grade.Empty():
		return hazard
	}
	return sim.Say("%s%s", "%[2]s of %[1]s", hazard, grade)
}
