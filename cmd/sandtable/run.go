package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/sim"
)

type runCmd struct {
	Scenario string `arg:"" optional:"" help:"内置演练名或目录 · A shipped drill's name, or a directory."`
	Seed     string `help:"随机种子，如 7，或 灾害:人群:演练 · Seed: 7, or hazard:people:drill."`
	Out      string `placeholder:"DIR" help:"推演目录，缺省为 runs/ 下新目录 · Where to record; a new one under runs/ by default."`
	Until    string `help:"推演到何时，如 6h · Until when, such as 6h."`
	Resume   string `placeholder:"RUN" help:"继续一次中断的推演 · Go on with a run that was cut off."`
	Lang     string `enum:"zh,en," default:"" help:"报告语言 · Language of the report (zh or en)."`
	machineFlags
}

func (c *runCmd) Help() string {
	return `示例 Examples:
  sandtable run linjiang-flood
  sandtable run linjiang-flood --seed 7 --out runs/seed7
  sandtable run --resume runs/seed7`
}

// Run plays a drill to its end, records it, evaluates it and writes its report.
func (c *runCmd) Run(a *app) error {
	if (c.Scenario == "") == (c.Resume == "") {
		return badInput("want either a scenario or --resume RUN; see sandtable run --help")
	}
	if c.Resume != "" {
		if c.Seed != "" || c.Out != "" || c.Until != "" || c.Lang != "" {
			return badInput("--resume goes on as the run began; --seed, --out, --until and --lang are fixed then " +
				"(sandtable report RUN --lang … writes the report in another language)")
		}
		return c.resume(a)
	}
	loc, err := scenarios.Open(c.Scenario)
	if err != nil {
		return inputError{err}
	}
	s, err := loadStory(loc, &c.machineFlags)
	if err != nil {
		return err
	}
	h, err := c.header(s)
	if err != nil {
		return err
	}
	files, err := bundle(loc)
	if err != nil {
		return err
	}
	dir := c.Out
	if dir == "" {
		if dir, err = newRunDir(h); err != nil {
			return err
		}
	}
	rec, err := replay.Create(dir, h, files)
	if errors.Is(err, replay.ErrExists) {
		return inputError{err}
	}
	if err != nil {
		return err
	}
	return finishRun(a, s, rec, true)
}

// header says what is to be run.
func (c *runCmd) header(s *story) (replay.Header, error) {
	h := replay.Header{Scenario: s.sc.Drill.Name, Hash: fmt.Sprintf("%x", s.sc.Hash),
		Seed: sim.SeedOf(uint64(s.sc.Drill.Seed)), Language: s.sc.Drill.Language, Until: s.sc.Drill.Duration,
		Sources: s.sources()}
	if c.Lang != "" {
		h.Language = c.Lang
	}
	if c.Seed != "" {
		seed, err := sim.ParseSeed(c.Seed)
		if err != nil {
			return h, inputError{err}
		}
		h.Seed = seed
	}
	if c.Until != "" {
		until, err := sim.ParseDuration(c.Until)
		if err != nil || until < sim.Tick || until > s.sc.Drill.Duration || until%sim.Tick != 0 {
			return h, badInput("--until %q; want a span of whole seconds from 1s to %v", c.Until, s.sc.Drill.Duration)
		}
		h.Until = until
	}
	return h, nil
}

// newRunDir names a directory that is not there yet: the drill, the seed, and a number.
func newRunDir(h replay.Header) (string, error) {
	base := filepath.Join("runs", fmt.Sprintf("%s-seed%s", h.Scenario, h.Seed))
	for n := 1; ; n++ {
		dir := fmt.Sprintf("%s-%03d", base, n)
		_, err := os.Stat(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return dir, nil
		case err != nil:
			return "", badInput("no place for a new run: %w; say where with --out DIR", err)
		}
	}
}

// resume goes on with a run that was cut off.
func (c *runCmd) resume(a *app) error {
	run, s, err := openRun(c.Resume, &c.machineFlags)
	if err != nil {
		return err
	}
	rec, err := replay.Resume(run)
	if errors.Is(err, replay.ErrFinished) {
		return badInput("%w; sandtable report %s writes its summary and report, sandtable branch goes on otherwise", err,
			c.Resume)
	}
	if err != nil {
		return inputError{err}
	}
	for _, name := range rec.SetAside() {
		fmt.Fprintf(a.err, "moved aside what was damaged: %s\n", name)
	}
	return finishRun(a, s, rec, len(run.Header.Sources) > 0)
}

// finishRun plays a recorder's run, evaluates it and tells where everything is.
func finishRun(a *app, s *story, rec *replay.Recorder, live bool) error {
	p, err := s.play(a, rec, live)
	if p != nil {
		defer p.world.Close() // films are a cache
	}
	if err != nil {
		return errors.Join(err, rec.Close())
	}
	if !p.ended {
		err := rec.Close()
		fmt.Fprintf(a.err, "interrupted at %v; go on with: sandtable run --resume %s\n", p.world.Now(), rec.Dir())
		return errors.Join(errors.New("the run was interrupted"), err)
	}
	return s.conclude(a, rec, p)
}

// conclude evaluates a run that has ended, finishes its journal and writes its report.
func (s *story) conclude(a *app, rec *replay.Recorder, p *played) error {
	if err := rec.Finish(p.world, "played to its end", nil); err != nil {
		return err
	}
	if err := p.world.Close(); err != nil { // now the film is whole, and the reference run can play it
		return err
	}
	run, err := replay.Open(rec.Dir())
	if err != nil {
		return err
	}
	sum, html, err := s.evaluate(a, run, p)
	if err != nil {
		return err
	}
	if err := replay.WriteSummary(rec.Dir(), sum); err != nil {
		return err
	}
	path, err := replay.WriteReport(rec.Dir(), html)
	if err != nil {
		return err
	}
	if s.cache != nil {
		if err := replay.KeepFilms(rec.Dir(), s.cache.Used()); err != nil {
			return err
		}
	}
	if s.flags.JSON {
		return json.NewEncoder(a.out).Encode(sum)
	}
	printSummary(a, sum, p, path)
	return nil
}

// printSummary tells the most important figures.
func printSummary(a *app, sum *summary, p *played, report string) {
	fmt.Fprintf(a.out, `受威胁 at risk            %7d / %d
水到之前撤出 moved in time  %7d  (大巴 coach %d · 自驾 car %d · 步行 foot %d)
舟艇营救 rescued by boat   %7d
遇险 caught %d · 受伤 injured %d · 死亡 dead %d · 安置 sheltered %d
%v 演练 simulated in %.1f s (%.0fx), digest %s
报告 report: %s
`, sum.AtRisk, sum.Persons, sum.MovedBeforeWater, sum.MovedBy.Coach, sum.MovedBy.Car, sum.MovedBy.Foot,
		sum.RescuedByBoat, sum.Caught, sum.Injured, sum.Dead, sum.Sheltered,
		p.world.Now(), p.wall.Seconds(), p.world.Now().Seconds()/max(p.wall.Seconds(), 1e-9), sum.Digest, report)
}

// progressEvery is how often the progress is shown.
const progressEvery = 200 * time.Millisecond
