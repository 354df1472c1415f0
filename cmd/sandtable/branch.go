package main

import (
	"errors"
	"os"

	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/sim"
)

type branchCmd struct {
	Dir      string `arg:"" name:"run" help:"推演目录 · Directory of the run to branch from."`
	At       string `required:"" help:"从何时起，如 3h20m · From when, such as 3h20m."`
	Orders   string `placeholder:"FILE" help:"另给的指令（TOML）· Orders to give besides (TOML)."`
	Director string `enum:"live,recorded" default:"live" help:"导调与预案：重新响应或照原样 · Plan and director: act anew (live) or as recorded."`
	Keep     bool   `help:"保留此后席位的指令 · Keep the players' later orders."`
	Out      string `required:"" placeholder:"DIR" help:"新推演目录 · Directory of the new run."`
	machineFlags
}

func (c *branchCmd) Help() string {
	return `示例 Example: 如果提前三十分钟下令？ What if the order had gone out half an hour earlier?
  sandtable branch runs/a --at 1h --orders earlier.toml --out runs/a-earlier

earlier.toml:
  [[order]]
  at = "1h"
  order = "evacuate_zone"
  zone = "z01"`
}

// Run plays a branch of a run as a run of its own.
func (c *branchCmd) Run(a *app) error {
	at, err := sim.ParseDuration(c.At)
	if err != nil {
		return badInput("--at %q: %w", c.At, err)
	}
	run, s, err := openRun(c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	spec := replay.BranchSpec{At: sim.Time(at), Director: c.Director, Keep: c.Keep}
	if c.Orders != "" {
		data, err := os.ReadFile(c.Orders)
		if err != nil {
			return inputError{err}
		}
		orders, diags := scenarios.ReadOrders(c.Orders, data, s.sc)
		lang, _ := sim.LangByName(run.Header.Language)
		if err := diags.ErrIn(lang); err != nil {
			return inputError{err}
		}
		spec.Orders = orders
	}
	rec, err := replay.Branch(run, c.Out, spec)
	if err != nil {
		return inputError{err}
	}
	err = finishRun(a, s, rec, c.Director == replay.DirectorLive)
	if errors.Is(err, replay.ErrExists) {
		return inputError{err}
	}
	return err
}
