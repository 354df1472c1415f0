package storm

import (
	"fmt"
	"slices"

	"sandtable/sim"
)

// Doubts returns what is doubtful about the rain in a drill that lasts so long: files that begin after the end, and
// files with a hole in time. The configuration has been checked.
func (c *Config) Doubts(lasts sim.Duration) []sim.Problem {
	k := &checker{}
	for i := range c.Gridded {
		g, path := &c.Gridded[i], fmt.Sprintf("gridded[%d].", i)
		if len(g.Times) > 0 {
			k.hole(path+"times", g.Times, true)
			continue
		}
		for n := range g.Series {
			times, at := g.Series[n].Times, fmt.Sprintf("%sfiles[%d]", path, n)
			if len(times) > 0 && times[0] >= lasts {
				k.add(at, "%s：降雨从演练结束（%s）之后开始；应从结束前的时刻写起",
					"its rain begins at %s, after the end of the drill, at %s; want it to begin before", times[0], lasts)
			}
			k.hole(at, times, false)
		}
	}
	return k.list
}

// hole reports a step in time that is longer than all others, which are equal: values may be missing there. What stands
// before the hole would last through it.
func (k *checker) hole(path string, times []sim.Duration, each bool) {
	if len(times) < 4 {
		return // nothing is usual yet
	}
	steps := make([]sim.Duration, len(times)-1)
	for i := range steps {
		steps[i] = times[i+1] - times[i]
	}
	usual := slices.Sorted(slices.Values(steps))[len(steps)/2]
	for i, step := range steps {
		if step <= usual || step%usual != 0 {
			continue
		}
		at := path
		if each {
			at = fmt.Sprintf("%s[%d]", path, i+1)
		}
		k.add(at, "%[1]s 之后是 %[2]s，其余各步为 %[3]s：缺少数值，雨强会保持到 %[2]s；应补上缺少的时刻",
			"%[2]s after %[1]s, where other steps are %[3]s: values seem to be missing, and the rates hold until %[2]s; "+
				"want the times between", times[i], times[i+1], usual)
		return
	}
}
