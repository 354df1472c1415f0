package road

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// Few people on a road do not notice each other: each goes at his own speed to the microsecond.
func TestFewWalkersAreFree(t *testing.T) {
	w := newWorld(t, mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 600)}), nil)
	var want []float64
	for id := range 40 { // 0.33 P/m2 at the most
		w.walk(float64(2*id), id, 0, 1, 1)
		want = append(want, float64(2*id)+100/1.34)
	}
	w.run(200)
	w.wantTimes(want...)
	if n := len(w.roads.links); n != 1 || w.roads.crowds[0].step != 0 {
		t.Error("somebody was slowed")
	}
}

// Before a narrow path people stand on the road, as many as have room, then at the place from which they set out; over
// its end come no more than the greatest flow, one by one, and everybody arrives.
func TestWalkersBeforeANarrowPath(t *testing.T) {
	w := newWorld(t, footpaths(t, 50, 2, 1), nil)
	const persons = 1500
	for id := range persons {
		w.walk(1, id, 0, 2, 1)
	}
	stride := sim.Time(w.net.foot[1].stride)
	most := int32(0)
	for s := 1.0; s < 2000; s++ {
		w.run(s)
		most = max(most, w.roads.crowds[0].walkers)
	}
	if room := w.net.foot[0].room; room != 540 || most < 270 || most > room {
		t.Errorf("%d persons stood on 100 m2, where %d have room", most, room)
	}
	if len(w.arrived) != persons {
		t.Fatalf("%d arrived; want %d", len(w.arrived), persons)
	}
	for k := 1; k < persons; k++ {
		if gap := w.arrived[k].at - w.arrived[k-1].at; gap < stride {
			t.Fatalf("the %dth came %v after the one before; want %v", k, gap, stride)
		}
	}
	if c := w.roads.Tally(sim.ModeFoot); c.Out != persons || w.roads.crowds[0].walkers+w.roads.crowds[1].walkers != 0 {
		t.Errorf("%+v", c)
	}
}

// Two crowds that meet on a path share what it takes: both come through.
func TestCrowdsThatMeet(t *testing.T) {
	w := newWorld(t, footpaths(t, 100, 2), nil)
	for id := range 600 {
		w.walk(float64(id)/10, id, id%2, 1-id%2, 1)
	}
	w.run(1000)
	east, last := 0, sim.Time(0)
	for _, a := range w.arrived {
		east += int(a.Mover.ID+1) % 2
		last = max(last, a.at)
	}
	// 600 persons at 1.22 P/(m s) over 2 m take 246 s, and the way at the density of that flow 143 s.
	if len(w.arrived) != 600 || east != 300 || last.Seconds() < 246 || last.Seconds() > 246+143+60 {
		t.Errorf("%d arrived, %d to the east, the last at %v", len(w.arrived), east, last)
	}
}

// Whatever happens there are no more walkers on a link than have room there, as long as no party grows on its way.
func TestNoMoreThanHaveRoom(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 60
		s := drawStory(rt, ticks)
		seen := map[sim.Ref]bool{}
		for tick := range s.trips {
			s.trips[tick] = slices.DeleteFunc(s.trips[tick], func(trip sim.Trip) bool {
				again := seen[trip.Mover]
				seen[trip.Mover] = true
				return again
			})
		}
		w := newWorld(t, s.net, s.ground)
		for tick := range ticks {
			s.tell(w, tick, false)
			w.wantRoom(rt)
		}
	})
}

// wantRoom wants no more walkers on a link than have room there, but for a party that is larger than the link.
func (w *testWorld) wantRoom(rt *rapid.T) {
	for link := range w.roads.links {
		movers := 0
		w.roads.eachOn(int32(link), func(slot int32) {
			if w.roads.movers.at(slot).mode == sim.ModeFoot {
				movers++
			}
		})
		if n, room := w.roads.crowds[link].walkers, w.net.foot[link].room; n > room && movers > 1 {
			rt.Fatalf("link %d: %d persons in %d parties; %d have room", link, n, movers, room)
		}
	}
}

// Two parties each of which fills a path, and each of which wants the other's, would stand for ever: after five minutes
// in which nobody moved one squeezes past the other.
func TestSqueeze(t *testing.T) {
	w := newWorld(t, footpaths(t, 10, 1, 1), nil)
	w.walk(0, 1, 0, 2, 50)
	w.walk(0, 2, 2, 0, 50)
	w.run(310)
	if len(w.arrived) > 0 {
		t.Fatal("two crowds went through each other")
	}
	w.run(500)
	// On a path of 54 places a crowd of 50 goes as at 1.75 P/m2; the second goes on when the first has left its path.
	if len(w.arrived) != 2 || w.arrived[0].at.Seconds() < 300 {
		t.Errorf("%+v", w.arrived)
	}
}

// The order to close a path turns those back who stand at its end, and the place is free again.
func TestClosedPathIsLeft(t *testing.T) {
	w := newWorld(t, footpaths(t, 50, 2, 0.5), nil)
	for id := range 400 {
		w.walk(1, id, 0, 2, 1)
	}
	w.run(150)
	if w.roads.foot[0].held < 0 || w.roads.foot[0].crowd.head < 0 {
		t.Fatal("nobody waits at the end of the path, or nobody to walk onto it")
	}
	w.order(150, 0, true, sim.ClosureTurnBack)
	w.run(151)
	if w.roads.foot[0].held >= 0 || w.roads.foot[0].crowd.head >= 0 {
		t.Error("somebody waits for a closed path")
	}
	w.order(300, 0, false, sim.ClosureFinish)
	w.run(1500)
	if c := w.roads.Tally(sim.ModeFoot); c.Out != 400 {
		t.Errorf("%+v; want all to arrive", c)
	}
}

// Walkers cost an event per link each, and a few more where they are slowed: not one per second.
func BenchmarkCrowd(b *testing.B) {
	net := mustNetwork(b, row(0, 200, 400), []LinkSpec{street(0, 1, 10, 600), street(1, 2, 10, 600)})
	const persons = 5000
	for b.Loop() {
		roads, ports, log := New(net, nil), &sim.Ports{}, &sim.Log{}
		for id := range persons {
			ports.Trips.Post(sim.Time(id)*100_000, int32(id), sim.Trip{Mover: party(id), Mode: sim.ModeFoot, To: 2, Persons: 1,
				Zone: sim.None})
		}
		for end := at(1); roads.Tally(sim.ModeFoot).Out < persons; end += at(1) {
			roads.Step(end, nil, ports, log)
			ports.PartyArrivals.Drain(func(sim.Time, sim.Arrival) {})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/persons/2, "ns/walker-link")
}
