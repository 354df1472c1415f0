package population

import (
	"bytes"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// doorTimes wants each party to be warned at its time [s].
func doorTimes(t *testing.T, w *place, want map[int32]float64) {
	t.Helper()
	for q, s := range want {
		if e := w.once(sim.EvPartyWarned, q); e.At != walked(s) {
			t.Errorf("party %d hears at %v; want %v", q, e.At, walked(s))
		}
	}
}

// walked rounds a time that was worked out to whole microseconds, as spans are.
func walked(s float64) sim.Time { return sim.Time(span(s)) }

// step is the way from one house of the tests to the next: 100 m, a third longer than straight, at 1.2 m/s [s].
const step = 100 * roundabout / scenario.TourSpeed

// Two workers step out of their post at building 0. With 30 doors an hour they talk 120 - 50/1.2 = 78 s at a door. One
// is at building 0 at once, the other at building 1 after 108.3 s; the first one is done sooner and goes on to building
// 2, 200 m farther. Building 0 is party 1, 1 is party 2, 2 is party 0.
func TestWorkersWalkFromDoorToDoor(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderEvacuateZone, 1)
	w.run(seconds(400))
	doorTimes(t, w, map[int32]float64{1: 0, 2: step, 0: 78 + 2*step})
	last := w.once(sim.EvDoors, 0)
	if last.At != walked(78+2*step+78) || last.Count != 3 || last.Num != 3 || last.C != sim.RefTo(sim.KindZone, sim.ZoneID(0)) {
		t.Errorf("the round ends with %+v; want 3 doors and 3 persons, 78 s after the last", last)
	}
	if c := w.p.crews[0]; c.Busy != 1 {
		t.Errorf("%d workers are out; want the one on his way back from building 2", c.Busy)
	}
	w.run(seconds(1200))
	if c := w.p.crews[0]; c.Busy != 0 {
		t.Errorf("%d workers are still out; want none", c.Busy)
	}
}

// Water of 1 m stands at building 1, in which nobody wades. It is left out, and visited when the water has gone: the
// next try after that is 10 min after the first, by a worker from the post.
func TestDoorInTheWaterIsVisitedLater(t *testing.T) {
	w := threeHouseholds(t)
	w.sc.Posts[0].Workers = 1
	w.begin()
	w.flood(100, 200, 1, 0)
	w.broadcast(sim.OrderEvacuateZone, 1)
	w.run(seconds(500))
	// One worker: building 0 at once; the way from there to 1 is under water, and to 2 the roads go, 200 m and 13 m to
	// and from them, on a two-wheeler at the 1 m/s of the fake road.
	doorTimes(t, w, map[int32]float64{1: 0, 0: 78 + 200 + 2*13/scenario.TourSpeed})
	wantCounts(t, "doors", len(w.find(sim.EvPartyWarned, -1)), 2)
	w.flood(100, 200, 0, 0)
	w.run(seconds(1000))
	e := w.once(sim.EvPartyWarned, 2)
	if e.At < seconds(600) || e.At > seconds(900) {
		t.Errorf("the door that stood in water is visited at %v; want after the second try at 10 min", e.At)
	}
	if last := w.find(sim.EvDoors, 0); len(last) == 0 || last[len(last)-1].Count != 3 {
		t.Errorf("%v; want the end of the round with three doors", last)
	}
}

// A search goes to the last house, tells who is there to leave, and says when it is done and how many it found.
func TestSearchCountsWhoIsThere(t *testing.T) {
	w := threeHouseholds(t)
	w.ports.Broadcasts.Post(0, 0, sim.Broadcast{Channel: 1, Order: sim.OrderSearchZone, Shelter: sim.None})
	w.run(seconds(460))
	r := w.p.zoneReport(0)
	if want := walked(78 + 2*step + 78); r.Doors != 3 || r.Searched != 3 || r.Remaining != 3 || r.Done != want {
		t.Errorf("the report says %+v; want 3 doors of 3 with 3 persons, done at %v", r, want)
	}
	wantCounts(t, "told to leave", len(w.find(sim.EvPartyWarned, -1)), 3)
	sent := false
	w.ports.ZoneReports.Drain(func(at sim.Time, m sim.ZoneReport) { sent = sent || m.Done > 0 && at == m.Done })
	if !sent {
		t.Error("the post does not get the result at once")
	}
}

// The workers of a post are one pool: who is lent does not knock, and who is taken away leaves at the next door.
func TestWorkersAreOnePool(t *testing.T) {
	w := threeHouseholds(t)
	first, second, third := w.p.takeWorker(0), w.p.takeWorker(0), w.p.takeWorker(0)
	if !first || !second || third {
		t.Fatal("a post of two workers lends not just two")
	}
	w.broadcast(sim.OrderEvacuateZone, 1)
	w.run(seconds(300))
	w.never(sim.EvPartyWarned)
	w.p.giveWorker(w.p.now, 0)
	w.run(seconds(301))
	doorTimes(t, w, map[int32]float64{1: 300})
	w.ports.PostWorkers.Post(w.p.now, 0, sim.PostWorkers{Post: 0, Workers: 1})
	w.run(seconds(1000))
	wantCounts(t, "doors without workers", len(w.find(sim.EvPartyWarned, -1)), 1)
	w.ports.PostWorkers.Post(w.p.now, 0, sim.PostWorkers{Post: 0, Workers: 2})
	w.run(seconds(2000))
	wantCounts(t, "doors when one is back", len(w.find(sim.EvPartyWarned, -1)), 3)
}

