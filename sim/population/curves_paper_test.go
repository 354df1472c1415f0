package population

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
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

// Reference: LifeSim Technical Reference Manual, chapter 12: an exceedance frequency of 0.58 in the high-hazard zone
// gives a fatality rate of 0.75.
func TestHighCurveWorkedValue(t *testing.T) {
	near(t, "rate at 0.58", highRate(0.58), 0.75, 1e-12)
	near(t, "rate at 0", highRate(0), 1, 0)
	near(t, "rate at 65/138", highRate(65.0/138), 1, 1e-12)
	near(t, "rate at 1", highRate(1), 0, 0)
	if len(highCurve) != 138 {
		t.Errorf("%d points in the high curve; want 138", len(highCurve))
	}
}

// Reference: the means of the curves of LifeSim as published with USACE go-consequences: 0.708 and 1.25e-5; all die in
// 47.1 % of the groups of the high-hazard zone and nobody in 12.3 %.
func TestCurvesMeans(t *testing.T) {
	const n = 4_000_000
	high, low, all, none := 0.0, 0.0, 0, 0
	for k := range n {
		x := (float64(k) + 0.5) / n
		r := highRate(x)
		high += r / n
		if r == 1 {
			all++
		}
		if r == 0 {
			none++
		}
		low += lowRate(x*10*lowStep) * 10 * lowStep / n
	}
	near(t, "mean of the high curve", high, 0.708, 0.0005)
	near(t, "mean of the low curve", low, 1.25e-5, 0.005e-5)
	near(t, "share of groups that all die", float64(all)/n, 0.471, 0.0005)
	near(t, "share of groups without a death", float64(none)/n, 0.123, 0.001)
	near(t, "low curve beyond its points", lowRate(2.58e-5), 0, 0)
	if !(lowRate(2.56e-5) > 0) {
		t.Error("the low curve ends before 2.57e-5")
	}
}

// Reference: the points of both curves as published in USACE go-consequences (MIT licence).
func TestCurvesPointByPoint(t *testing.T) {
	dir := os.Getenv("SANDTABLE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	for name, rate := range map[string]func(float64) float64{"high": highRate, "low": lowRate} {
		text, err := os.ReadFile(filepath.Join(dir, "evacuation", "go-consequences_"+name+"lethality.json"))
		if err != nil {
			t.Skipf("the published points are not there: %v; set SANDTABLE_DATA to the data directory", err)
		}
		var points struct{ Xvalues, Yvalues []float64 }
		if err := json.Unmarshal(text, &points); err != nil {
			t.Fatal(err)
		}
		for i, x := range points.Xvalues {
			// The published abscissas are rounded to seven digits, and the curves are steep in places.
			near(t, name, rate(x), points.Yvalues[i], 2e-6)
		}
	}
}

// Reference: LifeSim Technical Reference Manual, chapter 5, worked example: 18 ft of water, foundation 3 ft, so 15 ft
// in the structure of two storeys; limits 14 ft for limited mobility, 17 ft for able people without attic, 23 ft with
// attic, 28 ft on the roof. Immobile people are in the high-hazard zone, able ones in the low-hazard zone.
func TestSubmergenceWorkedExample(t *testing.T) {
	inside := (18.0 - 3) * foot
	limited, able := submergence(2, accessNone, 0.5)
	near(t, "limited mobility [ft]", limited/foot, 14, 1e-9)
	near(t, "able, no attic [ft]", able/foot, 17, 1e-9)
	_, attic := submergence(2, accessAttic, 0.5)
	near(t, "attic [ft]", attic/foot, 23, 1e-9)
	_, roof := submergence(2, accessRoof, 0.5)
	near(t, "roof [ft]", roof/foot, 28, 1e-9)
	if !(inside > limited) || inside > able {
		t.Errorf("15 ft inside: limited high %v, able high %v; want true, false", inside > limited, inside > able)
	}
}

