package road

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// A car alone takes the free time L/v on every link.
//
// Reference: Newell (1993), A simplified theory of kinematic waves, part I: free-flow branch.
func TestFreeTime(t *testing.T) {
	for _, c := range []struct {
		metres, speed, seconds float64
	}{{1000, 20, 50}, {750, 12.5, 60}, {100, 11.11, 9.0009}, {30, 50, 0.6}} {
		net := mustNetwork(t, row(0, c.metres), []LinkSpec{street(0, 1, c.speed, 1800)})
		w := newWorld(t, net, nil)
		w.car(3.25, 1, 0, 1)
		w.run(100)
		w.wantTimes(3.25 + c.seconds)
		if got := w.arrived[0].Distance; got != c.metres {
			t.Errorf("distance %v; want %v", got, c.metres)
		}
	}
}

// A queue leaves at the headways of the capacity, to the microsecond; two lanes halve them, a capacity factor
// stretches them, and a capacity beyond vf·w/(vf+w)·kj is cut down to it.
//
// Reference: Newell (1993), triangular flow-density relation.
func TestCapacityDischarge(t *testing.T) {
	for _, c := range []struct {
		capacity, speed, factor float64
		lanes                   int
		headway                 float64
	}{
		{1800, 20, 1, 1, 2},
		{1800, 20, 1, 2, 1},
		{1800, 20, 0.5, 1, 4},
		{600, 20, 1, 1, 6},
		{10000, 20, 1, 1, 7.5 * 25 / 100},
		{10000, 5, 1, 1, 3},
	} {
		link := street(0, 1, c.speed, c.capacity)
		link.Lanes = c.lanes
		net, problems := NewNetwork(row(0, 1000), []LinkSpec{link}, Rules{JamMetres: DefaultJamMetres, Capacity: c.factor})
		if problems != nil {
			t.Fatal(problems)
		}
		w := newWorld(t, net, nil)
		var want []float64
		for id := range 40 {
			w.car(0, id, 0, 1)
			want = append(want, 1000/c.speed+float64(id)*c.headway)
		}
		w.run(600)
		w.wantTimes(want...)
	}
}

// corridor is the recursion of Newell's model for cars that follow each other over links in a row, worked out car by
// car: it enters when the one before has done so a headway ago and the hole has come back that it needs, and leaves
// when it has crossed, the headway has passed, and the next link takes it.
type corridor struct {
	free, headway, wave []sim.Time
	storage             []int
	enter               [][]sim.Time // by link and car
	leave               [][]sim.Time
}

func newCorridor(net *Network, links []LinkSpec) *corridor {
	c := &corridor{enter: make([][]sim.Time, len(links)), leave: make([][]sim.Time, len(links))}
	for k, l := range links {
		c.free = append(c.free, at(net.Length(sim.LinkID(k))/l.Speed))
		c.headway = append(c.headway, sim.Time(net.Headway(sim.LinkID(k))))
		c.wave = append(c.wave, at(net.Length(sim.LinkID(k))/WaveSpeed))
		c.storage = append(c.storage, net.Storage(sim.LinkID(k)))
	}
	return c
}

func (c *corridor) takes(link, car int) sim.Time {
	at := sim.Time(0)
	if car > 0 {
		at = c.enter[link][car-1] + c.headway[link]
	}
	if k := car - c.storage[link]; k >= 0 {
		at = max(at, c.leave[link][k]+c.wave[link])
	}
	return at
}

func (c *corridor) add(depart sim.Time) {
	car := len(c.enter[0])
	at := max(depart, c.takes(0, car))
	for link := range c.free {
		c.enter[link] = append(c.enter[link], at)
		at += c.free[link]
		if car > 0 {
			at = max(at, c.leave[link][car-1]+c.headway[link])
		}
		if link+1 < len(c.free) {
			at = max(at, c.takes(link+1, car))
		}
		c.leave[link] = append(c.leave[link], at)
	}
}

