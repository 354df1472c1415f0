package flood

import (
	"fmt"
	"math"
)

func (k *checker) reservoir(path string, r *Reservoir) {
	if r.Name == "" {
		k.add(path+"name", "没有名称；应有名称", "no name; want one")
	}
	k.rising(path+"levels", r.Levels)
	k.rising(path+"volumes", r.Volumes)
	if len(r.Levels) != len(r.Volumes) {
		k.add(path+"volumes", "%[2]d 个水位对应 %[1]d 个库容；两者应同样多",
			"%d volumes for %d levels; want as many of each", len(r.Volumes), len(r.Levels))
	}
	if n := len(r.Levels); n > 0 && !(r.Level >= r.Levels[0] && r.Level <= r.Levels[n-1]) {
		k.add(path+"level", "%g 米；应在库容曲线水位 %g 至 %g 米之内",
			"%g m; want a level of the curve, %g to %g m", r.Level, r.Levels[0], r.Levels[n-1])
	}
	if n := len(r.Levels); n > 0 && r.Dam.Crest <= r.Levels[0] {
		k.add(path+"dam.crest", "%g 米；应高于库容曲线最低水位 %g 米", "%g m; want a level above the lowest of the curve, %g m",
			r.Dam.Crest, r.Levels[0])
	}
	k.place(path+"release", r.Release)
	k.polygon(path+"lake", r.Lake)
	for i := range r.Gates {
		k.gate(fmt.Sprintf("%sgate[%d].", path, i), &r.Gates[i])
	}
	k.breach(path+"breach.", r)
}

func (k *checker) gate(path string, g *Gate) {
	if g.Name == "" {
		k.add(path+"name", "没有名称；指令要用名称指定它", "no name; want one, by which orders name it")
	}
	if v := g.Opening; !(v >= 0 && v <= 100) || v != 5*math.Floor(v/5) {
		k.add(path+"opening", "%g%%；应为 0 至 100%%，以 5%% 为级", "%g %%; want 0 to 100 %% in steps of 5", v)
	}
}

func (k *checker) breach(path string, r *Reservoir) {
	b := &r.Breach
	switch b.Trigger {
	case TriggerNone:
		if b.Peak != 0 || b.Bottom != 0 || b.At != 0 || b.Level != 0 {
			k.add(path+"trigger", "描述了溃决，却没有 trigger；应为 order、time 或 level",
				"no trigger for the breach that is described; want order, time or level")
		}
		return
	case TriggerLevel:
		if n := len(r.Levels); n > 0 && !(b.Level > r.Levels[0] && b.Level <= highestGround) {
			k.add(path+"level", "%g 米；应高于库容曲线最低水位 %g 米",
				"%g m; want a level above the lowest of the curve, %g m", b.Level, r.Levels[0])
		}
	}
	if b.Peak == 0 {
		if n := len(r.Levels); n > 0 && r.Dam.Crest > r.Levels[0] && !(b.Bottom >= r.Levels[0] && b.Bottom < r.Dam.Crest) {
			k.add(path+"bottom", "%g 米；应不低于库容曲线最低水位 %g 米，且低于坝顶 %g 米",
				"%g m; want from the lowest level of the curve, %g m, to below the dam's crest, %g m",
				b.Bottom, r.Levels[0], r.Dam.Crest)
		}
		return
	}
	if b.TimeToPeak <= 0 || b.TimeToPeak >= b.Duration {
		k.add(path+"time_to_peak", "%[2]v 中的 %[1]v；应大于 0 且小于持续时间",
			"%v of %v; want more than 0 and less than the duration", b.TimeToPeak, b.Duration)
	}
}

// names reports names that two structures or two reservoirs share.
func (k *checker) names(c *Config) {
	var seen []string
	take := func(path, name string) {
		for _, other := range seen {
			if name == other && name != "" {
				k.add(path, "又一个名为 %q 的工程；名称不得重复", "a second structure of the name %q; want names of their own", name)
				return
			}
		}
		seen = append(seen, name)
	}
	for i := range c.Reservoirs {
		r := &c.Reservoirs[i]
		take(fmt.Sprintf("reservoir[%d].name", i), r.Name)
		for g := range r.Gates {
			take(fmt.Sprintf("reservoir[%d].gate[%d].name", i, g), r.Gates[g].Name)
		}
	}
	for _, s := range c.named() {
		take(s.path, s.name)
	}
}
