package road

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/rng"
)

// gridNetwork is a town of n x n junctions 150 m apart, moved about by up to 20 m. Every seventh street has two lanes
// and 60 km/h, the others one lane and 40 km/h, all with 1,800 veh/h per lane.
func gridNetwork(t testing.TB, n int) *Network {
	nodes, links := gridParts(n)
	return mustNetwork(t, nodes, links)
}

func gridParts(n int) ([]NodeSpec, []LinkSpec) {
	place := rng.New(7, "road.grid")
	var nodes []NodeSpec
	var links []LinkSpec
	for i := range n {
		for j := range n {
			k := uint64(i*n + j)
			nodes = append(nodes, NodeSpec{Zone: sim.None, At: geo.Point{
				X: 150*float64(i) + 40*place.Float64(k, 0, 0) - 20,
				Y: 150*float64(j) + 40*place.Float64(k, 1, 0) - 20,
			}})
		}
	}
	add := func(a, b int, wide bool) {
		l := street(a, b, 11.11, 1800)
		if wide {
			l.Lanes, l.Speed, l.Rank = 2, 16.67, 1
		}
		links = append(links, l)
	}
	for i := range n {
		for j := range n {
			if i+1 < n {
				add(i*n+j, (i+1)*n+j, j%7 == 3)
			}
			if j+1 < n {
				add(i*n+j, i*n+j+1, i%7 == 3)
			}
		}
	}
	return nodes, links
}

// gridCase is an evacuation of such a town through exits at its edge.
type gridCase struct {
	net   *Network
	exits []sim.NodeID
	trips []gridTrip // in the order in which they begin
}

type gridTrip struct {
	start sim.Time
	sim.Trip
}

// newGridCase draws trips: the origin anywhere, the destination the nearest exit with probability near, else any, the
// start by an S-curve over the window [s].
func newGridCase(t testing.TB, n, trips, exits, lanes int, window, near float64, rules Rules) *gridCase {
	nodes, links := gridParts(n)
	c := &gridCase{}
	var ends []int
	for k := 3; k < n; k += 7 {
		ends = append(ends, k*n, (n-1)*n+k, k*n+n-1, k)
	}
	for q := range exits {
		gate := ends[q*len(ends)/exits]
		at := nodes[gate].At
		out := geo.Point{X: -400, Y: at.Y}
		switch {
		case gate%n == 0:
			out = geo.Point{X: at.X, Y: at.Y - 400}
		case gate%n == n-1:
			out = geo.Point{X: at.X, Y: at.Y + 400}
		case gate/n == n-1:
			out = geo.Point{X: at.X + 400, Y: at.Y}
		}
		nodes = append(nodes, NodeSpec{At: out, Zone: sim.None})
		l := street(gate, len(nodes)-1, 22.22, 1800)
		l.OneWay, l.Lanes, l.Rank = true, lanes, 2
		links = append(links, l)
		c.exits = append(c.exits, sim.NodeID(len(nodes)-1))
	}
	var problems []sim.Problem
	if c.net, problems = NewNetwork(nodes, links, rules); problems != nil {
		t.Fatal(problems)
	}
	draw := rng.New(11, "road.trips")
	for k := range trips {
		from := draw.IntN(n*n, uint64(k), 0, 0)
		to := c.exits[draw.IntN(exits, uint64(k), 1, 0)]
		if draw.Float64(uint64(k), 2, 0) < near {
			for _, e := range c.exits {
				if nodes[e].At.Dist(nodes[from].At) < nodes[to].At.Dist(nodes[from].At) {
					to = e
				}
			}
		}
		u := 0.02 + 0.96*draw.Float64(uint64(k), 3, 0)
		start := window * sCurve(u)
		c.trips = append(c.trips, gridTrip{at(start), sim.Trip{Mover: party(k), Mode: sim.ModeCar, From: sim.NodeID(from),
			To: to, Vehicles: 1, Persons: 2, Zone: sim.None}})
	}
	slices.SortStableFunc(c.trips, func(a, b gridTrip) int { return cmp.Compare(a.start, b.start) })
	return c
}

// sCurve is the inverse of smoothstep by bisection: a departure curve with its bulk in the middle.
func sCurve(u float64) float64 {
	lo, hi := 0.0, 1.0
	for range 40 {
		x := (lo + hi) / 2
		if x*x*(3-2*x) < u {
			lo = x
		} else {
			hi = x
		}
	}
	return lo
}

