package flood

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim/geo"
)

// anyLine draws a line of two to five points on a map.
func anyLine(t *rapid.T, g geo.Grid) geo.Line {
	box := g.Bounds()
	var l geo.Line
	for range rapid.IntRange(2, 5).Draw(t, "points") {
		l = append(l, geo.Point{
			X: rapid.Float64Range(box.Min.X, box.Max.X-0.001).Draw(t, "x"),
			Y: rapid.Float64Range(box.Min.Y, box.Max.Y-0.001).Draw(t, "y"),
		})
	}
	return l
}

// reached says which cells are reached from the south-western one without crossing a face.
func reached(g geo.Grid, faces []stair) []bool {
	closed := map[stair]bool{}
	for _, s := range faces {
		closed[stair{i: s.i, j: s.j, south: s.south}] = true
	}
	seen := make([]bool, g.Len())
	stack := [][2]int{{0, 0}}
	seen[0] = true
	for len(stack) > 0 {
		i, j := stack[len(stack)-1][0], stack[len(stack)-1][1]
		stack = stack[:len(stack)-1]
		for _, n := range []struct {
			i, j int
			face stair
		}{
			{i - 1, j, stair{i: i, j: j}}, {i + 1, j, stair{i: i + 1, j: j}},
			{i, j - 1, stair{i: i, j: j, south: true}}, {i, j + 1, stair{i: i, j: j + 1, south: true}},
		} {
			if g.Inside(n.i, n.j) && !closed[n.face] && !seen[g.Index(n.i, n.j)] {
				seen[g.Index(n.i, n.j)] = true
				stack = append(stack, [2]int{n.i, n.j})
			}
		}
	}
	return seen
}

// A line that crosses the map from west to east separates south from north: no leak, not even over a corner.
func TestStaircaseSeparates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := geo.Grid{NX: rapid.IntRange(3, 20).Draw(t, "nx"), NY: rapid.IntRange(4, 20).Draw(t, "ny"), Cell: 10,
			Origin: geo.Point{X: -35, Y: 1000}}
		box := g.Bounds()
		l := anyLine(t, g)
		// Away from the southern and northern edge, from the western to the eastern.
		for i := range l {
			l[i].Y = box.Min.Y + 11 + (l[i].Y-box.Min.Y)*(box.Height()-22)/box.Height()
		}
		l[0].X, l[len(l)-1].X = box.Min.X+1, box.Max.X-1
		seen := reached(g, staircase(g, l))
		for i := range g.NX {
			if !seen[g.Index(i, 0)] {
				t.Fatalf("cell (%d, 0) is cut off from its own side", i)
			}
			if seen[g.Index(i, g.NY-1)] {
				t.Fatalf("water gets through to cell (%d, %d)", i, g.NY-1)
			}
		}
	})
}

// The faces share the line's length among them, in its order, and each face's left cell is to the left of the line's
// way along the stairs.
func TestStaircaseLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := geo.Grid{NX: 30, NY: 20, Cell: 10}
		l := anyLine(t, g)[:2]
		for i := range l { // not along the map's edge, where faces are left out
			l[i].X, l[i].Y = 10+l[i].X*280/300, 10+l[i].Y*180/200
		}
		faces := staircase(g, l)
		at, sum := 0.0, 0.0
		for _, s := range faces {
			if s.from < at-1e-9 || s.to < s.from {
				t.Fatalf("a face from %g to %g m after one to %g m", s.from, s.to, at)
			}
			at = s.to
			sum += s.to - s.from
		}
		if len(faces) > 0 && math.Abs(sum-l.Length()) > 1e-6 {
			t.Fatalf("faces stand for %g m of a line of %g m", sum, l.Length())
		}
		for _, s := range faces {
			a, b := g.Centre(s.i, s.j), g.Centre(s.before())
			if s.sign > 0 {
				a, b = b, a // a is the left cell
			}
			way := l[1].Sub(l[0])
			if cross := way.X*(a.Y-b.Y) - way.Y*(a.X-b.X); cross < -1e-9 {
				t.Fatalf("face (%d, %d, south %v): its left cell lies to the right", s.i, s.j, s.south)
			}
		}
	})
}

// The mirrored line on the mirrored map has the mirrored faces.
func TestStaircaseMirrored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := geo.Grid{NX: 17, NY: 11, Cell: 10}
		l := anyLine(t, g)
		var m geo.Line
		for i := range l { // a point half way between two corners has no nearest one
			l[i] = geo.Point{X: math.Floor(l[i].X) + 0.3, Y: math.Floor(l[i].Y) + 0.3}
		}
		for _, p := range l {
			m = append(m, geo.Point{X: 170 - p.X, Y: p.Y})
		}
		want := map[stair]bool{}
		for _, s := range staircase(g, l) {
			i := 17 - s.i
			if s.south {
				i--
			}
			want[stair{i: i, j: s.j, south: s.south}] = true
		}
		got := staircase(g, m)
		if len(got) != len(want) {
			t.Fatalf("%d faces; mirrored %d", len(want), len(got))
		}
		for _, s := range got {
			if !want[stair{i: s.i, j: s.j, south: s.south}] {
				t.Fatalf("face (%d, %d, south %v) has no mirror image", s.i, s.j, s.south)
			}
		}
	})
}

func TestNearestAndValueAlong(t *testing.T) {
	l := geo.Line{{X: 0, Y: 0}, {X: 100, Y: 0}, {X: 100, Y: 50}}
	for _, c := range []struct {
		p           geo.Point
		along, away float64
	}{{geo.Point{X: 30, Y: 4}, 30, 4}, {geo.Point{X: -5, Y: 0}, 0, 5}, {geo.Point{X: 103, Y: 20}, 120, 3}} {
		if along, away := nearestOn(l, c.p); math.Abs(along-c.along) > 1e-9 || math.Abs(away-c.away) > 1e-9 {
			t.Errorf("%v: %g m along, %g m away; want %g and %g", c.p, along, away, c.along, c.away)
		}
	}
	for _, c := range []struct{ at, want float64 }{{0, 10}, {50, 15}, {100, 20}, {125, 25}, {150, 30}, {999, 30}} {
		if got := valueAlong(l, []float64{10, 20, 30}, c.at); got != c.want {
			t.Errorf("at %g m: %g; want %g", c.at, got, c.want)
		}
	}
	if valueAlong(l, []float64{7}, 60) != 7 {
		t.Error("one value holds for the whole line")
	}
}
