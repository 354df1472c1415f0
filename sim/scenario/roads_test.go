package scenario

import (
	"strings"
	"testing"

	"sandtable/sim"
)

// The remarks on roads name each choice of the scenario, in both languages.
func TestRemarksOnRoads(t *testing.T) {
	for _, c := range []struct {
		roads Roads
		want  []string
	}{
		{Roads{Planning: "none", Capacity: 1, Weather: "hcm", Junctions: true}, []string{"carry their capacity", "Manual",
			"until an order", "0 % of the drivers know", "no rule releases"}},
		{Roads{Planning: "evacuation", Capacity: 0.5, Weather: "field", ClearAfter: 20 * sim.Minute, Informed: 0.4,
			Guided: 0.2, Bold: 0.35, Gridlock: "rotate", GridlockAfter: 90 * sim.Minute, AbandonAfter: 45 * sim.Minute,
			Background: make([]Background, 2)}, []string{"600 veh/h", "multiplied by 0.5", "27.5 %", "junctions",
			"stand in the road for 20 min", "40 % of the drivers know at once which roads are closed or under water, 20 % also",
			"waved on by police after 1 h 30 min (assumed)", "has not moved for 45 min", "streams: 2"}},
		{Roads{Capacity: 1, Weather: "none", Junctions: true}, []string{"carry their capacity", "do not lower", "order", "assumed", "no rule releases"}},
	} {
		got := c.roads.Remarks()
		if len(got) != len(c.want) {
			t.Fatalf("%+v: %v; want %d remarks", c.roads, got, len(c.want))
		}
		for i, text := range got {
			if !strings.Contains(text.EN, c.want[i]) || text.ZH == "" {
				t.Errorf("%+v: %+v; want one with %q", c.roads, text, c.want[i])
			}
		}
	}
}

// The share that takes the plan's route is told where there is one.
func TestRemarksOnRoutes(t *testing.T) {
	sc := valley()
	before := len(sc.RoadRemarks())
	sc.Zones[0].Route, sc.Roads.Follow = []int64{0, 1}, 0.75
	after := sc.RoadRemarks()
	if len(after) != before+1 || !strings.Contains(after[before].EN, "75 % of the households") {
		t.Errorf("%v; want one more than %d, with the share", after, before)
	}
}

// Through traffic beyond what the roads take where it comes on would wait beside them for ever.
func TestMoreThroughTrafficThanRoadsTake(t *testing.T) {
	for _, c := range []struct {
		vehicles, factor float64
		planning         string
		oneWay           bool
		want             string
	}{
		{600, 1, "none", false, ""},
		{601, 1, "none", false, "take 600 veh/h"},
		{301, 0.5, "none", false, "take 300 veh/h"},
		{601, 2, "evacuation", false, "take 600 veh/h"},
		{1, 1, "none", true, "take 0 veh/h"}, // nobody comes on against a one-way road
	} {
		sc := valley()
		sc.Roads.Background = []Background{{From: "1", To: "0", Vehicles: c.vehicles, Persons: 2}}
		sc.Roads.Capacity, sc.Roads.Planning, sc.Links[0].OneWay = c.factor, c.planning, c.oneWay
		got := ""
		for _, p := range Warnings(sc) {
			if p.Path == "roads.background[0].vehicles" {
				got = p.Text.EN
			}
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// A link is told by the road that people know and by the number that an order to it needs.
func TestLinkOnARoad(t *testing.T) {
	sc := valley()
	sc.Links = append(sc.Links, sc.Links[0])
	sc.Links[1].Name = "Ring Road"
	names := NewDirectory(sc)
	for link, want := range []string{"link 0", "Ring Road (link 1)"} {
		if got := names.LinkOn(sim.LinkID(link)); got.EN != want || got.ZH == "" {
			t.Errorf("%+v; want %q", got, want)
		}
	}
}
