package generate

import (
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Where land cover lies (assumed).
const (
	forestAbove = 9.0  // hills that stand so far above the terrace's edge carry forest [m]
	forestSlope = 0.16 // and so do slopes steeper than that
	swampBelow  = -0.9 // hollows of the flood plain so far below the bank are wet [m]
)

// layCover gives every cell its land cover: what nature and farming leave; built-up land is added with the houses.
func (l *land) layCover() {
	patches := newNoise(l.p.Seed, "patches", 900, 3, 0.5)
	l.cover = make([]uint8, l.grid.Len())
	for c := range l.cover {
		i, j := l.grid.IJ(c)
		at := l.grid.Centre(i, j)
		above := l.z[c] - l.bank(at.X)
		_, beyond, _ := l.lateral(at)
		wild := patches.at(at)
		switch {
		case l.flow.owner[c] == 0:
			l.cover[c] = scenario.CoverWater
		case l.flow.owner[c] > 0:
			l.cover[c] = scenario.CoverWetland
		case beyond < 0 && above < swampBelow && wild > 0.1:
			l.cover[c] = scenario.CoverWetland
		case above > l.rise+forestAbove+float64(12*wild) || l.steep(i, j) > forestSlope:
			l.cover[c] = scenario.CoverForest
		}
	}
	if l.dam != nil {
		for _, c := range l.dam.reach {
			l.cover[c] = scenario.CoverBare // lined, as smooth as a river
		}
		for _, c := range l.dam.cells {
			l.cover[c] = scenario.CoverBare
		}
		for _, c := range l.dam.pool {
			l.cover[c] = scenario.CoverWater
		}
	}
}

// steep is the slope of the ground at a cell, over its neighbours two cells apart.
func (l *land) steep(i, j int) float64 {
	at := func(i, j int) float64 {
		return l.z[l.grid.Index(min(max(i, 0), l.grid.NX-1), min(max(j, 0), l.grid.NY-1))]
	}
	dx, dy := at(i+1, j)-at(i-1, j), at(i, j+1)-at(i, j-1)
	return geo.Point{X: dx, Y: dy}.Dist(geo.Point{}) / (2 * l.grid.Cell)
}

// shapeLand makes the ground of a county, complete with water.
func shapeLand(p Params) *land {
	l := newLand(p)
	l.shapeValley()
	l.drawRiver()
	l.raiseLevees()
	l.drawTributaries()
	l.shapeStreams()
	l.erode()
	l.drawBranches()
	l.shapeStreams()
	l.traceChannels()
	l.drain()
	l.fillPits()
	l.sizeChannels()
	l.carve()
	l.buildDam()
	l.raiseDyke()
	l.layCover()
	return l
}

// layTowns marks the built-up cells in the land cover.
func (c *county) layTowns() {
	l := c.land
	for k := range c.settlements {
		for b := range c.settlements[k].blocks {
			ring := geo.Polygon(c.settlements[k].blocks[b].corner[:])
			box := geo.Bounds(ring)
			i0, j0 := l.grid.ClampIJ(box.Min)
			i1, j1 := l.grid.ClampIJ(box.Max)
			for j := j0; j <= j1; j++ {
				for i := i0; i <= i1; i++ {
					cell := l.grid.Index(i, j)
					if l.flow.owner[cell] < 0 && ring.Contains(l.grid.Centre(i, j)) {
						l.cover[cell] = scenario.CoverUrban
					}
				}
			}
		}
	}
}
