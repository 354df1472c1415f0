package evaluation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Reference: the drill of five persons of docs/measures.md, worked out by hand there. Household 0 (two) leaves before the
// water and is registered, 1 is caught, rescued by boat and registered, 2 dies in its house without having heard, 3 is
// in no danger, drives to the shelter and is registered.
func TestPageOfAZone(t *testing.T) {
	in, reference := five()
	in.Sites.Zone[0].Post = sim.None
	in.Sites.Zone[0].Shelters = []sim.ShelterID{0}
	in.Scenario.Persons[3].Special, in.Scenario.Persons[3].Helper = true, sim.None
	in.Scenario.Persons[3].Age = 80
	pages := pagesOf(in, Measure(in, reference))
	if len(pages) != 1 {
		t.Fatalf("%d pages; want 1", len(pages))
	}
	q := &pages[0].Questions
	for k, want := range []string{
		"The order was given at 00:10, 1 h before the first house got water (01:10). Latest safe departure, known afterwards: " +
			"01:20; the order had 1 h 10 min to spare.",
		"5 persons there, 4 of them at risk: moved before the water 2, after it had come 1, never 1. Of all who were there caught 2, dead 1.",
		"– is responsible; the order never got there (calls without an answer: 0).",
		"4 persons were registered, 4 of them in shelters of the plan.",
		"4 registrations; went off against orders: 0 persons, sent home and arrived: 0, in need of a doctor: 0.",
	} {
		if got := q[k].Answer.EN; got != want {
			t.Errorf("question %d: %s\nwant %s", k+1, got, want)
		}
	}
	rows := make(map[string]string)
	for k := range q {
		for _, r := range slices.Concat(q[k].Brief, q[k].Rows) {
			rows[r.Name.EN] = r.Text.EN
		}
	}
	for name, want := range map[string]string{
		// Of five the third (two at 12, one at 13) is half; nine tenths of five are all five, and one never heard.
		"half, nine tenths of all had heard": "00:13, –",
		// Who left: 47, 60, 60, 110.
		"half, nine tenths of who left were gone": "01:00, 01:50",
		"first water at a house (0.15 m)":         "01:10",
		"first danger of class H3 at a house":     "01:30",
		"at risk and never left":                  "1 had not heard",
		"causes of death":                         "building gave way 1",
		"fetched by rescue units (each time)":     "1",
		"basic living relief within ten hours": "of 4 who left where they were 3 had a place with floor, were with relatives or " +
			"sent home; for 1 the time is not over",
		"by what people heard first": "from others 4",
		"how people left the zone":   "by car 1, by coach 2, by boat 1",
	} {
		if rows[name] != want {
			t.Errorf("%s: %q; want %q", name, rows[name], want)
		}
	}
	var classes []string
	for _, r := range q[1].Tables[0].Rows {
		line := ""
		for _, cell := range r {
			line += cell.EN + "|"
		}
		classes = append(classes, line)
	}
	want := []string{"everybody there at the start|5|4|3|2|1|1|2|1|", "of them up to 14|4|3|3|2|1|0|1|0|", "65 and older|1|1|0|0|0|1|1|1|",
		"special care, without a helper|1|1|0|0|0|1|1|1|", "no car in the household|5|4|3|2|1|1|2|1|"}
	if fmt.Sprint(classes) != fmt.Sprint(want) {
		t.Errorf("classes\n%v\nwant\n%v", classes, want)
	}
}

// TestPageSaysWhyPeopleDecided: by what moved them first, and by what kept those who never wanted to leave.
func TestPageSaysWhyPeopleDecided(t *testing.T) {
	in, reference := five()
	in.Sites.Zone[0].Post = sim.None
	last := in.Events[len(in.Events)-1].At
	for q, cue := range []sim.DecisionCue{sim.CueNeighbours, sim.CueOrder, sim.CueHearsay, sim.CueNeighbours} {
		e := sim.Event{At: last, Kind: sim.EvPartyDecided, A: sim.RefTo(sim.KindParty, sim.PartyID(q)), C: cue.Ref()}
		if cue != sim.CueHearsay {
			e.Count = 1
		}
		in.Events = append(in.Events, e)
	}
	rows := make(map[string]string)
	for _, r := range pagesOf(in, Measure(in, reference))[0].Questions[1].Rows {
		rows[r.Name.EN] = r.Text.EN
	}
	for name, want := range map[string]string{
		"why people decided to leave": "told to leave 1, saw the neighbours leave 3",
		"why people decided to stay":  "a rumour said no need 1",
	} {
		if rows[name] != want {
			t.Errorf("%s: %q; want %q", name, rows[name], want)
		}
	}
}

