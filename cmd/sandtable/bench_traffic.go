package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"sandtable/cmd/internal/stage"
	"sandtable/scenarios"
	"sandtable/scenarios/traffic"
	"sandtable/sim"
	"sandtable/sim/road"
)

type benchTrafficCmd struct {
	Dir  string `arg:"" help:"算例目录：nodes.csv、edges.csv、trips.csv，或 TNTP 文件 · Directory of the case: tables or TNTP files."`
	Make string `placeholder:"grid:…" help:"先在该目录生成算例并结束 · Make a case there and end: grid:JUNCTIONS,TRIPS,WINDOW,EXITS,LANES,SEED,NEAR."`

	Junctions   bool    `default:"true" negatable:"" help:"路口有通行能力 · Junctions have a capacity of their own."`
	UTurns      string  `name:"uturns" enum:"anywhere,dead-end" default:"dead-end" help:"何处可掉头 · Where vehicles turn round (${enum})."`
	Capacity    string  `default:"given" placeholder:"given|diagram|N" help:"车道通行能力：依文件、依基本图或每车道 N 辆/小时 · Of lanes: the files', the fundamental diagram's, or N veh/h."`
	Gridlock    string  `placeholder:"30m" help:"锁死多久后由交警疏导；缺省不疏导 · After which time police wave a gridlock on; never when left out."`
	Guided      float64 `placeholder:"0.2" help:"知道当前路况的驾驶人比例，0 至 1 · Share of drivers who know how long roads take at present, 0 to 1."`
	GuidedEvery string  `default:"5m" help:"路况多久更新一次 · How often they hear it."`
	Until       string  `default:"48h" help:"最迟至 · End of the run at the latest."`
	Every       string  `placeholder:"5m" help:"每隔多久报告一次 · How often to report what has become of the vehicles."`
	Strict      bool    `help:"有误即停 · Stop when anything is wrong with the files."`

	Arrivals  string   `placeholder:"FILE.csv" help:"每次行程的结果 · What became of each trip."`
	Flows     []string `placeholder:"FILE" sep:"none" help:"各路段分时段的流量、车速、密度、排队：.csv 或 .geojson · Flow, speed, density, queue of links by period."`
	FlowEvery string   `default:"5m" help:"流量时段 · Length of a period of --flows."`
	XT        string   `name:"xt" placeholder:"FILE" help:"时空图：.svg 或 .png · Density and speed over distance and time."`
	Along     []string `placeholder:"EDGE,…" sep:"," help:"时空图的路段，缺省取最繁忙的一条路径 · Edges of --xt; the most loaded way when left out."`
	SUMO      string   `name:"sumo" placeholder:"DIR" help:"另写为 SUMO 的输入 · Write the case for Eclipse SUMO, too."`
	JSON      bool     `name:"json" help:"供程序读取 · For machines."`
	Lang      string   `enum:"zh,en" default:"en" help:"语言 · Language (${enum})."`

	tntpFlags
}

func (c *benchTrafficCmd) Help() string {
	return `示例 Example:
  sandtable bench traffic town --make grid:50,20000,1h,8,2,1,0.7    生成 make a town of 50 x 50 junctions
  sandtable bench traffic town --every 10m                          推演 run it
  sandtable bench traffic town --flows flows.csv --flows flows.geojson --arrivals arrivals.csv
  sandtable bench traffic town --xt queue.svg                       时空图 density and speed along the busiest way
  sandtable bench traffic SiouxFalls --demand 0.1 --spread 2h       TNTP
  sandtable bench traffic town --no-junctions --capacity diagram --sumo town-sumo

文件格式见 The files are described in docs/traffic.md, docs/zh/traffic.md.`
}

