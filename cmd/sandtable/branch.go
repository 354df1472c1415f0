package main

import (
	"errors"
	"io/fs"
	"os"

	"sandtable/cmd/internal/stage"
	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/sim"
)

type branchCmd struct {
	Dir      string `arg:"" name:"run" help:"推演目录 · Directory of the run to branch from."`
	At       string `required:"" help:"从何时起，如 3h20m 或 23:20 · From when: 3h20m since the start, or 23:20."`
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
	s, err := openRun(a, c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	at, err := s.instant(c.At)
	if err != nil {
		return err
	}
	spec := replay.BranchSpec{At: at, Director: c.Director, Keep: c.Keep, Language: c.Lang}
	if spec.Orders, err = c.orders(s, &spec); err != nil {
		return err
	}
	rec, err := replay.Branch(s.Run, c.Out, spec)
	if err != nil {
		return stage.Sort(err)
	}
	return finishRun(a, s, rec, c.Director == replay.DirectorLive)
}

// orders checks what is asked for and reads the orders, and tells every mistake in both.
func (c *branchCmd) orders(s *story, spec *replay.BranchSpec) ([]sim.Command, error) {
	wrong := spec.Check(s.Run)
	if c.Orders == "" {
		return nil, stage.Input(wrong)
	}
	data, err := os.ReadFile(c.Orders)
	if errors.Is(err, fs.ErrNotExist) {
		err = sim.Fail("--orders：没有文件 %s；应为含 [[order]] 的 TOML 文件",
			"--orders: there is no file %s; want a TOML file with [[order]]", c.Orders)
	}
	if err != nil {
		return nil, stage.Input(errors.Join(wrong, err))
	}
	var when scenarios.Window // with a wrong instant there is nothing to hold the orders' times against
	if wrong == nil {
		when.From, when.Until = spec.Window(s.Run)
	}
	orders, diags := scenarios.ReadOrders(c.Orders, data, s.Scenario, when)
	return orders, stage.Input(errors.Join(wrong, diags.Err()))
}
