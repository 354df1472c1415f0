package atlas

import (
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim/geo"
)

// area returns the signed area of a ring in cells, positive where it runs counter-clockwise.
func area(ring []corner) float64 {
	twice := 0
	for k, a := range ring {
		b := ring[(k+1)%len(ring)]
		twice += int(a.i)*int(b.j) - int(b.i)*int(a.j)
	}
	return float64(twice) / 2
}

// inside says whether the centre of a cell lies within a ring.
func inside(ring []corner, i, j int) bool {
	odd := false
	for k, a := range ring {
		b := ring[(k+1)%len(ring)]
		if a.i == b.i && int(a.i) > i && min(int(a.j), int(b.j)) <= j && j < max(int(a.j), int(b.j)) {
			odd = !odd
		}
	}
	return odd
}

// A ring with a corner that only touches: two cells of the class at a corner are two patches, and two holes that touch
// at a corner are two rings.
func TestOutlineAtTouchingCorners(t *testing.T) {
	g := geo.Grid{NX: 4, NY: 4, Cell: 1}
	got := outline(g, []int16{
		0, 0, 0, 0,
		0, 1, 0, 0,
		0, 0, 1, 0,
		0, 0, 0, 0,
	})
	if len(got) != 3 || got[0].cells != 14 || len(got[0].rings) != 3 || len(got[1].rings) != 1 || len(got[2].rings) != 1 {
		t.Fatalf("%+v; want one patch with two holes, and two of one cell", got)
	}
	if ring := got[0].rings[0]; len(ring) != 4 || ring[0] != (corner{4, 0}) || area(ring) != 16 {
		t.Errorf("outer ring %v", ring)
	}
	if a, b := area(got[0].rings[1]), area(got[0].rings[2]); a != -1 || b != -1 {
		t.Errorf("holes of %v and %v; want -1 and -1", a, b)
	}
}

// Long straight borders keep a corner now and then, the same ones for both sides.
func TestOutlineOfLongBorders(t *testing.T) {
	g := geo.Grid{NX: 40, NY: 2, Cell: 1}
	class := make([]int16, g.Len())
	for i := range g.NX {
		class[g.Index(i, 1)] = 1
	}
	got := outline(g, class)
	if len(got) != 2 || len(got[0].rings[0]) != 8 || len(got[1].rings[0]) != 8 {
		t.Errorf("%+v; want two rings of four corners and two more on each long side", got)
	}
}

// The patches of a map are its cells: their areas are those of the cells, every cell's centre lies in the patch of its
// class and in no other, and every ring is one that GeoJSON allows.
func TestOutlineIsTheCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := geo.Grid{NX: rapid.IntRange(1, 36).Draw(t, "nx"), NY: rapid.IntRange(1, 12).Draw(t, "ny"), Cell: 1}
		classes := rapid.IntRange(0, 2).Draw(t, "classes")
		class := make([]int16, g.Len())
		for c := range class {
			class[c] = int16(rapid.IntRange(-1, classes).Draw(t, "class"))
		}
		patches := outline(g, class)
		covered := make([]int, g.Len())
		for _, p := range patches {
			sum := 0.0
			for k, ring := range p.rings {
				a := area(ring)
				sum += a
				if (k == 0) != (a > 0) {
					t.Fatalf("ring %d of a patch has the area %v", k, a)
				}
				seen := map[corner]bool{}
				for n, c := range ring {
					if next := ring[(n+1)%len(ring)]; c.i != next.i && c.j != next.j {
						t.Fatalf("a border runs askew from %v to %v", c, next)
					}
					if seen[c] {
						t.Fatalf("the ring %v meets itself at %v", ring, c)
					}
					seen[c] = true
				}
			}
			if sum != float64(p.cells) {
				t.Fatalf("a patch of %d cells has the area %v", p.cells, sum)
			}
			for c := range covered {
				i, j := g.IJ(c)
				if !inside(p.rings[0], i, j) {
					continue
				}
				hole := false
				for _, ring := range p.rings[1:] {
					hole = hole || inside(ring, i, j)
				}
				if !hole {
					covered[c]++
					if class[c] != p.class {
						t.Fatalf("cell %d of class %d lies in a patch of class %d", c, class[c], p.class)
					}
				}
			}
		}
		for c, n := range covered {
			if want := min(int(class[c])+1, 1); n != want {
				t.Fatalf("cell %d of class %d lies in %d patches; want %d", c, class[c], n, want)
			}
		}
	})
}
