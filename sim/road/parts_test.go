package road

import (
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// Whatever is closed, the ways are those of trees that are grown whole, also where roads fall into parts; and a tree is
// not grown to the end to learn that no way leads out of an island.
func TestNoWayOutOfAnIsland(t *testing.T) {
	net := gridNetwork(t, 30)
	rapid.Check(t, func(rt *rapid.T) {
		r := New(net, nil).routes
		s := rapid.SampledFrom([]sight{sight(sim.ModeFoot), sight(sim.ModeCar)}).Draw(rt, "sight")
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			inside := map[int32]bool{}
			corner, size := rapid.IntRange(0, 20).Draw(rt, "corner"), rapid.IntRange(1, 8).Draw(rt, "size")
			for k := range size * size {
				inside[int32(30*(corner+k/size)+corner+k%size)] = true
			}
			open := rapid.IntRange(0, 3).Draw(rt, "bridge") == 0
			for arc := range net.tail {
				if cut := inside[net.tail[arc]] != inside[net.head[arc]]; cut && !open {
					r.set(s, int32(arc), closed)
				} else if cut {
					r.set(s, int32(arc), 1e6)
				}
			}
			fresh := newRoutes(net)
			fresh.cost = r.cost
			for range 5 {
				dest := int32(rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "dest"))
				from := int32(rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "from"))
				if rapid.Bool().Draw(rt, "from the island") {
					from = int32(31 * corner)
				}
				fresh.grow(fresh.find(s, dest), everywhere)
				arc, dist := r.from(s, dest, from)
				if wantArc, want := fresh.from(s, dest, from); arc != wantArc || dist != want {
					rt.Fatalf("%v from %d to %d: %d by %d; want %d by %d", s, from, dest, dist, arc, want, wantArc)
				}
			}
		}
	})
	r := New(net, nil).routes
	foot := sight(sim.ModeFoot)
	for _, arc := range net.out.of(0) {
		r.set(foot, arc, closed)
		r.set(foot, arc^1, closed)
	}
	far := int32(len(net.nodes) - 1)
	if _, dist := r.from(foot, far, 0); dist < closed {
		t.Fatal("there is a way out of a node without roads")
	}
	if tree := r.find(foot, far); tree.taken > growFirst {
		t.Errorf("the tree grew over %d nodes", tree.taken)
	}
}
