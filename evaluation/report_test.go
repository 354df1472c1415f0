package evaluation

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// html writes the report of the drill of five persons after a change to it.
func html(t *testing.T, lang sim.Lang, change func(in *Input)) string {
	t.Helper()
	in, reference := five()
	in.Scenario.Zones[0].Title = sim.Text{ZH: "青石", EN: "Bluestone"}
	change(in)
	var b strings.Builder
	if err := WriteHTML(&b, in, Measure(in, reference), Facts{}, nil, lang); err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(b.String(), "</style>")
	return body
}

func wants(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			t.Errorf("the report has no %q", part)
		}
	}
}

func lacks(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(page, part) {
			t.Errorf("the report has %q", part)
		}
	}
}

func TestReportWritesSpansInItsLanguage(t *testing.T) {
	same := func(*Input) {}
	wants(t, html(t, sim.Chinese, same), "<td>1 小时</td>", "<b>1 小时 40 分</b>。", "水到之前撤出（50%）；其中平安 2")
	lacks(t, html(t, sim.Chinese, same), " min", ": <b>", "%); ")
	wants(t, html(t, sim.English, same), "<td>1 h</td>", "<b>1 h 40 min</b>.", "moved before the water (50%); of them safe 2")
	lacks(t, html(t, sim.English, same), "：", "（", "。")
}

// An order that came after the water is what an evaluator looks for first: it must not look like one never given.
func TestReportSaysHowLateAnOrderWas(t *testing.T) {
	late := func(in *Input) { in.Events[0].At = sim.Time(95 * sim.Minute) }
	wants(t, html(t, sim.English, late), `<td class="missed">25 min after it</td>`)
	wants(t, html(t, sim.Chinese, late), `<td class="missed">晚于进水 25 分</td>`)
}

// The rows of the table add up to its last one, also where people live outside every zone.
func TestReportCountsPeopleInNoZone(t *testing.T) {
	none := func(in *Input) { in.Roster.Parties[2].Zone = sim.None }
	wants(t, html(t, sim.English, none),
		"<td>Bluestone</td><td>4</td><td>3</td><td>3</td><td>2</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td><td>0</td>",
		"<td>in no zone</td><td>1</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td><td>1</td><td>1</td>")
	wants(t, html(t, sim.English, none), "of those at risk 1, 1 were where the danger came to")
	lacks(t, html(t, sim.English, func(*Input) {}), "in no zone</td>", "“in no zone”")
}

func TestReportNamesTheDayOfItsEnd(t *testing.T) {
	in, _ := five()
	start := in.Scenario.Drill.Start
	for at, want := range map[sim.Time]string{sim.Time(2 * sim.Hour): "02:00", sim.Time(26 * sim.Hour): start.Add(sim.Time(26 * sim.Hour)).String()} {
		if got := tillText(start, at); got != want {
			t.Errorf("after %v the run ends at %q; want %q", at, got, want)
		}
	}
}

func TestReportTellsOfThoseStillStranded(t *testing.T) {
	stuck := func(in *Input) {
		boat := slices.IndexFunc(in.Events, func(e sim.Event) bool { return e.Kind == sim.EvPartyRescued })
		in.Events = in.Events[:boat]
	}
	wants(t, html(t, sim.English, stuck), "still stranded at the end 2")
	wants(t, html(t, sim.Chinese, stuck), "结束时仍被困 2")
}

// An error of zero is not an error: made-up ground has none.
func TestReportWritesAnErrorOfTheElevationWhereThereIsOne(t *testing.T) {
	wants(t, html(t, sim.English, func(in *Input) { in.Scenario.Place.ElevationError = 7.5 }), ", error ±7.5 m.")
	wants(t, html(t, sim.Chinese, func(in *Input) { in.Scenario.Place.ElevationError = 7.5 }), "，误差 ±7.5 米。")
	lacks(t, html(t, sim.Chinese, func(*Input) {}), "±")
}

func TestTimelineNamesTheZonesThatTheWaterReaches(t *testing.T) {
	in, _ := five()
	in.Scenario.Zones = append(in.Scenario.Zones, scenario.Zone{Name: "z2"})
	in.Names = scenario.NewDirectory(in.Scenario)
	in.Sites.Building[1].Zone = 1
	in.Events = nil
	for k := range int32(3) { // house 2 stands in a zone whose first house is wet already
		in.Events = append(in.Events, sim.Event{At: sim.Time(k), Kind: sim.EvPlaceWet, A: sim.Ref{Kind: sim.KindBuilding, ID: k}})
	}
	if got := Timeline(in, sim.English); len(got) != 1 || got[0].Text != "z1, z2: water at the first house" {
		t.Errorf("the timeline is %v; want one line of both zones", got)
	}
}

func TestTimelineNamesWhoIsSilentOnce(t *testing.T) {
	in, _ := five()
	in.Scenario.Posts = nil
	in.Events = nil
	for k := range int32(3) {
		in.Events = append(in.Events, sim.Event{At: sim.Time(k), Kind: sim.EvOrderLost, A: sim.RefTo(sim.KindUnit, sim.UnitID(0)),
			C: sim.Ref{Kind: sim.KindZone, ID: 0}, Count: int32(sim.OrderRescueZone) - k%2})
	}
	lines := Timeline(in, sim.English)
	if len(lines) != 2 || strings.Count(lines[0].Text, "No answer") != 1 {
		t.Errorf("the timeline is %v; want one line for each order", lines)
	}
}

// Buildings are counted by class, or by the level of the hazard rating where the scenario asks for it, and the loss of value
// is called assumed.
func TestReportCountsBuildings(t *testing.T) {
	same := func(*Input) {}
	rated := func(in *Input) {
		in.Scenario.Danger = scenario.Danger{Criterion: "defra", Debris: "fd2320", Upper: "fd2320"}
	}
	wants(t, html(t, sim.English, same), "<th>H4</th>", "value lost (assumed)", "45.5%", "H2 unsafe for small vehicles")
	wants(t, html(t, sim.Chinese, same), "价值损失（假定）", "H2 小型车辆危险", "倒塌")
	wants(t, html(t, sim.English, rated), "<th>caution</th>", "debris factor fd2320", "danger for all, rescuers too")
	wants(t, html(t, sim.Chinese, rated), "<th>多数人危险</th>", "漂浮物系数 fd2320")
	lacks(t, html(t, sim.English, rated), "<th>H4</th>")
	lacks(t, html(t, sim.English, func(in *Input) { in.Events = nil }), "Buildings, cars and crops", "Buildings by zone")
}

// What a commander reads comes first, a page for each zone follows, and annexes come last, closed until they are clicked;
// on paper they are open, but for what somebody looks up by a search.
func TestReportBeginsWithWhatACommanderReads(t *testing.T) {
	page := html(t, sim.English, func(*Input) {})
	at := -1
	for _, id := range []string{"when", "whom", "who", "where", "how", "controls", "harm", "timeline", "zones", "zone-0", "annex"} {
		next := strings.Index(page, ` id="`+id+`"`)
		if next <= at {
			t.Errorf("section %s stands at %d, after %d", id, next, at)
		}
		at = next
	}
	if first := strings.Index(page, "<details"); first < at {
		t.Error("something is folded before the annexes")
	}
	lacks(t, page, "<details open")
	wants(t, reportStyle, ".annex details::details-content { content-visibility: visible", ".annex .search { display: none; }")
}
