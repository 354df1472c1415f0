package scenario

import (
	"fmt"
	"slices"
	"strings"

	"sandtable/sim"
)

// Remarks says what is taken for granted of what the roads carry, for who reads a run's figures.
func (r *Roads) Remarks() []sim.Text {
	var list []sim.Text
	add := func(zh, en string, args ...any) { list = append(list, sim.Say(zh, en, args...)) }
	switch r.Planning {
	case "evacuation":
		add("车道按转移计划可持续流量计，每车道至多 600 辆/小时，逆向车道 900 辆/小时（TRB 11-4115）",
			"lanes carry at most what plans of evacuations count on: 600 veh/h per lane, and 900 where traffic runs against "+
				"its usual direction (TRB 11-4115)")
	default:
		add("车道按通行能力计；转移中可持续的流量往往低得多（每车道约 600 辆/小时，TRB 11-4115）",
			"lanes carry their capacity; what evacuations sustain is often far less, some 600 veh/h per lane (TRB 11-4115)")
	}
	if r.Capacity != 1 {
		add("各路段通行能力乘以 %g", "the capacity of every link is multiplied by %g", r.Capacity)
	}
	switch r.Weather {
	case "hcm":
		add("降雨和夜间降低通行能力与车速，按美国通行能力手册（大雨降 14 %%）",
			"rain and darkness lower capacity and speed by the Highway Capacity Manual (14 %% of the capacity in heavy rain)")
	case "field":
		add("降雨和夜间降低通行能力与车速，按大雨实测（降 27.5 %%）",
			"rain and darkness lower capacity and speed as measured in heavy rain (27.5 %% of the capacity)")
	default:
		add("未计降雨和夜间对通行能力的影响", "rain and darkness do not lower what roads carry")
	}
	if !r.Junctions {
		add("路口车辆互不影响，疏散时间偏乐观", "vehicles do not hinder each other at junctions: clearance comes out too early")
	}
	if r.ClearAfter > 0 {
		span := lastingWords(r.ClearAfter)
		add("积水熄火车辆占道 %v后清走", "vehicles that water has stalled stand in the road for %v", span)
	} else {
		add("积水熄火车辆占道，直至下令清除或被水冲走",
			"vehicles that water has stalled stand in the road until an order clears it or water carries them off")
	}
	add("%.0f %% 的驾驶人随时知道封路和积水，%.0f %% 还知道路况，其余按习惯行车，到了才知道；%.0f %% 敢驶入较深积水（比例为假定）",
		"%.0f %% of the drivers know at once which roads are closed or under water, %.0f %% also where the jams are, the "+
			"others see it when they are there; %.0f %% drive into deep water (shares that are assumed)",
		100*r.Informed, 100*r.Guided, 100*r.Bold)
	return append(list, r.jams()...)
}

// jams says what becomes of those who are stuck, and who else is on the roads.
func (r *Roads) jams() []sim.Text {
	var list []sim.Text
	add := func(zh, en string, args ...any) { list = append(list, sim.Say(zh, en, args...)) }
	if r.Gridlock == "rotate" {
		add("路段首尾相堵而锁死的，%v后由交警疏导（假定）", "links that block each other in a ring are waved on by police after %v (assumed)",
			lastingWords(r.GridlockAfter))
	} else {
		add("路段首尾相堵而锁死的，不会自行解开，须下令疏导", "links that block each other in a ring stand: no rule releases them")
	}
	if r.AbandonAfter > 0 {
		add("车辆停滞 %v后，车上人员弃车步行（假定）", "people leave a car that has not moved for %v, and walk (assumed)",
			lastingWords(r.AbandonAfter))
	}
	if n := len(r.Background); n > 0 {
		add("路上另有过境车辆（%d 股），每车人数为假定",
			"through traffic of outsiders uses the roads as well (streams: %d); the persons in each car are assumed", n)
	}
	return list
}

// RoadRemarks says on what the figures of the roads rest: the choices of [roads], and the routes of the plan.
func (sc *Scenario) RoadRemarks() []sim.Text {
	list := sc.Roads.Remarks()
	if slices.ContainsFunc(sc.Zones, func(z Zone) bool { return len(z.Route) > 0 }) {
		list = append(list, sim.Say("有预案路线的转移单元，奉令自驾的住户 %.0f %% 按路线行车，掌握路况者除外（比例为假定）",
			"where a zone has a route, %.0f %% of the households told to leave that drive take it, but not those who know "+
				"where the jams are (a share that is assumed)", 100*sc.Roads.Follow))
	}
	return list
}

// lastingWords writes a span as 2 h 30 min, 20 min or 45 s.
func lastingWords(d sim.Duration) sim.Text {
	h, m, s := d/sim.Hour, d%sim.Hour/sim.Minute, d%sim.Minute/sim.Second
	var zh, en []string
	for _, part := range []struct {
		n      sim.Duration
		zh, en string
	}{{h, "小时", "h"}, {m, "分钟", "min"}, {s, "秒", "s"}} {
		if part.n > 0 {
			zh, en = append(zh, fmt.Sprintf("%d %s", part.n, part.zh)), append(en, fmt.Sprintf("%d %s", part.n, part.en))
		}
	}
	if len(zh) == 0 {
		return sim.Text{ZH: "0 秒", EN: "0 s"}
	}
	return sim.Text{ZH: strings.Join(zh, " "), EN: strings.Join(en, " ")}
}
