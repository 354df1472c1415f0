package flood

import (
	"math"
	"testing"

	"sandtable/sim"

	"pgregory.net/rapid"
)

func TestSeries(t *testing.T) {
	times := []sim.Duration{10 * sim.Second, 20 * sim.Second, 40 * sim.Second}
	values := []float64{2, 6, 0}
	linear, steps := newSeries(times, values, 1, false), newSeries(times, values, 1, true)
	for _, c := range []struct {
		at                                float64
		linear, linearSum, step, stepsSum float64 // sums from time 0
	}{
		{0, 2, 0, 0, 0}, {5, 2, 10, 0, 0}, {10, 2, 20, 2, 0}, {15, 4, 35, 2, 10}, {20, 6, 60, 6, 20}, {30, 3, 105, 6, 80},
		{40, 0, 120, 0, 140}, {100, 0, 120, 0, 140},
	} {
		at := sim.Time(c.at * float64(sim.Second))
		for name, x := range map[string][2]float64{
			"linear": {linear.at(at), c.linear}, "linear sum": {linear.between(0, at), c.linearSum},
			"steps": {steps.at(at), c.step}, "steps sum": {steps.between(0, at), c.stepsSum},
		} {
			if math.Abs(x[0]-x[1]) > 1e-12 {
				t.Errorf("%s at %g s: %g; want %g", name, c.at, x[0], x[1])
			}
		}
	}
	var none series
	if none.at(5) != 0 || none.between(0, 100) != 0 || none.active(0) {
		t.Error("an empty series gives something")
	}
	if !steps.active(0) || steps.active(sim.Time(40*sim.Second)) {
		t.Error("steps are active until the last value that is not zero")
	}
}

// The integral over a span is the sum of the integrals over its parts.
func TestSeriesAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var times []sim.Duration
		var values []float64
		at := sim.Duration(0)
		for range rapid.IntRange(1, 8).Draw(t, "n") {
			times = append(times, at)
			values = append(values, rapid.Float64Range(0, 100).Draw(t, "value"))
			at += sim.Duration(rapid.Int64Range(1, 3e9).Draw(t, "span"))
		}
		s := newSeries(times, values, 1, rapid.Bool().Draw(t, "steps"))
		a := sim.Time(rapid.Int64Range(0, int64(at)).Draw(t, "a"))
		b := a + sim.Time(rapid.Int64Range(0, int64(at)).Draw(t, "b"))
		mid := a + (b-a)/3
		whole, parts := s.between(a, b), s.between(a, mid)+s.between(mid, b)
		if math.Abs(whole-parts) > 1e-9*(1+math.Abs(whole)) || whole < -1e-9 {
			t.Fatalf("%g over the whole, %g over its parts", whole, parts)
		}
	})
}
