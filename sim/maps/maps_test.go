package maps

import (
	"bytes"
	"math"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

// body is a water of its own, as a hazard publishes it.
type body struct{ depth, east, north *sim.Layer }

func newBody(ls *sim.Layers, g geo.Grid) body {
	var b body
	for q, l := range map[sim.Quantity]**sim.Layer{sim.QDepth: &b.depth, sim.QVelocityX: &b.east, sim.QVelocityY: &b.north} {
		*l = sim.NewLayer(sim.LayerKey{Quantity: q}, g)
	}
	ls.Add(b.depth)
	ls.Add(b.east)
	ls.Add(b.north)
	return b
}

// set writes depth [mm] and velocity [mm/s] of a cell.
func (b body) set(cell int, depth, east, north int32) {
	b.depth.Set(cell, depth)
	b.east.Set(cell, east)
	b.north.Set(cell, north)
}

func at(s int) sim.Time { return sim.Time(s) * sim.Time(sim.Second) }

// want compares one cell with arrival, greatest depth, its instant, speed, product, duration, danger.
func (m *Maps) want(t *testing.T, cell int, want [7]int32) {
	t.Helper()
	for k, q := range Quantities {
		if got := m.Of(q).Values[cell]; got != want[k] {
			t.Errorf("%s of cell %d: %d; want %d", q, cell, got, want[k])
		}
	}
}

// Three cells: one that is reached twice, one that stays below the threshold, one that is wet from the start. The
// greatest product is that of one instant, 0.8 m x 0.5 m/s, and not of the greatest depth and the greatest speed.
func TestMapsByHand(t *testing.T) {
	g := geo.Grid{NX: 3, NY: 1, Cell: 10}
	ls := sim.NewLayers(&sim.Terrain{Grid: g, Bed: make([]int32, 3), Cover: make([]uint8, 3)})
	b := newBody(ls, g)
	m := New(ls, Wet)
	for _, p := range []struct {
		at    int
		cells [3][3]int32
	}{
		{0, [3][3]int32{{}, {}, {2000, 0, 0}}},
		{30, [3][3]int32{{149, 3000, 0}, {100, -300, 400}, {2000, 0, 0}}},
		{60, [3][3]int32{{151, 600, 800}, {100, 0, 0}, {1000, 0, -1000}}},
		{90, [3][3]int32{{800, 300, -400}, {}, {100, 0, 0}}},
		{120, [3][3]int32{{800, 0, 0}, {}, {}}},
		{150, [3][3]int32{{20, 0, 0}, {}, {}}},
		{180, [3][3]int32{{700, 0, 0}, {}, {}}},
	} {
		ls.Begin(at(p.at))
		for c, v := range p.cells {
			b.set(c, v[0], v[1], v[2])
		}
		m.Take(ls)
		m.Take(ls) // a second look changes nothing
	}
	m.Settle(at(200))
	// 0.149 m x 3 m/s = 0.447 m2/s is more than 0.8 m x 0.5 m/s = 0.4: at 30 s, when nobody was to be reached yet.
	m.want(t, 0, [7]int32{60, 800, 90, 3000, 447, 90 + 20, int32(sim.H5)})
	m.want(t, 1, [7]int32{-1, 100, 30, 500, 50, 0, int32(sim.H1)})
	m.want(t, 2, [7]int32{0, 2000, 0, 1000, 1000, 90, int32(sim.H4)})
	m.Settle(at(500))
	m.want(t, 0, [7]int32{60, 800, 90, 3000, 447, 90 + 320, int32(sim.H5)})
	if film := New(ls, Film); film.Threshold() != 10 || film.Grid() != g {
		t.Errorf("threshold %d on %v", film.Threshold(), film.Grid())
	}
}

func TestNoWaterNoMaps(t *testing.T) {
	ls := sim.NewLayers(&sim.Terrain{})
	ls.Add(sim.NewLayer(sim.LayerKey{Quantity: sim.QRain}, geo.Grid{NX: 2, NY: 2, Cell: 1}))
	if m := New(ls, Wet); m != nil {
		t.Error("maps of a world without water")
	}
}

// A fine grid within a coarse one: the maps have the fine cells over both, each with what lies under its
// centre.
func TestMapsOfNestedGrids(t *testing.T) {
	coarse := geo.Grid{NX: 2, NY: 2, Cell: 30, Origin: geo.Point{X: -30}}
	fine := geo.Grid{NX: 3, NY: 3, Cell: 10, Origin: geo.Point{X: 5}}
	ls := sim.NewLayers(&sim.Terrain{Grid: coarse, Bed: make([]int32, 4), Cover: make([]uint8, 4)})
	wide, near := newBody(ls, coarse), newBody(ls, fine)
	m := New(ls, Wet)
	if want := (geo.Grid{NX: 7, NY: 6, Cell: 10, Origin: geo.Point{X: -35}}); m.Grid() != want {
		t.Fatalf("the maps have %+v; want %+v", m.Grid(), want)
	}
	ls.Begin(0)
	m.Take(ls)
	ls.Begin(at(30))
	wide.set(coarse.Index(1, 0), 500, 0, 0) // from 0 to 30 m
	near.set(fine.Index(0, 0), 900, 0, 0)   // from 5 to 15 m
	m.Take(ls)
	m.Settle(at(40))
	for i, want := range []int32{0, 0, 0, 500, 900, 500, 0} { // with their centres at -30, -20 … 30 m
		if got := m.Of(sim.QDepthMax).Values[i]; got != want {
			t.Errorf("cell %d: %d mm; want %d", i, got, want)
		}
	}
}

func TestGridThatCannotBeHeld(t *testing.T) {
	big := geo.Grid{NX: 100, NY: 100, Cell: 1000}
	ls := sim.NewLayers(&sim.Terrain{Grid: big})
	for _, g := range []geo.Grid{{NX: 5, NY: 5, Cell: 1}, big, {NX: 5, NY: 5, Cell: 50}} {
		newBody(ls, g)
	}
	if g, ok := gridFor(ls); !ok || g.Cell != 50 || g.NX != 2000 || g.NY != 2000 {
		t.Errorf("%+v; want 2000 x 2000 cells of 50 m", g)
	}
}

// naive looks at every cell at every publication, and counts the seconds between two.
type naive struct {
	grid geo.Grid
	v    [7][]int32
	was  []bool
	last int
}

func newNaive(g geo.Grid) *naive {
	n := &naive{grid: g, was: make([]bool, g.Len())}
	for k := range n.v {
		n.v[k] = make([]int32, g.Len())
	}
	for c := range g.Len() {
		n.v[0][c], n.v[2][c] = -1, -1
	}
	return n
}

func (n *naive) settle(now int) {
	for c, wet := range n.was {
		if wet {
			n.v[5][c] += int32(now - n.last)
		}
	}
	n.last = now
}

func (n *naive) take(ls *sim.Layers, now int, threshold int32) {
	n.settle(now)
	for c := range n.grid.Len() {
		i, j := n.grid.IJ(c)
		p := n.grid.Centre(i, j)
		d := ls.At(sim.LayerKey{Quantity: sim.QDepth}, p)
		n.was[c] = d > threshold
		if d > threshold && n.v[0][c] < 0 {
			n.v[0][c] = int32(now)
		}
		if d <= 0 {
			continue
		}
		if d > n.v[1][c] {
			n.v[1][c], n.v[2][c] = d, int32(now)
		}
		x := float64(ls.At(sim.LayerKey{Quantity: sim.QVelocityX}, p))
		y := float64(ls.At(sim.LayerKey{Quantity: sim.QVelocityY}, p))
		speed := math.Sqrt(float64(x*x) + float64(y*y))
		n.v[3][c] = max(n.v[3][c], int32(math.Floor(speed+0.5)))
		n.v[4][c] = max(n.v[4][c], int32(math.Floor(float64(d)*speed/1000+0.5)))
		n.v[6][c] = max(n.v[6][c], int32(harm.Classify(float64(d)/1000, speed/1000)))
	}
}

func (n *naive) compare(t *rapid.T, m *Maps) {
	for k, q := range Quantities {
		for c, want := range n.v[k] {
			if got := m.Of(q).Values[c]; got != want {
				t.Fatalf("%s of cell %d is %d; want %d", q, c, got, want)
			}
		}
	}
}

// Reference: a naive count over every cell of every publication. Bodies of water on several grids publish at
// intervals of their own; now and then the maps are saved and loaded, and go on as they would have.
func TestMapsAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ls := sim.NewLayers(&sim.Terrain{})
		var bodies []body
		var every []int
		for range rapid.IntRange(1, 3).Draw(t, "bodies") {
			g := geo.Grid{NX: rapid.IntRange(1, 40).Draw(t, "nx"), NY: rapid.IntRange(1, 24).Draw(t, "ny"),
				Cell: rapid.SampledFrom([]float64{10, 10, 15, 25}).Draw(t, "cell")}
			if rapid.Bool().Draw(t, "moved") {
				g.Origin = geo.Point{X: rapid.Float64Range(-90, 90).Draw(t, "x"), Y: rapid.Float64Range(-90, 90).Draw(t, "y")}
			}
			bodies = append(bodies, newBody(ls, g))
			every = append(every, rapid.IntRange(1, 4).Draw(t, "interval"))
		}
		threshold := rapid.SampledFrom([]int32{Film, Wet}).Draw(t, "threshold")
		m := New(ls, threshold)
		n := newNaive(m.Grid())
		now := 0
		for step := range rapid.IntRange(1, 14).Draw(t, "steps") {
			now = step * 10
			if publish(t, ls, bodies, every, step) {
				n.take(ls, now, threshold)
			}
			if m.Take(ls); rapid.IntRange(0, 3).Draw(t, "save") == 0 {
				m = reloaded(t, m, ls)
			}
			if rapid.IntRange(0, 3).Draw(t, "look") == 0 {
				m.Settle(at(now + 3)) // to look changes nothing
			}
		}
		n.settle(now + 7)
		m.Settle(at(now + 7))
		n.compare(t, m)
	})
}

