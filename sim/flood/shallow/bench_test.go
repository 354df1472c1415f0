package shallow

import (
	"fmt"
	"math"
	"testing"
)

// BenchmarkStep steps 500 x 500 cells that are wet all over.
func BenchmarkStep(b *testing.B) {
	for _, scheme := range []Scheme{Inertial, Finite} {
		for _, advect := range []bool{false, true} {
			if advect && scheme == Finite {
				continue
			}
			b.Run(fmt.Sprintf("scheme=%d/advect=%v", scheme, advect), func(b *testing.B) {
				const n = 500
				w := New(n, n, Params{Scheme: scheme, Size: 10, Alpha: 0.45, Wet: 1e-3, Theta: 0.9, Froude: 1,
					Advect: advect, Workers: 1})
				for j := range n {
					for i := range n {
						c := &w.Cells[w.At(i, j)]
						dx, dy := float64(i-n/2)/n, float64(j-n/2)/n
						c.Bed = float32((i*7 + j*13) % 100 * 2)
						c.Rough = float32(0.03 * math.Sqrt(Gravity) / 2)
						c.H = 2.5 + 0.5*max(0, 1-20*(dx*dx+dy*dy)) - float64(c.Bed)/1000
					}
				}
				for t := range w.Tiles {
					w.Survey(t)
				}
				b.ReportAllocs()
				for b.Loop() {
					if err := w.Step(w.Longest(0)); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)*n*n/b.Elapsed().Seconds()/1e6, "Mcell-steps/s")
			})
		}
	}
}
