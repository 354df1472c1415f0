package road

import (
	"fmt"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// testWorld drives roads as the engine does and keeps everything that comes out of them.
type testWorld struct {
	t       *testing.T
	net     *Network
	roads   *Traffic
	ports   *sim.Ports
	log     sim.Log
	layers  *sim.Layers
	arrived []arrivalAt
	strands []strandAt
	crossed []crossAt
	exposed []exposeAt
}

type arrivalAt struct {
	at sim.Time
	sim.Arrival
}

type strandAt struct {
	at sim.Time
	sim.Stranding
}

type crossAt struct {
	at sim.Time
	sim.Crossing
}

type exposeAt struct {
	at sim.Time
	sim.Exposure
}

// mustNetwork builds a network from parts that are right. Without t it panics when they are not.
func mustNetwork(t testing.TB, nodes []NodeSpec, links []LinkSpec) *Network {
	net, problems := NewNetwork(nodes, links, DefaultRules())
	if problems != nil {
		if t == nil {
			panic(fmt.Sprint(problems))
		}
		t.Helper()
		t.Fatal(problems)
	}
	return net
}

// freeRules are those of a network whose nodes have no capacity of their own.
func freeRules() Rules {
	rules := DefaultRules()
	rules.Free = true
	return rules
}

// newWorld puts empty roads on a network; ground may be nil.
func newWorld(t *testing.T, net *Network, ground *sim.Terrain) *testWorld {
	w := &testWorld{t: t, net: net, roads: New(net, ground), ports: &sim.Ports{}}
	if ground != nil {
		w.layers = sim.NewLayers(ground)
		for _, q := range []sim.Quantity{sim.QDepth, sim.QVelocityX, sim.QVelocityY, sim.QRain} {
			w.layers.Add(sim.NewLayer(sim.LayerKey{Quantity: q}, ground.Grid))
		}
	}
	return w
}

// at returns the instant so many seconds after the start.
func at(seconds float64) sim.Time { return sim.Time(seconds*1e6 + 0.5) }

// run steps to the instant, a second at a time, and checks the counters at every step.
func (w *testWorld) run(seconds float64) {
	w.t.Helper()
	for end := w.roads.now + at(1); end <= at(seconds); end += at(1) {
		w.roads.Step(end, w.layers, w.ports, &w.log)
		if err := w.roads.Check(false); err != nil {
			w.t.Fatal(err)
		}
		w.collect()
	}
	if err := w.roads.Check(true); err != nil {
		w.t.Fatal(err)
	}
}

func (w *testWorld) collect() {
	arrival := func(at sim.Time, m sim.Arrival) { w.arrived = append(w.arrived, arrivalAt{at, m}) }
	strand := func(at sim.Time, m sim.Stranding) { w.strands = append(w.strands, strandAt{at, m}) }
	w.ports.PartyArrivals.Drain(arrival)
	w.ports.UnitArrivals.Drain(arrival)
	w.ports.PartyStrands.Drain(strand)
	w.ports.UnitStrands.Drain(strand)
	w.ports.Exposures.Drain(func(at sim.Time, m sim.Exposure) { w.exposed = append(w.exposed, exposeAt{at, m}) })
	w.ports.Crossings.Drain(func(at sim.Time, m sim.Crossing) { w.crossed = append(w.crossed, crossAt{at, m}) })
}

// car starts a party with one car.
func (w *testWorld) car(seconds float64, id, from, to int) {
	w.trip(seconds, sim.Trip{Mover: party(id), Mode: sim.ModeCar, From: sim.NodeID(from), To: sim.NodeID(to),
		Vehicles: 1, Persons: 2, Zone: sim.None})
}

func (w *testWorld) trip(seconds float64, trip sim.Trip) {
	w.ports.Trips.Post(at(seconds), trip.Mover.ID, trip)
}

// order closes or opens a link.
func (w *testWorld) order(seconds float64, link int, shut bool, policy sim.ClosurePolicy) {
	o := sim.RoadOrder{Do: sim.RoadOpen}
	if shut {
		o = sim.RoadOrder{Do: sim.RoadClose, Policy: policy}
	}
	w.works(seconds, link, o)
}

// works gives an order to a link.
func (w *testWorld) works(seconds float64, link int, o sim.RoadOrder) {
	o.Link = sim.LinkID(link)
	w.ports.RoadOrders.Post(at(seconds), int32(link), o)
}

func party(id int) sim.Ref { return sim.Ref{Kind: sim.KindParty, ID: int32(id)} }
func unit(id int) sim.Ref  { return sim.Ref{Kind: sim.KindUnit, ID: int32(id)} }

// flood publishes water of that depth [mm] and eastward speed [mm/s] on the cells within the columns [i0, i1).
func (w *testWorld) flood(i0, i1 int, depth, speed int32) {
	w.layers.Begin(w.roads.now)
	grid := w.layers.Ground.Grid
	for cell := range grid.Len() {
		if i, _ := grid.IJ(cell); i >= i0 && i < i1 {
			w.layers.Of(sim.LayerKey{Quantity: sim.QDepth}).Set(cell, depth)
			w.layers.Of(sim.LayerKey{Quantity: sim.QVelocityX}).Set(cell, speed)
		}
	}
}

// plain is flat ground of so many cells of 10 m, at 100 m above the datum.
func plain(nx, ny int) *sim.Terrain {
	g := geo.Grid{NX: nx, NY: ny, Cell: 10}
	t := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len()), Cover: make([]uint8, g.Len())}
	for i := range t.Bed {
		t.Bed[i] = 100_000
	}
	return t
}

// row places nodes on a line to the east, at the given distances from the west [m].
func row(x ...float64) []NodeSpec {
	var nodes []NodeSpec
	for _, x := range x {
		nodes = append(nodes, NodeSpec{At: geo.Point{X: x, Y: 5}, Zone: sim.None})
	}
	return nodes
}

// street is a link with one lane each way on the ground.
func street(from, to int, speed, capacity float64) LinkSpec {
	return LinkSpec{From: sim.NodeID(from), To: sim.NodeID(to), Lanes: 1, Speed: speed, Capacity: capacity, OnGround: true}
}

// wantTimes compares arrivals, in order, with seconds.
func (w *testWorld) wantTimes(seconds ...float64) {
	w.t.Helper()
	var got, want []string
	for _, a := range w.arrived {
		got = append(got, a.at.String())
	}
	for _, s := range seconds {
		want = append(want, at(s).String())
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("arrivals at %v; want %v", got, want)
	}
}

// events returns the events of a kind.
func (w *testWorld) events(kind sim.EventKind) []sim.Event {
	var out []sim.Event
	for _, e := range w.log.Events {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}
