package road

import "slices"

// forest holds the trees over one kind of states: nodes, or, for who is bound by turns, arcs, at whose end he is.
//
// Most trees are asked for from near their destinations, and hold little of a county. So a tree keeps its states on
// pages, which it has as it grows. The pages of all trees are bounded: when there are too many, the trees that were not
// asked for the longest time are cut down.
type forest struct {
	states int
	dests  int // destinations that there can be: nodes, and behind them the refuges, or arcs at whose end one arrives
	trees  []tree
	slot   []int32 // number of the tree by sight and destination, or -1
	unused []int32 // trees that were cut down
	held   int     // pages that trees hold, and treeShare for each tree
	limit  int     // how many there may be
	free   []*page
	lost   []int32 // states whose way has to be found again
	isLost []bool
}

// leaf is what a tree has for a state.
type leaf struct {
	dist int64 // to the destination [µs]; final up to the tree's radius
	next int32 // first arc of the way; -1 at the destination and without a way
}

// bare is the leaf of a state without a way.
var bare = leaf{closed, -1}

const (
	leafBits = 8
	leaves   = 1 << leafBits
)

// treeShare is what a tree takes besides its pages, for its index and its heap, in pages: about 32 kB.
const treeShare = 8

// page holds the leaves of neighbouring states.
type page [leaves]leaf

// treeMemory bounds what the trees of a forest may take, about [bytes].
const treeMemory = 128 << 20

func newForest(states, dests int) forest {
	f := forest{states: states, dests: dests, isLost: make([]bool, states), slot: make([]int32, int(sightCount)*dests)}
	for i := range f.slot {
		f.slot[i] = -1
	}
	f.limit = treeMemory / (16 * leaves)
	return f
}

// at returns the leaf of a state.
func (t *tree) at(state int32) leaf {
	if p := t.pages[state>>leafBits]; p != nil {
		return p[state&(leaves-1)]
	}
	return bare
}

// dist returns how far a state is from the destination [µs].
func (t *tree) dist(state int32) int64 { return t.at(state).dist }

// next returns the first arc of the way from a state, or -1.
func (t *tree) next(state int32) int32 { return t.at(state).next }

// edit returns the leaf of a state to be changed.
func (f *forest) edit(t *tree, state int32) *leaf {
	p := &t.pages[state>>leafBits]
	if *p == nil {
		*p = f.page()
	}
	return &(*p)[state&(leaves-1)]
}

// page returns a page of bare leaves.
func (f *forest) page() *page {
	var p *page
	if n := len(f.free); n > 0 {
		p, f.free = f.free[n-1], f.free[:n-1]
	} else {
		p = new(page)
	}
	for i := range p {
		p[i] = bare
	}
	f.held++
	return p
}

// clear takes all pages from a tree.
func (f *forest) clear(t *tree) {
	for k, p := range t.pages {
		if p != nil {
			f.free = append(f.free, p)
			t.pages[k] = nil
			f.held--
		}
	}
}

// lose marks a state as without a way.
func (f *forest) lose(state int32) {
	if !f.isLost[state] {
		f.isLost[state] = true
		f.lost = append(f.lost, state)
	}
}

// add returns a tree for a destination, by its key among the slots; nothing is known of any state.
func (f *forest) add(key int) *tree {
	k := len(f.trees)
	if n := len(f.unused); n > 0 {
		k, f.unused = int(f.unused[n-1]), f.unused[:n-1]
	} else {
		f.trees = append(f.trees, tree{pages: make([]*page, (f.states+leaves-1)>>leafBits)})
	}
	f.slot[key] = int32(k)
	f.held += treeShare
	return &f.trees[k]
}

// thin cuts trees down when they hold too much: those that were not asked for the longest time, until a quarter is
// free.
func (f *forest) thin() {
	if f.held <= f.limit {
		return
	}
	var stamps []uint64
	for k := range f.trees {
		if f.has(k) {
			stamps = append(stamps, f.trees[k].used)
		}
	}
	slices.Sort(stamps)
	for len(stamps) > 1 && f.held > f.limit*3/4 {
		n := (len(stamps) + 3) / 4
		f.cut(stamps[n-1])
		stamps = stamps[n:]
	}
}

// has says whether a tree stands.
func (f *forest) has(k int) bool { return f.slot[f.keyOf(&f.trees[k])] == int32(k) }

func (f *forest) keyOf(t *tree) int { return int(t.sight)*f.dests + int(t.dest) }

// cut cuts down the trees that were not asked for since an instant of the clock.
func (f *forest) cut(since uint64) {
	for k := range f.trees {
		if t := &f.trees[k]; f.has(k) && t.used <= since {
			f.clear(t)
			t.heap = distHeap{}
			f.slot[f.keyOf(t)] = -1
			f.unused = append(f.unused, int32(k))
			f.held -= treeShare
		}
	}
}
