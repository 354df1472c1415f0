package generate

import (
	"math"
	"slices"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// Streets (assumed).
const (
	countyBlockLong = 160.0 // side of a block of the county town along the river [m]
	countyBlockDeep = 110.0 // the other side [m]
	townBlockLong   = 120.0 // of a town [m]
	townBlockDeep   = 90.0  // the other side [m]
	villageLong     = 95.0  // of a village [m]
	villageDeep     = 66.0  // the other side [m]
	hamletLong      = 70.0  // of a hamlet [m]
	hamletDeep      = 46.0  // the other side [m]
	crooked         = 0.09  // how far corners stray from the regular pattern, share of the block's depth
	crookedVillage  = 0.16  // the same in villages and hamlets
	bendTown        = 0.035 // how far the streets of the county town bend, share of its depth
)

// block is a piece of built-up land between four streets.
type block struct {
	col, row int
	corner   [4]geo.Point // counter-clockwise
	node     [4]sim.NodeID
	homes    int // households in it
	style    style

	institutions int // how many stand in it
}

// centre is the middle of a block.
func (b *block) centre() geo.Point {
	p := geo.Polygon(b.corner[:]).Centroid()
	return geo.Point{X: float64(p.X), Y: float64(p.Y)}
}

// inside returns the place at the shares u and v of a block's sides.
func (b *block) inside(u, v float64) geo.Point {
	return b.corner[0].Lerp(b.corner[1], u).Lerp(b.corner[3].Lerp(b.corner[2], u), v)
}

// frame is the pattern that a settlement's blocks are taken from.
type frame struct {
	cols, rows int
	corner     []geo.Point // (cols+1) x (rows+1), row by row
}

func (f *frame) at(i, j int) geo.Point { return f.corner[j*(f.cols+1)+i] }

// framed lays the pattern of a settlement's streets.
func (c *county) framed(k int) frame {
	s := &c.settlements[k]
	if s.rank == countyTown {
		return c.townFrame()
	}
	long, deep, stray := villageLong, villageDeep, crookedVillage
	switch s.rank {
	case town:
		long, deep, stray = townBlockLong, townBlockDeep, crooked
	case hamlet:
		long, deep = hamletLong, hamletDeep
	}
	f := frame{cols: 2*num.CeilInt(s.radius/long) + 1, rows: 2*num.CeilInt(s.radius/deep) + 1}
	d := dice.Roll(rng.New(c.p.Seed, "generate.streets"), k)
	across := geo.Point{X: -s.axis.Y, Y: s.axis.X}
	for j := range f.rows + 1 {
		for i := range f.cols + 1 {
			u := float64((float64(i) - float64(float64(f.cols)/2)) * long)
			v := float64((float64(j) - float64(float64(f.rows)/2)) * deep)
			u += float64(d.Between(-stray, stray) * deep)
			v += float64(d.Between(-stray, stray) * deep)
			p := s.at.Add(s.axis.Scale(u)).Add(across.Scale(v))
			f.corner = append(f.corner, p)
		}
	}
	return f
}

// townFrame lays the pattern of the county town: its first row follows the dyke, or the bank where there is none.
func (c *county) townFrame() frame {
	l := c.land
	f := frame{cols: max(num.RoundInt(l.town.length/countyBlockLong), 5)}
	f.rows = max(num.RoundInt(l.town.depth/countyBlockDeep), 4)
	deep := float64(l.town.depth / float64(f.rows))
	first := l.dykeOffset() + float64(1.5*l.grid.Cell) + 15 // from the river to the first street
	d := dice.Roll(rng.New(c.p.Seed, "generate.streets"), 0)
	stray := float64(crooked * deep)
	bend := newNoise(c.p.Seed, "streets", 0.5*l.town.depth, 2, 0.5)
	for j := range f.rows + 1 {
		for i := range f.cols + 1 {
			x := l.town.x + float64((float64(i)/float64(f.cols)-0.5)*l.town.length)
			y := c.riverY(x) + float64(l.inland()*(first+float64(float64(j)*deep)))
			p := geo.Point{X: x + d.Between(-stray, stray), Y: y + d.Between(-stray, stray)}
			p.X += float64(bendTown * l.town.depth * bend.at(geo.Point{X: x, Y: y + 1e5}))
			p.Y += float64(bendTown * l.town.depth * bend.at(geo.Point{X: x, Y: y}))
			if j == 0 {
				p.Y = y
			}
			f.corner = append(f.corner, p)
		}
	}
	return f
}

// lay chooses a settlement's blocks: from the middle outward, always beside one that is built already, on ground
// that can be built on.
func (c *county) lay(k int, want int) {
	s := &c.settlements[k]
	f := c.framed(k)
	s.frame = f
	d := dice.Roll(rng.New(c.p.Seed, "generate.blocks"), k)
	score := make([]float64, f.cols*f.rows)
	for b := range score {
		bl := f.block(b)
		score[b] = bl.centre().Dist(s.at) * d.Between(0.75, 1.25)
		if s.rank == countyTown {
			score[b] = 1
		}
		if !c.buildable(&bl, s) {
			score[b] = math.Inf(1)
		}
	}
	taken := make([]bool, len(score))
	for len(s.blocks) < want {
		best := -1
		for b := range score {
			ok := !taken[b] && !math.IsInf(score[b], 1) && (len(s.blocks) == 0 || f.touches(b, taken))
			if ok && (best < 0 || score[b] < score[best]) {
				best = b
			}
		}
		if best < 0 {
			break
		}
		taken[best] = true
		s.blocks = append(s.blocks, f.block(best))
	}
	slices.SortFunc(s.blocks, func(a, b block) int { return (a.row*f.cols + a.col) - (b.row*f.cols + b.col) })
	c.addStreets(k, &f, taken)
}

// block is one block of the pattern.
func (f *frame) block(b int) block {
	i, j := b%f.cols, b/f.cols
	return block{col: i, row: j, corner: [4]geo.Point{f.at(i, j), f.at(i+1, j), f.at(i+1, j+1), f.at(i, j+1)}}
}

// touches says whether a block shares a side with one that is taken.
func (f *frame) touches(b int, taken []bool) bool {
	i, j := b%f.cols, b/f.cols
	return i > 0 && taken[b-1] || i < f.cols-1 && taken[b+1] || j > 0 && taken[b-f.cols] || j < f.rows-1 && taken[b+f.cols]
}

// buildable says whether houses can stand on a block: on dry, even ground inside the settlement's circle.
func (c *county) buildable(b *block, s *settlement) bool {
	for _, p := range append([]geo.Point{b.centre()}, b.corner[:]...) {
		cell, ok := c.land.grid.CellAt(p)
		if !ok || c.land.flow.owner[cell] >= 0 || c.closed[cell] && s.rank != countyTown {
			return false
		}
		if s.rank != countyTown && p.Dist(s.at) > s.radius {
			return false
		}
	}
	return true
}

// addStreets makes nodes of the corners of a settlement's blocks and links of their sides.
func (c *county) addStreets(k int, f *frame, taken []bool) {
	s := &c.settlements[k]
	s.nodes[0] = len(c.nodes)
	at := make([]sim.NodeID, len(f.corner))
	for i := range at {
		at[i] = sim.None
	}
	node := func(i, j int) sim.NodeID {
		n := j*(f.cols+1) + i
		if at[n] < 0 {
			at[n] = c.addNode(f.corner[n])
		}
		return at[n]
	}
	used := func(i, j int) bool { return i >= 0 && j >= 0 && i < f.cols && j < f.rows && taken[j*f.cols+i] }
	for j := range f.rows + 1 {
		for i := range f.cols + 1 {
			if i < f.cols && (used(i, j) || used(i, j-1)) {
				c.addLink(node(i, j), node(i+1, j), c.street(s, f, j, f.rows), s.streetName(c, j, f.rows, true))
			}
			if j < f.rows && (used(i, j) || used(i-1, j)) {
				c.addLink(node(i, j), node(i, j+1), c.street(s, f, i, f.cols), s.streetName(c, i, f.cols, false))
			}
		}
	}
	for n := range s.blocks {
		b := &s.blocks[n]
		b.node = [4]sim.NodeID{node(b.col, b.row), node(b.col+1, b.row), node(b.col+1, b.row+1), node(b.col, b.row+1)}
	}
	s.nodes[1] = len(c.nodes)
	for n := s.nodes[0]; n < s.nodes[1]; n++ {
		s.gates = append(s.gates, n)
	}
}

// street is the class of the n-th street of so many: the middle one is the main street.
func (c *county) street(s *settlement, f *frame, n, of int) scenario.RoadClass {
	switch {
	case s.rank > town:
		return scenario.RoadResidential
	case n == of/2 && s.rank == countyTown:
		return scenario.RoadPrimary
	case n == of/2 || s.rank == countyTown && (n%4 == 0 || n == of):
		return scenario.RoadSecondary
	}
	return scenario.RoadResidential
}

// streetName is the name of the n-th street; only the larger streets of towns have one.
func (s *settlement) streetName(c *county, n, of int, along bool) string {
	all := pairs(streetNames)
	switch {
	case s.rank > town:
		return ""
	case along && n == 0 && s.rank == countyTown:
		return "滨江路"
	case along && n == of/2:
		return all[0].ZH
	case n == of/2:
		return all[1].ZH
	case s.rank == countyTown && n%4 == 0:
		k := 2 + n/4*2
		if along {
			k++
		}
		return all[k%len(all)].ZH
	}
	return ""
}

// addNode adds a node and returns its number.
func (c *county) addNode(p geo.Point) sim.NodeID {
	c.nodes = append(c.nodes, scenario.Node{At: tidy(p)})
	return sim.NodeID(len(c.nodes) - 1)
}

// tidy rounds a place to a decimetre, as files hold it.
func tidy(p geo.Point) geo.Point {
	return geo.Point{X: round(p.X, 1), Y: round(p.Y, 1)}
}

// addLink adds a straight street between two nodes.
func (c *county) addLink(a, b sim.NodeID, class scenario.RoadClass, name string) {
	c.addRoad(geo.Line{c.nodes[a].At, c.nodes[b].At}, a, b, class, name)
}

// addRoad adds a road between two nodes along a line.
func (c *county) addRoad(line geo.Line, a, b sim.NodeID, class scenario.RoadClass, name string) {
	of := scenario.RoadClasses[class]
	c.links = append(c.links, scenario.Link{Name: name, From: a, To: b, Class: class, Lanes: of.Lanes, Speed: of.Speed,
		Capacity: of.Capacity, Shape: line})
}

// paveDyke lays the road on the dyke, with ramps down to the town.
func (c *county) paveDyke() {
	dy := c.land.dyke
	if dy == nil {
		return
	}
	town := &c.settlements[0]
	d := dy.line
	last := sim.NodeID(sim.None)
	step := countyBlockLong
	count := 0
	for i, along := 0, 0.0; i < len(d); i++ {
		if i > 0 {
			along += d[i].Dist(d[i-1])
		}
		if along < float64(float64(count)*step) {
			continue
		}
		n := c.addNode(d[i])
		if last >= 0 {
			c.addLink(last, n, scenario.RoadUnclassified, "江堤路")
		}
		last = n
		if count%3 == 0 {
			if gate := c.nearestNode(town, d[i]); c.nodes[gate].At.Dist(d[i]) < 2.5*step {
				c.addLink(n, sim.NodeID(gate), scenario.RoadResidential, "")
			}
		}
		count++
	}
	town.nodes[1] = len(c.nodes)
}

// nearestNode returns a settlement's street corner nearest to a place.
func (c *county) nearestNode(s *settlement, p geo.Point) int {
	best := s.gates[0]
	for _, n := range s.gates {
		if c.nodes[n].At.Dist2(p) < c.nodes[best].At.Dist2(p) {
			best = n
		}
	}
	return best
}
