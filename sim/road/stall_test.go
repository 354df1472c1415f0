package road

import (
	"math"
	"testing"

	"sandtable/sim"
)

// road600 is a road of 600 m from x = 5 with so many lanes, on cells of 10 m, and the speed of cars in 200 mm of water.
func road600(t *testing.T, lanes int) *testWorld {
	l := street(0, 1, 10, 1800)
	l.Lanes = lanes
	return newWorld(t, mustNetwork(t, row(5, 605), []LinkSpec{l}), plain(61, 1))
}

// A car stalls where it reaches the water that is too much for it: not elsewhere on the link, and to the microsecond when
// it gets there. A walker stops before the water and is stranded on dry ground.
func TestStallWhereTheWaterIs(t *testing.T) {
	w := road600(t, 1)
	w.car(0, 1, 0, 1)
	w.trip(0, sim.Trip{Mover: party(2), Mode: sim.ModeFoot, To: 1, Persons: 1, Zone: sim.None})
	w.run(10)
	w.flood(30, 31, 1200, 0) // from 300 m to 310 m; on the link it is 0.40 m and 1.20 m and more at once
	w.run(11)
	if len(w.strands) != 0 {
		t.Fatalf("stranded at once: %+v", w.strands)
	}
	w.run(900)
	if len(w.strands) != 2 {
		t.Fatalf("strandings %+v; want two", w.strands)
	}
	car, walker := w.strands[0], w.strands[1]
	// 100 m in 10 s, then 195 m at the crawl of cars.
	if want := 10 + 195/carCrawl; car.Mover != party(1) || math.Abs(car.at.Seconds()-want) > 1e-5 ||
		math.Abs(car.X-300) > 0.01 || car.Depth != 1.2 || car.Cause != sim.StrandWater {
		t.Errorf("car %+v; want at 300 m at %v s", car, want)
	}
	if walker.Mover != party(2) || walker.Depth != 0 || !(walker.X < 300 && walker.X > 299.99) {
		t.Errorf("walker %+v; want on dry ground just before 300 m", walker)
	}
	if got := w.events(sim.EvVehicleStranded); len(got) != 1 || got[0].A != party(1) {
		t.Errorf("events %v", got)
	}
}

// Stalled vehicles hold a lane each where they stand: two lanes carry half of what they did, one stops the direction, in
// which nobody gets past: who is behind turns back, who is ahead drives on. Cleared after a time, by order or by rule, the
// road is whole again. Walkers get past.
func TestWreckHoldsALane(t *testing.T) {
	for _, c := range []struct {
		name  string
		rules func(r *Rules)
		order bool
	}{
		{"order", func(r *Rules) {}, true},
		{"rule", func(r *Rules) { r.ClearAfter = 300 * sim.Second }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := street(0, 1, 10, 1800)
			l.Lanes = 2
			rules := DefaultRules()
			c.rules(&rules)
			net, problems := NewNetwork(row(5, 605), []LinkSpec{l}, rules)
			if problems != nil {
				t.Fatal(problems)
			}
			w := newWorld(t, net, plain(61, 1))
			w.car(0, 1, 0, 1)
			w.run(10)
			w.flood(10, 11, 450, 0) // the car is at 105 m
			w.run(11)
			if len(w.strands) != 1 || w.roads.Capacity(0, false) != 1600 || w.roads.Capacity(0, true) != 3200 {
				t.Fatalf("%d stranded, capacities %v and %v; want one lane of two blocked, one way", len(w.strands),
					w.roads.Capacity(0, false), w.roads.Capacity(0, true))
			}
			w.flood(10, 11, 0, 0)
			if c.order {
				w.works(11, 0, sim.RoadOrder{Do: sim.RoadClear, Over: 299 * sim.Second})
			}
			w.run(309)
			if got := w.roads.Capacity(0, false); got != 1600 {
				t.Errorf("capacity %v before it is cleared", got)
			}
			w.run(311)
			if got := w.roads.Capacity(0, false); got != 3200 {
				t.Errorf("capacity %v after it is cleared; want 3200", got)
			}
			if e := w.events(sim.EvRoadCleared); len(e) != 1 || e[0].Count != 1 || e[0].Num != 0 || e[0].At != at(310) {
				t.Errorf("events %+v", e)
			}
		})
	}
}

