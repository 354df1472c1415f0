package road

import "math"

// closed is the cost of an arc that cannot be entered, and the distance of a place without a way [µs].
const closed = math.MaxInt64 / 4

// tree holds the fastest ways to one destination as one sight has them: from every state, or, until somebody asks
// from further away, from those states that are as near as its radius. Distances are whole microseconds, and of several
// arcs that are equally good the lowest one is taken: within its radius a tree is a function of the costs alone,
// whatever growth and repairs it went through, and is no part of the state of the roads.
type tree struct {
	sight  sight
	dest   int32
	pages  []*page  // of states by number; nil where nothing is known of any of them
	radius int64    // up to which it has grown [µs]; closed when it is whole
	outer  int64    // distance of the farthest state within the radius [µs]
	need   int64    // how far away it was asked from since it was last corrected [µs]
	heap   distHeap // from where it grows on
	taken  int      // states within the radius, about
	epoch  int      // of the journal
	seen   int      // entries of the journal that it has taken in
	used   uint64   // when it was last asked for
}

// everywhere stands for all states.
const everywhere = -1

// plant begins the tree anew: it has not grown at all.
func (r *routes) plant(t *tree) {
	r.forestOf(t.sight).clear(t)
	t.heap.clear()
	t.radius, t.outer, t.taken = -1, 0, 0
	switch nodes := int32(len(r.net.nodes)); {
	case !t.sight.turns() && t.dest == nodes:
		for _, node := range r.net.refuges {
			r.seed(t, node)
		}
	case !t.sight.turns():
		r.seed(t, t.dest)
	case t.dest < nodes:
		for _, arc := range r.net.in.of(t.dest) {
			r.seed(t, arc)
		}
	default:
		r.seed(t, t.dest-nodes)
	}
	t.epoch, t.seen = r.epoch[t.sight], len(r.journal[t.sight])
}

// seed makes a state the destination, or part of it.
func (r *routes) seed(t *tree, state int32) {
	*r.forestOf(t.sight).edit(t, state) = leaf{0, -1}
	t.heap.push(0, state)
}

// grow works the tree out as far as a state, or everywhere.
func (r *routes) grow(t *tree, to int32) {
	for to == everywhere || t.dist(to) > t.radius {
		if r.step(t) < 0 {
			return
		}
	}
}

// step takes Dijkstra's algorithm, backwards from the destination, one state further, and returns that state, or -1
// when the tree is whole. What is within the radius does not change any more: an arc takes at least a microsecond, so
// that all offers to a state come from states that were taken before it.
func (r *routes) step(t *tree) int32 {
	for {
		dist, state, ok := t.heap.pop()
		if !ok {
			t.radius = closed
			return -1
		}
		if dist != t.dist(state) {
			continue // another way was found since
		}
		t.radius, t.outer = dist, dist
		t.taken++
		r.spread(t, state, dist)
		return state
	}
}

// spread offers the way from a state, which is dist from the destination, to the states before it.
func (r *routes) spread(t *tree, state int32, dist int64) {
	n, cost, f := r.net, r.cost[t.sight], r.forestOf(t.sight)
	if !t.sight.turns() {
		for _, arc := range n.in.of(state) {
			f.offer(t, n.tail[arc], arc, dist+cost[arc])
		}
		return
	}
	if dist += cost[state]; dist >= closed {
		return
	}
	for _, before := range n.in.of(n.tail[state]) {
		if loss, ok := n.turn(before, state); ok {
			f.offer(t, before, state, dist+loss)
		}
	}
}

// spreadOver offers the way over an arc to who may take it, if the state to which it leads has kept its way and lies
// within the radius.
func (r *routes) spreadOver(t *tree, f *forest, arc int32) {
	to := arc
	if !t.sight.turns() {
		to = r.net.head[arc]
	}
	switch {
	case f.isLost[to] || t.dist(to) >= closed || t.dist(to) > t.radius:
	case t.sight.turns():
		r.spread(t, arc, t.dist(arc))
	default:
		f.offer(t, r.net.tail[arc], arc, t.dist(to)+r.cost[t.sight][arc])
	}
}

// offer proposes a way to a state: its first arc, and how long it is from there.
func (f *forest) offer(t *tree, state, arc int32, dist int64) {
	switch have := t.at(state); {
	case dist < have.dist:
		*f.edit(t, state) = leaf{dist, arc}
		t.heap.push(dist, state)
	case dist == have.dist && arc < have.next:
		f.edit(t, state).next = arc
	}
}

