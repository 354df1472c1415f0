package road

import (
	"testing"

	"sandtable/figure"
	"sandtable/sim"
	"sandtable/sim/harm"
)

// TestFigureFlow draws a bottleneck: who has passed by when, and how the queue before it fills the road.
func TestFigureFlow(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "roads-flow",
		"a: Newell 1993, recursion car by car over three links of 1 km; 60 cars, one every 2 s; the middle link takes 600 veh/h.\n"+
			"b: Newell 1993, part II: inflow 1,800 veh/h, outflow 600 veh/h, room for 133 cars, holes go back at 18 km/h.",
		2, arrivalsPanel(t), spillbackPanel(t))
}

func arrivalsPanel(t *testing.T) *figure.Panel {
	links := []LinkSpec{street(0, 1, 20, 1800), street(1, 2, 20, 600), street(2, 3, 20, 1800)}
	net := mustNetwork(t, row(0, 1000, 2000, 3000), links)
	w, c := newWorld(t, net, nil), newCorridor(net, links)
	var wanted, truth, ours []figure.Point
	for id := range 60 {
		w.car(float64(2*id), id, 0, 3)
		c.add(at(float64(2 * id)))
		wanted = append(wanted, figure.Point{X: float64(2*id) / 60, Y: float64(id + 1)})
	}
	w.run(800)
	for k, instant := range c.leave[2] {
		if k%4 == 0 || k == 59 {
			truth = append(truth, figure.Point{X: instant.Seconds() / 60, Y: float64(k + 1)})
		}
	}
	for k, a := range w.arrived {
		ours = append(ours, figure.Point{X: a.at.Seconds() / 60, Y: float64(k + 1)})
	}
	p := figure.NewPanel("a  Through a bottleneck", "time [min]", "cars [-]", figure.BottomRight)
	p.Line("want to set off", figure.Peer2, wanted)
	p.Steps("arrive, Sandtable", figure.Ours, ours)
	p.Dots("arrive, Newell's recursion", figure.Truth, truth)
	p.X(0, 9)
	p.Y(0, 65)
	return p
}

func spillbackPanel(t *testing.T) *figure.Panel {
	net := mustNetwork(t, row(0, 1000, 2000), []LinkSpec{street(0, 1, 20, 1800), street(1, 2, 20, 600)})
	w := newWorld(t, net, nil)
	for id := range 400 {
		w.car(float64(2*id), id, 0, 2)
	}
	var on, waiting, onTruth, waitingTruth []figure.Point
	for s := 10.0; s <= 1200; s += 10 {
		w.run(s)
		on = append(on, figure.Point{X: s / 60, Y: float64(w.roads.OnLink(0))})
		waiting = append(waiting, figure.Point{X: s / 60, Y: float64(w.roads.Tally(sim.ModeCar).Waiting)})
		// Cars as a fluid: demand, and what has left; the link takes no car before the hole for it has come back.
		left := func(s float64) float64 { return min(max(0, (s-50)/6), 400) }
		demand := min(s/2, 400)
		in := min(demand, left(s-200)+133)
		onTruth = append(onTruth, figure.Point{X: s / 60, Y: in - left(s)})
		waitingTruth = append(waitingTruth, figure.Point{X: s / 60, Y: demand - in})
	}
	p := figure.NewPanel("b  Spillback to the origin", "time [min]", "cars [-]", figure.TopLeft)
	p.Line("on the road, Sandtable", figure.Ours, on)
	p.Line("on the road, theory", figure.Truth, onTruth)
	p.Line("waiting at the origin, Sandtable", figure.Ours3, waiting)
	p.Line("waiting at the origin, theory", figure.Truth2, waitingTruth)
	p.X(0, 20)
	p.Y(0, 270)
	p.LimitY(133, "room for 133 cars")
	return p
}

