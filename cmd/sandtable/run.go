package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sandtable/cmd/internal/stage"
	"sandtable/replay"
	"sandtable/sim"
)

type runCmd struct {
	Scenario string `arg:"" optional:"" help:"内置演练名或目录 · A shipped drill's name, or a directory."`
	Seed     string `help:"随机种子，如 7，或 灾害:人群:演练 · Seed: 7, or hazard:people:drill."`
	Out      string `placeholder:"DIR" help:"推演目录，缺省为 runs/ 下新目录 · Where to record; a new one under runs/ by default."`
	Until    string `help:"推演到何时，如 6h · Until when, such as 6h."`
	Resume   string `placeholder:"RUN" help:"继续一次中断的推演 · Go on with a run that was cut off."`
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
		return stage.Bad("应给出演练，或 --resume 推演目录；见 sandtable run --help",
			"want either a scenario or --resume RUN; see sandtable run --help")
	}
	if c.Resume != "" {
		if c.Seed != "" || c.Out != "" || c.Until != "" || c.Lang != "" {
			return stage.Bad("--resume 按原推演继续；不应另给 --seed、--out、--until 或 --lang（另一语言的报告：sandtable report RUN --lang …）",
				"--resume goes on as the run began; --seed, --out, --until and --lang are fixed then "+
					"(sandtable report RUN --lang … writes the report in another language)")
		}
		return c.resume(a)
	}
	s, err := openStory(c.Scenario, &c.machineFlags)
	if err != nil {
		return err
	}
	h, err := c.header(s)
	if err != nil {
		return err
	}
	dir := c.Out
	if dir == "" {
		if dir, err = newRunDir(h); err != nil {
			return err
		}
	}
	rec, err := s.Record(dir, h)
	if err != nil {
		return err
	}
	return finishRun(a, s, rec, true)
}

// header says what is to be run.
func (c *runCmd) header(s *story) (replay.Header, error) {
	seed, err := s.Seed(c.Seed)
	if err != nil {
		return replay.Header{}, stage.Bad("参数 --seed：%v", "--seed: %v", err)
	}
	h := s.Header(seed, s.lang.String())
	if c.Until != "" {
		until, err := sim.ParseDuration(c.Until)
		if err != nil || until < sim.Tick || until > h.Until || until%sim.Tick != 0 {
			return h, stage.Bad("--until %q；应为 1s 至 %v 的整秒时长",
				"--until %q; want a span of whole seconds from 1s to %v", c.Until, h.Until)
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
			return "", stage.Sort(sim.Fail("无处存放新推演：%v；应以 --out 指定目录",
				"no place for a new run: %v; say where with --out DIR", err))
		}
	}
}

// resume goes on with a run that was cut off.
func (c *runCmd) resume(a *app) error {
	s, err := openRun(a, c.Resume, &c.machineFlags)
	if err != nil {
		return err
	}
	rec, err := replay.Resume(s.Run)
	if errors.Is(err, replay.ErrFinished) {
		return stage.Bad("%v；无可继续：sandtable report %s 生成摘要和报告，sandtable branch 从某一时刻起另作推演",
			"%v; there is nothing to resume: sandtable report %s writes its summary and report, "+
				"sandtable branch goes on from an instant with other orders", err, c.Resume)
	}
	if err != nil {
		return stage.Sort(err)
	}
	for _, name := range rec.SetAside() {
		fmt.Fprintf(a.err, "%s: %s\n", tr(s.lang, "损坏部分已移至", "moved aside what was damaged"), name)
	}
	return finishRun(a, s, rec, len(s.Run.Header.Sources) > 0)
}

