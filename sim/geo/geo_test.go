package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestPolygonContains(t *testing.T) {
	l := Polygon{{0, 0}, {4, 0}, {4, 1}, {1, 1}, {1, 3}, {0, 3}}
	for _, c := range []struct {
		p    Point
		want bool
	}{
		{Point{0.5, 2}, true}, {Point{3, 0.5}, true}, {Point{3, 2}, false}, {Point{-1, 1}, false}, {Point{2, 1.5}, false},
	} {
		if got := l.Contains(c.p); got != c.want {
			t.Errorf("%v inside: %v; want %v", c.p, got, c.want)
		}
	}
	if a := l.Area(); a != 6 {
		t.Errorf("area %v; want 6", a)
	}
}

// A point on the border of two polygons that tile the plane must be in exactly one of them.
func TestSharedEdgesBelongToOne(t *testing.T) {
	left := Polygon{{0, 0}, {2, 0}, {2, 2}, {0, 2}}
	right := Polygon{{2, 0}, {4, 0}, {4, 2}, {2, 2}}
	for y := 0.125; y < 2; y += 0.125 {
		p := Point{2, y}
		if left.Contains(p) == right.Contains(p) {
			t.Errorf("%v is in both or in none", p)
		}
	}
}

func TestLine(t *testing.T) {
	l := Line{{0, 0}, {3, 0}, {3, 4}}
	if l.Length() != 7 {
		t.Errorf("length %v; want 7", l.Length())
	}
	for d, want := range map[float64]Point{-1: {0, 0}, 0: {0, 0}, 3: {3, 0}, 5: {3, 2}, 99: {3, 4}} {
		if got := l.At(d); got.Dist(want) > 1e-12 {
			t.Errorf("at %v m: %v; want %v", d, got, want)
		}
	}
	var seen []Point
	l.Visit(1.5, func(p Point) { seen = append(seen, p) })
	if len(seen) != 6 || seen[0] != l[0] || seen[5] != l[2] {
		t.Errorf("visited %v; want six points from end to end", seen)
	}
}

func TestGridCells(t *testing.T) {
	g := Grid{NX: 4, NY: 3, Cell: 10, Origin: Point{100, 200}}
	for c := range g.Len() {
		i, j := g.IJ(c)
		if got, ok := g.CellAt(g.Centre(i, j)); !ok || got != c {
			t.Errorf("centre of cell %d lies in cell %d, %v", c, got, ok)
		}
	}
	for _, p := range []Point{{99.9, 205}, {140, 205}, {105, 230}, {math.NaN(), 205}, {math.Inf(1), 205}} {
		if c, ok := g.CellAt(p); ok {
			t.Errorf("%v lies in cell %d; want none", p, c)
		}
	}
	if i, j := g.ClampIJ(Point{-1e300, math.NaN()}); i != 0 || j != 0 {
		t.Errorf("clamped to %d, %d", i, j)
	}
	if i, j := g.ClampIJ(Point{1e300, 1e300}); i != 3 || j != 2 {
		t.Errorf("clamped to %d, %d", i, j)
	}
}

// Reference: exhaustive search.
func TestNearestIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coord := rapid.Float64Range(-500, 500)
		n := rapid.IntRange(1, 60).Draw(t, "n")
		pts := make([]Point, n)
		for i := range pts {
			pts[i] = Point{coord.Draw(t, "x"), coord.Draw(t, "y")}
		}
		p := Point{coord.Draw(t, "px") * 2, coord.Draw(t, "py") * 2}
		mod := rapid.IntRange(1, 4).Draw(t, "mod")
		keep := func(i int) bool { return i%mod == 0 }
		want := -1
		for i := range pts {
			if keep(i) && (want < 0 || pts[i].Dist(p) < pts[want].Dist(p)) {
				want = i
			}
		}
		got, d := NewIndex(pts, rapid.Float64Range(5, 400).Draw(t, "bucket")).Nearest(p, keep)
		if got != want || d != pts[want].Dist(p) {
			t.Fatalf("nearest to %v is %d at %v m; want %d at %v m", p, got, d, want, pts[want].Dist(p))
		}
	})
}
