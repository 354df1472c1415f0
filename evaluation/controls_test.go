package evaluation

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// bans is the drill of emergency controls of docs/measures.md: Kai and Lu (party 0) live in z1 and work in a shop in z2, Mo
// (party 1) is a visitor in z1.
func bans() *Input {
	sc := &scenario.Scenario{
		Zones:      []scenario.Zone{{Name: "z1"}, {Name: "z2"}},
		Posts:      []scenario.Post{{Name: "county"}},
		Buildings:  []scenario.Building{{}, {Use: scenario.UseTrade}, {Use: scenario.UseHotel}},
		Nodes:      []scenario.Node{{}, {At: geo.Point{X: 100}}},
		Links:      []scenario.Link{fiveRoad("")},
		Households: []scenario.Household{{Home: 0}, {Home: 2}},
	}
	in := &Input{Scenario: sc, Names: scenario.NewDirectory(sc), Until: hour(2), Roster: &sim.Roster{},
		Sites: &scenario.Sites{Node: []sim.ZoneID{sim.None, 0}, Zone: make([]scenario.ZoneSites, 2),
			Building: []scenario.BuildingSite{{Zone: 0}, {Zone: 1}, {Zone: 0}}}}
	for _, q := range []sim.PartyID{0, 0, 1} {
		in.Roster.Persons = append(in.Roster.Persons, sim.PersonEntry{Household: sim.HouseholdID(q), Party: q, Age: 30,
			Work: sim.None, School: sim.None})
		sc.Persons = append(sc.Persons, scenario.Person{Household: sim.HouseholdID(q), Work: sim.None, School: sim.None})
	}
	in.Roster.Parties = []sim.PartyEntry{{Household: 0, Place: 1, Zone: 1, Persons: 2},
		{Household: 1, Place: 2, Zone: 0, Persons: 1}}
	in.Events = bansEvents()
	return in
}

func bansEvents() []sim.Event {
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	z1, county := sim.RefTo(sim.KindZone, sim.ZoneID(0)), sim.Ref{Kind: sim.KindCounty}
	post, road := sim.RefTo(sim.KindPost, sim.PostID(0)), sim.RefTo(sim.KindLink, sim.LinkID(0))
	party := func(q int32) sim.Ref { return sim.Ref{Kind: sim.KindParty, ID: q} }
	give := func(minutes int, a sim.Ref, id sim.OrderID, words string) sim.Event {
		return sim.Event{At: at(minutes), Kind: sim.EvAccepted, A: a, B: post, Count: int32(id), Num: float64(sim.FromPlayer),
			Text: sim.Said(words)}
	}
	return []sim.Event{
		give(5, z1, sim.OrderBanEntry, "Ban entry: z1 (on)"),
		give(5, county, sim.OrderSuspend, "Suspend: shops and venues"),
		give(6, county, sim.OrderBanGathering, "Ban gathering: on"),
		{At: at(8), Kind: sim.EvControl, A: county, B: sim.Ref{ID: int32(sim.SuspendBusiness)}, Count: int32(sim.OrderSuspend), Num: 1},
		{At: at(9), Kind: sim.EvControl, A: county, Count: int32(sim.OrderBanGathering), Num: 1},
		give(10, road, sim.OrderCloseRoad, "Close a road: link 0"),
		{At: at(12), Kind: sim.EvLinkClosed, A: road, Count: int32(sim.StrandClosed)},
		{At: at(13), Kind: sim.EvVehicleStranded, A: party(1), B: road, Count: int32(sim.StrandClosed)},
		{At: at(15), Kind: sim.EvControl, A: z1, Count: int32(sim.OrderBanEntry), Num: 1},
		{At: at(20), Kind: sim.EvPartyLeft, A: party(0), B: sim.RefTo(sim.KindBuilding, sim.BuildingID(0))},
		{At: at(25), Kind: sim.EvPartyTurnedAway, A: party(0), B: z1},
		{At: at(30), Kind: sim.EvPartyLeft, A: party(1)},
		{At: at(35), Kind: sim.EvPartyOutside, A: party(1)},
		give(40, z1, sim.OrderBanEntry, "Ban entry: z1 (on)"),
		give(45, z1, sim.OrderWithdraw, "Withdraw crews: z1"),
		give(50, z1, sim.OrderBanEntry, "Ban entry: z1 (off)"),
		{At: at(50), Kind: sim.EvControl, A: z1, Count: int32(sim.OrderBanEntry)},
		{At: at(55), Kind: sim.EvPartyTurnedAway, A: party(0), B: z1},
		{At: at(60), Kind: sim.EvPartyHome, A: party(0), B: sim.RefTo(sim.KindBuilding, sim.BuildingID(0))},
		{At: at(70), Kind: sim.EvLinkOpened, A: road, Count: int32(sim.StrandClosed)},
	}
}

// Reference: docs/measures.md, worked out by hand there.
func TestControls(t *testing.T) {
	list := Measure(bans(), nil).Controls
	type line struct {
		order, what                  string
		given, effect, takes, lifted float64
		already                      bool
		did                          ControlDid
	}
	want := []line{
		{"ban_entry", "", 300, 900, 600, 3000, false, ControlDid{TurnedBack: 2}},
		{"suspend", "business", 300, 480, 180, -1, false, ControlDid{SentHome: 2, CameHome: 2}},
		{"ban_gathering", "", 360, 540, 180, -1, false, ControlDid{VisitorsLeft: 1}},
		{"close_road", "", 600, 720, 120, 4200, false, ControlDid{Caught: 1}},
		{"ban_entry", "", 2400, 2400, 0, 3000, true, ControlDid{}},
		{"withdraw", "", 2700, -1, -1, -1, false, ControlDid{}},
	}
	if len(list) != len(want) {
		t.Fatalf("%d controls; want %d: %+v", len(list), len(want), list)
	}
	for i, x := range list {
		if got := (line{x.Order, x.What, x.GivenS, x.EffectS, x.TakesS, x.LiftedS, x.Already, x.ControlDid}); got != want[i] {
			t.Errorf("%+v\nwant %+v", got, want[i])
		}
	}
}