// TestFigureWater draws how water slows and stops those on a road, by its depth.
func TestFigureWater(t *testing.T) {
	figure.Wanted(t)
	cars := figure.NewPanel("a  Vehicles", "depth of the water [m]", "speed [km/h]", figure.TopRight)
	var published []figure.Point
	for _, c := range pregnolato {
		published = append(published, figure.Point{X: c.depth / 1000, Y: c.kmh})
	}
	cars.Function("Pregnolato et al. 2017", figure.Truth, 0, 0.3, func(d float64) float64 {
		return 3.6 * harm.RoadSpeed(1000*d)
	})
	cars.Line("boat", figure.Ours3, speeds(t, sim.ModeBoat))
	cars.Line("coach, ambulance", figure.Ours2, speeds(t, sim.ModeCoach))
	cars.Line("car", figure.Ours, speeds(t, sim.ModeCar))
	cars.Dots("", figure.Truth, published)
	cars.X(0, 0.75)
	cars.Y(0, 108)
	cars.LimitX(0.30, 0.55, "0.30 m: no cars")
	cars.LimitX(0.50, 0.45, "0.50 m: no coaches")
	foot := figure.NewPanel("b  Walkers", "depth of the water [m]", "share of the speed on dry ground [-]", figure.TopRight)
	var own []figure.Point
	for _, q := range speeds(t, sim.ModeFoot) {
		own = append(own, figure.Point{X: q.X, Y: q.Y / (3.6 * 1.2)})
	}
	foot.Function("goes on, once in the water", figure.Ours3, 0, 1.2, func(d float64) float64 {
		return harm.WadeFactor(float64(int(d/0.05+1e-9)) * 0.05)
	})
	foot.Line("sets out", figure.Ours, own)
	foot.Dots("188 persons in still water", figure.Truth, []figure.Point{{X: 0, Y: 1}, {X: 0.35, Y: 0.58}})
	foot.Dots("judgement", figure.Truth2, []figure.Point{{X: 0.60, Y: 0.48}, {X: 0.90, Y: 0.40}})
	foot.X(0, 1.6)
	foot.Y(0, 1.3)
	foot.LimitX(0.60, 0.66, "0.60 m: nobody sets out")
	foot.LimitX(1.20, 0.52, "1.20 m: stranded")
	figure.Save(t, "roads-water",
		"a: on a street of 80 km/h. Dashed: Pregnolato et al. 2017, eq. 1, with its published points; limits: Shand et al. 2011, LifeSim.\n"+
			"b: Acta Polytechnica CTU Proceedings 11596; limits: LifeSim (2 ft), Cox et al. 2010 (adults to 1.2 m).",
		2, cars, foot)
}

// speeds is how fast one goes along a street of 80 km/h, by the depth of still water on it [m, km/h]; it ends where
// nobody enters.
func speeds(t *testing.T, mode sim.Mode) []figure.Point {
	w := newWorld(t, mustNetwork(t, row(5, 305), []LinkSpec{street(0, 1, 80/3.6, 1800)}), plain(40, 1))
	var out []figure.Point
	for mm := int32(0); mm < 800; mm += 2 {
		w.flood(0, 40, mm, 0)
		w.run(w.roads.now.Seconds() + 1)
		metres, seconds, ok := w.roads.Distance(mode, 0, 1)
		if !ok {
			break
		}
		out = append(out, figure.Point{X: float64(mm) / 1000, Y: 3.6 * metres / seconds})
	}
	return out
}

