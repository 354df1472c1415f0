package flood

import (
	"testing"
)

// lake returns a grid of n x n cells of 10 m with 2 m of water over a hump, as in the reference measurements.
func lake(n, workers int) *solver {
	s := &solver{grid: newGrid(n, n), size: 10, theta: 0.9, alpha: 0.7, wet: 0.001, froude: 1, workers: workers}
	for c := range s.cells {
		s.cells[c] = cell{bed: wall, rough: 0.03 * 1.5660459763365826}
	}
	for j := range n {
		for i := range n {
			c := s.at(i, j)
			dx, dy := float64(i-n/2)/float64(n), float64(j-n/2)/float64(n)
			h := 2 + 0.5*max(0, 1-20*(dx*dx+dy*dy))
			s.cells[c].bed = float64((i*7+j*13)%100) * 2
			s.cells[c].h = h
		}
	}
	for t := range s.tiles {
		s.survey(t, s.wet)
	}
	s.start()
	return s
}

func BenchmarkFullyWet(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run(map[int]string{1: "1worker", 2: "2workers"}[workers], func(b *testing.B) {
			s := lake(500, workers)
			b.ReportAllocs()
			for b.Loop() {
				if err := s.step(s.longest(s.deepest())); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*250000/b.Elapsed().Seconds()/1e6, "Mcell-steps/s")
		})
	}
}
