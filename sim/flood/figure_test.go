package flood

import (
	"fmt"
	"math"
	"testing"

	"sandtable/figure"
	"sandtable/sim"
)

// series is the depth at a point over time [h, m].
func (p *peer) series(k int) []figure.Point {
	var out []figure.Point
	for i, t := range p.times {
		out = append(out, figure.Point{X: t / 3600, Y: p.depth[k][i]})
	}
	return out
}

// depthThen is the depth at a point at a time [s], between two values of the series.
func (p *peer) depthThen(k int, t float64) float64 {
	for i := 1; i < len(p.times); i++ {
		if t <= p.times[i] {
			return along(t, p.times[i-1], p.times[i], p.depth[k][i-1], p.depth[k][i])
		}
	}
	return p.depth[k][len(p.times)-1]
}

// againstPeers draws the depths of a test at some points (from 1) with the envelope of the peers, and logs how far ours
// ever leave it.
func againstPeers(t *testing.T, us *peer, list []peer, points []int, until, step float64) []*figure.Panel {
	var out []*figure.Panel
	for n, point := range points {
		k := point - 1
		var low, high []figure.Point
		off := 0.0
		for s := 0.0; s <= until; s += step {
			lo, hi := envelope(list, func(p *peer) float64 { return p.depthThen(k, s) })
			low, high = append(low, figure.Point{X: s / 3600, Y: lo}), append(high, figure.Point{X: s / 3600, Y: hi})
			off = max(off, lo-us.depthThen(k, s), us.depthThen(k, s)-hi)
		}
		t.Logf("point %d: at most %.4f m outside the envelope", point, off)
		p := figure.NewPanel(fmt.Sprintf("Point %d", point), "time since the start [h]", "depth [m]", figure.BottomRight)
		band, model, full := "", "", ""
		if n == 0 {
			band, model, full = "all three peers", "Sandtable", "FV1 alone (finite volume)"
		}
		p.Band(band, low, high)
		p.Line(full, figure.Peer1, list[1].series(k))
		p.Line(model, figure.Ours, us.series(k))
		p.X(0, until/3600)
		p.Y(0, 1.08*max(us.peak(k, until), list[1].peak(k, until)))
		out = append(out, p)
	}
	return out
}

// TestFigureEA2 draws test 2 of the Environment Agency at four points.
func TestFigureEA2(t *testing.T) {
	figure.Wanted(t)
	list := peers(t, "ea2")
	m, points := ea2(t, SchemeInertial)
	us := record(t, m, points, 48*sim.Hour)
	figure.Save(t, "flood-ea2",
		"EA benchmark test 2 (Néelz and Pender 2013, SC120002), 20 m. Band: LISFLOOD-FP 8.1 ACC and FV1, SFINCS 2.4.\n"+
			"Points 1 and 5 fill over a sill, in a film of centimetres: there the peers differ as well.",
		2, againstPeers(t, &us, list, []int{4, 12, 1, 5}, 48*3600, 300)...)
}

// TestFigureEA4 draws test 4 of the Environment Agency at four points, all five hours.
func TestFigureEA4(t *testing.T) {
	figure.Wanted(t)
	list := peers(t, "ea4")
	m, points := ea4(t, SchemeInertial)
	us := record(t, m, points, 5*sim.Hour)
	figure.Save(t, "flood-ea4",
		"EA benchmark test 4 (Néelz and Pender 2013, SC120002), 5 m. Band: LISFLOOD-FP 8.1 ACC and FV1, SFINCS 2.4.",
		2, againstPeers(t, &us, list, []int{1, 3, 5, 6}, 5*3600, 60)...)
}

// TestFigureAnalytic draws what is known without a computer: two waves, uniform flow, and that no water is lost.
func TestFigureAnalytic(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "flood-analytic",
		"a: Hunter et al. 2005, Bates et al. 2010, n = 0.03, u = 1 m/s.  b: Ritter 1892, 5 m of water, no friction (model: n = 0.005).\n"+
			"c: Manning's law, slope 0.002, n = 0.04.  d: rain, catchments, reservoir, gate, breach and two open edges together.",
		2, wavePanel(t), damPanel(t), ratingPanel(t), volumePanel(t))
}

