package population

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func TestFormsOfDepartures(t *testing.T) {
	sc := testScenario()
	sc.Population.Behaviour.DelayT50, sc.Population.Behaviour.DelayT90 = 20*sim.Minute, 60*sim.Minute
	sc.Population.Belief.Points = []scenario.SharePoint{{After: 10 * sim.Minute, Share: 0.2},
		{After: 20 * sim.Minute, Share: 0.2}, {After: 60 * sim.Minute, Share: 1}}
	for name, c := range map[string]struct {
		form string
		at   [3]float64 // minutes at 0.1, 0.5, 0.9
	}{
		"weibull": {"weibull", [3]float64{20 * math.Pow(-math.Log(0.9)/math.Ln2,
			math.Log(3)/math.Log(math.Ln10/math.Ln2)), 20, 60}},
		// The median of a Rayleigh distribution is sigma sqrt(2 ln 2), so that its share u goes by sigma sqrt(-2 ln(1-u)).
		"rayleigh": {"rayleigh", [3]float64{20 * math.Sqrt(-math.Log(0.9)/math.Ln2), 20, 20 * math.Sqrt(math.Ln10/math.Ln2)}},
		"logistic": {"logistic", [3]float64{0, 20, 60}},
		"points":   {"points", [3]float64{5, 20 + 40*0.3/0.8, 20 + 40*0.7/0.8}},
	} {
		sc.Population.Belief.Mobilisation = c.form
		d := newDeparture(sc)
		for i, u := range []float64{0.1, 0.5, 0.9} {
			if got := d.quantile(u) / 60; math.Abs(got-c.at[i]) > 1e-9 {
				t.Errorf("%s: the share %v has left after %v min; want %v", name, u, got, c.at[i])
			}
		}
		last := 0.0
		for u := 0.0; u < 1; u += 0.01 {
			if q := d.quantile(u); q < last {
				t.Fatalf("%s: falls at %v", name, u)
			} else {
				last = q
			}
		}
	}
}

// TestNightPutsDeparturesOff: the drill begins at 01:00; who sleeps on it leaves at 06:00, but not with water in sight.
func TestNightPutsDeparturesOff(t *testing.T) {
	for name, wet := range map[string]bool{"dry": false, "water in sight": true} {
		sc := listeners(crowdSize, 1, "loudspeaker")
		sc.Population.Belief.NightWait = 0.4
		w := newPlace(t, sc)
		if wet {
			w.flood(100, 150, 0.3, 0)
			w.play(seconds(1))
		}
		w.order(sim.OrderEvacuateZone)
		w.play(seconds(5*3600 + 1))
		early, morning := 0, 0
		for _, e := range w.find(sim.EvPartyDecided, -1) {
			switch {
			case e.Num == 600:
				early++
			case math.Abs(e.At.Seconds()+e.Num-5*3600) < 60:
				morning++
			}
		}
		want := 0.4
		if wet {
			want = 0
		}
		if math.Abs(float64(morning)/crowdSize-want) > 0.045 || early+morning != crowdSize {
			t.Errorf("%s: %d of %d leave in the morning and %d at once; want a share of %v", name, morning, crowdSize, early, want)
		}
	}
}
