package main

import (
	"fmt"
	"strings"

	"sandtable/scenarios/traffic"
	"sandtable/sim"
)

// print tells a person what came of a run.
func (b *trafficBench) print(v *trafficFigures) {
	say := func(zh, en string, args ...any) {
		fmt.Fprintf(b.a.out, tr(b.lang, zh, en)+"\n", args...)
	}
	say("%s：%d 个节点，%d 条路段（%.0f 车道公里），%d 辆车", "%s: %d nodes, %d edges (%.0f lane-km), %d vehicles",
		v.Case, v.Nodes, v.Edges, v.LaneKM, v.Vehicles)
	if l := v.LeftOut; l != (traffic.LeftOut{}) {
		say("略去：节点 %d，路段 %d，行程 %d；小区内出行 %d", "left out: %d nodes, %d edges, %d trips; %d trips within a zone", l.Nodes,
			l.Edges, l.Trips, l.Local)
	}
	say("至 %s：出发 %d = 到达 %d + 在途 %d + 等候 %d + 滞留 %d", "at %s: in %d = out %d + inside %d + waiting %d + stranded %d",
		clock(v.End), v.In, v.Out, v.Inside, v.Waiting, v.Stranded)
	if late := int64(v.Vehicles) - v.In; late > 0 {
		say("至此尚未到出发时刻：%d 辆", "not due to set out by then: %d vehicles", late)
	}
	say("到达 50%% %s，90%% %s，95%% %s，99%% %s，全部 %s", "arrived: 50 %% %s, 90 %% %s, 95 %% %s, 99 %% %s, all %s",
		clockOf(v.T50), clockOf(v.T90), clockOf(v.T95), clockOf(v.T99), clockOf(v.Clearance))
	say("平均行程 %.0f s、%.0f m，平均等候驶入 %.0f s；驶入路段 %d 次；同时最多 %d 辆",
		"mean trip %.0f s, %.0f m, mean wait to enter %.0f s; %d entries into links; at most %d vehicles at once", v.MeanTrip,
		v.MeanMetres, v.MeanWait, v.Entries, v.Most)
	say("CPU %.2f s（读入 %.2f，推演 %.2f）；每车 %.0f 字节（每条记录 %d）", "CPU %.2f s (reading %.2f, running %.2f); %.0f bytes "+
		"per vehicle (%d per record)", v.LoadCPU+v.RunCPU, v.LoadCPU, v.RunCPU, v.Bytes, v.Record)
	b.printRings(v, say)
}

// maxRingsTold is how many rings are printed; --json has all of them.
const maxRingsTold = 10

// printRings tells of gridlock.
func (b *trafficBench) printRings(v *trafficFigures, say func(zh, en string, args ...any)) {
	for k, r := range v.Rings {
		if k == maxRingsTold {
			say("……另有 %d 次锁死", "… and %d more rings", len(v.Rings)-k)
			break
		}
		say("锁死 %s：%d 条路段互相堵死，在 (%.0f, %.0f) 附近：%s", "gridlock at %s: a ring of %d links near (%.0f, %.0f): %s", clock(r.At),
			r.Links, r.X, r.Y, few(r.Edges))
	}
	if !v.Locked {
		return
	}
	say("路网锁死：%s 起不再有任何车移动；%d 辆在途，%d 辆等候", "LOCKED: from %s on nothing moves any more; %d vehicles inside, %d waiting",
		clock(v.End), v.Inside, v.Waiting)
	for k, r := range v.Cycles {
		if k == maxRingsTold {
			say("……另有 %d 个环", "… and %d more cycles", len(v.Cycles)-k)
			break
		}
		say("  环：%s 起，%d 条路段，在 (%.0f, %.0f) 附近：%s", "  cycle since %s: %d links near (%.0f, %.0f): %s",
			clock(r.At), r.Links, r.X, r.Y, few(r.Edges))
	}
}

// few writes names, and leaves some out of a long list.
func few(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most], " → ") + " → …"
	}
	return strings.Join(names, " → ")
}

// clock writes seconds as h:mm:ss.
func clock(seconds float64) string {
	return sim.Time(int64(seconds+0.5) * int64(sim.Second)).String()
}

// clockOf writes an instant that may not have come.
func clockOf(seconds *float64) string {
	if seconds == nil {
		return "–"
	}
	return clock(*seconds)
}