// Every car of a random corridor arrives at the microsecond that the recursion gives: free flow, bottlenecks,
// queues, spillback over several links and to the origin.
//
// Reference: Newell (1993), parts I-III; Daganzo (2005), A variational formulation of kinematic waves.
func TestCorridorIsNewell(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		x := []float64{0}
		var links []LinkSpec
		for range rapid.IntRange(1, 5).Draw(rt, "links") {
			x = append(x, x[len(x)-1]+float64(rapid.IntRange(10, 400).Draw(rt, "metres")))
			l := street(len(x)-2, len(x)-1, float64(rapid.IntRange(3, 30).Draw(rt, "speed")),
				float64(rapid.IntRange(100, 2500).Draw(rt, "capacity")))
			l.Lanes = rapid.IntRange(1, 3).Draw(rt, "lanes")
			links = append(links, l)
		}
		net := mustNetwork(t, row(x...), links)
		w := newWorld(t, net, nil)
		c := newCorridor(net, links)
		// The queue at the origin lets one in per headway, as the link does.
		depart := sim.Time(0)
		var want []string
		for id := range rapid.IntRange(1, 120).Draw(rt, "cars") {
			depart += sim.Time(rapid.IntRange(0, 4_000_000).Draw(rt, "gap"))
			w.trip(depart.Seconds(), sim.Trip{Mover: party(id), Mode: sim.ModeCar, To: sim.NodeID(len(links)), Vehicles: 1,
				Zone: sim.None})
			c.add(at(depart.Seconds()))
			want = append(want, fmt.Sprint(id, c.leave[len(links)-1][id]))
		}
		w.run(6000)
		var got []string
		for _, a := range w.arrived {
			got = append(got, fmt.Sprint(a.Mover.ID, a.at))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			rt.Fatalf("arrivals %v\nwant %v", got, want)
		}
	})
}

// Before a bottleneck of 600 veh/h a queue grows by inflow less outflow; when the link of 1,000 m is full at 133
// cars/km, it reaches the origin, where further cars wait.
//
// Reference: Newell (1993), part II: queueing at freeway bottlenecks.
func TestQueueSpillsBackToTheOrigin(t *testing.T) {
	net := mustNetwork(t, row(0, 1000, 2000), []LinkSpec{street(0, 1, 20, 1800), street(1, 2, 20, 600)})
	if got := net.Storage(0); got != 133 {
		t.Fatalf("storage %d; want 133", got)
	}
	w := newWorld(t, net, nil)
	for id := range 400 {
		w.car(float64(2*id), id, 0, 2)
	}
	w.run(249)
	// In: one every 2 s from 0, 125 by 249 s. Out: one every 6 s from 50 s, 34 by 249 s.
	if got := w.roads.OnLink(0); got != 125-34 {
		t.Errorf("%d on the link at 249 s; want %d", got, 125-34)
	}
	w.run(800)
	// Full. A car enters 200 s after the one 133 places before it has left, so that in the steady state the flow of
	// the bottleneck fills the link up to what holes do not take: 133 - 200/6.
	if got, want := w.roads.OnLink(0), 133-33; got != want && got != want+1 {
		t.Errorf("%d on the full link; want about %d", got, want)
	}
	if c := w.roads.Tally(sim.ModeCar); c.Waiting != 400-c.Out-c.Inside || c.Waiting < 100 {
		t.Errorf("waiting %d; the rest of 400 should wait at the origin: %+v", c.Waiting, c)
	}
	dots := w.roads.Movers(geo.Rect{Min: geo.Point{X: -1, Y: 0}, Max: geo.Point{X: 0.5, Y: 10}}, nil)
	if len(dots) < 100 || !dots[0].Stopped {
		t.Errorf("%d stand at the origin; want those who wait", len(dots))
	}
}