// What a control did not do is not counted: the way home from a shelter, a second start from the same place, visitors who
// had left before, the work of a school, and channels that need no mains.
func TestControlsDidNotDoThat(t *testing.T) {
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	party := func(q int32) sim.Ref { return sim.Ref{Kind: sim.KindParty, ID: q} }
	z1 := sim.RefTo(sim.KindZone, sim.ZoneID(0))
	home := sim.Event{Kind: sim.EvPartyLeft, A: party(0), B: sim.RefTo(sim.KindBuilding, sim.BuildingID(0))}
	down := func(ch int32) sim.Event {
		return sim.Event{At: at(85), Kind: sim.EvChannel, A: sim.Ref{Kind: sim.KindChannel, ID: ch}, B: z1}
	}
	cut := []sim.Event{
		{At: at(80), Kind: sim.EvAccepted, A: z1, Count: int32(sim.OrderCutPower), Text: sim.Said("Cut the power: z1")},
		{At: at(81), Kind: sim.EvPower, A: z1}, down(0), down(1)}
	for name, c := range map[string]struct {
		from  int // before which event
		more  []sim.Event
		use   scenario.BuildingUse
		index int
		want  ControlDid
	}{
		"from a shelter": {3, []sim.Event{{Kind: sim.EvPartySheltered, A: party(0)}}, scenario.UseTrade, 1, ControlDid{}},
		"twice":          {10, []sim.Event{home}, scenario.UseTrade, 1, ControlDid{SentHome: 2, CameHome: 2}},
		"and again":      {19, []sim.Event{home}, scenario.UseTrade, 1, ControlDid{SentHome: 2, CameHome: 2}},
		"school":         {3, nil, scenario.UseSchool, 1, ControlDid{}},
		"left before":    {3, []sim.Event{{Kind: sim.EvPartyLeft, A: party(1)}}, scenario.UseTrade, 2, ControlDid{}},
		"turned away again": {11, []sim.Event{{Kind: sim.EvPartyTurnedAway, A: party(0), B: z1}}, scenario.UseTrade, 0,
			ControlDid{TurnedBack: 2}},
		"channels": {20, cut, scenario.UseTrade, 6, ControlDid{Channels: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			in := bans()
			in.Scenario.Channels = []scenario.Channel{{Name: "loud", Kind: "loudspeaker"}, {Name: "door", Kind: "door"}}
			in.Scenario.Buildings[1].Use = c.use
			if c.use == scenario.UseSchool { // who works there does not go home when work is suspended
				in.Events[1].Text, in.Events[3].B.ID = sim.Said("Suspend: building sites and factories"), int32(sim.SuspendWork)
			}
			in.Events = slices.Concat(in.Events[:c.from], c.more, in.Events[c.from:])
			if got := controls(in)[c.index]; got.ControlDid != c.want {
				t.Errorf("%s: %+v; want %+v", got.Order, got.ControlDid, c.want)
			}
		})
	}
}

// Who is sent home from work has not had to leave: of the three Mo alone, who is off the map five minutes later.
func TestHomeFromWorkIsNoRelief(t *testing.T) {
	if m := Measure(bans(), nil).Total; m.ReliefOf != 1 || m.Relief != 1 || m.HomeAgain != 0 {
		t.Errorf("%d of %d relieved, %d home again; want 1 of 1, 0", m.Relief, m.ReliefOf, m.HomeAgain)
	}
}

// The report tells of every control who gave it, how long it took and what it did, and says so when there was none.
func TestReportOfControls(t *testing.T) {
	for lang, parts := range map[sim.Lang][]string{
		sim.English: {"Emergency controls", "Suspend: shops and venues", "turned back at the border: 2 persons",
			"set out for home: 2 persons, got there: 2", "visitors who left: 1", "vehicles caught on it: 1",
			"was in force already", "never in force", "<td>10 min</td>", "Withdraw crews: z1 (never in force)"},
		sim.Chinese: {"应急管控", "六停：停业", "在边界劝返 2 人", "动身回家 2 人，其中到家 2 人", "离开的游客 1 人", "此前已生效", "<td>10 分</td>"},
	} {
		in := bans()
		var b strings.Builder
		if err := WriteHTML(&b, in, Measure(in, nil), Facts{}, nil, lang); err != nil {
			t.Fatal(err)
		}
		wants(t, b.String(), parts...)
	}
	wants(t, html(t, sim.English, func(*Input) {}), "No emergency control was ordered")
	wants(t, html(t, sim.Chinese, func(*Input) {}), "未下达应急管控指令")
}

// A kindergarten is no school: each suspension names its own kind.
func TestSuspensionsNameWhatTheyEnd(t *testing.T) {
	for what, want := range map[sim.Suspension][2]string{
		sim.SuspendSchool:       {"2 所停课；动身回家 3 人，其中到家 1 人", "schools that ended their day: 2; set out for home: 3 persons, got there: 1"},
		sim.SuspendKindergarten: {"2 所停园；动身回家 3 人，其中到家 1 人", "kindergartens that ended their day: 2; set out for home: 3 persons, got there: 1"},
	} {
		x := ControlMeasure{what: what, ControlDid: ControlDid{Schools: 2, SentHome: 3, CameHome: 1}}
		if got := x.sentHome(); got.ZH != want[0] || got.EN != want[1] {
			t.Errorf("%+v", got)
		}
	}
}
