package command

import (
	"math"
	"testing"

	"sandtable/sim"
)

// A Weibull curve through the times by which 50 % and 90 % have heard: b = ln(ln 10/ln 2)/ln(t90/t50), a = ln 2/t50^b,
// P(t) = 1 - exp(-a t^b). For t50 = 1 min and t90 = 5 min: b = 0.7459, so that 25 % have heard after 18.457 s.
// Reference: USACE HEC-LifeSim technical reference manual, eq. 9 (form of the curve).
func TestDelayIsWeibull(t *testing.T) {
	law := newDelayLaw(sim.Minute, 5*sim.Minute)
	for _, x := range []struct{ u, want float64 }{{0.25, 18.4571}, {0.5, 60}, {0.9, 300}} {
		if got := law.at(x.u).Seconds(); math.Abs(got-x.want) > 0.001 {
			t.Errorf("%.0f %% after %.4f s; want %.4f", 100*x.u, got, x.want)
		}
	}
	b := math.Log(math.Log(10)/math.Log(2)) / math.Log(5)
	for _, u := range []float64{1e-9, 0.1, 0.37, 0.999, 1 - 1e-15} {
		s := law.at(u).Seconds()
		if p := 1 - math.Exp(-math.Ln2*math.Pow(s/60, b)); math.Abs(p-u) > 1e-6 {
			t.Errorf("share %v after %v s; the curve gives %v", u, s, p)
		}
	}
}

func TestDelayLimits(t *testing.T) {
	for _, x := range []struct {
		t50, t90 sim.Duration
		u        float64
		want     sim.Duration
	}{
		{0, 0, 0.99, 0},
		{sim.Minute, sim.Minute, 0.99, sim.Minute},
		{sim.Minute, 30 * sim.Second, 0.99, sim.Minute},
		{0, 10 * sim.Second, 0.9, 10 * sim.Second},
		{0, 10 * sim.Second, 0.5, sim.Second},
	} {
		if got := newDelayLaw(x.t50, x.t90).at(x.u); got != x.want {
			t.Errorf("t50 %v, t90 %v: share %v after %v; want %v", x.t50, x.t90, x.u, got, x.want)
		}
	}
}

// Half of the posts acknowledge within the median, nine of ten within twice of it, one of ten within half of it.
func TestAckTime(t *testing.T) {
	for _, x := range []struct{ u, want float64 }{{0.1, 90}, {0.5, 180}, {0.9, 360}} {
		if got := ackTime(3*sim.Minute, x.u).Seconds(); math.Abs(got-x.want) > 1e-5 {
			t.Errorf("%.0f %% after %v s; want %v", 100*x.u, got, x.want)
		}
	}
}
