package road

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// diamond is a short way 0-1-3 over links 0 and 1 and a long way 0-2-3 over links 2 and 3. At 10 m/s the short way
// takes 100 s and the long one about 144 s.
func diamond(t *testing.T) *Network {
	nodes := []NodeSpec{{At: geo.Point{X: 0, Y: 0}}, {At: geo.Point{X: 500, Y: 0}}, {At: geo.Point{X: 500, Y: 520}},
		{At: geo.Point{X: 1000, Y: 0}}}
	return mustNetwork(t, nodes, []LinkSpec{street(0, 1, 10, 1800), street(1, 3, 10, 1800), street(0, 2, 10, 1800),
		street(2, 3, 10, 1800)})
}

// A link that is closed in mid-run is avoided, and used again after it is opened.
func TestCloseAndReopen(t *testing.T) {
	w := newWorld(t, diamond(t), nil)
	for id := range 90 {
		w.car(float64(10*id), id, 0, 3)
	}
	w.order(305, 0, true, sim.ClosureFinish)
	w.order(605, 0, false, sim.ClosureFinish)
	w.run(1200)
	short, _ := w.roads.Flow(0)
	long, _ := w.roads.Flow(2)
	if short != 60 || long != 30 {
		t.Errorf("%d by the short way and %d by the long; want 60 and 30", short, long)
	}
	if len(w.arrived) != 90 {
		t.Errorf("%d arrived; want 90", len(w.arrived))
	}
	shut, open := w.events(sim.EvLinkClosed), w.events(sim.EvLinkOpened)
	if len(shut) != 1 || shut[0].At != at(305) || shut[0].A != sim.RefTo(sim.KindLink, sim.LinkID(0)) ||
		len(open) != 1 || open[0].At != at(605) {
		t.Errorf("closed %v, opened %v", shut, open)
	}
}

// A closure that lies ahead is evaded from where the mover is: at node 1 it turns round.
func TestRerouteUnderWay(t *testing.T) {
	w := newWorld(t, diamond(t), nil)
	w.car(0, 1, 0, 3)
	w.order(20, 1, true, sim.ClosureFinish)
	w.run(600)
	// 50 s to node 1, 15 s to turn round, 50 s back, then the long way.
	way := 2 * w.net.Length(2) / 10
	w.wantTimes(115 + way)
	if d, want := w.arrived[0].Distance, 1000+2*w.net.Length(2); math.Abs(d-want) > 1e-3 { // each link in whole millimetres
		t.Errorf("distance %v; want %v", d, want)
	}
}

// The policy decides what becomes of who is on the link.
func TestClosurePolicies(t *testing.T) {
	long := 2 * diamond(t).Length(2) / 10
	for _, c := range []struct {
		name    string
		policy  sim.ClosurePolicy
		arrive  []float64
		strands int
	}{
		{"finish", sim.ClosureFinish, []float64{100, 108, 20 + long}, 0},
		// At 16 s the first is at 160 m and is back at 32 s, the second at 80 m and is back at 24 s.
		{"turn back", sim.ClosureTurnBack, []float64{20 + long, 24 + long, 32 + long}, 0},
		{"strand", sim.ClosureStrand, []float64{20 + long}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, diamond(t), nil)
			w.car(0, 1, 0, 3)
			w.car(8, 2, 0, 3)
			w.car(20, 3, 0, 3)
			w.order(16, 0, true, c.policy)
			w.run(600)
			w.wantTimes(c.arrive...)
			if len(w.strands) != c.strands || len(w.events(sim.EvVehicleStranded)) != c.strands {
				t.Fatalf("strandings %v; want %d", w.strands, c.strands)
			}
			for i, s := range w.strands {
				if s.Cause != sim.StrandClosed || s.Link != 0 || s.Node != 0 || s.at != at(16) || s.X != 160-80*float64(i) {
					t.Errorf("stranding %+v", s)
				}
			}
			if c.policy == sim.ClosureTurnBack {
				if d, want := w.arrived[2].Distance, 320+2*w.net.Length(2); math.Abs(d-want) > 1e-3 { // each link in whole millimetres
					t.Errorf("distance of the first %v; want %v", d, want)
				}
			}
		})
	}
}

// A car in a standing queue turns back from where it stands, not from where it would be on an empty road.
func TestTurnBackFromAQueue(t *testing.T) {
	net := mustNetwork(t, row(0, 150, 300), []LinkSpec{street(0, 1, 15, 1800), street(1, 2, 15, 6)})
	w := newWorld(t, net, nil)
	for id := range 5 {
		w.car(0, id, 0, 2)
	}
	w.run(60)
	// One is gone; four stand at 150, 142.5, 135 and 127.5 m.
	w.order(60, 0, true, sim.ClosureTurnBack)
	w.run(61)
	for id, m := range map[int]float64{1: 150, 2: 142.5, 3: 135, 4: 127.5} {
		if p, ok := w.roads.Place(party(id)); !ok || p.X != m-15 {
			t.Errorf("car %d a second later at %v; want %v", id, p.X, m-15)
		}
	}
}

