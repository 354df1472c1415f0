package harm

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// Reference: Smith, Davey, Cox (2014), WRL Technical Report 2014/07, table 5-2; AIDR Guideline 7-3.
func TestClassesOfWater(t *testing.T) {
	for _, c := range []struct {
		depth, speed float64
		want         sim.DangerClass
	}{
		{0, 0, sim.H0}, {-1, 3, sim.H0}, {0.2, 0.5, sim.H1}, {0.3, 1.0, sim.H1}, {0.3, 1.1, sim.H2}, {0.4, 0, sim.H2},
		{0.5, 1.2, sim.H2}, {0.6, 0, sim.H3}, {1.2, 0.5, sim.H3}, {1.2, 0.6, sim.H4}, {1.3, 0, sim.H4}, {2.0, 0.5, sim.H4},
		{0.2, 2.1, sim.H5}, {3, 0, sim.H5}, {1, 4.0, sim.H5}, {1, 4.1, sim.H6}, {4.1, 0, sim.H6}, {2, 2.1, sim.H6},
		{math.NaN(), 0, sim.H6}, {1, math.NaN(), sim.H6},
	} {
		if got := Classify(c.depth, c.speed); got != c.want {
			t.Errorf("%g m, %g m/s: %v; want %v", c.depth, c.speed, got, c.want)
		}
	}
}

// H2 and H3 share the limit of depth times speed: only the depth tells them apart.
//
// Reference: WRL Technical Report 2014/07, table 5-2.
func TestH2AndH3DifferByDepth(t *testing.T) {
	if Classify(0.5, 1.2) != sim.H2 || Classify(0.51, 0.6/0.51-1e-9) != sim.H3 {
		t.Error("0.6 m2/s at 0.50 and 0.51 m; want H2 and H3")
	}
}

// Deeper or faster water is never of a lower class, and every class has a meaning in both languages.
func TestClassesRise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		depth, speed := rapid.Float64Range(0, 6).Draw(t, "depth"), rapid.Float64Range(0, 6).Draw(t, "speed")
		more := rapid.Float64Range(0, 1).Draw(t, "more")
		if c := Classify(depth, speed); Classify(depth+more, speed) < c || depth > 0 && Classify(depth, speed+more) < c {
			t.Fatalf("%v at %v m and %v m/s, less with %v more", c, depth, speed, more)
		}
	})
	for c := sim.H1; c <= sim.H6; c++ {
		if m := Meaning(c); m.ZH == "" || m.EN == "" || Classes.Rows[c-1].Class != c {
			t.Errorf("%v means %v", c, m)
		}
	}
	if !Meaning(sim.H0).Empty() {
		t.Error("dry ground has a meaning")
	}
}

// Reference: Defra and Environment Agency (2006), FD2321/TR1: HR = d (v + 0.5) + DF, table 3.1.
func TestHazardRating(t *testing.T) {
	for _, c := range []struct {
		depth, speed float64
		debris       Debris
		ground       Ground
		want         float64
	}{
		{0, 3, DebrisPlanning, GroundUrban, 0},
		{1, 1, DebrisNone, GroundUrban, 1.5}, {1, 1, DebrisPlanning, GroundPasture, 2.5}, {1, 1, DebrisCover, GroundPasture, 2.0},
		{1, 1, DebrisCover, GroundWood, 2.5}, {1, 1, DebrisCover, GroundUrban, 2.5},
		// The trap: in shallow water FD2320 has 0.5, FD2321 nothing.
		{0.25, 0, DebrisPlanning, GroundUrban, 0.625}, {0.25, 0, DebrisCover, GroundUrban, 0.125},
		{0.5, 0, DebrisPlanning, GroundPasture, 1.25}, {0.5, 0, DebrisCover, GroundPasture, 0.25},
		{0.5, 0, DebrisCover, GroundWood, 0.75}, {0.5, 0, DebrisCover, GroundUrban, 1.25},
		// Fast water carries as much debris as deep water.
		{0.2, 2.1, DebrisCover, GroundPasture, 1.02}, {0.2, 2.0, DebrisCover, GroundPasture, 0.5},
		{0.76, 0, DebrisCover, GroundPasture, 0.88}, {0.75, 0, DebrisCover, GroundPasture, 0.375},
	} {
		near(t, "rating", Rating(c.depth, c.speed, c.debris, c.ground), c.want, 1e-12)
	}
}

// Reference: FD2320/TR2 and FD2321/TR1: caution below 0.75, danger for some to 1.25, for most to 2.0 (2.5), for all above.
func TestLevelsOfRating(t *testing.T) {
	for _, c := range []struct {
		rating       float64
		narrow, wide Level
	}{
		{0, LevelDry, LevelDry}, {0.74, LevelCaution, LevelCaution}, {0.75, LevelSome, LevelSome}, {1.24, LevelSome, LevelSome},
		{1.25, LevelMost, LevelMost}, {2.0, LevelMost, LevelMost}, {2.01, LevelAll, LevelMost}, {2.5, LevelAll, LevelMost},
		{2.51, LevelAll, LevelAll}, {math.Inf(1), LevelAll, LevelAll},
	} {
		if got := Grade(c.rating, false); got != c.narrow {
			t.Errorf("%v by FD2320: %d; want %d", c.rating, got, c.narrow)
		}
		if got := Grade(c.rating, true); got != c.wide {
			t.Errorf("%v by FD2321: %d; want %d", c.rating, got, c.wide)
		}
	}
	for l := LevelCaution; l < LevelCount; l++ {
		if m := l.Means(); m.ZH == "" || m.EN == "" || Ratings.Rows[l-1].Level != l {
			t.Errorf("level %d means %v", l, m)
		}
	}
	if !LevelDry.Means().Empty() {
		t.Error("dry ground has a level with a meaning")
	}
}
