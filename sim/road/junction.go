package road

import (
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/num"
)

// junctions are the nodes at which vehicles hinder each other, with who goes before whom. They never change.
//
// A junction has movements: from an arc that ends there to one that begins there. Junctions of one shape share a
// pattern: the table of their movements.
type junctions struct {
	at       []int32 // by node: number of its junction; -1 where nobody hinders anybody
	node     []int32 // of each junction
	pattern  []int32 // of each junction
	first    []int32 // of each junction: where its movements begin among those of all
	moves    int     // of all junctions
	patterns []pattern
	place    []uint8   // by arc: its place among the arcs that end where it ends
	exit     []uint8   // by arc: its place among the arcs that begin where it begins
	green    []float64 // by arc: share of green at its end; 1 without a signal; nil when there are no signals
	pause    []float64 // by arc: mean wait for green on a road that is not full [s]; nil when there are no signals
}

// pattern is the shape of a junction.
type pattern struct {
	ins, outs uint8
	signal    bool
	stop      bool       // everybody stops, and one goes after the other
	moves     []movement // number in·outs + out
}

// movement is a way through a junction.
type movement struct {
	cross  uint64   // movements of other arms whose paths cross its own
	others uint64   // all movements of other arms
	merge  uint64   // movements of other arms into the same arc
	yields uint64   // of all these, those that go before it
	rank   uint8    // 1 goes first
	occupy sim.Time // for so long its path is shut to those that cross it
	gap    sim.Time // it goes when nobody whom it yields to comes within this time
	follow sim.Time // least time to the next vehicle from its arc
}

// noPlace is the place of an arc without vehicles.
const noPlace = math.MaxUint8

// mostPlaces is how many arcs with vehicles may end, and begin, at a junction whose paths are looked at one by one. At
// a larger one all paths from different arcs cross.
const mostPlaces = 8

// arm is a road as seen from a node.
type arm struct {
	out     int32 // arc that leads away; out^1 leads to the node
	angle   float64
	in, off bool // vehicles come in by it, go off by it
	rank    int  // LinkSpec.Rank; roundabouts stand above all ranks
	lanes   int
	flow    float64 // capacity into the node [veh/h]
}

// circleRank is the rank of arms that are part of a roundabout.
const circleRank = math.MaxUint8 + 1

// nearby is how far from the node the direction of an arm is taken [m] (assumed).
const nearby = 10.0

// newJunctions works out all junctions.
func newJunctions(n *Network) junctions {
	js := junctions{at: make([]int32, len(n.nodes)), place: make([]uint8, len(n.tail)), exit: make([]uint8, len(n.tail))}
	for arc := range js.place {
		js.place[arc], js.exit[arc] = noPlace, noPlace
	}
	known := map[string]int32{} // pattern by its key
	var arms []arm
	for node := range n.nodes {
		js.at[node] = -1
		control := n.nodes[node].Control
		if n.rules.Free || control == ControlFree {
			continue
		}
		if arms = n.armsOf(int32(node), arms[:0]); len(arms) < 3 {
			continue
		}
		p := newPattern(arms, control)
		if p.moves == nil {
			continue
		}
		js.add(n, int32(node), p, known)
		js.setPlaces(arms, int(p.outs))
		if p.signal {
			js.setGreen(n, arms)
		}
	}
	return js
}

// add notes a junction.
func (js *junctions) add(n *Network, node int32, p pattern, known map[string]int32) {
	key := p.key()
	number, ok := known[key]
	if !ok {
		number = int32(len(js.patterns))
		known[key] = number
		js.patterns = append(js.patterns, p)
	}
	js.at[node] = int32(len(js.node))
	js.node = append(js.node, node)
	js.pattern = append(js.pattern, number)
	js.first = append(js.first, int32(js.moves))
	js.moves += len(p.moves)
}

// setPlaces numbers the arcs at a junction in the order of its arms.
func (js *junctions) setPlaces(arms []arm, outs int) {
	in, out := 0, 0
	for _, a := range arms {
		if a.in {
			js.place[a.out^1] = uint8(min(in, 63))
			in++
		}
		if a.off {
			js.exit[a.out] = uint8(min(out, outs-1))
			out++
		}
	}
}

// key tells patterns apart.
func (p *pattern) key() string {
	b := []byte{p.ins, p.outs, 0}
	if p.signal {
		b[2] = 1
	}
	if p.stop {
		b[2] |= 2
	}
	for i := range p.moves {
		m := &p.moves[i]
		for _, v := range [...]uint64{m.cross, m.merge, m.yields, uint64(m.rank), uint64(m.occupy), uint64(m.gap),
			uint64(m.follow)} {
			for ; v >= 0x80; v >>= 7 {
				b = append(b, byte(v)|0x80)
			}
			b = append(b, byte(v))
		}
	}
	return string(b)
}

// armsOf appends the arms of a node by which vehicles come or go, counterclockwise.
func (n *Network) armsOf(node int32, arms []arm) []arm {
	for _, out := range n.out.of(node) {
		l := &n.links[out>>1]
		a := arm{out: out, in: n.carries(out ^ 1), off: n.carries(out), rank: int(l.Rank), lanes: l.Lanes}
		if !a.in && !a.off {
			continue
		}
		if l.Circle {
			a.rank = circleRank
		}
		a.flow = float64(l.Lanes) * l.Capacity
		d := n.at(out, min(nearby, n.length[out>>1])).Sub(n.nodes[node].At)
		a.angle = num.Atan2(d.Y, d.X)
		arms = append(arms, a)
	}
	slices.SortStableFunc(arms, func(a, b arm) int {
		switch {
		case a.angle < b.angle:
			return -1
		case a.angle > b.angle:
			return 1
		}
		return int(a.out - b.out)
	})
	return arms
}

