package evaluation

import (
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// lodgers is the drill of a shelter of docs/measures.md, as a table of events.
func lodgers() *Input {
	sc := &scenario.Scenario{
		Zones:      []scenario.Zone{{Name: "z1"}},
		Shelters:   []scenario.Shelter{{Name: "s1", Capacity: 5, Area: 3, Class: "temporary"}},
		Buildings:  make([]scenario.Building, 4),
		Households: []scenario.Household{{Home: 0}, {Home: 1}, {Home: 2}, {Home: 3}},
	}
	in := &Input{Scenario: sc, Names: scenario.NewDirectory(sc), Until: hour(14), Roster: &sim.Roster{},
		Sites: &scenario.Sites{Building: make([]scenario.BuildingSite, 4), Zone: make([]scenario.ZoneSites, 1)}}
	for i, household := range []sim.HouseholdID{0, 0, 1, 2, 3} {
		sc.Persons = append(sc.Persons, scenario.Person{Household: household, Work: sim.None, School: sim.None})
		in.Roster.Persons = append(in.Roster.Persons, sim.PersonEntry{Household: household, Party: sim.PartyID(household),
			Special: i == 1})
	}
	for k, n := range []int32{2, 1, 1, 1} {
		in.Roster.Parties = append(in.Roster.Parties, sim.PartyEntry{Household: sim.HouseholdID(k),
			Place: sim.BuildingID(k), Persons: n})
	}
	party := func(k int32) sim.Ref { return sim.Ref{Kind: sim.KindParty, ID: k} }
	house := func(k int32) sim.Ref { return sim.Ref{Kind: sim.KindBuilding, ID: k} }
	s1 := sim.Ref{Kind: sim.KindShelter, ID: 0}
	in.Events = []sim.Event{
		{At: hour(0.5), Kind: sim.EvPartyLeft, A: party(0), B: s1},
		{At: hour(0.6667), Kind: sim.EvPartyLeft, A: party(1), B: s1},
		{At: hour(0.8333), Kind: sim.EvPartyLeft, A: party(2), B: s1},
		{At: hour(1), Kind: sim.EvPartyLeft, A: party(3)},
		{At: hour(1), Kind: sim.EvPartySheltered, A: party(0), B: s1},
		{At: hour(1.5), Kind: sim.EvPartySheltered, A: party(1), B: s1},
		{At: hour(1.5), Kind: sim.EvPartyOutside, A: party(3)},
		{At: hour(2), Kind: sim.EvPartySheltered, A: party(2), B: s1},
		{At: hour(3), Kind: sim.EvPersonIll, A: sim.Ref{Kind: sim.KindPerson, ID: 1}, B: s1},
		{At: hour(6), Kind: sim.EvPartyBack, A: party(1), B: house(1), Count: int32(sim.BackHome)},
		{At: hour(6), Kind: sim.EvPartyWentOff, A: party(1), B: s1, Count: int32(sim.BackHome)},
		{At: hour(6.5), Kind: sim.EvPartyHome, A: party(1), B: house(1)},
		{At: hour(11), Kind: sim.EvHeadCount, A: s1, Count: 3, Num: 4},
		{At: hour(12), Kind: sim.EvPartyLeft, A: party(0), B: house(0)},
		{At: hour(12.5), Kind: sim.EvPartyHome, A: party(0), B: house(0)},
	}
	return in
}

func hour(h float64) sim.Time { return sim.Time(h * float64(sim.Hour)) }

// Reference: docs/measures.md, worked out by hand there.
func TestShelterOfFive(t *testing.T) {
	in := lodgers()
	rep := Measure(in, nil)
	m := &rep.Total
	if m.ReliefOf != 5 || m.Relief != 4 || m.ReliefPending != 0 || m.WentOff != 1 || m.HomeAgain != 2 || m.Ill != 1 {
		t.Errorf("%d of %d relieved, %d pending, %d went off, %d home, %d ill; want 4 of 5, 0, 1, 2, 1", m.Relief, m.ReliefOf,
			m.ReliefPending, m.WentOff, m.HomeAgain, m.Ill)
	}
	if share, ok := m.Value("relief_10h_share"); !ok || share != 0.8 {
		t.Errorf("share %v; want 0.8", share)
	}
	x := rep.Shelters[0]
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"places", float64(x.Places), 3}, {"peak", float64(x.Peak), 4}, {"peak_s", x.PeakS, 7200},
		{"person_hours", x.PersonHours, 38.5}, {"crowded", x.CrowdedHours, 4}, {"area", x.Area, 0.75},
		{"water", x.Water, 24.0625}, {"drinking", x.Drinking, 4.8125}, {"meals", float64(x.Meals), 5},
		{"energy", x.Energy, 3368.75}, {"quilts", float64(x.Quilts), 4}, {"toilets", float64(x.Toilets), 1},
		{"later", float64(x.Later), 1}, {"special", float64(x.Special), 1}, {"went off", float64(x.WentOff), 1},
		{"ill", float64(x.Ill), 1}, {"missing", float64(x.Missing), 1},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s %v; want %v", c.what, c.got, c.want)
		}
	}
}

// A run that ends at 8:00 leaves Ivy pending: her ten hours are not over.
func TestReliefPending(t *testing.T) {
	in := lodgers()
	in.Until = hour(8)
	in.Events = in.Events[:12]
	m := Measure(in, nil).Total
	if share, _ := m.Value("relief_10h_share"); m.ReliefPending != 1 || m.Relief != 4 || share != 1 {
		t.Errorf("%d pending, %d relieved, share %v; want 1, 4, 1", m.ReliefPending, m.Relief, share)
	}
}

// Who dies inside needs nothing more.
func TestNeedsEndWithLife(t *testing.T) {
	in := lodgers()
	in.Events = append(in.Events[:8:8], sim.Event{At: hour(4), Kind: sim.EvPersonDied,
		A: sim.Ref{Kind: sim.KindPerson, ID: 1}, B: sim.Ref{Kind: sim.KindShelter, ID: 0}})
	// 1 + 1.5 until 2:00, four persons until 4:00, three until 14:00.
	if x := Measure(in, nil).Shelters[0]; math.Abs(x.PersonHours-(2.5+8+30)) > 1e-9 {
		t.Errorf("%v person-hours; want 40.5", x.PersonHours)
	}
}

// The report has a table of shelters, in both languages.
func TestReportOfShelters(t *testing.T) {
	in := lodgers()
	for lang, want := range map[sim.Lang]string{sim.English: "What people in shelters needed", sim.Chinese: "安置需求"} {
		var b strings.Builder
		if err := WriteHTML(&b, in, Measure(in, nil), Facts{}, nil, lang); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) || !strings.Contains(b.String(), ">38.5<") {
			t.Errorf("the report in %v does not show the shelter's needs", lang)
		}
	}
}
