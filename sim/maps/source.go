package maps

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// cellsMax is how many cells maps may have where several grids have to become one.
const cellsMax = 16 << 20

// gridFor returns the grid for the maps: that of the depths, and where these differ the finest one, laid over all of
// them. One that would need more cells than can be held gives way to the next coarser; where none can be held the
// coarsest stays as it is. ok is false without a depth.
func gridFor(ls *sim.Layers) (best geo.Grid, ok bool) {
	held := false
	for _, l := range ls.All() {
		if l.Key.Quantity != sim.QDepth {
			continue
		}
		wide, fits := widened(l.Grid, ls)
		if !ok || fits && (!held || wide.Cell < best.Cell) || !fits && !held && wide.Cell > best.Cell {
			best, held = wide, fits
		}
		ok = true
	}
	return best, ok
}

// widened lays a grid over all depths, in whole cells, and says whether it can be held.
func widened(g geo.Grid, ls *sim.Layers) (wide geo.Grid, fits bool) {
	i0, i1, j0, j1 := 0.0, float64(g.NX), 0.0, float64(g.NY)
	for _, l := range ls.All() {
		if l.Key.Quantity != sim.QDepth || l.Grid == g {
			continue
		}
		b := l.Grid.Bounds()
		i0, i1 = min(i0, (b.Min.X-g.Origin.X)/g.Cell), max(i1, (b.Max.X-g.Origin.X)/g.Cell)
		j0, j1 = min(j0, (b.Min.Y-g.Origin.Y)/g.Cell), max(j1, (b.Max.Y-g.Origin.Y)/g.Cell)
	}
	if (i1-i0+2)*(j1-j0+2) > cellsMax {
		return g, false
	}
	w, s := num.FloorInt(i0), num.FloorInt(j0)
	return geo.Grid{NX: num.CeilInt(i1) - w, NY: num.CeilInt(j1) - s, Cell: g.Cell, Origin: geo.Point{
		X: g.Origin.X + float64(float64(w)*g.Cell), Y: g.Origin.Y + float64(float64(s)*g.Cell)}}, true
}

// source is one body of water: which of its columns and rows lies under a column and row of the maps.
type source struct {
	body sim.Body
	same bool    // the maps have its grid
	col  []int32 // of each column of the maps, -1 for none
	row  []int32
	// The maps' tiles that a tile's columns and rows may reach into: of tile column k those from tileX[k][0] to
	// tileX[k][1], none where the first is the larger.
	tileX, tileY [][2]int32
}

func newSource(b sim.Body, grid geo.Grid) source {
	l := b.Depth
	s := source{body: b, same: l.Grid == grid, col: make([]int32, grid.NX), row: make([]int32, grid.NY)}
	inside := l.Grid.Centre(0, 0)
	for i := range s.col {
		s.col[i] = sim.None
		if c, ok := l.Grid.CellAt(geo.Point{X: grid.Centre(i, 0).X, Y: inside.Y}); ok {
			x, _ := l.Grid.IJ(c)
			s.col[i] = int32(x)
		}
	}
	for j := range s.row {
		s.row[j] = sim.None
		if c, ok := l.Grid.CellAt(geo.Point{X: inside.X, Y: grid.Centre(0, j).Y}); ok {
			_, y := l.Grid.IJ(c)
			s.row[j] = int32(y)
		}
	}
	s.tileX, s.tileY = tilesOf(s.col, l.TX), tilesOf(s.row, len(l.Dirty)/l.TX)
	return s
}

// tilesOf returns, for each of n tiles along one side of a layer, which tiles of the maps its cells lie under.
func tilesOf(under []int32, n int) [][2]int32 {
	out := make([][2]int32, n)
	for k := range out {
		out[k] = [2]int32{1, 0}
	}
	for i, cell := range under {
		if cell < 0 {
			continue
		}
		here, tile := int32(i/sim.TileSide), &out[cell/sim.TileSide]
		if tile[0] > tile[1] {
			*tile = [2]int32{here, here}
		}
		tile[0], tile[1] = min(tile[0], here), max(tile[1], here)
	}
	return out
}

// mark marks the maps' tiles over those in which the water has changed.
func (s *source) mark(dirty []bool, tx int) {
	for t := range s.body.Depth.Dirty {
		if !s.body.Dirty(t) {
			continue
		}
		if s.same {
			dirty[t] = true
			continue
		}
		x, y := s.tileX[t%s.body.Depth.TX], s.tileY[t/s.body.Depth.TX]
		for j := y[0]; j <= y[1]; j++ {
			for i := x[0]; i <= x[1]; i++ {
				dirty[int(j)*tx+int(i)] = true
			}
		}
	}
}

// tileValues are the values of one tile, row by row.
type tileValues [sim.TileSide * sim.TileSide]int32

// gather finds depth and velocities of the water that governs in each cell of one tile of the maps.
func (m *Maps) gather(i0, i1, j0, j1 int, into *[3]tileValues) {
	if len(m.in) == 1 && m.in[0].same {
		m.in[0].copy(i0, i1, j0, j1, into)
		return
	}
	*into = [3]tileValues{}
	for k := range m.in {
		s := &m.in[k]
		for j := j0; j < j1; j++ {
			if s.row[j] < 0 {
				continue
			}
			first := s.row[j] * int32(s.body.Depth.Grid.NX)
			for i := i0; i < i1; i++ {
				if s.col[i] < 0 {
					continue
				}
				at := (j-j0)*sim.TileSide + i - i0
				now := sim.Flow{Depth: into[0][at], VX: into[1][at], VY: into[2][at]}
				if f := s.body.In(first + s.col[i]); f.Governs(now) {
					into[0][at], into[1][at], into[2][at] = f.Depth, f.VX, f.VY
				}
			}
		}
	}
}

// copy takes one tile of a water on the maps' own grid.
func (s *source) copy(i0, i1, j0, j1 int, into *[3]tileValues) {
	for k, l := range s.body.Layers() {
		if l == nil {
			into[k] = tileValues{}
			continue
		}
		for j := j0; j < j1; j++ {
			first := l.Grid.Index(i0, j)
			copy(into[k][(j-j0)*sim.TileSide:], l.Values[first:first+i1-i0])
		}
	}
}
