package generate

import (
	"math"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// lotArea is the built-up area per household of a village, lanes included [m2] (assumed).
const lotArea = 400.0

// style is what a block is built up with.
type style uint8

const (
	styleEstate  style = iota // a new residential estate: towers and slabs
	styleFlats                // older blocks of flats
	styleOwn                  // houses of two to four storeys that families built themselves
	styleOffices              // shops, offices, markets
	styleFarm                 // farm houses
	stylePlant                // works of the chemical park
	styleCount
)

// styles describes the styles (assumed): how many households a block has compared with others, how many buildings,
// their storeys, their constructions by weight (masonry, earth, concrete, wood), and how likely a block is of that
// style in the county town and in a town.
var styles = [styleCount]struct {
	homes      float64
	buildings  int
	low, high  int
	build      []float64
	inCounty   float64
	inTown     float64
	workplaces int
}{
	{90, 5, 6, 18, []float64{0, 0, 1, 0}, 0.24, 0.05, 1},
	{52, 7, 4, 6, []float64{0.6, 0, 0.4, 0}, 0.32, 0.20, 1},
	{22, 14, 2, 4, []float64{0.75, 0, 0.25, 0}, 0.34, 0.65, 1},
	{3, 3, 2, 8, []float64{0.3, 0, 0.7, 0}, 0.10, 0.10, 5},
	{16, 0, 1, 3, []float64{0.80, 0.08, 0.10, 0.02}, 0, 0, 0},
	{0, 0, 1, 3, []float64{0.2, 0, 0.8, 0}, 0, 0, 6},
}

// home is a household before it gets its number.
type home struct {
	building sim.BuildingID
	ages     []uint8
	rank     rank
}

// build lays out one settlement: blocks, streets, houses with their households. It says whether there was room.
func (c *county) build(k int) bool {
	s := &c.settlements[k]
	d := dice.Roll(rng.New(c.p.Seed, "generate.houses"), k)
	families := households(d, s.persons-c.careResidents(k))
	c.lay(k, c.blocksWanted(s, len(families)))
	if len(s.blocks) == 0 {
		return false
	}
	weights := make([]float64, len(s.blocks))
	for i := range s.blocks {
		s.blocks[i].style = c.styleOf(s, &s.blocks[i], d)
		weights[i] = styles[s.blocks[i].style].homes * d.Between(0.7, 1.3)
	}
	s.houses[0] = len(c.buildings)
	next := 0
	for i, n := range quotas(len(families), weights) {
		s.blocks[i].homes = n
		c.fill(s, &s.blocks[i], families[next:next+n], d)
		next += n
	}
	s.houses[1] = len(c.buildings)
	s.outline = c.outline(s)
	return true
}

// blocksWanted is how many blocks a settlement needs.
func (c *county) blocksWanted(s *settlement, families int) int {
	switch s.rank {
	case countyTown:
		return math.MaxInt
	case town:
		return max(num.CeilInt(builtArea(s.rank, s.persons)/(townBlockLong*townBlockDeep)), 2)
	case village:
		return max(num.CeilInt(float64(families)*lotArea/(villageLong*villageDeep)), 1)
	case park:
		return parkBlocks
	}
	return max(num.CeilInt(float64(families)*lotArea/(hamletLong*hamletDeep)), 1)
}

// styleOf draws how a block is built up: offices and flats gather in the middle of the county town.
func (c *county) styleOf(s *settlement, b *block, d *dice.Dice) style {
	switch s.rank {
	case village, hamlet:
		return styleFarm
	case park:
		return stylePlant
	}
	weights := make([]float64, styleFarm)
	for k := range weights {
		weights[k] = styles[k].inTown
		if s.rank == countyTown {
			weights[k] = styles[k].inCounty
		}
	}
	central := 1 - math.Min(b.centre().Dist(s.at)/s.radius, 1)
	weights[styleOffices] *= 0.4 + float64(1.6*central)
	weights[styleOwn] *= 1.5 - central
	return style(d.Pick(weights))
}

// fill builds the houses of one block and moves its families in.
func (c *county) fill(s *settlement, b *block, families [][]uint8, d *dice.Dice) {
	st := &styles[b.style]
	n := st.buildings
	if b.style == styleFarm {
		n = len(families) - num.RoundInt(0.06*float64(len(families))) // some houses hold two families
	}
	n = min(n, max(len(families), 1))
	if len(families) == 0 {
		n = 0
	}
	works := st.workplaces
	spots := b.spots(n+works, d)
	for k := range n {
		id := c.addBuilding(spots[k], scenario.UseHome, b, d)
		for i := k; i < len(families); i += n {
			c.homes = append(c.homes, home{id, families[i], s.rank})
		}
	}
	use := scenario.UseWork
	if b.style == stylePlant {
		use = scenario.UsePlant
	}
	for k := range works {
		id := c.addBuilding(spots[n+k], use, b, d)
		c.works[s.index] = append(c.works[s.index], id)
	}
}

// spots returns places for n buildings in two or three rows of a block.
func (b *block) spots(n int, d *dice.Dice) []geo.Point {
	rows := 2
	if n > 20 {
		rows = 3
	}
	per := (n + rows - 1) / rows
	var out []geo.Point
	for k := range n {
		u := (float64(k%max(per, 1)) + d.Between(0.35, 0.65)) / float64(per)
		v := (float64(k/max(per, 1)) + d.Between(0.35, 0.65)) / float64(rows)
		out = append(out, b.inside(0.08+float64(0.84*u), 0.12+float64(0.76*v)))
	}
	return out
}

// Height of ground floors above the ground (assumed) [m].
const (
	floorLow  = 0.15 // lowest
	floorHigh = 0.50 // highest
)

// addBuilding adds one building of a block's style.
func (c *county) addBuilding(at geo.Point, use scenario.BuildingUse, b *block, d *dice.Dice) sim.BuildingID {
	st := &styles[b.style]
	storeys := uint8(st.low + d.Below(st.high-st.low+1))
	if use == scenario.UseWork && b.style != styleOffices {
		storeys = uint8(1 + d.Below(3))
	}
	c.buildings = append(c.buildings, scenario.Building{
		At: tidy(at), Use: use, Build: scenario.Construction(d.Pick(st.build)), Storeys: storeys,
		Floor: float64(num.RoundInt(20*d.Between(floorLow, floorHigh))) / 20, Node: c.nearestCorner(b, at),
	})
	return sim.BuildingID(len(c.buildings) - 1)
}

// nearestCorner is the corner of a block nearest to a place.
func (c *county) nearestCorner(b *block, at geo.Point) sim.NodeID {
	best := b.node[0]
	for _, n := range b.node[1:] {
		if c.nodes[n].At.Dist2(at) < c.nodes[best].At.Dist2(at) {
			best = n
		}
	}
	return best
}

// outline is a border around everything of a settlement: the convex hull of its blocks, a little outside it.
func (c *county) outline(s *settlement) geo.Polygon {
	var pts []geo.Point
	for i := range s.blocks {
		pts = append(pts, s.blocks[i].corner[:]...)
	}
	return hull(pts, 15)
}

// hull is the convex hull of points, moved outward by about a margin [m], counter-clockwise.
func hull(pts []geo.Point, margin float64) geo.Polygon {
	ring := geo.Hull(pts)
	middle := ring.Centroid()
	out := make(geo.Polygon, len(ring))
	for i, p := range ring {
		off := p.Sub(middle)
		out[i] = tidy(p.Add(off.Scale(margin / math.Max(off.Dist(geo.Point{}), 1))))
	}
	return out
}
