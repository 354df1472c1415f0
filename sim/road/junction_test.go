package road

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// turnsOf names the movements of the junction of a cross in the order of its pattern: from and to by the first letters
// of the ends.
func turnsOf(net *Network) []string {
	letters := "?ENWS"
	p := net.junctions.patterns[net.junctions.pattern[net.junctions.at[0]]]
	names := make([]string, len(p.moves))
	for _, in := range net.in.of(0) {
		for _, out := range net.out.of(0) {
			if _, k := p.find(&net.junctions, in, out); k >= 0 {
				names[k] = string(letters[net.tail[in]]) + string(letters[net.head[out]])
			}
		}
	}
	return names
}

// listed names the movements of a mask, in alphabetic order.
func listed(names []string, mask uint64) string {
	var out []string
	for k, name := range names {
		if mask>>k&1 == 1 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// What crosses and what merges where one drives on the right.
func TestConflicts(t *testing.T) {
	net := newCross().world(t, DefaultRules()).net
	names := turnsOf(net)
	p := net.junctions.patterns[net.junctions.pattern[net.junctions.at[0]]]
	want := map[string][2]string{ // crossing, merging
		"SE": {"", "EE NE WE"}, "SN": {"ES EW NE WE", "EN NN WN"}, "SW": {"ES NS WE WN", "EW NW WW"}, "SS": {"", "ES NS WS"},
	}
	for k, name := range names {
		w, ok := want[name]
		if !ok {
			continue
		}
		if got := listed(names, p.moves[k].cross); got != w[0] {
			t.Errorf("%s crosses %q; want %q", name, got, w[0])
		}
		if got := listed(names, p.moves[k].merge); got != w[1] {
			t.Errorf("%s merges with %q; want %q", name, got, w[1])
		}
	}
	if len(names) != 16 {
		t.Errorf("%d movements; want 16", len(names))
	}
}

// Ranks and gaps at a crossing of a major road from west to east.
//
// Reference: HCM 2010, chapter 19.
func TestRanks(t *testing.T) {
	for _, lanes := range []int{1, 2} {
		c := newCross()
		for _, end := range []int{east, west} {
			c.links[end-1].Rank, c.links[end-1].Lanes = 3, lanes
		}
		net := c.world(t, DefaultRules()).net
		if control, ok := net.Junction(0); !ok || control != ControlPriority {
			t.Fatalf("control %v", control)
		}
		wide := map[bool][2]string{false: {"6.2 s", "7.1 s"}, true: {"6.9 s", "7.5 s"}}[lanes > 1]
		names := turnsOf(net)
		p := net.junctions.patterns[net.junctions.pattern[net.junctions.at[0]]]
		want := map[string]string{
			"WE": "1 0.0 s 0.0 s ", "WS": "1 0.0 s 0.0 s ", "WN": "2 4.1 s 2.2 s EN EW",
			"SE": "2 " + wide[0] + " 3.3 s WE", "SN": "3 6.5 s 4.0 s EN ES EW WE WN",
			"SW": "4 " + wide[1] + " 3.5 s ES EW NS NW WE WN WW",
		}
		for k, name := range names {
			if w, ok := want[name]; ok {
				m := &p.moves[k]
				got := fmt.Sprintf("%d %.1f s %.1f s %s", m.rank, m.gap.Seconds(),
					m.follow.Seconds()*float64(map[bool]int{false: 1, true: lanes}[name[0] == 'W']), listed(names, m.yields))
				if got != w {
					t.Errorf("%d lanes: %s: %q; want %q", lanes, name, got, w)
				}
			}
		}
	}
}

// Which nodes have rules, and which.
func TestWhichJunctions(t *testing.T) {
	for _, c := range []struct {
		name  string
		build func(c *cross, r *Rules)
		want  Control
	}{
		{"four equal roads", func(*cross, *Rules) {}, ControlEqual},
		{"no junctions wanted", func(_ *cross, r *Rules) { r.Free = true }, ControlFree},
		{"free", func(c *cross, _ *Rules) { c.nodes[0].Control = ControlFree }, ControlFree},
		{"a bend", func(c *cross, _ *Rules) { c.without(west, south) }, ControlFree},
		{"a bend with a signal", func(c *cross, _ *Rules) {
			c.without(west, south)
			c.nodes[0].Control = ControlSignal
		}, ControlFree},
		{"a signal", func(c *cross, _ *Rules) { c.nodes[0].Control = ControlSignal }, ControlSignal},
		{"a side road", func(c *cross, _ *Rules) { c.without(north).links[south-1].Rank = 0; c.links[east-1].Rank = 1 },
			ControlPriority},
		{"a diverge", func(c *cross, _ *Rules) { c.without(south); c.inward(west); c.outward(east); c.outward(north) },
			ControlFree},
		{"a merge", func(c *cross, _ *Rules) {
			c.without(north)
			c.inward(west).Rank = 1
			c.inward(south)
			c.outward(east)
		}, ControlFree},
		{"a merge with a sign", func(c *cross, _ *Rules) {
			c.without(north)
			c.inward(west).Rank = 1
			c.inward(south)
			c.outward(east)
			c.nodes[0].Control = ControlPriority
		}, ControlPriority},
		{"a roundabout", func(c *cross, _ *Rules) {
			c.without(north)
			c.inward(west).Circle = true
			c.outward(east).Circle = true
		}, ControlPriority},
		{"a road off", func(c *cross, _ *Rules) { c.without(south); c.outward(north) }, ControlPriority},
		{"equal by order", func(c *cross, _ *Rules) {
			c.links[east-1].Rank = 1
			c.nodes[0].Control = ControlEqual
		}, ControlEqual},
	} {
		cross, rules := newCross(), DefaultRules()
		c.build(cross, &rules)
		net := cross.world(t, rules).net
		if got, ok := net.Junction(0); got != c.want || ok != (c.want != ControlFree) {
			t.Errorf("%s: control %d, %v; want %d", c.name, got, ok, c.want)
		}
	}
}

// star draws a junction of very many or few roads with far ends that take everybody.
func star(rt *rapid.T) ([]NodeSpec, []LinkSpec) {
	nodes := []NodeSpec{{Zone: sim.None, Control: Control(rapid.IntRange(0, int(ControlCount)-1).Draw(rt, "control"))}}
	var links []LinkSpec
	for k := range rapid.IntRange(2, 12).Draw(rt, "roads") {
		angle := rapid.Float64Range(0, 2*math.Pi).Draw(rt, "angle")
		nodes = append(nodes, NodeSpec{Zone: sim.None,
			At: geo.Point{X: 300 * math.Cos(angle), Y: 300 * math.Sin(angle)}})
		l := street(k+1, 0, 10, float64(rapid.SampledFrom([]int{300, 1800}).Draw(rt, "capacity")))
		if rapid.IntRange(0, 3).Draw(rt, "off") == 0 {
			l.From, l.To = l.To, l.From
		}
		l.OneWay = rapid.IntRange(0, 2).Draw(rt, "one way") == 0
		l.Lanes = rapid.IntRange(1, 4).Draw(rt, "lanes")
		l.Rank = uint8(rapid.IntRange(0, 2).Draw(rt, "rank"))
		l.Circle = rapid.IntRange(0, 9).Draw(rt, "circle") == 0
		links = append(links, l)
	}
	return nodes, links
}

// A junction left alone with room ahead empties, soon, and then there is nothing more to do.
func TestJunctionEmpties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		nodes, links := star(rt)
		w := newWorld(t, mustNetwork(nil, nodes, links), nil)
		cars := 0
		for id := range rapid.IntRange(1, 60).Draw(rt, "cars") {
			from := rapid.IntRange(0, len(links)).Draw(rt, "from")
			to := rapid.IntRange(1, len(links)).Draw(rt, "to")
			if _, _, ok := w.roads.Distance(sim.ModeCar, sim.NodeID(from), sim.NodeID(to)); !ok {
				continue
			}
			cars++
			mode := rapid.SampledFrom([]sim.Mode{sim.ModeCar, sim.ModeCoach, sim.ModeEmergency}).Draw(rt, "mode")
			w.trip(float64(id)/3, sim.Trip{Mover: party(id), Mode: mode, From: sim.NodeID(from), To: sim.NodeID(to),
				Vehicles: 1, Zone: sim.None})
		}
		if rapid.Bool().Draw(rt, "police") {
			w.roads.agenda.Put(at(20), entry{what: doPolice, arg: 1})
		}
		// Nobody waits longer at the front than his patience and, for a coach at a signal for twelve roads, two headways
		// of 12 s by a share of green of 1/24.
		w.run(100 + float64(cars)*(DefaultPatience+2*12*24))
		if len(w.arrived) != cars {
			rt.Fatalf("%d of %d arrived", len(w.arrived), cars)
		}
		if n := w.roads.agenda.Len(); n > 0 {
			rt.Fatalf("%d entries left on the agenda", n)
		}
	})
}