// tntpFlags say what the numbers of TNTP files mean.
type tntpFlags struct {
	TimeUnit   string  `default:"1m" help:"TNTP 的时间单位 · Unit of TNTP's free flow time."`
	LengthUnit float64 `default:"1000" help:"TNTP 的长度单位（米）· Unit of TNTP's length [m]."`
	PerTime    string  `default:"1h" help:"TNTP 的通行能力所指时间 · Time to which TNTP's capacities refer."`
	Spread     string  `default:"1h" help:"TNTP 的出行在多长时间内出发 · Time over which the trips of TNTP set out."`
	Demand     float64 `default:"1" help:"TNTP 的出行量系数 · Factor on the trips of TNTP."`
	Seed       uint64  `default:"1" help:"TNTP 出发时刻的种子 · Seed of TNTP's departures."`
}

// units reads the flags.
func (f *tntpFlags) units() (traffic.Units, error) {
	u := traffic.Units{Length: f.LengthUnit, Demand: f.Demand, Seed: f.Seed}
	err := errors.Join(f.span("time-unit", f.TimeUnit, &u.Time), f.span("per-time", f.PerTime, &u.Flow),
		f.span("spread", f.Spread, &u.Spread))
	if !(f.LengthUnit > 0 && f.LengthUnit <= 1e6) {
		err = errors.Join(err, sim.Fail("参数 --length-unit %g；应大于 0 且不超过 1e6 米",
			"--length-unit %g; want above 0 and up to 1e6 m", f.LengthUnit))
	}
	if !(f.Demand >= 0 && f.Demand <= 1e6) {
		err = errors.Join(err, sim.Fail("参数 --demand %g；应为 0 至 1e6", "--demand %g; want 0 to 1e6", f.Demand))
	}
	return u, err
}

// span reads a flag that is a positive span of time.
func (f *tntpFlags) span(flag, text string, to *sim.Duration) (err error) {
	*to, err = sim.ParseDuration(text)
	if err == nil && *to <= 0 {
		err = sim.Fail("应大于 0", "want more than 0")
	}
	return flagError(flag, text, err)
}

// options reads the flags of a run.
func (c *benchTrafficCmd) options() (o traffic.Options, every, flowEvery sim.Duration, err error) {
	o = traffic.Options{Junctions: c.Junctions}
	if c.UTurns == "dead-end" {
		o.UTurn = road.UTurnDeadEnd
	}
	switch c.Capacity {
	case "given":
	case "diagram":
		o.Capacity = traffic.CapacityDiagram
	default:
		o.Capacity = traffic.CapacityFixed
		if o.Lane, err = strconv.ParseFloat(c.Capacity, 64); err != nil || !(o.Lane > 0 && o.Lane <= 10000) {
			err = sim.Fail("参数 --capacity %q；应为 given、diagram 或 0 至 10000 之间的数", "--capacity %q; want given, diagram or a "+
				"number up to 10000", c.Capacity)
		}
	}
	var until sim.Duration
	err = errors.Join(err, c.span("until", c.Until, &until), c.span("flow-every", c.FlowEvery, &flowEvery))
	if c.Gridlock != "" {
		o.Gridlock = road.GridlockRotate
		err = errors.Join(err, c.span("gridlock", c.Gridlock, &o.GridlockAfter))
	}
	if c.Every != "" {
		err = errors.Join(err, c.span("every", c.Every, &every))
	}
	o.Until, o.Guided = sim.Time(until), c.Guided
	if err = errors.Join(err, c.span("guided-every", c.GuidedEvery, &o.GuidedEvery)); !(c.Guided >= 0 && c.Guided <= 1) {
		err = errors.Join(err, sim.Fail("参数 --guided %g；应为 0 至 1", "--guided %g; want 0 to 1", c.Guided))
	}
	if flowEvery > 0 && flowEvery < sim.Second {
		err = errors.Join(err, sim.Fail("参数 --flow-every %q；应不短于 1 秒", "--flow-every %q; want 1 s or more", c.FlowEvery))
	}
	return o, every, flowEvery, errors.Join(err, c.files())
}

