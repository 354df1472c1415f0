package road

import "sandtable/sim/num"

// Tobler's hiking function (1993): people walk at 6 km/h exp(-3.5 |g + 0.05|) on a gradient g, fastest slightly
// downhill. Here as a share of the speed on level ground.
const (
	toblerRate = 3.5
	toblerBest = -0.05 // gradient on which people are fastest [-]
	steepest   = 1.0   // gradient beyond which nothing changes [-]; no road comes near it
)

// climbShare returns the share of their speed on level ground at which people walk along a gradient [-].
func climbShare(gradient float64) float64 {
	off := min(max(gradient, -steepest), steepest) - toblerBest
	return num.Exp(float64(-toblerRate * (max(off, -off) + toblerBest)))
}

// addClimbs works out how fast people walk up and down each link. A link on the ground rises evenly from the level of
// one node to that of the other; one with a level of its own, as a bridge, is level. The terrain tells nothing of what
// is smaller than a cell: the rise counts over the length of a cell at least.
func (c *coverage) addClimbs(n *Network) {
	c.brisk = 1
	for k := range n.links {
		gradient := 0.0
		if from, to := n.tail[2*k], n.tail[2*k+1]; n.links[k].OnGround {
			rise := float64(c.level[to]-c.level[from]) / 1000
			gradient = rise / max(n.length[k], c.ground.Grid.Cell)
		}
		c.climb = append(c.climb, climbShare(gradient), climbShare(-gradient))
		c.brisk = max(c.brisk, c.climb[2*k], c.climb[2*k+1])
	}
}

// climbs returns the share of their speed on level ground at which people walk along an arc, or back on it [-].
func (t *Traffic) climbs(arc int32, back bool) float64 {
	switch {
	case t.cover == nil:
		return 1
	case back:
		return t.cover.climb[arc^1]
	}
	return t.cover.climb[arc]
}
