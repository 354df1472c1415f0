package shallow

import "sandtable/sim"

// Side is the side of a tile in cells, that of the published layers' tiles.
const Side = sim.TileSide

// Wall is the bed of cells outside the domain [mm]: no water gets over it.
const Wall = 1e9

// Cell is one cell. Bed elevations are whole millimetres, up to 16 km exact in a float32, and so are their differences;
// only differences are ever used, so that a plateau costs no precision.
type Cell struct {
	H     float64 // depth [m]
	Bed   float32 // elevation above the datum [mm]
	Rough float32 // Manning's n times half the root of g; two of them, squared, give g n2 of the face between
}

// cellBytes is the size of a Cell.
const cellBytes = 8 + 4 + 4

// Edges of a tile along which there is wet ground; anyWet for wet ground somewhere in it.
const (
	wetWest = 1 << iota
	wetEast
	wetSouth
	wetNorth
	anyWet
)

// Grid holds the cells with a ring of walls around them, in tiles of Side x Side. Tiles are numbered row by row from
// the south-west; the last ones may reach beyond the map, where there are walls.
type Grid struct {
	NX, NY int // cells of the map
	TX, TY int // tiles
	Width  int // cells per row, with the ring
	Cells  []Cell
	Tiles  []Tile
}

// Tile is what is known of a tile without looking at its cells.
type Tile struct {
	Top     float64 // greatest depth, or a little more [m]
	speed   float64 // greatest speed of a wave, finite volume only [m/s]
	Touched bool    // may have changed; for the reader to clear
	wet     uint8   // edges with wet ground
	rest    uint8   // steps for which it is still computed when no longer needed
	woken   bool    // a ruled face brings water
}

func newGrid(nx, ny int) Grid {
	g := Grid{NX: nx, NY: ny, TX: (nx + Side - 1) / Side, TY: (ny + Side - 1) / Side}
	g.Width = g.TX*Side + 2
	g.Cells = make([]Cell, g.Width*(g.TY*Side+2))
	for c := range g.Cells {
		g.Cells[c].Bed = Wall
	}
	g.Tiles = make([]Tile, g.TX*g.TY)
	for t := range g.Tiles {
		g.Tiles[t].Touched = true
	}
	return g
}

// At returns the number of the cell in column i and row j of the map.
func (g *Grid) At(i, j int) int { return (j+1)*g.Width + i + 1 }

// IJ returns column and row of a cell on the map.
func (g *Grid) IJ(c int) (i, j int) { return c%g.Width - 1, c/g.Width - 1 }

// Corner returns the south-western cell of a tile.
func (g *Grid) Corner(t int) int { return g.At(t%g.TX*Side, t/g.TX*Side) }

// TileOf returns the tile of a cell of the map.
func (g *Grid) TileOf(c int) int {
	i, j := g.IJ(c)
	return j/Side*g.TX + i/Side
}

// Closed says whether no water can be in a cell: the ring, or a cell that was walled up.
func (g *Grid) Closed(c int) bool { return g.Cells[c].Bed >= Wall }

// Deepest returns the greatest depth on the grid, or a little more [m].
func (g *Grid) Deepest() float64 {
	top := 0.0
	for t := range g.Tiles {
		top = max(top, g.Tiles[t].Top)
	}
	return top
}

// edges returns the bits of a wet cell in column i and row j of its tile.
func edges(i, j int) uint8 {
	bits := uint8(anyWet)
	if i == 0 {
		bits |= wetWest
	}
	if i == Side-1 {
		bits |= wetEast
	}
	if j == 0 {
		bits |= wetSouth
	}
	if j == Side-1 {
		bits |= wetNorth
	}
	return bits
}

// needed says whether water may move in or at the border of a tile.
func (g *Grid) needed(t int) bool {
	i, j := t%g.TX, t/g.TX
	return g.Tiles[t].woken || g.Tiles[t].wet&anyWet != 0 ||
		(i > 0 && g.Tiles[t-1].wet&wetEast != 0) ||
		(i < g.TX-1 && g.Tiles[t+1].wet&wetWest != 0) ||
		(j > 0 && g.Tiles[t-g.TX].wet&wetNorth != 0) ||
		(j < g.TY-1 && g.Tiles[t+g.TX].wet&wetSouth != 0)
}

// visit calls f with the cells of a tile that lie on the map, row by row.
func (g *Grid) visit(t int, f func(c int)) {
	i0, j0 := t%g.TX*Side, t/g.TX*Side
	i1, j1 := min(i0+Side, g.NX), min(j0+Side, g.NY)
	for j := j0; j < j1; j++ {
		for c := g.At(i0, j); c < g.At(i1, j); c++ {
			f(c)
		}
	}
}
