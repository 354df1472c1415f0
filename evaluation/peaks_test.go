package evaluation

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// tub is a Viewer of a map of 40 x 40 cells with a house in town, one in a wood and one off the map.
type tub struct {
	sim.Viewer
	layers *sim.Layers
}

func (b *tub) Layers() *sim.Layers { return b.layers }

func newTub(t *testing.T) (*tub, *Peaks) {
	t.Helper()
	grid := geo.Grid{NX: 40, NY: 40, Cell: 10}
	sc := &scenario.Scenario{Terrain: sim.Terrain{Grid: grid, Bed: make([]int32, grid.Len()), Cover: make([]uint8, grid.Len())},
		Danger: scenario.Danger{Criterion: "defra", Debris: "fd2321", Upper: "fd2320"}}
	sites := &scenario.Sites{}
	for _, at := range []geo.Point{{X: 5, Y: 5}, {X: 395, Y: 395}, {X: -50, Y: 5}} {
		cell, ok := grid.CellAt(at)
		if !ok {
			cell = -1
		}
		sc.Buildings = append(sc.Buildings, scenario.Building{At: at})
		sites.Building = append(sites.Building, scenario.BuildingSite{Cell: int32(cell)})
	}
	sc.Terrain.Cover[sites.Building[0].Cell], sc.Terrain.Cover[sites.Building[1].Cell] = scenario.CoverUrban, scenario.CoverForest
	b := &tub{layers: sim.NewLayers(&sc.Terrain)}
	for _, q := range []sim.Quantity{sim.QDepth, sim.QVelocityX, sim.QVelocityY} {
		b.layers.Add(sim.NewLayer(sim.LayerKey{Quantity: q}, grid))
	}
	return b, NewPeaks(sc, sites)
}

// publish sets depth [mm] and speed to the east [mm/s] in a cell.
func (b *tub) publish(t *testing.T, p *Peaks, cell, depth, speed int32) {
	t.Helper()
	b.layers.Begin(b.layers.Published + 30)
	b.layers.All()[0].Set(int(cell), depth)
	b.layers.All()[1].Set(int(cell), speed)
	if err := p.After(0, nil, nil, b); err != nil {
		t.Fatal(err)
	}
}

// Depth and rating are each the greatest of their own, at one instant each; a film counts as nothing; the ground decides the
// debris; a building off the map stays dry.
func TestPeaksKeepTheWorst(t *testing.T) {
	b, p := newTub(t)
	town, wood := int32(0), int32(40*40-1)
	b.publish(t, p, town, 150, 9000)
	if p.List[0] != (Peak{}) {
		t.Errorf("a film left %+v", p.List[0])
	}
	b.publish(t, p, town, 500, 1000) // 0.5 (1 + 0.5) + 1 = 1.75
	b.publish(t, p, town, 700, 0)    // 0.7 · 0.5 + 1 = 1.35
	b.publish(t, p, town, 0, 0)
	b.publish(t, p, wood, 500, 1000) // 0.5 · 1.5 + 0.5 = 1.25
	for k, want := range []Peak{{0.7, 1.75}, {0.5, 1.25}, {}} {
		if got := p.List[k]; math.Abs(got.Depth-want.Depth) > 1e-12 || math.Abs(got.Rating-want.Rating) > 1e-12 {
			t.Errorf("building %d: %+v; want %+v", k, got, want)
		}
	}
}

// A publication that was missed leaves no gap: all buildings are looked at, not only those in tiles that changed last.
func TestPeaksAfterAGap(t *testing.T) {
	b, p := newTub(t)
	b.layers.Begin(0)
	b.layers.All()[0].Set(0, 800)
	b.publish(t, p, 40*40-1, 400, 0)
	if p.List[0].Depth != 0.8 || p.List[1].Depth != 0.4 {
		t.Errorf("%+v; want 0.8 and 0.4 m", p.List)
	}
}

// The map keeps the worst level of every cell, by its own ground; a film has none.
func TestRatingMapKeepsTheWorst(t *testing.T) {
	b, p := newTub(t)
	m := NewRatingMap(p.sc)
	last := int32(40*40 - 1)
	for _, w := range [][3]int32{{0, 150, 9000}, {1, 500, 1000}, {1, 700, 0}, {1, 0, 0}, {last, 500, 1000}, {2, 3000, 0}} {
		b.publish(t, p, w[0], w[1], w[2])
		if err := m.After(0, nil, nil, b); err != nil {
			t.Fatal(err)
		}
	}
	// Cell 1 is pasture: 0.5 · 1.5 + 0 = 0.75, danger for some; the wood 0.75 + 0.5 = 1.25, for most; 3 m of still water
	// 1.5 + 0.5 = 2, for most.
	for cell, want := range map[int32]int32{0: 0, 1: 2, last: 3, 2: 3} {
		if got := m.Layer.Values[cell]; got != want {
			t.Errorf("cell %d: level %d; want %d", cell, got, want)
		}
	}
	dry := NewRatingMap(p.sc)
	if err := dry.After(0, nil, nil, &tub{layers: sim.NewLayers(&p.sc.Terrain)}); err != nil || dry.Layer != nil {
		t.Errorf("a map without water: %v, %v", dry.Layer, err)
	}
}

// Of two waters the rating is that of the deeper one, 0.5 · 0.5 for half a metre that stands: caution, and no more.
func TestRatingMapOfTwoWaters(t *testing.T) {
	b, p := newTub(t)
	for k, v := range [3]int32{400, 3000, 0} {
		l := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth + sim.Quantity(k)}, p.sc.Terrain.Grid)
		l.Set(1, v)
		b.layers.Add(l)
	}
	m := NewRatingMap(p.sc)
	b.publish(t, p, 1, 500, 0)
	if err := m.After(0, nil, nil, b); err != nil {
		t.Fatal(err)
	}
	if got, want := m.Layer.Values[1], int32(harm.Grade(0.25, false)); got != want {
		t.Errorf("level %d; want %d", got, want)
	}
}
