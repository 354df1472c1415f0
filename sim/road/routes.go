package road

import "sandtable/sim"

// sight is how somebody looks at the roads: the mode that he travels by, and what he knows of them. Each has costs of
// its own for all arcs.
type sight uint8

// Sights. The first ones are those of the modes, of who knows which links are closed.
const (
	sightHabit  = sight(sim.ModeCount) + iota // of car drivers who know their way on dry open roads
	sightTravel                               // of car drivers who know how long links take at present
	sightCount
)

// sightOf returns the sight of a driver, a walker or a crew.
func sightOf(mode sim.Mode, knows sim.Knowledge) sight {
	switch {
	case mode == sim.ModeCar && knows == sim.KnowsHabit:
		return sightHabit
	case mode == sim.ModeCar && knows == sim.KnowsTravel:
		return sightTravel
	}
	return sight(mode)
}

// mode returns the mode that a sight belongs to.
func (s sight) mode() sim.Mode {
	if s >= sightHabit {
		return sim.ModeCar
	}
	return sim.Mode(s)
}

// turns says whether who looks so at the roads is bound by turn bans and by the rules of turning round. Walkers, boats
// and emergency vehicles are not.
func (s sight) turns() bool {
	m := s.mode()
	return m == sim.ModeCar || m == sim.ModeCoach || m == sim.ModeVan
}

// routes keeps the costs of all arcs, and trees that are made when they are asked for and repaired when costs have
// changed.
type routes struct {
	net     *Network
	cost    [sightCount][]int64 // by arc [µs]
	journal [sightCount][]int32 // arcs whose costs changed, in order
	epoch   [sightCount]int     // counts how often the journal was emptied
	parts   [sightCount]parts
	byNode  forest
	byArc   forest
	clock   uint64
	spare   []distItem // memory that repairs share
}

func newRoutes(n *Network) *routes {
	r := &routes{net: n, byNode: newForest(len(n.nodes), len(n.nodes)+1)}
	r.byArc = newForest(len(n.tail), len(n.nodes)+len(n.tail))
	for s := range r.cost {
		r.cost[s] = make([]int64, len(n.tail))
	}
	return r
}

// forestOf returns the forest in which the trees of a sight stand.
func (r *routes) forestOf(s sight) *forest {
	if s.turns() {
		return &r.byArc
	}
	return &r.byNode
}

// set gives an arc a cost and says whether it is a new one.
func (r *routes) set(s sight, arc int32, cost int64) bool {
	if r.cost[s][arc] == cost {
		return false
	}
	if (cost >= closed) != (r.cost[s][arc] >= closed) {
		r.parts[s].fresh = false
	}
	r.cost[s][arc] = cost
	if len(r.journal[s]) > 2*len(r.net.tail)+64 {
		r.journal[s] = r.journal[s][:0]
		r.epoch[s]++
	}
	r.journal[s] = append(r.journal[s], arc)
	return true
}

// from returns the first arc of the fastest way from a node, and the time that the way takes; -1 and closed where there
// is none, and -1 and 0 at the destination.
func (r *routes) from(s sight, dest, node int32) (arc int32, dist int64) {
	end := dest
	if nodes := int32(len(r.net.nodes)); dest >= nodes {
		end = r.net.head[dest-nodes]
	}
	if r.apart(s, end, node) {
		return -1, closed
	}
	t := r.find(s, dest)
	if s.turns() && node == dest {
		return -1, 0
	}
	_, dist = r.known(t, node)
	for grown := 0; dist > t.radius; grown++ {
		if grown == growFirst {
			if r.divide(s); r.apart(s, end, node) {
				return -1, closed
			}
		}
		if state := r.step(t); state < 0 || state == node && !s.turns() || s.turns() && r.net.tail[state] == node {
			_, dist = r.known(t, node)
		}
	}
	t.need = max(t.need, dist)
	return r.known(t, node)
}

// known returns what a tree, as far as it has grown, has for a node: the first arc of the way and the time that it
// takes. It is final when it is not above the radius.
func (r *routes) known(t *tree, node int32) (arc int32, dist int64) {
	if !t.sight.turns() {
		return t.next(node), t.dist(node)
	}
	return r.best(t, node)
}

// nearestRefuge returns the refuge that is reached soonest from a node, and the time that the way takes; -1 and closed
// where there is none. One tree leads to all refuges: each state's way is that to the nearest.
func (r *routes) nearestRefuge(s sight, node int32) (to int32, dist int64) {
	t := r.find(s, int32(len(r.net.nodes)))
	r.grow(t, node)
	t.need = max(t.need, t.dist(node))
	if dist = t.dist(node); dist >= closed {
		return -1, closed
	}
	for to = node; t.next(to) >= 0; to = r.net.head[t.next(to)] {
	}
	return to, dist
}

// best returns the first arc of the fastest way that the tree knows from a node, and the time that it takes.
func (r *routes) best(t *tree, node int32) (arc int32, dist int64) {
	arc, dist = -1, closed
	for _, out := range r.net.out.of(node) {
		if d := t.dist(out) + r.cost[t.sight][out]; d < dist {
			arc, dist = out, d
		}
	}
	return arc, dist
}

// after returns the arc by which the fastest way goes on from the end of an arc; -1 where there is none, and at the
// destination.
func (r *routes) after(s sight, dest, arc int32) int32 {
	t := r.find(s, dest)
	state := arc
	if !s.turns() {
		state = r.net.head[arc]
	}
	if t.radius < closed {
		r.grow(t, state)
		if 2*t.taken > r.forestOf(s).states {
			r.grow(t, everywhere) // a whole tree need not look whether it has grown far enough
		}
	}
	t.need = max(t.need, t.dist(state))
	return t.next(state)
}

// find returns the tree of a destination, with all changes taken in. It is valid until the next call.
func (r *routes) find(s sight, dest int32) *tree {
	f := r.forestOf(s)
	key := int(s)*f.dests + int(dest)
	r.clock++
	f.thin()
	if k := f.slot[key]; k >= 0 {
		t := &f.trees[k]
		t.used = r.clock
		if t.epoch != r.epoch[s] || t.seen != len(r.journal[s]) {
			r.refresh(t)
		}
		return t
	}
	t := f.add(key)
	t.sight, t.dest, t.used, t.need = s, dest, r.clock, 0
	r.plant(t)
	return t
}

// refresh takes in the changes since the tree was last used. Often none of them touches it as far as it has grown: then
// it stands. Else it is repaired, or made from scratch where that is less work: when much has changed, or when it has
// grown over a far greater part of the roads than it was asked for since it was last corrected.
func (r *routes) refresh(t *tree) {
	journal := r.journal[t.sight]
	news := len(journal) - t.seen
	switch {
	case t.epoch != r.epoch[t.sight]:
		r.plant(t)
	case r.stands(t, journal[t.seen:]):
		t.seen += news
		return
	case news > len(r.net.tail)/8 || 2*t.need < t.outer || !r.repair(t, journal[t.seen:]):
		r.plant(t)
	default:
		t.seen += news
	}
	t.need = 0
}
