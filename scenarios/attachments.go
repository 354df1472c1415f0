package scenarios

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// attached returns the files that a hazard's configuration names.
func attached(spec sim.HazardSpec) []sim.Attachment {
	if a, ok := spec.(sim.Attached); ok {
		return a.Attachments()
	}
	return nil
}

// isGrid says whether an attachment is an ESRI ASCII grid, which knows no time; else it is a table.
func isGrid(name string) bool { return strings.HasSuffix(strings.TrimSuffix(name, ".gz"), ".asc") }

// attachments reads the files that the configuration of a hazard names.
func (l *loader) attachments(h *scenario.Hazard, n *node) {
	if h.Spec == nil {
		return
	}
	for _, a := range attached(h.Spec) {
		at, reported := follow(n, a.Path)
		if reported {
			continue
		}
		plain := strings.TrimSuffix(a.File, ".gz")
		if !strings.HasSuffix(plain, ".csv") && !strings.HasSuffix(plain, ".asc") {
			l.addAt(at, sim.Say("%q；应为 .csv 表或 .asc 网格，可压缩为 .gz",
				"%q; want a table .csv or a grid .asc, either of them also packed as .gz", a.File))
			continue
		}
		b := l.open(a.File, at, ".csv", ".asc")
		switch {
		case b == nil:
		case isGrid(a.File):
			grid, values, ok := readGrid(b, func(word []byte) (float64, sim.Text) {
				var v float64
				return v, readWithin(&v, word, a)
			})
			if ok {
				*a.Into = sim.Rasters{Grid: grid, Values: [][]float64{values}}
			}
		default:
			readRasters(b, a, l.start)
		}
	}
}

// readWithin reads a value of an attachment.
func readWithin(into *float64, word []byte, a sim.Attachment) sim.Text {
	v, err := strconv.ParseFloat(string(word), 64)
	if err != nil || !(v >= a.Low && v <= a.High) {
		return sim.Say("%g 至 %g 的数值 [%s]", "a value from %g to %g [%s]", a.Low, a.High, a.Unit)
	}
	*into = v
	return sim.Text{}
}

// sample is a row of a table of rasters.
type sample struct {
	time  sim.Duration
	at    geo.Point // centre of the cell
	value float64
}

// rasterColumns are the columns of a table of rasters. Local times refer to the start of the drill.
func rasterColumns(a sim.Attachment, start sim.CivilTime) []column[sample] {
	return []column[sample]{
		{"time", true, "from when the value holds, until the next time: since the start (`1h30m`) or by the clock (`06:40`)",
			func(s *sample, c []byte) sim.Text {
				at, err := ParseInstant(string(c), start)
				s.time = sim.Duration(at)
				if err != nil {
					return sim.Say("自开始起的时间（如 1h30m）或当地时刻（如 06:40），不早于开始",
						"a time since the start such as 1h30m, or a local time such as 06:40, not before the start")
				}
				return sim.Text{}
			}},
		{"x", true, "centre of the cell, metres east of the map's origin", func(s *sample, c []byte) sim.Text {
			return readFloat(&s.at.X, c, wantX)
		}},
		{"y", true, "centre of the cell, metres north of the map's origin", func(s *sample, c []byte) sim.Text {
			return readFloat(&s.at.Y, c, wantY)
		}},
		{"value", true, "of the cell, in the unit that the hazard says", func(s *sample, c []byte) sim.Text {
			return readWithin(&s.value, c, a)
		}},
	}
}

