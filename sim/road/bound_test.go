package road

import (
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// Whatever water and closures do, no way is shorter or faster than its bounds.
func TestBoundsHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 10
		s := drawStory(rt, ticks)
		w := newWorld(t, s.net, s.ground)
		for tick := range ticks {
			s.tell(w, tick, false)
			if tick%5 != 4 {
				continue
			}
			for mode := sim.ModeFoot; mode < sim.ModeCount; mode++ {
				for from := range sim.NodeID(s.net.Nodes()) {
					for to := range sim.NodeID(s.net.Nodes()) {
						metres, seconds, ok := w.roads.Distance(mode, from, to)
						leastM, leastS := w.roads.AtLeast(mode, from, to)
						if ok && (metres < leastM || seconds < leastS) {
							rt.Fatalf("%v from %d to %d: %v m, %v s; bounds %v, %v", mode, from, to, metres, seconds, leastM, leastS)
						}
					}
				}
			}
		}
	})
}

// On straight dry roads the bounds are the ways themselves, to a millionth.
func TestBoundsAreTight(t *testing.T) {
	net := mustNetwork(t, row(0, 150, 300), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)})
	r := New(net, nil)
	for _, mode := range []sim.Mode{sim.ModeFoot, sim.ModeCar, sim.ModeCoach, sim.ModeBoat} {
		metres, seconds, _ := r.Distance(mode, 0, 2)
		leastM, leastS := r.AtLeast(mode, 0, 2)
		if metres > leastM*(1+1e-6) || seconds > leastS*(1+1e-6) {
			t.Errorf("%v: %v m, %v s; bounds %v, %v", mode, metres, seconds, leastM, leastS)
		}
	}
}
