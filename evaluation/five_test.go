package evaluation

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// five is the drill of five persons of docs/measures.md, as a table of events.
func five() (*Input, []sim.Event) {
	at := func(minute int) sim.Time { return sim.Time(minute) * sim.Time(sim.Minute) }
	house := func(k int32) sim.Ref { return sim.Ref{Kind: sim.KindBuilding, ID: k} }
	sc := &scenario.Scenario{
		Zones:      []scenario.Zone{{Name: "z1"}},
		Units:      []scenario.Unit{{Name: "boat", Kind: "boat"}},
		Shelters:   []scenario.Shelter{{Name: "s1", Capacity: 3}},
		Buildings:  []scenario.Building{{Floor: 0.3}, {Floor: 0.3}, {Floor: 0.3}, {Floor: 0.3}},
		Nodes:      []scenario.Node{{At: geo.Point{X: 0}}, {At: geo.Point{X: 100}}},
		Links:      []scenario.Link{fiveRoad("Ring Road"), fiveRoad(""), fiveRoad("Ring Road")},
		Households: []scenario.Household{{Home: 0}, {Home: 1}, {Home: 2}, {Home: 3}},
	}
	in := &Input{Scenario: sc, Names: scenario.NewDirectory(sc), Until: at(120), Roster: &sim.Roster{},
		Sites: &scenario.Sites{Node: []sim.ZoneID{sim.None, 0}, Building: make([]scenario.BuildingSite, 4), Zone: make([]scenario.ZoneSites, 1)}}
	for _, household := range []sim.HouseholdID{0, 0, 1, 2, 3} {
		sc.Persons = append(sc.Persons, scenario.Person{Household: household, Work: sim.None, School: sim.None})
		in.Roster.Persons = append(in.Roster.Persons, sim.PersonEntry{Household: household, Party: sim.PartyID(household)})
	}
	for k, n := range []int32{2, 1, 1, 1} {
		in.Roster.Parties = append(in.Roster.Parties, sim.PartyEntry{Household: sim.HouseholdID(k),
			Place: sim.BuildingID(k), Persons: n})
	}
	in.Events = fiveEvents()
	for _, w := range fiveWater {
		in.Peaks = append(in.Peaks, Peak{w.depth, harm.Rating(w.depth, w.speed, harm.DebrisPlanning, harm.GroundUrban)})
	}
	var reference []sim.Event
	for k, class := range []sim.DangerClass{sim.H3, sim.H4, sim.H3, sim.H1} {
		reference = append(reference, sim.Event{At: at(80), Kind: sim.EvPlaceDanger, A: house(int32(k)), Count: int32(class)})
	}
	return in, reference
}