// Where an order takes the lane that a stalled vehicle has left open, nobody gets past it any more either: a road of which
// lanes are closed, and one that gives them to the other direction.
func TestWreckOnTheLastOpenLane(t *testing.T) {
	for name, o := range map[string]sim.RoadOrder{
		"reduced":    {Do: sim.RoadReduce, Lanes: 1, Share: 1},
		"contraflow": {Do: sim.RoadContraflow, Way: sim.WayBack, Lanes: 1, Over: sim.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			w := road600(t, 2)
			w.car(0, 1, 0, 1)
			w.car(5, 2, 0, 1)
			w.car(10, 3, 0, 1)
			w.run(15)
			w.flood(10, 11, 450, 0) // car 2 is at 105 m, car 1 at 155 m and car 3 at 55 m
			w.run(16)
			w.flood(10, 11, 0, 0)
			w.works(16, 0, o)
			w.run(200)
			if len(w.strands) != 1 || w.strands[0].Mover != party(2) || len(w.arrived) != 1 || w.arrived[0].Mover != party(1) {
				t.Fatalf("stranded %+v, arrived %+v; want the second stranded and the first through", w.strands, w.arrived)
			}
			if c := w.roads.Tally(sim.ModeCar); c.Waiting != 1 || !w.roads.flows[0].closed {
				t.Errorf("%+v; want the third back at the start", c)
			}
		})
	}
}

// A road that a vehicle has blocked that stalled in water is closed and opened by the water, also when that has gone: nobody
// has left his car in a jam.
func TestWhatClosesABlockedRoad(t *testing.T) {
	l := street(0, 1, 10, 1800)
	l.OneWay = true
	w := newWorld(t, mustNetwork(t, row(5, 605), []LinkSpec{l}), plain(61, 1))
	w.car(0, 1, 0, 1)
	w.run(10)
	w.flood(10, 11, 450, 0)
	w.run(11)
	w.flood(10, 11, 0, 0)
	w.run(12)
	w.works(12, 0, sim.RoadOrder{Do: sim.RoadClear})
	w.run(13)
	shut, open := w.events(sim.EvLinkClosed), w.events(sim.EvLinkOpened)
	if len(shut) != 1 || len(open) != 1 || shut[0].Count != int32(sim.StrandWater) || open[0].Count != int32(sim.StrandWater) {
		t.Errorf("closed %+v, opened %+v; want once each, by water", shut, open)
	}
}

// An emergency vehicle passes wrecks on the lane of who comes towards it; on a one-way road it turns back as all do.
func TestWreckBeforeAnEmergencyVehicle(t *testing.T) {
	for oneWay, want := range map[bool]int{false: 1, true: 0} {
		l := street(0, 1, 10, 1800)
		l.Lanes, l.OneWay = 2, oneWay
		w := newWorld(t, mustNetwork(t, row(5, 605), []LinkSpec{l}), plain(61, 1))
		w.car(5, 2, 0, 1)
		w.trip(10, sim.Trip{Mover: unit(1), Mode: sim.ModeEmergency, To: 1, Vehicles: 1, Zone: sim.None})
		w.run(15)
		w.flood(10, 11, 450, 0) // the car is at 105 m, the emergency vehicle at 55 m
		w.run(16)
		w.flood(10, 11, 0, 0)
		w.works(16, 0, sim.RoadOrder{Do: sim.RoadReduce, Way: sim.WayForward, Lanes: 1, Share: 1})
		w.run(200)
		if len(w.strands) != 1 || len(w.arrived) != want {
			t.Errorf("one-way %v: stranded %+v, arrived %+v; want %d through", oneWay, w.strands, w.arrived, want)
		}
	}
}

// On the only lane the one ahead of the wreck drives on, the one behind turns back, and walkers pass.
func TestWreckOnTheOnlyLane(t *testing.T) {
	w := road600(t, 1)
	w.car(0, 1, 0, 1)
	w.car(10, 2, 0, 1)
	w.car(20, 3, 0, 1)
	w.trip(0, sim.Trip{Mover: party(4), Mode: sim.ModeFoot, To: 1, Persons: 1, Zone: sim.None})
	w.run(40)
	w.flood(30, 31, 450, 0) // car 2 is at 305 m, car 1 at 405 m and car 3 at 205 m
	w.run(41)
	w.flood(0, 61, 0, 0)
	w.run(500)
	if len(w.strands) != 1 || w.strands[0].Mover != party(2) || len(w.arrived) != 1 || w.arrived[0].Mover != party(1) {
		t.Fatalf("stranded %+v, arrived %+v; want the second stranded and the first through", w.strands, w.arrived)
	}
	if c := w.roads.Tally(sim.ModeCar); c.Waiting != 1 || w.roads.LinkClosed(0) || !w.roads.flows[0].closed {
		t.Errorf("%+v; want the third back at the start, and only one direction closed", c)
	}
	w.works(500, 0, sim.RoadOrder{Do: sim.RoadClear})
	w.run(600)
	if len(w.arrived) != 3 || w.arrived[2].at != at(560) {
		t.Errorf("arrived %+v; want the walker, and the third 60 s after the road is cleared", w.arrived)
	}
}

