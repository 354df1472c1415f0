package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"sandtable/cmd/internal/stage"
	"sandtable/scenarios"
	"sandtable/scenarios/assign"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/maps"
	"sandtable/sim/scenario"
)

type assignCmd struct {
	Scenario string  `arg:"" help:"内置演练名，或演练目录 · A drill's name, or its directory."`
	At       string  `default:"0s" help:"通知转移的时刻：自开始起（2h30m）或时刻（23:30） · When everybody is told: since the start (2h30m) or by the clock (23:30)."`
	Within   string  `default:"8h" help:"应在多长时间内到达避难场所 · Within which time people must be at a shelter."`
	Spare    float64 `default:"0" placeholder:"SHARE" help:"各避难场所预留的比例，如 0.1 · Share of each shelter that is kept free, such as 0.1."`
	All      bool    `help:"水不到的单元也转移 · Move zones also that the water never reaches."`
	Out      string  `placeholder:"DIR" help:"把演练连同所拟方案写入该目录 · Write the scenario with the proposed plan there."`
	Seed     string  `help:"随机种子 · Seed."`
	machineFlags
}

func (c *assignCmd) Help() string {
	return `按预案应把各转移单元的人送到哪个避难场所、走哪条路：以时间展开网络上的最小费用流求下界，据此拟定方案，
并给出本演练现有分配与下界的差距。
Proposes where the people of each zone go and by which way, as a minimum cost flow over shelters, roads and time with
the water on the way, and tells how far the scenario's own assignment is from what is possible at all.

示例 Examples:
  sandtable assign linjiang-flood --at 2h
  sandtable assign linjiang-flood --at 2h --spare 0.1 --out drills/linjiang-assigned`
}

// Run plays the water without protective orders, and proposes.
func (c *assignCmd) Run(a *app) error {
	s, err := openStory(c.Scenario, &c.machineFlags)
	if err != nil {
		return err
	}
	a.lang = s.lang
	opt, err := c.options(s)
	if err != nil {
		return err
	}
	seed, err := s.Seed(c.Seed)
	if err != nil {
		return err
	}
	if !c.JSON {
		fmt.Fprint(a.err, tr(s.lang, "先推演无人下令时的水情\n", "first the water, with nobody giving orders\n"))
	}
	w, err := s.newWorld(seed)
	if err != nil {
		return err
	}
	defer w.Close() // films are a cache
	water, err := s.waterOf(a, w)
	if err != nil {
		return err
	}
	tell := func(what sim.Text, done float64) {
		if !c.JSON {
			fmt.Fprintf(a.err, "%3.0f %% %s\n", 100*done, what.In(s.lang))
		}
	}
	r, err := assign.Propose(a.ctx, s.Scenario, w.Sites(), w.Roster(), water, opt, tell)
	if err != nil {
		return err
	}
	if c.JSON {
		err = json.NewEncoder(a.out).Encode(assignedOf(s.Scenario, r))
	} else {
		fmt.Fprint(a.out, assign.Report(s.Scenario, w.Names(), r).In(s.lang))
	}
	return errors.Join(err, c.write(a, s, r))
}

// options reads the flags.
func (c *assignCmd) options(s *story) (assign.Options, error) {
	at, err := scenarios.ParseInstant(c.At, s.Scenario.Drill.Start)
	var errs []error
	if err != nil || at < 0 || at >= sim.Time(s.Scenario.Drill.Duration) {
		errs = append(errs, stage.Bad("--at %q；应为演练之内的时刻，如 2h30m 或 23:30",
			"--at %q; want an instant of the drill, such as 2h30m or 23:30", c.At))
	}
	within, err := sim.ParseDuration(c.Within)
	if err != nil || within < 10*sim.Minute || within > 48*sim.Hour {
		errs = append(errs, stage.Bad("--within %q；应为 10m 至 48h 的时长", "--within %q; want a span from 10m to 48h", c.Within))
	}
	if !(c.Spare >= 0 && c.Spare < 1) {
		errs = append(errs, stage.Bad("--spare %g；应为 0 至 1 之间的比例（不含 1）", "--spare %g; want a share from 0, below 1", c.Spare))
	}
	if c.Out != "" {
		if list, err := os.ReadDir(c.Out); err == nil && len(list) > 0 {
			errs = append(errs, stage.Bad("--out %s：目录不空；应为新目录", "--out %s: the directory is not empty; want a new one", c.Out))
		}
	}
	return assign.Options{Start: at, Horizon: within, Spare: c.Spare, Keep: !c.All}, errors.Join(errs...)
}

