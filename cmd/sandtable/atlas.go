package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"time"

	"sandtable/cmd/internal/stage"
	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/scenarios/atlas"
	"sandtable/sim"
	"sandtable/sim/maps"
)

type mapsCmd struct {
	From      string   `arg:"" name:"run-or-scenario" help:"推演目录，或内置演练名、演练目录 · Directory of a run; or a drill's name or directory."`
	Out       string   `placeholder:"DIR" help:"输出目录，缺省为推演目录下的 maps，或 演练名-maps · Where to write; RUN/maps or SCENARIO-maps by default."`
	Format    []string `default:"geotiff,asc,geojson" placeholder:"LIST" help:"格式：geotiff、asc、geojson，逗号分隔 · Formats, with commas: geotiff, asc, geojson."`
	Threshold float64  `default:"0.15" placeholder:"M" help:"到达与历时的水深（米），薄层水可用 0.01 · Depth of arrival and duration [m]; 0.01 for a film of water."`
	Step      string   `default:"30m" help:"到达时间每级时长 · Step between isochrones of arrival."`
	Seed      string   `help:"随机种子，用于演练 · Seed, for a scenario."`
	Until     string   `help:"到何时为止，如 6h · Until when, such as 6h."`
	machineFlags
}

func (c *mapsCmd) Help() string {
	return `示例 Examples:
  sandtable maps runs/first
  sandtable maps linjiang-flood --out maps --format geotiff
  sandtable maps runs/first --threshold 0.01 --step 15m`
}

// charted is what maps prints for machines.
type charted struct {
	Dir       string   `json:"dir"`
	Files     []string `json:"files"`
	Threshold float64  `json:"threshold_m"`
	StepS     float64  `json:"step_s"`
	UntilS    float64  `json:"until_s"`
	Reached   int      `json:"cells_reached"`
	Stopped   string   `json:"stopped,omitempty"`
}

// Run plays a recorded run once more, or a scenario with its plan, and writes what the water did as maps.
func (c *mapsCmd) Run(a *app) error {
	step, err := c.check()
	if err != nil {
		return err
	}
	s, err := c.open(a)
	if err != nil {
		return err
	}
	a.lang = s.lang
	s.threshold = int32(math.Round(c.Threshold * 1000))
	seed, p, err := c.play(a, s)
	if p != nil {
		defer p.world.Close() // films are a cache
	}
	if err != nil {
		return err
	}
	if !p.ended {
		return sim.Fail("已中断；未写任何图", "interrupted; no map was written")
	}
	return c.write(a, s, p, seed, step)
}

// check reads the flags that are not about the run.
func (c *mapsCmd) check() (sim.Duration, error) {
	var errs []error
	for _, f := range c.Format {
		known := false
		for _, k := range atlas.Formats {
			known = known || f == k
		}
		if !known {
			errs = append(errs, stage.Bad("--format %q；应为 geotiff、asc、geojson 中的若干个，以逗号分隔",
				"--format %q; want some of geotiff, asc, geojson, with commas between them", f))
		}
	}
	if !(c.Threshold >= 0.001 && c.Threshold <= maps.ThresholdMax/1000) {
		errs = append(errs, stage.Bad("--threshold %g；应为 0.001 至 %d 米的水深", "--threshold %g; want a depth from 0.001 to %d m",
			c.Threshold, maps.ThresholdMax/1000))
	}
	step, err := sim.ParseDuration(c.Step)
	if err != nil {
		errs = append(errs, stage.Bad("--step %q；应为 1m 至 24h 的整秒时长",
			"--step %q; want a span of whole seconds from 1m to 24h", c.Step))
	} else if fault := atlas.StepFault(step); !fault.Empty() {
		errs = append(errs, stage.Bad("参数 --step：%v", "--step: %v", fault))
	}
	return step, errors.Join(errs...)
}

// open reads the run, or the scenario where there is no run of that name.
func (c *mapsCmd) open(a *app) (*story, error) {
	s, err := openRun(a, c.From, &c.machineFlags)
	if errors.Is(err, replay.ErrNoRun) {
		if _, err := scenarios.Open(c.From); err != nil {
			return nil, stage.Neither(c.From)
		}
		return openStory(c.From, &c.machineFlags)
	}
	if err == nil && (c.Seed != "" || c.Until != "") {
		return nil, stage.Bad("%s 是推演，照原样重放；不应给 --seed 或 --until",
			"%s is a run and is played as it was; want neither --seed nor --until", c.From)
	}
	return s, err
}

// play plays what was opened, to its end.
func (c *mapsCmd) play(a *app, s *story) (sim.Seed, *played, error) {
	if s.Run != nil {
		p, err := s.again(a)
		return s.Run.Header.Seed, p, err
	}
	r := runCmd{Seed: c.Seed, Until: c.Until, machineFlags: c.machineFlags}
	h, err := r.header(s)
	if err != nil {
		return h.Seed, nil, err
	}
	w, err := s.newWorld(h.Seed)
	if err != nil {
		return h.Seed, nil, err
	}
	live, done, err := s.Live(w, func(sim.Time, string) {})
	if err != nil {
		return h.Seed, nil, errors.Join(err, w.Close())
	}
	defer done()
	p, err := s.drive(a, w, live, sim.Time(h.Until))
	return h.Seed, p, err
}

// write writes the maps and says where they are.
func (c *mapsCmd) write(a *app, s *story, p *played, seed sim.Seed, step sim.Duration) error {
	m, now := p.water.Maps, p.world.Now()
	if m == nil {
		return stage.Bad("演练 %s 中没有水情，无图可制；应为有洪水灾害的演练",
			"scenario %s has no water to be mapped; want one with a flood among its hazards", s.Scenario.Drill.Name)
	}
	m.Settle(now)
	f := atlas.FactsOf(s.Scenario)
	f.Seed, f.Engine, f.Until = seed.String(), replay.Engine, now
	dir := c.Out
	if s.Run != nil {
		f.Run = filepath.Base(s.Run.Dir)
	}
	switch {
	case dir == "" && s.Run != nil:
		dir = filepath.Join(s.Run.Dir, "maps")
	case dir == "":
		dir = s.Scenario.Drill.Name + "-maps"
	}
	out := charted{Dir: dir, Threshold: c.Threshold, StepS: step.Seconds(), UntilS: now.Seconds(), Reached: reached(m)}
	if p.stopped != nil {
		f.Stopped = sim.Said(p.why(s.lang))
		out.Stopped = p.why(s.lang)
	}
	shown := time.Now()
	note := func(name string) {
		if !s.flags.JSON && time.Since(shown) > time.Second {
			shown = time.Now()
			fmt.Fprintf(a.err, tr(s.lang, "正在写 %s\n", "writing %s\n"), name)
		}
	}
	files, err := atlas.Write(dir, m, &f, atlas.Options{Formats: c.Format, Step: step}, note)
	if err != nil {
		return sim.Fail("图没有写全：%v；应以 --out 指定可写的目录",
			"not all maps were written: %v; name a directory that can be written into with --out", err)
	}
	out.Files = files
	if c.JSON {
		return json.NewEncoder(a.out).Encode(out)
	}
	fmt.Fprintf(a.out, tr(s.lang, "水到过 %d 格；%d 个文件写入 %s，说明见其中的 README.md\n",
		"the water reached %d cells; %d files in %s, explained in its README.md\n"), out.Reached, len(files), dir)
	return nil
}

// reached returns how many cells the water reached after the start.
func reached(m *maps.Maps) int {
	n := 0
	for _, at := range m.Of(sim.QArrival).Values {
		if at > 0 {
			n++
		}
	}
	return n
}
