package harm

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Reference: HEC-LifeSim Technical Reference Manual, chapter 12: an exceedance frequency of 0.58 in the high-hazard zone
// gives a fatality rate of 0.75.
func TestHighCurveWorkedValue(t *testing.T) {
	near(t, "rate at 0.58", HighRate(0.58), 0.75, 1e-12)
	near(t, "rate at 0", HighRate(0), 1, 0)
	near(t, "rate at 65/138", HighRate(65.0/138), 1, 1e-12)
	near(t, "rate at 1", HighRate(1), 0, 0)
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
		r := HighRate(x)
		high += r / n
		if r == 1 {
			all++
		}
		if r == 0 {
			none++
		}
		low += LowRate(x*10*lowStep) * 10 * lowStep / n
	}
	near(t, "mean of the high curve", high, 0.708, 0.0005)
	near(t, "mean of the low curve", low, 1.25e-5, 0.005e-5)
	near(t, "share of groups that all die", float64(all)/n, 0.471, 0.0005)
	near(t, "share of groups without a death", float64(none)/n, 0.123, 0.001)
	near(t, "low curve beyond its points", LowRate(2.58e-5), 0, 0)
	if !(LowRate(2.56e-5) > 0) {
		t.Error("the low curve ends before 2.57e-5")
	}
}

// Reference: the points of both curves as published in USACE go-consequences (MIT licence).
func TestCurvesPointByPoint(t *testing.T) {
	dir := os.Getenv("SANDTABLE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	for name, rate := range map[string]func(float64) float64{"high": HighRate, "low": LowRate} {
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

// Reference: Jonkman (2007): rapidly rising water, 3, 4 and 5 m: 0.098, 0.396, 0.703; remaining zone, 1 and 3 m: 0.0029, 0.0090.
func TestMortalityOfJonkman(t *testing.T) {
	for _, c := range []struct {
		zone                   Zone
		depth, share, accuracy float64
	}{
		{ZoneRising, 3, 0.098, 0.0005}, {ZoneRising, 4, 0.396, 0.0005}, {ZoneRising, 5, 0.703, 0.0005}, {ZoneRemaining, 1, 0.0029, 0.00005},
		{ZoneRemaining, 3, 0.0090, 0.0001}, {ZoneBreach, 1, 1, 0}, {ZoneRemaining, 0, 0, 0}, {ZoneRising, -1, 0, 0},
	} {
		near(t, "share", Mortality(c.zone, c.depth), c.share, c.accuracy)
	}
	// Phi((ln 3 - 5.20)/2.00) = Phi(-2.0507) = 0.0201.
	near(t, "New Orleans at 3 m", NewOrleans().Share(3), 0.0201, 0.0001)
	for _, c := range []struct {
		depth, speed, hourly float64
		want                 Zone
	}{
		{3.5, 2, 0, ZoneBreach}, {3.4, 2, 1, ZoneRising}, {7, 1.9, 0, ZoneRemaining}, {2.1, 0, 0.5, ZoneRising}, {2.0, 0, 3, ZoneRemaining},
		{2.1, 0, 0.49, ZoneRemaining},
	} {
		if got := ZoneOf(c.depth, c.speed, c.hourly/3600); got != c.want {
			t.Errorf("%v m, %v m/s, %v m/h: zone %d; want %d", c.depth, c.speed, c.hourly, got, c.want)
		}
	}
}

// Reference: World Bank screening code after Jonkman and Vrijling (2008): 0.985/(1 + exp(6.32 - 1.412 h)): 1 m 0.007, 3 m 0.109, 5 m 0.667.
func TestMortalityLogistic(t *testing.T) {
	for depth, share := range map[float64]float64{1: 0.007, 3: 0.109, 5: 0.667} {
		near(t, "share", LogisticMortality(depth), share, 0.0006)
	}
	near(t, "dry", LogisticMortality(0), 0, 0)
	near(t, "deep", LogisticMortality(30), 0.985, 1e-9)
}