// readRasters reads a table of rasters: each row is one cell at one time, in any order, and no cell is left out.
func readRasters(b *bulk, a sim.Attachment, start sim.CivilTime) {
	rows, whole := readTable(b, sample{}, rasterColumns(a, start), nil)
	if !whole || b.wrong > 0 {
		return
	}
	if len(rows) == 0 {
		b.fileFault("没有数据行；每个时刻每格应有一行", "no rows; want one for every cell and time")
		return
	}
	xs := distinct(rows, func(s *sample) float64 { return s.at.X })
	ys := distinct(rows, func(s *sample) float64 { return s.at.Y })
	times := distinct(rows, func(s *sample) sim.Duration { return s.time })
	grid, ok := gridOf(xs, ys)
	if !ok {
		b.faultAt(1, 1, "%d 个 x 与 %d 个 y 不构成间距相等的方格网；应为方格中心，且至少两个 x 或两个 y",
			"%d values of x and %d of y are no grid of square cells; want their centres, and at least two x or two y",
			len(xs), len(ys))
		return
	}
	r := sim.Rasters{Grid: grid, Times: times, Values: make([][]float64, len(times))}
	if len(times) > maxCells/max(grid.Len(), 1) {
		b.fileFault("%d 个时刻 × %d 格；应减少", "%d times of %d cells; want fewer", len(times), grid.Len())
		return
	}
	for k := range r.Values {
		r.Values[k] = slices.Repeat([]float64{math.NaN()}, grid.Len())
	}
	for k := range rows {
		s := &rows[k]
		i, _ := slices.BinarySearch(xs, s.at.X)
		j, _ := slices.BinarySearch(ys, s.at.Y)
		t, _ := slices.BinarySearch(times, s.time)
		into := &r.Values[t][grid.Index(i, j)]
		if !math.IsNaN(*into) {
			b.faultAt(k+2, 1, "%v 时（%g，%g）处的值重复出现；只应一次", "at %v a second value at (%g, %g); want one",
				s.time, s.at.X, s.at.Y)
		}
		*into = s.value
	}
	if b.complete(&r); b.wrong == 0 {
		*a.Into = r
	}
}

// complete reports cells without a value.
func (b *bulk) complete(r *sim.Rasters) {
	for t, values := range r.Values {
		if c := slices.IndexFunc(values, math.IsNaN); c >= 0 {
			i, j := r.Grid.IJ(c)
			at := r.Grid.Centre(i, j)
			b.fileFault("%v 时（%g，%g）处没有值；每个时刻每格应有一行", "at %v no value at (%g, %g); want a row for every cell and time",
				r.Times[t], at.X, at.Y)
		}
	}
}

// distinct returns the values of a column, sorted, each once.
func distinct[T cmp.Ordered](rows []sample, of func(*sample) T) []T {
	list := make([]T, len(rows))
	for i := range rows {
		list[i] = of(&rows[i])
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// maxUneven is how far centres may lie from a regular grid, in cells.
const maxUneven = 1e-6

// gridOf returns the grid of square cells with these centres.
func gridOf(xs, ys []float64) (geo.Grid, bool) {
	g := geo.Grid{NX: len(xs), NY: len(ys)}
	switch {
	case len(xs) > 1:
		g.Cell = (xs[len(xs)-1] - xs[0]) / float64(len(xs)-1)
	case len(ys) > 1:
		g.Cell = (ys[len(ys)-1] - ys[0]) / float64(len(ys)-1)
	default:
		return g, false
	}
	g.Origin = geo.Point{X: xs[0] - g.Cell/2, Y: ys[0] - g.Cell/2}
	for _, list := range [][]float64{xs, ys} {
		for k, v := range list {
			if !(math.Abs(v-list[0]-float64(k)*g.Cell) <= maxUneven*g.Cell) {
				return g, false
			}
		}
	}
	return g, true
}

// writeAttachment writes what readRasters or readGrid reads.
func writeAttachment(b *bytes.Buffer, a sim.Attachment) error {
	r := a.Into
	if isGrid(a.File) {
		if len(r.Values) != 1 {
			return fmt.Errorf("%d rasters in a file that holds one", len(r.Values))
		}
		return WriteGrid(b, r.Grid, len(r.Values[0]), func(buf []byte, cell int) []byte {
			return strconv.AppendFloat(buf, r.Values[0][cell], 'f', -1, 64)
		})
	}
	if len(r.Times) != len(r.Values) {
		return fmt.Errorf("%d times for %d rasters", len(r.Times), len(r.Values))
	}
	b.WriteString("time,x,y,value\n")
	for t, values := range r.Values {
		if len(values) != r.Grid.Len() {
			return fmt.Errorf("%d values for a grid of %d x %d", len(values), r.Grid.NX, r.Grid.NY)
		}
		for c, v := range values {
			i, j := r.Grid.IJ(c)
			at := r.Grid.Centre(i, j)
			fmt.Fprintf(b, "%s,%s,%s,%s\n", r.Times[t], exact(at.X), exact(at.Y), exact(v))
		}
	}
	return nil
}
