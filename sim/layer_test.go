package sim

import (
	"testing"

	"sandtable/sim/geo"
)

// layOver adds a body of water on a grid, with depth and velocity in one cell.
func layOver(ls *Layers, g geo.Grid, cell int, values [3]int32) {
	for k, q := range []Quantity{QDepth, QVelocityX, QVelocityY} {
		l := NewLayer(LayerKey{Quantity: q}, g)
		l.Set(cell, values[k])
		ls.Add(l)
	}
}

// Of several waters on one grid the deepest counts with its own velocity, of equally deep ones the fastest, whichever
// comes first; the place, the cell and the single quantities give the same water, and none that nobody has computed.
func TestWaterOfTwoHazards(t *testing.T) {
	g := geo.Grid{NX: 2, NY: 1, Cell: 10}
	river, pond, film := [3]int32{800, -1500, 200}, [3]int32{500, 300, -900}, [3]int32{20, 4000, 4000}
	lake, brook := [3]int32{800, 10, 0}, [3]int32{750, 3000, 0}
	for _, c := range []struct {
		bodies [2][3]int32
		want   [3]int32
	}{
		{[2][3]int32{river, pond}, river}, {[2][3]int32{river, film}, river}, {[2][3]int32{lake, brook}, lake},
		{[2][3]int32{river, lake}, river}, {[2][3]int32{pond, {}}, pond}, {[2][3]int32{{0, 700, 700}, {0, 0, 1}}, [3]int32{}},
	} {
		for _, first := range []int{0, 1} {
			ls := NewLayers(&Terrain{Grid: g, Bed: []int32{1000, 1000}, Cover: make([]uint8, 2)})
			layOver(ls, g, 1, c.bodies[first])
			layOver(ls, g, 1, c.bodies[1-first])
			want, place := Flow{c.want[0], c.want[1], c.want[2]}.water(1000), g.Centre(1, 0)
			if got := ls.WaterInCell(1); got != want {
				t.Errorf("%v in the cell: %+v; want %+v", c.bodies, got, want)
			}
			if got := ls.WaterAt(place); got != want {
				t.Errorf("%v at the place: %+v; want %+v", c.bodies, got, want)
			}
			for k, q := range []Quantity{QDepth, QVelocityX, QVelocityY} {
				if got := ls.At(LayerKey{Quantity: q}, place); got != c.want[k] {
					t.Errorf("%v, %v: %d; want %d", c.bodies, q, got, c.want[k])
				}
			}
			if got := FlowIn(ls.Bodies(), 1); got != (Flow{c.want[0], c.want[1], c.want[2]}) {
				t.Errorf("%v: %+v; want %v", c.bodies, got, c.want)
			}
			if got := ls.WaterInCell(0); got != (Water{}) {
				t.Errorf("in the dry cell: %+v", got)
			}
		}
	}
}

// A fine grid in a coarse one: each velocity stays with the depth of its own grid, also when all depths come first.
func TestWaterOfNestedGrids(t *testing.T) {
	coarse, fine := geo.Grid{NX: 2, NY: 2, Cell: 30}, geo.Grid{NX: 3, NY: 3, Cell: 10}
	values := map[geo.Grid][3]int32{coarse: {400, 1200, 0}, fine: {900, 0, -300}}
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5}, {0, 3, 1, 2, 4, 5}, {3, 0, 4, 1, 5, 2}} {
		ls := NewLayers(&Terrain{Grid: coarse, Bed: make([]int32, 4)})
		for _, k := range order {
			g := []geo.Grid{coarse, fine}[k/3]
			l := NewLayer(LayerKey{Quantity: Quantity(k % 3)}, g)
			l.Set(0, values[g][k%3])
			ls.Add(l)
		}
		for _, c := range []struct {
			at   geo.Point
			want Water
		}{
			{geo.Point{X: 5, Y: 5}, Water{Depth: 0.9, Level: 0.9, VY: -0.3}},
			{geo.Point{X: 25, Y: 25}, Water{Depth: 0.4, Level: 0.4, VX: 1.2}},
			{geo.Point{X: 45, Y: 5}, Water{}},
		} {
			if got := ls.WaterAt(c.at); got != c.want {
				t.Errorf("order %v, at %v: %+v; want %+v", order, c.at, got, c.want)
			}
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

// Whoever reads every publication needs the dirty tiles alone; who has missed one needs all.
func TestNews(t *testing.T) {
	ls, edition := NewLayers(nil), 0
	for _, c := range []struct {
		published    int
		news, missed bool
	}{{0, false, false}, {1, true, false}, {0, false, false}, {1, true, false}, {2, true, true}, {0, false, false}} {
		for range c.published {
			ls.Begin(0)
		}
		if news, missed := ls.News(&edition); news != c.news || missed != c.missed || edition != ls.Edition {
			t.Errorf("%d publications: news %v, missed %v at %d; want %v, %v at %d", c.published, news, missed, edition,
				c.news, c.missed, ls.Edition)
		}
	}
}