// TestPageFollowsTheOrder: the page shows each hop with the channel that carried it and how often it was called, and
// that the post began by itself when it was cut off.
func TestPageFollowsTheOrder(t *testing.T) {
	in, reference := five()
	in.Scenario.Posts = []scenario.Post{{Name: "county"}, {Name: "village"}}
	in.Scenario.Channels = []scenario.Channel{{Name: "phone"}, {Name: "radio"}}
	in.Names = scenario.NewDirectory(in.Scenario)
	in.Sites.Zone[0].Post = 1
	county, village := sim.Ref{Kind: sim.KindPost, ID: 0}, sim.Ref{Kind: sim.KindPost, ID: 1}
	zone := sim.Ref{Kind: sim.KindZone, ID: 0}
	order := int32(sim.OrderEvacuateZone)
	step := func(minute int, kind sim.EventKind, channel int) sim.Event {
		return sim.Event{At: sim.Time(minute) * sim.Time(sim.Minute), Kind: kind, A: village, B: county, C: zone, Count: order,
			Num: float64(channel)}
	}
	way := []sim.Event{step(10, sim.EvOrderSent, 0), step(15, sim.EvOrderLost, 0), step(15, sim.EvOrderSent, 1),
		step(17, sim.EvOrderAcked, 1), {At: sim.Time(17 * sim.Minute), Kind: sim.EvBroadcast, A: zone,
			B: sim.Ref{Kind: sim.KindChannel, ID: 0}, Count: order}}
	in.Events = append(in.Events[:1:1], append(way, in.Events[1:]...)...)
	pages := pagesOf(in, Measure(in, reference))
	q := &pages[0].Questions[2]
	if want := "village organised it; the order took 7 min to get there and be passed on; calls without an answer: 1."; q.Answer.EN != want {
		t.Errorf("%s\nwant %s", q.Answer.EN, want)
	}
	again := *in
	again.Events = append(slices.Clone(in.Events), step(80, sim.EvOrderSent, 0), step(85, sim.EvOrderLost, 0))
	if got := pagesOf(&again, Measure(&again, reference))[0].Questions[2].Answer.EN; got != q.Answer.EN {
		t.Errorf("a call in vain after the order had got there is counted as one on its way: %s", got)
	}
	if got := fmt.Sprint(q.Tables[0].Rows); got != fmt.Sprint([][]sim.Text{{
		sim.Say("county → village", "county to village"), sim.Said("radio"), spanOf(0, 0), sim.Said("00:10"), sim.Said("00:17"), sim.Said("2")}}) {
		t.Errorf("hops: %s", got)
	}
	in.Events = append(in.Events, sim.Event{At: in.Until, Kind: sim.EvPost, A: village, Count: int32(sim.PostSelfStarts)})
	pages = pagesOf(in, Measure(in, reference))
	if want := "village was cut off and began to move people by its standing authority at 02:00."; pages[0].Questions[2].Answer.EN != want {
		t.Error(pages[0].Questions[2].Answer.EN)
	}
}

// A post that has the order at 22:33 and calls on at 22:55, since it has others to call first, kept it for 22 min.
func TestPageSaysHowLongAPostKeptTheOrder(t *testing.T) {
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	county, town, village := sim.Ref{Kind: sim.KindPost}, sim.Ref{Kind: sim.KindPost, ID: 1}, sim.Ref{Kind: sim.KindPost, ID: 2}
	hops := []hop{{from: county, to: town, sent: at(26), acked: at(33)}, {from: town, to: village, sent: at(55), acked: at(60)}}
	if got := hops[0].waited(hops, []sim.Time{at(25)}).EN; got != "1 min" {
		t.Errorf("the county kept it for %s; want 1 min", got)
	}
	if got := hops[1].waited(hops, []sim.Time{at(25)}).EN; got != "22 min" {
		t.Errorf("the town kept it for %s; want 22 min", got)
	}
}