// Two zones of one post share its workers: where nobody is, somebody goes, and both are done.
func TestWorkersGoWhereNobodyIs(t *testing.T) {
	sc := testScenario()
	sc.Zones[0].Polygon = [][2]float64{{0, 0}, {200, 0}, {200, 500}, {0, 500}}
	sc.Zones = append(sc.Zones, sc.Zones[0])
	sc.Zones[1].Name, sc.Zones[1].Polygon = "z1", [][2]float64{{200, 0}, {400, 0}, {400, 500}, {200, 500}}
	for b := range sim.BuildingID(3) {
		household(sc, b, 0, adult(0))
	}
	w := newPlace(t, sc)
	for z := range sim.ZoneID(2) {
		w.ports.Broadcasts.Post(0, int32(z), sim.Broadcast{Zone: z, Channel: 1, Order: sim.OrderEvacuateZone, Shelter: sim.None})
	}
	w.run(seconds(1000))
	doorTimes(t, w, map[int32]float64{0: 0, 1: 78 + step, 2: 2 * step})
}

// Fifty calls an hour are one every 72 s, in the order of the list; a second zone of the post waits for the line.
func TestCallsQueue(t *testing.T) {
	w := threeHouseholds(t)
	c := &w.sc.Channels[0]
	c.DelayT50, c.DelayT90, c.Capacity = new(sim.Duration(0)), new(sim.Duration(0)), new(50.0)
	w.begin()
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(100))
	w.broadcast(sim.OrderAllClear, 0) // the line is busy until 3 x 72 s
	w.run(seconds(1000))
	list := w.p.roll.inZone.of(0)
	for k, q := range list {
		var at []sim.Time
		for _, e := range w.find(sim.EvPartyWarned, q) {
			at = append(at, e.At)
		}
		if len(at) != 2 || at[0] != seconds(72*float64(k)) || at[1] != seconds(72*float64(3+k)) {
			t.Errorf("party %d, the %d. of the list, is called at %v; want %d s and %d s", q, k, at, 72*k, 72*(3+k))
		}
	}
}

// A curve through a square passes every cell once, from neighbour to neighbour.
func TestHilbertCurve(t *testing.T) {
	const side = 16 // a part of the curve from its start: the order in it is that of a smaller square
	at := make(map[int32][2]int32)
	for x := range int32(side) {
		for y := range int32(side) {
			at[hilbert(x, y)] = [2]int32{x, y}
		}
	}
	for d := int32(1); d < side*side; d++ {
		a, b := at[d-1], at[d]
		if gap := max(a[0]-b[0], b[0]-a[0]) + max(a[1]-b[1], b[1]-a[1]); gap != 1 {
			t.Fatalf("cell %d of the curve is %v, after %v", d, b, a)
		}
	}
}

// A tour passes every building of its zone once and is not much longer than it must be: the shortest tour through n
// random points of an area A is about 0.7124 sqrt(n A), and one along a Hilbert curve a quarter longer.
// Reference: Platzman, Bartholdi (1989), Spacefilling curves and the planar travelling salesman problem, J. ACM 36(4).
func TestTourIsShort(t *testing.T) {
	sc := testScenario()
	sc.Zones[0].Polygon = [][2]float64{{0, 0}, {1000, 0}, {1000, 500}, {0, 500}}
	sc.Buildings = sc.Buildings[:0]
	const n = 2000
	for i := range n {
		at := geo.Point{X: float64(i*7919%9973) / 9973 * 1000, Y: float64(i*6101%9967) / 9967 * 500}
		sc.Buildings = append(sc.Buildings, scenario.Building{At: at, Storeys: 1})
	}
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	tour := w.p.tourOf(0)
	seen, length := make([]bool, n), 0.0
	for k, stop := range tour.stops {
		b := stop.B
		if seen[b] {
			t.Fatalf("building %d is visited twice", b)
		}
		seen[b] = true
		if k > 0 {
			length += sc.Buildings[b].At.Dist(sc.Buildings[tour.stops[k-1].B].At)
		}
	}
	const shortest = 0.7124 * 44.721 * 707.107 // sqrt(2000), sqrt(1000 m x 500 m)
	if len(tour.stops) != n || length > 1.45*shortest {
		t.Errorf("a tour of %d stops is %.0f m long; want %d and at most 1.45 x %.0f m", len(tour.stops), length, n, shortest)
	}
}

// A round that is saved half way goes on in the same way.
func TestRoundIsSaved(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderEvacuateZone, 1)
	w.run(seconds(100))
	other := newPlace(t, w.sc)
	other.p.LoadState(&sim.Decoder{Buf: w.save()})
	w.run(seconds(1000))
	other.run(seconds(1000))
	if !bytes.Equal(w.save(), other.save()) {
		t.Error("a loaded round goes on in another way")
	}
}
