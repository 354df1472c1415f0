package geo

import "math"

// Grid is a regular raster of NX x NY square cells. Cell (i, j) has index j*NX+i; (0, 0) is the south-west one.
type Grid struct {
	NX, NY int
	Cell   float64 // side of a cell [m]
	Origin Point   // south-west corner of cell (0, 0) [m]
}

// Len returns the number of cells.
func (g Grid) Len() int { return g.NX * g.NY }

// Index returns the index of cell (i, j).
func (g Grid) Index(i, j int) int { return j*g.NX + i }

// IJ returns the column and row of a cell index.
func (g Grid) IJ(c int) (i, j int) { return c % g.NX, c / g.NX }

// Inside says whether (i, j) is a cell of the grid.
func (g Grid) Inside(i, j int) bool { return i >= 0 && i < g.NX && j >= 0 && j < g.NY }

// Bounds returns the rectangle that the grid covers.
func (g Grid) Bounds() Rect {
	return Rect{g.Origin, Point{
		g.Origin.X + float64(float64(g.NX)*g.Cell),
		g.Origin.Y + float64(float64(g.NY)*g.Cell),
	}}
}

// Centre returns the centre of cell (i, j).
func (g Grid) Centre(i, j int) Point {
	return Point{
		g.Origin.X + float64((float64(i)+0.5)*g.Cell),
		g.Origin.Y + float64((float64(j)+0.5)*g.Cell),
	}
}

// CellAt returns the index of the cell that holds p, and whether there is one.
func (g Grid) CellAt(p Point) (cell int, ok bool) {
	i, ok1 := floorIndex((p.X-g.Origin.X)/g.Cell, g.NX)
	j, ok2 := floorIndex((p.Y-g.Origin.Y)/g.Cell, g.NY)
	if !ok1 || !ok2 {
		return 0, false
	}
	return g.Index(i, j), true
}

// ClampIJ returns the cell nearest to p, also for points outside the grid; a NaN counts as 0.
func (g Grid) ClampIJ(p Point) (i, j int) {
	return clampIndex((p.X-g.Origin.X)/g.Cell, g.NX), clampIndex((p.Y-g.Origin.Y)/g.Cell, g.NY)
}

// floorIndex is the gate from float to index: a value outside [0, n) is refused before it is converted,
// because Go leaves out-of-range conversions to the machine.
func floorIndex(f float64, n int) (int, bool) {
	if !(f >= 0 && f < float64(n)) {
		return 0, false
	}
	return int(f), true
}

func clampIndex(f float64, n int) int {
	switch {
	case !(f > 0):
		return 0
	case f >= float64(n):
		return n - 1
	}
	return int(math.Floor(f))
}
