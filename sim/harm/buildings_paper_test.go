package harm

import (
	"math"
	"testing"
)

// Reference: HEC-LifeSim Technical Reference Manual, chapter 5, worked example: 18 ft of water, foundation 3 ft, so 15 ft in
// the structure of two storeys; limits 14 ft for limited mobility, 17 ft for able people without attic, 23 ft with attic,
// 28 ft on the roof. Immobile people are in the high-hazard zone, able ones in the low-hazard zone.
func TestSubmergenceWorkedExample(t *testing.T) {
	inside := (18.0 - 3) * foot
	limited, able := Submergence(2, AccessNone, 0.5)
	near(t, "limited mobility [ft]", limited/foot, 14, 1e-9)
	near(t, "able, no attic [ft]", able/foot, 17, 1e-9)
	_, attic := Submergence(2, AccessAttic, 0.5)
	near(t, "attic [ft]", attic/foot, 23, 1e-9)
	_, roof := Submergence(2, AccessRoof, 0.5)
	near(t, "roof [ft]", roof/foot, 28, 1e-9)
	if !(inside > limited) || inside > able {
		t.Errorf("15 ft inside: limited high %v, able high %v; want true, false", inside > limited, inside > able)
	}
	near(t, "nobody before [ft]", SubmergenceLeast(2)/foot, 13, 1e-9)
}

// Reference: HEC-LifeSim Technical Reference Manual, chapter 5: the ranges of the criteria; 0.95 of the people reach the
// attic, of whom 0.9 the roof.
func TestSubmergenceRanges(t *testing.T) {
	for _, c := range []struct{ u, limited, none, attic, roof float64 }{
		{0, 4, 7.5, 13.5, 18}, {0.5, 5, 8, 14, 19}, {1, 6, 8.5, 14.5, 20},
	} {
		limited, none := Submergence(1, AccessNone, c.u)
		_, attic := Submergence(1, AccessAttic, c.u)
		_, roof := Submergence(1, AccessRoof, c.u)
		near(t, "limited", limited/foot, c.limited, 1e-9)
		near(t, "no attic", none/foot, c.none, 1e-9)
		near(t, "attic", attic/foot, c.attic, 1e-9)
		near(t, "roof", roof/foot, c.roof, 1e-9)
	}
	if AccessOf(0.854) != AccessRoof || AccessOf(0.856) != AccessAttic || AccessOf(0.951) != AccessNone {
		t.Error("shares of access to roof and attic")
	}
	near(t, "refuge of two storeys [ft]", Refuge(2, AccessNone, true)/foot, 9, 1e-9)
	near(t, "with an attic [ft]", Refuge(2, AccessAttic, true)/foot, 18, 1e-9)
	near(t, "for who cannot climb [ft]", Refuge(2, AccessRoof, false)/foot, 9, 1e-9)
	near(t, "on one storey", Refuge(1, AccessNone, true), 0, 0)
}

// Reference: USACE go-consequences, 32.3 and 75.3 ft2/s and 6.6 ft/s, that is 3.0 and 7.0 m2/s and 2.0 m/s; HEC-LifeSim
// Technical Reference Manual, appendix F: masonry triangular 6, 7, 8 m2/s from 2 m/s on, engineered uniform 7 to 10 m2/s.
func TestBuildingsGiveWay(t *testing.T) {
	near(t, "32.3 ft2/s", Published.Rows[0].Product, 3.0, 0.005)
	near(t, "75.3 ft2/s", Published.Rows[1].Product, 7.0, 0.005)
	near(t, "6.6 ft/s", Published.Rows[2].Speed, 2.0, 0.02)
	for _, c := range []struct {
		walls             Walls
		u, product, speed float64
	}{
		{WallsEarth, 0.3, 3, 0}, {WallsWood, 0.9, 7, 0}, {WallsMasonry, 0, 6, 2}, {WallsMasonry, 0.5, 7, 2}, {WallsMasonry, 1, 8, 2},
		{WallsMasonry, 0.125, 6.5, 2}, {WallsConcrete, 0, 7, 0}, {WallsConcrete, 0.5, 8.5, 0}, {WallsConcrete, 1, 10, 0},
	} {
		product, speed := c.walls.GivesWay(c.u)
		near(t, "depth times speed", product, c.product, 1e-9)
		near(t, "speed", speed, c.speed, 0)
		if product < CollapseLeast() {
			t.Errorf("walls %d give way at %v, below the least", c.walls, product)
		}
	}
}

// Reference: Gallegos et al. (2009), as in HEC-LifeSim Technical Reference Manual, appendix F: V^2 D of 9.5 m3/s2.
func TestForceOnWood(t *testing.T) {
	for _, c := range []struct {
		depth, speed float64
		breaks       bool
	}{{9.5, 1, true}, {9.4, 1, false}, {1, 3.08, false}, {1, 3.09, true}, {2, 2.17, false}, {2, 2.18, true}} {
		if got := BreaksWood(c.depth, c.speed); got != c.breaks {
			t.Errorf("%v m at %v m/s breaks anchored wood: %v; want %v", c.depth, c.speed, got, c.breaks)
		}
	}
}

// With the manual's factor in feet and pounds: f 0.4, buoyancy 0.5, 40,000 lb, 4 ft, 40 ft: sqrt(1.03 · 0.4 · 0.5 · 40000/160) =
// 7.176 ft/s.
//
// Reference: Black (1975), as in HEC-LifeSim Technical Reference Manual, appendix F: V = sqrt(1.03 f (1 - Rb) W/(d L)).
func TestFloatingHouse(t *testing.T) {
	const pound = 4.4482216 // [N]
	v := FloatingSpeed(0.4, 0.5, 40000*pound, 4*foot, 40*foot)
	near(t, "speed [ft/s]", v/foot, math.Sqrt(1.03*0.4*0.5*40000/160), 0.01)
	if FloatingSpeed(0.4, 1.2, 1000, 2, 10) != 0 {
		t.Error("a house that floats needs no speed to go")
	}
}

// Reference: Huizinga, de Moel, Szewczyk (2017), JRC Technical Report EUR 28552 EN, damage factors of residential buildings
// in Asia at 0, 0.5, 1, 1.5, 2, 3, 4, 5 and 6 m.
func TestDamageOfHouses(t *testing.T) {
	for _, c := range []struct{ depth, share float64 }{
		{-1, 0}, {0, 0}, {0.25, 0.1633}, {0.5, 0.326557}, {1, 0.494050}, {1.5, 0.616572}, {2, 0.720712}, {2.5, 0.7951}, {3, 0.869528},
		{4, 0.931487}, {5, 0.983604}, {6, 1}, {20, 1},
	} {
		near(t, "share", DamageShare(c.depth), c.share, 0.5e-4)
	}
}
