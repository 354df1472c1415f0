package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"sandtable/cmd/internal/stage"
	"sandtable/scenarios"
	"sandtable/scenarios/generate"
	"sandtable/sim"
)

type benchScaleCmd struct {
	Persons  []int  `default:"10000,30000,100000,300000,1000000" help:"各县人口 · Persons of each county."`
	Seed     uint64 `default:"7" help:"县的随机种子 · Seed of the counties."`
	Kind     string `enum:"river-flood,threatened-dam" default:"threatened-dam" help:"演练类型 · Kind of drill (${enum})."`
	Duration string `default:"12h" help:"时长 · How long the drills last."`
	Repeat   int    `default:"3" help:"每个演练推演几次，取用时最少的一次 · Plays of each drill from the film; the least cost counts."`
	CSV      string `placeholder:"FILE" help:"把结果写成 CSV · Write the table as CSV."`
}

// scaleRow is what the drill of one county took.
type scaleRow struct {
	persons, households, links int
	departures                 int     // parties that left their places
	solved                     float64 // the whole drill, with its water solved and filmed [core-s]
	filmed                     float64 // the whole drill, with its water from the film [core-s]
	memory                     int     // at most, of the second [MB]
}

// Run generates counties, plays each one's drill on one processor, once with the water solved and then from the film,
// and tells how cost grows with size. Of the plays from the film the cheapest counts: what else the machine does only
// ever adds.
func (c *benchScaleCmd) Run(a *app) error {
	duration, err := sim.ParseDuration(c.Duration)
	if err := errors.Join(flagError("duration", c.Duration, err), c.checkRepeat()); err != nil {
		return stage.Input(err)
	}
	runtime.GOMAXPROCS(1)
	dir, err := os.MkdirTemp("", "sandtable-scale-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var rows []scaleRow
	fmt.Fprintf(a.out, "%10s %11s %8s %11s %14s %16s %17s %10s\n", "persons", "households", "links", "departures",
		"solved core-s", "from film core-s", "per 1,000 core-ms", "memory MB")
	for _, n := range c.Persons {
		p := generate.Params{Name: fmt.Sprint("county", n), Persons: n, Seed: c.Seed, Kind: generate.Kind(c.Kind),
			Duration: duration}
		row, err := c.measure(a, filepath.Join(dir, p.Name), p)
		if err != nil {
			return err
		}
		rows = append(rows, row)
		fmt.Fprintf(a.out, "%10d %11d %8d %11d %14.2f %16.2f %17.2f %10d\n", row.persons, row.households, row.links,
			row.departures, row.solved, row.filmed, 1e6*row.filmed/float64(row.persons), row.memory)
	}
	if len(rows) > 1 {
		fmt.Fprintf(a.out, "from the film, cost grows as persons to the power of %.2f\n", exponent(rows))
	}
	return c.write(rows)
}

// checkRepeat says what is wrong with the number of plays.
func (c *benchScaleCmd) checkRepeat() error {
	if c.Repeat < 1 {
		return sim.Fail("参数 --repeat：%d；应至少为 1", "--repeat: %d; want at least 1", c.Repeat)
	}
	return nil
}

// measure generates a county in a directory of its own and plays it.
func (c *benchScaleCmd) measure(a *app, dir string, p generate.Params) (row scaleRow, err error) {
	sc, err := generate.County(p)
	if err != nil {
		return row, stage.Input(err)
	}
	if err := scenarios.Write(dir, sc); err != nil {
		return row, err
	}
	s, err := openStory(dir, &machineFlags{Machine: stage.Machine{Workers: 1, Films: filepath.Join(dir, "films")},
		JSON: true})
	if err != nil {
		return row, err
	}
	row = scaleRow{persons: len(s.Scenario.Persons), households: len(s.Scenario.Households), links: len(s.Scenario.Links)}
	solved, _, err := s.clocked(a)
	if err != nil {
		return row, err
	}
	row.solved, row.filmed = solved.total(), math.Inf(1)
	for range c.Repeat {
		runtime.GC()
		filmed, k, err := s.clocked(a)
		if err != nil {
			return row, err
		}
		row.filmed = min(row.filmed, filmed.total())
		row.departures, row.memory = k.left, max(row.memory, int(k.memory>>20))
	}
	return row, nil
}

// exponent fits a power of the persons to the costs, by least squares of the logarithms.
func exponent(rows []scaleRow) float64 {
	var x, y, xx, xy float64
	for _, r := range rows {
		u, v := math.Log(float64(r.persons)), math.Log(r.filmed)
		x, y, xx, xy = x+u, y+v, xx+u*u, xy+u*v
	}
	n := float64(len(rows))
	return (n*xy - x*y) / (n*xx - x*x)
}

// scaleHeader names the columns of the table.
var scaleHeader = []string{
	"persons", "households", "links", "departures", "solved_core_s", "filmed_core_s", "memory_mb",
}

func (c *benchScaleCmd) write(rows []scaleRow) error {
	if c.CSV == "" {
		return nil
	}
	f, err := os.Create(c.CSV)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	table := [][]string{scaleHeader}
	for _, r := range rows {
		table = append(table, []string{strconv.Itoa(r.persons), strconv.Itoa(r.households), strconv.Itoa(r.links),
			strconv.Itoa(r.departures), fmt.Sprintf("%.2f", r.solved), fmt.Sprintf("%.2f", r.filmed),
			strconv.Itoa(r.memory)})
	}
	if err := w.WriteAll(table); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
