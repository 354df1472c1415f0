package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"sandtable/evaluation"
	"sandtable/replay"
	"sandtable/sim"
	"sandtable/sim/engine"
)

type replayCmd struct {
	Dir  string `arg:"" name:"run" help:"推演目录 · Directory of the run."`
	At   string `required:"" help:"时刻，如 3h20m · Instant, such as 3h20m."`
	Lang string `enum:"zh,en" default:"zh" help:"语言 · Language (${enum})."`
	machineFlags
}

// Run shows the state of a run at an instant.
func (c *replayCmd) Run(a *app) error {
	at, err := sim.ParseDuration(c.At)
	if err != nil {
		return badInput("--at %q: %w", c.At, err)
	}
	run, s, err := openRun(c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	w, err := replay.Seek(a.ctx, run, s.config(run.Header.Seed), sim.Time(at))
	if err != nil {
		if errors.Is(err, replay.ErrUnfinished) || sim.Time(at) > run.Reach() || at < 0 {
			return inputError{err}
		}
		return err
	}
	defer w.Close() // a film is only read
	var t sim.Truth
	w.Truth(&t)
	if c.JSON {
		return json.NewEncoder(a.out).Encode(t)
	}
	lang, _ := sim.LangByName(c.Lang)
	c.print(a, w, &t, lang)
	return nil
}

// print writes the state as tables.
func (c *replayCmd) print(a *app, w *engine.World, t *sim.Truth, lang sim.Lang) {
	sc, names := w.Scenario(), w.Names()
	n := &t.Total
	fmt.Fprintf(a.out, "%s  %v  (%s)  预警 warning %s  响应 response %s\n", sc.Drill.Title.In(lang), t.Now,
		sc.Drill.Start.Clock(t.Now), evaluation.LevelName(t.Warning, lang), sim.ResponseLevels()[t.Response])
	fmt.Fprintf(a.out, "人 persons %d: 在家 home %d, 步行 street %d, 车上 vehicle %d, 集合点 assembly %d, 大巴舟艇 unit %d, "+
		"安置 shelter %d, 外地 outside %d, 死亡 dead %d\n", n.Persons, n.Home, n.Street, n.Vehicle, n.Assembly, n.Unit,
		n.Shelter, n.Outside, n.Dead)
	fmt.Fprintf(a.out, "预警 warned %d, 撤出 left %d, 被困 stranded %d, 遇险 caught %d, 获救 rescued %d, 受伤 hurt %d\n\n",
		n.Warned, n.Left, n.Stranded, n.Caught, n.Rescued, n.Hurt)
	fmt.Fprintf(a.out, "%-24s %8s %8s %8s %8s %8s %8s\n", "zone", "persons", "warned", "left", "stranded", "caught",
		"depth m")
	for i, z := range t.Zones {
		fmt.Fprintf(a.out, "%-24s %8d %8d %8d %8d %8d %8.2f\n", names.Title(sim.Ref{Kind: sim.KindZone, ID: int32(i)}, lang),
			z.Persons, z.Warned, z.Left, z.Stranded, z.Caught, z.DepthMax)
	}
	fmt.Fprintf(a.out, "\n%-24s %8s %8s %8s\n", "shelter", "inside", "waiting", "capacity")
	for i, s := range t.Shelters {
		fmt.Fprintf(a.out, "%-24s %8d %8d %8d\n", names.Title(sim.Ref{Kind: sim.KindShelter, ID: int32(i)}, lang),
			s.Inside, s.Waiting, s.Capacity)
	}
	fmt.Fprintln(a.out)
	for i, g := range t.Gauges {
		fmt.Fprintf(a.out, "%s %.2f m\n", names.Title(sim.Ref{Kind: sim.KindGauge, ID: int32(i)}, lang), g.Level)
	}
	for i, u := range t.Units {
		fmt.Fprintf(a.out, "%s: %v, 载 aboard %d, 已送 carried %d\n",
			names.Title(sim.Ref{Kind: sim.KindUnit, ID: int32(i)}, lang), u.Status, u.Aboard, u.Carried)
	}
}
