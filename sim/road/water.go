package road

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// wet is the water on a link in steps of depth and of depth times speed.
type wet struct{ depth, flow uint8 }

// step returns the step of a value [in units of which size make a step], given the step it is in now: as much of the
// present step stays as lies within half a step above the value.
func step(now uint8, value, size int32) uint8 {
	rising, falling := value/size, (value+size/2)/size
	return uint8(min(max(int32(now), rising), falling, maxStep-1))
}

// coverage tells which cells of the ground each link crosses and which links and nodes lie in each tile. It is
// worked out once and never changes.
type coverage struct {
	ground *sim.Terrain
	start  []int32 // cells[start[k]:start[k+1]] are those of link k
	cells  []int32
	upto   []float64 // how far along its link each of the cells reaches [m]; not meant for tunnels
	own    []int32   // level of each link [mm]; unused OnGround
	boreOf []int32   // tunnel of each link; -1 on the surface
	bores  []bore
	node   []int32   // cell of each node; -1 inside a tunnel
	level  []int32   // level of each node [mm]
	perch  []int32   // level at which one waits at each node: that of the highest road that ends there [mm]
	climb  []float64 // share of the speed on level ground at which people walk along each arc [-]
	brisk  float64   // the greatest of them, and at least 1 [-]
	byTile incidence
	tileOf incidence // nodes by tile
}

// newCoverage walks along every link with steps of at most half a cell; of a tunnel only the portals count. A link that
// leaves the map is taken to be in the nearest cells.
func newCoverage(n *Network, ground *sim.Terrain) *coverage {
	c := &coverage{ground: ground, own: make([]int32, len(n.links))}
	c.findBores(n)
	tiles := sim.NewLayer(sim.LayerKey{}, geo.Grid{NX: ground.Grid.NX, NY: ground.Grid.NY, Cell: 1})
	var tileOfPair, pairLink []int32
	for k := range n.links {
		l := &n.links[k]
		c.start = append(c.start, int32(len(c.cells)))
		if !l.OnGround {
			c.own[k] = int32(num.RoundInt(l.Level * 1000))
		}
		last, before, gone := int32(-1), l.Shape[0], 0.0
		c.visit(n, k, func(p geo.Point) {
			cell := c.cellAt(p)
			from, start := before, gone
			before = p
			gone += from.Dist(p)
			if cell == last {
				return
			}
			if last >= 0 {
				border := start + from.Dist(lastIn(ground.Grid, last, from, p)) // along the shape
				c.upto = append(c.upto, border/n.drawn[k])
			}
			last = cell
			c.cells = append(c.cells, cell)
			tile := int32(tiles.Tile(int(cell)))
			if m := len(pairLink); m == 0 || pairLink[m-1] != int32(k) || tileOfPair[m-1] != tile {
				pairLink, tileOfPair = append(pairLink, int32(k)), append(tileOfPair, tile)
			}
		})
		if last >= 0 { // else it is a tunnel without portals
			c.upto = append(c.upto, n.length[k])
		}
	}
	c.start = append(c.start, int32(len(c.cells)))
	c.byTile = newIncidence(len(tiles.Dirty), tileOfPair)
	for i, pair := range c.byTile.arcs {
		c.byTile.arcs[i] = pairLink[pair]
	}
	c.addNodes(n, tiles)
	c.addClimbs(n)
	return c
}

// visit calls f with the points of link k at which water counts.
func (c *coverage) visit(n *Network, k int, f func(p geo.Point)) {
	if c.boreOf[k] < 0 {
		n.links[k].Shape.Visit(c.ground.Grid.Cell/2, f)
		return
	}
	for _, node := range c.bores[c.boreOf[k]].portals {
		f(n.nodes[node].At)
	}
}

// lastIn returns the point between two points at which the straight way from the first to the second leaves a cell, in
// which the first lies: to a thousandth of their distance, which is at most half a cell.
func lastIn(grid geo.Grid, cell int32, in, out geo.Point) geo.Point {
	for range 10 {
		middle := in.Lerp(out, 0.5)
		if i, j := grid.ClampIJ(middle); int32(grid.Index(i, j)) == cell {
			in = middle
		} else {
			out = middle
		}
	}
	return out
}

// addNodes finds each node's cell and level: the terrain's, or, where every link is raised above it, the lowest of
// theirs. Who waits at a node waits on the highest of the roads that meet there: at the end of a bridge or an
// embankment he stops on that, and not in the water at its foot.
func (c *coverage) addNodes(n *Network, tiles *sim.Layer) {
	tile := make([]int32, len(n.nodes))
	for k := range n.nodes {
		cell := c.cellAt(n.nodes[k].At)
		tile[k] = int32(tiles.Tile(int(cell)))
		if n.isBuried(int32(k)) {
			c.node, c.level, c.perch = append(c.node, -1), append(c.level, 0), append(c.perch, 0)
			continue
		}
		c.node = append(c.node, cell)
		level, perch, raised := int32(math.MaxInt32), int32(math.MinInt32), true
		for _, arc := range n.out.of(int32(k)) {
			if n.links[arc>>1].OnGround {
				raised = false
			} else if c.boreOf[arc>>1] < 0 {
				perch = max(perch, c.own[arc>>1])
			}
			level = min(level, c.own[arc>>1])
		}
		if !raised || level == math.MaxInt32 || level < c.ground.Bed[cell] {
			level = c.ground.Bed[cell]
		}
		c.level, c.perch = append(c.level, level), append(c.perch, max(perch, level))
	}
	c.tileOf = newIncidence(len(tiles.Dirty), tile)
}

