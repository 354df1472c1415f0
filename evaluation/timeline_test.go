package evaluation

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func TestTimelineSaysOneThingOnce(t *testing.T) {
	in, _ := five()
	in.Scenario.Zones = append(in.Scenario.Zones, in.Scenario.Zones[0], in.Scenario.Zones[0])
	for i, name := range []string{"青石", "柳湾", "高滩"} {
		in.Scenario.Zones[i].Name = name
		in.Scenario.Zones[i].Title = sim.Text{ZH: name, EN: name}
	}
	in.Names = scenario.NewDirectory(in.Scenario)
	in.Events = nil
	for i := range int32(3) {
		in.Events = append(in.Events, sim.Event{At: sim.Time(10*sim.Minute) + sim.Time(i), Kind: sim.EvAccepted,
			A: sim.Ref{Kind: sim.KindZone, ID: i}, Count: int32(sim.OrderEvacuateZone),
			Text: sim.Say("立即转移：%s（县一中）", "Evacuate now: %s (School)", in.Scenario.Zones[i].Title)})
	}
	in.Events = append(in.Events, sim.Event{At: sim.Time(12 * sim.Minute), Kind: sim.EvResponseLevel, Count: 3})
	var lines []string
	for _, e := range Timeline(in, sim.Chinese) {
		lines = append(lines, e.At.String()+" "+e.Text)
	}
	want := "0:10:00 【预案】立即转移：青石、柳湾、高滩（县一中）\n0:12:00 启动响应：II 级"
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("the timeline is\n%s\nwant\n%s", got, want)
	}
}

// Posts that lose contact in one minute are one line; who holds a post, and what has become of him, are told with the
// reason.
func TestTimelineTellsPosts(t *testing.T) {
	in, _ := five()
	in.Scenario.Posts = []scenario.Post{{Name: "v1"}, {Name: "v2"}}
	in.Scenario.Officials = []scenario.Official{{Name: "li"}}
	in.Names = scenario.NewDirectory(in.Scenario)
	lost := sim.Text{ZH: "与上级失去联络", EN: "no contact"}
	in.Events = []sim.Event{
		{Kind: sim.EvPost, A: sim.Ref{Kind: sim.KindPost}, Count: int32(sim.PostCutOff), Text: lost},
		{Kind: sim.EvPost, A: sim.Ref{Kind: sim.KindPost, ID: 1}, Count: int32(sim.PostCutOff), Text: lost},
		{Kind: sim.EvOfficial, A: sim.Ref{Kind: sim.KindOfficial}, B: sim.Ref{Kind: sim.KindPost},
			Count: int32(sim.OfficialBusy), Text: sim.Text{ZH: "被困", EN: "stranded himself"}},
		{Kind: sim.EvOfficial, A: sim.Ref{Kind: sim.KindOfficial}, B: sim.Ref{Kind: sim.KindPost}},
	}
	for lang, want := range map[sim.Lang][]string{
		sim.Chinese: {"v1、v2：与上级失去联络", "li（v1）：忙（被困）", "li（v1）：在岗"},
		sim.English: {"v1, v2: no contact", "li (v1): busy (stranded himself)", "li (v1): present"},
	} {
		var lines []string
		for _, e := range Timeline(in, lang) {
			lines = append(lines, e.Text)
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%v: %q; want %q", lang, lines, want)
		}
	}
}

// What a gauge shows is one line when it is graver than before and one when it is over, with the window and the value
// that carried it; the thresholds that it crosses are not told one by one.
func TestTimelineTellsAlarms(t *testing.T) {
	in, _ := five()
	in.Scenario.Gauges = []scenario.Gauge{{Name: "r1", Title: sim.Text{ZH: "雨量站", EN: "Rain gauge"},
		Kind: scenario.GaugeRain, Table: scenario.TableJianghua}}
	in.Names = scenario.NewDirectory(in.Scenario)
	gauge := sim.Ref{Kind: sim.KindGauge, ID: 0}
	in.Events = []sim.Event{
		{Kind: sim.EvGauge, A: gauge, Count: 1, Num: 56.2},
		{Kind: sim.EvGauge, A: gauge, Count: 2, Num: 71},
		{Kind: sim.EvGaugeAlarm, A: gauge, Count: 1, Num: 56.2},
		{At: sim.Time(sim.Hour), Kind: sim.EvGaugeFell, A: gauge, Count: 1, Num: 54},
		{At: sim.Time(2 * sim.Hour), Kind: sim.EvGaugeClear, A: gauge, Count: 2, Num: 40},
	}
	for lang, want := range map[sim.Lang][]string{
		sim.Chinese: {"雨量站 3小时雨量 56.2 毫米，超3小时55毫米（蓝色预警）", "雨量站 6小时雨量 40.0 毫米，回落至6小时70毫米（蓝色预警）以下"},
		sim.English: {"Rain gauge at 56.2 mm in 3 h, above 55 mm in 3 h (blue warning)",
			"Rain gauge at 40.0 mm in 6 h, below 70 mm in 6 h (blue warning) again"},
	} {
		var lines []string
		for _, e := range Timeline(in, lang) {
			lines = append(lines, e.Text)
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%v: %q; want %q", lang, lines, want)
		}
	}
}

