package generate

import (
	"cmp"
	"math"
	"slices"

	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// What roads avoid (assumed): costs are in metres of level road.
const (
	routeCells    = 130   // cells of the roads' grid along the map's height
	routeCellMin  = 50.0  // and at least so large [m]
	routeCellMax  = 250.0 // and at most [m]
	slopeFree     = 0.03  // roads do not mind such a slope
	slopeCost     = 45.0  // a metre at 1 in 10 costs 1 + 45 x 0.07 metres
	riverCost     = 900.0 // of a step over the main river
	streamCost    = 220.0 // of a step over a stream
	builtCost     = 2.5   // factor on the way through a third place
	sharedCost    = 0.45  // factor on the way where there is a road already
	winding       = 0.45  // roads find the ground uneven by so much
	windingWave   = 700.0 // over such lengths [m]
	bridgeFree    = 800.0 // a further road may cross the river where straight distances grow by so much [m]
	detourMax     = 2.0   // a further road is built where the way round is so many times longer than the straight one
	crossPenalty  = 4000  // straight distances over the main river count so much more [m]
	neighbourhood = 6     // places that a place may get a further road to
)

// road is a wanted connection between two settlements.
type road struct {
	a, b  int // settlements; b is -1 for the map's western edge and -2 for the eastern one
	class scenario.RoadClass
	dist  float64
}

// apart is the distance between two settlements as road builders see it [m].
func (c *county) apart(a, b int) float64 {
	p, q := c.settlements[a].at, c.settlements[b].at
	d := p.Dist(q)
	if (p.Y > c.riverY(p.X)) != (q.Y > c.riverY(q.X)) {
		d += crossPenalty
	}
	return d
}

// planRoads decides which places are joined: the county town with both ends of the valley, then every place with the
// nearest one that has a road, the larger places first, then neighbours that would have a long way round.
func (c *county) planRoads() []road {
	roads := []road{{0, -1, scenario.RoadPrimary, 0}, {0, -2, scenario.RoadPrimary, 0}}
	joined := []int{0}
	classes := []scenario.RoadClass{scenario.RoadPrimary, scenario.RoadSecondary, scenario.RoadTertiary,
		scenario.RoadUnclassified, scenario.RoadSecondary}
	for _, r := range []rank{town, park, village, hamlet} {
		var waiting []int
		for k := range c.settlements {
			if s := &c.settlements[k]; s.rank == r && len(s.blocks) > 0 {
				waiting = append(waiting, k)
			}
		}
		roads = append(roads, c.join(&joined, waiting, classes[r])...)
	}
	if over := c.opposite(joined); over > 0 {
		d := c.settlements[0].at.Dist(c.settlements[over].at)
		roads = append(roads, road{0, over, scenario.RoadSecondary, d})
	}
	return append(roads, c.shortcuts(roads, joined)...)
}

// opposite returns the place across the river from the county town, the nearest one that is no hamlet; 0 for none.
func (c *county) opposite(places []int) int {
	best, at := 0, c.settlements[0].at
	for _, k := range places {
		s := &c.settlements[k]
		across := (s.at.Y > c.riverY(s.at.X)) != (at.Y > c.riverY(at.X))
		if across && s.rank != hamlet && (best == 0 || s.at.Dist2(at) < c.settlements[best].at.Dist2(at)) {
			best = k
		}
	}
	return best
}

// join connects waiting places to those that are joined, always the nearest pair next.
func (c *county) join(joined *[]int, waiting []int, class scenario.RoadClass) []road {
	var roads []road
	near := make([]road, len(waiting))
	for i, k := range waiting {
		near[i] = road{k, -1, class, math.Inf(1)}
		for _, o := range *joined {
			if d := c.apart(k, o); d < near[i].dist {
				near[i].b, near[i].dist = o, d
			}
		}
	}
	for len(near) > 0 {
		best := 0
		for i := range near {
			if near[i].dist < near[best].dist {
				best = i
			}
		}
		next := near[best]
		near = slices.Delete(near, best, best+1)
		roads = append(roads, next)
		*joined = append(*joined, next.a)
		for i := range near {
			if d := c.apart(near[i].a, next.a); d < near[i].dist {
				near[i].b, near[i].dist = next.a, d
			}
		}
	}
	return roads
}

// shortcuts joins neighbours between which the way over the planned roads would be long.
func (c *county) shortcuts(roads []road, places []int) []road {
	g := newPlaceGraph(len(c.settlements))
	straight := func(a, b int) float64 {
		d := c.settlements[a].at.Dist(c.settlements[b].at)
		if c.apart(a, b) > d {
			d += bridgeFree
		}
		return d
	}
	for _, r := range roads {
		if r.b >= 0 {
			g.add(r.a, r.b, straight(r.a, r.b))
		}
	}
	var extra []road
	for _, a := range places {
		if c.settlements[a].rank == hamlet {
			continue
		}
		near := slices.Clone(places)
		slices.SortStableFunc(near, func(x, y int) int { return cmp.Compare(straight(a, x), straight(a, y)) })
		for _, b := range near[1:min(neighbourhood, len(near))] {
			if c.settlements[b].rank == hamlet {
				continue
			}
			d := straight(a, b)
			if g.distance(a, b, detourMax*d) > detourMax*d {
				class := scenario.RoadTertiary
				if c.settlements[a].rank <= town && c.settlements[b].rank <= town {
					class = scenario.RoadSecondary
				}
				extra = append(extra, road{a, b, class, d})
				g.add(a, b, d)
			}
		}
	}
	return extra
}

// placeGraph is the graph of the settlements, for distances over planned roads.
type placeGraph struct {
	next [][]int
	dist [][]float64
	best []float64
}

func newPlaceGraph(n int) *placeGraph {
	g := &placeGraph{make([][]int, n), make([][]float64, n), make([]float64, n)}
	for i := range g.best {
		g.best[i] = math.Inf(1)
	}
	return g
}

func (g *placeGraph) add(a, b int, d float64) {
	g.next[a], g.dist[a] = append(g.next[a], b), append(g.dist[a], d)
	g.next[b], g.dist[b] = append(g.next[b], a), append(g.dist[b], d)
}

// distance returns the way from a to b, infinite where it is longer than the limit.
func (g *placeGraph) distance(a, b int, limit float64) float64 {
	var front heap
	touched := []int{a}
	g.best[a] = 0
	front.push(0, int32(a))
	out := math.Inf(1)
	for len(front) > 0 {
		d, k := front.pop()
		if int(k) == b {
			out = d
			break
		}
		if d > g.best[k] || d > limit {
			continue
		}
		for i, n := range g.next[k] {
			if t := d + g.dist[k][i]; t < g.best[n] {
				g.best[n] = t
				touched = append(touched, n)
				front.push(t, int32(n))
			}
		}
	}
	for _, k := range touched {
		g.best[k] = math.Inf(1)
	}
	return out
}

// surveyor finds ways for roads on a coarse grid.
type surveyor struct {
	c     *county
	grid  geo.Grid
	z     []float64
	water []uint8 // 0 dry, 1 stream, 2 main river, 3 closed
	place []int32 // settlement whose outline holds the cell; -1 for none
	roads [][8]uint8
	best  []float64
	from  []int32
	rough []float64 // factor on the cost of each cell
	seen  []int32   // cells touched in the present search
}

// steps are the eight directions on the grid; direction d leads back by d^1.
var steps = [8][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}}

