package population

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func near(t *testing.T, name string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %v; want %v ± %v", name, got, want, tolerance)
	}
}

// Every construction gives way as sim/harm has its walls: earth at the least, concrete at the most.
func TestWallsOfConstructions(t *testing.T) {
	for build, want := range map[scenario.Construction]float64{scenario.BuildEarth: 3, scenario.BuildWood: 7,
		scenario.BuildMasonry: 8, scenario.BuildConcrete: 10} {
		if product, _ := wallsOf[build].GivesWay(1); product != want {
			t.Errorf("construction %d gives way at %v m2/s at the most; want %v", build, product, want)
		}
	}
}

// Who is held up by an able adult has the adult's depth; infants and who cannot walk are swept away in any flow worth
// the name.
func TestFootingInCompany(t *testing.T) {
	for _, c := range []struct {
		age         uint8
		m           scenario.Mobility
		with        body
		depth, flow float64
	}{
		{30, scenario.MobilityAble, 0, 1.4025, 1.2}, {70, scenario.MobilityAble, 0, 1.3005, 0.6}, {6, scenario.MobilityAble, 0, 0.9707, 0.6},
		{6, scenario.MobilityAble, bodyCarrier, 1.4025, 0.6}, {1, scenario.MobilityAble, 0, 0.7072, 0.4},
		{40, scenario.MobilityNone, 0, 1.3005, 0.4},
	} {
		f := footingOf(&scenario.Person{Age: c.age, Mobility: c.m}, c.with)
		near(t, "depth", f.Depth, c.depth, 1e-9)
		near(t, "depth times speed", f.Product, c.flow, 0)
	}
}

// Reference: ranges of walking speeds in the literature on evacuation: adults 1.2-1.4 m/s, 65 and older 0.8-1.0,
// children 0.8-1.1, assisted 0.6-0.8, with an infant 20 % slower.
func TestWalkingSpeeds(t *testing.T) {
	for _, c := range []struct {
		age    uint8
		m      scenario.Mobility
		lo, hi float64
	}{
		{30, scenario.MobilityAble, 1.2, 1.4}, {64, scenario.MobilityAble, 1.2, 1.4}, {65, scenario.MobilityAble, 0.8, 1.0},
		{8, scenario.MobilityAble, 0.8, 1.1}, {1, scenario.MobilityAble, 1.2 * 0.8, 1.4 * 0.8},
		{80, scenario.MobilityLimited, 0.6, 0.8}, {50, scenario.MobilityNone, 0.6, 0.8},
	} {
		if v := walkSpeed(&scenario.Person{Age: c.age, Mobility: c.m}); v < c.lo || v > c.hi {
			t.Errorf("age %d, mobility %d: %v m/s; want %v to %v", c.age, c.m, v, c.lo, c.hi)
		}
	}
}

// Reference: the Weibull form P(t) = 1 - exp(-a t^b) of LifeSim Technical Reference Manual, chapter 6, equation 9,
// through two elicited points: a = ln 2 / t50^b, b = ln(ln 10 / ln 2) / ln(t90/t50). Worked by hand:
// t50 = 25 min, t90 = 70 min give b = 1.166009, and a quarter has set off after 11.76 min.
func TestDelayThroughTwoPoints(t *testing.T) {
	d := newDelay(25*sim.Minute, 70*sim.Minute)
	near(t, "b", 1/d.inverse, 1.166009, 1e-6)
	near(t, "median", d.quantile(0.5), 25*60, 1e-6)
	near(t, "90th percentile", d.quantile(0.9), 70*60, 1e-6)
	near(t, "quarter", d.quantile(0.25)/60, 11.76, 0.005)
	near(t, "none at 0", d.quantile(0), 0, 0)
	near(t, "no spread", newDelay(sim.Minute, sim.Minute).quantile(0.99), 60, 0)
	near(t, "at once", newDelay(0, 0).quantile(0.99), 0, 0)
	if s := span(newDelay(sim.Second, 48*sim.Hour).quantile(1 - 1.0/(1<<53))); s != longest {
		t.Errorf("a delay of no end: %v; want %v", s, longest)
	}
}
