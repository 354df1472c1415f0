package road

import (
	"fmt"
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// stretch is a link of 1,000 m at 20 m/s with so many lanes of 1,800 veh/h: 50 s free time, a wave of 200 s.
func stretch(t *testing.T, lanes int) *testWorld {
	l := street(0, 1, 20, 1800)
	l.Lanes = lanes
	return newWorld(t, mustNetwork(t, row(0, 1000), []LinkSpec{l}), nil)
}

// stop and whole leave nothing and everything of a link's capacity.
var (
	stop  = sim.RoadOrder{Do: sim.RoadReduce, Lanes: sim.AllLanes}
	whole = sim.RoadOrder{Do: sim.RoadReduce, Lanes: sim.AllLanes, Share: 1}
)

// Nobody leaves a link that has been stopped; afterwards the queue leaves at the headways of the capacity until it has
// dissolved, to the microsecond. Of a headway that had begun, the rest comes after the stop.
//
// Reference: deterministic queue at a bottleneck, as in Newell (1993), part II.
func TestStoppedLinkDischarges(t *testing.T) {
	for _, c := range []struct{ from, to, first float64 }{
		{101, 400.5, 400.5}, // car 12 left at 98, its headway had passed
		{99, 400, 401},      // a second of it was left
	} {
		w := stretch(t, 1)
		w.works(c.from, 0, stop)
		w.works(c.to, 0, whole)
		var want []float64
		last := math.Inf(-1)
		for id := range 200 {
			w.car(float64(4*id), id, 0, 1)
			at := math.Max(50+4*float64(id), last+2)
			if id == 13 {
				at = c.first
			}
			last = at
			want = append(want, at)
		}
		w.run(c.to - 1)
		if got := len(w.arrived); got != 13 {
			t.Errorf("%d arrived before the end of the stop; want 13", got)
		}
		w.run(1000)
		w.wantTimes(want...)
	}
}

// Half the capacity doubles the headway at once: of the one that has begun, what is left is stretched.
func TestReducedLink(t *testing.T) {
	w := stretch(t, 1)
	for id := range 40 {
		w.car(0, id, 0, 1)
	}
	half := whole
	half.Share = 0.5
	w.works(61, 0, half) // 50, 52, ..., 60, then one second of two is left: two of four
	w.works(80, 0, whole)
	w.run(200)
	want := []float64{50, 52, 54, 56, 58, 60, 63, 67, 71, 75, 79, 81.5}
	for id := len(want); id < 40; id++ {
		want = append(want, want[id-1]+2)
	}
	w.wantTimes(want...)
	if e := w.events(sim.EvRoadCapacity); len(e) != 4 || e[0].Num != 900 || e[0].Count != 1 || e[0].B.ID != 0 ||
		e[1].B.ID != 1 || e[2].Num != 1800 || e[2].At != at(80) {
		t.Errorf("events %+v", e)
	}
}

// An incident leaves a quarter of the capacity for 400 s. The delay of all is the area between the curves of arrivals and
// departures: 15,000 vehicle-seconds.
//
// Reference: deterministic queueing, e.g. Daganzo (1997), Fundamentals of transportation and traffic operations: queue
// (a - r) T, area half of queue times (T + queue / (s - a)).
func TestDelayOfAnIncident(t *testing.T) {
	w := stretch(t, 1)
	quarter := whole
	quarter.Share = 0.25
	w.works(100, 0, quarter)
	w.works(500, 0, whole)
	for id := range 400 {
		w.car(float64(4*id), id, 0, 1)
	}
	w.run(1900)
	delay := 0.0
	for _, a := range w.arrived {
		delay += a.at.Seconds() - 50 - 4*float64(a.Mover.ID)
	}
	const arrivals, reduced, full, span = 0.25, 0.125, 0.5, 400.0
	queue := (arrivals - reduced) * span
	if want := 0.5 * queue * (span + queue/(full-arrivals)); math.Abs(delay-want) > 0.03*want {
		t.Errorf("delay %.0f vehicle-seconds; want %.0f", delay, want)
	}
}

// A link that is stopped every other second carries half of what it carries, and with no lane open nobody enters any more
// while those on it wait.
func TestStopAndGo(t *testing.T) {
	w := stretch(t, 1)
	for id := range 100 {
		w.car(0, id, 0, 1)
	}
	for s := 50; s < 250; s += 2 {
		w.works(float64(s)+0.5, 0, stop)
		w.works(float64(s)+1.5, 0, whole)
	}
	w.run(250)
	if got := len(w.arrived); got != 50 {
		t.Errorf("%d arrived in 200 s of which 100 were open; want 50", got)
	}

	w = newWorld(t, diamond(t), nil)
	for id := range 30 {
		w.car(float64(10*id), id, 0, 3)
	}
	none := whole
	none.Lanes = 0
	w.works(105, 0, none) // five cars are on it, bound for node 1
	w.works(205, 0, whole)
	w.run(206)
	short, _ := w.roads.Flow(0)
	long, _ := w.roads.Flow(2)
	if short != 7 || long != 3 || w.roads.OnLink(0)+w.roads.OnLink(2) != 11 {
		t.Errorf("%d by the short way, %d by the long, %d and %d on them", short, long, w.roads.OnLink(0), w.roads.OnLink(2))
	}
	w.run(800)
	if len(w.arrived) != 30 {
		t.Errorf("%d arrived; want 30", len(w.arrived))
	}
}

// When the end of a full link is opened, the first at its start moves L/w later.
//
// Reference: Newell (1993): the wave runs back at w = 18 km/h.
func TestWaveOfAReopening(t *testing.T) {
	w := stretch(t, 1)
	for id := range 400 {
		w.car(0, id, 0, 1)
	}
	w.works(149, 0, stop)
	w.works(1000.25, 0, whole)
	w.run(999)
	// By 149 s 50 have left; 133 more places let in number 183.
	if c := w.roads.Tally(sim.ModeCar); c.Waiting != 400-183 || w.roads.OnLink(0) != 133 {
		t.Fatalf("%+v, %d on the link; want 183 in and 133 on the link", c, w.roads.OnLink(0))
	}
	w.run(1200)
	if c := w.roads.Tally(sim.ModeCar); c.Waiting != 400-183 {
		t.Errorf("%d wait at 1200 s; want that nobody has moved at the start yet", c.Waiting)
	}
	// The first leaves at 1001.25, when the rest of the headway that had begun at 148 has passed.
	w.run(1202)
	if c := w.roads.Tally(sim.ModeCar); c.Waiting != 400-184 {
		t.Errorf("%d wait at 1202 s; want one to have moved at 1201.25", c.Waiting)
	}
}

// Of two lanes one is closed while the link is full: half of those on it have room, and nobody enters until they have
// gone down to that. Nobody is moved.
func TestFewerLanesThanCars(t *testing.T) {
	net := mustNetwork(t, row(0, 1000, 2000), []LinkSpec{street(0, 1, 20, 1800), street(1, 2, 20, 360)})
	net.links[0].Lanes = 2
	w := newWorld(t, mustNetwork(t, net.nodes, net.links), nil)
	for id := range 600 {
		w.car(0, id, 0, 2)
	}
	w.run(800)
	before := w.roads.OnLink(0)
	one := whole
	one.Lanes, one.Way = 1, sim.WayForward
	w.works(800, 0, one)
	w.run(1400)
	// One leaves every 10 s; of the 266 places 133 are left.
	in := w.roads.OnLink(0) - (before - 60)
	if before < 240 || in > 25 || w.roads.OnLink(0) <= 133 {
		t.Errorf("%d, then %d on the link: %d came in; want only those whose holes were on their way", before,
			w.roads.OnLink(0), in)
	}
	w.run(4000)
	// In the steady state the holes on their way back, 200/10, are missing from the 133.
	if got := w.roads.OnLink(0); got < 112 || got > 114 {
		t.Errorf("%d on the link with one lane; want 133 less the 20 holes on their way", got)
	}
	if h := w.roads.Capacity(0, false); h != 1800 {
		t.Errorf("capacity %v; want that of one lane", h)
	}
}

// Two lanes and the two of the other direction carry 70 % more than two. The other direction is closed at once; the lanes
// turn when the set-up is over and the last car has left; at the end they are free again likewise.
//
// Reference: TRB paper 11-4115: contraflow lanes carry 30 % less; Polus (2005): gain of 60 to 70 %.
func TestContraflowGain(t *testing.T) {
	w := stretch(t, 2)
	for id := range 4000 {
		w.car(0, id, 0, 1)
	}
	w.car(95, 5000, 1, 0) // drives until 145
	w.works(100, 0, sim.RoadOrder{Do: sim.RoadContraflow, Way: sim.WayForward, Lanes: sim.AllLanes, Over: 30 * sim.Second})
	w.car(101, 5001, 1, 0) // finds the road closed
	w.works(2000, 0, sim.RoadOrder{Do: sim.RoadContraflowEnd, Over: 60 * sim.Second})
	flow := func() int64 { f, _ := w.roads.Flow(0); return f }
	w.run(140)
	before := flow()
	w.run(600)
	if e := w.events(sim.EvContraflow); len(e) != 2 || e[0].At != at(100) || e[0].Count != 1 || e[0].Num != 2 ||
		e[1].At != at(145) || e[1].Count != 2 {
		t.Fatalf("stages %+v; want set-up at 100 and turned at 145 s", e)
	}
	if before != 90 {
		t.Errorf("%d by 140 s; want one a second from 50 s", before)
	}
	start := flow()
	w.run(1600)
	if got := flow() - start; got != 1700 {
		t.Errorf("%d in 1,000 s; want 1,700: 70 %% more than one a second", got)
	}
	if c := w.roads.Capacity(0, false); math.Abs(c-1.7*3600) > 0.1 || w.roads.Capacity(0, true) != 0 {
		t.Errorf("capacity %v and %v; want 6120 and 0", c, w.roads.Capacity(0, true))
	}
	w.run(2400)
	e := w.events(sim.EvContraflow)
	if len(e) != 4 || e[2].At != at(2000) || e[2].Count != 3 || e[3].Count != 4 || e[3].At < at(2060) {
		t.Errorf("stages %+v; want the end from 2000 to 2060 s or later", e)
	}
	if a, b := w.roads.Capacity(0, false), w.roads.Capacity(0, true); a != 3600 || b != 3600 {
		t.Errorf("capacities %v and %v; want both whole again", a, b)
	}
}

// A one-way road is turned round as a whole, and back; one lane of three is lent while the other two carry on.
func TestContraflowOfSomeLanes(t *testing.T) {
	l := street(0, 1, 20, 1800)
	l.Lanes, l.OneWay = 2, true
	w := newWorld(t, mustNetwork(t, row(0, 1000), []LinkSpec{l}), nil)
	back := sim.RoadOrder{Do: sim.RoadContraflow, Way: sim.WayBack, Lanes: sim.AllLanes, Over: 10 * sim.Second}
	w.works(0, 0, back)
	for id := range 100 {
		w.car(5, id, 1, 0)
	}
	w.works(20, 0, back) // all are turned already
	w.run(300)
	// 1.4 lanes: a headway of 1.428571 s from 10 s on.
	if got, want := w.arrived[99].at, at(60)+99*1428571; len(w.arrived) != 100 || got != want {
		t.Errorf("%d arrived, the last at %v; want 100 by %v", len(w.arrived), got, want)
	}
	if !w.roads.flows[0].closed || w.roads.LinkClosed(0) {
		t.Error("the turned road should be closed one way and open the other")
	}
	if e := w.events(sim.EvContraflow); len(e) != 3 || e[2].Count != 0 {
		t.Errorf("stages %+v; want the second order to be refused", e)
	}
	w.works(300, 0, sim.RoadOrder{Do: sim.RoadContraflowEnd})
	w.car(302, 100, 0, 1)
	w.run(400)
	if len(w.arrived) != 101 || w.arrived[100].at != at(352) {
		t.Errorf("%d arrived; want one by the usual way", len(w.arrived))
	}

	w = stretch(t, 3)
	w.works(0, 0, sim.RoadOrder{Do: sim.RoadContraflow, Way: sim.WayForward, Lanes: 1})
	w.run(1)
	if a, b := w.roads.Capacity(0, false), w.roads.Capacity(0, true); math.Abs(a-3.7*1800) > 0.1 || b != 3600 {
		t.Errorf("capacities %v and %v; want 6660 and 3600", a, b)
	}
}

// Who is on the direction that gives all of its lanes up follows the policy.
func TestContraflowPolicy(t *testing.T) {
	for _, c := range []struct {
		policy        sim.ClosurePolicy
		turned        float64
		out, stranded int64
	}{{sim.ClosureFinish, 60, 1, 0}, {sim.ClosureTurnBack, 30, 0, 0}, {sim.ClosureStrand, 30, 0, 1}} {
		w := stretch(t, 1)
		w.car(10, 1, 1, 0)
		w.works(30, 0, sim.RoadOrder{Do: sim.RoadContraflow, Way: sim.WayForward, Lanes: sim.AllLanes, Policy: c.policy})
		w.run(100)
		e := w.events(sim.EvContraflow)
		if n := w.roads.Tally(sim.ModeCar); len(e) != 2 || e[1].At != at(c.turned) || n.Out != c.out || n.Stranded != c.stranded {
			t.Errorf("policy %d: %+v, %+v", c.policy, e, n)
		}
	}
}

// Of two orders for one link at one instant the one that was given later holds. On a footpath nothing happens.
func TestOrdersOfOneInstant(t *testing.T) {
	for _, last := range []float64{1, 0.5} {
		w := stretch(t, 1)
		first, second := whole, whole
		first.Share, second.Share = 1.5-last, last
		w.works(10, 0, first)
		w.works(10, 0, second)
		w.run(11)
		if got := w.roads.Capacity(0, false); got != 1800*last {
			t.Errorf("capacity %v; want %v", got, 1800*last)
		}
	}
	path := newWorld(t, mustNetwork(t, row(0, 100), []LinkSpec{{From: 0, To: 1, FootOnly: true, OnGround: true}}), nil)
	path.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, To: 1, Zone: sim.None})
	path.works(1, 0, stop)
	path.works(1, 0, sim.RoadOrder{Do: sim.RoadContraflow, Way: sim.WayBack, Lanes: sim.AllLanes})
	path.works(2, 0, sim.RoadOrder{Do: sim.RoadClear, Over: sim.Second})
	path.run(120)
	if len(path.arrived) != 1 || len(path.events(sim.EvRoadCapacity)) != 0 {
		t.Errorf("%d arrived, %v", len(path.arrived), path.log.Events)
	}
}

// An order to police reaches its junction.
func TestPoliceOrder(t *testing.T) {
	nodes := []NodeSpec{{At: geo.Point{X: 0, Y: 0}}, {At: geo.Point{X: 200, Y: 0}}, {At: geo.Point{X: 0, Y: 200}},
		{At: geo.Point{X: -200, Y: 0}}, {At: geo.Point{X: 0, Y: -200}}}
	var links []LinkSpec
	for k := range 4 {
		links = append(links, street(0, k+1, 10, 1800))
	}
	w := newWorld(t, mustNetwork(t, nodes, links), nil)
	for k, on := range []bool{true, true, false} {
		w.ports.RoadOrders.Post(at(float64(k)), 0, sim.RoadOrder{Do: sim.RoadPolice, On: on})
	}
	w.run(1)
	if !w.roads.crossings[0].policed {
		t.Error("no police at the junction")
	}
	w.run(3)
	var got []string
	for _, e := range w.events(sim.EvRoadPolice) {
		got = append(got, fmt.Sprint(e.At, " ", e.A, " ", e.Count))
	}
	if fmt.Sprint(got) != "[0:00:00 node#0 1 0:00:02 node#0 0]" {
		t.Errorf("events %v", got)
	}
}
