package road

import (
	"cmp"
	"slices"

	"sandtable/sim"
)

// uTurnTime is what a vehicle takes to turn round at a node, in three moves [µs] (assumed).
const uTurnTime = int64(15 * sim.Second / sim.Microsecond)

// What vehicles may do at the end of an arc.
const (
	turnBack  uint8 = 1 << iota // turn round
	turnBans                    // there are turns that they must not make
	turnNever                   // there are no vehicles on it
)

// turns is what is known of the turns of a network.
type turns struct {
	at   []uint8 // by arc
	bans []Ban   // in order, without doubles
}

// newTurns works out which arcs end where vehicles may turn round.
func newTurns(n *Network) turns {
	s := turns{make([]uint8, len(n.tail)), slices.Clone(n.rules.Bans)}
	slices.SortFunc(s.bans, compareBans)
	s.bans = slices.Compact(s.bans)
	for _, ban := range s.bans {
		s.at[ban.From-1] |= turnBans
	}
	for arc := range s.at {
		switch {
		case n.links[arc>>1].FootOnly:
			s.at[arc] |= turnNever
		case n.rules.UTurn == UTurnAnywhere || n.endsHere(int32(arc)):
			s.at[arc] |= turnBack
		}
	}
	return s
}

func compareBans(a, b Ban) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

// endsHere says whether vehicles can go on from the end of an arc only by turning round.
func (n *Network) endsHere(arc int32) bool {
	for _, next := range n.out.of(n.head[arc]) {
		if next != arc^1 && n.headway[next>>1] > 0 && !n.against(next) {
			return false
		}
	}
	return true
}

// turn says whether vehicles may go from one arc to another, which begins where the first one ends, and what it costs
// them beyond their time on the arcs [µs].
func (n *Network) turn(from, to int32) (loss int64, ok bool) {
	at := n.turns.at[from]
	switch {
	case at == 0 && to != from^1:
		return 0, true
	case at&turnNever != 0:
		return 0, false
	case to == from^1:
		if at&turnBack == 0 {
			return 0, false
		}
		loss = uTurnTime
	}
	return loss, at&turnBans == 0 || !n.banned(from, to)
}

// banned looks a turn up among those that vehicles must not make.
func (n *Network) banned(from, to int32) bool {
	_, found := slices.BinarySearchFunc(n.turns.bans, Ban{sim.Arc(from + 1), sim.Arc(to + 1)}, compareBans)
	return found
}