// Water that carries vehicles off leaves none on the road, whether it comes at once or rises. Nor do boats and walkers
// leave anything.
func TestSweptOff(t *testing.T) {
	for _, c := range []struct {
		depth, speed int32
		wrecks       int
	}{{450, 0, 1}, {1200, 0, 1}, {1250, 0, 0}, {450, 1700, 1}, {450, 1800, 0}} {
		w := road600(t, 1)
		w.car(0, 1, 0, 1)
		w.run(10)
		w.flood(0, 61, c.depth, c.speed)
		w.run(11)
		if len(w.strands) != 1 || len(w.roads.wrecks) != c.wrecks {
			t.Errorf("%d mm at %d mm/s: %d wrecks; want %d", c.depth, c.speed, len(w.roads.wrecks), c.wrecks)
		}
		w.flood(0, 61, 1300, 0)
		w.run(12)
		if e := w.events(sim.EvRoadCleared); len(w.roads.wrecks) != 0 || len(e) != c.wrecks {
			t.Errorf("%d wrecks are left in deep water, %v", len(w.roads.wrecks), e)
		}
	}
}

// A unit that goes on takes its vehicle along.
func TestUnitGoesOn(t *testing.T) {
	w := road600(t, 1)
	trip := sim.Trip{Mover: unit(1), Mode: sim.ModeCoach, To: 1, Vehicles: 1, Persons: 2, Zone: sim.None}
	w.trip(0, trip)
	w.run(10)
	w.flood(0, 61, 700, 0)
	w.run(11)
	if len(w.roads.wrecks) != 1 {
		t.Fatalf("%d wrecks; want the coach", len(w.roads.wrecks))
	}
	w.flood(0, 61, 0, 0)
	w.trip(20, trip)
	w.run(100)
	if len(w.roads.wrecks) != 0 || len(w.arrived) != 1 {
		t.Errorf("%d wrecks, %d arrived; want it to have gone on", len(w.roads.wrecks), len(w.arrived))
	}
}

// Between the water that keeps cautious drivers out and that which stalls cars, a bold one goes in, slowly, whether he
// knows of the water or comes to it by habit; not where it stalls him, nor where an order forbids it.
func TestBoldDrivers(t *testing.T) {
	for _, c := range []struct {
		depth   int32
		bold    bool
		knows   sim.Knowledge
		ordered bool
		through bool
	}{
		{250, false, sim.KnowsClosures, false, true},
		{350, false, sim.KnowsClosures, false, false},
		{350, true, sim.KnowsClosures, false, true},
		{350, false, sim.KnowsHabit, false, false},
		{350, true, sim.KnowsHabit, false, true},
		{350, true, sim.KnowsHabit, true, false},
		{350, true, sim.KnowsTravel, true, false},
		{400, true, sim.KnowsClosures, false, false},
		{400, true, sim.KnowsHabit, false, false},
	} {
		w := newWorld(t, mustNetwork(t, row(5, 305, 605), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)}),
			plain(61, 1))
		w.flood(40, 45, c.depth, 0)
		w.order(0, 1, c.ordered, sim.ClosureFinish)
		w.trip(1, sim.Trip{Mover: party(1), Mode: sim.ModeCar, To: 2, Vehicles: 1, Persons: 1, Zone: sim.None,
			Knows: c.knows, Bold: c.bold})
		w.run(700)
		if through := len(w.arrived) == 1; through != c.through || !through && (len(w.strands) != 1 ||
			w.strands[0].Cause != sim.StrandNoRoute) {
			t.Errorf("%+v: arrived %+v, stranded %+v", c, w.arrived, w.strands)
		}
	}
}
