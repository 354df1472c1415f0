package road

import (
	"fmt"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// square is a one-way ring of four links of 75 m, on which 10 cars have room each.
func square(t testing.TB, rules Rules) *Network {
	nodes := []NodeSpec{{At: geo.Point{X: 0, Y: 0}}, {At: geo.Point{X: 75, Y: 0}}, {At: geo.Point{X: 75, Y: 75}},
		{At: geo.Point{X: 0, Y: 75}}}
	var links []LinkSpec
	for k := range 4 {
		l := street(k, (k+1)%4, 10, 1800)
		l.OneWay = true
		links = append(links, l)
	}
	net, problems := NewNetwork(nodes, links, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	return net
}

// rotating are rules by which police come after so many minutes.
func rotating(minutes int) Rules {
	rules := DefaultRules()
	rules.Gridlock, rules.GridlockAfter = GridlockRotate, sim.Duration(minutes)*sim.Minute
	return rules
}

// crowd has so many cars want to go over three of the four links at once.
func (w *testWorld) crowd(cars int) {
	for id := range cars {
		w.car(0, id, id%4, (id+3)%4)
	}
}

// A ring of full links stands for good when nobody does anything: it is told with its links, is there to be seen, and
// what stands in it and behind it is counted.
func TestRingStands(t *testing.T) {
	w := newWorld(t, square(t, DefaultRules()), nil)
	w.crowd(200)
	w.run(900)
	rings, parts := w.events(sim.EvGridlock), w.events(sim.EvGridlockLink)
	if len(rings) != 1 || rings[0].Count != 4 || rings[0].Num != 40 || len(parts) != 4 {
		t.Fatalf("rings %v, parts %v; want one of 4 links with 40 vehicles", rings, parts)
	}
	for k, e := range parts {
		if e.A != sim.RefTo(sim.KindLink, sim.LinkID(k)) || e.B != rings[0].A || e.Count != int32(k) || e.Num != 10 {
			t.Errorf("part %d: %+v; want link %d with 10 vehicles", k, e, k)
		}
	}
	got := w.roads.Rings()
	if len(got) != 1 || got[0].Closed != rings[0].At || !slices.Equal(got[0].Links, []sim.Arc{1, 3, 5, 7}) ||
		got[0].Vehicles != 40 || got[0].At != (geo.Point{X: 75, Y: 0}) {
		t.Errorf("rings %+v", got)
	}
	c := w.roads.Tally(sim.ModeCar)
	vehicles, persons := w.roads.Stuck()
	if c.Inside != 40 || vehicles != c.Inside+c.Waiting || persons != 2*vehicles {
		t.Errorf("%d vehicles with %d persons are stuck; the roads count %+v", vehicles, persons, c)
	}
	told := w.events(sim.EvGridlockStuck)
	if len(told) != 1 || told[0].At != (rings[0].At/at(60)+1)*at(60) || int64(told[0].Count) != vehicles || int64(told[0].Num) != persons {
		t.Errorf("told %+v; want one at the first full minute", told)
	}
}

// Who waits for somebody who waits for a ring is stuck as well; who goes elsewhere is not.
func TestStuckBehindARing(t *testing.T) {
	square := square(t, DefaultRules())
	nodes := append(slices.Clone(square.nodes), NodeSpec{At: geo.Point{X: -75, Y: 0}}, NodeSpec{At: geo.Point{X: -150, Y: 0}},
		NodeSpec{At: geo.Point{X: -150, Y: 75}})
	links := slices.Clone(square.links)
	for _, ends := range [][2]int{{4, 0}, {5, 4}, {5, 6}} {
		l := street(ends[0], ends[1], 10, 1800)
		l.OneWay = true
		links = append(links, l)
	}
	for k := range links {
		links[k].Shape = nil
	}
	w := newWorld(t, mustNetwork(t, nodes, links), nil)
	w.crowd(160)
	for id := range 25 {
		w.car(120, 1000+id, 5, 2) // over two links to the ring: 10 have room on each, 5 wait at the side
	}
	w.car(240, 2000, 5, 6)
	w.run(242)
	c := w.roads.Tally(sim.ModeCar)
	vehicles, _ := w.roads.Stuck()
	if on := w.roads.OnLink(4) + w.roads.OnLink(5); on != 20 || vehicles != c.Inside+c.Waiting-1 {
		t.Errorf("%d stuck, %d of them on the way to the ring; the roads count %+v with one who goes elsewhere", vehicles, on, c)
	}
}

// A ring that an order breaks is over, and it is told how long it stood.
func TestRingIsOver(t *testing.T) {
	w := newWorld(t, square(t, DefaultRules()), nil)
	w.crowd(40)
	w.run(200)
	w.order(200, 2, true, sim.ClosureStrand)
	w.run(250)
	rings, over := w.events(sim.EvGridlock), w.events(sim.EvGridlockOver)
	if len(rings) != 1 || len(over) != 1 || over[0].A != rings[0].A || over[0].Count != 4 ||
		over[0].Num != at(200).Sub(rings[0].At).Seconds() {
		t.Fatalf("rings %+v, over %+v", rings, over)
	}
	if vehicles, _ := w.roads.Stuck(); vehicles != 0 || len(w.roads.Rings()) != 0 {
		t.Errorf("%d stuck, rings %v; want none", vehicles, w.roads.Rings())
	}
	if told := w.events(sim.EvGridlockStuck); len(told) != 2 || told[1].Count != 0 || told[1].At != at(240) {
		t.Errorf("told %+v; want that there are none at the full minute", told)
	}
}

// Police wave a ring on. Each wave moves one vehicle from each link to the next, every 75 m / 5 m/s + 5 s = 20 s: a link
// passes 180 veh/h. It is over with the wave that brings somebody to the head of the last link of his way.
func TestRingIsWavedOn(t *testing.T) {
	w := newWorld(t, square(t, rotating(10)), nil)
	w.crowd(40)
	const wave = 20.0
	w.run(200)
	want := w.wavesToCome()
	w.run(2000)
	rings, waves, over := w.events(sim.EvGridlock), w.events(sim.EvGridlockReleased), w.events(sim.EvGridlockOver)
	if len(rings) != 1 || len(waves) != want || len(over) != 1 || want == 0 {
		t.Fatalf("%d rings, %d waves, %d over; want 1, %d, 1", len(rings), len(waves), len(over), want)
	}
	first := rings[0].At.Add(10 * sim.Minute)
	for k, e := range waves {
		if at := first + at(wave*float64(k)); e.At != at || e.Count != 4 || e.Num != float64(k+1) || e.Text.Empty() {
			t.Errorf("wave %d: %+v; want 4 vehicles at %v", k+1, e, at)
		}
	}
	if want := 600 + float64(want)*wave; over[0].Num != want {
		t.Errorf("over after %v s; want %v", over[0].Num, want)
	}
	if c := w.roads.Tally(sim.ModeCar); c.Out != 40 || c.Inside+c.Waiting+c.Stranded != 0 {
		t.Errorf("%+v; want all 40 out", c)
	}
	for _, a := range w.arrived {
		if a.Distance != 3*75 {
			t.Errorf("%v has gone %v m; want 225", a.Mover, a.Distance)
		}
	}
	for link := range sim.LinkID(4) {
		if n, _ := w.roads.Flow(link); n != 30 {
			t.Errorf("link %d passed %d vehicles; want 30", link, n)
		}
	}
}

// wavesToCome works out on paper how often the ring of the square turns: the j-th car of a link with r links of its way
// still before it comes to the head of its last one after 10 r + j waves.
func (w *testWorld) wavesToCome() int {
	least := 1 << 30
	for arc := 0; arc < 8; arc += 2 {
		j := 0
		for slot := w.roads.arcs[arc].queue.head; slot >= 0; slot = w.roads.movers.at(slot).next {
			end := int32(arc/2+1) % 4
			r := (w.roads.movers.at(slot).dest - end + 4) % 4
			least = min(least, 10*int(r)+j)
			j++
		}
	}
	return least
}

// A wave needs no room: in it every link keeps as many vehicles as it had, and a vehicle stands at the end of a queue
// before it, at its head after the others have gone.
func TestWaveKeepsEveryPlace(t *testing.T) {
	w := newWorld(t, square(t, rotating(1)), nil)
	w.crowd(120)
	w.run(60)
	for w.roads.now < at(900) {
		before := len(w.events(sim.EvGridlockReleased))
		w.roads.Step(w.roads.now+at(1), nil, w.ports, &w.log)
		w.collect()
		if err := w.roads.Check(true); err != nil {
			t.Fatal(err)
		}
		if len(w.events(sim.EvGridlockReleased)) == before {
			continue
		}
		for link := range sim.LinkID(4) {
			if n := w.roads.OnLink(link); n != 10 {
				t.Fatalf("at %v: %d vehicles on link %d; want 10", w.roads.now, n, link)
			}
		}
	}
	if n := len(w.events(sim.EvGridlockReleased)); n < 5 {
		t.Errorf("%d waves; want at least 5", n)
	}
}

// By the rule nobody comes; by order police come after a quarter of an hour, wave the ring on, and stay. Where there is no
// ring they say so.
func TestRingIsWavedOnByOrder(t *testing.T) {
	rules := freeRules()
	rules.GridlockAfter = 30 * sim.Minute
	w := newWorld(t, square(t, rules), nil)
	w.crowd(40)
	w.works(600, 2, sim.RoadOrder{Do: sim.RoadWave, Over: 15 * sim.Minute})
	w.works(10, 2, sim.RoadOrder{Do: sim.RoadWave})
	w.run(3000)
	waves, over := w.events(sim.EvGridlockReleased), w.events(sim.EvGridlockOver)
	if len(waves) < 2 || waves[0].At != at(10) || waves[0].Count != 0 || waves[0].A != sim.RefTo(sim.KindLink, sim.LinkID(2)) ||
		waves[1].At != at(1520) || waves[1].Count != 4 || len(over) != 1 {
		t.Fatalf("waves %+v, over %+v; want the first at 600 s + 15 min + 20 s", waves, over)
	}
	if c := w.roads.Tally(sim.ModeCar); c.Out != 40 {
		t.Errorf("%+v; want all 40 out", c)
	}
}

// A coach that finds a car's place ahead of it cannot be waved on; that is told once, and the ring stands.
func TestCoachInARing(t *testing.T) {
	w := newWorld(t, square(t, rotating(1)), nil)
	w.trip(0, sim.Trip{Mover: unit(0), Mode: sim.ModeCoach, From: 0, To: 3, Vehicles: 1, Zone: sim.None})
	for id := range 80 {
		w.car(0, id, id%4, (id+3)%4)
	}
	w.run(600)
	waves := w.events(sim.EvGridlockReleased)
	if len(w.events(sim.EvGridlock)) != 1 || len(waves) != 1 || waves[0].Count != 0 || len(w.roads.Rings()) != 1 {
		t.Fatalf("waves %+v, rings %+v; want a ring that stands", waves, w.roads.Rings())
	}
}

// In one random town after the other: rings close, are waved on, and are over; what the events tell is what the roads
// show.
func TestRingsAreToldAsTheyAre(t *testing.T) {
	w := newWorld(t, square(t, rotating(2)), nil)
	w.crowd(400)
	standing := map[string]int{}
	for w.roads.now < at(1800) {
		w.roads.Step(w.roads.now+at(1), nil, w.ports, &w.log)
		for _, e := range w.log.Events {
			switch e.Kind {
			case sim.EvGridlock:
				standing[fmt.Sprint(e.A)]++
			case sim.EvGridlockOver:
				standing[fmt.Sprint(e.A)]--
			}
		}
		w.log.Events = w.log.Events[:0]
		count := 0
		for _, n := range standing {
			count += n
		}
		if rings := w.roads.Rings(); len(rings) != count {
			t.Fatalf("at %v: rings %v; told %v", w.roads.now, rings, standing)
		}
	}
}

// A town of which 30 % cross to any exit locks, as it does with other programs that move nobody by force. The lock is
// told with its links, which follow each other round, and everybody who is left stands behind it.
func TestCrossTownLocks(t *testing.T) {
	if testing.Short() {
		t.Skip("100,000 trips")
	}
	town := newGridCase(t, 50, 100000, 8, 3, 7200, 0.7, freeRules())
	var roads *Traffic
	r := town.play(t, at(5*3600), func(r *Traffic, _ sim.Time) { roads = r })
	rings := roads.Rings()
	if r.rings == 0 || len(rings) == 0 {
		t.Fatalf("%d rings told, %d stand; %d are out", r.rings, len(rings), r.out)
	}
	for _, ring := range rings {
		for k, arc := range ring.Links {
			next := ring.Links[(k+1)%len(ring.Links)]
			if town.net.head[arc-1] != town.net.tail[next-1] {
				t.Fatalf("ring %v: arc %d does not lead to arc %d", ring.Links, arc, next)
			}
		}
	}
	vehicles, persons := roads.Stuck()
	if left := r.tally.Inside + r.tally.Waiting; vehicles < left*99/100 || vehicles > left || persons != 2*vehicles {
		t.Errorf("%d stuck of %d who are left, with %d persons", vehicles, left, persons)
	}
	t.Logf("%d out; %d rings told; the first that stands closed at %v with %d links and %d vehicles; %d stuck", r.out,
		r.rings, rings[0].Closed, len(rings[0].Links), rings[0].Vehicles, vehicles)
}
