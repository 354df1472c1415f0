package atlas

import (
	"bytes"
	"math"
	"strconv"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/maps"
)

// noData is the value of a cell that has none.
const noData = -9999

// raster is a map as rasters write it: whole steps of its quantity, and which cells have a value.
type raster struct {
	quantity sim.Quantity
	grid     geo.Grid // in the coordinates of the file
	values   []int32
	wet      []int32 // greatest depth: a cell that never had water has no value in any map
	per      float64 // steps per unit
}

func newRaster(m *maps.Maps, q sim.Quantity, p *Place) *raster {
	return &raster{quantity: q, grid: p.projected(m.Grid()), values: m.Of(q).Values,
		wet: m.Of(sim.QDepthMax).Values, per: math.Round(1 / q.Step())}
}

// value returns the value of a cell in the quantity's unit, and whether it has one.
func (r *raster) value(cell int) (float64, bool) {
	v := r.values[cell]
	return float64(v) / r.per, v >= 0 && r.wet[cell] > 0
}

// floats returns the cells with the northern row first, as images have them.
func (r *raster) floats() []float32 {
	out := make([]float32, 0, len(r.values))
	for j := r.grid.NY - 1; j >= 0; j-- {
		for i := range r.grid.NX {
			v, ok := r.value(r.grid.Index(i, j))
			if !ok {
				v = noData
			}
			out = append(out, float32(v))
		}
	}
	return out
}

// ascii writes an ESRI ASCII grid.
func (r *raster) ascii() ([]byte, error) {
	var b bytes.Buffer
	err := scenarios.WriteGrid(&b, r.grid, len(r.values), func(buf []byte, cell int) []byte {
		v, ok := r.value(cell)
		if !ok {
			return append(buf, scenarios.NoData...)
		}
		return strconv.AppendFloat(buf, v, 'f', -1, 64)
	})
	return b.Bytes(), err
}