// files checks the names of the files that are asked for.
func (c *benchTrafficCmd) files() (err error) {
	ends := func(file, one, other string) bool {
		end := strings.ToLower(filepath.Ext(file))
		return end == one || end == other
	}
	for _, file := range c.Flows {
		if !ends(file, ".csv", ".geojson") {
			err = errors.Join(err, sim.Fail("参数 --flows %q；应为 .csv 或 .geojson", "--flows %q; want .csv or .geojson", file))
		}
	}
	if c.XT != "" && !ends(c.XT, ".svg", ".png") {
		err = errors.Join(err, sim.Fail("参数 --xt %q；应为 .svg 或 .png", "--xt %q; want .svg or .png", c.XT))
	}
	if c.XT == "" && len(c.Along) > 0 {
		err = errors.Join(err, sim.Fail("有 --along 而无 --xt；应同时写 --xt", "--along without --xt; want --xt as well"))
	}
	return err
}

// trafficFigures is what the verb prints for machines.
type trafficFigures struct {
	Case string `json:"case"`
	traffic.Result
	LoadCPU float64 `json:"load_cpu_s"` // reading the files and making the roads
	RunCPU  float64 `json:"run_cpu_s"`
	AllCPU  float64 `json:"cpu_s"` // of the whole program so far
	Wall    float64 `json:"wall_s"`
}

// trafficBench is a case while it is timed.
type trafficBench struct {
	*benchTrafficCmd
	a     *app
	lang  sim.Lang
	run   *traffic.Run
	every sim.Duration

	entries *traffic.Entries
	flows   *traffic.Flows
	path    *traffic.SpaceTime
	load    time.Duration
	spent   time.Duration
	wall    time.Duration
}

// gcPercent lets the heap grow to five times what is in use before it is swept: a case stays in memory, and little of
// what is made while it runs is garbage.
const gcPercent = 400

// Run reads a case, plays it on one thread and tells what came of it.
func (c *benchTrafficCmd) Run(a *app) error {
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(gcPercent)
	lang, _ := sim.LangByName(c.Lang)
	b := &trafficBench{benchTrafficCmd: c, a: a, lang: lang}
	if c.Make != "" {
		return b.make()
	}
	if err := b.open(); err != nil {
		return err
	}
	if c.SUMO != "" {
		if err := b.run.WriteSUMO(c.SUMO); err != nil {
			return err
		}
	}
	stopped := b.play()
	if stopped != nil && a.ctx.Err() == nil {
		return stopped
	}
	return errors.Join(b.tell(), b.write(), stopped)
}

// make writes a case that is made.
func (b *trafficBench) make() error {
	g, err := traffic.ParseGrid(b.Make)
	if err != nil {
		return stage.Input(err)
	}
	c := g.Case()
	if err := c.WriteCSV(b.Dir); err != nil {
		return stage.Input(err)
	}
	form := tr(b.lang, "%s：%d 个节点，%d 条路段，%d 次行程\n", "%s: %d nodes, %d edges, %d trips\n")
	fmt.Fprintf(b.a.out, form, b.Dir, len(c.Nodes), len(c.Edges), len(c.Trips))
	return nil
}

// open reads the case and puts it on the roads.
func (b *trafficBench) open() error {
	units, err1 := b.units()
	o, every, flowEvery, err2 := b.options()
	if err := errors.Join(err1, err2); err != nil {
		return stage.Input(err)
	}
	b.every = every
	if err := b.placesExist(); err != nil {
		return err
	}
	before := cpuTime()
	c, found, err := traffic.Read(b.Dir, units)
	b.complain(found)
	if err != nil {
		return stage.Input(err)
	}
	var more scenarios.Diagnostics
	b.run, more, err = traffic.NewRun(c, o)
	b.complain(more)
	if err != nil {
		return stage.Input(err)
	}
	b.load = cpuTime() - before
	if b.Strict && (found.Failed() || more.Failed()) {
		return stage.Bad("%s：文件有误，未推演（--strict）", "%s: the files are wrong, and --strict wants them right", b.Dir)
	}
	return b.watch(flowEvery)
}

// placesExist says where files could not be written, before the run and not after it.
func (b *trafficBench) placesExist() error {
	var errs []error
	for _, path := range append([]string{b.Arrivals, b.XT}, b.Flows...) {
		if path == "" {
			continue
		}
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			errs = append(errs, stage.Bad("%s：目录不存在，请先建立", "%s: there is no such directory; want one that exists", path))
		}
	}
	return errors.Join(errs...)
}