func wavePanel(t *testing.T) *figure.Panel {
	const n, u = 0.03, 1
	p := figure.NewPanel("a  Wave on a level plane, after 1 h", "distance from the western edge [m]", "depth [m]", figure.BottomLeft)
	p.Function("full equations", figure.Truth, 0, 3600, func(x float64) float64 { return fullWave(n, u, waveEnd-x) })
	p.Function("without advection", figure.Truth2, 0, 3600, func(x float64) float64 { return inertialWave(n, u, waveEnd-x) })
	fine, coarse := waveAfterAnHour(t, n, u, 25), waveAfterAnHour(t, n, u, 100)
	p.Line("Sandtable, cells of 25 m", figure.Ours2, fine.row(25))
	p.Dots("Sandtable, cells of 100 m", figure.Ours, coarse.row(100))
	p.X(0, 4000)
	p.Y(0, 2.7)
	return p
}

// row is the depth along a channel of one row; the edge's level holds in the middle of an imagined cell before the
// first.
func (m *model) row(cell float64) []figure.Point {
	var out []figure.Point
	for i := range m.terrain.Grid.NX {
		out = append(out, figure.Point{X: float64(i+1) * cell, Y: m.Cells[m.At(i, 0)].H})
	}
	return out
}

func damPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("b  Dam break on a dry bed, after 30 s", "distance from the dam [m]", "depth [m]", figure.TopRight)
	p.Function("exact", figure.Truth, -500, 500, func(x float64) float64 { return ritter(damDepth, x, damTime) })
	m := damBreak(t, 1)
	var line []figure.Point
	for i := range m.terrain.Grid.NX {
		line = append(line, figure.Point{X: m.damPlace(i), Y: m.Cells[m.At(i, 0)].H})
	}
	p.Line("Sandtable", figure.Ours, line)
	p.X(-500, 500)
	p.Y(0, 5.8)
	return p
}

func ratingPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("c  Uniform flow", "discharge per width [m²/s]", "depth [m]", figure.TopLeft)
	var law, dots []figure.Point
	for d := 0.05; d <= 4; d *= 1.1 {
		law = append(law, figure.Point{X: manning(d), Y: d})
	}
	for _, d := range []float64{0.1, 0.25, 0.5, 1, 2, 3} {
		m, flux := uniformFlow(t, d)
		dots = append(dots, figure.Point{X: flux, Y: m.Cells[m.At(30, 1)].H})
		t.Logf("uniform flow: %.5f m; Manning %g m", dots[len(dots)-1].Y, d)
	}
	p.LogX()
	p.LogY()
	p.Line("Manning", figure.Truth, law)
	p.Dots("Sandtable", figure.Ours, dots)
	p.X(0.005, 12)
	p.Y(0.05, 5)
	return p
}

func volumePanel(t *testing.T) *figure.Panel {
	const least = 1e-18 // an error of nought is drawn there
	p := figure.NewPanel("d  Volume error with every part at work", "time since the start [h]", "relative error [-]", figure.TopRight)
	ground := valley(90, 60)
	m := build(t, everything(ground), ground, 1)
	var dots []figure.Point
	for at := sim.Time(0); at < sim.Time(2*sim.Hour); {
		if at == sim.Time(5*sim.Minute) {
			m.Apply(sim.StructureChange{Structure: 1, Action: sim.StructureSetOpening, Value: 80})
		}
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			t.Fatal(err)
		}
		if at%sim.Time(sim.Minute) == 0 {
			dots = append(dots, figure.Point{X: at.Seconds() / 3600, Y: max(math.Abs(m.Ledger().Error()), least)})
		}
	}
	p.LogY()
	p.X(0, 2)
	p.Y(least, 1e-9)
	p.TicksY([]float64{1e-18, 1e-16, 1e-14, 1e-12, 1e-10}, "0", "1e-16", "1e-14", "1e-12", "1e-10")
	p.Specks("", figure.Ours, dots)
	p.LimitY(1e-11, "limit of the tests")
	return p
}
