package road

import (
	"math"

	"sandtable/sim"
)

// closed is the cost of an arc that a mode cannot enter, and the distance of a node without a way [µs].
const closed = math.MaxInt64 / 4

// tree holds the fastest ways to one destination for one mode: from every node, or, until somebody asks from further
// away, from those nodes that are as near as its radius. Distances are whole microseconds, and of several arcs that are
// equally good the lowest one is taken: within its radius a tree is a function of the costs alone, whatever growth and
// repairs it went through, and is no part of the state.
type tree struct {
	mode   sim.Mode
	dest   int32
	dist   []int64  // to the destination [µs]; final up to the radius
	next   []int32  // first arc of the way; -1 at the destination and without a way
	radius int64    // up to which it has grown [µs]; closed when it is whole
	heap   distHeap // from where it grows on
	again  bool     // it was asked for after a change of costs
	epoch  int      // of the journal
	seen   int      // entries of the journal that it has taken in
	used   uint64   // when it was last asked for
}

// routes keeps the costs of all arcs, and trees that are made when they are asked for and repaired when costs have
// changed.
type routes struct {
	net     *Network
	cost    [sim.ModeCount][]int64 // by arc [µs]
	journal [sim.ModeCount][]int32 // arcs whose costs changed, in order
	epoch   [sim.ModeCount]int     // counts how often the journal was emptied
	trees   []tree
	slot    []int32 // number of the tree by mode and destination, or -1
	limit   int     // trees that are kept
	clock   uint64
	lost    []int32 // nodes whose way has to be found again
	isLost  []bool
}

// treeMemory bounds what the trees may take [bytes].
const treeMemory = 128 << 20

func newRoutes(n *Network) *routes {
	r := &routes{net: n, isLost: make([]bool, len(n.nodes))}
	for mode := range r.cost {
		r.cost[mode] = make([]int64, len(n.tail))
	}
	r.slot = make([]int32, int(sim.ModeCount)*len(n.nodes))
	for i := range r.slot {
		r.slot[i] = -1
	}
	r.limit = min(max(treeMemory/(12*max(len(n.nodes), 1)), 16), 4096)
	return r
}

// set gives an arc a cost and says whether it is a new one.
func (r *routes) set(mode sim.Mode, arc int32, cost int64) bool {
	if r.cost[mode][arc] == cost {
		return false
	}
	r.cost[mode][arc] = cost
	if len(r.journal[mode]) > 2*len(r.net.tail)+64 {
		r.journal[mode] = r.journal[mode][:0]
		r.epoch[mode]++
	}
	r.journal[mode] = append(r.journal[mode], arc)
	return true
}

// everywhere stands for all nodes.
const everywhere = -1

// to returns the up-to-date tree of a destination, grown as far as a node, or whole. It is valid until the next call.
func (r *routes) to(mode sim.Mode, dest, from int32) *tree {
	t := r.find(mode, dest)
	r.grow(t, from)
	return t
}

// find returns the tree of a destination, with all changes taken in.
func (r *routes) find(mode sim.Mode, dest int32) *tree {
	key := int(mode)*len(r.net.nodes) + int(dest)
	r.clock++
	if k := r.slot[key]; k >= 0 {
		t := &r.trees[k]
		t.used = r.clock
		if t.epoch != r.epoch[mode] || t.seen != len(r.journal[mode]) {
			r.refresh(t)
		}
		return t
	}
	k := r.vacant()
	r.slot[key] = int32(k)
	t := &r.trees[k]
	t.mode, t.dest, t.used, t.again = mode, dest, r.clock, false
	r.plant(t)
	return t
}

// vacant returns the number of a tree to fill: a new one, or the one that was not asked for the longest time.
func (r *routes) vacant() int {
	nodes := len(r.net.nodes)
	if len(r.trees) < r.limit {
		r.trees = append(r.trees, tree{dist: make([]int64, nodes), next: make([]int32, nodes)})
		return len(r.trees) - 1
	}
	oldest := 0
	for k := range r.trees {
		if r.trees[k].used < r.trees[oldest].used {
			oldest = k
		}
	}
	t := &r.trees[oldest]
	r.slot[int(t.mode)*nodes+int(t.dest)] = -1
	return oldest
}

// refresh takes in the changes since the tree was last used: by repair when they are few, else from scratch. Only a
// whole tree can be repaired, so that one that is asked for again after a change is made whole.
func (r *routes) refresh(t *tree) {
	news := len(r.journal[t.mode]) - t.seen
	if t.radius < closed || t.epoch != r.epoch[t.mode] || news > len(r.net.tail)/8 {
		r.plant(t)
		if t.again {
			r.grow(t, everywhere)
		}
		t.again = true
		return
	}
	r.repair(t, r.journal[t.mode][t.seen:])
	t.seen += news
}

