package road

import (
	"fmt"
	"testing"

	"sandtable/sim"
)

// Who turns off a road of several lanes has the lanes of his side: a road of which all turn to one side gives the
// capacity of one lane; straight on, or half to each side, it gives all.
func TestTurningLanes(t *testing.T) {
	const count = 21
	for _, c := range []struct {
		name  string
		lanes int
		open  []int // ends of the crossing's other arms: 1 east, 2 north, 3 west, 4 south
		to    []int // where the cars go in turn, from the east
		per   float64
	}{
		{"straight on", 2, []int{2, 3, 4}, []int{3, 3}, 1},
		{"all right", 2, []int{2, 3, 4}, []int{2, 2}, 2},
		{"all left", 2, []int{2, 3, 4}, []int{4, 4}, 2},
		{"right and straight on", 2, []int{2, 3, 4}, []int{2, 3}, 1},
		{"right and left", 2, []int{2, 4}, []int{2, 4}, 1},
		{"three lanes, all right", 3, []int{2, 3, 4}, []int{2, 2}, 3},
		{"three lanes, no way straight on", 3, []int{2, 4}, []int{2, 2}, 3},
		{"four lanes, no way straight on", 4, []int{2, 4}, []int{2, 2}, 2},
		{"a bend", 2, []int{2}, []int{2, 2}, 1},
		{"one lane", 1, []int{2, 3, 4}, []int{2, 2}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			nodes := row(500, 1000, 500, 400, 500)
			nodes[2].At.Y, nodes[4].At.Y = 105, -95
			in := street(1, 0, 10, 600)
			in.Lanes = c.lanes
			links := []LinkSpec{in}
			for _, end := range c.open {
				out := street(0, end, 10, 1800)
				out.Lanes = 4
				links = append(links, out)
			}
			w := newWorld(t, mustNetwork(t, nodes, links), nil)
			for k := range count {
				w.car(0, k, 1, c.to[k%2])
			}
			w.run(1000)
			// The first is over the node after 50 s and at an end 10 s later; then they come one after the other.
			headway := 3600 / 600 / float64(c.lanes) * c.per
			last := w.arrived[len(w.arrived)-1].at.Seconds()
			if want := 60 + (count-1)*headway; len(w.arrived) != count || last < want-1e-3 || last > want+1e-3 {
				t.Errorf("%d arrive, the last at %v; want %d by %v", len(w.arrived), last, count, want)
			}
		})
	}
}

// The lane that is taken is saved: roads that are loaded go on as those that were saved.
func TestTurningLanesAreSaved(t *testing.T) {
	nodes := row(500, 1000, 500, 400)
	nodes[2].At.Y = 105
	in := street(1, 0, 10, 600)
	in.Lanes = 2
	w := newWorld(t, mustNetwork(t, nodes, []LinkSpec{in, street(0, 2, 10, 1800), street(0, 3, 10, 1800)}), nil)
	for k := range 9 {
		w.car(0, k, 1, 2)
	}
	w.run(52)
	var e sim.Encoder
	w.roads.AppendState(&e)
	other := New(w.net, nil)
	d := sim.Decoder{Buf: e.Buf}
	if other.LoadState(&d); d.Err != nil {
		t.Fatal(d.Err)
	}
	v := newWorld(t, w.net, nil)
	v.roads = other
	w.run(200)
	v.run(200)
	if fmt.Sprint(w.arrived) != fmt.Sprint(v.arrived) {
		t.Errorf("saved %v\nloaded %v", w.arrived, v.arrived)
	}
}