// What is said of several places within ten minutes is one line with both times; who is at a consultation, and channels
// that fail with the network, are told by other lines; an order that is overdue is told once.
func TestTimelineIsShort(t *testing.T) {
	in, _ := five()
	in.Scenario.Posts = []scenario.Post{{Name: "hq"}, {Name: "v1"}, {Name: "v2"}}
	in.Scenario.Officials = []scenario.Official{{Name: "li"}}
	in.Scenario.Meetings = []scenario.Meeting{{Name: "m1"}}
	in.Scenario.Channels = []scenario.Channel{{Name: "phone"}}
	in.Scenario.Institutions = []scenario.Institution{{Name: "i1", Title: sim.Text{ZH: "小学", EN: "School"}, Building: 1}}
	in.Scenario.Deployments = []scenario.Deployment{{Name: "d1"}}
	in.Scenario.Items = []scenario.DeploymentItem{{Of: "d1", Order: "evacuate_zone",
		Args: []sim.Arg{{Name: "zone", Value: in.Scenario.Zones[0].Name}}}}
	in.Names = scenario.NewDirectory(in.Scenario)
	minute := func(m int) sim.Time { return sim.Time(m) * sim.Time(sim.Minute) }
	post := func(id int32) sim.Ref { return sim.Ref{Kind: sim.KindPost, ID: id} }
	running := sim.Text{ZH: "转入应急指挥", EN: "now running as a command post"}
	report := func(at, n int, from int32) sim.Event {
		return sim.Event{At: minute(at), Kind: sim.EvReport, A: post(from), B: post(0), Num: float64(n)}
	}
	zone := sim.Ref{Kind: sim.KindZone}
	in.Events = []sim.Event{
		{At: minute(1), Kind: sim.EvOfficial, A: sim.Ref{Kind: sim.KindOfficial}, B: post(0),
			Count: int32(sim.OfficialBusy), Text: sim.AtMeeting(in.Names.TitleOf(sim.Ref{Kind: sim.KindMeeting}))},
		{At: minute(1), Kind: sim.EvPost, A: post(0), Count: int32(sim.PostTakenOver), Text: sim.Said("deputy")},
		{At: minute(2), Kind: sim.EvPost, A: post(1), Count: int32(sim.PostRunning), Text: running},
		{At: minute(11), Kind: sim.EvPost, A: post(2), Count: int32(sim.PostRunning), Text: running},
		{At: minute(12), Kind: sim.EvPost, A: post(0), Count: int32(sim.PostRunning), Text: running},
		report(13, 1, 1), report(14, 2, 1),
		{At: minute(20), Kind: sim.EvNetwork, A: zone},
		{At: minute(20), Kind: sim.EvChannel, A: sim.Ref{Kind: sim.KindChannel}, B: zone},
		{At: minute(21), Kind: sim.EvChannel, A: sim.Ref{Kind: sim.KindChannel}, B: zone},
		{At: minute(25), Kind: sim.EvInstitution, A: sim.Ref{Kind: sim.KindBuilding}, Num: 8},
		{At: minute(26), Kind: sim.EvInstitution, A: sim.Ref{Kind: sim.KindBuilding, ID: 1}, Num: 30},
		{At: minute(27), Kind: sim.EvHeadCount, A: sim.Ref{Kind: sim.KindShelter}, Count: 7, Num: 9},
		{At: minute(30), Kind: sim.EvDeployment, A: sim.Ref{Kind: sim.KindDeployment}, Count: 1},
		{At: minute(60), Kind: sim.EvDeployment, A: sim.Ref{Kind: sim.KindDeployment}, Count: 1},
	}
	var lines []string
	for _, e := range Timeline(in, sim.English) {
		lines = append(lines, strings.TrimSuffix(e.At.String()+" "+e.Until.String()+" "+e.Text, "."))
	}
	name := in.Names.Title(zone, sim.English)
	building := func(id int32) string { return in.Names.Title(sim.Ref{Kind: sim.KindBuilding, ID: id}, sim.English) }
	want := []string{
		"0:02:00 0:11:00 v1, v2: now running as a command post",
		"0:12:00 0:00:00 hq: now running as a command post",
		"0:13:00 0:00:00 v1: first report (no. 1) reaches hq",
		"0:20:00 0:00:00 The public network fails: " + name,
		"0:21:00 0:00:00 Channel down: phone (" + name + ")",
		"0:25:00 0:26:00 Told, and preparing: " + building(0) + " (8 persons), School (30 persons)",
		"0:27:00 0:00:00 Missing at the head count: " + in.Names.Title(sim.Ref{Kind: sim.KindShelter}, sim.English) +
			" (9 on the list, 7 there)",
		"0:30:00 0:00:00 d1, overdue and called again: Evacuate now: " + name,
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the timeline is\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}
