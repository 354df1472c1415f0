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

// Reference: RiMEA guideline 4.1.1, test 7, and ISO 20414:2020, tests 2 and 5: every walker's speed lies within the
// limits of his group, which the guideline gives after Weidmann (1993): 0.58-1.61 m/s under 30, 1.41-1.54 from 30 to 50,
// 0.68-1.41 over 50, 0.46-0.76 with a disability. In company nobody goes faster than 1.3 m/s, and who carries an infant
// a fifth slower.
func TestWalkingSpeeds(t *testing.T) {
	for _, c := range []struct {
		age    uint8
		m      scenario.Mobility
		lo, hi float64
	}{
		{4, scenario.MobilityAble, 0.58, 0.58}, {8, scenario.MobilityAble, 0.58, 1.1}, {15, scenario.MobilityAble, 1.1, 1.3},
		{20, scenario.MobilityAble, 1.3, 1.3}, {40, scenario.MobilityAble, 1.3, 1.3}, {50, scenario.MobilityAble, 1.3, 1.3},
		{65, scenario.MobilityAble, 1.04, 1.05}, {80, scenario.MobilityAble, 0.68, 0.68}, {99, scenario.MobilityAble, 0.68, 0.68},
		{1, scenario.MobilityAble, 1.04, 1.04}, {30, scenario.MobilityLimited, 0.46, 0.76},
		{85, scenario.MobilityLimited, 0.46, 0.68}, {5, scenario.MobilityLimited, 0.46, 0.58},
		{50, scenario.MobilityNone, 0.6, 0.6}, {1, scenario.MobilityNone, 0.6, 0.6},
	} {
		if v := walkSpeed(&scenario.Person{Age: c.age, Mobility: c.m}); v < c.lo-1e-9 || v > c.hi+1e-9 {
			t.Errorf("age %d, mobility %d: %v m/s; want %v to %v", c.age, c.m, v, c.lo, c.hi)
		}
	}
}

// A party goes as fast as the slowest of those who live, whoever that is.
//
// Reference: ISO 20414:2020, test 14: a group stays together at the pace of its slowest member.
func TestPartyGoesAtTheSlowestPace(t *testing.T) {
	child, old, lame := adult(0), adult(0), adult(0)
	child.Age, old.Age, lame.Mobility = 8, 80, scenario.MobilityLimited
	for name, c := range map[string]struct {
		members []scenario.Person
		dead    int // of them, from the last
		want    float64
	}{
		"two adults":   {[]scenario.Person{adult(0), adult(0)}, 0, 1.3},
		"with a child": {[]scenario.Person{adult(0), child}, 0, 0.786}, "with an old man": {[]scenario.Person{old, adult(0)}, 0, 0.68},
		"lame and old":  {[]scenario.Person{lame, adult(0), old}, 0, 0.68},
		"the slow died": {[]scenario.Person{adult(0), child, old}, 2, 1.3},
	} {
		sc := testScenario()
		household(sc, 0, 0, c.members...)
		w := newPlace(t, sc)
		for k := range c.dead {
			w.p.person[len(c.members)-1-k] |= personDead
		}
		near(t, name, w.p.speed(0), c.want, 1e-9)
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
