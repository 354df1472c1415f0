package geo

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Every point lies inside or on the hull, which turns left at every corner.
func TestHullHoldsAllPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Point {
			return Point{X: float64(rapid.IntRange(0, 30).Draw(t, "x")), Y: float64(rapid.IntRange(0, 30).Draw(t, "y"))}
		}), 3, 40).Draw(t, "points")
		ring := Hull(slices.Clone(pts))
		if len(ring) < 3 {
			return // all on one line
		}
		for i := range ring {
			a, b := ring[i], ring[(i+1)%len(ring)]
			if !slices.Contains(pts, a) || Turn(a, b, ring[(i+2)%len(ring)]) <= 0 {
				t.Fatalf("corner %v of %v is none of the points or does not turn left", a, ring)
			}
			for _, p := range pts {
				if Turn(a, b, p) < 0 {
					t.Fatalf("%v lies outside the edge from %v to %v", p, a, b)
				}
			}
		}
	})
}

func TestHullOfLittle(t *testing.T) {
	for _, pts := range [][]Point{nil, {{1, 2}}, {{1, 2}, {1, 2}}, {{0, 0}, {1, 1}, {2, 2}}} {
		if ring := Hull(slices.Clone(pts)); len(ring) > 2 {
			t.Errorf("the hull of %v is %v; want at most the two ends", pts, ring)
		}
	}
	got := Hull([]Point{{1, 1}, {2, 0}, {0, 0}, {1, 0}, {2, 2}, {0, 2}})
	if want := (Polygon{{0, 0}, {2, 0}, {2, 2}, {0, 2}}); !slices.Equal(got, want) {
		t.Errorf("%v; want %v", got, want)
	}
}