// plant begins the tree anew: it has not grown at all.
func (r *routes) plant(t *tree) {
	for node := range t.dist {
		t.dist[node], t.next[node] = closed, -1
	}
	t.heap.items = t.heap.items[:0]
	t.dist[t.dest], t.radius = 0, -1
	t.heap.push(0, t.dest)
	t.epoch, t.seen = r.epoch[t.mode], len(r.journal[t.mode])
}

// grow works the tree out with Dijkstra's algorithm, backwards from the destination, as far as a node: it takes the
// nearest node and offers the way through it to the nodes before it. What is within the radius then does not change any
// more: an arc takes at least a microsecond, so that all offers to a node come from nodes that were taken before it.
func (r *routes) grow(t *tree, from int32) {
	cost := r.cost[t.mode]
	for from == everywhere || t.dist[from] > t.radius {
		dist, node, ok := t.heap.pop()
		if !ok {
			t.radius = closed
			return
		}
		if dist > t.dist[node] {
			continue // a better way was found since
		}
		t.radius = dist
		for _, arc := range r.net.in.of(node) {
			r.offer(t, cost, arc, dist)
		}
	}
}

// offer proposes the arc, whose end is dist from the destination, to its start.
func (r *routes) offer(t *tree, cost []int64, arc int32, dist int64) {
	from := r.net.tail[arc]
	if from == t.dest {
		return
	}
	switch d := dist + cost[arc]; {
	case d >= closed || d > t.dist[from]:
	case d < t.dist[from]:
		t.dist[from], t.next[from] = d, arc
		t.heap.push(d, from)
	case arc < t.next[from]:
		t.next[from] = arc
	}
}

// repair corrects the tree after the costs of some arcs have changed. A node whose way led over a changed arc, and
// every node whose way led through such a node, loses its way and gets a new one, first from neighbours that kept
// theirs; an arc that became cheaper is offered to its start. Settling then carries the news on.
func (r *routes) repair(t *tree, arcs []int32) {
	cost := r.cost[t.mode]
	r.lost = r.lost[:0]
	for _, arc := range arcs {
		if from := r.net.tail[arc]; t.next[from] == arc && t.dist[from] != t.dist[r.net.head[arc]]+cost[arc] {
			r.lose(t, from)
		}
	}
	for i := 0; i < len(r.lost); i++ {
		for _, arc := range r.net.in.of(r.lost[i]) {
			if from := r.net.tail[arc]; t.next[from] == arc {
				r.lose(t, from)
			}
		}
	}
	for _, node := range r.lost {
		t.dist[node], t.next[node] = closed, -1
	}
	for _, node := range r.lost {
		for _, arc := range r.net.out.of(node) {
			to := r.net.head[arc]
			// Arcs come in the order of their numbers, so that the lowest of equal ones stays.
			if d := t.dist[to] + cost[arc]; !r.isLost[to] && d < t.dist[node] {
				t.dist[node], t.next[node] = d, arc
			}
		}
		if t.next[node] >= 0 {
			t.heap.push(t.dist[node], node)
		}
	}
	for _, arc := range arcs {
		if to := r.net.head[arc]; !r.isLost[to] && t.dist[to] < closed {
			r.offer(t, cost, arc, t.dist[to])
		}
	}
	for _, node := range r.lost {
		r.isLost[node] = false
	}
	r.grow(t, everywhere)
}

// lose marks a node as without a way.
func (r *routes) lose(t *tree, node int32) {
	if !r.isLost[node] {
		r.isLost[node] = true
		r.lost = append(r.lost, node)
	}
}

// distHeap is a 4-ary heap of nodes by distance. A node may be in it several times; the nearest entry counts.
type distHeap struct{ items []distItem }

type distItem struct {
	dist int64
	node int32
}

func (h *distHeap) push(dist int64, node int32) {
	h.items = append(h.items, distItem{dist, node})
	i := len(h.items) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if h.items[parent].dist <= dist {
			break
		}
		h.items[i] = h.items[parent]
		i = parent
	}
	h.items[i] = distItem{dist, node}
}

func (h *distHeap) pop() (dist int64, node int32, ok bool) {
	if len(h.items) == 0 {
		return 0, 0, false
	}
	top := h.items[0]
	last := h.items[len(h.items)-1]
	h.items = h.items[:len(h.items)-1]
	n := len(h.items)
	for i := 0; n > 0; {
		best := 4*i + 1
		if best >= n {
			h.items[i] = last
			break
		}
		for c := best + 1; c < min(4*i+5, n); c++ {
			if h.items[c].dist < h.items[best].dist {
				best = c
			}
		}
		if h.items[best].dist >= last.dist {
			h.items[i] = last
			break
		}
		h.items[i] = h.items[best]
		i = best
	}
	return top.dist, top.node, true
}
