package storm

import (
	"math"
	"testing"

	"sandtable/sim"
)

// beijingDepth is the depth of the formula q = 2001 (1 + 0.811 lg P)/(t + 8)^0.711 [m], with t in minutes.
func beijingDepth(period, t float64) float64 {
	q := 2001 * (1 + 0.811*math.Log10(period)) / math.Pow(t+8, 0.711) // L/(s ha)
	return q / 1000 / 10000 * t * 60
}

// Reference: Keifer and Chu 1957, Synthetic storm pattern for drainage design, Journal of the Hydraulics Division 83 (HY4):
// the storm holds, in the window of each length t that has the share r before the most intense instant, the depth of the
// intensity formula for the duration t; no other window of that length holds more. Formula of Beijing in the shape of
// GB 50014.
func TestChicagoHoldsTheFormula(t *testing.T) {
	for _, r := range []float64{0, 0.3, 0.4, 0.5, 1} {
		s := beijing()
		s.Peak = r
		f := Compile(&Config{Chicago: []Chicago{s}})
		begin, peak := sim.Time(sim.Hour), sim.Time(sim.Hour)+sim.Time(r*2*3600e6)
		within := func(from, to sim.Time) float64 { return f.Common(from, to) }
		if got, want := within(0, sim.Time(10*sim.Hour)), beijingDepth(10, 120); math.Abs(got/want-1) > 1e-12 {
			t.Errorf("r %g: %.6f m in all; want %.6f", r, got, want)
		}
		for _, minutes := range []float64{1, 5, 10, 30, 60, 90, 120} {
			length := sim.Time(minutes * 60e6)
			from := peak - sim.Time(r*minutes*60e6)
			most := within(from, from+length)
			if want := beijingDepth(10, minutes); math.Abs(most/want-1) > 1e-11 {
				t.Errorf("r %g: %.6f m in %g min; want %.6f", r, most, minutes, want)
			}
			for at := begin - length; at < begin+sim.Time(2*sim.Hour); at += sim.Time(20 * sim.Second) {
				if d := within(at, at+length); d > most*(1+1e-12) {
					t.Fatalf("r %g: %.9f m in %g min from %v; the window of the peak has %.9f", r, d, minutes, at, most)
				}
			}
		}
	}
}

// Reference: the intensities of Keifer and Chu 1957, i = a [(1-n) x + b]/(x + b)^(1+n) with x the time from the peak over
// r before it and over 1-r after it, are the slope of the depth.
func TestChicagoIntensities(t *testing.T) {
	s := beijing()
	f := Compile(&Config{Chicago: []Chicago{s}})
	peak := 60 + 0.4*120
	for _, minute := range []float64{65, 90, 105, 110, 130, 175} {
		x := (peak - minute) / 0.4
		if minute > peak {
			x = (minute - peak) / 0.6
		}
		a := 2001 * 1.811 / 1000 / 10000
		want := a * ((1-0.711)*x + 8) / math.Pow(x+8, 1.711)
		at := sim.Time(minute * 60e6)
		got := f.Common(at-500_000, at+500_000)
		if math.Abs(got/want-1) > 1e-6 {
			t.Errorf("minute %g: %.4g m/s; want %.4g", minute, got, want)
		}
	}
	t.Logf("greatest intensity %.1f mm/h", 3.6e6*f.Common(sim.Time(peak*60e6)-1e6, sim.Time(peak*60e6)+1e6)/2)
}
