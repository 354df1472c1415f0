package shallow

import (
	"math"
	"testing"

	"sandtable/figure"
)

// depths is the depth along a channel, every so many cells, x from an origin.
func (w *Water) depths(origin float64, every int) []figure.Point {
	var out []figure.Point
	for i := every / 2; i < w.NX; i += every {
		out = append(out, figure.Point{X: (float64(i)+0.5)*w.Size - origin, Y: w.Cells[w.At(i, 0)].H})
	}
	return out
}

// TestFigureFinite draws the finite volumes against exact solutions.
func TestFigureFinite(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "flood-finite",
		"Finite volumes. a: Ritter 1892, b: Stoker 1957, both 500 cells of 2 cm. c: Dressler 1952 with Whitham's tip, 400 cells of 5 m.\n"+
			"d: Goutal and Maurel 1997, 125 cells. e, f: Thacker 1981, after five periods, 400 cells of 1 cm and 200 × 200 of 2 cm.",
		2, ritterPanel(t), stokerPanel(t), dresslerPanel(t), jumpPanel(t), parabolaPanel(t), bowlPanel(t))
}

func ritterPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("a  Dam break on a dry bed, after 6 s", "distance from the dam [m]", "depth [mm]", figure.TopRight)
	w := damBreak(t, 0.005, 0, 6)
	p.Function("exact", figure.Truth, -5, 5, func(x float64) float64 { return 1000 * ritter(0.005, x, 6) })
	p.Dots("Sandtable", figure.Ours, thousandfold(w.depths(5, 10)))
	p.X(-5, 5)
	p.Y(0, 6)
	return p
}

func stokerPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("b  Dam break on a wet bed, after 6 s", "distance from the dam [m]", "depth [mm]", figure.TopRight)
	w := damBreak(t, 0.005, 0.001, 6)
	p.Function("exact", figure.Truth, -5, 5, func(x float64) float64 { return 1000 * stoker(0.005, 0.001, x, 6) })
	p.Dots("Sandtable", figure.Ours, thousandfold(w.depths(5, 10)))
	p.X(-5, 5)
	p.Y(0, 6)
	return p
}

func thousandfold(list []figure.Point) []figure.Point {
	for i := range list {
		list[i].Y *= 1000
	}
	return list
}

func dresslerPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("c  With Chezy's friction, after 40 s", "distance from the dam [m]", "depth [m]", figure.TopRight)
	w := dresslerRun(t)
	p.Function("theory", figure.Truth, -600, 600, dressler(dresslerDepth, dresslerChezy, dresslerTime))
	p.Function("without friction", figure.Truth2, -600, 600, func(x float64) float64 {
		return ritter(dresslerDepth, x, dresslerTime)
	})
	p.Dots("Sandtable", figure.Ours, w.depths(1000, 8))
	p.X(-600, 600)
	p.Y(0, 7)
	return p
}

func jumpPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("d  Over a bump, with a jump", "distance [m]", "level [m]", figure.TopRight)
	c := bumpCases()[2]
	w := bumpRun(t, c)
	p.Function("bed", figure.Truth2, 5, 15, bump)
	p.Function("exact level", figure.Truth, 5, 15, func(x float64) float64 { return bump(x) + c.exact(x) })
	level := w.depths(0, 2)
	for i := range level {
		level[i].Y += bump(level[i].X)
	}
	p.Dots("Sandtable", figure.Ours, level)
	p.X(5, 15)
	p.Y(0, 0.6)
	return p
}

func parabolaPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("e  Swinging in a parabola, 5 periods", "distance [m]", "level [m]", figure.TopRight)
	w, depth, period := parabola()
	w.run(t, 5*period, nil)
	bed := func(x float64) float64 { return 0.5 * (math.Pow(x-2, 2) - 1) }
	p.Function("bed", figure.Truth2, 0.2, 3.8, bed)
	p.Function("exact level", figure.Truth, 0.5, 2.5, func(x float64) float64 { return bed(x) + depth(x, 5*period) })
	var level []figure.Point
	for _, d := range w.depths(0, 10) {
		if d.Y > 1e-3 {
			level = append(level, figure.Point{X: d.X, Y: d.Y + bed(d.X)})
		}
	}
	p.Dots("Sandtable", figure.Ours, level)
	p.X(0.2, 3.8)
	p.Y(-0.6, 0.8)
	return p
}

func bowlPanel(t *testing.T) *figure.Panel {
	p := figure.NewPanel("f  Turning in a bowl, 5 periods, a cut", "distance [m]", "level [m]", figure.TopLeft)
	c := bowlCases()[1]
	w := c.start()
	w.run(t, 5*c.period, nil)
	bed := func(x float64) float64 { return bowlDepth * (x*x - 1) }
	p.Function("bed", figure.Truth2, -1.6, 1.6, bed)
	p.Function("exact level", figure.Truth, -0.5, 1.5, func(x float64) float64 { return bed(x) + c.depth(x, 0, 5*c.period) })
	var level []figure.Point
	for i := 0; i < w.NX; i += 4 {
		if h := w.Cells[w.At(i, w.NY/2)].H; h > 1e-3 {
			level = append(level, figure.Point{X: w.middle(i), Y: h + bed(w.middle(i))})
		}
	}
	p.Dots("Sandtable", figure.Ours, level)
	p.X(-1.6, 1.6)
	p.Y(-0.12, 0.2)
	return p
}
