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
			Zone: sim.ZoneID(rapid.IntRange(-1, 2).Draw(rt, "zone")),
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
		l.OneWay = rapid.IntRange(0, 3).Draw(rt, "one way") == 0
		l.FootOnly = rapid.IntRange(0, 7).Draw(rt, "foot only") == 0
		if rapid.IntRange(0, 3).Draw(rt, "raised") == 0 {
			l.OnGround, l.Level = false, 100+float64(rapid.IntRange(-1, 3).Draw(rt, "level"))
			l.Tunnel = rapid.Bool().Draw(rt, "tunnel")
		}
		links = append(links, l)
	}
	return mustNetwork(nil, nodes, links)
}

// oracle works out the distances to a destination with gonum.
func oracle(r *routes, mode sim.Mode, dest int) path.Shortest {
	g := simple.NewWeightedDirectedGraph(0, math.Inf(1))
	for node := range r.net.nodes {
		g.AddNode(simple.Node(node))
	}
	for arc, cost := range r.cost[mode] {
		from, to := simple.Node(r.net.head[arc]), simple.Node(r.net.tail[arc]) // turned round
		if from == to || cost >= closed {
			continue
		}
		if w, ok := g.Weight(from.ID(), to.ID()); !ok || float64(cost) < w {
			g.SetWeightedEdge(g.NewWeightedEdge(from, to, float64(cost)))
		}
	}
	return path.DijkstraFrom(simple.Node(dest), g)
}

// Distances equal those of an independent implementation, and following the table gets to the destination in them.
func TestTreeAgainstGonum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		net := randomNetwork(rt, 30)
		r := New(net, nil).routes
		for mode := sim.ModeFoot; mode < sim.ModeCount; mode++ {
			dest := rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "dest")
			want := oracle(r, mode, dest)
			got := r.to(mode, int32(dest), everywhere)
			for node := range net.nodes {
				w := want.WeightTo(int64(node))
				if math.IsInf(w, 1) != (got.dist[node] == closed) || !math.IsInf(w, 1) && float64(got.dist[node]) != w {
					rt.Fatalf("%v, node %d to %d: %v; want %v", mode, node, dest, got.dist[node], w)
				}
				sum, at := int64(0), int32(node)
				for got.dist[node] < closed && at != int32(dest) {
					arc := got.next[at]
					sum += r.cost[mode][arc]
					at = net.head[arc]
				}
				if got.dist[node] < closed && sum != got.dist[node] {
					rt.Fatalf("%v, node %d to %d: the way takes %v; the table says %v", mode, node, dest, sum, got.dist[node])
				}
			}
		}
	})
}

// A tree that has grown as far as it was asked from gives the ways of the whole tree, ties included, whatever changed
// in between.
func TestGrownTreeIsTheWholeTree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		net := randomNetwork(rt, 40)
		r := New(net, nil).routes
		mode := sim.ModeFoot
		for arc := range r.cost[mode] {
			r.cost[mode][arc] = 1 + int64(arc%3)
		}
		for range rapid.IntRange(1, 20).Draw(rt, "questions") {
			if rapid.IntRange(0, 3).Draw(rt, "change") == 0 {
				arc := int32(rapid.IntRange(0, len(net.tail)-1).Draw(rt, "arc"))
				r.set(mode, arc, rapid.SampledFrom([]int64{1, 2, 3, 7, closed}).Draw(rt, "cost"))
			}
			dest := int32(rapid.IntRange(0, min(2, len(net.nodes)-1)).Draw(rt, "dest"))
			from := int32(rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "from"))
			fresh := newRoutes(net)
			fresh.cost = r.cost
			want, got := fresh.to(mode, dest, everywhere), r.to(mode, dest, from)
			for node := from; ; node = net.head[got.next[node]] {
				if got.dist[node] != want.dist[node] || got.next[node] != want.next[node] {
					rt.Fatalf("from %d to %d, at %d: %d by %d; want %d by %d", from, dest, node, got.dist[node],
						got.next[node], want.dist[node], want.next[node])
				}
				if got.next[node] < 0 {
					break
				}
			}
		}
	})
}

// A tree that was repaired after any changes equals one from scratch, ties included.
func TestRepairIsARebuild(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		net := randomNetwork(rt, 40)
		r := New(net, nil).routes
		mode := sim.ModeCar
		dest := int32(rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "dest"))
		for arc := range r.cost[mode] { // many equal costs, so that there are ties
			if r.cost[mode][arc] < closed {
				r.cost[mode][arc] = 1 + int64(arc%3)
			}
		}
		r.to(mode, dest, everywhere)
		for range rapid.IntRange(1, 6).Draw(rt, "rounds") {
			for range rapid.IntRange(1, 4).Draw(rt, "changes") {
				arc := int32(rapid.IntRange(0, len(net.tail)-1).Draw(rt, "arc"))
				r.set(mode, arc, rapid.SampledFrom([]int64{1, 2, 3, 7, closed}).Draw(rt, "cost"))
			}
			t := &r.trees[0]
			r.repair(t, r.journal[mode][t.seen:])
			t.seen = len(r.journal[mode])
			fresh := newRoutes(net)
			fresh.cost = r.cost
			want := fresh.to(mode, dest, everywhere)
			if !slices.Equal(t.dist, want.dist) || !slices.Equal(t.next, want.next) {
				rt.Fatalf("repaired %v %v\nwant %v %v", t.dist, t.next, want.dist, want.next)
			}
		}
	})
}

// The cache drops the tree that was not used the longest time, and empties its journal, without an effect on answers.
func TestTreeCache(t *testing.T) {
	net := gridNetwork(t, 6)
	r := New(net, nil).routes
	r.limit = 3
	for k := range 400 {
		arc := int32(k * 7 % len(net.tail))
		r.set(sim.ModeCar, arc, 1000+int64(k*k%977))
		dest := int32(k * 5 % 7)
		got := r.to(sim.ModeCar, dest, everywhere)
		fresh := newRoutes(net)
		fresh.cost = r.cost
		if want := fresh.to(sim.ModeCar, dest, everywhere); !slices.Equal(got.next, want.next) {
			t.Fatalf("step %d: %v; want %v", k, got.next, want.next)
		}
	}
	if len(r.trees) != 3 || len(r.journal[sim.ModeCar]) > 3*len(net.tail) {
		t.Errorf("%d trees, %d entries in the journal", len(r.trees), len(r.journal[sim.ModeCar]))
	}
}
