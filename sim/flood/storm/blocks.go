package storm

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// Blocks is a field on a coarse grid of rain cells over an area. Rain from a grid is the mean over the rain cell; that
// of a moving storm is the one at its centre.
type Blocks struct {
	Grid  geo.Grid
	field *Field
	means [][][]float64 // per gridded rain and time: one per rain cell [m/s]
	depth []float64
}

// Blocks makes the rain cells of an area. The last column and row may reach beyond it.
func (f *Field) Blocks(area geo.Rect, side float64) *Blocks {
	b := &Blocks{field: f}
	b.Grid = geo.Grid{
		NX: max(num.CeilInt(area.Width()/side), 1), NY: max(num.CeilInt(area.Height()/side), 1), Cell: side, Origin: area.Min,
	}
	b.depth = make([]float64, b.Grid.Len())
	for i := range f.grids {
		b.means = append(b.means, f.grids[i].over(b.Grid, area))
	}
	return b
}

// Fall returns the depth that falls in each rain cell between two instants [m]. The slice is valid until the next call.
func (b *Blocks) Fall(from, to sim.Time) []float64 {
	common := b.field.Common(from, to)
	for c := range b.depth {
		b.depth[c] = common
	}
	for k := range b.field.moving {
		m := &b.field.moving[k]
		if !m.lasts(from, to) {
			continue
		}
		for c := range b.depth {
			i, j := b.Grid.IJ(c)
			b.depth[c] += m.between(b.Grid.Centre(i, j), from, to)
		}
	}
	for k, means := range b.means {
		b.field.grids[k].times.visit(from, to, func(t int, seconds float64) {
			for c, r := range means[t] {
				b.depth[c] += float64(r * seconds)
			}
		})
	}
	return b.depth
}

// lasts says whether the storm is there in a part of the span.
func (m *moving) lasts(from, to sim.Time) bool {
	return m.legs[0].from < to && m.legs[len(m.legs)-1].to > from
}

// over returns the mean rates over the part of each rain cell that lies in the area, per time.
func (g *gridded) over(grid geo.Grid, area geo.Rect) [][]float64 {
	means := make([][]float64, len(g.rates))
	for t := range means {
		means[t] = make([]float64, grid.Len())
	}
	for c := range grid.Len() {
		i, j := grid.IJ(c)
		xs := g.shares(true, grid.Origin.X+float64(float64(i)*grid.Cell), grid.Cell, area.Max.X)
		ys := g.shares(false, grid.Origin.Y+float64(float64(j)*grid.Cell), grid.Cell, area.Max.Y)
		for t := range means {
			sum := 0.0
			for _, y := range ys {
				for _, x := range xs {
					sum += float64(float64(x.part*y.part) * g.rates[t][g.grid.Index(x.index, y.index)])
				}
			}
			means[t][c] = sum
		}
	}
	return means
}

// share is a column or row of the grid, and its part of a rain cell's width.
type share struct {
	index int
	part  float64
}

// shares returns the columns (or rows) that a rain cell covers, as far as the area goes.
func (g *gridded) shares(columns bool, from, width, end float64) []share {
	origin, n := g.grid.Origin.Y, g.grid.NY
	if columns {
		origin, n = g.grid.Origin.X, g.grid.NX
	}
	lo := (from - origin) / g.grid.Cell
	hi := (min(from+width, end) - origin) / g.grid.Cell
	first := num.ClampInt(math.Floor(lo), 0, n-1)
	last := num.ClampInt(math.Ceil(hi)-1, first, n-1)
	if !(hi > lo) || first == last {
		return []share{{first, 1}}
	}
	var list []share
	for k := first; k <= last; k++ {
		part := min(hi, float64(k+1)) - max(lo, float64(k))
		list = append(list, share{k, part / (hi - lo)})
	}
	return list
}
