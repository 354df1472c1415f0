package scenario

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// A zone with two households, a nursing home, a hotel and a school; a pupil and a worker come from outside. By hand: five
// live in the zone (41, 78, 9, 84, 88), with one car; the two of the hotel are visitors.
func TestRosterOfAZone(t *testing.T) {
	at := func(x float64, use BuildingUse) Building {
		return Building{At: geo.Point{X: x, Y: 50}, Use: use, Storeys: 1, Node: sim.None}
	}
	sc := &Scenario{
		Zones: []Zone{{Name: "z", Polygon: [][2]float64{{0, 0}, {100, 0}, {100, 100}, {0, 100}}}},
		Buildings: []Building{at(10, UseHome), at(20, UseCare), at(30, UseHotel), at(40, UseSchool), at(50, UseWork),
			at(500, UseHome)},
		Households: []Household{{Home: 0, Cars: 1}, {Home: 0}, {Home: 1}, {Home: 1}, {Home: 2, Cars: 3}, {Home: 5}},
	}
	sc.Terrain.Grid = geo.Grid{NX: 10, NY: 10, Cell: 100}
	add := func(h sim.HouseholdID, age uint8, m Mobility, special bool, helper sim.PersonID, work, school sim.BuildingID) {
		sc.Persons = append(sc.Persons, Person{Household: h, Age: age, Mobility: m, Special: special, Helper: helper,
			Work: work, School: school})
	}
	add(0, 41, MobilityAble, false, sim.None, 4, sim.None)
	add(0, 9, MobilityAble, false, sim.None, sim.None, 3)
	add(1, 78, MobilityLimited, true, 0, sim.None, sim.None)
	add(2, 84, MobilityNone, true, sim.None, sim.None, sim.None)
	add(3, 88, MobilityLimited, true, sim.None, sim.None, sim.None)
	add(4, 35, MobilityAble, false, sim.None, sim.None, sim.None)
	add(4, 6, MobilityAble, false, sim.None, sim.None, sim.None)
	add(5, 12, MobilityAble, false, sim.None, sim.None, 3)
	add(5, 40, MobilityAble, false, sim.None, 4, sim.None)
	got := Rosters(sc, Locate(sc, NewDirectory(sc)))[0]
	want := Roster{Persons: 5, Children: 1, Elderly: 3, Badly: 2, Chairs: 1, Helped: 1, Alone: 2, Inmates: 2, NoCar: 3,
		Cars: 1, Houses: 4, Visitors: 2, Pupils: 2, Workers: 1}
	if got != want {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}