// publish lets the bodies that are due publish some changes, and says whether one did.
func publish(t *rapid.T, ls *sim.Layers, bodies []body, every []int, step int) bool {
	opened := false
	for k, b := range bodies {
		if step%every[k] != 0 {
			continue
		}
		if !opened {
			ls.Begin(at(step * 10))
			opened = true
		}
		for range rapid.IntRange(0, 12).Draw(t, "changes") {
			cell := rapid.IntRange(0, b.depth.Grid.Len()-1).Draw(t, "at")
			v := rapid.SampledFrom([][3]int32{{}, {9, 3, 4}, {10, 0, 5}, {149, 700, 1}, {150, -2000, 900}, {151, 900, 0},
				{600, 0, 800}, {600, 0, 500}, {300, 1000, 0}, {300, 707, 708}, {500, -600, 1}, {250, 2000, 0}, {200, 1999, 63},
				{1500, 10, -700}, {math.MaxInt32, math.MinInt32 + 1, 7}}).Draw(t, "water")
			if v[0] == math.MaxInt32 {
				v[0], v[1] = 1_000_000, -1_000_000 // what hazards publish at most
			}
			b.set(cell, v[0], v[1], v[2])
		}
	}
	return opened
}

// reloaded saves maps and loads them into new ones, which must save as the same bytes.
func reloaded(t *rapid.T, m *Maps, ls *sim.Layers) *Maps {
	var e, again sim.Encoder
	m.AppendState(&e)
	d := &sim.Decoder{Buf: e.Buf}
	other := New(ls, m.Threshold())
	if other.LoadState(d); d.Err != nil || len(d.Buf) != 0 {
		t.Fatalf("loading: %v, %d bytes left", d.Err, len(d.Buf))
	}
	if other.AppendState(&again); !bytes.Equal(e.Buf, again.Buf) {
		t.Fatal("loaded maps save as other bytes")
	}
	return other
}

