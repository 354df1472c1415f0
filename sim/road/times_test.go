package road

import (
	"testing"

	"sandtable/sim"
)

// bottleneck is a road of 1 km, 100 s long, to a stretch of 100 m that takes a car every 10 s, and a way round of 4 km
// on which one needs 400 s.
func bottleneck(t *testing.T, every sim.Duration) *Network {
	rules := DefaultRules()
	rules.TravelEvery = every
	nodes := row(0, 1000, 1100, 550)
	nodes[3].At.Y = 1925 // two sides of 2 km each
	links := []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 360), street(0, 3, 10, 1800), street(3, 2, 10, 1800)}
	net, problems := NewNetwork(nodes, links, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	return net
}

// jam sends a car to the bottleneck every 3 s. Car number k is ready to leave the road at 100 + 3k s and leaves it at
// 100 + 10k s.
func (w *testWorld) jam(from, until int) {
	for second := from; second < until; second += 3 {
		w.car(float64(second), second, 0, 2)
	}
}

// cameAt returns when a mover has arrived [s]; 0 when it has not.
func (w *testWorld) cameAt(ref sim.Ref) float64 {
	for _, a := range w.arrived {
		if a.Mover == ref {
			return float64(a.at) / 1e6
		}
	}
	return 0
}

// Who sets out 600 s after the first one, when number 51 is about to leave, is told of the 347 s which that one has lost,
// and goes round; without being told he loses what the queue costs.
func TestGuidedDriversGoRoundAJam(t *testing.T) {
	for _, c := range []struct {
		knows      sim.Knowledge
		least, max float64
	}{
		{sim.KnowsTravel, 390, 410},
		{sim.KnowsClosures, 1000, 4000},
		{sim.KnowsHabit, 1000, 4000},
	} {
		w := newWorld(t, bottleneck(t, 0), nil)
		w.jam(0, 900)
		w.trip(600.5, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 0, To: 2, Vehicles: 1, Zone: sim.None, Knows: c.knows})
		w.run(601)
		got, want := w.roads.Delay(sim.ArcOf(0, false)), 347*sim.Second
		if c.knows != sim.KnowsTravel {
			want = 0
		}
		if got != want {
			t.Errorf("who knows %d: told of a delay of %v; want %v", c.knows, got, want)
		}
		w.run(5000)
		if took := w.cameAt(party(1)) - 600.5; took < c.least || took > c.max {
			t.Errorf("who knows %d took %.1f s; want %v to %v", c.knows, took, c.least, c.max)
		}
	}
}

// Every period tells the mean of those who have left in it, or what the first one in the queue has lost when that is
// more; after the jam the road is as it was, and without guided drivers nothing is measured.
func TestTimesAreTakenEveryPeriod(t *testing.T) {
	w := newWorld(t, bottleneck(t, sim.Minute), nil)
	w.jam(0, 60)
	for id, start := range []float64{0.5, 150, 300} { // elsewhere, for 200 s
		w.trip(start, sim.Trip{Mover: party(100 + id), Mode: sim.ModeCar, From: 0, To: 3, Vehicles: 1, Zone: sim.None,
			Knows: sim.KnowsTravel})
	}
	for _, c := range []struct{ at, delay float64 }{
		{1, 0}, // nobody has come to the end of the road
		{61, 0},
		{121, 11}, // numbers 0 to 2 have lost 7 s in the mean, number 3 has been ready since 109 s
		{181, 53}, // number 9 has been ready since 127 s
		{241, 95},
		{301, 119}, // numbers 15 to 19 have left, and nobody stands there any more
		{361, 0},
	} {
		w.run(c.at)
		if got := w.roads.Delay(sim.ArcOf(0, false)).Seconds(); got != c.delay {
			t.Errorf("at %v s: told of %v s; want %v", c.at, got, c.delay)
		}
	}
	w.run(900)
	if w.roads.times.on {
		t.Error("times are taken without a guided driver")
	}
}
