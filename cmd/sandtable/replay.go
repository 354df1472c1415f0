package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sandtable/cmd/internal/stage"
	"sandtable/replay"
	"sandtable/sim"
)

type replayCmd struct {
	Dir string `arg:"" name:"run" help:"推演目录 · Directory of the run."`
	At  string `required:"" help:"时刻，如 3h20m 或 23:20 · Instant: 3h20m since the start, or 23:20."`
	machineFlags
}

func (c *replayCmd) Help() string {
	return `示例 Examples:
  sandtable replay runs/first --at 1h30m --lang en
  sandtable replay runs/first --at 1h30m --json`
}

// Run shows the state of a run at an instant.
func (c *replayCmd) Run(a *app) error {
	s, err := openRun(a, c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	at, err := s.instant(c.At)
	if err != nil {
		return err
	}
	w, err := replay.Seek(a.ctx, s.Run, s.Config(s.Run.Header.Seed), at)
	if err != nil {
		if a.ctx.Err() != nil && errors.Is(err, a.ctx.Err()) {
			return sim.Fail("已中断", "interrupted")
		}
		if at > s.Run.Reach() {
			return stage.Input(err)
		}
		return stage.Sort(err)
	}
	defer w.Close() // a film is only read
	now := stateOf(w, s.lang)
	if c.JSON {
		return json.NewEncoder(a.out).Encode(now)
	}
	now.print(a.out, s.lang)
	return nil
}

// print writes the state as tables.
func (s *state) print(out io.Writer, lang sim.Lang) {
	say := func(zh, en string, args ...any) { fmt.Fprintf(out, tr(lang, zh, en), args...) }
	response := s.Response
	if lang == sim.Chinese {
		response = map[bool]string{true: "无", false: s.Response + "级"}[s.Response == "none"]
	}
	say("%s  %v（%s）  预警 %s  应急响应 %s\n", "%s  %v (%s)  warning %s  response %s\n", s.Title,
		sim.Time(s.AtS)*sim.Time(sim.Second), s.Clock, s.warningIn, response)
	n := &s.Total
	say("共 %d 人：在家 %d，街上 %d，车上 %d，集合点 %d，大巴或舟艇上 %d，安置点 %d，外地 %d，死亡 %d\n",
		"%d persons: home %d, street %d, vehicle %d, assembly point %d, coach or boat %d, shelter %d, outside %d, dead %d\n",
		n.Persons, n.Home, n.Street, n.Vehicle, n.Assembly, n.Unit, n.Shelter, n.Outside, n.Dead)
	say("获预警 %d，撤出 %d，登记安置 %d，被困 %d，遇险 %d，获救 %d，受伤 %d\n",
		"warned %d, left %d, sheltered %d, stranded %d, caught %d, rescued %d, injured %d\n",
		n.Warned, n.Left, n.Sheltered, n.Stranded, n.Caught, n.Rescued, n.Injured)
	say("水到之前撤出：大巴 %d，自驾 %d，两轮车 %d，步行 %d，接转 %d\n",
		"left before the water: coach %d, car %d, bike %d, foot %d, fetched %d\n",
		n.MovedBy.Coach, n.MovedBy.Car, n.MovedBy.Bike, n.MovedBy.Foot, n.MovedBy.Other)
	s.printZones(out, lang)
	s.printShelters(out, lang)
	fmt.Fprintln(out)
	for _, g := range s.Gauges {
		above := ""
		if g.Above != "" {
			above = fmt.Sprintf(tr(lang, "，超%s", ", above %s"), g.Above)
		}
		if g.Depth == nil {
			say("%s：%s%s\n", "%s: %s%s\n", g.Title, g.shows, above)
			continue
		}
		say("%s：水位 %.2f 米，水深 %.2f 米%s\n", "%s: level %.2f m, depth %.2f m%s\n", g.Title, *g.Level, *g.Depth, above)
	}
	for _, u := range s.Units {
		say("%s：%s，载 %d，已送 %d\n", "%s: %s, aboard %d, carried %d\n", u.Title, u.statusIn(lang), u.Aboard, u.Carried)
	}
	s.Roads.print(say)
	s.printWorks(out, lang)
	for _, h := range s.Hazards {
		say("%s：起始 %.0f，入 %.0f，出 %.0f，存 %.0f %s，误差 %.1e\n",
			"%s: initial %.0f, in %.0f, out %.0f, stored %.0f %s, error %.1e\n", h.Hazard, h.Initial, h.In, h.Out, h.Stored,
			h.Unit, h.Error)
	}
}

// print writes what is on the roads.
func (r *roadsState) print(say func(zh, en string, args ...any)) {
	say("道路：行驶 %d 辆，等候 %d 辆，滞留 %d 辆；中断路段 %d 条\n",
		"roads: vehicles on them %d, waiting %d, stranded %d; links closed %d\n", r.Inside, r.Waiting, r.Stranded,
		len(r.Closed))
	if o := &r.Outsiders; *o != (outsidersState{}) {
		say("过境车辆：行驶 %d 辆，等候 %d 辆，已通过 %d 辆，被困 %d 辆\n",
			"through traffic: vehicles on the roads %d, waiting %d, through %d, stranded %d\n", o.Inside, o.Waiting,
			o.Through, o.Stranded)
	}
	if r.Rings > 0 {
		say("锁死 %d 处，其中及其后滞留 %d 辆（%d 人）\n", "gridlocks: %d; stuck in them and behind: %d vehicles with %d persons\n",
			r.Rings, r.Stuck, r.StuckPersons)
	}
}

func (s *state) printZones(out io.Writer, lang sim.Lang) {
	t := newTable(tr(lang, "转移单元", "zone"), tr(lang, "人数 获预警 撤出 被困 遇险 死亡 最大水深m 已下令",
		"persons warned left stranded caught dead depth.m ordered"))
	for _, z := range s.Zones {
		t.row(z.Title, z.Persons, z.Warned, z.Left, z.Stranded, z.Caught, z.Dead, fmt.Sprintf("%.2f", z.DepthMax),
			yes(z.Ordered, lang))
	}
	t.print(out)
}

func (s *state) printShelters(out io.Writer, lang sim.Lang) {
	t := newTable(tr(lang, "安置点", "shelter"), tr(lang, "在内 门外 容量 开放", "inside waiting capacity open"))
	for _, h := range s.Shelters {
		t.row(h.Title, h.Inside, h.Waiting, h.Capacity, yes(h.Open, lang))
	}
	t.print(out)
}

// printWorks writes the structures. A bar stands for what a structure of that kind does not have.
func (s *state) printWorks(out io.Writer, lang sim.Lang) {
	if len(s.Works) == 0 {
		return
	}
	t := newTable(tr(lang, "水工程", "structure"), tr(lang, "类别 现状 调往 溃决", "kind now moving.to breached"))
	for i := range s.Works {
		x := &s.Works[i]
		now, to, failed := "–", "–", "–"
		switch {
		case x.Opening != nil:
			now, to = setting(x.Opening, "%.0f %%"), setting(x.OpeningTo, "%.0f %%")
		case x.Crest != nil:
			form := tr(lang, "%.2f 米", "%.2f m")
			now, to = setting(x.Crest, form), setting(x.CrestTo, form)
		case x.On != nil:
			now = tr(lang, "停机", "off")
			if *x.On {
				now = tr(lang, "开机", "on")
			}
		}
		if x.Breached != nil {
			failed = yes(*x.Breached, lang)
		}
		t.row(x.Title, x.kind.Title().In(lang), now, to, failed)
	}
	t.print(out)
	fmt.Fprintln(out)
}

// setting writes what a structure is set to; a bar for nothing.
func setting(v *float64, form string) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf(form, *v)
}

func yes(is bool, lang sim.Lang) string {
	if is {
		return tr(lang, "是", "yes")
	}
	return tr(lang, "否", "no")
}