// Where publications were missed every cell is looked at: nothing that stands in the layers stays unseen.
func TestMissedPublications(t *testing.T) {
	g := geo.Grid{NX: 40, NY: 40, Cell: 10}
	ls := sim.NewLayers(&sim.Terrain{Grid: g})
	b := newBody(ls, g)
	m := New(ls, Wet)
	ls.Begin(0)
	m.Take(ls)
	ls.Begin(at(30))
	b.set(0, 700, 0, 0)
	ls.Begin(at(60)) // forgets the mark of cell 0
	b.set(1599, 800, 0, 0)
	m.Take(ls)
	m.Settle(at(90))
	m.want(t, 0, [7]int32{60, 700, 60, 0, 0, 30, int32(sim.H3)})
	m.want(t, 1599, [7]int32{60, 800, 60, 0, 0, 30, int32(sim.H3)})
}

func TestExtremesDoNotOverflow(t *testing.T) {
	g := geo.Grid{NX: 1, NY: 1, Cell: 10}
	ls := sim.NewLayers(&sim.Terrain{Grid: g})
	b := newBody(ls, g)
	m := New(ls, Wet)
	ls.Begin(0)
	b.set(0, math.MaxInt32, math.MinInt32, math.MaxInt32)
	m.Take(ls)
	m.want(t, 0, [7]int32{0, math.MaxInt32, 0, math.MaxInt32 - 1, math.MaxInt32 - 1, 0, int32(sim.H6)})
}