// carries says whether vehicles drive along an arc when nothing is closed or turned round.
func (n *Network) carries(arc int32) bool { return n.headway[arc>>1] > 0 && !n.against(arc) }

// newPattern works out who goes before whom at a node; without movements where nobody hinders anybody.
func newPattern(arms []arm, control Control) pattern {
	var p pattern
	ins, outs := 0, 0
	for _, a := range arms {
		if a.in {
			ins++
		}
		if a.off {
			outs++
		}
	}
	if ins < 2 || outs == 0 {
		return p
	}
	top, lowest := topRank(arms)
	priority := control == ControlPriority || control == ControlAuto
	priority = priority && (top != lowest || ins == 2 && oneRoad(arms))
	switch {
	case ins > mostPlaces || outs > mostPlaces:
		p = crowded(arms, ins)
	default:
		p = pattern{ins: uint8(ins), outs: uint8(outs)}
		p.addMoves(arms)
	}
	if !p.crosses() && control != ControlSignal && !(priority && (top == circleRank || control == ControlPriority)) {
		return pattern{} // roads that only merge share the way on by their capacities
	}
	p.signal = control == ControlSignal
	if priority {
		p.setRanks(arms, top)
	} else {
		p.setStops(arms)
	}
	p.setOthers()
	return p
}

// topRank returns the highest and the lowest rank of the arms by which vehicles come in.
func topRank(arms []arm) (top, lowest int) {
	top, lowest = -1, circleRank
	for _, a := range arms {
		if a.in {
			top, lowest = max(top, a.rank), min(lowest, a.rank)
		}
	}
	return top, lowest
}

// oneRoad says whether two arms by which vehicles come in face each other: the others only lead away from their road.
func oneRoad(arms []arm) bool {
	var in []arm
	for _, a := range arms {
		if a.in {
			in = append(in, a)
		}
	}
	return turnOf(in[0], in[1]) == turnThrough
}

// crowded returns the pattern of a node with very many arms: one movement for each arm, which crosses all others.
func crowded(arms []arm, ins int) pattern {
	ins = min(ins, 64)
	p := pattern{ins: uint8(ins), outs: 1, moves: make([]movement, ins)}
	k := 0
	for _, a := range arms {
		if a.in && k < ins {
			p.moves[k] = movement{rank: 1, occupy: occupation(a.lanes), cross: ^uint64(1 << k)}
			if ins < 64 {
				p.moves[k].cross &= 1<<ins - 1
			}
			k++
		}
	}
	return p
}

// chord is a movement on the circle round a junction. Going counterclockwise, each arm has first its lanes out of the
// junction and then its lanes into it, as one drives on the right: those of arm k stand at 2k and 2k+1.
type chord struct{ from, to int }

// addMoves makes the movements of a junction with few arms: every arc in with every arc out, in the order of the arms.
// Paths between different arcs cross when they do so as chords of the circle.
func (p *pattern) addMoves(arms []arm) {
	var paths []chord
	for i, from := range arms {
		for j, to := range arms {
			if from.in && to.off {
				paths = append(paths, chord{2*i + 1, 2 * j})
				p.moves = append(p.moves, movement{rank: 1, occupy: occupation(from.lanes)})
			}
		}
	}
	for i, a := range paths {
		for j, b := range paths {
			switch {
			case a.from == b.from:
			case a.to == b.to:
				p.moves[i].merge |= 1 << j
			case a.holds(b.from) != a.holds(b.to):
				p.moves[i].cross |= 1 << j
			}
		}
	}
}

// holds says whether a place lies on the way counterclockwise from the beginning of the path to its end.
func (a chord) holds(place int) bool {
	if a.from < a.to {
		return a.from < place && place < a.to
	}
	return place > a.from || place < a.to
}

// crosses says whether any two paths cross.
func (p *pattern) crosses() bool {
	return slices.ContainsFunc(p.moves, func(m movement) bool { return m.cross != 0 })
}

// setOthers works out which movements are of other arms, and whom of them each movement lets go first.
func (p *pattern) setOthers() {
	for i := range p.moves {
		m := &p.moves[i]
		for j := range p.moves {
			if i/int(p.outs) != j/int(p.outs) {
				m.others |= 1 << j
			}
			if (m.cross|m.merge)>>j&1 == 1 && p.moves[j].rank < m.rank {
				m.yields |= 1 << j
			}
		}
	}
}

// Junction returns the control of a node as it works out, and whether vehicles hinder each other there at all.
func (n *Network) Junction(node sim.NodeID) (control Control, ok bool) {
	j := n.junctions.at[node]
	if j < 0 {
		return ControlFree, false
	}
	p := &n.junctions.patterns[n.junctions.pattern[j]]
	switch {
	case p.signal:
		return ControlSignal, true
	case p.stop:
		return ControlEqual, true
	}
	return ControlPriority, true
}
