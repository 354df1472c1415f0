package evaluation

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Objectives are judged by both limits, and a time that there is not meets none.
func TestJudge(t *testing.T) {
	x := func(v float64) *float64 { return &v }
	m := &Measures{AtRisk: 200, MovedBeforeWater: 150, Dead: 2, ClearanceS: 5400}
	for _, c := range []struct {
		objective scenario.Objective
		met       bool
		got, want string
	}{
		{scenario.Objective{Measure: "moved_before_water_share", AtLeast: x(0.8)}, false, "75.0 %", "≥ 80.0 %"},
		{scenario.Objective{Measure: "moved_before_water_share", AtLeast: x(0.75), AtMost: x(1)}, true, "75.0 %",
			"≥ 75.0 %, ≤ 100.0 %"},
		{scenario.Objective{Measure: "dead", AtMost: x(0)}, false, "2", "≤ 0"},
		{scenario.Objective{Measure: "dead", AtMost: x(2)}, true, "2", "≤ 2"},
		{scenario.Objective{Measure: "clearance_s", AtMost: x(5400)}, true, spanText(5400, sim.English), "≤ " + spanText(5400, sim.English)},
	} {
		in := &Input{Scenario: &scenario.Scenario{Objectives: []scenario.Objective{c.objective}}}
		r := judge(in, m)[0]
		if r.Met != c.met || r.Got(sim.English) != c.got || r.Want(sim.English) != c.want {
			t.Errorf("%s: %v, %q, %q; want %v, %q, %q", c.objective.Measure, r.Met, r.Got(sim.English), r.Want(sim.English), c.met, c.got, c.want)
		}
	}
	in := &Input{Scenario: &scenario.Scenario{Objectives: []scenario.Objective{{Name: "clear",
		Title: sim.Text{ZH: "清空", EN: "Cleared"}, Measure: "clearance_s", AtMost: x(5400)}}}}
	r := judge(in, &Measures{ClearanceS: -1})[0]
	if r.Met || r.Got(sim.English) != spanText(-1, sim.English) || r.Title.EN != "Cleared" {
		t.Errorf("%+v, %q; want it missed where nobody has left", r, r.Got(sim.English))
	}
}
