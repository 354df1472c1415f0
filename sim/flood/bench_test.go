package flood

import (
	"fmt"
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// lake returns n x n cells of 10 m under about 2 m of water that sloshes over an uneven bed.
func lake(b *testing.B, n, workers int) *model {
	ground := &sim.Terrain{Grid: geo.Grid{NX: n, NY: n, Cell: 10}, Bed: make([]int32, n*n)}
	c := Default()
	c.Roughness.Farmland = 0.03
	m := build(b, &c, ground, workers)
	for j := range n {
		for i := range n {
			at := &m.Cells[m.At(i, j)]
			dx, dy := float64(i-n/2)/float64(n), float64(j-n/2)/float64(n)
			at.Bed = float32((i*7 + j*13) % 100 * 2)
			at.H = 2.5 + 0.5*max(0, 1-20*(dx*dx+dy*dy)) - float64(at.Bed)/1000
		}
	}
	for t := range m.Tiles {
		m.Survey(t)
	}
	return m
}

func BenchmarkFullyWet(b *testing.B) {
	for _, n := range []int{500, 1000} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%dx%d/workers=%d", n, n, workers), func(b *testing.B) {
				m := lake(b, n, workers)
				b.ReportAllocs()
				for b.Loop() {
					if err := m.Step(m.Longest(0)); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)*float64(n*n)/b.Elapsed().Seconds()/1e6, "Mcell-steps/s")
			})
		}
	}
}

// vee is a V-shaped valley of n x n cells of 10 m, 1:40 to its sides and 1:5000 along it, dry, into which 300 m3/s
// begin to flow.
func vee(b testing.TB, n, workers int) *model {
	g := geo.Grid{NX: n, NY: n, Cell: 10}
	ground := &sim.Terrain{Grid: g}
	for j := range n {
		for i := range n {
			p := g.Centre(i, j)
			z := 100 - p.X/5000 + math.Abs(p.Y-g.Bounds().Height()/2)/40
			ground.Bed = append(ground.Bed, int32(math.Round(z*1000)))
		}
	}
	c := Default()
	c.Roughness.Farmland = 0.03
	mid := g.Bounds().Height() / 2
	c.Inflows = []Inflow{{Name: "river", Times: []sim.Duration{0}, Flows: []float64{300},
		Place: [][2]float64{{5, mid - 50}, {5, mid + 50}}}}
	out := DefaultBoundary()
	out.Kind, out.Edge, out.To, out.Slope = BoundaryOutflow, "east", g.Bounds().Height(), 0.0002
	c.Boundaries = []Boundary{out}
	return build(b, &c, ground, workers)
}

// BenchmarkValley is 3 h of the mostly dry valley.
func BenchmarkValley(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for b.Loop() {
				m := vee(b, 500, workers)
				for at := sim.Time(0); at < sim.Time(3*sim.Hour); {
					at = at.Add(m.Interval())
					if err := m.Advance(at); err != nil {
						b.Fatal(err)
					}
				}
				wet := 0
				for c := range m.Cells {
					if m.Cells[c].H > m.Wet {
						wet++
					}
				}
				b.ReportMetric(float64(wet)/250000*100, "%wet")
			}
		})
	}
}

// BenchmarkPublish publishes a wet grid and a quiet one.
func BenchmarkPublish(b *testing.B) {
	m := lake(b, 500, 1)
	for range 20 {
		if err := m.Step(m.Longest(0)); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("wet", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for t := range m.Tiles {
				m.Tiles[t].Touched = true
			}
			m.Publish()
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/250000*1e9, "ns/cell")
	})
	b.Run("quiet", func(b *testing.B) {
		for b.Loop() {
			m.Publish()
		}
	})
}

// county is a river in its plain: 24 x 16 km at 40 m, a channel of 120 m that winds through a plain 2 km wide between
// hills, and a flood that rises from 200 to 3,000 m3/s and falls again.
func county(b testing.TB, workers int) *model {
	g := geo.Grid{NX: 600, NY: 400, Cell: 40}
	ground := &sim.Terrain{Grid: g}
	for j := range g.NY {
		for i := range g.NX {
			p := g.Centre(i, j)
			off := math.Abs(p.Y - 8000 - 900*math.Sin(p.X/2500))
			z, cover := 60-p.X/3000, scenario.CoverFarmland
			switch {
			case off < 60:
				cover = scenario.CoverWater
			case off < 1000:
				z += 4 + off/1000 + 0.3*math.Sin(p.X/90)*math.Cos(p.Y/70)
			default:
				z += 5 + (off-1000)/12
				cover = scenario.CoverForest
			}
			ground.Bed, ground.Cover = append(ground.Bed, int32(math.Round(z*1000))), append(ground.Cover, cover)
		}
	}
	c := Default()
	c.RiverDepth = 1
	c.Inflows = []Inflow{{Name: "river", Times: []sim.Duration{0, 2 * sim.Hour, 6 * sim.Hour, 12 * sim.Hour},
		Flows: []float64{200, 300, 3000, 800}, Place: [][2]float64{{20, 7960}, {20, 8060}}}}
	out := DefaultBoundary()
	out.Kind, out.Edge, out.To, out.Slope = BoundaryOutflow, "east", 16000, 1.0/3000
	c.Boundaries = []Boundary{out}
	return build(b, &c, ground, workers)
}

// BenchmarkCounty is 12 h of the county with all its publications.
func BenchmarkCounty(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for b.Loop() {
				m := county(b, workers)
				wet, steps, busy := 0, 0, 0
				for m.clock < sim.Time(12*sim.Hour) {
					if err := m.Advance(m.clock.Add(m.Interval())); err != nil {
						b.Fatal(err)
					}
					m.Publish()
					steps++
					busy += m.Active()
					now := 0
					for c := range m.Cells {
						if m.Cells[c].H > m.Wet {
							now++
						}
					}
					wet = max(wet, now)
				}
				var e sim.Encoder
				m.AppendState(&e)
				b.ReportMetric(float64(wet)/2400, "%wet")
				b.ReportMetric(float64(busy)/float64(steps)*256/2400, "%active")
				b.ReportMetric(float64(len(e.Buf))/1e6, "state-MB")
			}
		})
	}
}

// BenchmarkStructures measures what a wet face of a dyke costs in a step: its two levels, the weir and the limit.
func BenchmarkStructures(b *testing.B) {
	ground := valley(90, 60)
	m := build(b, built(ground, false), ground, 1)
	for at := sim.Time(0); at < sim.Time(20*sim.Minute); {
		orders(m, at)
		at = at.Add(m.Interval())
		if err := m.Advance(at); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		m.structures.rule(m.Water, 1)
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/float64(len(m.structures.ruled))*1e9, "ns/face")
}
