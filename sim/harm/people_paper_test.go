package harm

import "testing"

// Reference: Cox, Shand and Blacka (2010), Australian Rainfall and Runoff P10/S1/006: children 25-50 m kg to 0.4 low, to 0.6
// significant, to 0.5 m; adults above 50 m kg to 0.6 low, 0.8 moderate, 1.2 significant, to 1.2 m; 3.0 m/s; who is frail
// is safe in no flow.
func TestRegimesOfPeople(t *testing.T) {
	for _, c := range []struct {
		who          Person
		depth, speed float64
		want         Regime
	}{
		{Adult, 0, 3, RegimeDry}, {Adult, 0.6, 1, RegimeLow}, {Adult, 0.8, 1, RegimeModerate}, {Adult, 0.81, 1, RegimeSignificant},
		{Adult, 1.2, 1, RegimeSignificant}, {Adult, 0.5, 2.5, RegimeExtreme}, {Adult, 1.21, 0, RegimeExtreme},
		{Adult, 0.1, 3, RegimeLow}, {Adult, 0.1, 3.01, RegimeExtreme},
		{Child, 0.4, 1, RegimeLow}, {Child, 0.45, 1, RegimeSignificant}, {Child, 0.5, 1.2, RegimeSignificant},
		{Child, 0.5, 1.21, RegimeExtreme}, {Child, 0.51, 0, RegimeExtreme},
		{Frail, 0.05, 0.1, RegimeExtreme}, {Frail, 0.05, 0, RegimeExtreme},
	} {
		if got := c.who.Regime(c.depth, c.speed); got != c.want {
			t.Errorf("person %d at %v m and %v m/s: %d; want %d", c.who, c.depth, c.speed, got, c.want)
		}
	}
	if RescuerProduct() != 0.8 {
		t.Errorf("rescuers work up to %v m2/s; want 0.8", RescuerProduct())
	}
	if PersonOf(1.7, 70) != Adult || PersonOf(1.2, 25) != Child || PersonOf(0.9, 14) != Frail || PersonOf(1, 50) != Child {
		t.Error("kinds of persons by height times mass")
	}
}

// Reference: HEC-LifeSim Technical Reference Manual, chapter 11: pedestrians enter water of less than 2 ft. Cox, Shand,
// Blacka (2010): low hazard for adults and children.
func TestSettingOutOnFoot(t *testing.T) {
	near(t, "2 ft", pedestrianDepth, 2*foot, 0.0005)
	for _, c := range []struct {
		who          Walker
		depth, speed float64
		goes         bool
	}{
		{WalkerAble, 0.1, 3.0, true}, {WalkerAble, 0.1, 3.01, false}, {WalkerAble, 2 * foot, 0.9, true}, {WalkerAble, 0.62, 0, false},
		{WalkerAble, 0.5, 1.21, false}, {WalkerWeak, 0.4, 1.0, true}, {WalkerWeak, 0.4, 1.01, false}, {WalkerWeak, 0.51, 0, false},
		{WalkerHelpless, Film, 1, true}, {WalkerHelpless, 0.16, 0, false},
	} {
		if got := Wading.Rows[c.who].Allows(c.depth, c.speed); got != c.goes {
			t.Errorf("walker %d at %v m and %v m/s sets out: %v; want %v", c.who, c.depth, c.speed, got, c.goes)
		}
	}
	if FilmSteps != Film*1000 {
		t.Error("a film in metres and in steps")
	}
}

// Reference: Cox, Shand, Blacka (2010): extreme hazard above 1.2 m2/s for adults and 0.6 for children; depths about the neck
// are assumed.
func TestSweptOffTheFeet(t *testing.T) {
	for _, c := range []struct {
		name         string
		f            Footing
		depth, speed float64
		lost         bool
	}{
		{"adult", AdultFooting(), 1, 1.2, false}, {"adult", AdultFooting(), 1, 1.21, true}, {"adult", AdultFooting(), 1.40, 0, false},
		{"adult", AdultFooting(), 1.41, 0, true}, {"elderly", WeakFooting(), 0.6, 1, false}, {"elderly", WeakFooting(), 0.61, 1, true},
		{"elderly", WeakFooting(), 1.31, 0, true}, {"child of six", ChildFooting(6), 0.97, 0, false},
		{"child of six", ChildFooting(6), 0.98, 0, true}, {"infant", InfantFooting(1), 0.4, 1.01, true},
		{"infant", InfantFooting(1), 0.4, 1, false}, {"elderly, slow water", WeakFooting(), 1.2, 0.29, false},
	} {
		if got := c.f.IsLost(c.depth, c.speed); got != c.lost {
			t.Errorf("%s at %v m and %v m/s is lost: %v; want %v", c.name, c.depth, c.speed, got, c.lost)
		}
	}
}

// Reference: speeds of 188 persons in still water (Acta Polytechnica CTU Proceedings, 11596): 0.58 at 0.35 m; 0.48 at
// 0.60 m and 0.40 at 0.90 m interpolated by judgement.
func TestWadeFactor(t *testing.T) {
	for _, c := range []struct{ depth, factor float64 }{{0, 1}, {0.175, 0.79}, {0.35, 0.58}, {0.475, 0.53}, {0.6, 0.48},
		{0.75, 0.44}, {0.9, 0.40}, {2, 0.40}} {
		near(t, "share of the dry speed", WadeFactor(c.depth), c.factor, 1e-12)
	}
}