// Reference: LifeSim Technical Reference Manual, chapter 5: the ranges of the criteria, and 0.95 of the people reach
// the attic, of whom 0.9 the roof.
func TestSubmergenceRanges(t *testing.T) {
	for _, c := range []struct{ u, limited, none, attic, roof float64 }{
		{0, 4, 7.5, 13.5, 18}, {0.5, 5, 8, 14, 19}, {1, 6, 8.5, 14.5, 20},
	} {
		limited, none := submergence(1, accessNone, c.u)
		_, attic := submergence(1, accessAttic, c.u)
		_, roof := submergence(1, accessRoof, c.u)
		near(t, "limited", limited/foot, c.limited, 1e-9)
		near(t, "no attic", none/foot, c.none, 1e-9)
		near(t, "attic", attic/foot, c.attic, 1e-9)
		near(t, "roof", roof/foot, c.roof, 1e-9)
	}
	if accessOf(0.854) != accessRoof || accessOf(0.856) != accessAttic || accessOf(0.951) != accessNone {
		t.Error("shares of access to roof and attic")
	}
}

// Reference: USACE go-consequences stability criteria, 32.3 and 75.3 ft2/s and 6.6 ft/s; LifeSim Technical Reference
// Manual, appendix F: masonry triangular 6, 7, 8 m2/s from 2 m/s on, engineered buildings uniform 7 to 10 m2/s.
func TestBuildingFailure(t *testing.T) {
	const squareFoot = foot * foot
	for _, c := range []struct {
		build               scenario.Construction
		u, product, minimum float64
		tolerance           float64
	}{
		{scenario.BuildEarth, 0.3, 32.3 * squareFoot, 0, 0.01}, {scenario.BuildWood, 0.9, 75.3 * squareFoot, 0, 0.01},
		{scenario.BuildMasonry, 0, 6, 2, 1e-9}, {scenario.BuildMasonry, 0.5, 7, 2, 1e-9},
		{scenario.BuildMasonry, 1, 8, 2, 1e-9}, {scenario.BuildConcrete, 0, 7, 0, 1e-9},
		{scenario.BuildConcrete, 1, 10, 0, 1e-9},
	} {
		product, speed := failure(c.build, c.u)
		near(t, "depth times speed", product, c.product, c.tolerance)
		near(t, "speed", speed, c.minimum, 0)
		if product < failureLeast {
			t.Errorf("construction %d fails at %v, below the least", c.build, product)
		}
	}
	near(t, "6.6 ft/s", 6.6*foot, 2.0, 0.02)
}

// Reference: Cox, Shand and Blacka 2010 (Australian Rainfall and Runoff, project 10): adults, extreme hazard above 1.2
// m2/s, low up to 0.6; children, extreme above 0.6 m2/s, low up to 0.4; 3.0 m/s in shallow water.
// LifeSim Technical Reference Manual: pedestrians enter water of less than 2 ft; low-clearance vehicles 1.2 m, 4.5 m/s,
// 0.8 m2/s.
func TestLimitsInWater(t *testing.T) {
	for i, c := range []struct {
		l     limit
		d, v  float64
		allow bool
	}{
		{wadeAdult, 0.1, 3.0, true}, {wadeAdult, 0.1, 3.01, false}, {wadeAdult, 2 * foot, 0.9, true}, {wadeAdult, 2*foot + 0.01, 0, false},
		{wadeAdult, 0.5, 1.21, false}, {wadeWeak, 0.4, 1.0, true}, {wadeWeak, 0.4, 1.01, false},
		{vehicleStands, 1.2, 0.66, true}, {vehicleStands, 1.2, 0.67, false}, {vehicleStands, 0.1, 4.6, false},
	} {
		if got := c.l.allows(c.d, c.v); got != c.allow {
			t.Errorf("case %d: %v m at %v m/s: %v; want %v", i, c.d, c.v, got, c.allow)
		}
	}
	if flowAdult != 1.2 || flowWeak != 0.6 {
		t.Errorf("swept at %v and %v m2/s; want 1.2 and 0.6", flowAdult, flowWeak)
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
