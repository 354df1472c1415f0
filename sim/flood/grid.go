package flood

import "sandtable/sim"

// side is the side of the solver's tiles in cells, that of the published layers' tiles.
const side = sim.TileSide

// wall is how far the bed of cells outside the domain stands above all others [mm]: no water gets over it.
const wall = 1e9

// cell is one cell. Bed elevations are whole millimetres, whose differences are exact at any altitude; only
// differences are ever used, so that a plateau costs no precision.
type cell struct {
	h     float64 // depth [m]
	bed   float64 // elevation above the datum [mm]
	rough float64 // Manning's n times half the root of g; two of them, squared, give g n2 of the face between
}

// flows holds the discharge per width through the western face of each cell (x, to the east) and through its southern
// face (y, to the north) [m2/s].
type flows struct{ x, y []float64 }

func newFlows(n int) flows { return flows{make([]float64, n), make([]float64, n)} }

// restSteps is how many steps a tile is computed after the last in which it was needed: in each of them one of the two
// buffers of fluxes becomes zero.
const restSteps = 2

// Edges of a tile along which there is wet ground; anyWet for wet ground somewhere in it.
const (
	wetWest = 1 << iota
	wetEast
	wetSouth
	wetNorth
	anyWet
)

// grid holds the cells with a ring of walls around them, in tiles of side x side. Tiles are numbered row by row from
// the south-west; the last ones may reach beyond the map, where there are walls.
type grid struct {
	nx, ny int // cells of the map
	tx, ty int // tiles
	width  int // cells per row, with the ring
	cells  []cell
	now    flows // after the last step
	next   flows // being computed
	tiles  []tile
}

// tile is what the solver knows of a tile without looking at its cells.
type tile struct {
	top     float64 // greatest depth, or a little more [m]
	wet     uint8   // edges with wet ground
	rest    uint8   // steps for which it is still computed when no longer needed
	touched bool    // changed since the last publication
	shown   bool    // the last publication had water here
}

func newGrid(nx, ny int) grid {
	g := grid{nx: nx, ny: ny, tx: (nx + side - 1) / side, ty: (ny + side - 1) / side}
	g.width = g.tx*side + 2
	n := g.width * (g.ty*side + 2)
	g.cells = make([]cell, n)
	g.now, g.next = newFlows(n), newFlows(n)
	g.tiles = make([]tile, g.tx*g.ty)
	return g
}

// at returns the number of the cell in column i and row j of the map.
func (g *grid) at(i, j int) int { return (j+1)*g.width + i + 1 }

// ij returns column and row of a cell on the map.
func (g *grid) ij(c int) (i, j int) { return c%g.width - 1, c/g.width - 1 }

// corner returns the south-western cell of a tile.
func (g *grid) corner(t int) int { return g.at(t%g.tx*side, t/g.tx*side) }

// tileOf returns the tile of a cell.
func (g *grid) tileOf(c int) int {
	i, j := g.ij(c)
	return j/side*g.tx + i/side
}

// survey looks at all cells of a tile and notes what it holds.
func (g *grid) survey(t int, wet float64) {
	tl := &g.tiles[t]
	tl.top, tl.wet = 0, 0
	c := g.corner(t)
	for j := range side {
		for i := range side {
			if h := g.cells[c+i].h; h > 0 {
				tl.top = max(tl.top, h)
				if h > wet {
					tl.wet |= edges(i, j)
				}
			}
		}
		c += g.width
	}
}

// edges returns the bits of a wet cell in column i and row j of its tile.
func edges(i, j int) uint8 {
	bits := uint8(anyWet)
	if i == 0 {
		bits |= wetWest
	}
	if i == side-1 {
		bits |= wetEast
	}
	if j == 0 {
		bits |= wetSouth
	}
	if j == side-1 {
		bits |= wetNorth
	}
	return bits
}

// raise adds depth to one cell.
func (g *grid) raise(c int, depth, wet float64) {
	g.cells[c].h += depth
	t := &g.tiles[g.tileOf(c)]
	t.touched = true
	h := g.cells[c].h
	t.top = max(t.top, h)
	if h > wet {
		i, j := g.ij(c)
		t.wet |= edges(i%side, j%side)
	}
}

// needed says whether water may move in or at the border of a tile.
func (g *grid) needed(t int) bool {
	i, j := t%g.tx, t/g.tx
	return g.tiles[t].wet&anyWet != 0 ||
		(i > 0 && g.tiles[t-1].wet&wetEast != 0) ||
		(i < g.tx-1 && g.tiles[t+1].wet&wetWest != 0) ||
		(j > 0 && g.tiles[t-g.tx].wet&wetNorth != 0) ||
		(j < g.ty-1 && g.tiles[t+g.tx].wet&wetSouth != 0)
}
