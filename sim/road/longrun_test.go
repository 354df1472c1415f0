package road

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sandtable/sim"
)

// plainWays works the ways to a destination out by repeated passes over all arcs until nothing changes: distances from
// all states, and of equally good first arcs the lowest.
func plainWays(r *routes, s sight, dest int32) []leaf {
	n, nodes := r.net, int32(len(r.net.nodes))
	all := make([]leaf, r.forestOf(s).states)
	for k := range all {
		all[k] = bare
	}
	for k := range all {
		state := int32(k)
		switch {
		case !s.turns() && dest == nodes && slices.Contains(n.refuges, state),
			!s.turns() && state == dest,
			s.turns() && dest < nodes && n.head[state] == dest,
			s.turns() && dest == nodes+state:
			all[k] = leaf{0, -1}
		}
	}
	for changed := true; changed; {
		changed = false
		for k := range all {
			state := int32(k)
			at := state
			if s.turns() {
				at = n.head[state]
			}
			if all[k] == (leaf{0, -1}) {
				continue
			}
			got := bare
			for _, arc := range n.out.of(at) {
				to, loss, ok := n.head[arc], int64(0), true
				if s.turns() {
					to = arc
					loss, ok = n.turn(state, arc)
				}
				if d := all[to].dist + r.cost[s][arc] + loss; ok && r.cost[s][arc] < closed && all[to].dist < closed &&
					d < got.dist {
					got = leaf{d, arc}
				}
			}
			if got != all[k] {
				all[k], changed = got, true
			}
		}
	}
	return all
}

// However long changes and questions went on, and whatever was cut down in between, every answer is that of a plain
// search over the costs as they are.
func TestWaysAreAFunctionOfTheCosts(t *testing.T) {
	for seed := range uint64(24) {
		dice := rand.New(rand.NewPCG(seed, 1))
		net := gridNetwork(t, 4+dice.IntN(30))
		net.refuges = []int32{int32(dice.IntN(len(net.nodes))), int32(dice.IntN(len(net.nodes)))}
		slices.Sort(net.refuges)
		r := New(net, nil).routes
		r.byNode.limit, r.byArc.limit = 2+dice.IntN(12), 2+dice.IntN(40)
		playWays(t, r, dice)
	}
}

// playWays changes costs and asks for ways.
func playWays(t *testing.T, r *routes, dice *rand.Rand) {
	unit := []int64{1, 1000, 777777}[dice.IntN(3)]
	costs := []int64{unit, 2 * unit, 3 * unit, 7 * unit, 20 * unit, closed}
	for range 120 {
		s := []sight{sight(sim.ModeFoot), sight(sim.ModeCar), sightHabit}[dice.IntN(3)]
		for range max(0, dice.IntN(12)-4) {
			r.set(s, int32(dice.IntN(len(r.net.tail))), costs[dice.IntN(len(costs))])
		}
		dest := int32(dice.IntN(4))
		if nodes := int32(len(r.net.nodes)); dice.IntN(4) == 0 && s.turns() {
			dest += nodes
		} else if dice.IntN(4) == 0 && !s.turns() {
			dest = nodes
		}
		want := plainWays(r, s, dest)
		for range 1 + dice.IntN(3) {
			node, on := int32(dice.IntN(len(r.net.nodes))), int32(dice.IntN(len(r.net.tail)))
			askWay(t, r, s, dest, node, want)
			state := on
			if !s.turns() {
				state = r.net.head[on]
			}
			if got := r.after(s, dest, on); dice.IntN(3) == 0 && got != want[state].next {
				t.Fatalf("%v after %d to %d: %d; want %d", s, on, dest, got, want[state].next)
			}
		}
	}
}

// askWay asks for the way from a node and compares it with what a plain search found.
func askWay(t *testing.T, r *routes, s sight, dest, node int32, want []leaf) {
	t.Helper()
	wanted := bare
	switch {
	case !s.turns() && dest == int32(len(r.net.nodes)):
		end, dist := r.nearestRefuge(s, node)
		wanted = want[node]
		to := node
		for want[to].next >= 0 {
			to = r.net.head[want[to].next]
		}
		if wanted.dist >= closed {
			to = -1
		}
		if end != to || dist != wanted.dist {
			t.Fatalf("refuge from %d: %d in %d; want %d in %d", node, end, dist, to, wanted.dist)
		}
		return
	case !s.turns():
		wanted = want[node]
	case node == dest:
		wanted = leaf{0, -1}
	default:
		for _, out := range r.net.out.of(node) {
			if d := want[out].dist + r.cost[s][out]; want[out].dist < closed && d < wanted.dist {
				wanted = leaf{d, out}
			}
		}
	}
	if arc, dist := r.from(s, dest, node); (leaf{dist, arc}) != wanted {
		t.Fatalf("%v from %d to %d: %v; want %v", s, node, dest, leaf{dist, arc}, wanted)
	}
}

// A tree that begins anew begins with its destination alone: nothing is left from where it would have grown on before.
func TestPlantedTreeForgets(t *testing.T) {
	net := gridNetwork(t, 20)
	r := New(net, nil).routes
	foot := sight(sim.ModeFoot)
	for round := range int32(50) {
		r.from(foot, 0, 210+round) // as far as the middle
		got := r.find(foot, 0)
		r.plant(got)
		waiting := 0
		for k := range got.heap.buckets {
			waiting += len(got.heap.buckets[k])
		}
		if waiting != 1 {
			t.Fatalf("round %d: %d states wait to be taken; want the destination alone", round, waiting)
		}
	}
}