// waterLayers are the published waters on the grid of the ground.
type waterLayers struct {
	bodies []sim.Body
	of     *sim.Layers // where they were found
	count  int         // how many layers there were
}

// find collects the waters when there are other layers than before. A hazard adds its layers before the first step, and
// the set of a world never shrinks.
func (w *waterLayers) find(layers *sim.Layers, ground *sim.Terrain) {
	if w.of == layers && w.count == len(layers.All()) {
		return
	}
	w.of, w.count = layers, len(layers.All())
	w.bodies = w.bodies[:0]
	for _, b := range layers.Bodies() {
		if b.Depth.Grid == ground.Grid {
			w.bodies = append(w.bodies, b)
		}
	}
}

// in returns the water in a cell, of several the one that governs.
func (w *waterLayers) in(cell int32) sim.Flow { return sim.FlowIn(w.bodies, cell) }

// dirty says whether anything changed in a tile in the last publication.
func (w *waterLayers) dirty(tile int) bool {
	for k := range w.bodies {
		if w.bodies[k].Dirty(tile) {
			return true
		}
	}
	return false
}

// onLink returns the worst depth [mm] and depth times speed [0.001 m2/s] along a link, and the most dangerous water,
// each above the link's own level.
func (w *waterLayers) onLink(c *coverage, n *Network, link int32) (depth, flow int32, worst peril) {
	for _, cell := range c.cells[c.start[link]:c.start[link+1]] {
		f := w.in(cell)
		d := over(f, liftOn(c, n, link, cell, f))
		if d == 0 {
			continue
		}
		depth = max(depth, d)
		here := peril{depth: d}
		if speed := speedOf(f); speed > 0 {
			flow = max(flow, num.Int32(math.Min(float64(d)*speed/1000, math.MaxInt32)))
			here.speed = num.Int32(math.Min(num.Round(speed), math.MaxInt32))
		}
		if here.worse(worst) {
			worst = here
		}
	}
	return depth, flow, worst
}

// lift returns how far the terrain of a cell lies above a link [mm], below 0 under a deck or a crest. A road on the
// surface is never under the ground: where a cell's mean elevation is above its deck or crest, as at the edge of an
// embankment, it lies on that ground, or a film of rain would be as deep as the difference. Of a tunnel see bedUnder.
func (c *coverage) lift(n *Network, link, cell int32) int32 {
	if n.links[link].OnGround {
		return 0
	}
	lift := c.bedUnder(link, cell) - c.own[link]
	if c.boreOf[link] < 0 {
		lift = min(lift, 0)
	}
	return lift
}

// over returns the depth of water above what lies so far below its ground [mm]; 0 where that is dry.
func over(f sim.Flow, lift int32) int32 {
	if f.Depth <= 0 {
		return 0
	}
	return max(f.Depth+lift, 0)
}

// liftOn returns lift for the water that is there: what does not pass the sill of a tunnel does not fill it.
func liftOn(c *coverage, n *Network, link, cell int32, f sim.Flow) int32 {
	lift := c.lift(n, link, cell)
	if c.boreOf[link] >= 0 && f.Depth <= sillDepth {
		return min(lift, 0)
	}
	return lift
}

// speedOf returns the speed of water [mm/s].
func speedOf(f sim.Flow) float64 {
	vx, vy := int64(f.VX), int64(f.VY)
	if vx == 0 && vy == 0 {
		return 0
	}
	return math.Sqrt(float64(vx*vx + vy*vy))
}

// overCell returns the water in a cell above what lies so far below its ground [mm].
func (w *waterLayers) overCell(cell, lift int32) peril {
	f := w.in(cell)
	d := over(f, lift)
	if d == 0 {
		return peril{}
	}
	return peril{d, num.Int32(math.Min(num.Round(speedOf(f)), math.MaxInt32))}
}

// stretchAt returns which of the link's cells lies at so many metres from its start; at the border of two cells the one
// that comes next on the way.
func (c *coverage) stretchAt(link int32, metres float64, ahead bool) int32 {
	k, last := c.start[link], c.start[link+1]-1
	for k < last && (metres > c.upto[k] || ahead && metres == c.upto[k]) {
		k++
	}
	return k
}

// atNode returns the water at a node; inside a tunnel the worst on its lowest floor there.
func (w *waterLayers) atNode(c *coverage, n *Network, node int32) peril {
	cell := c.node[node]
	if cell < 0 {
		_, _, worst := w.onLink(c, n, c.floorAt(n, node))
		return worst
	}
	return w.overCell(cell, c.ground.Bed[cell]-c.level[node])
}

// atPerch returns the water where one waits at a node.
func (w *waterLayers) atPerch(c *coverage, n *Network, node int32) peril {
	if cell := c.node[node]; cell >= 0 {
		return w.overCell(cell, c.ground.Bed[cell]-c.perch[node])
	}
	return w.atNode(c, n, node)
}
