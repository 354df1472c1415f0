package storm

import (
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"

	"pgregory.net/rapid"
)

var mapArea = geo.Rect{Max: geo.Point{X: 4500, Y: 3000}}

// beijing is the formula of Beijing for a return period of 10 years, 2 h, as a design storm that begins after an hour.
func beijing() Chicago {
	s := scenario.Filled[Chicago]()
	s.At, s.A1, s.C, s.B, s.N, s.Period, s.Duration = sim.Hour, 2001.0/167, 0.811, 8, 0.711, 10, 2*sim.Hour
	return s
}

// cell is a bell of 60 mm/h that crosses the map from the west in an hour, and then stands and fades.
func cell() Moving {
	s := scenario.Filled[Moving]()
	s.Times, s.Rates = []sim.Duration{0, sim.Hour, 90 * sim.Minute}, []float64{20, 60, 0}
	s.X, s.Y, s.Along, s.Across = []float64{-3000, 6000, 6000}, []float64{1000, 2000, 2000}, 2000, 1500
	return s
}

// raster is a grid of 2 x 2 cells of 2500 m over the map, that changes after 40 min.
func raster() Gridded {
	s := scenario.Filled[Gridded]()
	s.Files = []string{"rain.csv"}
	s.Series = []sim.Rasters{{
		Grid: geo.Grid{NX: 2, NY: 2, Cell: 2500}, Times: []sim.Duration{10 * sim.Minute, 40 * sim.Minute, 2 * sim.Hour},
		Values: [][]float64{{10, 20, 30, 40}, {0, 5, 0, 50}, {0, 0, 0, 0}},
	}}
	return s
}

// everything is rain of all kinds.
func everything() *Config {
	c := scenario.Filled[Config]()
	c.Times, c.Rates = []sim.Duration{0, sim.Hour, 2 * sim.Hour}, []float64{12, 36, 0}
	c.Chicago = []Chicago{beijing()}
	disc := cell()
	disc.Profile, disc.Background = ProfileDisc, 3
	c.Moving = []Moving{cell(), disc}
	c.Gridded = []Gridded{raster()}
	return &c
}

// The depth over a span is the sum of the depths over its parts, however it is cut, and never negative.
func TestPartsMakeTheWhole(t *testing.T) {
	f := Compile(everything())
	rapid.Check(t, func(t *rapid.T) {
		at := geo.Point{X: rapid.Float64Range(-1000, 6000).Draw(t, "x"), Y: rapid.Float64Range(-1000, 4000).Draw(t, "y")}
		from := sim.Time(rapid.Int64Range(0, 3*3600e6).Draw(t, "from"))
		now, sum := from, 0.0
		for range rapid.IntRange(1, 30).Draw(t, "parts") {
			next := now + sim.Time(rapid.Int64Range(1, 600e6).Draw(t, "part"))
			part := f.Depth(at, now, next)
			if part < -1e-17 {
				t.Fatalf("%g m from %v to %v", part, now, next)
			}
			sum, now = sum+part, next
		}
		if whole := f.Depth(at, from, now); math.Abs(whole-sum) > 1e-14+1e-12*whole {
			t.Fatalf("%.17g m at once, %.17g m in parts", whole, sum)
		}
	})
}

// The closed integrals are what a fine sum over instants gives.
func TestMovingAgainstASum(t *testing.T) {
	for profile, close := range map[string]float64{ProfileGaussian: 1e-7, ProfileDisc: 1e-4} { // a disc has an edge
		s := cell()
		s.Profile = profile
		m := newMoving(&s)
		for _, at := range []geo.Point{{X: 1500, Y: 1500}, {X: 6000, Y: 2000}, {X: 3000, Y: 3400}, {X: -2900, Y: 900}} {
			const step = 100 * sim.Millisecond
			sum := 0.0
			for n := sim.Time(0); n < sim.Time(2*sim.Hour); n += sim.Time(step) {
				sum += rateOf(&s, at, n+sim.Time(step)/2) * step.Seconds()
			}
			got := m.between(at, 0, sim.Time(2*sim.Hour))
			if math.Abs(got-sum) > close*sum+1e-12 {
				t.Errorf("%s at %v: %.9f m; a sum gives %.9f", profile, at, got, sum)
			}
			if got <= 0 && at.Y < 3000 {
				t.Errorf("%s at %v: nothing", profile, at)
			}
		}
	}
}