// newSurveyor looks at the ground.
func newSurveyor(c *county) *surveyor {
	size := math.Min(math.Max(math.Ceil(c.p.Height/routeCells/10)*10, routeCellMin), routeCellMax)
	v := &surveyor{c: c, grid: geo.Grid{NX: num.CeilInt(c.p.Width / size), NY: num.CeilInt(c.p.Height / size), Cell: size}}
	n := v.grid.Len()
	v.z, v.water, v.place, v.roads = make([]float64, n), make([]uint8, n), make([]int32, n), make([][8]uint8, n)
	v.best, v.from, v.rough = make([]float64, n), make([]int32, n), make([]float64, n)
	wind := newNoise(c.p.Seed, "winding", math.Max(windingWave, 5*size), 3, 0.6)
	count := make([]float64, n)
	for cell, z := range c.land.z {
		i, j := c.land.grid.IJ(cell)
		k, _ := v.grid.CellAt(c.land.grid.Centre(i, j))
		v.z[k] += z
		count[k]++
		v.water[k] = max(v.water[k], v.kind(cell))
	}
	for k := range n {
		v.best[k], v.place[k] = math.Inf(1), -1
		i, j := v.grid.IJ(k)
		v.rough[k] = 1 + math.Max(float64(2*winding*wind.at(v.grid.Centre(i, j))), -winding)
		if count[k] > 0 {
			v.z[k] /= count[k]
		} else {
			v.z[k] = c.land.ground(v.grid.Centre(i, j))
		}
	}
	for s := range c.settlements {
		v.occupy(s)
	}
	return v
}

// kind says what stands in a road's way in a cell of the terrain.
func (v *surveyor) kind(cell int) uint8 {
	l := v.c.land
	switch owner := l.flow.owner[cell]; {
	case owner == 0:
		return 2
	case l.dam != nil && v.c.closed[cell] && v.inBasin(cell):
		return 3
	case owner > 0:
		return 1
	}
	return 0
}

func (v *surveyor) inBasin(cell int) bool {
	i, j := v.c.land.grid.IJ(cell)
	at := v.c.land.grid.Centre(i, j)
	return float64((at.Y-v.c.land.axisAt(at.X))*v.c.land.inland()) > 50 && v.c.land.z[cell] <= v.c.land.dam.crest
}

