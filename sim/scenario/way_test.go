package scenario

import (
	"fmt"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// straight is a road of nodes 1,000 m apart whose links have the given names, with a path along it that no car may take
// and a fast one-way street back from its end.
func straight(names ...string) *Scenario {
	sc := &Scenario{}
	for i := range len(names) + 1 {
		sc.Nodes = append(sc.Nodes, Node{At: geo.Point{X: float64(1000 * i)}})
	}
	join := func(name string, from, to int, class RoadClass, oneWay bool, speed float64) {
		sc.Links = append(sc.Links, Link{Name: name, From: sim.NodeID(from), To: sim.NodeID(to), Class: class, OneWay: oneWay,
			Speed: speed, Shape: geo.Line{sc.Nodes[from].At, sc.Nodes[to].At}})
	}
	for i, name := range names {
		join(name, i, i+1, RoadTertiary, false, 40)
	}
	join("trail", 0, len(names), RoadPath, false, 300)
	join("back", len(names), 0, RoadTertiary, true, 300)
	return sc
}

func TestWordsOfARoute(t *testing.T) {
	for _, c := range []struct {
		names []string
		route []int64
		want  string
	}{
		{[]string{"A", "A", "B"}, []int64{0, 3}, "A → B (3.0 km)"},
		{[]string{"A", "", "A", "B"}, []int64{0, 1, 4}, "A → B (4.0 km)"},
		{[]string{"A", "B", "A"}, []int64{0, 1, 2, 3}, "A → B → A (3.0 km)"},
		{[]string{"", ""}, []int64{0, 2}, "roads without a name (2.0 km)"},
		{[]string{"A", "B", "C", "D", "E", "F"}, []int64{0, 6}, "A → B → C → D → E → F (6.0 km)"},
		{[]string{"A", "B", "C", "D", "E", "F", "G", "H"}, []int64{0, 8}, "A → B → C → … → G → H (8.0 km)"},
		{[]string{"A", "B"}, []int64{2, 0}, "back (2.0 km)"},
		{[]string{"A", "B"}, nil, ""},
	} {
		sc := straight(c.names...)
		w := NewWays(sc, NewDirectory(sc))
		for range 2 { // the second time over what the first has left
			if got := w.Words(c.route).EN; got != c.want {
				t.Errorf("%v by %v: %q; want %q", c.names, c.route, got, c.want)
			}
		}
	}
}

// Between two nodes of a route the fastest way counts, not the shortest; where none leads on the route ends.
func TestLinksOfARoute(t *testing.T) {
	sc := straight("A", "B", "C")
	sc.Nodes = append(sc.Nodes, Node{At: geo.Point{X: 1000, Y: 1000}}, Node{At: geo.Point{X: 9000}})
	for _, ends := range [][2]sim.NodeID{{0, 4}, {4, 2}} {
		sc.Links = append(sc.Links, Link{Name: "fast", From: ends[0], To: ends[1], Class: RoadPrimary, Speed: 100,
			Shape: geo.Line{sc.Nodes[ends[0]].At, sc.Nodes[ends[1]].At}})
	}
	w := NewWays(sc, NewDirectory(sc))
	for _, c := range []struct {
		route []int64
		want  []sim.LinkID
	}{
		{[]int64{0, 3}, []sim.LinkID{5, 6, 2}},
		{[]int64{0, 1, 3}, []sim.LinkID{0, 1, 2}},
		{[]int64{0, 1, 5, 3}, []sim.LinkID{0}},
		{[]int64{3}, nil},
	} {
		if got := w.Links(c.route); !slices.Equal(got, c.want) {
			t.Errorf("%v: %s; want %v", c.route, fmt.Sprint(got), c.want)
		}
	}
}
