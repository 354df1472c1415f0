package road

import (
	"math"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Behind a narrow road cars queue on the wide one: as many as came less as many as left, 7.5 m each, and from the
// instant on at which the first could have gone on.
func TestJams(t *testing.T) {
	net := mustNetwork(t, row(0, 1000, 2000), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 600)})
	w := newWorld(t, net, nil)
	for k := range 100 {
		w.car(float64(4*k), k, 0, 2)
	}
	everywhere := geo.Rect{Min: geo.Point{X: -1e4, Y: -1e4}, Max: geo.Point{X: 1e4, Y: 1e4}}
	w.run(50)
	if jams := w.roads.Jams(everywhere, nil); len(jams) != 0 {
		t.Errorf("jams at 50 s: %v", jams)
	}
	w.run(400)
	// By 400 s cars 0 to 75 have come to the end of the first road, 100 s after their start, and 51 have left it, one every 6 s.
	jams := w.roads.Jams(everywhere, nil)
	if len(jams) != 1 || jams[0].Arc != sim.ArcOf(0, false) || jams[0].Locked || math.Abs(jams[0].Metres-25*7.5) > 7.5+1e-6 {
		t.Errorf("jams at 400 s: %v; want 25 cars on the first road", jams)
	}
	if jams = w.roads.Jams(geo.Rect{Min: geo.Point{X: 1500}, Max: geo.Point{X: 1600, Y: 10}}, jams); len(jams) != 0 {
		t.Errorf("jams on the other road: %v", jams)
	}
}

// The queues of a ring of full links are marked as locked.
func TestLockedJams(t *testing.T) {
	w := ringWorld(t)
	w.run(300)
	jams := w.roads.Jams(geo.Rect{Min: geo.Point{X: -1e4, Y: -1e4}, Max: geo.Point{X: 1e4, Y: 1e4}}, nil)
	if len(w.events(sim.EvGridlock)) == 0 || !slices.ContainsFunc(jams, func(j sim.JamDot) bool { return j.Locked }) {
		t.Errorf("%d rings, jams %v", len(w.events(sim.EvGridlock)), jams)
	}
}
