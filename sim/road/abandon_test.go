package road

import (
	"testing"

	"sandtable/sim"
)

// bearing are rules by which people leave their cars after so many minutes.
func bearing(minutes int) Rules {
	rules := freeRules()
	rules.AbandonAfter = sim.Duration(minutes) * sim.Minute
	return rules
}

// stopped is a road of 1,000 m at 20 m/s with so many lanes, of which nobody gets off from 100 s on.
func stopped(t *testing.T, lanes, minutes int) *testWorld {
	l := street(0, 1, 20, 1800)
	l.Lanes = lanes
	net, problems := NewNetwork(row(0, 1000), []LinkSpec{l}, bearing(minutes))
	if problems != nil {
		t.Fatal(problems)
	}
	w := newWorld(t, net, nil)
	w.works(100, 0, stop)
	return w
}

// Four cars come to the end of a road, at 110, 115, 119 and 200 s, and stand there. Their people bear it for ten minutes and
// ask themselves every full minute: the first three leave at 12 min, and go on from the nearer end of the road. The fourth
// has not stood as long: its way is blocked by empty cars, and it turns round.
func TestPeopleLeaveTheirCars(t *testing.T) {
	w := stopped(t, 1, 10)
	for id, at := range []float64{60, 65, 69, 150} {
		w.car(at, id, 0, 1)
	}
	w.run(719)
	if len(w.strands) != 0 {
		t.Fatalf("left before 12 min: %+v", w.strands)
	}
	w.run(721)
	if len(w.strands) != 3 {
		t.Fatalf("%+v; want three parties", w.strands)
	}
	for _, s := range w.strands {
		if s.at != at(720) || s.Cause != sim.StrandJam || s.Node != 1 || s.Link != 0 || s.X < 980 {
			t.Errorf("%+v; want it at 0:12:00 near the end, bound for node 1", s)
		}
	}
	events := w.events(sim.EvVehicleStranded)
	if len(events) != 3 || events[0].Count != int32(sim.StrandJam) || w.roads.Capacity(0, false) != 0 {
		t.Errorf("%+v, %v veh/h; want three cars that close the road", events, w.roads.Capacity(0, false))
	}
	if c := w.roads.Tally(sim.ModeCar); c != (Tally{In: 4, Inside: 1, Stranded: 3}) {
		t.Errorf("%+v; want three left and one that drives back", c)
	}
	if m := w.roads.Movers(w.roads.net.extent[0], nil); len(m) > 0 && m[0].Mover != party(3) {
		t.Errorf("on the road: %+v; want the fourth", m)
	}
	w.works(900, 0, sim.RoadOrder{Do: sim.RoadClear})
	w.works(900, 0, whole)
	w.car(901, 9, 0, 1)
	w.run(960)
	last := w.arrived[len(w.arrived)-1]
	if cleared := w.events(sim.EvRoadCleared); len(cleared) != 1 || cleared[0].Count != 3 || last.Mover != party(9) ||
		last.at != at(952) || w.roads.Capacity(0, false) != 1800 { // the fourth sets out again at 900 s
		t.Errorf("cleared %+v; then %+v", cleared, last)
	}
}

// Three cars stand at the end of a road, at 985 to 1,000 m, when the water there comes up to 0.32 m: people would not drive
// into it, and it would stall the cars at 0.40 m. They leave at once when leaving is a thing that people do; who has
// stood for less than a minute does not yet, and by default nobody does.
func TestPeopleLeaveBeforeTheWater(t *testing.T) {
	for _, c := range []struct {
		minutes int
		at      float64 // when the water comes [s]
		left    int
	}{{60, 200, 3}, {60, 178, 2}, {0, 200, 0}} {
		l := street(0, 1, 20, 1800)
		net, problems := NewNetwork(row(5, 1005), []LinkSpec{l}, bearing(c.minutes))
		if problems != nil {
			t.Fatal(problems)
		}
		w := newWorld(t, net, plain(101, 1))
		w.works(100, 0, stop)
		for id, at := range []float64{60, 65, 69} {
			w.car(at, id, 0, 1)
		}
		w.run(c.at)
		w.flood(98, 101, 320, 0)
		w.run(c.at + 2)
		if len(w.strands) != c.left {
			t.Fatalf("%+v: %+v", c, w.strands)
		}
		for _, s := range w.strands {
			if s.Cause != sim.StrandJam || s.Depth != 0.32 || s.Node != 1 {
				t.Errorf("%+v: %+v; want it out of the water", c, s)
			}
		}
		w.flood(98, 101, 450, 0)
		w.run(c.at + 4)
		if len(w.strands) != 3 {
			t.Errorf("%+v: when the water is deeper %+v; want three", c, w.strands)
		}
	}
}

// Whoever moves now and then does not leave: a car every two minutes gets off the road.
func TestWhoMovesStays(t *testing.T) {
	l := street(0, 1, 20, 1800)
	slow := street(1, 2, 20, 30)
	net, problems := NewNetwork(row(0, 1000, 2000), []LinkSpec{l, slow}, bearing(3))
	if problems != nil {
		t.Fatal(problems)
	}
	w := newWorld(t, net, nil)
	for id := range 20 {
		w.car(0, id, 0, 2)
	}
	w.run(3600)
	if len(w.strands) != 0 || len(w.arrived) != 20 {
		t.Errorf("%d arrived, left %+v; want all to arrive", len(w.arrived), w.strands)
	}
}

// Crews stay with their units, and who cannot walk stays in the car; on a road of two lanes those who stay behind one
// empty car get past it when the road is free again, at the capacity of one lane.
func TestWhoStaysInTheCar(t *testing.T) {
	w := stopped(t, 2, 10)
	w.car(60, 0, 0, 1)
	w.trip(62, sim.Trip{Mover: unit(1), Mode: sim.ModeCoach, From: 0, To: 1, Vehicles: 1, Zone: sim.None})
	for id := range 20 {
		w.trip(64+float64(id), sim.Trip{Mover: party(10 + id), Mode: sim.ModeCar, From: 0, To: 1, Vehicles: 1, Persons: 2,
			Zone: sim.None, Stays: true})
	}
	w.run(3000)
	if len(w.strands) != 1 || w.strands[0].Mover != party(0) {
		t.Fatalf("%+v; want that the first party leaves, and nobody else", w.strands)
	}
	w.works(3000, 0, whole)
	w.run(3200)
	if len(w.arrived) != 21 {
		t.Fatalf("%d arrived; want the coach and 20 cars", len(w.arrived))
	}
	if first, last := w.arrived[1].at, w.arrived[20].at; last-first != at(38) {
		t.Errorf("20 cars arrive within %v; want one every 2 s", last-first)
	}
}

// In a ring of full links everybody has stood about equally long: those who have stood since before the full minute leave
// at once, the few others turn round, and the ring is over.
func TestRingIsLeft(t *testing.T) {
	w := newWorld(t, square(t, bearing(10)), nil)
	w.crowd(60)
	w.run(900)
	c, over := w.roads.Tally(sim.ModeCar), w.events(sim.EvGridlockOver)
	if c.Stranded+c.Waiting != 60 || len(over) != 1 || len(w.roads.Rings()) != 0 || c.Inside != 0 {
		t.Errorf("%+v, over %+v, rings %+v; want nobody on the roads and the ring over", c, over, w.roads.Rings())
	}
	jam := 0
	for _, s := range w.strands {
		if s.Cause == sim.StrandJam {
			jam++
		}
	}
	if jam < 30 || jam > 40 {
		t.Errorf("%d parties left their cars; want most of the 40 in the ring", jam)
	}
}