// fiveEvents are the events of the drill.
func fiveEvents() []sim.Event {
	at := func(minute int) sim.Time { return sim.Time(minute) * sim.Time(sim.Minute) }
	party := func(k int32) sim.Ref { return sim.Ref{Kind: sim.KindParty, ID: k} }
	person := func(k int32) sim.Ref { return sim.Ref{Kind: sim.KindPerson, ID: k} }
	house := func(k int32) sim.Ref { return sim.Ref{Kind: sim.KindBuilding, ID: k} }
	zone := sim.Ref{Kind: sim.KindZone, ID: 0}
	order := int32(sim.OrderEvacuateZone)
	boat := sim.Ref{Kind: sim.KindUnit, ID: 0}
	link := func(k int32) sim.Ref { return sim.Ref{Kind: sim.KindLink, ID: k} }
	shelter := sim.Ref{Kind: sim.KindShelter, ID: 0}
	return []sim.Event{
		{At: at(10), Kind: sim.EvAccepted, A: zone, Count: order},
		{At: at(12), Kind: sim.EvPartyWarned, A: party(0), Count: order},
		{At: at(13), Kind: sim.EvPartyWarned, A: party(1), Count: order},
		{At: at(14), Kind: sim.EvPartyWarned, A: party(3), Count: order},
		{At: at(30), Kind: sim.EvPartyLeft, A: party(0), Count: int32(sim.ModeFoot)},
		{At: at(45), Kind: sim.EvPartyLeft, A: party(3), Count: int32(sim.ModeCar)},
		{At: at(47), Kind: sim.EvPartyLeftZone, A: party(3), Count: int32(sim.ModeCar)},
		{At: at(48), Kind: sim.EvGridlock, A: link(0), Count: 3, Num: 24},
		{At: at(48), Kind: sim.EvGridlockLink, A: link(0), B: link(0), Count: 0, Num: 8},
		{At: at(48), Kind: sim.EvGridlockLink, A: link(2), B: link(0), Count: 1, Num: 9},
		{At: at(48), Kind: sim.EvGridlockLink, A: link(1), B: link(0), Count: 2, Num: 7},
		{At: at(49), Kind: sim.EvGridlockStuck, Count: 30, Num: 66},
		{At: at(50), Kind: sim.EvVehicleStranded, A: party(3), B: link(0), Count: int32(sim.StrandJam)},
		{At: at(55), Kind: sim.EvGridlockStuck, Count: 41, Num: 90},
		{At: at(60), Kind: sim.EvPartyLeftZone, A: party(0), Count: int32(sim.ModeCoach)},
		{At: at(62), Kind: sim.EvPartySheltered, A: party(3), B: shelter},
		{At: at(65), Kind: sim.EvPartySheltered, A: party(0), B: shelter},
		{At: at(70), Kind: sim.EvPlaceWet, A: house(1)},
		{At: at(70), Kind: sim.EvPlaceWet, A: house(2)},
		{At: at(72), Kind: sim.EvPlaceWet, A: house(0)},
		{At: at(78), Kind: sim.EvGridlockReleased, A: link(0), Count: 3, Num: 1, Text: sim.Said("on")},
		{At: at(79), Kind: sim.EvGridlockReleased, A: link(0), Count: 3, Num: 2, Text: sim.Said("on")},
		{At: at(80), Kind: sim.EvGridlockOver, A: link(0), Count: 3, Num: 1920},
		{At: at(80), Kind: sim.EvGridlockStuck},
		{At: at(80), Kind: sim.EvPartyLeft, A: party(1), Count: int32(sim.ModeFoot)},
		{At: at(85), Kind: sim.EvPartyStranded, A: party(1)},
		{At: at(86), Kind: sim.EvPartyCaught, A: party(1)},
		{At: at(86), Kind: sim.EvPersonHurt, A: person(2)},
		{At: at(90), Kind: sim.EvPlaceWet, A: house(3)},
		{At: at(90), Kind: sim.EvPlaceDanger, A: house(0), Count: int32(sim.H3)},
		{At: at(90), Kind: sim.EvPlaceDanger, A: house(1), Count: int32(sim.H4)},
		{At: at(90), Kind: sim.EvPlaceDanger, A: house(2), Count: int32(sim.H3)},
		{At: at(90), Kind: sim.EvPlaceDanger, A: house(3), Count: int32(sim.H1)},
		{At: at(90), Kind: sim.EvPartyStranded, A: party(2)},
		{At: at(100), Kind: sim.EvPartyRescued, A: party(1), B: boat},
		{At: at(105), Kind: sim.EvPlaceDestroyed, A: house(2)},
		{At: at(105), Kind: sim.EvPartyCaught, A: party(2)},
		{At: at(105), Kind: sim.EvPersonDied, A: person(3), Count: int32(sim.CauseBuilding)},
		{At: at(110), Kind: sim.EvPartyLeftZone, A: party(1), Count: int32(sim.ModeBoat), Num: 1},
		{At: at(111), Kind: sim.EvVehicleStranded, A: sim.Ref{Kind: sim.KindOutsider, ID: 7}, B: link(1),
			C: sim.Ref{ID: 3}, Num: 0.5},
		{At: at(111), Kind: sim.EvVehicleStranded, A: sim.Ref{Kind: sim.KindOutsider, ID: 8}, C: sim.Ref{ID: 2},
			B: sim.RefTo(sim.KindNode, sim.NodeID(0)), Count: int32(sim.StrandNoRoute)},
		{At: at(112), Kind: sim.EvGridlock, A: link(0), Count: 2, Num: 9},
		{At: at(112), Kind: sim.EvGridlockLink, A: link(0), B: link(0), Count: 0, Num: 5},
		{At: at(112), Kind: sim.EvGridlockLink, A: link(1), B: link(0), Count: 1, Num: 4},
		{At: at(113), Kind: sim.EvGridlockStuck, Count: 9, Num: 20},
		{At: at(115), Kind: sim.EvPartySheltered, A: party(1), B: shelter},
	}
}

