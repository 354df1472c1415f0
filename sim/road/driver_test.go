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
