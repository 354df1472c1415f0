package road

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// A platoon stops at a gate and starts again, on a lane that is cut into pieces of one car's length, so that the
// positions of the dots show the waves. Cars follow each other every 2 s at 15 m/s. Car n stops for good n-1 places behind
// the gate at 2n + D/15 for a way of D metres: the end of the queue grows by 7.5 m every 2 - 7.5/15 = 1.5 s, which is
// 5 m/s, as q/(kj-q/v) says. When the gate opens for one car at 602 s, the one n places behind it moves 1.5 n s later:
// the wave of starting goes backwards at w = 5 m/s.
//
// Reference: Lighthill and Whitham (1955); Newell (1993), part I; Stipdonk: wave speed 18 +- 1 km/h.
func TestWavesOfAPlatoon(t *testing.T) {
	const pieces, cars, step = 60, 50, 7.5
	x := []float64{0}
	var links []LinkSpec
	for k := range pieces {
		x = append(x, x[k]+step)
		links = append(links, street(k, k+1, 15, 1800))
	}
	x = append(x, x[pieces]+75)
	links = append(links, street(pieces, pieces+1, 15, 6))
	w := newWorld(t, freeNodes(t, row(x...), links), nil)
	for id := range cars {
		w.car(float64(2*id), id, 0, pieces+1)
	}
	gate := x[pieces]
	stopped, started := map[int]float64{}, map[int]float64{}
	last := map[int]float64{}
	const look = 0.25 // [s]
	for clock := look; clock < 700; clock += look {
		w.roads.Step(at(clock), nil, w.ports, &w.log)
		for _, dot := range w.roads.Movers(geo.Rect{Max: geo.Point{X: gate + 100, Y: 10}}, nil) {
			id := int(dot.Mover.ID)
			if before, ok := last[id]; !ok || dot.At.X > before+1e-6 {
				if clock < 300 {
					stopped[id] = clock
				} else if _, ok := started[id]; !ok {
					started[id] = clock
				}
			}
			last[id] = dot.At.X
		}
	}
	for id := 1; id < cars; id++ {
		place := float64(id-1) * step // before the gate [m]
		if want := 2*float64(id) + (gate-place)/15; math.Abs(stopped[id]-want) > look+1e-6 {
			t.Errorf("car %d stops at %v s; want %v", id, stopped[id], want)
		}
		// Car 1 is let through 600 s after car 0, which was at the gate at 30 s.
		if want := 630 + place/WaveSpeed; want < 690 && math.Abs(started[id]-want) > look+1e-6 {
			t.Errorf("car %d starts at %v s; want %v", id, started[id], want)
		}
	}
}

// A road of any length, however short, carries the capacity of its lanes: rounding its room to whole cars makes no
// bottleneck. And it holds no more than one car beyond what stands on it at 7.5 m each.
//
// Reference: Newell (1993): the triangular diagram q = min(v k, w (kj - k)) has its top at v w/(v+w) kj on any length.
func TestShortRoadsCarryTheirCapacity(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		speed := float64(rapid.IntRange(2, 35).Draw(rt, "speed"))
		lanes := rapid.IntRange(1, 4).Draw(rt, "lanes")
		given := float64(rapid.IntRange(200, 2500).Draw(rt, "capacity"))
		x := []float64{0}
		var links []LinkSpec
		for k := range 4 {
			x = append(x, x[k]+float64(rapid.IntRange(10, 3000).Draw(rt, "length"))/10)
			links = append(links, street(k, k+1, speed, given))
			links[k].Lanes = lanes
		}
		net := freeNodes(t, row(x...), links)
		top := speed * WaveSpeed / (speed + WaveSpeed) / DefaultJamMetres // [veh/s] of a lane
		headway := 1 / (min(given/3600, top) * float64(lanes))
		for k := range 4 {
			room := net.Length(sim.LinkID(k)) * float64(lanes) / DefaultJamMetres
			if got := net.Storage(sim.LinkID(k)); float64(got) > math.Floor(room)+1 || float64(got) < math.Floor(room) {
				rt.Fatalf("room for %d cars on %v m with %d lanes; want %v or one more", got, net.Length(sim.LinkID(k)), lanes, room)
			}
		}
		w := newWorld(t, net, nil)
		const cars = 100
		for id := range cars {
			w.car(0, id, 0, 4)
		}
		w.roads.Step(at(100_000), nil, w.ports, &w.log)
		w.collect()
		span := (w.arrived[cars-1].at - w.arrived[0].at).Seconds()
		if want := (cars - 1) * headway; math.Abs(span-want) > cars*1e-6 {
			rt.Fatalf("%d cars pass in %v s; want %v", cars, span, want)
		}
	})
}