// Without capacity nobody passes and nothing hangs: there is a way round or there is none.
func TestZeroCapacity(t *testing.T) {
	net := diamond(t)
	net.links[1].Capacity = 0
	w := newWorld(t, mustNetwork(t, net.nodes, net.links), nil)
	w.car(0, 1, 0, 3)
	w.run(300)
	if f, _ := w.roads.Flow(2); f != 1 || len(w.arrived) != 1 {
		t.Errorf("%d by the long way, %d arrived; want 1 and 1", f, len(w.arrived))
	}
	blind := mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 0)})
	w = newWorld(t, blind, nil)
	w.car(5, 1, 0, 1)
	w.trip(5, sim.Trip{Mover: party(2), Mode: sim.ModeFoot, From: 0, To: 1, Zone: sim.None})
	w.run(700)
	if len(w.strands) != 1 || w.strands[0].Cause != sim.StrandNoRoute || w.strands[0].at != at(605) ||
		w.strands[0].Link != sim.None || w.strands[0].Mover != party(1) {
		t.Errorf("strandings %+v; want the car's after ten minutes", w.strands)
	}
	if len(w.arrived) != 1 || w.arrived[0].Mover != party(2) {
		t.Errorf("arrivals %+v; want the walker's", w.arrived)
	}
}

// Who waits for a way takes it as soon as one opens.
func TestNoRouteUntilOpened(t *testing.T) {
	net := mustNetwork(t, row(0, 100, 200), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)})
	w := newWorld(t, net, nil)
	w.order(0, 1, true, sim.ClosureFinish)
	w.car(0, 1, 0, 2)
	w.order(5, 1, false, sim.ClosureFinish)
	w.order(7, 1, true, sim.ClosureFinish)
	w.order(300, 1, false, sim.ClosureFinish)
	w.run(700)
	w.wantTimes(310)
	if len(w.strands) != 0 {
		t.Errorf("strandings %+v; want none", w.strands)
	}
}

// ringWorld is a square of one-way streets with room for ten cars each, all full of cars that want to go three of them.
func ringWorld(t *testing.T) *testWorld {
	nodes := []NodeSpec{{At: geo.Point{X: 0, Y: 0}}, {At: geo.Point{X: 75, Y: 0}}, {At: geo.Point{X: 75, Y: 75}},
		{At: geo.Point{X: 0, Y: 75}}}
	var links []LinkSpec
	for k := range 4 {
		l := street(k, (k+1)%4, 10, 1800)
		l.OneWay = true
		links = append(links, l)
	}
	w := newWorld(t, mustNetwork(t, nodes, links), nil)
	for id := range 200 {
		w.car(0, id, id%4, (id+3)%4)
	}
	return w
}

// A ring of full links, each waiting for the next, is reported once and left alone.
func TestGridlock(t *testing.T) {
	w := ringWorld(t)
	w.run(900)
	rings := w.events(sim.EvGridlock)
	if len(rings) != 1 || rings[0].Count != 4 || rings[0].A != sim.RefTo(sim.KindLink, sim.LinkID(0)) {
		t.Fatalf("rings %v; want one of 4 links", rings)
	}
	c := w.roads.Tally(sim.ModeCar)
	if c.Inside != 40 || c.Out+c.Waiting != 160 || len(w.strands) != 0 {
		t.Errorf("%+v; want 40 inside, nobody removed", c)
	}
	// An order breaks it: those on link 0 are taken off and the others come through.
	w.order(900, 0, true, sim.ClosureStrand)
	w.run(901)
	w.order(901, 0, false, sim.ClosureFinish)
	w.run(1000)
	if d := w.roads.Tally(sim.ModeCar); d.Out <= c.Out || d.Stranded != 10 {
		t.Errorf("after the ring is broken %+v; before %+v", d, c)
	}
}