// fiveRoad is a road of 100 m to the zone.
func fiveRoad(name string) scenario.Link {
	return scenario.Link{Name: name, From: 0, To: 1, Shape: geo.Line{{X: 0}, {X: 100}}}
}

// Reference: docs/measures.md, worked out by hand there.
func TestTwoGridlocks(t *testing.T) {
	in, reference := five()
	rep := Measure(in, reference)
	want := Roads{Gridlocks: 2, GridlocksEnd: 1, GridlockS: 1920, StuckMax: 41, StuckPersons: 90, StuckEnd: 9, CarsLeft: 1,
		OutsidersStranded: 2, OutsidersIn: 5, OutsidersNoWay: 1}
	if *rep.Total.Roads != want {
		t.Errorf("%+v; want %+v", *rep.Total.Roads, want)
	}
	for measure, want := range map[string]float64{"gridlocks": 2, "gridlocks_end": 1, "gridlock_s": 1920, "stuck_max": 41,
		"stuck_end": 9, "cars_left": 1, "outsiders_stranded": 2, "outsiders_no_way": 1} {
		if got, ok := rep.Total.Value(measure); !ok || got != want {
			t.Errorf("%s = %v; want %v", measure, got, want)
		}
	}
	rows := gridlockRows(in, sim.English)
	if len(rows) != 2 || rows[0].Roads != "Ring Road, link 1" || rows[0].Place != "z1" || rows[0].Waves != 2 ||
		!rows[0].Over || rows[1].Over || rows[1].Stood != 480 || rows[1].Point.X != 50 {
		t.Errorf("rows %+v", rows)
	}
	var b strings.Builder
	if err := WriteHTML(&b, in, rep, Facts{}, nil, sim.English); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"the longest stood <b>32 min</b>", "Ring Road, link 1", "8 min, still there", "outsiders"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	in.Events = slices.DeleteFunc(in.Events, func(e sim.Event) bool {
		return e.A.Kind == sim.KindLink || e.B.Kind == sim.KindLink || e.A.Kind == sim.KindOutsider ||
			e.Kind == sim.EvGridlockStuck
	})
	b.Reset()
	if err := WriteHTML(&b, in, Measure(in, reference), Facts{}, nil, sim.English); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "Gridlock") {
		t.Error("the report speaks of gridlock where there was none")
	}
}

// fiveWater is the worst water at the buildings of the drill.
var fiveWater = []struct{ depth, speed float64 }{{0.8, 0.5}, {1.3, 0.2}, {0.9, 0.6}, {0.25, 0}}

