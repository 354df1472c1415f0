package road

import (
	"testing"

	"sandtable/sim"
)

// Through water that is deeper than one should drive into, and shallower than stops a car, bold drivers go, whatever
// else they know; others go round.
func TestBoldDriversGoThroughWater(t *testing.T) {
	nodes := row(5, 105, 205, 105)
	nodes[3].At.Y = 155
	links := []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800), street(0, 3, 10, 1800), street(3, 2, 10, 1800)}
	links[3].OnGround, links[3].Level = false, 110 // a bridge
	net := mustNetwork(t, nodes, links)
	for _, c := range []struct {
		depth int32 // on the straight road [mm]
		knows sim.Knowledge
		bold  bool
		link  sim.LinkID // by which he arrives
	}{
		{0, sim.KnowsClosures, false, 1},
		{300, sim.KnowsClosures, false, 3},
		{300, sim.KnowsHabit, false, 3},
		{300, sim.KnowsHabit, true, 1}, // he does not ask
		{400, sim.KnowsHabit, true, 3},
	} {
		w := newWorld(t, net, plain(30, 20))
		w.flood(12, 18, c.depth, 0)
		w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 0, To: 2, Vehicles: 1, Zone: sim.None, Knows: c.knows,
			Bold: c.bold})
		w.run(400)
		forward, _ := w.roads.Flow(c.link)
		if len(w.arrived) != 1 || forward != 1 {
			t.Errorf("%+v: %d arrived, %d over link %d", c, len(w.arrived), forward, c.link)
		}
	}
	// Who knows how deep it is and is bold takes the time that it takes to wade for what it is: 2 km/h.
	w := newWorld(t, net, plain(30, 20))
	w.flood(12, 18, 300, 0)
	w.order(0, 2, true, sim.ClosureFinish) // without another way
	for k, bold := range []bool{false, true} {
		w.trip(1, sim.Trip{Mover: party(k), Mode: sim.ModeCar, From: 0, To: 2, Vehicles: 1, Zone: sim.None, Bold: bold})
	}
	w.run(10 + 100/carCrawl + 10)
	if len(w.arrived) != 1 || w.arrived[0].Mover != party(1) {
		t.Errorf("%d arrived; want the bold one alone", len(w.arrived))
	}
}

// Who drives by habit keeps off a closed road of which all are told, uses it when it opens again, and knows nothing of
// what closes after the news.
func TestAnnouncedClosures(t *testing.T) {
	round := 2 * diamond(t).Length(2) / 10
	const straight, lost = 100.0, 50 + 15 + 50 // to the closed link and back
	post := func(w *testWorld, seconds float64, do sim.RoadAction, told bool) {
		w.ports.RoadOrders.Post(at(seconds), 1, sim.RoadOrder{Do: do, Link: 1, Told: told, Share: 1})
	}
	for _, c := range []struct {
		name string
		news func(w *testWorld)
		want float64
	}{
		{"announced", func(w *testWorld) { post(w, 0, sim.RoadClose, true) }, round},
		{"not announced", func(w *testWorld) { post(w, 0, sim.RoadClose, false) }, lost + round},
		{"with the news", func(w *testWorld) {
			post(w, 0, sim.RoadClose, false)
			post(w, 1, sim.RoadAnnounce, false)
		}, round},
		{"after the news", func(w *testWorld) {
			post(w, 0, sim.RoadAnnounce, false)
			post(w, 1, sim.RoadClose, false)
		}, lost + round},
		{"open again", func(w *testWorld) {
			post(w, 0, sim.RoadClose, true)
			post(w, 1, sim.RoadOpen, false)
		}, straight},
		{"open and closed again", func(w *testWorld) {
			post(w, 0, sim.RoadClose, true)
			post(w, 1, sim.RoadOpen, false)
			post(w, 2, sim.RoadClose, false)
		}, lost + round},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, diamond(t), nil)
			c.news(w)
			w.trip(3, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 0, To: 3, Vehicles: 1, Zone: sim.None,
				Knows: sim.KnowsHabit})
			w.run(600)
			w.wantTimes(3 + c.want)
		})
	}
}
