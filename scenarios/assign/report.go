package assign

import (
	"fmt"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Report writes a result for a reader, in both languages.
func Report(sc *scenario.Scenario, names *scenario.Directory, r *Result) sim.Text {
	return sim.Text{ZH: report(sc, names, r, sim.Chinese), EN: report(sc, names, r, sim.English)}
}

func report(sc *scenario.Scenario, names *scenario.Directory, r *Result, lang sim.Lang) string {
	var b strings.Builder
	say := func(zh, en string, values ...any) {
		b.WriteString(sim.Say(zh, en, values...).In(lang))
	}
	minutes := func(d sim.Duration) string { return fmt.Sprintf("%.0f", d.Seconds()/60) }
	say("%s 通知转移，%v 内到达；时间步长 %v\n", "told to leave at %s, to be there within %v; steps of %v\n\n",
		sc.Drill.Start.Clock(r.Options.Start), r.Options.Horizon, r.Options.Step)
	say("方案      应转移   已到达   人均分钟   清空分钟   与下界之差\n",
		"plan        to move   there   mean min   last min   above the bound\n")
	for _, row := range []struct {
		title sim.Text
		o     *Outcome
	}{{sim.Text{ZH: "下界", EN: "bound"}, &r.Bound}, {sim.Text{ZH: "所拟", EN: "proposed"}, &r.Proposed},
		{sim.Text{ZH: "现有", EN: "given"}, &r.Given}} {
		fmt.Fprintf(&b, "%-9s %8d %7d %10s %10s %11.1f %%\n", row.title.In(lang), row.o.Persons, row.o.Moved,
			minutes(row.o.Mean), minutes(row.o.Clearance), 100*r.Gap(row.o))
	}
	say("\n各转移单元：\n", "\nzones:\n")
	ways, zones := scenario.NewWays(sc, names), Zones(sc, r)
	for z := range sc.Zones {
		p, g := &r.Proposed.Zones[z], &r.Given.Zones[z]
		title := names.TitleOf(sim.RefTo(sim.KindZone, sim.ZoneID(z)))
		if p.Persons == 0 {
			continue
		}
		say("%s：%d 人 → %s，人均 %s 分钟，%s 分钟清空；现有预案 → %s，%s、%s 分钟%s\n",
			"%s: %d persons to %s, %s min on average, the last after %s; in the given plan to %s, %s and %s min%s\n",
			title, p.Persons, shelters(names, r.Lists[z]), minutes(p.Mean), minutes(p.Clearance),
			given(sc, names, z), minutes(g.Mean), minutes(g.Clearance), left(p))
		if way := ways.Words(zones[z].Route); len(p.Route) > 0 && len(r.Lists[z]) > 0 && !way.Empty() {
			say("    所拟路线：%s\n", "    proposed way: %s\n", way)
		}
	}
	if len(r.Proposed.Full) > 0 {
		say("\n通行能力用尽的道路（所拟方案）：\n", "\nroads that carry all they can (proposed plan):\n")
		for _, x := range r.Proposed.Full[:min(len(r.Proposed.Full), 8)] {
			say("%s：%s 分钟\n", "%s: %s min\n", names.LinkOn(x.Links[0]), minutes(x.For))
		}
	}
	return b.String()
}

// left tells who of a zone does not get to a shelter within the time.
func left(z *ZoneOutcome) sim.Text {
	if z.Moved == z.Persons {
		return sim.Text{}
	}
	return sim.Say("；%d 人未能到达", "; not there within the time: %d", z.Persons-z.Moved)
}

func shelters(names *scenario.Directory, list []sim.ShelterID) sim.Text {
	if len(list) == 0 {
		return sim.Text{ZH: "无", EN: "none"}
	}
	var all []sim.Text
	for _, s := range list {
		all = append(all, names.TitleOf(sim.RefTo(sim.KindShelter, s)))
	}
	return sim.Join(all, sim.Text{ZH: "、", EN: ", "})
}

func given(sc *scenario.Scenario, names *scenario.Directory, z int) sim.Text {
	var list []sim.ShelterID
	for _, name := range sc.Zones[z].Shelters {
		if id, ok := names.Resolve(sim.KindShelter, name); ok {
			list = append(list, sim.ShelterID(id))
		}
	}
	return shelters(names, list)
}

// Zones returns the zones of a scenario with the proposed shelters and routes. Zones that are not moved stay as they
// are.
func Zones(sc *scenario.Scenario, r *Result) []scenario.Zone {
	zones := slices.Clone(sc.Zones)
	for z := range zones {
		if len(r.Lists[z]) == 0 {
			continue
		}
		zones[z].Shelters = nil
		for _, s := range r.Lists[z] {
			zones[z].Shelters = append(zones[z].Shelters, sc.Shelters[s].Name)
		}
		zones[z].Route = nil
		if route := r.Proposed.Zones[z].Route; len(route) >= 2 {
			for _, node := range route {
				zones[z].Route = append(zones[z].Route, int64(node))
			}
		}
	}
	return zones
}
