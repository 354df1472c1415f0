package generate

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// county is the work in progress of one call of County.
type county struct {
	p           Params
	land        *land
	names       *namer
	placeTitle  sim.Text
	closed      []bool      // cells where nobody may build: river, pool, dam, dyke
	stream      distanceMap // to the nearest channel
	settlements []settlement
	nodes       []scenario.Node
	links       []scenario.Link
	buildings   []scenario.Building
	titles      map[int]sim.Text // of buildings that have one in both languages
	homes       []home
	works       [][]sim.BuildingID // workplaces by settlement
	endangered  []bool             // cells where water may come
	inLake      []bool             // cells inside the border around the reservoir's basin
	schools     []school
	halls       []institution    // what can shelter people
	offices     []institution    // of the posts, by settlement
	care        []sim.BuildingID // workplaces in nursing homes
	hospital    institution
	coaches     institution // of the coach company
	brigade     institution
	depot       institution
	zones       []zone
	shelterOf   [][]string // names of each zone's shelters, the first one first
	sc          *scenario.Scenario
}

// County makes a county and its drill. The parameters' zero values stand for defaults; the result is complete except
// for the director's script and the hash.
func County(p Params) (*scenario.Scenario, error) {
	p = p.Complete()
	if err := p.Check(); err != nil {
		return nil, err
	}
	c := grow(p)
	if p.Kind == ThreatenedDam && c.land.dam == nil {
		return nil, sim.Fail("此处没有能建水库的山谷；应增加山高、扩大范围或换一个种子",
			"generate: no valley here holds a reservoir; want more relief, a larger map or another seed")
	}
	return c.sc, nil
}

// grow makes everything, in the order of nature and then of people.
func grow(p Params) *county {
	c := &county{p: p, names: newNamer(p.Seed), land: shapeLand(p), sc: &scenario.Scenario{}}
	c.closeCells()
	c.stream = c.land.toStreams()
	c.markEndangered()
	c.settle()
	c.buildAll()
	c.layTowns()
	c.spanStreets(len(c.links))
	c.buildRoads()
	c.open()
	c.populate()
	c.nameRivers()
	c.command()
	c.plan()
	c.objectives()
	c.head()
	return c
}

// buildAll builds the settlements. Those for which the ground has no room after all move to the county town, which
// is therefore built last.
func (c *county) buildAll() {
	c.works = make([][]sim.BuildingID, len(c.settlements))
	for k := range c.settlements {
		c.settlements[k].index = k
	}
	for k := 1; k < len(c.settlements); k++ {
		if !c.build(k) {
			c.settlements[0].persons += c.settlements[k].persons
			c.settlements[k].persons = 0
		}
	}
	c.build(0)
	c.paveDyke()
}

// closeCells marks the cells where nobody may build.
func (c *county) closeCells() {
	l := c.land
	c.closed = make([]bool, len(l.z))
	for cell, owner := range l.flow.owner {
		if owner == 0 {
			c.closed[cell] = true
			l.around(int32(cell), func(next int32) { c.closed[next] = true })
		}
	}
	if l.dam != nil {
		for _, cell := range append(slices.Clone(l.dam.basin), l.dam.cells...) {
			c.closed[cell] = true
		}
	}
	if l.dyke != nil {
		for _, p := range l.dyke.line {
			if cell, ok := l.grid.CellAt(p); ok {
				c.closed[cell] = true
			}
		}
	}
}

// distanceMap holds a distance for each cell [m].
type distanceMap []float32

// at returns the distance at a place.
func (m distanceMap) at(l *land, p geo.Point) float32 {
	i, j := l.grid.ClampIJ(p)
	return m[l.grid.Index(i, j)]
}

// toStreams measures from every cell to the nearest channel, in two sweeps over the map.
//
// Reference: G. Borgefors, "Distance transformations in digital images", Computer Vision, Graphics, and Image
// Processing 34 (1986) 344-371.
func (l *land) toStreams() distanceMap {
	m := make(distanceMap, len(l.z))
	for c, owner := range l.flow.owner {
		if owner < 0 {
			m[c] = far / 4
		}
	}
	straight, slant := float32(l.grid.Cell), float32(l.grid.Cell*4/3)
	relax := func(c, i, j int, cost float32) {
		if l.grid.Inside(i, j) {
			m[c] = min(m[c], m[l.grid.Index(i, j)]+cost)
		}
	}
	for c := range m {
		i, j := l.grid.IJ(c)
		relax(c, i-1, j, straight)
		relax(c, i-1, j-1, slant)
		relax(c, i, j-1, straight)
		relax(c, i+1, j-1, slant)
	}
	for c := len(m) - 1; c >= 0; c-- {
		i, j := l.grid.IJ(c)
		relax(c, i+1, j, straight)
		relax(c, i+1, j+1, slant)
		relax(c, i, j+1, straight)
		relax(c, i-1, j+1, slant)
	}
	return m
}

// terrain is the ground as the scenario holds it, with built-up land.
func (c *county) terrain() sim.Terrain {
	l := c.land
	t := sim.Terrain{Grid: l.grid, Bed: make([]int32, len(l.z)), Cover: l.cover}
	for cell, z := range l.z {
		t.Bed[cell] = int32(num.RoundInt(float64(z*100)) * 10) // to the centimetre
	}
	return t
}

// dammed is the stream behind whose dam the reservoir lies, in every county.
var dammed = sim.Text{ZH: "青溪", EN: "Qingxi"}

// nameRivers names the main river and the larger streams.
func (c *county) nameRivers() {
	c.names.used[dammed.ZH] = true
	for k, ch := range c.land.rivers {
		switch {
		case c.land.dam != nil && c.land.dam.river == k:
			ch.title = dammed
		case ch.order == 0:
			ch.title = c.names.draw(riverNames)
		case ch.order == 1:
			ch.title = c.names.draw(brookNames)
		}
	}
}
