package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sandtable/cmd/internal/stage"
	"sandtable/scenarios"
	"sandtable/scenarios/generate"
	"sandtable/sim"
)

type generateCmd struct {
	Out      string  `required:"" placeholder:"DIR" help:"写入何处 · Directory to write, named after the drill."`
	Persons  int     `default:"10000" help:"人口 · Persons, 1,000 to 1,000,000."`
	Seed     uint64  `default:"1" help:"随机种子 · Seed of the county."`
	Kind     string  `enum:"river-flood,threatened-dam" default:"river-flood" help:"演练类型 · Kind of drill (${enum})."`
	Place    string  `help:"县名，缺省自动取名 · Name of the county; drawn when left out."`
	Width    float64 `help:"东西长（公里）· Extent to the east [km]; by persons when left out."`
	Height   float64 `help:"南北宽（公里）· Extent to the north [km]; by persons when left out."`
	Cell     float64 `help:"网格边长（米）· Side of a cell [m]; by extent when left out."`
	Relief   float64 `help:"山高（米）· Height of the hills above the river [m]."`
	Bankfull float64 `help:"平滩流量 · Bankfull discharge of the river [m3/s]."`
	Start    string  `help:"开始时刻 · Local start, such as '2026-07-18 20:00'."`
	Duration string  `default:"12h" help:"时长 · How long the drill lasts."`
	Lang     string  `enum:"zh,en" default:"zh" help:"语言 · Language of what is shown (${enum})."`
}

// Run generates a county and writes it as a scenario.
func (c *generateCmd) Run(a *app) error {
	p := generate.Params{Name: filepath.Base(filepath.Clean(c.Out)), Persons: c.Persons, Seed: c.Seed,
		Kind: generate.Kind(c.Kind), Place: sim.Text{ZH: c.Place, EN: c.Place}, Width: c.Width * 1000,
		Height: c.Height * 1000, Cell: c.Cell, Relief: c.Relief, Bankfull: c.Bankfull}
	p.Title = sim.Text{ZH: c.Place + "洪水转移演练", EN: "Flood evacuation " + p.Name}
	var err1, err2 error
	p.Duration, err1 = sim.ParseDuration(c.Duration)
	if c.Start != "" {
		p.Start, err2 = sim.ParseCivil(c.Start)
	}
	if err := errors.Join(flagError("duration", c.Duration, err1), flagError("start", c.Start, err2)); err != nil {
		return stage.Input(err)
	}
	if err := mustBeNew(c.Out); err != nil {
		return err
	}
	sc, err := generate.County(p)
	if err != nil {
		return stage.Input(err)
	}
	if err := scenarios.Write(c.Out, sc); err != nil {
		return err
	}
	form := tr(langOf(c.Lang, ""), "%s：%d 人，%d 户，%d 栋建筑，%d 条路段，%d 个转移单元\n",
		"%s: %d persons, %d households, %d buildings, %d links, %d zones\n")
	fmt.Fprintf(a.out, form, c.Out, len(sc.Persons), len(sc.Households), len(sc.Buildings), len(sc.Links), len(sc.Zones))
	return nil
}

// flagError says which flag an error is of; nil stays nil.
func flagError(flag, value string, err error) error {
	if err == nil {
		return nil
	}
	if strings.Contains(err.Error(), strconv.Quote(value)) {
		return sim.Fail("参数 --%s：%v", "--%s: %v", flag, err)
	}
	return sim.Fail("参数 --%s %q：%v", "--%s %q: %v", flag, value, err)
}

// mustBeNew refuses to write over a scenario that is there already.
func mustBeNew(dir string) error {
	_, err := os.Stat(filepath.Join(dir, "scenario.toml"))
	switch {
	case err == nil:
		return stage.Bad("%s 中已有情景；应为新目录", "%s holds a scenario already; want a new directory", dir)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return stage.Sort(err)
}