// When the first car of a standing queue leaves, the one at the far end of the link moves L/w later: the backward
// wave runs at 18 km/h.
//
// Reference: Stipdonk et al., wave speed 18 +- 1 km/h; Newell (1993).
func TestBackwardWaveSpeed(t *testing.T) {
	// A bottleneck of 12 veh/h holds the queue; each departure lets one car in at the other end 200 s later.
	net := mustNetwork(t, row(0, 1000, 1100), []LinkSpec{street(0, 1, 20, 1800), street(1, 2, 20, 12)})
	w := newWorld(t, net, nil)
	for id := range 200 {
		w.car(0, id, 0, 2)
	}
	// The 133 cars for which there is room are in by 264 s. One leaves at 350 s and one at 650 s, each hole takes 200 s.
	for _, c := range []struct {
		seconds float64
		waiting int64
	}{{549, 200 - 134}, {551, 200 - 135}, {849, 200 - 135}, {851, 200 - 136}} {
		w.run(c.seconds)
		if got := w.roads.Tally(sim.ModeCar).Waiting; got != c.waiting {
			t.Errorf("at %v s %d wait; want %d", c.seconds, got, c.waiting)
		}
	}
}

// Two full queues that merge share the capacity in proportion to their own: 1:1 when equal, 2:1 when one has two
// lanes.
//
// Reference: Daganzo (1995), The cell transmission model, part II: merges; priorities by capacity as in Ni and
// Leonard (2005).
func TestMerge(t *testing.T) {
	for _, c := range []struct{ lanes, share int }{{1, 50}, {2, 67}, {3, 75}} {
		nodes := []NodeSpec{{At: geo.Point{X: 0, Y: 0}}, {At: geo.Point{X: 0, Y: 400}}, {At: geo.Point{X: 400, Y: 200}},
			{At: geo.Point{X: 800, Y: 200}}}
		major := street(0, 2, 15, 1200)
		major.Lanes = c.lanes
		links := []LinkSpec{major, street(1, 2, 15, 1200), street(2, 3, 15, 1200)}
		for k := range links {
			links[k].OneWay = true // carriageways that only merge
		}
		net := mustNetwork(t, nodes, links)
		w := newWorld(t, net, nil)
		for id := range 1000 {
			w.car(0, 2*id, 0, 3)
			w.car(0, 2*id+1, 1, 3)
		}
		w.run(600)
		a, _ := w.roads.Flow(0)
		b, _ := w.roads.Flow(1)
		w.run(1800)
		a2, _ := w.roads.Flow(0)
		b2, _ := w.roads.Flow(1)
		if got := a2 - a + b2 - b; got != 400 {
			t.Errorf("%d lanes: %d vehicles in 20 minutes; want 400", c.lanes, got)
		}
		if share := int(100*(a2-a)+200) / 400; share < c.share-1 || share > c.share+1 {
			t.Errorf("%d lanes: %d %% from the major road; want %d", c.lanes, share, c.share)
		}
	}
}

// At a diverge first in is first out: a vehicle that waits for a full branch holds up those behind it that are bound
// for the free one.
//
// Reference: Daganzo (1995), part II: diverges.
func TestBlockedDiverge(t *testing.T) {
	nodes := []NodeSpec{{At: geo.Point{X: 0}}, {At: geo.Point{X: 150}}, {At: geo.Point{X: 165, Y: 0}},
		{At: geo.Point{X: 150, Y: 300}}}
	// The branch to node 2 has room for two cars and lets one out every 60 s.
	links := []LinkSpec{street(0, 1, 15, 1800), street(1, 2, 15, 60), street(1, 3, 15, 1800)}
	for k := range links {
		links[k].OneWay = true
	}
	net := mustNetwork(t, nodes, links)
	w := newWorld(t, net, nil)
	for id := range 5 {
		w.car(0, id, 0, 2)
	}
	w.car(0, 5, 0, 3)
	w.run(1000)
	last := w.arrived[len(w.arrived)-1]
	free := 10*sim.Second + 20*sim.Second
	for _, a := range w.arrived {
		if a.Mover == party(5) {
			last = a
		}
	}
	// The fifth enters its branch 4 headways of 60 s after the first, which enters at 10 s.
	if want := at(10 + 240 + 2 + 20); last.at < at(240)+sim.Time(free) || last.at > want+at(1) {
		t.Errorf("the one bound for the free branch arrives at %v; want about %v", last.at, want)
	}
	if len(w.arrived) != 6 {
		t.Errorf("%d arrived; want 6", len(w.arrived))
	}
}
