package evaluation

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// consulted is the drill of the river with a consultation that is called twice. The first time, at 0:20, nobody comes
// by 0:30. The second time, at 0:50, two of three are there at 1:05; it is over at 1:35 and its deployment goes out five
// minutes later, when somebody is there to sign it. The county has forecasts of 0:15, 1:00 and 1:38, the village one of
// 1:10.
func consulted() *Input {
	in := councilDrill()
	in.Scenario.Meetings = []scenario.Meeting{{Name: "m1", Title: sim.Text{ZH: "防汛会商", EN: "flood consultation"}}}
	in.Names = scenario.NewDirectory(in.Scenario)
	county, village := sim.RefTo(sim.KindPost, sim.PostID(0)), sim.RefTo(sim.KindPost, sim.PostID(1))
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	step := func(minutes int, count int32, num float64, text string) sim.Event {
		return sim.Event{At: at(minutes), Kind: sim.EvMeeting, A: sim.RefTo(sim.KindMeeting, sim.MeetingID(0)), B: county,
			C: sim.RefTo(sim.KindDeployment, sim.DeploymentID(0)), Count: count, Num: num, Text: sim.Said(text)}
	}
	outlook := func(minutes int, post sim.Ref, text string) sim.Event {
		return sim.Event{At: at(minutes), Kind: sim.EvForecastReceived, A: post, B: sim.Ref{Kind: sim.KindHazard}, Text: sim.Said(text)}
	}
	for i := range in.Events {
		if e := &in.Events[i]; e.Kind == sim.EvDeployment && e.Count == 0 {
			in.Events = append(in.Events[:i:i], append([]sim.Event{
				outlook(15, county, "nothing to come"), step(20, 0, 3, "called"), step(30, 3, 0, "nobody came"),
				step(50, 0, 3, "called"), outlook(60, county, "orange by 02:00"), step(65, 1, 2, "li and chen; not there: wang"),
				outlook(70, village, "of the village"), step(95, 2, 2, "minutes"), outlook(98, county, "too late for it"),
			}, in.Events[i:]...)...)
			break
		}
	}
	return in
}

func TestConsultations(t *testing.T) {
	list := consultations(consulted())
	if len(list) != 2 {
		t.Fatalf("%d consultations; want 2", len(list))
	}
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	a, b := list[0], list[1]
	if a.Called != at(20) || a.Began != never || a.There != 0 || a.Failed.EN != "nobody came" || a.LastedS() != -1 || a.Sent != never ||
		len(a.Forecasts) != 1 || a.Forecasts[0].EN != "nothing to come" {
		t.Errorf("%+v; want one that nobody came to", a)
	}
	if b.Called != at(50) || b.Began != at(65) || b.There != 2 || b.Members != 3 || b.LastedS() != 1800 || b.Orders != 2 ||
		b.Sent != at(100) || b.Sends.EN != "d1" || len(b.Forecasts) != 1 || b.Forecasts[0].EN != "orange by 02:00" {
		t.Errorf("%+v; want half an hour with two of three", b)
	}
	in := consulted()
	in.Events = append(in.Events, sim.Event{At: at(100), Kind: sim.EvDeployment, Count: 3, Num: 1,
		A: sim.RefTo(sim.KindDeployment, sim.DeploymentID(0))})
	if b = consultations(in)[1]; b.Orders != 2 || b.Held != 1 || b.Sent != at(100) {
		t.Errorf("%+v; want one of two orders held back", b)
	}
}

// Section 3 has them in a short table in either language; a drill without consultations has no such table.
func TestReportTellsOfConsultations(t *testing.T) {
	in := consulted()
	page := func(in *Input, lang sim.Lang) string {
		var b strings.Builder
		if err := WriteHTML(&b, in, Measure(in, riverUp()), Facts{}, nil, lang); err != nil {
			t.Fatal(err)
		}
		_, section, _ := strings.Cut(b.String(), `id="who"`)
		section, _, _ = strings.Cut(section, `id="where"`)
		return section
	}
	wants(t, page(in, sim.English), "<h3>Consultations</h3>", `<td>00:50</td><td>01:05</td><td class="missed">2 / 3</td><td>30 min</td>`+
		`<td class="l">d1</td><td>2</td><td>01:40</td>`, "li and chen; not there: wang. Forecast at hand: orange by 02:00. <",
		"nobody came. Forecast at hand: nothing to come. <")
	wants(t, page(in, sim.Chinese), "<h3>会商</h3>", "<td>防汛会商</td>", "<td>30 分</td>", "li and chen; not there: wang。所据预报：orange by 02:00。<")
	again := consulted()
	for i := range again.Events {
		if e := &again.Events[i]; e.Kind == sim.EvForecastReceived && e.Text.EN == "orange by 02:00" {
			e.At = again.Until // too late for both
		}
	}
	wants(t, page(again, sim.English), "Forecast at hand: nothing to come. <", "Forecast at hand: as above.<")
	lacks(t, page(councilDrill(), sim.English), "Consultations")
}
