package scenario

import "sandtable/sim"

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
		add("积水熄火车辆占道 %v 后清走", "vehicles that water has stalled stand in the road for %v", r.ClearAfter)
	} else {
		add("积水熄火车辆占道，直至下令清除或被水冲走",
			"vehicles that water has stalled stand in the road until an order clears it or water carries them off")
	}
	add("%.0f %% 的驾驶人随时知道封路和积水，%.0f %% 还知道路况，其余按习惯行车，到了才知道；%.0f %% 敢驶入较深积水（比例为假定）",
		"%.0f %% of the drivers know at once which roads are closed or under water, %.0f %% also where the jams are, the "+
			"others see it when they are there; %.0f %% drive into deep water (shares that are assumed)",
		100*r.Informed, 100*r.Guided, 100*r.Bold)
	return list
}
