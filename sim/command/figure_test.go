package command

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"sandtable/figure"
	"sandtable/sim"
)

// TestFigureDelays draws how long orders take over one channel, and how long until a post that often does not answer
// has acknowledged.
func TestFigureDelays(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "command-delays",
		"a: Weibull distribution through t50 and t90 (form: LifeSim technical reference, eq. 9); band: 95 % of draws of 1,500 stay inside (Kolmogorov).\n"+
			"b: by hand: each try is answered with probability 0.5, takes 60 s by phone or 30 s by radio, and is given 300 s; six tries. 2,000 seeds.",
		2, channelPanel(t), escalationPanel(t))
}

// channelPanel sends 1,500 orders over one hop by a channel with a median of 1 min and a 90 % point of 5 min.
func channelPanel(t *testing.T) *figure.Panel {
	const n = 1500
	var took []float64
	for seed := range uint64(n) {
		sc := testCounty()
		sc.Channels[phone].DelayT90 = new(5 * sim.Minute)
		for i := range sc.Posts {
			sc.Posts[i].Timeout = 24 * sim.Hour
		}
		b := &bench{t: t, c: newCommand(sc, seed)}
		b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
		for len(b.when(sim.EvOrderDelivered)) == 0 {
			b.tick()
		}
		took = append(took, b.when(sim.EvOrderDelivered)[0].Seconds())
	}
	slices.Sort(took)
	shape := math.Log(math.Log(10)/math.Log(2)) / math.Log(5)
	law := distuv.Weibull{K: shape, Lambda: 60 / math.Pow(math.Ln2, 1/shape)}
	p := figure.NewPanel("a  Delay of one channel", "delay [s]", "share of orders that have arrived [-]", figure.TopLeft)
	p.LogX()
	p.X(0.3, 3000)
	p.Y(0, 1.15)
	off := 1.358 / math.Sqrt(n)
	var low, high, steps []figure.Point
	for x := 0.3; x <= 3000; x *= 1.1 {
		low = append(low, figure.Point{X: x, Y: max(0, law.CDF(x)-off)})
		high = append(high, figure.Point{X: x, Y: min(1, law.CDF(x)+off)})
	}
	for k, s := range took {
		steps = append(steps, figure.Point{X: s, Y: float64(k+1) / n})
	}
	p.Band("", low, high)
	p.Line("Sandtable", figure.Ours, steps)
	p.Function("claimed distribution", figure.Truth, 0.3, 3000, law.CDF)
	p.LimitX(60, 0.5/1.15, "t50 = 60 s")
	p.LimitX(300, 0.9/1.15, "t90 = 300 s")
	return p
}

// escalationPanel calls a post that answers every second try, by phone and radio in turn, in 2,000 seeds.
func escalationPanel(t *testing.T) *figure.Panel {
	const n = 2000
	sc := testCounty()
	sc.Posts[village1].Answer = 0.5
	acked := map[sim.Time]int{}
	for seed := range uint64(n) {
		b := &bench{t: t, c: newCommand(sc, seed)}
		b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
		for b.now < at(1900) && len(b.when(sim.EvOrderAcked)) == 0 {
			b.tick()
		}
		for _, instant := range b.when(sim.EvOrderAcked) {
			acked[instant]++
		}
	}
	p := figure.NewPanel("b  Escalation over phone and radio", "time since the order [min]", "share that has acknowledged [-]",
		figure.TopLeft)
	p.X(0, 32)
	p.Y(0, 1.15)
	p.LimitX(30, 1/1.15, "")
	p.Label(figure.Point{X: 30, Y: 1}, "given up after 30 min", -82, 4)
	ours, hand := []figure.Point{{X: 0, Y: 0}}, []figure.Point{}
	share := 0.0
	for try := range 6 {
		instant := at(300*try + []int{60, 30}[try%2])
		share += float64(acked[instant]) / n
		delete(acked, instant)
		ours = append(ours, figure.Point{X: instant.Seconds() / 60, Y: share})
		hand = append(hand, figure.Point{X: instant.Seconds() / 60, Y: 1 - math.Pow(0.5, float64(try+1))})
	}
	if len(acked) > 0 {
		t.Errorf("acknowledged at other times: %v", acked)
	}
	p.Steps("Sandtable", figure.Ours, append(ours, figure.Point{X: 30, Y: share}))
	p.Dots("by hand", figure.Truth, hand)
	return p
}