// waterOf plays the drill without protective orders, and says where and when water is in the way.
func (s *story) waterOf(a *app, w *engine.World) (*assign.Water, error) {
	live, done, err := s.Live(w, func(sim.Time, string) {})
	if err != nil {
		return nil, err
	}
	defer done()
	events, wet := &lab.Collector{}, &maps.Sink{Threshold: maps.Wet}
	sinks := []sim.Sink{events, wet}
	if !s.flags.JSON {
		bar := newProgress(a, sim.Time(s.Scenario.Drill.Duration), s.lang)
		defer bar.finish()
		sinks = append(sinks, bar)
	}
	until := sim.Time(s.Scenario.Drill.Duration)
	if err := engine.Drive(a.ctx, w, lab.Unprotected{From: live}, until, sinks...); err != nil {
		return nil, err
	}
	water := assign.Watch(s.Scenario, w.Sites(), events.Events)
	if wet.Maps == nil {
		return water, nil
	}
	arrival := wet.Maps.Of(sim.QArrival)
	for i := range s.Scenario.Shelters {
		if cell, ok := arrival.Grid.CellAt(scenario.Point(s.Scenario.Shelters[i].Place)); ok && arrival.Values[cell] >= 0 {
			water.Shelters[i] = sim.Time(arrival.Values[cell]) * sim.Time(sim.Second)
		}
	}
	return water, nil
}

// write writes the scenario with the proposed plan, where that is wanted.
func (c *assignCmd) write(a *app, s *story, r *assign.Result) error {
	if c.Out == "" {
		return nil
	}
	sc := *s.Scenario
	sc.Zones = assign.Zones(s.Scenario, r)
	if err := scenarios.Write(c.Out, &sc); err != nil {
		return sim.Fail("方案没有写成：%v", "the plan was not written: %v", err)
	}
	if !c.JSON {
		fmt.Fprintf(a.out, tr(s.lang, "演练连同所拟方案写入 %s\n", "the scenario with the proposed plan is in %s\n"), c.Out)
	}
	return nil
}

// assigned is what assign prints for machines.
type assigned struct {
	StartS   float64        `json:"start_s"`
	WithinS  float64        `json:"within_s"`
	StepS    float64        `json:"step_s"`
	Bound    assignedTotal  `json:"bound"`
	Proposed assignedTotal  `json:"proposed"`
	Given    assignedTotal  `json:"given"`
	Zones    []assignedZone `json:"zones"`
}

type assignedTotal struct {
	Persons   int     `json:"persons"`
	Moved     int     `json:"moved"`
	MeanS     float64 `json:"mean_s"`
	Clearance float64 `json:"clearance_s"`
	Gap       float64 `json:"gap"`
}

type assignedZone struct {
	Zone     string   `json:"zone"`
	Persons  int      `json:"persons"`
	Shelters []string `json:"shelters"`
	Route    []int64  `json:"route,omitempty"`
	MeanS    float64  `json:"mean_s"`
	Given    []string `json:"given"`
	GivenS   float64  `json:"given_mean_s"`
}

func assignedOf(sc *scenario.Scenario, r *assign.Result) assigned {
	total := func(o *assign.Outcome) assignedTotal {
		return assignedTotal{o.Persons, o.Moved, o.Mean.Seconds(), o.Clearance.Seconds(), r.Gap(o)}
	}
	out := assigned{StartS: sim.Duration(r.Options.Start).Seconds(), WithinS: r.Options.Horizon.Seconds(),
		StepS: r.Options.Step.Seconds(), Bound: total(&r.Bound), Proposed: total(&r.Proposed), Given: total(&r.Given)}
	zones := assign.Zones(sc, r)
	for z := range sc.Zones {
		x := assignedZone{Zone: sc.Zones[z].Name, Persons: r.Proposed.Zones[z].Persons, Given: sc.Zones[z].Shelters,
			MeanS: r.Proposed.Zones[z].Mean.Seconds(), GivenS: r.Given.Zones[z].Mean.Seconds()}
		for _, s := range r.Lists[z] {
			x.Shelters = append(x.Shelters, sc.Shelters[s].Name)
		}
		if len(r.Proposed.Zones[z].Route) > 0 && len(r.Lists[z]) > 0 {
			x.Route = zones[z].Route
		}
		out.Zones = append(out.Zones, x)
	}
	return out
}
