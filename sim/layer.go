package sim

import (
	"sandtable/sim/geo"
)

// TileSide is the side of a layer's tiles in cells. A publication marks the tiles in which something changed, so
// that readers look only there.
const TileSide = 16

// Layer is one published quantity on a grid, in whole steps of the quantity (Quantity.Step). Between two
// publications it does not change.
type Layer struct {
	Key    LayerKey
	Grid   geo.Grid
	Values []int32 // one per cell
	Dirty  []bool  // tiles with a change in the last publication, row by row from the south-west
	TX     int     // tiles per row
}

// NewLayer returns a layer of zeros.
func NewLayer(key LayerKey, grid geo.Grid) *Layer {
	tx := (grid.NX + TileSide - 1) / TileSide
	ty := (grid.NY + TileSide - 1) / TileSide
	return &Layer{key, grid, make([]int32, grid.Len()), make([]bool, tx*ty), tx}
}

// Set writes one cell and marks its tile when the value is a new one.
func (l *Layer) Set(cell int, value int32) {
	if l.Values[cell] == value {
		return
	}
	l.Values[cell] = value
	l.Dirty[l.Tile(cell)] = true
}

// Tile returns the tile of a cell.
func (l *Layer) Tile(cell int) int {
	i, j := l.Grid.IJ(cell)
	return j/TileSide*l.TX + i/TileSide
}

// TileCells returns the range of columns and rows of a tile.
func (l *Layer) TileCells(tile int) (i0, i1, j0, j1 int) {
	i0, j0 = tile%l.TX*TileSide, tile/l.TX*TileSide
	return i0, min(i0+TileSide, l.Grid.NX), j0, min(j0+TileSide, l.Grid.NY)
}

// clean forgets the marks of the last publication.
func (l *Layer) clean() {
	for i := range l.Dirty {
		l.Dirty[i] = false
	}
}

// Layers are all published layers of a world. Hazards write them, everybody else reads them.
type Layers struct {
	Ground    *Terrain // elevations, for water levels
	list      []*Layer
	bodies    []Body // of the water among them
	Published Time   // of the last publication; -1 before the first
	Edition   int    // counts publications, so that a reader knows whether there is something new
}

// NewLayers returns an empty set over the terrain.
func NewLayers(ground *Terrain) *Layers { return &Layers{Ground: ground, Published: -1} }

// Add puts a layer in. Several layers may have one key: nested grids, or several hazards. The velocities of a water
// come after its depth; see Hazard.Layers.
func (ls *Layers) Add(l *Layer) {
	ls.list = append(ls.list, l)
	switch l.Key.Quantity {
	case QDepth, QVelocityX, QVelocityY:
		ls.bodies = join(ls.bodies, l)
	}
}

// Bodies returns the bodies of water in the order of their depths. They are to be read only.
func (ls *Layers) Bodies() []Body { return ls.bodies }

// All returns the layers in the order in which they were added.
func (ls *Layers) All() []*Layer { return ls.list }

// Of returns the first layer with that key, or nil.
func (ls *Layers) Of(key LayerKey) *Layer {
	for _, l := range ls.list {
		if l.Key == key {
			return l
		}
	}
	return nil
}

// Begin opens a publication: the marks of the last one are forgotten.
func (ls *Layers) Begin(at Time) {
	ls.Published = at
	ls.Edition++
	for _, l := range ls.list {
		l.clean()
	}
}

// News says whether something has been published since the edition that a reader keeps, and brings that up to date.
// missed says that there was more than one publication: then the tiles marked as dirty are not all that have changed.
func (ls *Layers) News(edition *int) (news, missed bool) {
	since := ls.Edition - *edition
	*edition = ls.Edition
	return since != 0, since != 0 && since != 1
}

// At returns the quantity at a place in whole steps: all layers with that key, combined by the quantity's rule.
// Outside every grid it is zero, or for instants -1.
func (ls *Layers) At(key LayerKey, p geo.Point) int32 {
	switch key.Quantity {
	case QVelocityX:
		return ls.flowAt(p).VX
	case QVelocityY:
		return ls.flowAt(p).VY
	}
	sum := int32(0)
	if key.Quantity.Combine() == CombineFirst {
		sum = -1
	}
	for _, l := range ls.list {
		if l.Key != key {
			continue
		}
		cell, ok := l.Grid.CellAt(p)
		if !ok {
			continue
		}
		sum = key.Quantity.Combine().Of(sum, l.Values[cell])
	}
	return sum
}

// Of combines two values of a quantity by its rule. CombineWater is none of two values alone.
func (c Combine) Of(a, b int32) int32 {
	switch {
	case c == CombineWater:
		panic("sim: a velocity without its water")
	case c == CombineSum:
		return a + b
	case c == CombineFirst && (b < 0 || a >= 0 && a <= b):
		return a
	case c == CombineFirst || abs32(b) > abs32(a):
		return b
	}
	return a
}

func abs32(v int32) int32 {
	if v < 0 {
		return -v
	}
	return v
}

// Water is the state of the water at one place.
type Water struct {
	Depth  float64 // above the ground [m]
	Level  float64 // above the datum [m]; only where Depth > 0
	VX, VY float64 // velocity [m/s]
}

// WaterAt returns the water at a place, of several the one that governs (see Body); the zero Water where it is dry.
func (ls *Layers) WaterAt(p geo.Point) Water {
	f := ls.flowAt(p)
	if f.Depth <= 0 {
		return Water{}
	}
	return f.water(ls.Ground.At(p))
}

// WaterInCell returns the water in one cell of the terrain's grid: as WaterAt, faster, for readers that know
// their cell. It needs the layers of depth and velocity on the terrain's own grid and gives the zero Water
// where there are none.
func (ls *Layers) WaterInCell(cell int32) Water {
	var f Flow
	for k := range ls.bodies {
		if b := &ls.bodies[k]; b.Depth.Grid == ls.Ground.Grid {
			if other := b.In(cell); other.Governs(f) {
				f = other
			}
		}
	}
	if f.Depth <= 0 {
		return Water{}
	}
	return f.water(ls.Ground.Bed[cell])
}

// DepthInCell returns the depth of water in one cell of the terrain's grid [mm], as WaterInCell, for readers that want
// nothing else.
func (ls *Layers) DepthInCell(cell int32) int32 {
	deepest := int32(0)
	for k := range ls.bodies {
		if l := ls.bodies[k].Depth; l.Grid == ls.Ground.Grid {
			deepest = max(deepest, l.Values[cell])
		}
	}
	return deepest
}

// Terrain is the ground: elevation and cover on a grid.
type Terrain struct {
	Grid  geo.Grid
	Bed   []int32 // elevation above the datum [mm], one per cell
	Cover []uint8 // land cover class, one per cell; the scenario says what a class means (roughness, 2D domain)
}

// At returns the elevation at a place [mm]; outside the map that of the nearest cell.
func (t *Terrain) At(p geo.Point) int32 {
	i, j := t.Grid.ClampIJ(p)
	return t.Bed[t.Grid.Index(i, j)]
}
