package population

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"sandtable/figure"
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// The people of the departure curve: how many households, whom the siren reaches, who heeds.
const (
	curveHouseholds = 2000
	curveReach      = 0.8
	curveHeed       = 0.9
)

// weibull is the distribution through a median and a 90th percentile [min], by gonum.
func weibull(t50, t90 float64) distuv.Weibull {
	b := math.Log(math.Log(10)/math.Log(2)) / math.Log(t90/t50)
	return distuv.Weibull{K: b, Lambda: t50 / math.Pow(math.Ln2, 1/b)}
}

// TestFigureDeparture draws who has heard and who has left after a warning at night, against the distributions that
// the model claims.
func TestFigureDeparture(t *testing.T) {
	figure.Wanted(t)
	sc := testScenario()
	minute := sim.Minute
	sc.Channels[0].DelayT50, sc.Channels[0].DelayT90, sc.Channels[0].Night = new(5*minute), new(20*minute), new(curveReach)
	sc.Population.Behaviour.DelayT50, sc.Population.Behaviour.DelayT90 = 25*minute, 70*minute
	sc.Population.Behaviour.HeedEvacuate = curveHeed
	for range curveHouseholds {
		household(sc, 0, 0, adult(0))
	}
	w := newPlace(t, sc)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.p.Step(seconds(1), w.layers, &w.ports, &w.log)
	w.p.Step(seconds(4*3600), w.layers, &w.ports, &w.log)
	w.events = w.log.Events
	hear, pack := weibull(5, 20), weibull(25, 70)
	heard := func(m float64) float64 { return curveReach * hear.CDF(m) }
	left := func(m float64) float64 {
		const n = 2000
		sum := 0.0
		for i := range n {
			sum += pack.CDF(max(0, m-hear.Quantile((float64(i)+0.5)/n)))
		}
		return curveReach * curveHeed * sum / n
	}
	figure.Save(t, "evacuation-departure",
		"Dashed: Weibull distributions (form: LifeSim TRM 06, eq. 9) through t50 and t90; band: 95 % of draws of 2,000 stay inside (Kolmogorov).\n"+
			"One draw of 2,000 households; a siren that reaches 0.80 of them, t50 5 min, t90 20 min; 0.90 heed; to set off t50 25 min, t90 70 min.",
		2, curvePanel("a  Have heard", "heard", w.find(sim.EvPartyWarned, -1), heard, curveReach, "0.80 reached"),
		curvePanel("b  Have left", "left", w.find(sim.EvPartyLeft, -1), left, curveReach*curveHeed, "0.72 reached and heeding"))
}

// curvePanel draws the share of households with an event over time, and the share that the model claims.
func curvePanel(title, what string, events []sim.Event, claim func(minutes float64) float64, end float64,
	limit string) *figure.Panel {
	p := figure.NewPanel(title, "time since the warning [min]", "share of households [-]", figure.BottomRight)
	off := 1.358 / math.Sqrt(curveHouseholds)
	var low, high, steps []figure.Point
	for m := 0.0; m <= 180; m++ {
		low = append(low, figure.Point{X: m, Y: max(0, claim(m)-off)})
		high = append(high, figure.Point{X: m, Y: claim(m) + off})
	}
	for k, e := range events {
		if k%10 == 0 || k == len(events)-1 {
			steps = append(steps, figure.Point{X: e.At.Seconds() / 60, Y: float64(k+1) / curveHouseholds})
		}
	}
	steps = append(steps, figure.Point{X: max(180, steps[len(steps)-1].X), Y: steps[len(steps)-1].Y})
	p.X(0, 180)
	p.Y(0, 0.95)
	p.Band("", low, high)
	p.LimitY(end, limit)
	p.Line(what+", Sandtable", figure.Ours, steps)
	p.Function("claimed distribution", figure.Truth, 0, 180, claim)
	return p
}

