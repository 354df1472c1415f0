package evaluation

import (
	"fmt"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Foretold is a forecast that posts have received, and what then came at the gauges.
type Foretold struct {
	Forecast *sim.Forecast
	Came     [][]sim.GaugeTruth // at each value's instant by gauge; nil beyond the end of the run
}

// ForecastWatch is the sink that collects the forecasts of a run and what came.
type ForecastWatch struct {
	Foretold []Foretold

	sc     *scenario.Scenario
	wanted map[sim.Time][]sim.GaugeTruth // instants of values, looked up and never ranged over
	seen   sim.Observation
	truth  sim.Truth
}

// NewForecastWatch returns a watch for a run of the scenario.
func NewForecastWatch(sc *scenario.Scenario) *ForecastWatch {
	return &ForecastWatch{sc: sc, wanted: make(map[sim.Time][]sim.GaugeTruth)}
}

// Before takes no commands.
func (*ForecastWatch) Before(sim.Time, []sim.Command) error { return nil }

// After notes which instants count when a forecast is issued, what is so when they come, and the forecast when a post
// has it. What is published at an instant is out a tick later; a run that ends in that very instant has no such tick,
// and then what was published last before it is what came.
func (w *ForecastWatch) After(now sim.Time, events []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	for _, e := range events {
		switch e.Kind {
		case sim.EvForecast:
			o := scenario.OutlookOf(w.sc.Hazards[e.A.ID].Spec)
			for k := range o.Steps() {
				w.wanted[e.At.Add(sim.Duration(k+1)*o.Step)] = nil
			}
		case sim.EvForecastReceived:
			w.receive(sim.PostID(e.A.ID), view)
		}
	}
	w.note(now, view)
	w.note(now.Add(-sim.Tick), view)
	return nil
}

// note takes what is so now for what came at an instant, when a forecast speaks of it.
func (w *ForecastWatch) note(at sim.Time, view sim.Viewer) {
	if _, ok := w.wanted[at]; !ok {
		return
	}
	view.Truth(&w.truth)
	w.wanted[at] = slices.Clone(w.truth.Gauges)
	for i := range w.Foretold {
		w.Foretold[i].fill(w.wanted)
	}
}

// receive keeps the forecasts of a post that are not yet known.
func (w *ForecastWatch) receive(post sim.PostID, view sim.Viewer) {
	view.Observe(post, &w.seen)
	for _, k := range w.seen.Forecasts {
		if slices.ContainsFunc(w.Foretold, func(f Foretold) bool {
			return f.Forecast.Hazard == k.Forecast.Hazard && f.Forecast.Issued == k.Forecast.Issued
		}) {
			continue
		}
		f := Foretold{Forecast: k.Forecast, Came: make([][]sim.GaugeTruth, k.Forecast.Steps)}
		f.fill(w.wanted)
		w.Foretold = append(w.Foretold, f)
	}
}

func (f *Foretold) fill(known map[sim.Time][]sim.GaugeTruth) {
	for k := range f.Came {
		if came := known[f.Forecast.At(k)]; came != nil {
			f.Came[k] = came
		}
	}
}

// foretoldTable compares forecasts with what came.
type foretoldTable struct {
	Leads  []string
	Rows   []foretoldRow
	Scores []string
}

type foretoldRow struct {
	Issued sim.Time
	Gauge  string
	Cells  []string
}

// score adds up the errors of the medians at one lead for one kind of gauge.
type score struct {
	n, inside int
	sum       float64
}

// foretellings writes the table, with a column for every hour of lead and the last value; nil without forecasts.
func foretellings(in *Input, lang sim.Lang) *foretoldTable {
	if len(in.Foretold) == 0 {
		return nil
	}
	first := in.Foretold[0].Forecast
	columns := leadColumns(first)
	t := &foretoldTable{}
	for _, k := range columns {
		t.Leads = append(t.Leads, spanText(sim.Duration(sim.Duration(k+1)*first.Step).Seconds(), lang))
	}
	scores := map[string][]score{scenario.GaugeStage: make([]score, len(columns)),
		scenario.GaugeRain: make([]score, len(columns))}
	for _, f := range in.Foretold {
		if f.Forecast.Step != first.Step || f.Forecast.Steps != first.Steps {
			continue // of another hazard with other leads
		}
		for g := range in.Scenario.Gauges {
			row := foretoldRow{Issued: f.Forecast.Issued, Gauge: in.Names.Title(sim.RefTo(sim.KindGauge, sim.GaugeID(g)), lang)}
			gauge := &in.Scenario.Gauges[g]
			for c, k := range columns {
				row.Cells = append(row.Cells, f.cell(sim.GaugeID(g), gauge, k, &scores[kindOf(gauge)][c]))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.say(scores[scenario.GaugeStage], sim.Text{ZH: "水位", EN: "levels"}, "%.2f", sim.Text{ZH: "米", EN: "m"}, lang)
	t.say(scores[scenario.GaugeRain], sim.Text{ZH: "1小时雨量", EN: "rain in 1 h"}, "%.1f", sim.Text{ZH: "毫米", EN: "mm"}, lang)
	return t
}

func kindOf(g *scenario.Gauge) string {
	if g.Kind == scenario.GaugeRain {
		return scenario.GaugeRain
	}
	return scenario.GaugeStage
}

// leadColumns are the values at whole hours, and the last one.
func leadColumns(f *sim.Forecast) []int {
	var list []int
	for k := range f.Steps {
		if lead := sim.Duration(k+1) * f.Step; lead%sim.Hour == 0 || k == f.Steps-1 {
			list = append(list, k)
		}
	}
	return list
}

// cell writes one comparison, and adds it to the score. The error beside two values is that of the values as they are
// written, so that a reader finds it again; the score adds up the exact ones.
func (f *Foretold) cell(id sim.GaugeID, g *scenario.Gauge, k int, s *score) string {
	window, form, fine := sim.Duration(0), "%.2f", 100.0
	if g.Kind == scenario.GaugeRain {
		window, form, fine = sim.Hour, "%.1f", 10
	}
	low, median, high, ok := f.Forecast.Fan(id, window, k)
	if !ok {
		return "–"
	}
	written := func(v float64) float64 { return math.Round(v*fine) / fine }
	number := func(v float64) string { return fmt.Sprintf(form, written(v)) }
	mid := float64(median) / 1000
	text := fmt.Sprintf("%s (%s–%s)", number(mid), number(float64(low)/1000), number(float64(high)/1000))
	if f.Came[k] == nil {
		return text
	}
	came := f.Came[k][id].Level
	if at, rain := sim.RainWindow(window); rain {
		came = f.Came[k][id].Rain[at]
	}
	s.n++
	s.sum += math.Abs(mid - came)
	if v := math.Round(came * 1000); v >= float64(low) && v <= float64(high) {
		s.inside++
	}
	miss := fmt.Sprintf("%+"+form[1:], written(written(mid)-written(came))+0) // + 0: no negative zero
	return fmt.Sprintf("%s → %s, %s", text, number(came), miss)
}

// say writes how good the forecasts were, by lead.
func (t *foretoldTable) say(scores []score, what sim.Text, form string, unit sim.Text, lang sim.Lang) {
	for c, s := range scores {
		if s.n == 0 {
			continue
		}
		mean := fmt.Sprintf(form, s.sum/float64(s.n))
		t.Scores = append(t.Scores, sim.Say("%s，预见期 %s：平均误差 %s %s，%d 次中 %d 次落在成员之间",
			"%s, %s ahead: mean error %s %s, %[6]d of %[5]d came between the lowest and the highest member", what,
			t.Leads[c], mean, unit, s.n, s.inside).In(lang))
	}
}
