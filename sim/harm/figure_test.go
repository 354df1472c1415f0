package harm

import (
	"math"
	"testing"

	"sandtable/figure"
)

// border returns the border of a limit in the plane of speed and depth.
func border(l Limit) []figure.Point {
	fastest := math.Min(l.Speed, 6)
	var out []figure.Point
	for k := range 101 {
		v := fastest * float64(k) / 100
		out = append(out, figure.Point{X: v, Y: math.Min(l.Depth, l.Product/math.Max(v, 1e-9))})
	}
	return append(out, figure.Point{X: fastest, Y: 0})
}

// TestFigureHarm draws the classes, the limits of people and of vehicles in the plane of speed and depth, and the curves
// of mortality and loss.
func TestFigureHarm(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "harm-limits",
		"a: WRL TR 2014/07, table 5-2. b: Cox, Shand, Blacka 2010, over H3 and H4. c: Shand et al. 2011, LifeSim table 17, over H1.\n"+
			"d: Jonkman 2007 and 2009, World Bank code, Huizinga et al. 2017 (houses in Asia, above the floor).",
		2, classesPanel(), peoplePanel(), vehiclesPanel(), lossPanel())
}

// plane returns an empty panel of speed and depth.
func plane(title string, speed, depth float64) *figure.Panel {
	p := figure.NewPanel(title, "speed of the water [m/s]", "depth of the water [m]", figure.TopRight)
	p.X(0, speed)
	p.Y(0, depth)
	return p
}

func classesPanel() *figure.Panel {
	p := plane("a  Classes H1 to H6", 5, 5)
	styles := []figure.Style{figure.Ours3, figure.Ours2, figure.Ours, figure.Truth, figure.Truth2}
	for i, r := range Classes.Rows[:5] {
		p.Line("upper limit of "+r.Class.String(), styles[i], border(r.Limit))
	}
	p.Label(figure.Point{X: 1.6, Y: 4.3}, "H6", 0, 0)
	p.Label(figure.Point{X: 2.6, Y: 0.7}, "H5", 0, 0)
	return p
}

func peoplePanel() *figure.Panel {
	p := plane("b  People", 3.5, 2.4)
	line := func(name string, s figure.Style, k Person, product float64) {
		p.Line(name, s, border(Limit{People.Rows[k].Depth, People.Rows[k].Speed, product}))
	}
	p.Line("H3", figure.Peer2, border(Classes.Rows[2].Limit))
	p.Line("H4", figure.Peer1, border(Classes.Rows[3].Limit))
	line("adult: extreme beyond", figure.Ours, Adult, People.Rows[Adult].Significant)
	line("trained rescuer", figure.Ours2, Adult, RescuerProduct())
	line("adult: low", figure.Ours3, Adult, People.Rows[Adult].Low)
	line("child: extreme beyond", figure.Truth2, Child, People.Rows[Child].Significant)
	line("child: low", figure.Truth, Child, People.Rows[Child].Low)
	return p
}

func vehiclesPanel() *figure.Panel {
	p := plane("c  Vehicles", 6.5, 2.4)
	p.Line("H1", figure.Peer2, border(Classes.Rows[0].Limit))
	p.Line("small car", figure.Ours3, border(Vehicles.Rows[SmallCar].Limit))
	p.Line("large car", figure.Ours2, border(Vehicles.Rows[LargeCar].Limit))
	p.Line("off-road car", figure.Ours, border(Vehicles.Rows[OffRoad].Limit))
	p.Line("LifeSim, low clearance, best", figure.Truth, border(VehicleLimit(LowClearance, BestEstimate)))
	p.Line("LifeSim, high clearance, best", figure.Truth2, border(VehicleLimit(HighClearance, BestEstimate)))
	return p
}

func lossPanel() *figure.Panel {
	p := figure.NewPanel("d  Deaths and loss", "depth of the water [m]", "share [-]", figure.TopLeft)
	p.Function("loss of a house", figure.Ours, 0, 6, DamageShare)
	p.Function("deaths, rising fast", figure.Truth, 0, 6, Jonkman.Rows[ZoneRising].Share)
	p.Function("deaths, logistic", figure.Truth2, 0, 6, LogisticMortality)
	p.Function("deaths, New Orleans", figure.Ours2, 0, 6, NewOrleans().Share)
	p.Function("deaths, elsewhere", figure.Ours3, 0, 6, Jonkman.Rows[ZoneRemaining].Share)
	p.X(0, 6)
	p.Y(0, 1.6)
	return p
}
