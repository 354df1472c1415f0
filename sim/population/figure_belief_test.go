package population

import (
	"fmt"
	"math"
	"testing"

	"sandtable/figure"
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// cumulative draws the share of all households for which something has happened, over hours since an instant.
func cumulative(times []sim.Time, since sim.Duration, hours float64) []figure.Point {
	var out []figure.Point
	for h := 0.0; h <= hours; h += hours / 240 {
		out = append(out, figure.Point{X: h, Y: by(times, since+sim.Duration(h*float64(sim.Hour)))})
	}
	return out
}

// TestFigureMobilisation draws when households set off in each form of the curve of departures, played, against the
// formula, and how word of mouth and a rumour spread, against their solutions.
func TestFigureMobilisation(t *testing.T) {
	figure.Wanted(t)
	const households = 2000
	a := figure.NewPanel("a  Setting off after the order", "time since the decision [min]", "share of households [-]", figure.BottomRight)
	a.X(0, 150)
	a.Y(0, 1.05)
	styles := []figure.Style{figure.Ours, figure.Ours2, figure.Ours3}
	logistic := 45 / math.Log(9)
	for i, c := range []struct {
		form string
		cdf  func(m float64) float64
	}{
		{"weibull", weibull(25, 70).CDF},
		{"rayleigh", func(m float64) float64 { return 1 - math.Exp(-math.Ln2*m*m/625) }},
		{"logistic", func(m float64) float64 { return 1 / (1 + math.Exp(-(m-25)/logistic)) }},
	} {
		sc := listeners(households, 1, "loudspeaker")
		zero := sim.Duration(0)
		sc.Channels[0].DelayT50, sc.Channels[0].DelayT90 = &zero, &zero
		sc.Population.Behaviour.DelayT50, sc.Population.Behaviour.DelayT90 = 25*sim.Minute, 70*sim.Minute
		sc.Population.Belief.Mobilisation = c.form
		w := newPlace(t, sc)
		w.order(sim.OrderEvacuateZone)
		w.play(seconds(3 * 3600))
		var steps []figure.Point
		for k, e := range w.find(sim.EvPartyLeft, -1) {
			steps = append(steps, figure.Point{X: e.At.Seconds() / 60, Y: float64(k+1) / households})
		}
		a.Line(c.form, styles[i], steps)
		name := ""
		if i == 2 {
			name = "formulae"
		}
		a.Function(name, figure.Truth, 0, 150, c.cdf)
	}
	figure.Save(t, "evacuation-mobilisation",
		"a: 2,000 households, t50 25 min, t90 70 min (Rayleigh: t50 alone); dashed the distributions.\n"+
			"b: 5,000 households; dashed Rogers and Sorensen (k 0.3, a1 1/h, a2 4/h), logistic word of mouth (1/h from 0.2), rumour (2/h from 0.05).",
		2, a, contagionPanel(t))
}

func contagionPanel(t *testing.T) *figure.Panel {
	const n = 5000
	p := figure.NewPanel("b  Who has heard", "time since the beginning [h]", "share of households [-]", figure.BottomRight)
	p.X(0, 4)
	p.Y(0, 1.05)
	draw := func(name string, s figure.Style, set func(sc *scenario.Scenario), begin func(w *place), share func(w *place) float64) {
		sc := listeners(n, 0, "loudspeaker")
		sc.Population.Belief.TalkNight = 1
		set(sc)
		w := newPlace(t, sc)
		begin(w)
		var out []figure.Point
		for m := 0.0; m <= 240; m += 3 {
			w.play(seconds(m*60 + 60))
			out = append(out, figure.Point{X: m / 60, Y: share(w)})
		}
		p.Line(name, s, out)
	}
	order := func(w *place) { w.order(sim.OrderEvacuateZone) }
	draw("channels and talk together", figure.Ours, func(sc *scenario.Scenario) {
		b := &sc.Population.Belief
		b.Diffusion, b.RSk, b.RSa1, b.RSa2 = "rogers-sorensen", 0.3, 1, 4
	}, order, (*place).knows)
	draw("word of mouth", figure.Ours2, func(sc *scenario.Scenario) {
		*sc.Channels[0].Night, sc.Population.Belief.Talk = 0.2, 1
	}, order, (*place).knows)
	draw("rumour", figure.Ours3, func(sc *scenario.Scenario) { sc.Population.Belief.RumourRate = 2 },
		func(w *place) { w.p.StartRumour(0, 0, false, 0.05, sim.Text{}, &w.log) },
		func(w *place) float64 { return float64(w.p.rumours[0].Believes) / n })
	p.Function("formulae", figure.Truth, 0, 4, func(h float64) float64 {
		e := math.Exp(-3.1 * h)
		return 0.3 * (1 - e) / (0.3 + 2.8*e)
	})
	for _, c := range [][2]float64{{0.2, 1}, {0.05, 2}} {
		p.Function("", figure.Truth, 0, 4, func(h float64) float64 { return 1 / (1 + (1/c[0]-1)*math.Exp(-c[1]*h)) })
	}
	return p
}

// TestFigureOroville draws the fit and what was observed, and the two predictions.
func TestFigureOroville(t *testing.T) {
	figure.Wanted(t)
	day := func(p *figure.Panel, hours float64) {
		p.X(0, hours)
		p.Y(0, 1.05)
	}
	fit := orovilleTown(oroville).play(t)
	a := figure.NewPanel("a  Oroville 2017: the fit", "time since 16:21, the first order [h]", "share of households [-]", figure.BottomRight)
	day(a, 31)
	first := 51 * sim.Minute
	a.Band("observed", []figure.Point{{X: 0, Y: 0.86}, {X: 31, Y: 0.86}}, []figure.Point{{X: 0, Y: 0.89}, {X: 31, Y: 0.89}})
	a.Band("", []figure.Point{{X: 0, Y: 0.67}, {X: 31, Y: 0.67}}, []figure.Point{{X: 0, Y: 0.68}, {X: 31, Y: 0.68}})
	a.Line("have heard", figure.Ours, cumulative(fit.heard, first, 31))
	a.Line("have left", figure.Ours2, cumulative(fit.left, first, 31))
	a.LimitX(float64(orovilleMidnight-first)/float64(sim.Hour), 1, "midnight")

	teton := tetonTown().play(t)
	b := figure.NewPanel("c  Teton 1976: predicted", "time since 10:43, the order [h]", "share of households [-]", figure.BottomRight)
	day(b, 6)
	order := hm(3, 43)
	b.Line("have heard", figure.Ours, cumulative(teton.heard, order, 3.78))
	b.Line("have left", figure.Ours2, cumulative(teton.left, order, 3.78))
	b.Dots("recorded: left", figure.Truth, []figure.Point{{X: 3.78, Y: tetonLeft}})
	b.LimitX(1.2, 0.8, "dam fails")
	b.LimitX(3.78, 0.9, "water comes")

	c := figure.NewPanel("d  Jōsō 2015: predicted", "time since 02:00 [h]", "share of households [-]", figure.TopLeft)
	day(c, 12.5)
	c.Line("left, if the recommendation is an order", figure.Ours2, cumulative(josoTown(sim.OrderEvacuateZone).play(t).left, 0, 10.8))
	c.Line("left, if it is a call to prepare", figure.Ours3, cumulative(josoTown(sim.OrderPrepareZone).play(t).left, 0, 10.8))
	c.Dots("evacuated, of all who were warned", figure.Truth, []figure.Point{{X: 10.8, Y: josoEvacuated}})
	c.LimitY(josoSurvey, "survey")
	c.LimitX(10.83, 0.4, "breach")

	d := figure.NewPanel("b  Oroville: from hearing to leaving", "delay [h]", "share of those who leave [-]", figure.BottomRight)
	day(d, 10)
	var steps []figure.Point
	delays := fit.delays()
	for k, h := range delays {
		if k%10 == 0 {
			steps = append(steps, figure.Point{X: h, Y: float64(k) / float64(len(delays))})
		}
	}
	d.Line("Sandtable", figure.Ours, steps)
	d.Band("observed median", []figure.Point{{X: 2, Y: 0}, {X: 3, Y: 0}}, []figure.Point{{X: 2, Y: 0.5}, {X: 3, Y: 0.5}})
	figure.Save(t, "evacuation-oroville", fmt.Sprintf(
		"Fitted on Oroville alone: word of mouth %.3g/h, share that heeds %.3g, median time to set off %.3g min. Observed: Sorensen et al. 2018 (LifeSim TRM 06).\n"+
			"Predicted with these numbers: recorded in LifeSim's validation studies. Inputs and what of them is assumed: sim/population/prediction_paper_test.go.",
		oroville.talk, oroville.heed, oroville.delay), 2, a, d, b, c)
}