// stands says whether the tree is right as it is after the costs of some arcs have changed, as far as it has grown.
// What lies behind its radius has not been looked at yet: an arc that leads there can do what it likes.
func (r *routes) stands(t *tree, arcs []int32) bool {
	n, cost := r.net, r.cost[t.sight]
	for _, arc := range arcs {
		if !t.sight.turns() {
			if to := n.head[arc]; t.dist(to) <= t.radius && t.moved(n.tail[arc], arc, t.dist(to)+cost[arc]) {
				return false
			}
			continue
		}
		if t.dist(arc) > t.radius {
			continue
		}
		for _, before := range n.in.of(n.tail[arc]) {
			if loss, ok := n.turn(before, arc); ok && t.moved(before, arc, t.dist(arc)+cost[arc]+loss) {
				return false
			}
		}
	}
	return true
}

// moved says whether a way that begins with an arc, and takes dist now, changes what the tree has for a state.
func (t *tree) moved(state, arc int32, dist int64) bool {
	dist = min(dist, closed)
	switch {
	case t.next(state) == arc:
		return dist != t.dist(state)
	case dist >= closed:
		return false
	}
	return dist < t.dist(state) || dist == t.dist(state) && arc < t.next(state)
}

// repair corrects the tree, as far as it has grown, after the costs of some arcs have changed. A state whose way led
// over a changed arc, and every state whose way led through such a state, loses its way and gets a new one, first from
// neighbours within the radius that kept theirs; an arc that became cheaper is offered to who may take it. Settling
// then carries the news on up to the radius. It says false, and leaves the tree to be planted anew, when so many have
// lost their ways that this is less work.
func (r *routes) repair(t *tree, arcs []int32) bool {
	f := r.forestOf(t.sight)
	f.lost = f.lost[:0]
	for _, arc := range arcs {
		r.loseOver(t, f, arc)
	}
	for i := 0; i < len(f.lost); i++ {
		r.loseThrough(t, f, f.lost[i])
	}
	few := 2*len(f.lost) <= t.taken
	if few {
		r.mend(t, f, arcs)
	}
	for _, state := range f.lost {
		f.isLost[state] = false
	}
	return few
}

// mend gives new ways to the states that have lost theirs, and carries news on.
func (r *routes) mend(t *tree, f *forest, arcs []int32) {
	for _, state := range f.lost {
		if t.dist(state) <= t.radius {
			t.taken--
		}
		*f.edit(t, state) = bare
	}
	r.spare = t.heap.rewind(r.spare, t)
	for _, state := range f.lost {
		r.regain(t, f, state)
	}
	for _, arc := range arcs {
		r.spreadOver(t, f, arc)
	}
	r.settle(t)
}

// settle works out what lies within the radius of a tree in which some states have new ways.
func (r *routes) settle(t *tree) {
	for {
		dist, state, ok := t.heap.pop()
		switch {
		case !ok:
			t.radius = closed
			return
		case dist != t.dist(state):
			continue
		case dist > t.radius:
			t.heap.push(dist, state)
			return
		}
		t.taken++
		t.outer = max(t.outer, dist)
		r.spread(t, state, dist)
	}
}

// loseOver takes their way from the states from which it begins with an arc whose cost has changed.
func (r *routes) loseOver(t *tree, f *forest, arc int32) {
	n, cost := r.net, r.cost[t.sight]
	if !t.sight.turns() {
		if from := n.tail[arc]; t.next(from) == arc && t.dist(from) != t.dist(n.head[arc])+cost[arc] {
			f.lose(from)
		}
		return
	}
	for _, before := range n.in.of(n.tail[arc]) {
		if t.next(before) != arc {
			continue
		}
		if loss, _ := n.turn(before, arc); t.dist(before) != t.dist(arc)+cost[arc]+loss {
			f.lose(before)
		}
	}
}

// loseThrough takes their way from the states from which it leads to a state that has lost its own.
func (r *routes) loseThrough(t *tree, f *forest, state int32) {
	n := r.net
	if t.sight.turns() {
		for _, before := range n.in.of(n.tail[state]) {
			if t.next(before) == state {
				f.lose(before)
			}
		}
		return
	}
	for _, arc := range n.in.of(state) {
		if from := n.tail[arc]; t.next(from) == arc {
			f.lose(from)
		}
	}
}

// regain gives a state that has lost its way the best one over states within the radius that have kept theirs. Arcs
// come in the order of their numbers, so that the lowest of equal ones stays.
func (r *routes) regain(t *tree, f *forest, state int32) {
	n, cost, got := r.net, r.cost[t.sight], bare
	at := state
	if t.sight.turns() {
		at = n.head[state]
	}
	for _, arc := range n.out.of(at) {
		to, loss, ok := n.head[arc], int64(0), true
		if t.sight.turns() {
			to = arc
			loss, ok = n.turn(state, arc)
		}
		if d := t.dist(to) + cost[arc] + loss; ok && !f.isLost[to] && t.dist(to) <= t.radius && d < got.dist {
			got = leaf{d, arc}
		}
	}
	if got.next >= 0 {
		*f.edit(t, state) = got
		t.heap.push(got.dist, state)
	}
}
