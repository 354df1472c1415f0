package render

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// However the water came to be as it is, its picture is the same: blocks that fell dry are wiped, others redrawn.
func TestWaterPictureForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := geo.Grid{NX: rapid.IntRange(1, 9).Draw(t, "nx"), NY: rapid.IntRange(1, 9).Draw(t, "ny"), Cell: 10}
		terrain := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len()), Cover: make([]uint8, g.Len())}
		for c := range terrain.Cover {
			if rapid.IntRange(0, 4).Draw(t, "river") == 0 {
				terrain.Cover[c] = scenario.CoverWater
			}
		}
		layer := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, g)
		grown := newWater(terrain)
		for edition := range rapid.IntRange(1, 5).Draw(t, "editions") {
			for c := range layer.Values {
				layer.Values[c] = int32(max(0, rapid.IntRange(-1500, 2500).Draw(t, "depth")))
			}
			grown.update(layer, edition+1)
		}
		fresh := newWater(terrain)
		fresh.update(layer, 1)
		if !slices.Equal(grown.pic.Pixels.Pix, fresh.pic.Pixels.Pix) {
			t.Fatal("the picture of the water depends on what was drawn before")
		}
	})
}

func TestWaterKeepsTheRiver(t *testing.T) {
	g := geo.Grid{NX: 6, NY: 6, Cell: 10}
	terrain := &sim.Terrain{Grid: g, Bed: make([]int32, g.Len()), Cover: make([]uint8, g.Len())}
	layer := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, g)
	for c := range layer.Values {
		layer.Values[c] = 1500
		if i, _ := g.IJ(c); i < 3 {
			terrain.Cover[c] = scenario.CoverWater
		}
	}
	w := newWater(terrain)
	w.update(layer, 1)
	b := w.pic.Pixels.Bounds()
	if a := w.pic.Pixels.RGBAAt(b.Dx()/6, b.Dy()/2).A; a != 0 {
		t.Errorf("over the river the depth has alpha %d; want the river's own colour", a)
	}
	want := depthColors[4]
	got := w.pic.Pixels.RGBAAt(b.Dx()*5/6, b.Dy()/2)
	if got.A != want.A {
		t.Errorf("on land 1.5 m has alpha %d; want %d", got.A, want.A)
	}
}