// drawTown draws a grid of two-way streets with exits at its edge, whose lanes and capacities it draws too.
func drawTown(rt *rapid.T) (nodes []NodeSpec, links []LinkSpec, exits []int) {
	n := rapid.IntRange(2, 5).Draw(rt, "side")
	for k := range n * n {
		nodes = append(nodes, NodeSpec{Zone: sim.None, At: geo.Point{X: float64(150 * (k % n)), Y: float64(150 * (k / n))}})
	}
	road := func(from, to int) {
		l := street(from, to, float64(rapid.IntRange(6, 20).Draw(rt, "speed")), float64(rapid.IntRange(300, 2000).Draw(rt, "capacity")))
		l.Lanes = rapid.IntRange(1, 3).Draw(rt, "lanes")
		links = append(links, l)
	}
	for k := range n * n {
		if k%n+1 < n {
			road(k, k+1)
		}
		if k/n+1 < n {
			road(k, k+n)
		}
	}
	for range rapid.IntRange(1, 3).Draw(rt, "exits") {
		gate := rapid.IntRange(0, n-1).Draw(rt, "gate")
		nodes = append(nodes, NodeSpec{Zone: sim.None, At: nodes[gate].At.Add(geo.Point{Y: -400})})
		road(gate, len(nodes)-1)
		links[len(links)-1].OneWay = true
		exits = append(exits, len(nodes)-1)
	}
	return nodes, links, exits
}

// Nothing clears faster than its exits allow: on random towns the last one is out no earlier than the first could be,
// and then a headway later for every further vehicle bound for the same exit: max over exits of demand/(lanes x capacity).
//
// Reference: the check recipe of every evacuation time estimate; NUREG/CR-7002.
func TestClearanceIsBoundedByTheExits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		nodes, links, exits := drawTown(rt)
		factor := rapid.SampledFrom([]float64{1, 0.5, 1. / 3}).Draw(rt, "factor")
		net, problems := NewNetwork(nodes, links, Rules{JamMetres: DefaultJamMetres, Capacity: factor, Free: true})
		if problems != nil {
			rt.Fatal(problems)
		}
		w := newWorld(t, net, nil)
		inner := len(nodes) - len(exits)
		demand, first := make([]int, len(exits)), make([]float64, len(exits))
		for id := range rapid.IntRange(1, 300).Draw(rt, "trips") {
			from, k := rapid.IntRange(0, inner-1).Draw(rt, "from"), rapid.IntRange(0, len(exits)-1).Draw(rt, "exit")
			_, free, _ := w.roads.Distance(sim.ModeCar, sim.NodeID(from), sim.NodeID(exits[k]))
			if demand[k] == 0 || free < first[k] {
				first[k] = free
			}
			demand[k]++
			w.car(0, id, from, exits[k])
		}
		w.roads.Step(at(100_000), nil, w.ports, &w.log)
		w.collect()
		last := make([]float64, len(exits))
		out := make([]int, len(exits))
		for _, a := range w.arrived {
			k := int(a.Node) - inner
			last[k] = a.at.Seconds()
			out[k]++
		}
		for k := range exits {
			link := links[len(links)-len(exits)+k]
			per := float64(link.Lanes) * factor * min(link.Capacity/3600, link.Speed*WaveSpeed/(link.Speed+WaveSpeed)/DefaultJamMetres/factor)
			if out[k] == 0 {
				continue // locked in, or nobody is bound for it
			}
			if bound := first[k] + float64(out[k]-1)/per; last[k] < bound-1e-3 {
				rt.Fatalf("%d are out by exit %d at %v s; its lanes allow no less than %v", out[k], k, last[k], bound)
			}
		}
	})
}

// A queue discharges in rain at the capacity that the HCM leaves: of 1,500 veh/h 1,469.85 in light, 1,391.4 in moderate and
// 1,288.05 in heavy rain, so that 101 cars pass in 100 headways of 2.449230, 2.587322 and 2.794923 s.
//
// Reference: HCM 2010, exhibit 10-15: 2.01, 7.24 and 14.13 % less.
func TestDischargeInRain(t *testing.T) {
	for rain, headway := range map[float64]float64{0: 2.4, 2: 2.449230, 5: 2.587322, 10: 2.794923} {
		w := skyWorld(t, WeatherHCM, false)
		w.rains(rain)
		w.roads.Step(at(1), w.layers, w.ports, &w.log)
		for id := range 101 {
			w.car(2, id, 0, 1)
		}
		w.run(400)
		if got, want := w.arrived[100].at-w.arrived[0].at, 100*at(headway); got != want {
			t.Errorf("%v mm/h: 101 cars pass in %v; want %v", rain, got, want)
		}
	}
}