func FuzzLoadState(f *testing.F) {
	g := geo.Grid{NX: 20, NY: 3, Cell: 10}
	fresh := func() *Maps {
		ls := sim.NewLayers(&sim.Terrain{Grid: g})
		newBody(ls, g)
		return New(ls, Wet)
	}
	var e sim.Encoder
	fresh().AppendState(&e)
	f.Add(e.Buf)
	f.Add(e.Buf[:len(e.Buf)-3])
	f.Fuzz(func(t *testing.T, data []byte) {
		m := fresh()
		d := &sim.Decoder{Buf: data}
		m.LoadState(d)
		if d.Err != nil || len(d.Buf) > 0 {
			return
		}
		var again sim.Encoder
		m.AppendState(&again)
		other := fresh()
		if d := (&sim.Decoder{Buf: again.Buf}); true {
			if other.LoadState(d); d.Err != nil {
				t.Fatalf("what was loaded saves as something that cannot be loaded: %v", d.Err)
			}
		}
	})
}

// BenchmarkTake is the cost of a publication in which a tenth of a county's tiles has changed, per cell of these tiles.
func BenchmarkTake(b *testing.B) {
	g := geo.Grid{NX: 600, NY: 400, Cell: 40}
	ls := sim.NewLayers(&sim.Terrain{Grid: g})
	water := newBody(ls, g)
	m := New(ls, Wet)
	cells := 0
	for n := 0; b.Loop(); n++ {
		ls.Begin(at(30 * n))
		cells = 0
		for t := range water.depth.Dirty {
			if t%10 != 0 {
				continue
			}
			i0, i1, j0, j1 := water.depth.TileCells(t)
			for j := j0; j < j1; j++ {
				for i := i0; i < i1; i++ {
					water.depth.Values[g.Index(i, j)] = int32(300 + (n*7+i)%50)
					water.east.Values[g.Index(i, j)] = int32(200 + (n*3+j)%40)
					cells++
				}
			}
			water.depth.Dirty[t], water.east.Dirty[t] = true, true
		}
		m.Take(ls)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
}

// Where two waters lie over each other the maps keep what the deeper one does: neither its depth with the speed of the
// other nor two components of different waters.
func TestMapsOfTwoWaters(t *testing.T) {
	g := geo.Grid{NX: 1, NY: 1, Cell: 10}
	ls := sim.NewLayers(&sim.Terrain{Grid: g, Bed: make([]int32, 1)})
	lake, brook := newBody(ls, g), newBody(ls, g)
	m := New(ls, Wet)
	ls.Begin(0)
	lake.set(0, 1000, 0, 300)
	brook.set(0, 400, 2000, 0)
	m.Take(ls)
	if depth, speed, product := m.Of(sim.QDepthMax).Values[0], m.Of(sim.QSpeedMax).Values[0],
		m.Of(sim.QDepthSpeedMax).Values[0]; depth != 1000 || speed != 300 || product != 300 {
		t.Errorf("%d mm, %d mm/s, %d in 0.001 m2/s; want 1000, 300 and 300", depth, speed, product)
	}
}
