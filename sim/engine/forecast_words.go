package engine

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// say writes what a forecast says of the gauges: which threshold each is expected to pass next, between when and when,
// and how many members say so.
func (g *gauges) say(names *scenario.Directory, f *sim.Forecast) sim.Text {
	clock := func(t sim.Time) string { return g.sc.Drill.Start.Clock(t) }
	var list []sim.Text
	for id := range g.limits {
		if p, ok := g.passing(sim.GaugeID(id), f); ok {
			list = append(list, p.say(names.TitleOf(sim.RefTo(sim.KindGauge, sim.GaugeID(id))), len(f.Members), clock))
		}
	}
	last, short := clock(f.At(f.Steps-1)), shortText(f)
	if len(list) == 0 {
		return sim.Say("预报（%s发布%s）：至%s各测站预计不超过新的阈值",
			"Forecast of %s%s: until %s no gauge is expected to pass another threshold", clock(f.Issued), short, last)
	}
	return sim.Say("预报（%s发布，至%s%s）：%s", "Forecast of %s, until %s%s: %s", clock(f.Issued), last, short,
		sim.Join(list, sim.Sentences))
}

// shortText says how many members carry a forecast that lacks some; nothing of a whole one.
func shortText(f *sim.Forecast) sim.Text {
	if len(f.Lost) == 0 {
		return sim.Text{}
	}
	return sim.Say("，%[2]d个成员中%[1]d个有效", " (by %d of %d members)", len(f.Members), len(f.Members)+len(f.Lost))
}

// lostText says which member of a forecast failed, when and why.
func lostText(f *sim.Forecast, i int, start sim.CivilTime) sim.Text {
	x := &f.Lost[i]
	return sim.Say("预报（%s发布）第%d号成员算至%s失败，不计入：%s", "Forecast of %s: member %d failed before %s and is left out: %s",
		start.Clock(f.Issued), x.Member+1, start.Clock(x.At), x.Why)
}

// missingText says that there is no forecast, and why.
func missingText(f *sim.Forecast, start sim.CivilTime) sim.Text {
	return sim.Say("预报（%s发布）缺报：%d个成员全部失败", "No forecast of %s: all %d members failed", start.Clock(f.Issued), len(f.Lost))
}

// passing is the threshold that a gauge is expected to pass.
type passing struct {
	limit       *scenario.Threshold
	first, last sim.Time // of the members that see it passed
	members     int
}

// passing returns the highest threshold that at least half of the members see passed, or else the highest that any
// does. Those that the gauge is above already are left out.
func (g *gauges) passing(id sim.GaugeID, f *sim.Forecast) (passing, bool) {
	var best passing
	for k := range g.limits[id] {
		if g.passed[id][k] {
			continue
		}
		p := passing{limit: &g.limits[id][k]}
		for m := range f.Members {
			at, ok := f.Passes(m, id, p.limit.Window, p.limit.Value(), sim.Never)
			if !ok {
				continue
			}
			if p.members++; p.members == 1 {
				p.first, p.last = at, at
			}
			p.first, p.last = min(p.first, at), max(p.last, at)
		}
		if p.members > 0 && (2*p.members >= len(f.Members) || 2*best.members < len(f.Members)) {
			best = p
		}
	}
	return best, best.members > 0
}

func (p *passing) say(gauge sim.Text, members int, clock func(sim.Time) string) sim.Text {
	if p.first == p.last {
		return sim.Say("%s预计%s超过%s（%d个成员中%d个）", "%[1]s is expected to pass %[3]s at %[2]s (%[5]d of %[4]d members)",
			gauge, clock(p.first), p.limit.Full(), members, p.members)
	}
	return sim.Say("%s预计%s至%s超过%s（%d个成员中%d个）",
		"%[1]s is expected to pass %[4]s between %[2]s and %[3]s (%[6]d of %[5]d members)",
		gauge, clock(p.first), clock(p.last), p.limit.Full(), members, p.members)
}