// finishRun plays a recorder's run, evaluates it and tells where everything is.
func finishRun(a *app, s *story, rec *replay.Recorder, live bool) error {
	a.lang = s.lang // as everything that is shown from here on
	p, err := s.play(a, rec, live)
	if p != nil {
		defer p.world.Close() // films are a cache
	}
	if err != nil {
		return errors.Join(err, rec.Close())
	}
	if !p.ended {
		err := sim.Fail("已在 %v 中断；继续推演：sandtable run --resume %s",
			"interrupted at %v; go on with: sandtable run --resume %s", p.world.Now(), rec.Dir())
		return errors.Join(err, rec.Close())
	}
	return s.conclude(a, rec, p)
}

// conclude evaluates a run that has ended, finishes its journal and writes its report.
func (s *story) conclude(a *app, rec *replay.Recorder, p *played) error {
	if err := rec.Finish(p.world, nil); err != nil {
		return err
	}
	s.filmLost(a, p.world.Close()) // now the film is whole, and the reference run can play it
	dir := rec.Dir()
	run, err := replay.Open(dir)
	if err != nil {
		return err
	}
	if !s.flags.JSON {
		fmt.Fprintln(a.err, tr(s.lang, "正在推演无防护指令的参照推演并撰写报告……",
			"playing the reference run without protective orders, and writing the report …"))
	}
	sum, html, err := s.evaluate(a, run, p)
	if err != nil {
		return s.unevaluated(dir, err)
	}
	err = replay.WriteSummary(dir, sum)
	path := ""
	if err == nil {
		path, err = replay.WriteReport(dir, html)
	}
	if err != nil {
		return s.unevaluated(dir, err)
	}
	if s.Cache != nil {
		s.filmLost(a, replay.KeepFilms(dir, s.Cache.Used()))
	}
	if s.flags.JSON {
		err = json.NewEncoder(a.out).Encode(sum)
	} else {
		printSummary(a, sum, s.lang)
		fmt.Fprintf(a.out, tr(s.lang, "推演 %v，用时 %s 秒（%.0f 倍速），摘要 %s\n报告：%s\n",
			"%v simulated in %s s (%.0fx), digest %s\nreport: %s\n"), p.world.Now(), seconds(p.wall),
			p.world.Now().Seconds()/max(p.wall.Seconds(), 1e-9), sum.Digest, path)
	}
	return errors.Join(err, s.stopError(sum))
}

// filmLost tells that a film could not be kept. Films are a cache: the run is complete without them.
func (s *story) filmLost(a *app, err error) {
	if err != nil {
		fmt.Fprintf(a.err, tr(s.lang, "水情影片未能保存，需要时重新求解：%s\n",
			"the film of the water was not kept and is made again when it is needed: %s\n"), sim.Words(err).In(s.lang))
	}
}

// stopError is the error of a run that was stopped; nil for one that was played to its end.
func (s *story) stopError(sum *summary) error {
	if sum.Stopped == nil {
		return nil
	}
	at := sim.Time(sum.Ticks) * sim.Time(sim.Tick)
	return sim.Fail("推演在 %v 中止，无法继续：%s", "the run was stopped at %v and cannot go on: %s", at, sum.Stopped.Why)
}

// printSummary tells the most important figures.
func printSummary(a *app, sum *summary, lang sim.Lang) {
	fmt.Fprintf(a.out, tr(lang, `受威胁        %7d / %d
水到之前撤出  %7d （大巴 %d · 自驾 %d · 两轮车 %d · 步行 %d · 接转 %d）
舟艇营救      %7d （结束时仍被困 %d）
遇险 %d · 受伤 %d · 死亡 %d · 登记安置 %d
`, `at risk         %7d / %d
moved in time   %7d (coach %d · car %d · bike %d · foot %d · fetched %d)
rescued by boat %7d (still stranded at the end: %d)
caught %d · injured %d · dead %d · sheltered %d
`), sum.AtRisk, sum.Persons, sum.MovedBeforeWater, sum.MovedBy.Coach, sum.MovedBy.Car, sum.MovedBy.Bike,
		sum.MovedBy.Foot, sum.MovedBy.Other,
		sum.RescuedByBoat, sum.StrandedEnd, sum.Caught, sum.Injured, sum.Dead, sum.Sheltered)
}
