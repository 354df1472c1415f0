package road

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// straight is the cosine of the angle up to which going on at a node is no turn: 45 degrees (assumed).
const straight = 0.7071

// approach is the length of road by which its direction at a node is told [m] (assumed).
const approach = 15.0

// lanes tells how many lanes of a road serve a turn at its end. All of them lead straight on; who turns has one
// lane of its side, and where nothing leads straight on, the turns share them (assumed; so does SUMO's
// netconvert by default). A road of which all traffic turns thus gives the capacity of one lane.
type lanes struct {
	begins []geo.Point // unit vector of each arc at its start
	ends   []geo.Point // … at its end
	ahead  []int32     // arc that leads straight on from the end of each; -1 where none does
	side   []uint8     // lanes for each other way on; 0 where the arc has one lane or one way on
}

// newLanes works the lanes out for all arcs that vehicles use.
func newLanes(n *Network) lanes {
	s := lanes{ahead: make([]int32, len(n.tail)), side: make([]uint8, len(n.tail))}
	for arc := range n.tail {
		length := n.length[arc>>1]
		reach := min(approach, length)
		s.begins = append(s.begins, direction(n.at(int32(arc), 0), n.at(int32(arc), reach)))
		s.ends = append(s.ends, direction(n.at(int32(arc), length-reach), n.at(int32(arc), length)))
	}
	for arc := range n.tail {
		s.ahead[arc] = -1
		if l := &n.links[arc>>1]; !l.FootOnly && l.Lanes > 1 {
			s.share(n, int32(arc))
		}
	}
	return s
}

// share finds the way straight on from the end of an arc, and what is left to the others.
func (s *lanes) share(n *Network, arc int32) {
	ways, best := 0, straight
	for _, next := range n.out.of(n.head[arc]) {
		if next == arc^1 || n.links[next>>1].FootOnly || n.against(next) {
			continue
		}
		ways++
		if c := dot(s.ends[arc], s.begins[next]); c > best {
			best, s.ahead[arc] = c, next
		}
	}
	switch all := n.links[arc>>1].Lanes; {
	case ways < 2:
	case s.ahead[arc] >= 0:
		s.side[arc] = 1
	default:
		s.side[arc] = uint8(max(all/ways, 1))
	}
}

// left and right number the sides to which one turns.
const (
	right = iota
	left
	sideCount
)

// of returns how many lanes serve the way from an arc to the next, and the side on which they lie; 0 when all do.
func (s *lanes) of(arc, next int32) (count uint8, side int) {
	count = s.side[arc]
	if count == 0 || next == s.ahead[arc] {
		return 0, 0
	}
	a, b := s.ends[arc], s.begins[next]
	if next == arc^1 || float64(a.X*b.Y)-float64(a.Y*b.X) > -rounding { // who turns right round does so from the left
		return count, left
	}
	return count, right
}

// laneFree returns the instant from which the lane that leads from an arc to the next is free; past where all
// lanes do.
func (t *Traffic) laneFree(arc, next int32) sim.Time {
	if count, side := t.net.lanes.of(arc, next); count > 0 {
		return t.arcs[arc].sideAt[side]
	}
	return past
}

// useLane notes that so many cars have just gone from an arc to the next, over the lane that leads there. On all lanes
// together the next one would follow after no less than the given time.
func (t *Traffic) useLane(arc, next, units int32, follow sim.Time) {
	count, side := t.net.lanes.of(arc, next)
	if count == 0 {
		return
	}
	own := max(t.exitHeadway(arc), int64(follow)) * int64(max(t.flows[arc].across, 1)) / int64(count)
	t.arcs[arc].sideAt[side] = t.now.Add(sim.Duration(int64(units) * own))
}

// direction returns the vector of length 1 from one point to another; the zero vector when they are the same.
func direction(a, b geo.Point) geo.Point {
	d := a.Dist(b)
	if d == 0 {
		return geo.Point{}
	}
	return geo.Point{X: (b.X - a.X) / d, Y: (b.Y - a.Y) / d}
}

func dot(a, b geo.Point) float64 { return float64(a.X*b.X) + float64(a.Y*b.Y) }