// gridResult is what came of an evacuation.
type gridResult struct {
	out, entries  int64
	t50, t90, end sim.Time
	rings         int
	tally         Tally
}

// play runs the case until everybody is out or the limit. Trips are posted in the tick in which they begin; at the end of
// every tick it calls look, if there is one.
func (c *gridCase) play(t testing.TB, limit sim.Time, look func(roads *Traffic, end sim.Time)) gridResult {
	roads, ports, log := New(c.net, nil), &sim.Ports{}, &sim.Log{}
	var r gridResult
	next := 0
	for end := at(1); end <= limit && r.out < int64(len(c.trips)); end += at(1) {
		for ; next < len(c.trips) && c.trips[next].start < end; next++ {
			trip := &c.trips[next]
			ports.Trips.Post(trip.start, trip.Mover.ID, trip.Trip)
		}
		roads.Step(end, nil, ports, log)
		ports.PartyArrivals.Drain(func(at sim.Time, _ sim.Arrival) {
			r.out++
			switch r.out {
			case int64(len(c.trips)+1) / 2:
				r.t50 = at
			case int64(len(c.trips)*9+9) / 10:
				r.t90 = at
			}
			r.end = at
		})
		if end%at(60) == 0 {
			if err := roads.Check(false); err != nil {
				t.Fatal(err)
			}
		}
		if look != nil {
			look(roads, end)
		}
	}
	if err := roads.Check(true); err != nil {
		t.Fatal(err)
	}
	for arc := range roads.arcs {
		r.entries += roads.arcs[arc].passed
	}
	for _, e := range log.Events {
		if e.Kind == sim.EvGridlock {
			r.rings++
		}
	}
	r.tally = roads.Tally(sim.ModeCar)
	return r
}

// BenchmarkGrid is an evacuation of a whole town: vehicle-events are entries into links. Free has no junctions.
func BenchmarkGrid(b *testing.B) {
	for _, c := range []struct {
		name         string
		trips, exits int
		lanes        int
		window, near float64
		rules        Rules
	}{
		{"20k/free", 20000, 8, 2, 3600, 0.7, freeRules()}, {"100k/free", 100000, 8, 3, 7200, 1, freeRules()},
		{"20k/junctions", 20000, 8, 2, 3600, 0.7, DefaultRules()}, {"100k/junctions", 100000, 8, 3, 7200, 1, DefaultRules()},
	} {
		b.Run(c.name, func(b *testing.B) {
			town := newGridCase(b, 50, c.trips, c.exits, c.lanes, c.window, c.near, c.rules)
			var r gridResult
			before := cpuTime()
			for b.Loop() {
				r = town.play(b, at(12*3600), nil)
			}
			cpu := (cpuTime() - before).Seconds() / float64(b.N)
			b.ReportMetric(cpu, "cpu-s/op")
			b.ReportMetric(float64(r.entries)/cpu, "vehicle-events/cpu-s")
			b.ReportMetric(float64(r.entries), "events")
			b.Logf("out %d of %d, t50 %v, t90 %v, clearance %v, rings %d", r.out, c.trips, r.t50, r.t90, r.end, r.rings)
		})
	}
}

// BenchmarkTree works out one tree of a town.
func BenchmarkTree(b *testing.B) {
	for _, n := range []int{50, 300} {
		b.Run(fmt.Sprint(n*n, " nodes"), func(b *testing.B) {
			r := New(gridNetwork(b, n), nil).routes
			t := r.find(sight(sim.ModeCar), 0)
			r.grow(t, everywhere)
			b.ReportAllocs()
			for b.Loop() {
				r.plant(t)
				r.grow(t, everywhere)
			}
		})
	}
}

// BenchmarkRepair closes and opens a link of a town and asks for the tree each time.
func BenchmarkRepair(b *testing.B) {
	t := New(gridNetwork(b, 50), nil)
	r := t.routes
	r.grow(r.find(sight(sim.ModeCar), 0), everywhere)
	b.ReportAllocs()
	for k := 0; b.Loop(); k++ {
		link := int32(k / 2 * 37 % len(t.links))
		t.links[link].ordered = k%2 == 0
		t.price(link)
		r.grow(r.find(sight(sim.ModeCar), 0), everywhere)
	}
}