// watch adds what looks at the run.
func (b *trafficBench) watch(flowEvery sim.Duration) error {
	if b.Arrivals != "" {
		b.entries = &traffic.Entries{}
		b.run.Add(b.entries)
	}
	if len(b.Flows) > 0 {
		b.flows = traffic.NewFlows(flowEvery)
		b.run.Add(b.flows)
	}
	if b.XT != "" {
		path, err := b.run.Case.PathOf(b.Along)
		if err != nil {
			return stage.Input(err)
		}
		if len(path) == 0 {
			path = b.run.LoadedPath()
		}
		b.path = traffic.NewSpaceTime(path)
		b.run.Add(b.path)
	}
	return nil
}

// complain prints what is wrong with the files.
func (b *trafficBench) complain(found scenarios.Diagnostics) {
	for _, d := range found {
		fmt.Fprintln(b.a.err, d.In(b.lang))
	}
}

// play runs the case to its end, or until it is interrupted.
func (b *trafficBench) play() error {
	bar := newProgress(b.a, b.run.Options.Until, b.lang)
	defer bar.finish()
	start, cpu := time.Now(), cpuTime()
	defer func() { b.spent, b.wall = cpuTime()-cpu, time.Since(start) }()
	for more := true; more; {
		var err error
		if more, err = b.run.Advance(); err != nil {
			return err
		}
		now := b.run.Now()
		if b.every > 0 && now%sim.Time(b.every) == 0 {
			if err := b.report(); err != nil {
				return err
			}
		}
		if now%sim.Time(10*sim.Second) == 0 {
			bar.step(now)
			if err := b.a.ctx.Err(); err != nil {
				return err
			}
		}
	}
	return nil
}

// report prints a line of what has become of the vehicles, after counting all of them again.
func (b *trafficBench) report() error {
	if err := b.run.Roads.Check(true); err != nil {
		return err
	}
	t := b.run.Tally()
	to := b.a.out
	if b.JSON {
		to = b.a.err
	}
	form := tr(b.lang, "%v 出发 %d = 到达 %d + 在途 %d + 等候 %d + 滞留 %d\n",
		"%v  in %d = out %d + inside %d + waiting %d + stranded %d\n")
	fmt.Fprintf(to, form, b.run.Now(), t.In, t.Out, t.Inside, t.Waiting, t.Stranded)
	return nil
}

// write writes the files that are asked for.
func (b *trafficBench) write() error {
	var errs []error
	if b.entries != nil {
		errs = append(errs, toFile(b.Arrivals, func(w io.Writer) error { return b.run.WriteArrivals(w, b.entries) }))
	}
	if b.flows != nil {
		b.flows.Close(b.run)
	}
	for _, file := range b.Flows {
		write := b.flows.WriteCSV
		if strings.EqualFold(filepath.Ext(file), ".geojson") {
			write = b.flows.WriteGeoJSON
		}
		errs = append(errs, toFile(file, func(w io.Writer) error { return write(w, b.run.Case) }))
	}
	if b.path != nil {
		field := b.path.Field(b.run.Case, b.run.Roads.Network())
		first, last := b.path.Path[0], b.path.Path[len(b.path.Path)-1]
		names := [2]string{b.run.Case.EdgeName(first), b.run.Case.EdgeName(last)}
		errs = append(errs, toFile(b.XT, func(w io.Writer) error { return drawField(w, &field, names, b.XT, b.lang) }))
	}
	return errors.Join(errs...)
}

// toFile writes a file.
func toFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// tell prints what came of the run.
func (b *trafficBench) tell() error {
	v := trafficFigures{Case: filepath.Base(filepath.Clean(b.Dir)), Result: b.run.Result(), LoadCPU: b.load.Seconds(),
		RunCPU: b.spent.Seconds(), AllCPU: cpuTime().Seconds(), Wall: b.wall.Seconds()}
	if b.JSON {
		return json.NewEncoder(b.a.out).Encode(&v)
	}
	b.print(&v)
	return nil
}
