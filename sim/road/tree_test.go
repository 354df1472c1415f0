package road

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// randomNetwork draws a network with parallel links, loops, one-way streets, footpaths, links without capacity and
// parts that do not hang together.
func randomNetwork(rt *rapid.T, most int) *Network {
	count := rapid.IntRange(2, most).Draw(rt, "nodes")
	var nodes []NodeSpec
	for range count {
		nodes = append(nodes, NodeSpec{
			At: geo.Point{X: float64(rapid.IntRange(1, 299).Draw(rt, "x")),
				Y: float64(rapid.IntRange(1, 299).Draw(rt, "y"))},
			Zone:    sim.ZoneID(rapid.IntRange(-1, 2).Draw(rt, "zone")),
			Control: Control(rapid.IntRange(0, int(ControlCount)-1).Draw(rt, "control")),
		})
	}
	var links []LinkSpec
	for k := range rapid.IntRange(1, 3*count).Draw(rt, "links") {
		a, b := rapid.IntRange(0, count-1).Draw(rt, "from"), rapid.IntRange(0, count-1).Draw(rt, "to")
		if nodes[a].At.Dist(nodes[b].At) < 1 {
			if k > 0 {
				continue
			}
			a, b = 0, 1 // there is at least one link
			nodes[1].At.X = nodes[0].At.X + 50
		}
		l := street(a, b, float64(rapid.IntRange(2, 30).Draw(rt, "speed")),
			float64(rapid.SampledFrom([]int{0, 60, 600, 1800}).Draw(rt, "capacity")))
		l.Lanes = rapid.IntRange(1, 2).Draw(rt, "lanes")
		l.Rank = uint8(rapid.IntRange(0, 2).Draw(rt, "rank"))
		l.Circle = rapid.IntRange(0, 9).Draw(rt, "circle") == 0
		l.OneWay = rapid.IntRange(0, 3).Draw(rt, "one way") == 0
		l.FootOnly = rapid.IntRange(0, 7).Draw(rt, "foot only") == 0
		l.Walk = rapid.SampledFrom([]float64{0, 0.2, 1}).Draw(rt, "walk")
		if rapid.IntRange(0, 3).Draw(rt, "raised") == 0 {
			l.OnGround, l.Level = false, 100+float64(rapid.IntRange(-1, 3).Draw(rt, "level"))
			l.Tunnel = rapid.Bool().Draw(rt, "tunnel")
		}
		l.Metres = rapid.SampledFrom([]float64{0, 0, 0, 20, 700}).Draw(rt, "metres")
		links = append(links, l)
	}
	return mustNetwork(nil, nodes, links)
}

// withRules gives a network other rules of turning round and turn bans.
func withRules(rt *rapid.T, net *Network) *Network {
	rules := DefaultRules()
	rules.UTurn = UTurnRule(rapid.IntRange(0, int(UTurnRuleCount)-1).Draw(rt, "u-turns"))
	for range rapid.IntRange(0, 12).Draw(rt, "bans") {
		from := int32(rapid.IntRange(0, len(net.tail)-1).Draw(rt, "ban from"))
		next := net.out.of(net.head[from])
		to := next[rapid.IntRange(0, len(next)-1).Draw(rt, "ban to")]
		rules.Bans = append(rules.Bans, Ban{sim.Arc(from + 1), sim.Arc(to + 1)})
	}
	net, problems := NewNetwork(net.nodes, net.links, rules)
	if problems != nil {
		rt.Fatal(problems)
	}
	return net
}

// mayTurn is the rule of turns in the words of Rules.
func mayTurn(net *Network, from, to int32) (seconds int64, ok bool) {
	if slices.Contains(net.rules.Bans, Ban{sim.Arc(from + 1), sim.Arc(to + 1)}) || net.links[from>>1].FootOnly {
		return 0, false
	}
	if from>>1 != to>>1 || from == to {
		return 0, true
	}
	for _, other := range net.out.of(net.head[from]) {
		l := net.links[other>>1]
		if net.rules.UTurn == UTurnDeadEnd && other != to && !l.FootOnly && l.Capacity > 0 && (other%2 == 0 || !l.OneWay) {
			return 0, false
		}
	}
	return 15, true
}