// Reference: docs/measures.md, worked out by hand there.
func TestFourBuildings(t *testing.T) {
	in, reference := five()
	in.Scenario.Danger = scenario.Danger{Criterion: "defra", Debris: "fd2320", Upper: "fd2320"}
	rep := Measure(in, reference)
	for name, m := range map[string]*Measures{"in all": &rep.Total, "zone z1": &rep.Zones[0].Measures} {
		for measure, want := range map[string]float64{"buildings_wet": 4, "buildings_collapsed": 1, "value_lost_share": 1.8207 / 4} {
			if got, ok := m.Value(measure); !ok || math.Abs(got-want) > 1e-12 {
				t.Errorf("%s: %s = %v; want %v", name, measure, got, want)
			}
		}
		if m.Buildings != 4 || !maps.Equal(m.ByClass, map[string]int{"H1": 1, "H3": 2, "H4": 1}) ||
			!maps.Equal(m.ByLevel, map[string]int{"caution": 1, "most": 3}) {
			t.Errorf("%s: %d buildings, by class %v, by level %v", name, m.Buildings, m.ByClass, m.ByLevel)
		}
	}
	in.Scenario.Danger.Criterion = "arr"
	if rep = Measure(in, reference); rep.Total.ByLevel != nil {
		t.Errorf("by level %v without being asked", rep.Total.ByLevel)
	}
	in.Peaks = nil
	if rep = Measure(in, reference); rep.Total.ValueLost != -1 || rep.Total.Wet != 4 {
		t.Errorf("without the water: lost %v of %d wet; want -1, 4", rep.Total.ValueLost, rep.Total.Wet)
	}
	in.Events = nil
	if rep = Measure(in, reference); rep.Total.ValueLost != 0 {
		t.Errorf("without a flood: lost %v; want 0", rep.Total.ValueLost)
	}
}

// Buildings in no zone are what the zones leave of the total.
func TestBuildingsInNoZone(t *testing.T) {
	in, reference := five()
	in.Sites.Building[2].Zone = sim.None
	rep := Measure(in, reference)
	rest := outside(rep)
	if z := rep.Zones[0]; z.Losses.Buildings != 3 || z.Collapsed != 0 || math.Abs(z.ValueLost-0.8207/3) > 1e-12 {
		t.Errorf("zone: %+v; want 3, none collapsed, %v lost", z.Losses, 0.8207/3)
	}
	if rest.Losses.Buildings != 1 || rest.Wet != 1 || rest.Collapsed != 1 || rest.ByClass["H3"] != 1 || rest.ByClass["H4"] != 0 ||
		math.Abs(rest.ValueLost-1) > 1e-12 {
		t.Errorf("in no zone: %+v; want the one that collapsed", rest.Losses)
	}
}

// Reference: docs/measures.md, worked out by hand there.
func TestFivePersons(t *testing.T) {
	in, reference := five()
	rep := Measure(in, reference)
	for name, m := range map[string]*Measures{"in all": &rep.Total, "zone z1": &rep.Zones[0].Measures} {
		for measure, want := range map[string]float64{
			"persons": 5, "at_risk": 4, "warned": 3, "warned_share": 0.75, "moved_before_water": 2,
			"moved_before_water_share": 0.5, "moved_by_coach": 2, "moved_by_car": 0, "moved_by_foot": 0,
			"at_risk_present": 4, "moved_present": 2, "moved_present_share": 0.5, "moved_and_safe": 2,
			"moved_and_safe_share": 0.5, "stranded_end": 0, "rescued_by_boat": 1, "caught": 2, "hurt": 1, "dead": 1, "sheltered": 4, "clearance_s": 6000,
			"relief_10h": 3, "relief_10h_share": 1, "went_off": 0, "home_again": 0, "ill": 0,
		} {
			if got, ok := m.Value(measure); !ok || got != want {
				t.Errorf("%s: %s = %v; want %v", name, measure, got, want)
			}
		}
		if m.NeverMoved != 1 || m.AllHeard != 4 || m.MovedAll != 3 || m.DeadBy["building-failure"] != 1 {
			t.Errorf("%s: never moved %d, warned of all %d, moved of all %d, causes %v; want 1, 4, 3, one by building "+
				"failure", name, m.NeverMoved, m.AllHeard, m.MovedAll, m.DeadBy)
		}
		if m.TurnedAway != 0 || m.T50S != 3600 || m.T90S != 6600 || m.LeadS != 600 {
			t.Errorf("%s: turned away %d, left by %v and %v s, %v s ahead of the water; want 0, 3600, 6600, 600", name,
				m.TurnedAway, m.T50S, m.T90S, m.LeadS)
		}
	}
	z := rep.Zones[0]
	if z.OrderS != 600 || z.FirstWetS != 4200 || z.PrepareS != -1 {
		t.Errorf("zone: ordered at %v s, wet at %v s, prepared at %v s; want 600, 4200, never", z.OrderS, z.FirstWetS, z.PrepareS)
	}
}