// TestFigureNodes draws how many cars find a gap, by the flow that they give way to.
func TestFigureNodes(t *testing.T) {
	figure.Wanted(t)
	gaps := figure.NewPanel("a  Capacity of who gives way", "flow that goes first [veh/h]", "capacity [veh/h]", figure.TopRight)
	colours := map[string]figure.Style{"left off the major road": figure.Ours3, "roundabout": figure.Ours2, "through": figure.Ours}
	for _, g := range givesWay {
		colour, ok := colours[g.name]
		if !ok {
			continue
		}
		gaps.Function("", figure.Truth, 1, 1600, func(flow float64) float64 { return harders(flow, g.gap, g.follow) })
		gaps.Dots(g.name, colour, capacities(t, g, 1e6))
	}
	gaps.X(0, 1600)
	gaps.Y(0, 1700)
	forced := figure.NewPanel("b  Crossing a major road, by patience", "flow that goes first [veh/h]", "capacity [veh/h]",
		figure.TopRight)
	g := givesWay[0]
	forced.Function("Harders' formula", figure.Truth, 1, 1600, func(flow float64) float64 {
		return harders(flow, g.gap, g.follow)
	})
	forced.Line("forces his way after 20 s", figure.Ours3, capacities(t, g, 20))
	forced.Line("50 s", figure.Ours2, capacities(t, g, 50))
	forced.Line("never", figure.Ours, capacities(t, g, 1e6))
	forced.X(0, 1600)
	forced.Y(0, 950)
	figure.Save(t, "roads-nodes",
		"a: random flow (Poisson), a queue that never ends; 4 h each. Dashed: v exp(-v tc)/(1-exp(-v tf)) with the gaps of the HCM 2010.\n"+
			"b: the first stream of a, with drivers who force their way when they have stood in front so long.", 2, gaps, forced)
}

// capacities measures the capacity of a stream that gives way, by the flow that goes first.
func capacities(t *testing.T, g giveWay, patience float64) []figure.Point {
	var out []figure.Point
	for flow := 100.0; flow <= 1500; flow += 200 {
		out = append(out, figure.Point{X: flow, Y: g.capacity(t, flow, patience, 4)})
	}
	return out
}

// TestFigureWalkers draws how a crowd and a slope slow walkers.
func TestFigureWalkers(t *testing.T) {
	figure.Wanted(t)
	crowd := figure.NewPanel("a  In a crowd", "density [persons/m2]", "flow [persons/(m s)]", figure.TopRight)
	var free, jammed []figure.Point
	for demand := 0.5; demand < 3.6; demand += 0.3 {
		density, flow := crowdAt(t, demand, 3)
		free = append(free, figure.Point{X: density, Y: flow})
	}
	for width := 0.3; width < 2.9; width += 0.3 {
		density, flow := crowdAt(t, 6, width)
		jammed = append(jammed, figure.Point{X: density, Y: flow})
	}
	crowd.Function("Weidmann 1993", figure.Truth, 0.01, jamCrowd, crowdFlow)
	crowd.Dots("on a path of 3 m, Sandtable", figure.Ours, free)
	crowd.Dots("before a narrower path, Sandtable", figure.Ours3, jammed)
	crowd.X(0, 5.5)
	crowd.Y(0, 1.6)
	slope := figure.NewPanel("b  On a slope", "gradient [%]", "share of the speed on level ground [-]", figure.TopRight)
	var ours []figure.Point
	net := mustNetwork(t, row(5, 1005), []LinkSpec{street(0, 1, 10, 600)})
	for k := range 6 {
		gradient := float64(k) * 0.05
		for from := range sim.NodeID(2) {
			_, seconds, _ := New(net, incline(gradient)).Distance(sim.ModeFoot, from, 1-from)
			ours = append(ours, figure.Point{X: 100 * gradient * float64(1-2*int(from)), Y: 1000 / walkSpeed / seconds})
		}
	}
	slope.Function("Tobler 1993", figure.Truth, -30, 30, func(g float64) float64 { return climbShare(g / 100) })
	slope.Dots("on a road of 1 km, Sandtable", figure.Ours, ours)
	slope.X(-30, 30)
	slope.Y(0, 1.5)
	figure.Save(t, "roads-walkers",
		"a: Weidmann 1993, v = 1.34 m/s (1 - exp(-1.913 (1/D - 1/5.4))); single walkers on 150 m, means over 200 s in the steady state.\n"+
			"b: Tobler 1993, 6 km/h exp(-3.5 |g + 0.05|), as a share of its value on level ground.",
		2, crowd, slope)
}
