package flood

import (
	"math"
	"testing"

	"sandtable/figure"
	"sandtable/sim"
	"sandtable/sim/flood/soil"
	"sandtable/sim/flood/storm"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// TestFigureRain draws a design storm beside its formula, and what soaks in on level ground beside the laws.
func TestFigureRain(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "flood-rain",
		"a, b: q = 2001 (1 + 0.811 lg P)/(t + 8)^0.711, P = 10 a, 2 h, peak at 0.4 (Keifer and Chu 1957).\n"+
			"c: silt loam half saturated; group C; Horton and Green-Ampt integrated in steps of 0.1 s.  d: TR-55, Ia = 0.2 S.",
		2, designPanel(), windowPanel(), infiltrationPanel(t), curveNumberPanel(t))
}

// tenYears is Beijing's storm of 10 years and 2 h.
func tenYears() storm.Chicago {
	s := scenario.Filled[storm.Chicago]()
	s.A1, s.C, s.B, s.N, s.Period, s.Duration = 2001.0/167, 0.811, 8, 0.711, 10, 2*sim.Hour
	return s
}

// tenYearsRate is the formula's mean intensity for a duration [mm/h], with t in minutes.
func tenYearsRate(t float64) float64 { return 2001 * 1.811 / math.Pow(t+8, 0.711) * 0.36 }

func designPanel() *figure.Panel {
	p := figure.NewPanel("a  Chicago design storm", "time since its beginning [min]", "intensity [mm/h]", figure.TopRight)
	f := storm.Compile(&storm.Config{Chicago: []storm.Chicago{tenYears()}})
	minutes := func(m float64) sim.Time { return sim.Time(m * 60e6) }
	p.Function("Keifer and Chu", figure.Truth, 0.1, 119.9, func(m float64) float64 {
		x := math.Max((48-m)/0.4, (m-48)/0.6)
		return tenYearsRate(x) * ((1-0.711)*x + 8) / (x + 8)
	})
	var means []figure.Point
	for m := 0.0; m <= 120; m += 5 {
		means = append(means, figure.Point{X: m, Y: f.Common(minutes(m), minutes(m+5)) * 1000 * 12})
	}
	p.Steps("Sandtable, means of 5 min", figure.Ours, means)
	p.X(0, 120)
	p.Y(0, 320)
	return p
}

func windowPanel() *figure.Panel {
	p := figure.NewPanel("b  Depth of its most intense window", "length of the window [min]", "depth [mm]", figure.BottomRight)
	p.Function("formula", figure.Truth, 0.5, 120, func(m float64) float64 { return tenYearsRate(m) * m / 60 })
	f := storm.Compile(&storm.Config{Chicago: []storm.Chicago{tenYears()}})
	var dots []figure.Point
	for _, m := range []float64{1, 2, 5, 10, 20, 30, 45, 60, 90, 120} {
		most := 0.0
		for at := 0.0; at <= 120-m; at += 0.1 {
			most = max(most, f.Common(sim.Time(at*60e6), sim.Time((at+m)*60e6)))
		}
		dots = append(dots, figure.Point{X: m, Y: most * 1000})
	}
	p.Dots("Sandtable", figure.Ours, dots)
	p.X(0, 125)
	p.Y(0, 90)
	return p
}

// soaked returns what has soaked in on level ground under even rain [mm/h], every ten minutes of two hours [h, mm].
func soaked(t *testing.T, method string, rate float64) []figure.Point {
	ground := &sim.Terrain{Grid: geo.Grid{NX: 16, NY: 16, Cell: 50}, Bed: make([]int32, 256)}
	c := Default()
	c.Soil.Method, c.Soil.Group = method, "C"
	c.Rain = Rain{Times: []sim.Duration{0}, Rates: []float64{rate}}
	m := build(t, &c, ground, 1)
	var dots []figure.Point
	for k := 1; k <= 12; k++ {
		run(t, m, sim.Duration(k)*10*sim.Minute)
		dots = append(dots, figure.Point{X: float64(k) / 6, Y: m.books.losses.value() / m.area / 256 * 1000})
	}
	return dots
}

// integrated returns the same by steps of 0.1 s from a capacity [mm/h] that falls with what has soaked in [mm].
func integrated(rate float64, capacity func(taken float64) float64) []figure.Point {
	const dt = 0.1 / 3600
	taken, standing := 0.0, 0.0
	line := []figure.Point{{}}
	for k := 1; k <= 72000; k++ {
		d := min(capacity(taken)*dt, standing+rate*dt)
		standing += rate*dt - d
		taken += d
		if k%600 == 0 {
			line = append(line, figure.Point{X: float64(k) * dt, Y: taken})
		}
	}
	return line
}

func infiltrationPanel(t *testing.T) *figure.Panel {
	const rate = 80
	p := figure.NewPanel("c  Infiltration of 80 mm/h", "time [h]", "soaked in [mm]", figure.TopLeft)
	p.Line("Horton", figure.Truth, integrated(rate, func(taken float64) float64 {
		f0, fc, k := 5*25.4, 0.25*25.4, 2.0
		clock := taken / f0
		for range 30 { // under standing water so much is taken after this time
			clock += (taken - fc*clock - (f0-fc)/k*(1-math.Exp(-k*clock))) / (fc + (f0-fc)*math.Exp(-k*clock))
		}
		return fc + (f0-fc)*math.Exp(-k*clock)
	}))
	p.Line("Green-Ampt", figure.Truth2, integrated(rate, func(taken float64) float64 {
		return 6.5 * (1 + 166.8*0.5*0.486/max(taken, 1e-9))
	}))
	p.Dots("Sandtable", figure.Ours, soaked(t, soil.MethodHorton, rate))
	p.Dots("", figure.Ours, soaked(t, soil.MethodGreenAmpt, rate))
	p.X(0, 2)
	p.Y(0, 95)
	return p
}

func curveNumberPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("d  Runoff by curve number", "rain [mm]", "runoff [mm]", figure.TopLeft)
	for k, group := range []string{"B", "D"} {
		number := []float64{78, 89}[k]
		s := 25400/number - 254
		p.Function([]string{"TR-55, CN 78", "CN 89"}[k], []figure.Style{figure.Truth, figure.Truth2}[k], 0, 160,
			func(rain float64) float64 {
				x := math.Max(rain-0.2*s, 0)
				return x * x / (x + s)
			})
		ground := &sim.Terrain{Grid: geo.Grid{NX: 16, NY: 16, Cell: 50}, Bed: make([]int32, 256)}
		c := Default()
		c.Soil.Method, c.Soil.Group = soil.MethodCurveNumber, group
		c.Rain = Rain{Times: []sim.Duration{0}, Rates: []float64{80}}
		m := build(t, &c, ground, 1)
		var dots []figure.Point
		for n := 1; n <= 12; n++ {
			run(t, m, sim.Duration(n)*10*sim.Minute)
			rain, lost := m.books.rain.value(), m.books.losses.value()
			dots = append(dots, figure.Point{X: rain / m.area / 256 * 1000, Y: (rain - lost) / m.area / 256 * 1000})
		}
		p.Dots([]string{"Sandtable", ""}[k], figure.Ours, dots)
	}
	p.X(0, 165)
	p.Y(0, 140)
	return p
}