// occupy marks the cells in a settlement's outline.
func (v *surveyor) occupy(k int) {
	s := &v.c.settlements[k]
	if len(s.blocks) == 0 {
		return
	}
	box := geo.Bounds(s.outline)
	i0, j0 := v.grid.ClampIJ(box.Min)
	i1, j1 := v.grid.ClampIJ(box.Max)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			if s.outline.Contains(v.grid.Centre(i, j)) {
				v.place[v.grid.Index(i, j)] = int32(k)
			}
		}
	}
	if i, j := v.grid.ClampIJ(s.at); v.place[v.grid.Index(i, j)] < 0 {
		v.place[v.grid.Index(i, j)] = int32(k)
	}
}

// start returns the cell where a road to a settlement, or to an edge of the map, begins.
func (v *surveyor) start(k int) int32 {
	switch {
	case k >= 0:
		i, j := v.grid.ClampIJ(v.c.settlements[k].at)
		return int32(v.grid.Index(i, j))
	case k == -1:
		return v.edge(0)
	}
	return v.edge(v.grid.NX - 1)
}

// edge returns the cell of a column at the foot of the hills on the county town's side.
func (v *surveyor) edge(i int) int32 {
	l := v.c.land
	x := v.grid.Centre(i, 0).X
	col := l.column(x)
	y := l.axis[col] + float64(l.inland()*(l.half[l.town.side][col]+l.riser()+float64(0.5*l.tread[l.town.side][col])))
	_, j := v.grid.ClampIJ(geo.Point{X: x, Y: y})
	return int32(v.grid.Index(i, j))
}

// survey finds the best way for a road and keeps it.
func (v *surveyor) survey(r road) {
	a, b := v.start(r.a), v.start(r.b)
	target := v.centre(b)
	var front heap
	v.reach(a, 0, -1)
	front.push(v.centre(a).Dist(target)*sharedCost, a)
	for len(front) > 0 {
		_, k := front.pop()
		if k == b {
			break
		}
		i, j := v.grid.IJ(int(k))
		for d, step := range steps {
			if !v.grid.Inside(i+step[0], j+step[1]) {
				continue
			}
			next := int32(v.grid.Index(i+step[0], j+step[1]))
			cost := v.best[k] + v.cost(k, next, d, r)
			if cost < v.best[next] {
				v.reach(next, cost, k)
				front.push(cost+float64(v.centre(next).Dist(target)*sharedCost), next)
			}
		}
	}
	for k := b; k != a && v.from[k] >= 0; k = v.from[k] {
		v.mark(v.from[k], k, r.class)
	}
	for _, k := range v.seen {
		v.best[k] = math.Inf(1)
	}
	v.seen = v.seen[:0]
}

// centre is the middle of a cell, held to the map, beyond whose edge the last cells may reach.
func (v *surveyor) centre(k int32) geo.Point {
	i, j := v.grid.IJ(int(k))
	p := v.grid.Centre(i, j)
	return geo.Point{X: math.Min(p.X, v.c.p.Width-1), Y: math.Min(p.Y, v.c.p.Height-1)}
}

func (v *surveyor) reach(k int32, cost float64, from int32) {
	v.best[k], v.from[k] = cost, from
	v.seen = append(v.seen, k)
}

// cost is the cost of one step, infinite where no road can go.
func (v *surveyor) cost(a, b int32, d int, r road) float64 {
	run := v.centre(a).Dist(v.centre(b))
	if has := v.roads[a][d]; has > 0 {
		return float64(run * sharedCost)
	}
	if v.water[b] == 3 || d >= 4 && v.crosses(a, d) {
		return math.Inf(1)
	}
	slope := math.Abs(v.z[a]-v.z[b]) / run
	cost := float64(run * v.rough[b] * (1 + float64(slopeCost*math.Max(slope-slopeFree, 0))))
	if p := v.place[b]; p >= 0 && int(p) != r.a && int(p) != r.b {
		cost = float64(cost * builtCost)
	}
	switch v.water[b] {
	case 1:
		cost += streamCost
	case 2:
		cost += riverCost
	}
	return cost
}

// crosses says whether a slanting step would cross a road on the other diagonal.
func (v *surveyor) crosses(a int32, d int) bool {
	i, j := v.grid.IJ(int(a))
	side := v.grid.Index(i+steps[d][0], j)
	for e := 4; e < 8; e++ {
		if steps[e][0] == -steps[d][0] && steps[e][1] == steps[d][1] {
			return v.roads[side][e] > 0
		}
	}
	return false
}

// mark keeps a step of a road in both directions; the larger class stays.
func (v *surveyor) mark(a, b int32, class scenario.RoadClass) {
	ai, aj := v.grid.IJ(int(a))
	bi, bj := v.grid.IJ(int(b))
	for d, step := range steps {
		if step[0] == bi-ai && step[1] == bj-aj {
			v.keep(a, d, class)
			v.keep(b, d^1, class)
		}
	}
}

// keep stores a class as one more than its number, so that 0 means none.
func (v *surveyor) keep(a int32, d int, class scenario.RoadClass) {
	if has := v.roads[a][d]; has == 0 || has > uint8(class)+1 {
		v.roads[a][d] = uint8(class) + 1
	}
}
