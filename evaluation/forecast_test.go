package evaluation

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// A forecast of two hours in four steps by three members, issued at 0:10, with a stage and a rain gauge. After one hour
// the level is 51.204 m where the members have 50.9, 50.995 and 51.5: as they are written, 51.20 and 51.00 m, the median is
// 0.20 m too low, exactly 0.209 m, and what came lies between them. After two hours the run has ended. The rain of the
// hour is 30 mm where they have 10, 12 and 20.
func TestReportComparesForecasts(t *testing.T) {
	curve := func(values ...int32) []int32 { return values }
	f := &sim.Forecast{Issued: sim.Time(10 * sim.Minute), Step: 30 * sim.Minute, Steps: 4}
	hour, _ := sim.RainWindow(sim.Hour)
	for m, level := range []int32{51500, 50900, 50995} {
		x := sim.Foreseen{Gauges: make([]sim.GaugeAhead, 2)}
		x.Gauges[0].Level = curve(50000, level, level, level)
		x.Gauges[1].Rain[hour] = curve(0, []int32{10000, 20000, 12000}[m], 0, 0)
		f.Members = append(f.Members, x)
	}
	came := []sim.GaugeTruth{{Level: 51.204}, {}}
	came[1].Rain[hour] = 30
	change := func(in *Input) {
		in.Scenario.Gauges = []scenario.Gauge{
			{Name: "g", Title: sim.Text{ZH: "桥站", EN: "Bridge"}}, {Name: "r", Title: sim.Said("R"), Kind: scenario.GaugeRain}}
		in.Foretold = []Foretold{{f, [][]sim.GaugeTruth{nil, came, nil, nil}}}
	}
	wants(t, html(t, sim.English, change), "Forecasts and what came", "<th>+1 h</th>", "<th>+2 h</th>",
		`<td class="l">Bridge</td><td>51.00 (50.90–51.50) → 51.20, -0.20</td><td>51.00 (50.90–51.50)</td>`,
		"<td>12.0 (10.0–20.0) → 30.0, -18.0</td>",
		"levels, 1 h ahead: mean error 0.21 m, 1 of 1 came between the lowest and the highest member",
		"rain in 1 h, 1 h ahead: mean error 18.0 mm, 0 of 1 came between the lowest and the highest member")
	wants(t, html(t, sim.Chinese, change), "预报与实况", "水位，预见期 1 小时：平均误差 0.21 米，1 次中 1 次落在成员之间")
	lacks(t, html(t, sim.English, func(*Input) {}), "Forecasts and what came")
}

// tide is a hazard that foresees two values, 5 and 10 min after its issue at the start.
type tide struct{ sim.HazardSpec }

func (tide) Outlook() sim.Outlook {
	return sim.Outlook{Every: sim.Hour, Lead: 10 * sim.Minute, Step: 5 * sim.Minute, Members: 1}
}

// rising is a view in which one gauge rises by 1 mm a second, published every 30 s, after the tick of that instant.
type rising struct {
	sim.Viewer
	now sim.Time
}

func (v *rising) Truth(t *sim.Truth) {
	published := (v.now - 1) / sim.Time(30*sim.Second) * sim.Time(30*sim.Second)
	t.Gauges = append(t.Gauges[:0], sim.GaugeTruth{Level: published.Seconds() / 1000})
}

func (*rising) Observe(_ sim.PostID, o *sim.Observation) {
	o.Forecasts = []sim.ForecastKnown{{Forecast: &sim.Forecast{Step: 5 * sim.Minute, Steps: 2}}}
}

// A value is compared with what was published at its instant, also the one that falls due when the run ends: that is
// compared with what was published last, 30 s before.
func TestForecastIsComparedToTheEnd(t *testing.T) {
	w := NewForecastWatch(&scenario.Scenario{Hazards: []scenario.Hazard{{Spec: tide{}}}})
	view := &rising{}
	for view.now = sim.Time(sim.Tick); view.now <= sim.Time(10*sim.Minute); view.now = view.now.Add(sim.Tick) {
		var events []sim.Event
		switch view.now {
		case sim.Time(sim.Tick):
			events = []sim.Event{{Kind: sim.EvForecast, A: sim.RefTo(sim.KindHazard, sim.HazardID(0))}}
		case sim.Time(2 * sim.Minute):
			events = []sim.Event{{Kind: sim.EvForecastReceived, A: sim.RefTo(sim.KindPost, sim.PostID(0))}}
		}
		if err := w.After(view.now, events, nil, view); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.Foretold) != 1 {
		t.Fatalf("%d forecasts; want 1", len(w.Foretold))
	}
	for k, want := range []float64{0.300, 0.570} {
		if came := w.Foretold[0].Came[k]; came == nil || came[0].Level != want {
			t.Errorf("value %d: %+v came; want a level of %g m", k, came, want)
		}
	}
}