// A party crosses its zone's border at the end of the first link that ends outside, once. Where it sets off does not
// count, nor where it turns back to.
func TestCrossing(t *testing.T) {
	nodes := row(0, 100, 200, 300)
	nodes[0].Zone, nodes[1].Zone, nodes[2].Zone, nodes[3].Zone = 7, 7, 8, 7
	net := mustNetwork(t, nodes, []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800), street(2, 3, 10, 1800)})
	w := newWorld(t, net, nil)
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 0, To: 3, Vehicles: 1, Zone: 7})
	w.trip(3, sim.Trip{Mover: party(2), Mode: sim.ModeFoot, From: 0, To: 3, Zone: 5})
	w.trip(3, sim.Trip{Mover: unit(3), Mode: sim.ModeCoach, From: 0, To: 3, Vehicles: 1, Zone: sim.None})
	w.run(600)
	if len(w.crossed) != 2 || w.crossed[0].at != at(20) || w.crossed[0].Mover != party(1) || w.crossed[0].Node != 2 ||
		w.crossed[1].at <= at(80) || w.crossed[1].Mover != party(2) || w.crossed[1].Node != 1 {
		t.Errorf("crossings %+v", w.crossed)
	}

	w = newWorld(t, net, nil)
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 2, To: 0, Vehicles: 1, Zone: 7})
	w.order(3, 1, true, sim.ClosureTurnBack)
	w.trip(4, sim.Trip{Mover: party(2), Mode: sim.ModeFoot, From: 2, To: 2, Zone: 7})
	w.run(1200)
	if len(w.crossed) != 0 {
		t.Errorf("crossings %+v; want none at the start of a trip", w.crossed)
	}
}

// A trip that enters a zone is told where it comes to the end of the first link inside, once.
func TestCrossingIntoAZone(t *testing.T) {
	nodes := row(0, 100, 200, 300)
	nodes[0].Zone, nodes[1].Zone, nodes[2].Zone, nodes[3].Zone = 8, 8, 0, 0
	net := mustNetwork(t, nodes, []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800), street(2, 3, 10, 1800)})
	w := newWorld(t, net, nil)
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 0, To: 3, Vehicles: 1, Zone: 0, Enters: true})
	w.trip(0, sim.Trip{Mover: party(2), Mode: sim.ModeFoot, From: 0, To: 1, Zone: 0, Enters: true})
	w.trip(0, sim.Trip{Mover: party(3), Mode: sim.ModeFoot, From: 0, To: 3, Zone: sim.None, Enters: true})
	w.run(600)
	if len(w.crossed) != 1 || w.crossed[0].at != at(20) || w.crossed[0].Mover != party(1) || w.crossed[0].Node != 2 {
		t.Errorf("crossings %+v; want that of party 1 at node 2 after 20 s", w.crossed)
	}
}

// A trip of a mover that is under way changes its destination where it is.
func TestDivert(t *testing.T) {
	w := newWorld(t, diamond(t), nil)
	w.trip(0, sim.Trip{Mover: unit(1), Mode: sim.ModeCoach, From: 0, To: 3, Vehicles: 1, Zone: sim.None})
	w.trip(20, sim.Trip{Mover: unit(1), Mode: sim.ModeCoach, From: 2, To: 0, Vehicles: 1, Zone: sim.None})
	w.run(300)
	w.wantTimes(115) // of them 15 to turn round at node 1
	if a := w.arrived[0]; a.Node != 0 || a.Distance != 1000 {
		t.Errorf("arrival %+v; want at node 0 after 1000 m", a)
	}
	if c := w.roads.Tally(sim.ModeCoach); c.In != 1 || c.Out != 1 {
		t.Errorf("%+v; want one trip", c)
	}
}

// Cars of one party stay together and take the room and headways of so many; a coach counts as two. An emergency
// vehicle goes first.
func TestUnitsOfRoomAndFlow(t *testing.T) {
	road := street(0, 1, 20, 1800)
	road.OneWay = true // there is no lane on which to pass
	net := mustNetwork(t, row(0, 1000), []LinkSpec{road})
	w := newWorld(t, net, nil)
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, To: 1, Vehicles: 3, Zone: sim.None})
	w.trip(0, sim.Trip{Mover: party(2), Mode: sim.ModeCoach, To: 1, Vehicles: 1, Zone: sim.None})
	w.trip(0, sim.Trip{Mover: party(3), Mode: sim.ModeEmergency, To: 1, Vehicles: 1, Zone: sim.None})
	w.trip(0, sim.Trip{Mover: party(4), Mode: sim.ModeCar, To: 1, Vehicles: 1, Zone: sim.None})
	w.run(100)
	w.wantTimes(50, 52, 58, 62)
	if c := w.roads.Tally(sim.ModeCar); c.Out != 4 {
		t.Errorf("%d cars out; want 4", c.Out)
	}
	if f, _ := w.roads.Flow(0); f != 6 {
		t.Errorf("%d vehicles passed; want 6", f)
	}
}

// A coach is longer than a link with room for one car; it passes all the same, alone.
func TestPlatoonLongerThanTheLink(t *testing.T) {
	net := mustNetwork(t, row(0, 100, 107, 200), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800),
		street(2, 3, 10, 1800)})
	w := newWorld(t, net, nil)
	for id := range 5 {
		w.trip(0, sim.Trip{Mover: party(id), Mode: sim.ModeCar, To: 3, Vehicles: 6, Zone: sim.None})
	}
	w.run(400)
	if len(w.arrived) != 5 {
		t.Errorf("%d arrived; want 5", len(w.arrived))
	}
}

