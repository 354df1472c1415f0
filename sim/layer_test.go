package sim

import (
	"testing"

	"sandtable/sim/geo"
)

// Two bodies of water on one grid: the place and the cell give the same water, which is the worse of the two in each
// quantity, whichever comes first.
func TestWaterOfTwoHazards(t *testing.T) {
	g := geo.Grid{NX: 2, NY: 1, Cell: 10}
	river := [3]int32{800, -1500, 200}
	pond := [3]int32{500, 300, -900}
	for _, bodies := range [][][3]int32{{river, pond}, {pond, river}} {
		ls := NewLayers(&Terrain{Grid: g, Bed: []int32{1000, 1000}, Cover: make([]uint8, 2)})
		for _, body := range bodies {
			for k, q := range []Quantity{QDepth, QVelocityX, QVelocityY} {
				l := NewLayer(LayerKey{Quantity: q}, g)
				l.Set(1, body[k])
				ls.Add(l)
			}
		}
		want := Water{Depth: 0.8, Level: 1.8, VX: -1.5, VY: -0.9}
		if got := ls.WaterInCell(1); got != want {
			t.Errorf("in the cell: %+v; want %+v", got, want)
		}
		if got := ls.WaterAt(g.Centre(1, 0)); got != want {
			t.Errorf("at the place: %+v; want %+v", got, want)
		}
		if got := ls.WaterInCell(0); got != (Water{}) {
			t.Errorf("in the dry cell: %+v", got)
		}
	}
}

// Each rule of combination, in either order: the larger in size, the sum, the earliest of instants that are some.
func TestCombine(t *testing.T) {
	for _, c := range []struct {
		rule       Combine
		a, b, want int32
	}{
		{CombineMax, 3, -5, -5}, {CombineMax, 3, 2, 3}, {CombineSum, 3, -5, -2}, {CombineFirst, -1, 40, 40},
		{CombineFirst, 30, 40, 30}, {CombineFirst, 0, 40, 0}, {CombineFirst, -1, -1, -1},
	} {
		if got, back := c.rule.Of(c.a, c.b), c.rule.Of(c.b, c.a); got != c.want || back != c.want {
			t.Errorf("rule %d of %d and %d: %d, %d; want %d", c.rule, c.a, c.b, got, back, c.want)
		}
	}
	ls := NewLayers(&Terrain{})
	if got := ls.At(LayerKey{Quantity: QArrival}, geo.Point{}); got != -1 {
		t.Errorf("the arrival where there is no map: %d; want -1", got)
	}
}
