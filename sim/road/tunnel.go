package road

import (
	"math"

	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

// bore is a tunnel: all links under the ground that hang together. Water on the ground above is not in it. Water comes
// in at a portal, fills it as far as it can hold water, and runs out at its lowest portal.
type bore struct {
	portals []int32 // nodes at which it comes to the surface
	lip     int32   // ground at the lowest of them [mm]
}

// sillDepth is the depth of water at a portal up to which its sill and its drains keep the tunnel from filling [mm]:
// that of a film (assumed). Such water is on the road inside as it is outside.
const sillDepth = harm.FilmSteps

// deepBelow is how far a node inside a tunnel counts to lie above the terrain [m]: further than any water stands.
const deepBelow = 1000.0

// findBores joins the links under the ground to tunnels. A node is a portal where a road on the surface meets the
// tunnel, or where the tunnel ends.
func (c *coverage) findBores(n *Network) {
	c.boreOf = make([]int32, len(n.links))
	for k := range c.boreOf {
		c.boreOf[k] = -1
	}
	seen := make([]bool, len(n.nodes))
	for k := range n.links {
		if n.links[k].Tunnel && c.boreOf[k] < 0 {
			c.bores = append(c.bores, bore{lip: math.MaxInt32})
			c.follow(n, int32(n.links[k].From), seen)
		}
	}
}

// follow collects what hangs together with a node under the ground into the last tunnel.
func (c *coverage) follow(n *Network, first int32, seen []bool) {
	number := int32(len(c.bores) - 1)
	b := &c.bores[number]
	stack := []int32{first}
	for len(stack) > 0 {
		node := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[node] {
			continue
		}
		seen[node] = true
		if n.isPortal(node) {
			b.portals = append(b.portals, node)
			b.lip = min(b.lip, c.ground.Bed[c.cellAt(n.nodes[node].At)])
		}
		for _, arc := range n.out.of(node) {
			if n.links[arc>>1].Tunnel {
				c.boreOf[arc>>1] = number
				stack = append(stack, n.head[arc])
			}
		}
	}
}

// isPortal says whether a node with a link under the ground lies on the surface.
func (n *Network) isPortal(node int32) bool {
	arcs := n.out.of(node)
	for _, arc := range arcs {
		if !n.links[arc>>1].Tunnel {
			return true
		}
	}
	return len(arcs) == 1
}

// isBuried says whether a node lies inside a tunnel.
func (n *Network) isBuried(node int32) bool {
	arcs := n.out.of(node)
	return len(arcs) > 0 && n.links[arcs[0]>>1].Tunnel && !n.isPortal(node)
}

// floorAt returns the link whose floor is the lowest at a node inside a tunnel.
func (c *coverage) floorAt(n *Network, node int32) int32 {
	lowest := int32(-1)
	for _, arc := range n.out.of(node) {
		if link := arc >> 1; lowest < 0 || c.own[link] < c.own[lowest] {
			lowest = link
		}
	}
	return lowest
}

// cellAt returns the cell of a point, the nearest one for a point off the map.
func (c *coverage) cellAt(p geo.Point) int32 {
	i, j := c.ground.Grid.ClampIJ(p)
	return int32(c.ground.Grid.Index(i, j))
}

// bedUnder returns the level from which the water of a cell counts for a link with a level of its own [mm]: the
// terrain's. In a tunnel it counts at most from the lip on, since higher water runs through and out there.
func (c *coverage) bedUnder(link, cell int32) int32 {
	bed := c.ground.Bed[cell]
	if k := c.boreOf[link]; k >= 0 {
		bed = min(bed, max(c.bores[k].lip, c.own[link]))
	}
	return bed
}

// portalOf returns where somebody who is stranded in a tunnel is taken to be: at the portal with the most water, of
// dry ones the nearest; and how far he stands above the terrain there [m], on the floor of a tunnel that fills. ok is
// false for a tunnel without.
func (t *Traffic) portalOf(link int32, at geo.Point) (spot geo.Point, rise float64, ok bool) {
	c, most, near := t.cover, int32(-1), math.Inf(1)
	for _, node := range c.bores[c.boreOf[link]].portals {
		place := t.net.nodes[node].At
		cell := c.cellAt(place)
		f := t.layers.in(cell)
		lift := liftOn(c, t.net, link, cell, f)
		depth := over(f, lift)
		if away := place.Dist(at); depth > most || depth == most && away < near {
			most, near, ok = depth, away, true
			spot, rise = place, float64(-lift)/1000
		}
	}
	return spot, rise, ok
}
