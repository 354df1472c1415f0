package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/geo"
)

type benchFloodCmd struct {
	Case   []string `enum:"wet500,wet1000,valley,ea4" default:"wet500,wet1000,valley,ea4" sep:"," help:"算例 · Cases: ${enum}."`
	Scheme []string `enum:"inertial,advect,finite" default:"inertial" sep:"," help:"格式 · Schemes: ${enum}."`
	Worker []int    `default:"1" sep:"," help:"线程数 · Numbers of workers, such as 1,2."`
	Count  int      `default:"1" help:"重复次数 · How often each is run."`
	JSON   bool     `xor:"form" help:"供程序读取 · For machines."`
	Stat   bool     `xor:"form" help:"供 benchstat 读取 · Lines as benchstat reads them."`
}

// floodFigures is what one run of a case gives.
type floodFigures struct {
	Case         string  `json:"case"`
	Scheme       string  `json:"scheme"`
	Workers      int     `json:"workers"`
	Cells        int     `json:"cells"`
	Steps        int64   `json:"steps"`
	CPU          float64 `json:"cpu_s"`
	Wall         float64 `json:"wall_s"`
	Rate         float64 `json:"mcell_steps_per_cpu_s"`  // of all cells, as the peers count
	RateWall     float64 `json:"mcell_steps_per_wall_s"` // the same by the clock on the wall
	RateActive   float64 `json:"mcell_steps_per_cpu_s_active"`
	Active       float64 `json:"active_share"`
	BytesPerCell float64 `json:"bytes_per_cell"`
	Copies       float64 `json:"memory_copies_per_step"` // a step's time over that of a plain copy of the same bytes
}

// Run times every case with every scheme and number of workers.
func (c *benchFloodCmd) Run(a *app) error {
	var all []floodFigures
	for _, name := range c.Case {
		for _, scheme := range c.Scheme {
			for _, workers := range c.Worker {
				for range max(c.Count, 1) {
					f, err := timeFlood(a, name, scheme, workers)
					if err != nil {
						return err
					}
					if all = append(all, f); !c.JSON {
						c.print(a, f)
					}
				}
			}
		}
	}
	if c.JSON {
		return json.NewEncoder(a.out).Encode(all)
	}
	return nil
}

func (c *benchFloodCmd) print(a *app, f floodFigures) {
	if c.Stat {
		fmt.Fprintf(a.out, "BenchmarkFlood/%s/%s/workers=%d %d %.0f cpu-ns/op %.0f wall-ns/op %.2f Mcell-steps/cpu-s\n",
			f.Case, f.Scheme, f.Workers, 1, f.CPU*1e9, f.Wall*1e9, f.Rate)
		return
	}
	fmt.Fprintf(a.out, "%-8s %-9s %d worker(s) %8d cells %6d steps  %7.2f CPU-s  %7.2f s  "+
		"%7.1f M cell-steps/CPU-s (%.1f/s; active %.1f)  active %5.1f %%  %4.1f B/cell  %.1f copies/step\n",
		f.Case, f.Scheme, f.Workers, f.Cells, f.Steps, f.CPU, f.Wall, f.Rate, f.RateWall, f.RateActive, 100*f.Active,
		f.BytesPerCell, f.Copies)
}

// timeFlood runs one case once.
func timeFlood(a *app, name, scheme string, workers int) (floodFigures, error) {
	f := floodFigures{Case: name, Scheme: scheme, Workers: workers}
	var err error
	if n, wet := map[string]int{"wet500": 500, "wet1000": 1000}[name]; wet {
		err = f.lake(a, n)
	} else {
		err = f.hazard(a, map[string]floodCase{"valley": valleyCase, "ea4": ea4Case}[name])
	}
	nominal := float64(f.Steps) * float64(f.Cells) / 1e6
	f.Rate, f.RateWall = nominal/f.CPU, nominal/f.Wall
	f.RateActive = f.Rate * f.Active
	return f, err
}

// clocked takes the time of f.
func (f *floodFigures) clocked(work func() error) error {
	cpu, wall := cpuTime(), time.Now()
	err := work()
	f.Wall = time.Since(wall).Seconds()
	if f.CPU = (cpuTime() - cpu).Seconds(); f.CPU == 0 {
		f.CPU = f.Wall
	}
	return err
}