// oracle works out the distances to a destination with gonum: from all nodes, and, where turns count, from the ends of
// all arcs, whose ids come behind those of the nodes.
func oracle(r *routes, s sight, dest int) path.Shortest {
	net := r.net
	g := simple.NewWeightedDirectedGraph(0, math.Inf(1))
	count := len(net.nodes) + len(net.tail)
	for id := range count + 1 {
		g.AddNode(simple.Node(id))
	}
	add := func(from, to int, cost int64) { // turned round
		if from == to || cost >= closed {
			return
		}
		if w, ok := g.Weight(int64(to), int64(from)); !ok || float64(cost) < w {
			g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(to), simple.Node(from), float64(cost)))
		}
	}
	for arc, cost := range r.cost[s] {
		tail, head := int(net.tail[arc]), int(net.head[arc])
		if !s.turns() {
			add(tail, head, cost)
			continue
		}
		end := len(net.nodes) + arc
		if tail != dest {
			add(tail, end, cost)
		}
		for next := range net.tail {
			seconds, ok := mayTurn(net, int32(arc), int32(next))
			if int(net.tail[next]) == head && head != dest && end != dest && ok && r.cost[s][next] < closed {
				add(end, len(net.nodes)+next, seconds*1e6+r.cost[s][next])
			}
		}
		if head == dest {
			g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(count), simple.Node(end), 0))
		}
	}
	if s.turns() && dest < len(net.nodes) {
		g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(count), simple.Node(dest), 0))
		dest = count
	}
	return path.DijkstraFrom(simple.Node(dest), g)
}

// Distances equal those of an independent implementation, and following the table gets to the destination in them.
func TestTreeAgainstGonum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		net := withRules(rt, randomNetwork(rt, 15))
		r := New(net, nil).routes
		for s := sight(sim.ModeFoot); s < sightCount; s++ {
			dest := rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "dest")
			if s.turns() && rapid.IntRange(0, 3).Draw(rt, "by an arc") == 0 {
				dest = len(net.nodes) + rapid.IntRange(0, len(net.tail)-1).Draw(rt, "last")
			}
			want := oracle(r, s, dest)
			for node := range net.nodes {
				w := want.WeightTo(int64(node))
				arc, dist := r.from(s, int32(dest), int32(node))
				if math.IsInf(w, 1) != (dist >= closed) || !math.IsInf(w, 1) && float64(dist) != w {
					rt.Fatalf("%v, node %d to %d: %v; want %v", s, node, dest, dist, w)
				}
				if sum := follow(r, s, int32(dest), arc); dist > 0 && dist < closed && sum != dist {
					rt.Fatalf("%v, node %d to %d: the way takes %v; the table says %v", s, node, dest, sum, dist)
				}
			}
			if !s.turns() {
				continue
			}
			got := r.find(s, int32(dest))
			r.grow(got, everywhere)
			for arc := range net.tail {
				w := want.WeightTo(int64(len(net.nodes) + arc))
				if d := got.dist(int32(arc)); math.IsInf(w, 1) != (d == closed) || !math.IsInf(w, 1) && float64(d) != w {
					rt.Fatalf("%v, arc %d to %d: %v; want %v", s, arc, dest, d, w)
				}
			}
		}
	})
}

// follow adds up the time of the way that begins with an arc [µs].
func follow(r *routes, s sight, dest, arc int32) (sum int64) {
	for steps := 0; arc >= 0 && steps <= len(r.net.tail); steps++ {
		sum += r.cost[s][arc]
		if r.net.head[arc] == dest || int(dest) == len(r.net.nodes)+int(arc) {
			break
		}
		next := r.after(s, dest, arc)
		if s.turns() && next == arc^1 {
			sum += uTurnTime
		}
		arc = next
	}
	return sum
}

