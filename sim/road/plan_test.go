package road

import (
	"testing"

	"sandtable/sim"
)

// terrace is a road of three links of 1 km, 100 s each, from node 0 to node 3, and beside it a slower one over nodes 4
// (beside 1) and 5 (beside 2), with steep streets of 50 s between them at 1 and 2. A route of the plan is given.
//
//	  4---4---5
//	 3|       |5      links 0, 1, 2 the main road; 3: 0-4; 4: 4-5; 5: 5-3; 6: 1-4; 7: 2-5
//	0-0-1-1-2-2-3
func terrace(t *testing.T, route ...sim.NodeID) *Network {
	nodes := row(0, 1000, 2000, 3000, 1000, 2000)
	nodes[4].At.Y, nodes[5].At.Y = 105, 105
	links := []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800), street(2, 3, 10, 1800),
		street(0, 4, 8, 1800), street(4, 5, 8, 1800), street(5, 3, 8, 1800), street(1, 4, 2, 1800), street(2, 5, 2, 1800)}
	rules := DefaultRules()
	rules.Routes = [][]sim.NodeID{route}
	net, problems := NewNetwork(nodes, links, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	return net
}

// A vehicle of background traffic has no place in the tables by id; it may follow a route and leave it all the same.
func TestOutsiderLeavesThePlan(t *testing.T) {
	w := newWorld(t, terrace(t, 4, 5, 3), nil)
	w.order(0, 5, true, sim.ClosureFinish)
	w.trip(1, sim.Trip{Mover: sim.Ref{Kind: sim.KindOutsider}, Mode: sim.ModeCar, From: 4, To: 3, Vehicles: 1, Zone: sim.None,
		Route: 1})
	w.run(400)
	if c, _ := w.roads.Outsiders(); c.Out != 1 {
		t.Errorf("%+v; want it to arrive", c)
	}
}

// Who follows the plan goes to the beginning of its route, or joins it where he comes upon it, follows it to its end and
// goes for his destination from there. Where it is closed he leaves it: at once when he knows, else when he is there.
func TestRouteOfThePlan(t *testing.T) {
	const slow, slant = 125, 125.623 // of the slower road: 1 km, and 1,005 m
	for _, c := range []struct {
		name     string
		route    []sim.NodeID
		from, to sim.NodeID
		shut     sim.LinkID // -1 for none
		knows    sim.Knowledge
		mode     sim.Mode
		want     float64
	}{
		{"as he would go anyway", []sim.NodeID{0, 1}, 0, 3, -1, 0, sim.ModeCar, 300},
		{"the whole route", []sim.NodeID{4, 5, 3}, 4, 3, -1, 0, sim.ModeCar, slow + slant},
		{"to its beginning", []sim.NodeID{4, 5, 3}, 0, 3, -1, 0, sim.ModeCar, slant + slow + slant},
		{"back to its beginning", []sim.NodeID{0, 4, 5}, 1, 3, -1, 0, sim.ModeCar, 100 + slant + slow + slant},
		{"joins it on the way there", []sim.NodeID{0, 1, 2, 3}, 5, 3, -1, 0, sim.ModeCar, 50 + 100},
		{"begins in the middle", []sim.NodeID{0, 4, 5}, 4, 3, -1, 0, sim.ModeCar, slow + slant},
		{"a coach", []sim.NodeID{4, 5, 3}, 4, 3, -1, 0, sim.ModeCoach, slow + slant},
		{"closed, and he knows", []sim.NodeID{4, 5, 3}, 4, 3, 5, sim.KnowsClosures, sim.ModeCar, 50 + 200},
		{"closed, and he sees it", []sim.NodeID{4, 5, 3}, 4, 3, 5, sim.KnowsHabit, sim.ModeCar, slow + 50 + 100},
		{"closed where he is not yet", []sim.NodeID{0, 4, 5}, 1, 3, 3, sim.KnowsClosures, sim.ModeCar, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, terrace(t, c.route...), nil)
			if c.shut >= 0 {
				w.order(0, int(c.shut), true, sim.ClosureFinish)
			}
			w.trip(1, sim.Trip{Mover: party(1), Mode: c.mode, From: c.from, To: c.to, Vehicles: 1, Zone: sim.None, Route: 1,
				Knows: c.knows})
			w.run(2000)
			if took := w.cameAt(party(1)) - 1; took < c.want-0.01 || took > c.want+0.01 {
				t.Errorf("took %.3f s; want %.3f", took, c.want)
			}
		})
	}
}

// A route over nodes between which no car can go, or of one node, is refused.
func TestRoutesThatCannotBe(t *testing.T) {
	one := street(0, 1, 10, 1800)
	one.OneWay = true
	for _, c := range []struct {
		route []sim.NodeID
		path  string
	}{
		{[]sim.NodeID{0, 1}, ""},
		{[]sim.NodeID{1, 0}, "route[0][1]"},
		{[]sim.NodeID{0}, "route[0]"},
		{[]sim.NodeID{0, 0}, "route[0][1]"},
		{[]sim.NodeID{0, 2}, "route[0][1]"},
	} {
		rules := DefaultRules()
		rules.Routes = [][]sim.NodeID{c.route}
		_, problems := NewNetwork(row(0, 1000), []LinkSpec{one}, rules)
		if c.path == "" && len(problems) > 0 || c.path != "" && (len(problems) != 1 || problems[0].Path != c.path) {
			t.Errorf("%v: %v; want one at %q", c.route, problems, c.path)
		}
	}
}
