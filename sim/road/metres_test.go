package road

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

// A link with a length of its own is as long as it says, whatever its shape, and is drawn along the shape in
// proportion.
func TestLinkOfStatedLength(t *testing.T) {
	for _, metres := range []float64{50, 150, 600} {
		long := street(0, 1, 10, 1800)
		long.Metres = metres
		w := newWorld(t, mustNetwork(t, row(0, 150), []LinkSpec{long}), nil)
		w.car(0, 1, 0, 1)
		w.run(3)
		want := geo.Point{X: 150 * 30 / metres, Y: 5}
		if at, ok := w.roads.Place(party(1)); !ok || at.Dist(want) > 1e-6 {
			t.Errorf("%v m: after 3 s at %v (%v); want %v", metres, at, ok, want)
		}
		w.run(metres/10 + 1)
		w.wantTimes(metres / 10)
		if len(w.arrived) == 1 && w.arrived[0].Distance != metres {
			t.Errorf("%v m: it went %v m", metres, w.arrived[0].Distance)
		}
		least, seconds := w.roads.AtLeast(sim.ModeCar, 0, 1)
		if least > metres || least < metres*0.999 || seconds > metres/10 || seconds < metres/10*0.999 {
			t.Errorf("%v m: bounds %v m, %v s", metres, least, seconds)
		}
	}
}

// Nodes at one place, as in networks whose file has no places, are joined by links of a stated length.
func TestLinkBetweenNodesAtOnePlace(t *testing.T) {
	l := street(0, 1, 10, 1800)
	l.Metres = 300
	w := newWorld(t, mustNetwork(t, row(20, 20), []LinkSpec{l}), plain(10, 1))
	w.car(0, 1, 0, 1)
	w.run(20)
	if at, ok := w.roads.Place(party(1)); !ok || at.X != 20 {
		t.Errorf("on its way at %v (%v); want where both nodes are", at, ok)
	}
	w.run(31)
	w.wantTimes(30)
}

// On a link that is twice as long as it is drawn, the water lies twice as far along it and is twice as long.
func TestWaterOnALinkOfStatedLength(t *testing.T) {
	links := []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800), street(2, 3, 10, 1800)}
	links[1].Metres = 300
	w := newWorld(t, mustNetwork(t, row(0, 150, 300, 450), links), plain(46, 1))
	w.flood(20, 21, 550, 0)
	w.walker(0, 1, 0, 3)
	w.run(900)
	speed := 1.5 * harm.WadeFactor(0.55)
	in := sim.Exposure{Mover: party(1), Danger: sim.H3, Depth: 0.55, Node: 1}
	w.wantSoon(0.04, exposeAt{at(100 + 100/speed), in},
		exposeAt{at(100 + 120/speed), sim.Exposure{Mover: party(1), Node: 1}})
}
