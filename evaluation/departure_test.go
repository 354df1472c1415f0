package evaluation

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// riverside is the example of docs/measures.md: 120 households with a car each at one junction, a road of 3 km and one of
// 1 km to the shelter at 36 km/h, 600 veh/h. The village is called by phone, 1 min, and acknowledges in 3 min at the
// median; the siren is heard by nine of ten within 5 min, who have packed in 70 min.
func riverside() *Input {
	sc := &scenario.Scenario{}
	at := func(x float64) geo.Point { return geo.Point{X: x, Y: 500} }
	sc.Nodes = []scenario.Node{{At: at(500)}, {At: at(3500)}, {At: at(4500)}}
	for k := range 2 {
		sc.Links = append(sc.Links, scenario.Link{From: sim.NodeID(k), To: sim.NodeID(k + 1), Class: scenario.RoadTertiary,
			Lanes: 1, Speed: 36, Capacity: 600, Shape: geo.Line{sc.Nodes[k].At, sc.Nodes[k+1].At}})
	}
	sc.Roads.Capacity = 1
	minute := sim.Minute
	five := 5 * sim.Minute
	sc.Channels = []scenario.Channel{{Name: "phone", Use: "command", DelayT50: &minute, DelayT90: &minute},
		{Name: "siren", Use: "public", DelayT50: &minute, DelayT90: &five}}
	sc.Posts = []scenario.Post{{Name: "county", Level: "county"}, {Name: "village", Level: "village", Superior: "county",
		Links: []string{"phone"}, Public: []string{"siren"}, AckT50: 3 * sim.Minute}}
	sc.Shelters = []scenario.Shelter{{Name: "s1", Place: [2]float64{4500, 500}}}
	sc.Zones = []scenario.Zone{{Name: "z1", Post: "village", Shelters: []string{"s1"},
		Polygon: [][2]float64{{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}}}
	sc.Population.Behaviour.DelayT90 = 70 * sim.Minute
	roster := &sim.Roster{}
	for h := range 120 {
		sc.Buildings = append(sc.Buildings, scenario.Building{At: at(480), Node: 0})
		sc.Households = append(sc.Households, scenario.Household{Home: sim.BuildingID(h), Cars: 1})
		sc.Persons = append(sc.Persons, scenario.Person{Household: sim.HouseholdID(h), Work: sim.None, School: sim.None})
		roster.Parties = append(roster.Parties, sim.PartyEntry{Household: sim.HouseholdID(h), Place: sim.BuildingID(h), Persons: 1})
		roster.Persons = append(roster.Persons, sim.PersonEntry{Household: sim.HouseholdID(h), Party: sim.PartyID(h),
			Home: sim.BuildingID(h), Work: sim.None, School: sim.None})
	}
	grid := geo.Grid{NX: 50, NY: 10, Cell: 100}
	sc.Terrain = sim.Terrain{Grid: grid, Bed: make([]int32, grid.Len())}
	names := scenario.NewDirectory(sc)
	return &Input{Scenario: sc, Names: names, Sites: scenario.Locate(sc, names), Roster: roster, Until: sim.Time(5 * sim.Hour)}
}

// riverUp is the reference run: the first road under water at 3:30, class H3 at a house at 4:00.
func riverUp() []sim.Event {
	return []sim.Event{
		{At: sim.Time(3*sim.Hour + 30*sim.Minute), Kind: sim.EvLinkClosed, A: sim.RefTo(sim.KindLink, sim.LinkID(0)),
			Count: int32(sim.StrandWater)},
		{At: sim.Time(4 * sim.Hour), Kind: sim.EvPlaceDanger, A: sim.RefTo(sim.KindBuilding, sim.BuildingID(7)), Count: int32(sim.H3)},
	}
}

// The water cuts the zone off at 12,600 s. To tell it takes 180 + 60 s at the median, to hear and pack 300 + 4,200 s, to
// clear 120/600 h = 720 s and 400 s of driving: 12,600 − 240 − 4,500 − 1,120 = 6,740 s. An order at 2:00 that is spread
// 3 min later has 6,800 s and comes 400 s too late; one at 1:30 has 1,400 s to spare.
func TestLatestSafeDeparture(t *testing.T) {
	in := riverside()
	got := Measure(in, riverUp()).Zones[0].Departure
	want := Departure{PlaceS: 14400, WayS: 12600, TellS: 240, HearS: 4500, ClearS: 1120, LatestS: 6740, Known: true,
		Bound: "way", Longest: "hear_pack"}
	if got != want {
		t.Errorf("without an order %+v; want %+v", got, want)
	}
	for _, c := range []struct {
		order  sim.Duration
		margin float64
	}{{2 * sim.Hour, -400}, {90 * sim.Minute, 1400}} {
		zone := sim.RefTo(sim.KindZone, sim.ZoneID(0))
		in.Events = []sim.Event{
			{At: sim.Time(c.order), Kind: sim.EvAccepted, A: zone, Count: int32(sim.OrderEvacuateZone)},
			{At: sim.Time(c.order + 3*sim.Minute), Kind: sim.EvBroadcast, A: zone, Count: int32(sim.OrderEvacuateZone)}}
		got := Measure(in, riverUp()).Zones[0].Departure
		if got.LatestS != 6800 || !got.Ordered || got.MarginS != c.margin {
			t.Errorf("ordered at %v: %+v; want latest 6800 and margin %g", c.order, got, c.margin)
		}
	}
}

// Coaches go in rounds, those without one walk, and a zone that no water comes near has no latest departure.
func TestDepartureByCoachAndOnFoot(t *testing.T) {
	in := riverside()
	for h := range in.Scenario.Households {
		in.Scenario.Households[h].Cars = 0
	}
	walk := Measure(in, riverUp()).Zones[0].Departure
	if want := 4000 / walkersSpeed; walk.ClearS < want-1 || walk.ClearS > want+1 {
		t.Errorf("on foot %g s; want 4 km at %g m/s", walk.ClearS, walkersSpeed)
	}
	in.Sites.Zone[0].Assembly = 0
	in.Scenario.Units = []scenario.Unit{{Kind: "coach", Seats: 50, Boarding: 4 * sim.Second}}
	// 120 people in three rounds: five rides of 400 s and three times 200 s to get in.
	if got := Measure(in, riverUp()).Zones[0].Departure.ClearS; got != 2600 {
		t.Errorf("by coach %g s; want 2600", got)
	}
	if dry := Measure(in, nil).Zones[0].Departure; dry.Known || dry.Bound != "" || dry.LatestS != -1 {
		t.Errorf("without water %+v", dry)
	}
}

// The wrong zone was moved: one that is in no danger has no latest departure, and one that is and was never ordered is
// told so.
func TestDepartureOfTheWrongZone(t *testing.T) {
	dry, forgotten := Departure{Ordered: true}, Departure{Known: true, Bound: "place", Longest: "clear", LatestS: 60}
	if dry.Late() || dry.boundText(sim.English) != "no water near it in the reference run" {
		t.Errorf("%+v: late %v, %q", dry, dry.Late(), dry.boundText(sim.English))
	}
	if !forgotten.Late() || forgotten.marginText(sim.English) != "never ordered" {
		t.Errorf("%+v: late %v, %q", forgotten, forgotten.Late(), forgotten.marginText(sim.English))
	}
}