// rateOf is the intensity of a storm at an instant [m/s], written down directly.
func rateOf(s *Moving, at geo.Point, t sim.Time) float64 {
	k := 0
	for k+2 < len(s.Times) && sim.Time(s.Times[k+1]) <= t {
		k++
	}
	if t > sim.Time(s.Times[k+1]) {
		return 0
	}
	w := t.Sub(sim.Time(s.Times[k])).Seconds() / (s.Times[k+1] - s.Times[k]).Seconds()
	x, y := s.X[k]+w*(s.X[k+1]-s.X[k]), s.Y[k]+w*(s.Y[k+1]-s.Y[k])
	rate := (s.Rates[k] + w*(s.Rates[k+1]-s.Rates[k])) / 3.6e6
	angle := math.Atan2(1000, 9000)
	dx, dy := at.X-x, at.Y-y
	u := (dx*math.Cos(angle) + dy*math.Sin(angle)) / s.Along
	v := (dy*math.Cos(angle) - dx*math.Sin(angle)) / s.Across
	switch r2 := u*u + v*v; {
	case s.Profile == ProfileGaussian:
		return rate * math.Exp(-r2/2)
	case r2 <= 1:
		return rate
	}
	return 0
}

// Over the whole plane a bell gives 2 pi times its radii times the integral of its intensity.
func TestVolumeOfABell(t *testing.T) {
	s := cell()
	m := newMoving(&s)
	sum := 0.0
	for x := -15000.0; x <= 20000; x += 250 {
		for y := -10000.0; y <= 13000; y += 250 {
			sum += m.between(geo.Point{X: x, Y: y}, 0, sim.Time(2*sim.Hour)) * 250 * 250
		}
	}
	want := 2 * math.Pi * 2000 * 1500 * (0.040*1 + 0.030*0.5)
	if math.Abs(sum/want-1) > 1e-6 {
		t.Errorf("%.0f m3; want %.0f", sum, want)
	}
}

// Rain cells get what falls at their centres, and of a grid the mean over their area.
func TestBlocks(t *testing.T) {
	c := everything()
	f := Compile(c)
	b := f.Blocks(mapArea, 1000)
	if b.Grid.NX != 5 || b.Grid.NY != 3 {
		t.Fatalf("%d x %d rain cells", b.Grid.NX, b.Grid.NY)
	}
	from, to := sim.Time(20*sim.Minute), sim.Time(80*sim.Minute)
	depth := b.Fall(from, to)
	grid := &f.grids[0]
	for k, d := range depth {
		i, j := b.Grid.IJ(k)
		at := b.Grid.Centre(i, j)
		want := f.Depth(at, from, to)
		if i == 2 || j == 2 { // the grid's border lies within
			want -= grid.between(at, from, to)
			mean := 0.0
			for x := range 100 {
				for y := range 100 {
					p := geo.Point{X: float64(i*1000) + float64(x)*10 + 5, Y: float64(j*1000) + float64(y)*10 + 5}
					mean += grid.between(p, from, to) / 10000
				}
			}
			want += mean
		}
		if math.Abs(d-want) > 1e-15+1e-12*want {
			t.Errorf("rain cell %d: %.15g m; want %.15g", k, d, want)
		}
	}
	if f.Even() || !f.ActiveAfter(sim.Time(70*sim.Minute)) || f.ActiveAfter(sim.Time(3*sim.Hour)) {
		t.Error("even, or active when it is not")
	}
}

// Where the last rain cell reaches beyond the area, its mean is that of the part inside.
func TestLastBlockCountsWhatLiesInside(t *testing.T) {
	s := raster()
	f := Compile(&Config{Gridded: []Gridded{s}})
	b := f.Blocks(geo.Rect{Max: geo.Point{X: 3000, Y: 2500}}, 2000)
	depth := b.Fall(sim.Time(10*sim.Minute), sim.Time(40*sim.Minute))
	// The second column reaches from 2000 to 3000 m: half in cells of 10 mm/h, half in cells of 20 mm/h, for 30 min.
	if want := (10.0 + 20) / 2 / 2 / 1000; math.Abs(depth[1]-want) > 1e-15 {
		t.Errorf("%.4f mm; want %.4f", 1000*depth[1], 1000*want)
	}
}

