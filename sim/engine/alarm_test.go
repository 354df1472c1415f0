package engine

import (
	"fmt"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// A gauge as a duty officer follows it: one line for each level that is reached, none for a further window of it, none
// for a flutter about it, and one when it has been below everything for half an hour. Readings are 5 min apart; each
// names the thresholds that it is above.
func TestAlarm(t *testing.T) {
	jianghua := scenario.Gauge{Kind: scenario.GaugeRain, Table: scenario.TableJianghua} // 0-3 blue, 4-7 yellow, 8-11 orange
	stage := scenario.Gauge{Thresholds: []scenario.Threshold{{Level: new(1.0)}, {Level: new(2.0)}, {Level: new(3.0)}}}
	plain := scenario.Gauge{Kind: scenario.GaugeRain, Thresholds: []scenario.Threshold{
		{Window: sim.Hour, Depth: 20}, {Window: sim.Hour, Depth: 40}, {Window: 3 * sim.Hour, Depth: 50}}}
	mixed := scenario.Gauge{Kind: scenario.GaugeRain, Thresholds: []scenario.Threshold{
		{Window: sim.Hour, Depth: 80, Warning: "red"}, {Window: 3 * sim.Hour, Depth: 90, Action: "move"}}}
	dry := []int{}
	hold := func(n int, above ...int) (list [][]int) { return slices.Repeat([][]int{above}, n) }
	for _, c := range []struct {
		name  string
		gauge scenario.Gauge
		above [][]int
		want  []string
	}{
		{"one level by four windows", jianghua, [][]int{dry, {1}, {0, 1}, {0, 1, 2}, {0, 1, 2, 3}}, []string{"5 alarm 1"}},
		{"level after level", jianghua, [][]int{{1}, {0, 1, 5}, {0, 1, 5, 9}}, []string{"0 alarm 1", "5 alarm 5", "10 alarm 9"}},
		{"two levels in one reading", jianghua, [][]int{dry, {0, 1, 2, 5}}, []string{"5 alarm 5"}},
		{"the shorter of two windows", jianghua, [][]int{{0, 1, 2, 5, 6}}, []string{"0 alarm 5"}},
		{"a dam-break wave", stage, [][]int{dry, {0, 1, 2}}, []string{"5 alarm 2"}},
		{"a flutter", stage, [][]int{{0}, dry, {0}, dry, dry, {0}, dry, dry, dry, dry, dry, {0}}, []string{"0 alarm 0"}},
		{"lifted after half an hour", stage, append([][]int{{0, 1}}, hold(9)...), []string{"0 alarm 1", "35 clear 0"}},
		{"lifted once, and up again", stage, append(append([][]int{{0}}, hold(20)...), []int{0}),
			[]string{"0 alarm 0", "35 clear 0", "105 alarm 0"}},
		{"the last window that falls", jianghua, append([][]int{{0, 3, 4}, {0, 3}, {3}}, hold(7)...),
			[]string{"0 alarm 4", "45 clear 3"}},
		{"down a level for long, and up again", jianghua, append(append([][]int{{0, 4}}, hold(7, 0)...), []int{0, 5}),
			[]string{"0 alarm 4", "40 alarm 5"}},
		{"down a level for short, and up again", jianghua, append(append([][]int{{0, 4}}, hold(5, 0)...), []int{0, 5}),
			[]string{"0 alarm 4"}},
		{"down two levels, one of them only for short", stage, append(append(append([][]int{{0, 1, 2}}, hold(6, 0, 1)...),
			[]int{0}), []int{0, 1}), []string{"0 alarm 2"}},
		{"depths that stand for nothing", plain, [][]int{{0}, {0, 2}, {0, 1, 2}}, []string{"0 alarm 0", "10 alarm 1"}},
		{"an action beside a warning level", mixed, [][]int{{0}, {0, 1}}, []string{"0 alarm 0", "5 alarm 1"}},
	} {
		a, got := newAlarm(len(c.gauge.Limits())), []string(nil)
		for i, list := range c.above {
			passed := make([]bool, len(c.gauge.Limits()))
			for _, k := range list {
				passed[k] = true
			}
			kind, k := a.read(sim.Time(5*i)*sim.Time(sim.Minute), &c.gauge, passed)
			switch kind {
			case sim.EvGaugeAlarm:
				got = append(got, fmt.Sprintf("%d alarm %d", 5*i, k))
			case sim.EvGaugeClear:
				got = append(got, fmt.Sprintf("%d clear %d", 5*i, k))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
		}
	}
}