// An order that is given again, at 02:00 after 00:40, starts anew: the county keeps the second one for 1 min, the town,
// which has it at 02:03, for 2 min; and the town kept the first one, of 00:47, for 1 min.
func TestAnOrderGivenAgainStartsAnew(t *testing.T) {
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	county, town, village := sim.Ref{Kind: sim.KindPost}, sim.Ref{Kind: sim.KindPost, ID: 1}, sim.Ref{Kind: sim.KindPost, ID: 2}
	hops := []hop{{from: county, to: town, sent: at(40), acked: at(47)}, {from: town, to: village, sent: at(48), acked: at(55)},
		{from: county, to: town, sent: at(121), acked: at(123)}, {from: town, to: village, sent: at(125), acked: never}}
	for k, want := range []string{"0 min", "1 min", "1 min", "2 min"} {
		if got := hops[k].waited(hops, []sim.Time{at(40), at(120)}).EN; got != want {
			t.Errorf("hop %d: kept for %s; want %s", k, got, want)
		}
	}
}

// TestPageSaysWhetherTheOrderWasLate: 740 s to spare in the drill of the river (see TestReportsUpward); 20 min later the order is
// too late by 460 s.
func TestPageSaysWhetherTheOrderWasLate(t *testing.T) {
	in := councilDrill()
	first := func() string { return pagesOf(in, Measure(in, riverUp()))[0].Questions[0].Answer.EN }
	if got := first(); !strings.HasSuffix(got, "Latest safe departure, known afterwards: 01:52; the order had 12 min to spare.") {
		t.Errorf("%s", got)
	}
	for i := range in.Events {
		if e := &in.Events[i]; e.Kind == sim.EvAccepted {
			e.At += sim.Time(20 * sim.Minute)
		}
	}
	if got := first(); !strings.HasSuffix(got, "known afterwards: 01:52; the order came 8 min too late.") {
		t.Errorf("%s", got)
	}
}

// What helpers did is counted in words that fit one as well as many.
func TestHelpersOfAZone(t *testing.T) {
	in, reference := five()
	for _, step := range []sim.HelperStep{sim.HelperSets, sim.HelperThere} {
		in.Events = append(in.Events, sim.Event{Kind: sim.EvHelper, A: sim.RefTo(sim.KindPerson, sim.PersonID(0)),
			Count: int32(step)})
	}
	for _, r := range pagesOf(in, Measure(in, reference))[0].Questions[1].Rows {
		if want := "times set out: 1, came to the door: 1, left with the person: 0, came to nothing: 0"; r.Name.EN ==
			"named helpers" && r.Text.EN != want {
			t.Errorf("%q; want %q", r.Text.EN, want)
		} else if r.Name.EN == "named helpers" {
			return
		}
	}
	t.Error("the page says nothing of helpers")
}