// A hyetograph gives its rates, and nothing before the first.
func TestHyetograph(t *testing.T) {
	f := Compile(&Config{Times: []sim.Duration{sim.Hour, 2 * sim.Hour}, Rates: []float64{36, 18}})
	for _, c := range []struct{ from, to, want float64 }{{0, 3600, 0}, {0, 7200, 0.036}, {5400, 9000, 0.027}, {36000, 36200, 0.001}} {
		got := f.Depth(geo.Point{}, sim.Time(c.from*1e6), sim.Time(c.to*1e6))
		if math.Abs(got-c.want) > 1e-15 {
			t.Errorf("from %g to %g s: %g m; want %g", c.from, c.to, got, c.want)
		}
	}
}

// Every mistake is found at its field.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		path, want string
		spoil      func(c *Config)
	}{
		{"", "", func(*Config) {}},
		{"rates", "4 values for 3 times", func(c *Config) { c.Rates = append(c.Rates, 1) }},
		{"times[2]", "time stands still or runs backwards", func(c *Config) { c.Times[2] = sim.Minute }},
		{"area", "2 corners", func(c *Config) { c.Area = [][2]float64{{0, 0}, {1, 1}} }},
		{"chicago[0].period", "gives no rain", func(c *Config) { c.Chicago[0].Period, c.Chicago[0].C = 0.1, 1.2 }},
		{"chicago[0].n", "depth falls with the duration", func(c *Config) { c.Chicago[0].N = 1.2 }},
		{"moving[0].times", "1 times; want at least two", func(c *Config) {
			c.Moving[0] = Moving{Times: []sim.Duration{0}, X: []float64{1}, Y: []float64{1}, Rates: []float64{1}}
		}},
		{"moving[1].times[1]", "time stands still or runs backwards", func(c *Config) { c.Moving[1].Times[1] = 0 }},
		{"moving[0].y", "2 values for 3 times", func(c *Config) { c.Moving[0].Y = c.Moving[0].Y[:2] }},
		{"gridded[0].files", "no file", func(c *Config) { c.Gridded[0].Files = nil }},
		{"gridded[0].files", "2 files; want one", func(c *Config) { c.Gridded[0].Files = []string{"a.csv.gz", "b.csv"} }},
		{"gridded[0].files", "of which 0 have been read", func(c *Config) { c.Gridded[0].Series = nil }},
		{"gridded[0].times", "a CSV has its own times", func(c *Config) { c.Gridded[0].Times = []sim.Duration{0} }},
		{"gridded[0].times", "0 times for 1 grids", func(c *Config) { c.Gridded[0].Files = []string{"a.asc"} }},
		{"gridded[0].files[0]", "covers the map", func(c *Config) { c.Gridded[0].Series[0].Grid.Origin.X = 10 }},
		{"gridded[0].files[0]", "a rate of 600 mm/h", func(c *Config) { c.Gridded[0].Series[0].Values[1][2] = 600 }},
		{"gridded[0].files[0]", "3 values at time 3; want 4", func(c *Config) {
			c.Gridded[0].Series[0].Values[2] = []float64{1, 2, 3}
		}},
	} {
		config := everything()
		c.spoil(config)
		list := config.Check(mapArea)
		switch {
		case c.path == "" && len(list) == 0:
		case len(list) != 1 || list[0].Path != c.path || !strings.Contains(list[0].Text.EN, c.want):
			t.Errorf("want %s: %s; got %+v", c.path, c.want, list)
		}
	}
}

// A storm of one leg that does not move rains on the spot.
func TestStandingStorm(t *testing.T) {
	s := cell()
	s.Times, s.X, s.Y, s.Rates = []sim.Duration{0, sim.Hour}, []float64{0, 0}, []float64{0, 0}, []float64{30, 60}
	m := newMoving(&s)
	if got := m.between(geo.Point{}, 0, sim.Time(sim.Hour)); math.Abs(got-0.045) > 1e-15 {
		t.Errorf("%g m at the centre", got)
	}
	want := 0.045 * num.Exp(-0.5)
	if got := m.between(geo.Point{Y: 1500}, 0, sim.Time(sim.Hour)); math.Abs(got-want) > 1e-15 {
		t.Errorf("%g m at one radius; want %g", got, want)
	}
}