// Cars keep to the direction of a one-way street, walkers need not; a footpath is for walkers.
func TestOneWayAndFootpath(t *testing.T) {
	one := street(0, 1, 10, 1800)
	one.OneWay = true
	path := LinkSpec{From: 1, To: 2, FootOnly: true, OnGround: true}
	net := mustNetwork(t, row(0, 120, 240), []LinkSpec{one, path})
	roads := New(net, nil)
	for _, c := range []struct {
		mode     sim.Mode
		from, to sim.NodeID
		seconds  float64
	}{
		{sim.ModeCar, 0, 1, 12}, {sim.ModeCar, 1, 0, 0}, {sim.ModeCar, 0, 2, 0},
		{sim.ModeFoot, 0, 2, 200}, {sim.ModeFoot, 2, 0, 200}, {sim.ModeCoach, 1, 0, 0}, {sim.ModeEmergency, 1, 0, 0},
		{sim.ModeBoat, 1, 0, 0}, {sim.ModeBoat, 0, 1, 12},
	} {
		metres, seconds, ok := roads.Distance(c.mode, c.from, c.to)
		if ok != (c.seconds > 0) || seconds != c.seconds || ok && metres != 120*float64(max(c.to-c.from, c.from-c.to)) {
			t.Errorf("%v %d to %d: %v m, %v s, %v; want %v s", c.mode, c.from, c.to, metres, seconds, ok, c.seconds)
		}
	}
}

// A new destination also reaches those who wait: at the roadside, for a way, and at the end of a full link.
func TestDivertWhileWaiting(t *testing.T) {
	net := mustNetwork(t, row(0, 150, 300, 450), []LinkSpec{street(0, 1, 15, 1800), street(1, 2, 15, 6),
		street(2, 3, 15, 0)})
	w := newWorld(t, net, nil)
	for id := range 30 {
		w.car(0, id, 0, 2)
	}
	w.car(0, 30, 2, 3)
	w.run(100)
	for _, id := range []int{1, 29, 30} { // first of the queue, last at the roadside, without a way
		w.car(100, id, 3, 1)
	}
	w.run(120)
	if c := w.roads.Tally(sim.ModeCar); c.In != 31 || c.Out != 3 || c.Waiting != 9 {
		t.Errorf("%+v", c)
	}
	got := map[sim.Ref]sim.Time{}
	for _, a := range w.arrived {
		got[a.Mover] = a.at
	}
	if got[party(1)] != at(100) || got[party(30)] != at(110) {
		t.Errorf("arrivals %v; want the first of the queue at once and the other after its 10 s", got)
	}
	w.run(130)
	if p, ok := w.roads.Place(party(29)); !ok || p.X != 0 {
		t.Errorf("party 29 at %v, %v; want it to wait at the roadside", p, ok)
	}
}

// Flow and OnLink count vehicles, Place and Movers show where they are.
func TestViews(t *testing.T) {
	w := newWorld(t, diamond(t), nil)
	w.car(0, 1, 0, 3)
	w.car(12, 2, 3, 0)
	w.trip(10, sim.Trip{Mover: party(3), Mode: sim.ModeFoot, From: 0, To: 1, Persons: 4, Zone: sim.None})
	w.run(60)
	if a, b := w.roads.Flow(0); a != 1 || b != 0 || w.roads.OnLink(1) != 2 || w.roads.OnLink(0) != 0 {
		t.Errorf("flows %d and %d, on links %d and %d", a, b, w.roads.OnLink(0), w.roads.OnLink(1))
	}
	dots := w.roads.Movers(geo.Rect{Min: geo.Point{X: -1, Y: -1}, Max: geo.Point{X: 700, Y: 1}}, nil)
	want := []sim.MoverDot{
		{Mover: party(3), Mode: sim.ModeFoot, At: geo.Point{X: 60}, Persons: 4},
		{Mover: party(1), Mode: sim.ModeCar, At: geo.Point{X: 600}, Persons: 2},
		{Mover: party(2), Mode: sim.ModeCar, At: geo.Point{X: 520}, Persons: 2},
	}
	if len(dots) != len(want) {
		t.Fatalf("dots %+v", dots)
	}
	for i, d := range dots {
		if d.Mover != want[i].Mover || d.Persons != want[i].Persons || d.At.Dist(want[i].At) > 1e-6 || d.Stopped {
			t.Errorf("dot %d: %+v; want %+v", i, d, want[i])
		}
	}
	if _, ok := w.roads.Place(unit(1)); ok {
		t.Error("a unit that is not on the network has a place")
	}
	if net := w.roads.Network(); net.Node(3).At.X != 1000 || net.Link(1).To != 3 || w.roads.Now() != at(60) {
		t.Error("the network is another one")
	}
}