// TestFigureCasualties draws the fatality curve of the high-hazard zone as published and as the model draws it, and
// where an adult in the street keeps his feet.
func TestFigureCasualties(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "evacuation-casualties",
		"a: points of LifeSim as published with USACE go-consequences; 60 households of 100 in one house, three seeds.\n"+
			"b: Cox, Shand and Blacka 2010, adults: low hazard up to 0.6, extreme from 1.2 m²/s; dashed at 1.2 m: safe wading. One adult, stranded, at every dot.",
		2, fatalityPanel(t), footingPanel(t))
}

func fatalityPanel(t *testing.T) *figure.Panel {
	dir := os.Getenv("SANDTABLE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	text, err := os.ReadFile(filepath.Join(dir, "evacuation", "go-consequences_highlethality.json"))
	if err != nil {
		t.Skipf("the published points are not there: %v; set SANDTABLE_DATA to the data directory", err)
	}
	var published struct{ Xvalues, Yvalues []float64 }
	if err := json.Unmarshal(text, &published); err != nil {
		t.Fatal(err)
	}
	p := figure.NewPanel("a  Deaths in a collapsing house", "exceedance frequency of the household [-]", "share that dies [-]",
		figure.BottomLeft)
	var dots []figure.Point
	for i, x := range published.Xvalues {
		dots = append(dots, figure.Point{X: x, Y: published.Yvalues[i]})
	}
	p.Line("published", figure.Truth, dots)
	for k, style := range []figure.Style{figure.Ours, figure.Ours2, figure.Ours3} {
		p.Specks(fmt.Sprintf("Sandtable, seed %d", k+1), style, deadShares(t, uint64(k+1)))
	}
	p.X(0, 1)
	p.Y(0, 1.1)
	return p
}

// deadShares lets the house of 60 households of 100 collapse and returns the share of each that dies, by where on the
// curve it has been drawn.
func deadShares(t *testing.T, seed uint64) []figure.Point {
	const households, members = 60, 100
	sc := testScenario()
	for range households {
		household(sc, 0, 0, slices.Repeat([]scenario.Person{adult(0)}, members)...)
	}
	sc.Buildings[0].Build = scenario.BuildEarth
	w := newPlace(t, sc)
	w.seed = seed
	w.begin()
	w.flood(0, 100, 1, 3)
	w.run(seconds(2))
	out := make([]figure.Point, households)
	for q := range out {
		out[q].X = w.p.draw.fate.Float64(w.p.roll.key(sim.PartyID(q)), fateRate, 0)
	}
	for _, e := range w.find(sim.EvPersonDied, -1) {
		out[sc.Persons[e.A.ID].Household].Y += 1.0 / members
	}
	return out
}

func footingPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("b  An adult in the street", "speed of the water [m/s]", "depth of the water [m]", figure.TopRight)
	var stands, lost []figure.Point
	for d := 1; d <= 16; d++ {
		for v := 0; v <= 12; v++ {
			depth, speed := float64(d)/10, float64(v)/4
			w := inTheStreet(t, 0, adult(0))
			w.flood(300, 400, depth, speed)
			w.run(seconds(692)) // less than a minute: caught now means swept
			if at := (figure.Point{X: speed, Y: depth}); len(w.find(sim.EvPartyCaught, 0)) == 1 {
				lost = append(lost, at)
			} else {
				stands = append(stands, at)
			}
		}
	}
	flow := func(q float64) []figure.Point {
		var out []figure.Point
		for v := q / 1.75; v <= 3.1; v += 0.01 {
			out = append(out, figure.Point{X: v, Y: q / v})
		}
		return out
	}
	p.Line("1.2 m²/s, extreme", figure.Truth, flow(1.2))
	p.Line("0.6 m²/s, low", figure.Truth2, flow(0.6))
	p.Dots("lost, Sandtable", figure.Ours, lost)
	p.Specks("keeps his feet", figure.Ours2, stands)
	p.X(0, 3.1)
	p.Y(0, 2.3)
	p.LimitY(1.2, "")
	return p
}