// TestPageSaysWhatInstitutionsNeed: the house of household 2, in which somebody at risk dies without having left, as a
// nursing home whose head was called and that was not ready.
func TestPageSaysWhatInstitutionsNeed(t *testing.T) {
	in, reference := five()
	home := in.Scenario.Households[in.Scenario.Persons[3].Household].Home
	in.Scenario.Persons[3].Mobility = scenario.MobilityNone
	for i := range in.Scenario.Persons {
		in.Scenario.Persons[i].Work, in.Scenario.Persons[i].School = sim.None, sim.None
	}
	in.Scenario.Institutions = []scenario.Institution{{Name: "i1", Title: sim.Text{ZH: "敬老院", EN: "Nursing home"},
		Kind: scenario.InstitutionCare, Building: int64(home)}}
	in.Names = scenario.NewDirectory(in.Scenario)
	said := func(name string) sim.Text {
		for _, r := range pagesOf(in, Measure(in, reference))[0].Questions[1].Rows {
			if r.Name.EN == name {
				return r.Text
			}
		}
		return sim.Text{}
	}
	const needed = "institutions, all in: persons / walk badly / places for wheelchairs / seats in coaches"
	if got := said(needed); got.EN != "Nursing home 1 / 0 / 1 / 0" || got.ZH != "敬老院 1 / 0 / 1 / 0" {
		t.Errorf("needs %v", got)
	}
	const stayed = "at risk in institutions and never left"
	if got := said(stayed); got.EN != "Nursing home: 1 of 1 (cannot walk: 1): its head was never called" {
		t.Errorf("never called: %v", got)
	}
	in.Events = append(in.Events, sim.Event{At: in.Until, Kind: sim.EvInstitution, A: sim.RefTo(sim.KindBuilding, home),
		Count: int32(sim.InstitutionTold), Num: 1})
	if got := said(stayed); got.ZH != "敬老院：1 人中 1 人（不能行走 1 人），接到通知，到结束时未准备好" {
		t.Errorf("called: %v", got)
	}
	in.Scenario.Institutions[0].Plan = "up"
	if got := said(stayed); got.EN != "Nursing home: 1 of 1 (cannot walk: 1): it stays upstairs by its plan" {
		t.Errorf("upstairs: %v", got)
	}
	if got := said(needed); got.EN != "Nursing home 1 / 0 / 1 / 0 (upstairs by its plan)" {
		t.Errorf("upstairs needs %v", got)
	}
}

// TestPageNamesTheWayOfThePlan: the roads of the zone's route in their order, or that the plan has none.
func TestPageNamesTheWayOfThePlan(t *testing.T) {
	in := councilDrill()
	way := func() sim.Text {
		for _, r := range pagesOf(in, Measure(in, riverUp()))[0].Questions[3].Rows {
			if r.Name.EN == "way of the plan" {
				return r.Text
			}
		}
		return sim.Text{}
	}
	if got := way(); got.EN != "none is planned; everybody chooses his own" || got.ZH != "预案未规定路线，各自选路" {
		t.Errorf("without a route: %v", got)
	}
	in.Scenario.Links[0].Name, in.Scenario.Links[1].Name = "G319", "X5"
	in.Scenario.Zones[0].Route = []int64{0, 2}
	if got := way(); got.EN != "to s1: G319 → X5 (4.0 km)" || got.ZH != "到s1：G319 → X5（4.0 公里）" {
		t.Errorf("with a route: %v", got)
	}
}

// What a night can bring without end is cut where a page would no longer be one, and the page says how much is left out.
func TestLongListsAreCut(t *testing.T) {
	three := []sim.Text{sim.Said("a"), sim.Said("b"), sim.Said("c")}
	for n, want := range map[int]string{4: "a, b, c", 3: "a, b, c", 2: "a, b, … +1", 1: "a, … +2"} {
		if got := listUpTo(n, three).EN; got != want {
			t.Errorf("up to %d: %q; want %q", n, got, want)
		}
	}
	in := councilDrill()
	county, village := sim.RefTo(sim.KindPost, sim.PostID(0)), sim.RefTo(sim.KindPost, sim.PostID(1))
	for k := range namedHops + 3 {
		e := sim.Event{At: in.Until, Kind: sim.EvOrderSent, A: village, B: county, C: sim.RefTo(sim.KindZone, sim.ZoneID(0)),
			Count: int32(sim.OrderEvacuateZone), Num: float64(k % 2)}
		answer := e
		answer.Kind = sim.EvOrderAcked
		in.Events = append(in.Events, e, answer)
	}
	rows := pagesOf(in, Measure(in, riverUp()))[0].Questions[2].Tables[0].Rows
	if last := rows[len(rows)-1]; len(rows) != namedHops+1 || last[0].EN != "later ones: 4" {
		t.Errorf("%d rows, the last one %v; want %d and how many more", len(rows), last, namedHops+1)
	}
}
