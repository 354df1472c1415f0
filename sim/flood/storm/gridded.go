package storm

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// gridded is rain on a regular grid over time.
type gridded struct {
	grid  geo.Grid
	times timeline
	rates [][]float64 // per time, one per cell [m/s]
}

func newGridded(s *Gridded) gridded {
	g := gridded{grid: s.Series[0].Grid}
	times := s.Times
	if tableFile(s.Files[0]) {
		times = s.Series[0].Times
	}
	g.times = newTimeline(times)
	factor := float64(s.Factor * perHour)
	for i := range s.Series {
		for _, values := range s.Series[i].Values {
			rates := make([]float64, len(values))
			for c, v := range values {
				rates[c] = float64(v * factor)
			}
			g.rates = append(g.rates, rates)
		}
	}
	return g
}

// visit calls f with each time whose rates hold in a part of the span, and the seconds of that part.
func (l timeline) visit(from, to sim.Time, f func(k int, seconds float64)) {
	for k := max(l.passed(from)-1, 0); k < len(l) && l[k] < to; k++ {
		end := to
		if k+1 < len(l) {
			end = min(end, l[k+1])
		}
		if begin := max(from, l[k]); end > begin {
			f(k, end.Sub(begin).Seconds())
		}
	}
}

// between returns the depth that falls at a place; beyond the grid's border as in the cell nearest to it.
func (g *gridded) between(at geo.Point, from, to sim.Time) float64 {
	i, j := g.grid.ClampIJ(at)
	c, sum := g.grid.Index(i, j), 0.0
	g.times.visit(from, to, func(k int, seconds float64) { sum += float64(g.rates[k][c] * seconds) })
	return sum
}

func (g *gridded) activeAfter(t sim.Time) bool {
	for k := max(g.times.passed(t)-1, 0); k < len(g.rates); k++ {
		for _, r := range g.rates[k] {
			if r > 0 {
				return true
			}
		}
	}
	return false
}
