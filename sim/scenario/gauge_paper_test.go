package scenario

import (
	"slices"
	"testing"

	"sandtable/sim"
)

// The critical rain of Jianghua County, value by value, and that any one window is enough: rain that is at one value and
// far below all others gives its level and no higher one.
//
// Reference: Jianghua County (江华县), 山洪地质灾害临界雨量, as given on fymate.net, page 17315988.
func TestJianghua(t *testing.T) {
	g := Gauge{Kind: GaugeRain, Table: TableJianghua}
	windows := []sim.Duration{sim.Hour, 3 * sim.Hour, 6 * sim.Hour, 24 * sim.Hour}
	want := map[string][4]float64{
		"blue": {35, 55, 70, 100}, "yellow": {45, 75, 95, 130}, "orange": {60, 100, 120, 160}, "red": {80, 120, 150, 200},
	}
	if n := len(g.Limits()); n != 16 {
		t.Fatalf("%d thresholds; want 16", n)
	}
	level := func(rain sim.RainDepths) string {
		worst := 0
		for _, limit := range g.Limits() {
			if _, above := limit.Check(0, rain); above {
				own, _ := sim.WarningByName(limit.Warning)
				worst = max(worst, own)
			}
		}
		return sim.WarningLevels()[worst]
	}
	last := map[sim.Duration]string{}
	for _, name := range sim.WarningLevels()[1:] {
		for k, window := range windows {
			var rain sim.RainDepths
			at, _ := sim.RainWindow(window)
			if rain[at] = want[name][k]; level(rain) != name {
				t.Errorf("%g mm in %v: %s; want %s", rain[at], window, level(rain), name)
			}
			below := "none"
			if last[window] != "" {
				below = last[window]
			}
			if rain[at] -= 0.001; level(rain) != below {
				t.Errorf("%g mm in %v: %s; want %s", rain[at], window, level(rain), below)
			}
			last[window] = name
		}
	}
	for _, limit := range g.Limits() {
		if limit.Title.ZH == "" || limit.Title.EN == "" || limit.Meaning().ZH == "" {
			t.Errorf("%+v is not named in both languages", limit)
		}
	}
}

func TestThresholdWords(t *testing.T) {
	rain := Threshold{Window: 30 * sim.Minute, Depth: 20, Title: sim.Text{ZH: "暴雨", EN: "heavy rain"}, Warning: "orange",
		Action: "prepare"}
	stage := Threshold{Level: new(53.2), Title: sim.Text{ZH: "警戒水位", EN: "warning level"}}
	for _, c := range []struct{ got, want sim.Text }{
		{rain.Reading(36.24), sim.Text{ZH: "30分钟雨量 36.2 毫米", EN: "36.2 mm in 30 min"}},
		{rain.Full(), sim.Text{ZH: "暴雨（橙色预警，准备转移）", EN: "heavy rain (orange warning, prepare to move)"}},
		{stage.Reading(53.204), sim.Text{ZH: "水位 53.20 米", EN: "53.20 m"}},
		{stage.Full(), stage.Title},
	} {
		if c.got != c.want {
			t.Errorf("%+v; want %+v", c.got, c.want)
		}
	}
}

// What a gauge reads and the threshold that it is above are of one window: 134.5 mm in 6 h, and not 56.4 mm in 1 h, are
// above 120 mm in 6 h.
func TestGaugeShows(t *testing.T) {
	table := Gauge{Kind: GaugeRain, Table: TableJianghua}
	stage := Gauge{Thresholds: []Threshold{{Level: new(53.2)}}}
	var rain sim.RainDepths
	for window, depth := range map[sim.Duration]float64{sim.Hour: 56.4, 6 * sim.Hour: 134.5} {
		k, _ := sim.RainWindow(window)
		rain[k] = depth
	}
	orange := slices.IndexFunc(table.Limits(), func(l Threshold) bool { return l.Window == 6*sim.Hour && l.Depth == 120 })
	for _, c := range []struct{ got, want sim.Text }{
		{table.Shows(0, rain, -1), sim.Text{ZH: "1小时雨量 56.4 毫米", EN: "56.4 mm in 1 h"}},
		{table.Shows(0, rain, orange), sim.Text{ZH: "6小时雨量 134.5 毫米", EN: "134.5 mm in 6 h"}},
		{stage.Shows(53.31, rain, 0), sim.Text{ZH: "53.31 米", EN: "53.31 m"}},
	} {
		if c.got != c.want {
			t.Errorf("%+v; want %+v", c.got, c.want)
		}
	}
}
