package road

import (
	"math"

	"sandtable/sim"
)

// rounding is taken off every bound, relative to it: more than sums of distances lose [-].
const rounding = 1e-9

// bounds are the shares of the straight line between two nodes that no way between them is shorter and faster than.
type bounds struct {
	metres  float64                // length over the straight line [-]
	seconds [sim.ModeCount]float64 // time over the straight line [s/m]
}

// newBounds takes for each mode the best of all links. A way is a chain of links and no shorter than the straight lines
// between their nodes; so what no link betters for its own straight line, no way does.
func newBounds(n *Network) bounds {
	b := bounds{metres: math.Inf(1)}
	for mode := range b.seconds {
		b.seconds[mode] = math.Inf(1)
	}
	for k := range n.links {
		l := &n.links[k]
		straight := n.nodes[l.From].At.Dist(n.nodes[l.To].At)
		if straight <= 0 {
			continue
		}
		b.metres = min(b.metres, n.length[k]/straight)
		for mode := sim.ModeFoot; mode < sim.ModeCount; mode++ {
			if top := topSpeed(mode, l); top > 0 {
				// Times are rounded to whole microseconds.
				seconds := max(n.length[k]/top-0.5e-6, 0)
				b.seconds[mode] = min(b.seconds[mode], seconds/straight)
			}
		}
	}
	return b
}

// topSpeed returns the highest speed of a mode on a link in any water [m/s]; 0 when it never is on it.
func topSpeed(mode sim.Mode, l *LinkSpec) float64 {
	top := 0.0
	if mode == sim.ModeFoot || mode == sim.ModeBike || !l.FootOnly {
		top = linkSpeed(mode, l, l.Speed, wet{})
	}
	if mode == sim.ModeBoat {
		top = math.Max(top, floatSpeed)
	}
	return top
}

// AtLeast returns lower bounds of the length [m] and of the travel time [s] that Distance returns, whatever water and
// orders do. It costs no search.
func (t *Traffic) AtLeast(mode sim.Mode, from, to sim.NodeID) (metres, seconds float64) {
	straight := t.net.nodes[from].At.Dist(t.net.nodes[to].At) * (1 - rounding)
	if straight == 0 {
		return 0, 0
	}
	seconds = straight * t.net.bounds.seconds[mode]
	if mode == sim.ModeFoot && t.cover != nil {
		seconds /= t.cover.brisk // downhill
	}
	return straight * t.net.bounds.metres, seconds
}
