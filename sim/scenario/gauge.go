package scenario

import (
	"fmt"

	"sandtable/sim"
)

// Limits returns the thresholds of a gauge: those of its table, or its own. Events and readings count them from 0.
func (g *Gauge) Limits() []Threshold {
	if g.Table == TableJianghua {
		return jianghua
	}
	return g.Thresholds
}

// Limit returns the threshold of that number; nil when there is none.
func (g *Gauge) Limit(k int) *Threshold {
	if list := g.Limits(); k >= 0 && k < len(list) {
		return &list[k]
	}
	return nil
}

// Grade is how grave it is what a gauge shows, in the three ways in which thresholds say it. The zero Grade is nothing.
type Grade struct {
	Warning int             // level, index into WarningLevels
	Action  sim.GaugeAction // what is asked for
	Mark    int             // thresholds of one measure, from 1
}

// Exceeds says whether a grade is higher than another one in any of the three ways.
func (g Grade) Exceeds(o Grade) bool {
	return g.Warning > o.Warning || g.Action > o.Action || g.Mark > o.Mark
}

// With returns the grade of both together.
func (g Grade) With(o Grade) Grade {
	return Grade{max(g.Warning, o.Warning), max(g.Action, o.Action), max(g.Mark, o.Mark)}
}

// Grade returns how grave it is to be above the threshold of that number. The levels of a stage gauge rise, each is a
// mark of its own. Rain counts by the warning level and the action that it stands for, whichever window they are of;
// only depths that stand for neither are marks, among those of their window.
func (g *Gauge) Grade(k int) Grade {
	list := g.Limits()
	if g.Kind != GaugeRain {
		return Grade{Mark: k + 1}
	}
	level, _ := sim.WarningByName(list[k].Warning)
	action, _ := sim.GaugeActionByName(list[k].Action)
	if level > 0 || action > 0 {
		return Grade{Warning: level, Action: action}
	}
	mark := 0
	for i := range list[:k+1] {
		if list[i].Window == list[k].Window {
			mark++
		}
	}
	return Grade{Mark: mark}
}

// Reading writes what a gauge shows where a threshold is crossed: "水位 52.31 米", "1小时雨量 36.2 毫米".
func (t *Threshold) Reading(value float64) sim.Text {
	if t.Window > 0 {
		return sim.Say("%s雨量 %.1f 毫米", "%.1[2]f mm in %[1]s", spanWords(t.Window), value)
	}
	return sim.Say("水位 %.2f 米", "%.2f m", value)
}

// Shows writes what a gauge reads: its level, or the rain of the last hour. A rain gauge that is above the threshold of
// that number shows the rain in the window of the threshold, so that both can be compared.
func (g *Gauge) Shows(level float64, rain sim.RainDepths, above int) sim.Text {
	if g.Kind == GaugeRain {
		in := Threshold{Window: sim.Hour}
		if limit := g.Limit(above); limit != nil {
			in = *limit
		}
		k, _ := sim.RainWindow(in.Window)
		return in.Reading(rain[k])
	}
	return sim.Say("%.2f 米", "%.2f m", level)
}

// Meaning writes the warning level and the action of a threshold: "橙色预警，准备转移"; nothing when it has neither.
func (t *Threshold) Meaning() sim.Text {
	var list []sim.Text
	if level, ok := sim.WarningByName(t.Warning); ok && level > 0 {
		list = append(list, sim.Say("%s预警", "%s warning", sim.WarningTitle(level)))
	}
	if action, ok := sim.GaugeActionByName(t.Action); ok && action > 0 {
		list = append(list, action.Title())
	}
	return sim.Join(list, sim.Text{ZH: "，", EN: ", "})
}

// Full is the name of a threshold with its meaning in brackets.
func (t *Threshold) Full() sim.Text {
	if m := t.Meaning(); !m.Empty() {
		return sim.Say("%s（%s）", "%s (%s)", t.Title, m)
	}
	return t.Title
}

// spanWords writes a window of rain.
func spanWords(d sim.Duration) sim.Text {
	if d < sim.Hour {
		return sim.Say("%d分钟", "%d min", int64(d/sim.Minute))
	}
	return sim.Say("%d小时", "%d h", int64(d/sim.Hour))
}

// gauges checks what the tags cannot say of gauges and their thresholds.
func (c *checker) gauges() {
	for i := range c.sc.Gauges {
		g, path := &c.sc.Gauges[i], fmt.Sprintf("gauge[%d]", i)
		switch g.Kind {
		case GaugeRain:
			c.rainGauge(g, path)
		case GaugeStage, "":
			c.stageGauge(g, path)
		}
	}
}

