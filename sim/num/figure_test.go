package num

import (
	"math"
	"slices"
	"testing"

	"sandtable/figure"
)

// TestFigureErrors draws the largest error of six functions in each part of their range, with the bound that their doc
// comments promise.
func TestFigureErrors(t *testing.T) {
	figure.Wanted(t)
	var panels []*figure.Panel
	for _, c := range []struct {
		name, axis string
		lo, hi     float64
		log        bool
	}{
		{"Exp", "x [-]", -745, 709.7, false}, {"Log", "x [-]", 1e-2, 100, true}, {"Sin", "x [-]", 1e-3, 1e15, true},
		{"Tanh", "x [-]", 1e-3, 30, true}, {"Pow73", "h [m]", 1e-3, 100, true}, {"NormCDF", "x [-]", -38, 8, false},
	} {
		panels = append(panels, errorPanel(c.name, c.axis, c.lo, c.hi, c.log))
	}
	figure.Save(t, "numerics-errors",
		"Largest error of 300 random arguments in each of 80 parts of the range, against series and continued fractions of 384 bits (math/big).\n"+
			"Dashed: the bound that the doc comment promises. A perfectly rounded function reaches 0.5 and never more.", 3, panels...)
}

func errorPanel(name, axis string, lo, hi float64, log bool) *figure.Panel {
	const parts, draws = 80, 300
	k := slices.IndexFunc(accuracy, func(a accuracyCase) bool { return a.name == name })
	a := &accuracy[k]
	s := stream(uint64(200 + k))
	edge := func(i float64) float64 {
		if log {
			return math.Pow(10, math.Log10(lo)+(math.Log10(hi)-math.Log10(lo))*i/parts)
		}
		return lo + (hi-lo)*i/parts
	}
	p := figure.NewPanel(name, axis, "error [ulp]", figure.TopRight)
	if log {
		p.LogX()
	}
	p.X(lo, hi)
	p.Y(0, 1.25*a.bound)
	var seen []figure.Point
	for i := range parts {
		most := 0.0
		for range draws {
			x := edge(float64(i) + s.uniform(0, 1))
			most = max(most, ulps(a.f(x), a.ref(bf(x))))
		}
		seen = append(seen, figure.Point{X: edge(float64(i)), Y: most})
	}
	p.Steps("", figure.Ours, append(seen, figure.Point{X: hi, Y: seen[parts-1].Y}))
	p.LimitY(a.bound, "")
	return p
}
