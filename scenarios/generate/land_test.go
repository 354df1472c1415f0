package generate

import (
	"math"
	"slices"
	"testing"

	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// TestBedsFall walks down every channel of the finished ground: no pit may stop the water.
func TestBedsFall(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		bed := c.sc.Terrain.Bed
		for k, ch := range c.land.rivers {
			for i := 1; i < len(ch.cells); i++ {
				if c.land.dam != nil && slices.Contains(c.land.dam.cells, ch.cells[i]) {
					continue
				}
				if bed[ch.cells[i]] > bed[ch.cells[i-1]] {
					t.Fatalf("river %d rises from %d to %d mm at its cell %d", k, bed[ch.cells[i-1]], bed[ch.cells[i]], i)
				}
				ai, aj := c.land.grid.IJ(int(ch.cells[i-1]))
				bi, bj := c.land.grid.IJ(int(ch.cells[i]))
				if d := (ai-bi)*(ai-bi) + (aj-bj)*(aj-bj); d != 1 {
					t.Fatalf("river %d: cells %d and %d share no edge", k, i-1, i)
				}
			}
			if len(ch.cells) == 0 || ch.order == 0 {
				continue
			}
			to := c.land.joins(ch)
			if to < 0 {
				t.Errorf("river %d ends beside no channel of river %d", k, ch.into)
			} else if last := ch.cells[len(ch.cells)-1]; bed[to] > bed[last] {
				t.Errorf("river %d ends at %d mm, below the river it joins at %d mm", k, bed[last], bed[to])
			}
		}
	})
}

// TestWaterFindsItsWay follows the drainage of every cell to a channel.
func TestWaterFindsItsWay(t *testing.T) {
	l := little().land
	for c, root := range l.flow.root {
		if l.flow.owner[root] < 0 {
			t.Fatalf("cell %d drains to cell %d, which is no channel", c, root)
		}
	}
}

// TestBankfullSection fills the main river to its bank and asks what flows.
//
// Reference: Manning's formula for a wide section, Q = w h^(5/3) S^(1/2) / n (Chow 1959, chapter 5).
func TestBankfullSection(t *testing.T) {
	l := linjiang().land
	fall := l.slope * l.p.Width / l.main.length()
	depth := l.main.bank[100] - l.main.bed[100]
	flow := l.main.width * num.Pow(depth, 5.0/3) * math.Sqrt(fall) / riverRough
	if math.Abs(flow/l.p.Bankfull-1) > 0.02 {
		t.Errorf("%.0f m3/s flow in the full channel; want %.0f", flow, l.p.Bankfull)
	}
}

// Reference: W. B. Langbein and L. B. Leopold 1966: rivers of such meanders are 1.1 to 2 times as long as their valley.
func TestRiverMeanders(t *testing.T) {
	l := linjiang().land
	if s := l.main.length() / l.p.Width; s < 1.05 || s > 2 {
		t.Errorf("sinuosity %.2f; want 1.05 to 2", s)
	}
	for i := 1; i < len(l.main.line); i++ {
		if l.main.line[i].X <= l.main.line[i-1].X {
			t.Fatalf("the river turns back at %v", l.main.line[i])
		}
	}
}

func TestReservoirHoldsWater(t *testing.T) {
	l := linjiang().land
	m := l.dam
	if m == nil || len(m.levels) != curveLevels {
		t.Fatal("no reservoir")
	}
	for k := 1; k < len(m.levels); k++ {
		if !(m.levels[k] > m.levels[k-1] && m.store[k] > m.store[k-1]) {
			t.Fatalf("the level-storage curve does not rise at %g m", m.levels[k])
		}
	}
	sum := 0.0
	inside := make([]bool, len(l.z))
	for _, c := range m.basin {
		inside[c] = true
		sum += (m.levels[curveLevels-1] - l.z[c]) * l.grid.Cell * l.grid.Cell
	}
	if math.Abs(sum/m.store[curveLevels-1]-1) > 0.01 {
		t.Errorf("%.0f m3 behind the dam; the curve says %.0f", sum, m.store[curveLevels-1])
	}
	if v := m.store[curveLevels-1]; v < 10e6 || v > 100e6 {
		t.Errorf("%.1f million m3; want a reservoir of middle size, 10 to 100", v/1e6)
	}
	if inside[m.outlet] {
		t.Error("the outlet below the dam lies in the basin")
	}
}

func TestTheDykeCloses(t *testing.T) {
	l := linjiang().land
	dy := l.dyke
	if dy == nil {
		t.Fatal("no dyke")
	}
	low, weak := math.Inf(1), 0.0
	for i, p := range dy.line {
		height := dy.crest[i] - l.bank(p.X)
		low = math.Min(low, height)
		if p == dy.weak {
			weak = height
		}
		if math.Abs(p.X-dy.weakX) < (frailCells+1)*l.grid.Cell {
			continue // a structure, which can fail, instead of raised ground
		}
		if l.ground(p) < dy.crest[i]-0.01 && !l.inChannel(p) {
			t.Errorf("the ground at %v is %.2f m; want the crest, %.2f m", p, l.ground(p), dy.crest[i])
		}
	}
	if low < 1 {
		t.Errorf("the dyke is only %.2f m above the bank", low)
	}
	if math.Abs(weak-low) > 0.2 {
		t.Errorf("the weak place stands %.2f m above the bank, the lowest %.2f m", weak, low)
	}
	stretch := linjiang().frailDyke()
	for _, end := range []int{0, len(stretch.Line) - 1} {
		if p := scenario.Point(stretch.Line[end]); l.ground(p) < stretch.Crest[end]-0.05 {
			t.Errorf("the weak stretch ends at %v on ground of %.2f m; want its crest, %.2f m", p, l.ground(p), stretch.Crest[end])
		}
	}
}

func TestTownsHaveReliefAroundThem(t *testing.T) {
	l := linjiang().land
	high := 0
	for c, z := range l.z {
		if z-l.bank(l.centre(int32(c)).X) > l.p.Relief/4 {
			high++
		}
	}
	if share := float64(high) / float64(len(l.z)); share < 0.2 || share > 0.8 {
		t.Errorf("hills cover %.2f of the map; want 0.2 to 0.8", share)
	}
}

func TestHeapIsStable(t *testing.T) {
	var h heap
	for _, c := range []int32{5, 3, 9, 1, 7} {
		h.push(2, c)
		h.push(1, c+100)
	}
	var got []int32
	for len(h) > 0 {
		_, c := h.pop()
		got = append(got, c)
	}
	want := []int32{101, 103, 105, 107, 109, 1, 3, 5, 7, 9}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("order %v; want %v", got, want)
		}
	}
}

func TestNoiseIsBounded(t *testing.T) {
	n := newNoise(3, "test", 100, 4, 0.5)
	low, high := math.Inf(1), math.Inf(-1)
	for k := range 20000 {
		v := n.at(geo.Point{X: float64(k) * 7.3, Y: float64(k) * -3.1})
		low, high = math.Min(low, v), math.Max(high, v)
	}
	if low < -1.05 || high > 1.05 || high-low < 0.8 {
		t.Errorf("noise from %.2f to %.2f; want about -1 to 1", low, high)
	}
}