func (c *checker) stageGauge(g *Gauge, path string) {
	if g.Table != "" {
		c.add(path+".table", "水位站不能用雨量表；应写 threshold，或 kind = \"rain\"",
			"a table of rain at a stage gauge; want thresholds, or kind = \"rain\"")
	}
	if g.Antecedent != 0 {
		c.add(path+".antecedent", "水位站没有前期降雨；应删去，或写 kind = \"rain\"",
			"antecedent rain at a stage gauge; want none, or kind = \"rain\"")
	}
	for k, t := range g.Thresholds {
		at := fmt.Sprintf("%s.threshold[%d]", path, k)
		switch {
		case t.Level == nil:
			c.add(at+".level", "缺少水位；水位站的每个阈值都应写 level", "missing; want a level for each threshold of a stage gauge")
		case k > 0 && g.Thresholds[k-1].Level != nil && !(*t.Level > *g.Thresholds[k-1].Level):
			c.add(at+".level", "%g 米排在 %g 米之后；特征水位应由低到高", "%g m after a threshold at %g m; want levels that rise",
				*t.Level, *g.Thresholds[k-1].Level)
		}
		if t.Window != 0 {
			c.add(at+".window", "水位站没有时段；应写 level", "a window at a stage gauge; want a level")
		}
		if t.Depth != 0 {
			c.add(at+".depth", "水位站没有雨量；应写 level", "a depth of rain at a stage gauge; want a level")
		}
		c.sinking(g.Thresholds[:k+1], at)
	}
}

func (c *checker) rainGauge(g *Gauge, path string) {
	if g.Table != "" && len(g.Thresholds) > 0 {
		c.add(path+".threshold", "同时写了 table 和 threshold；只能写其一", "both a table and thresholds; want one of them")
	}
	for k, t := range g.Thresholds {
		at := fmt.Sprintf("%s.threshold[%d]", path, k)
		if t.Level != nil {
			c.add(at+".level", "雨量站没有水位；应写 window 和 depth", "a level at a rain gauge; want a window and a depth")
		}
		c.window(at+".window", t.Window)
		if t.Depth == 0 {
			c.add(at+".depth", "缺少雨量；雨量站的每个阈值都应写 depth", "missing; want a depth for each threshold of a rain gauge")
		}
		for j := k - 1; j >= 0; j-- {
			if o := g.Thresholds[j]; o.Window == t.Window {
				if !(t.Depth > o.Depth) {
					c.add(at+".depth", "%g 毫米排在同一时段的 %g 毫米之后；应由小到大",
						"%g mm after %g mm in the same window; want depths that rise", t.Depth, o.Depth)
				}
				break
			}
		}
		c.sinking(g.Thresholds[:k+1], at)
	}
}

// window checks the window of a depth of rain.
func (c *checker) window(path string, d sim.Duration) {
	if _, ok := sim.RainWindow(d); ok {
		return
	}
	words := make([]sim.Text, len(sim.RainWindows))
	for k, w := range sim.RainWindows {
		words[k] = sim.Said(w.String())
	}
	if d == 0 {
		c.add(path, "缺少时段；应为 %s 之一", "missing; want one of %s", words)
		return
	}
	c.add(path, "%s；应为 %s 之一", "%s; want one of %s", d, words)
}

// sinking reports a threshold whose warning level is below that of one before it.
func (c *checker) sinking(list []Threshold, path string) {
	last := len(list) - 1
	own, _ := sim.WarningByName(list[last].Warning)
	if list[last].Warning == "" {
		return
	}
	for _, t := range list[:last] {
		if level, ok := sim.WarningByName(t.Warning); ok && level > own {
			c.add(path+".warning", "%s排在%s之后；预警级别应由低到高", "%s after %s; want warning levels that rise",
				sim.WarningTitle(own), sim.WarningTitle(level))
			return
		}
	}
}

// Check returns what a reading shows where the threshold is measured, the level [m] or the rain in its window [mm], and
// whether that is at or above the threshold.
func (t *Threshold) Check(level float64, rain sim.RainDepths) (value float64, above bool) {
	if k, ok := sim.RainWindow(t.Window); ok {
		return rain[k], rain[k] >= t.Depth
	}
	return level, t.Level != nil && level >= *t.Level
}

// Value is the limit itself: a level [m] or a depth of rain [mm].
func (t *Threshold) Value() float64 {
	if t.Window > 0 || t.Level == nil {
		return t.Depth
	}
	return *t.Level
}