// lake lets n x n cells under some 2.5 m of water slosh over an uneven bed for so many steps that it takes seconds.
func (f *floodFigures) lake(a *app, n int) error {
	p := shallow.Params{Size: 10, Alpha: 0.7, Wet: 0.001, Theta: 0.9, Froude: 1, Workers: f.Workers}
	switch f.Scheme {
	case flood.SchemeFinite:
		p.Scheme, p.Alpha = shallow.Finite, 0.45
	case "advect":
		p.Advect = true
	}
	w := shallow.New(n, n, p)
	for j := range n {
		for i := range n {
			cell := &w.Cells[w.At(i, j)]
			dx, dy := float64(i-n/2)/float64(n), float64(j-n/2)/float64(n)
			cell.Bed, cell.Rough = float32((i*7+j*13)%100*2), float32(0.03*math.Sqrt(shallow.Gravity)/2)
			cell.H = 2.5 + 0.5*math.Max(0, 1-20*(dx*dx+dy*dy)) - float64(cell.Bed)/1000
		}
	}
	for t := range w.Tiles {
		w.Survey(t)
	}
	f.Cells, f.Active = n*n, 1
	steps := 40_000_000 / (n * n) * 2
	err := f.clocked(func() error {
		for range steps {
			if err := w.Step(w.Longest(0)); err != nil {
				return err
			}
			if err := a.ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	f.Steps = int64(steps)
	f.memory(w.Footprint())
	return err
}

// memory compares a step with a plain copy of as many bytes as the state takes.
func (f *floodFigures) memory(bytes int) {
	f.BytesPerCell = float64(bytes) / float64(f.Cells)
	from, to := slices.Repeat([]byte{1}, bytes), make([]byte, bytes)
	const rounds = 20
	copy(to, from) // the pages are there from now on
	var c floodFigures
	_ = c.clocked(func() error { // a copy does not fail
		for range rounds {
			copy(to, from)
		}
		return nil
	})
	f.Copies = f.CPU / float64(f.Steps) / (c.CPU / rounds)
}

// floodCase makes ground, water and length of a case.
type floodCase func() (*sim.Terrain, *flood.Config, sim.Duration)

// hazard runs a case with publications, as a drill would.
func (f *floodFigures) hazard(a *app, c floodCase) error {
	ground, config, until := c()
	config.Solver.Scheme = strings.Replace(f.Scheme, "advect", flood.SchemeInertial, 1)
	config.Solver.Advect = f.Scheme == "advect"
	h, err := config.New(sim.HazardEnv{Terrain: ground, Workers: f.Workers})
	if err != nil {
		return err
	}
	err = f.clocked(func() error {
		for at := sim.Time(0); at < sim.Time(until); {
			at = at.Add(h.Interval())
			if err := h.Advance(at); err != nil {
				return err
			}
			h.Publish()
			if err := a.ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	e, _ := flood.EffortOf(h)
	f.Cells, f.Steps = ground.Grid.Len(), e.Steps
	f.Active = float64(e.CellSteps) / float64(e.Steps) / float64(f.Cells)
	f.memory(e.Bytes)
	return err
}

// valleyCase is a V-shaped valley of 500 x 500 cells of 10 m, 1:40 to its sides and 1:5000 along it, dry, into which
// 300 m3/s flow for 3 h: 6 % of it are wet in the end.
func valleyCase() (*sim.Terrain, *flood.Config, sim.Duration) {
	const n = 500
	ground := &sim.Terrain{Grid: geo.Grid{NX: n, NY: n, Cell: 10}}
	mid := ground.Grid.Bounds().Height() / 2
	for k := range ground.Grid.Len() {
		p := ground.Grid.Centre(ground.Grid.IJ(k))
		z := 100 - p.X/5000 + math.Abs(p.Y-mid)/40
		ground.Bed = append(ground.Bed, int32(math.Round(z*1000)))
	}
	c := flood.Default()
	c.Roughness.Farmland = 0.03
	c.Inflows = []flood.Inflow{{Name: "river", Times: []sim.Duration{0}, Flows: []float64{300},
		Place: [][2]float64{{5, mid - 50}, {5, mid + 50}}}}
	out := flood.DefaultBoundary()
	out.Kind, out.Edge, out.To, out.Slope = flood.BoundaryOutflow, "east", 2*mid, 0.0002
	c.Boundaries = []flood.Boundary{out}
	return ground, &c, 3 * sim.Hour
}

// ea4Case is test 4 of the benchmark of the Environment Agency (Neelz and Pender 2013): a plane of 1 x 2 km at 5 m.
func ea4Case() (*sim.Terrain, *flood.Config, sim.Duration) {
	g := geo.Grid{NX: 200, NY: 400, Cell: 5}
	c := flood.Default()
	c.Roughness.Farmland = 0.05
	c.Inflows = []flood.Inflow{{
		Name:  "west",
		Times: []sim.Duration{0, 5 * sim.Minute, sim.Hour, 4 * sim.Hour, 5 * sim.Hour},
		Flows: []float64{0, 0, 20, 20, 0}, Place: [][2]float64{{2.5, 992.5}, {2.5, 1007.5}},
	}}
	return &sim.Terrain{Grid: g, Bed: make([]int32, g.Len())}, &c, 5 * sim.Hour
}