// Somebody in no zone, whom the water finds at home, is at risk without anybody to order him; at a safe place he is not.
func TestAtRiskInNoZone(t *testing.T) {
	in, reference := five()
	in.Roster.Parties[2].Zone = sim.None // Dai
	in.Roster.Parties[3].Zone = sim.None // Er, whose house sees H1
	rep := Measure(in, reference)
	if rep.Total.NoZone != 1 || rep.Total.AtRisk != 4 || rep.Zones[0].NoZone != 0 || rep.Zones[0].AtRisk != 3 {
		t.Errorf("%d in no zone of %d at risk, in the zone %d of %d; want 1 of 4 and 0 of 3", rep.Total.NoZone,
			rep.Total.AtRisk, rep.Zones[0].NoZone, rep.Zones[0].AtRisk)
	}
}

func TestEveryMeasureOfTheSchemaHasAValue(t *testing.T) {
	for _, name := range scenario.Measures {
		if _, ok := new(Measures).Value(name); !ok {
			t.Errorf("objectives may ask for %q, which is not measured", name)
		}
	}
}

// Both pages define every figure of a summary, also of a zone, a shelter, a control and a departure, and of an objective.
func TestPagesDefineEveryMeasure(t *testing.T) {
	names := slices.Clone(scenario.Measures)
	for _, of := range []any{ZoneMeasures{}, ShelterNeeds{}, ControlMeasure{}, Departure{}, Band{}, Property{}} {
		data, err := json.Marshal(of)
		if err != nil {
			t.Fatal(err)
		}
		var keys map[string]any
		if err := json.Unmarshal(data, &keys); err != nil {
			t.Fatal(err)
		}
		names = slices.AppendSeq(names, maps.Keys(keys))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	for _, page := range []string{"../docs/measures.md", "../docs/zh/measures.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if !strings.Contains(string(text), name+"`") && !strings.Contains(string(text), "`"+name+".") {
				t.Errorf("%s says nothing of %s", page, name)
			}
		}
	}
}

func TestSummaryKeys(t *testing.T) {
	data, err := json.Marshal(Measures{})
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(data, &keys); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"persons", "at_risk", "warned", "moved_before_water", "moved_by", "rescued_by_boat",
		"caught", "injured", "dead", "sheltered", "clearance_s"} {
		if _, ok := keys[want]; !ok {
			t.Errorf("summary.json has no %q", want)
		}
	}
}

// Who is at risk by his home and is somewhere else at the start need not move: he counts among those at risk who moved,
// and not among those whom the water would have found.
func TestPresentPersons(t *testing.T) {
	in, reference := five()
	in.Roster.Parties[0].Place = 3 // Ann and Bo are on a visit; at that house the water is harmless
	m := Measure(in, reference).Total
	if m.AtRisk != 4 || m.AtRiskAt != 2 || m.MovedBeforeWater != 2 || m.MovedPresent != 0 {
		t.Errorf("at risk %d, there %d; moved %d, of those there %d; want 4, 2, 2, 0", m.AtRisk, m.AtRiskAt,
			m.MovedBeforeWater, m.MovedPresent)
	}
	if share, _ := m.Value("moved_present_share"); share != 0 {
		t.Errorf("share %v; want 0", share)
	}
}