// A tree that has grown as far as it was asked from gives the ways of the whole tree, ties included, whatever changed
// in between.
func TestGrownTreeIsTheWholeTree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		net := withRules(rt, randomNetwork(rt, 40))
		r := New(net, nil).routes
		s := rapid.SampledFrom([]sight{sight(sim.ModeFoot), sight(sim.ModeCar)}).Draw(rt, "sight")
		for arc := range r.cost[s] {
			r.cost[s][arc] = 1 + int64(arc%3)
		}
		for range rapid.IntRange(1, 20).Draw(rt, "questions") {
			for range max(0, rapid.IntRange(-2, 3).Draw(rt, "changes")) {
				arc := int32(rapid.IntRange(0, len(net.tail)-1).Draw(rt, "arc"))
				r.set(s, arc, rapid.SampledFrom([]int64{1, 2, 3, 7, closed}).Draw(rt, "cost"))
			}
			dest := int32(rapid.IntRange(0, min(2, len(net.nodes)-1)).Draw(rt, "dest"))
			from := int32(rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "from"))
			fresh := newRoutes(net)
			fresh.cost = r.cost
			fresh.grow(fresh.find(s, dest), everywhere)
			arc, dist := r.from(s, dest, from)
			wantArc, wantDist := fresh.from(s, dest, from)
			for steps := 0; steps <= len(net.tail); steps++ {
				if arc != wantArc || dist != wantDist {
					rt.Fatalf("from %d to %d: %d by %d; want %d by %d", from, dist, dest, arc, wantDist, wantArc)
				}
				if arc < 0 || net.head[arc] == dest {
					break
				}
				arc, wantArc = r.after(s, dest, arc), fresh.after(s, dest, arc)
			}
		}
	})
}

// A tree that was repaired after any changes equals one from scratch, ties included.
func TestRepairIsARebuild(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		net := withRules(rt, randomNetwork(rt, 40))
		r := New(net, nil).routes
		s := rapid.SampledFrom([]sight{sight(sim.ModeFoot), sight(sim.ModeCar)}).Draw(rt, "sight")
		dest := int32(rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "dest"))
		for arc := range r.cost[s] { // many equal costs, so that there are ties
			if r.cost[s][arc] < closed {
				r.cost[s][arc] = 1 + int64(arc%3)
			}
		}
		t := r.find(s, dest)
		r.grow(t, everywhere)
		for range rapid.IntRange(1, 6).Draw(rt, "rounds") {
			for range rapid.IntRange(1, 4).Draw(rt, "changes") {
				arc := int32(rapid.IntRange(0, len(net.tail)-1).Draw(rt, "arc"))
				r.set(s, arc, rapid.SampledFrom([]int64{1, 2, 3, 7, closed}).Draw(rt, "cost"))
			}
			if !r.repair(t, r.journal[s][t.seen:]) {
				r.plant(t)
				r.grow(t, everywhere)
			}
			t.seen = len(r.journal[s])
			fresh := newRoutes(net)
			fresh.cost = r.cost
			want := fresh.find(s, dest)
			fresh.grow(want, everywhere)
			if got, want := everyLeaf(r, t), everyLeaf(fresh, want); !slices.Equal(got, want) {
				rt.Fatalf("repaired %v\nwant %v", got, want)
			}
		}
	})
}

// everyLeaf returns what a tree has for all states.
func everyLeaf(r *routes, t *tree) (all []leaf) {
	for state := range r.forestOf(t.sight).states {
		all = append(all, t.at(int32(state)))
	}
	return all
}

// The cache drops trees that were not used for the longest time when they hold too much, and empties its journal,
// without an effect on answers.
func TestTreeCache(t *testing.T) {
	net := gridNetwork(t, 6)
	r := New(net, nil).routes
	s := sight(sim.ModeCar)
	r.byArc.limit = 3 * (treeShare + 1) // a tree of this town has one page
	for k := range 400 {
		arc := int32(k * 7 % len(net.tail))
		r.set(s, arc, 1000+int64(k*k%977))
		dest := int32(k * 5 % 7)
		got := r.find(s, dest)
		r.grow(got, everywhere)
		fresh := newRoutes(net)
		fresh.cost = r.cost
		want := fresh.find(s, dest)
		fresh.grow(want, everywhere)
		if got, want := everyLeaf(r, got), everyLeaf(fresh, want); !slices.Equal(got, want) {
			t.Fatalf("step %d: %v; want %v", k, got, want)
		}
	}
	if f := &r.byArc; len(f.trees) != 4 || f.held != (treeShare+1)*(len(f.trees)-len(f.unused)) || len(r.journal[s]) > 3*len(net.tail) {
		t.Errorf("%d trees, %d entries in the journal", len(r.byArc.trees), len(r.journal[s]))
	}
}
