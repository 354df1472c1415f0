package scenario

import (
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// By hand: a hospital with four patients (one lies, one walks badly) and a nurse, the shelter 1,000 m off by road: one
// place for a wheelchair and four seats, however near. A school with two pupils who walk well, one who walks badly and a
// teacher: 1,000 m are within the 3,000 m that people walk and beyond the 800 m of who walks badly, who has a seat. The
// other school, beyond a road of 4 km, needs seats for both of its pupils. The nursing home goes upstairs.
func TestInstitutionNeeds(t *testing.T) {
	sc := &Scenario{
		Zones:    []Zone{{Name: "z", Shelters: []string{"s"}, Polygon: [][2]float64{{0, 0}, {9000, 0}, {9000, 100}, {0, 100}}}},
		Shelters: []Shelter{{Name: "s", Place: [2]float64{5000, 50}}},
		Nodes:    []Node{{At: geo.Point{X: 1000, Y: 50}}, {At: geo.Point{X: 5000, Y: 50}}, {At: geo.Point{X: 6000, Y: 50}}},
	}
	Fill(sc)
	Fill(&sc.Population.Behaviour)
	sc.Terrain.Grid = geo.Grid{NX: 90, NY: 10, Cell: 100}
	for _, ends := range [][2]sim.NodeID{{0, 1}, {1, 2}} {
		sc.Links = append(sc.Links, Link{From: ends[0], To: ends[1], Class: RoadTertiary, Lanes: 1, Speed: 36, Capacity: 600,
			Shape: geo.Line{sc.Nodes[ends[0]].At, sc.Nodes[ends[1]].At}})
	}
	for _, x := range []struct {
		use  BuildingUse
		node sim.NodeID
		kind string
		plan string
	}{{UseHospital, 2, InstitutionHospital, "leave"}, {UseSchool, 2, InstitutionSchool, "leave"},
		{UseSchool, 0, InstitutionSchool, "leave"}, {UseCare, 2, InstitutionCare, "up"}, {UseHome, 2, "", ""}} {
		if x.kind != "" {
			sc.Institutions = append(sc.Institutions, Institution{Kind: x.kind, Plan: x.plan, Building: int64(len(sc.Buildings))})
		}
		sc.Buildings = append(sc.Buildings, Building{At: sc.Nodes[x.node].At, Use: x.use, Node: x.node})
		sc.Households = append(sc.Households, Household{Home: sim.BuildingID(len(sc.Buildings) - 1)})
	}
	add := func(home sim.HouseholdID, m Mobility, work, school sim.BuildingID) {
		sc.Persons = append(sc.Persons, Person{Household: home, Age: 40, Mobility: m, Helper: sim.None, Work: work, School: school})
	}
	for _, m := range []Mobility{MobilityNone, MobilityLimited, MobilityAble, MobilityAble} {
		add(0, m, sim.None, sim.None)
	}
	add(4, MobilityAble, 0, sim.None) // the nurse
	add(4, MobilityAble, sim.None, 1)
	add(4, MobilityAble, sim.None, 1)
	add(4, MobilityLimited, sim.None, 1)
	add(4, MobilityAble, 1, sim.None) // the teacher
	add(4, MobilityAble, sim.None, 2)
	add(4, MobilityAble, sim.None, 2)
	add(3, MobilityNone, 3, sim.None) // lives there and works there: once
	names := NewDirectory(sc)
	got := InstitutionNeeds(sc, Locate(sc, names), names)
	want := []InstitutionNeed{{Persons: 5, Chairs: 1, Badly: 1, Seats: 4}, {Persons: 4, Badly: 1, Seats: 1},
		{Persons: 2, Seats: 2}, {Persons: 1, Chairs: 1, Upstairs: true}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}
