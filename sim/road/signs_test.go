package road

import (
	"fmt"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// What stands on the roads is seen where it stands: a stalled car, lanes that are turned, police at a crossing.
func TestSigns(t *testing.T) {
	everywhere := geo.Rect{Min: geo.Point{X: -1e4, Y: -1e4}, Max: geo.Point{X: 1e4, Y: 1e4}}
	w := newWorld(t, crossroads(t, DefaultRules()), nil)
	w.works(1, 0, sim.RoadOrder{Do: sim.RoadContraflow, Way: sim.WayForward, Lanes: sim.AllLanes})
	w.ports.RoadOrders.Post(at(1), 0, sim.RoadOrder{Do: sim.RoadPolice, Node: 0, On: true})
	w.run(10)
	want := "[{2 {250 5} 1} {1 {200 5} 0}]"
	if got := fmt.Sprint(w.roads.Signs(everywhere, nil)); got != want {
		t.Errorf("signs %v; want %v", got, want)
	}
	if signs := w.roads.Signs(geo.Rect{Max: geo.Point{X: 10, Y: 10}}, nil); len(signs) != 0 {
		t.Errorf("elsewhere %v; want none", signs)
	}
	w = newWorld(t, mustNetwork(t, row(5, 305), []LinkSpec{street(0, 1, 10, 1800)}), plain(40, 1))
	w.car(0, 1, 0, 1)
	w.run(10)
	w.flood(5, 40, 450, 0)
	w.run(20)
	signs := w.roads.Signs(everywhere, nil)
	if len(signs) != 1 || signs[0].Kind != sim.SignWreck || signs[0].At.X < 100 || signs[0].At.X > 120 {
		t.Errorf("signs %v; want a wreck a good 100 m from the start", signs)
	}
}
