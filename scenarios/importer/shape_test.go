package importer

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim/geo"
)

// The CN Tower stands at 43°38'33.24"N 79°23'13.7"W, in zone 17 at 630084 m east, 4833438 m north.
// Reference: Wikipedia, "Universal Transverse Mercator coordinate system".
func TestProjectionOfAKnownPlace(t *testing.T) {
	lon, lat := -(79 + 23.0/60 + 13.7/3600), 43+38.0/60+33.24/3600
	f, err := newFrame(Box{lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02}, 10)
	if err != nil {
		t.Fatal(err)
	}
	p := f.local(lon, lat)
	if e, n := p.X+f.easting, p.Y+f.northing; math.Abs(e-630084) > 1 || math.Abs(n-4833438) > 1.5 || f.crs() != "EPSG:32617" {
		t.Errorf("%s %.1f %.1f; want EPSG:32617 630084 4833438", f.crs(), e, n)
	}
}

// There and back is the same place, in both hemispheres and every zone, and the grid lies inside the box.
func TestFrameIsInvertible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lon := rapid.Float64Range(-179.9, 179.8).Draw(t, "lon")
		lat := rapid.Float64Range(-80, 80).Draw(t, "lat")
		b := Box{lon, lat, lon + 0.1, lat + 0.1}
		f, err := newFrame(b, 25)
		if err != nil {
			t.Fatal(err)
		}
		g := f.grid.Bounds()
		for _, p := range []geo.Point{g.Min, g.Max, {X: g.Min.X, Y: g.Max.Y}, {X: g.Max.X, Y: g.Min.Y}, g.Centre()} {
			x, y := f.world(p)
			if !b.wider(1e-6).holds(x, y) {
				t.Fatalf("%v is at %g, %g, outside the box %v", p, x, y, b)
			}
			if q := f.local(x, y); q.Dist(p) > 0.01 {
				t.Fatalf("%v comes back as %v", p, q)
			}
		}
		if math.Mod(f.easting, 25) != 0 || math.Mod(f.northing, 25) != 0 {
			t.Fatalf("origin %g, %g; want multiples of the cell", f.easting, f.northing)
		}
	})
}

func TestBoxes(t *testing.T) {
	if b, err := ParseBox(" 11.4, 49.9,11.6 ,50"); err != nil || b != (Box{11.4, 49.9, 11.6, 50}) {
		t.Errorf("%v %v", b, err)
	}
	for _, c := range [][2]string{{"", "want minlon,minlat"}, {"1,2,3", "want minlon,minlat"}, {"1,2,3,x", "want minlon,minlat"}, {"3,2,1,4", "minlon < maxlon"},
		{"0,0,10,1", "at most 2 degrees"}, {"0,85,1,86", "latitudes"}, {"NaN,0,1,1", "want minlon,minlat"}, {"-181,0,-180,1", "longitudes"}} {
		if _, err := ParseBox(c[0]); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%q: error %v; want %q", c[0], err, c[1])
		}
	}
	if _, err := newFrame(Box{11, 49, 13, 51}, 5); err == nil || !strings.Contains(err.Error(), "want at most 4194304 cells") {
		t.Errorf("error %v; want a limit of cells", err)
	}
	if _, err := newFrame(Box{11, 49, 11.001, 49.001}, 50); err == nil || !strings.Contains(err.Error(), "too few cells") {
		t.Errorf("error %v; want too few cells", err)
	}
}

func TestParamsAreCheckedAtOnce(t *testing.T) {
	err := Params{Cell: 1, Persons: -1, Peak: math.NaN(), Name: "a b", Duration: 1, Box: Box{3, 2, 1, 4}}.complete().check()
	for _, want := range []string{"--osm", "--dem", "cells of 1 m", "-1 persons", "NaN m3/s", `name "a b"`, "duration", "minlon < maxlon"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q: %v", want, err)
		}
	}
}

// The fitted line never rises, keeps the mean, leaves alone what falls, and no other falling line is nearer (the
// residuals have no falling direction left: fitted levels times residuals sum to nothing).
func TestFallingIsTheNearestFallingLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.SliceOfN(rapid.Float64Range(-100, 100), 1, 60).Draw(t, "z")
		f := falling(z)
		if len(f) != len(z) || !slices.IsSortedFunc(f, func(a, b float64) int { return int(math.Copysign(1, b-a)) * boolInt(a != b) }) {
			t.Fatalf("%v rises", f)
		}
		rest, part := 0.0, 0.0
		for i := range z {
			rest += z[i] - f[i]
			part += (z[i] - f[i]) * f[i]
			if rest > 1e-6 { // every beginning lies in the sum at or below its fit
				t.Fatalf("the fit of the first %d lies too low", i+1)
			}
		}
		if math.Abs(rest) > 1e-6 || math.Abs(part) > 1e-4 {
			t.Fatalf("sum of residuals %g, times fit %g", rest, part)
		}
		if again := falling(f); !almost(again, f) {
			t.Fatalf("%v again gives %v", f, again)
		}
		s := smooth(f, rapid.IntRange(0, 9).Draw(t, "half"))
		for i := 1; i < len(s); i++ {
			if s[i] > s[i-1] {
				t.Fatalf("smoothed %v rises", s)
			}
		}
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func almost(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-9 })
}

func TestStationsLieOnTheLine(t *testing.T) {
	line := geo.Line{{X: 0, Y: 0}, {X: 30, Y: 0}, {X: 30, Y: 0.5}, {X: 30, Y: 40}}
	along, at := stations(line, 7)
	for i := range along {
		if at[i].Dist(line.At(along[i])) > 1e-9 {
			t.Errorf("station %d at %v; want %v", i, at[i], line.At(along[i]))
		}
	}
	if n := len(along); along[0] != 0 || along[n-1] != line.Length() || along[1] > 7 {
		t.Errorf("stations %v", along)
	}
}

func TestJoinRings(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines [][]int32
		rings int
		rest  int
	}{
		{"closed", [][]int32{{1, 2, 3, 1}}, 1, 0},
		{"two halves", [][]int32{{1, 2, 3}, {3, 4, 1}}, 1, 0},
		{"one reversed", [][]int32{{1, 2, 3}, {1, 4, 3}}, 1, 0},
		{"out of order", [][]int32{{1, 2}, {3, 4}, {2, 3}, {4, 1}}, 1, 0},
		{"two rings", [][]int32{{1, 2, 3, 1}, {5, 6, 7, 5}}, 2, 0},
		{"open", [][]int32{{1, 2, 3}, {3, 4, 5}}, 0, 1},
		{"too short", [][]int32{{1, 2, 1}}, 0, 1},
		{"empty", [][]int32{{}, {1}}, 0, 0},
	} {
		rings, rest := joinRings(c.lines)
		if len(rings) != c.rings || rest != c.rest {
			t.Errorf("%s: %v, %d left; want %d rings and %d", c.name, rings, rest, c.rings, c.rest)
		}
	}
}

// The cells of an area are those whose middles it contains.
func TestCellsOfAnArea(t *testing.T) {
	g := geo.Grid{NX: 20, NY: 15, Cell: 10}
	rapid.Check(t, func(t *rapid.T) {
		corner := rapid.Custom(func(t *rapid.T) geo.Point {
			return geo.Point{X: rapid.Float64Range(-50, 250).Draw(t, "x"), Y: rapid.Float64Range(-50, 200).Draw(t, "y")}
		})
		ring := func(name string) geo.Polygon { return rapid.SliceOfN(corner, 3, 6).Draw(t, name) }
		a := area{rings: []geo.Polygon{ring("outer"), ring("inner")}}
		a.box = geo.Bounds(slices.Concat(a.rings[0], a.rings[1]))
		seen := make([]bool, g.Len())
		a.cells(g, func(c int) { seen[c] = true })
		for c := range seen {
			if p := g.Centre(g.IJ(c)); seen[c] != a.contains(p) {
				t.Fatalf("cell at %v: drawn %v, contained %v", p, seen[c], a.contains(p))
			}
		}
	})
}

// A centre on an edge that two areas share belongs to one of them, and to the one that says it contains it: the edge
// from (250, 50) to (0, 200) goes through the centre of the cell at (175, 95).
func TestCellOnASharedEdge(t *testing.T) {
	g := geo.Grid{NX: 20, NY: 15, Cell: 10}
	here := g.Index(17, 9)
	a, b := geo.Point{X: 250, Y: 50}, geo.Point{X: 0, Y: 200}
	owners := 0
	for _, apex := range []geo.Point{{X: 0, Y: 0}, {X: 250, Y: 250}} {
		s := area{rings: []geo.Polygon{{apex, a, b}}}
		s.box = geo.Bounds(s.rings[0])
		drawn := false
		s.cells(g, func(c int) { drawn = drawn || c == here })
		if drawn {
			owners++
		}
		if drawn != s.contains(g.Centre(17, 9)) {
			t.Errorf("towards %v: drawn %v", apex, drawn)
		}
	}
	if owners != 1 {
		t.Errorf("the cell belongs to %d areas", owners)
	}
}

// What is cut of a convex ring lies on the right side and loses nothing else.
func TestCutHalf(t *testing.T) {
	square := geo.Polygon{{X: 0, Y: 0}, {X: 10, Y: 0}, {X: 10, Y: 10}, {X: 0, Y: 10}}
	left := cutHalf(square, func(p geo.Point) float64 { return p.X - 4 })
	right := cutHalf(square, func(p geo.Point) float64 { return 4 - p.X })
	if math.Abs(left.Area()-40) > 1e-9 || math.Abs(right.Area()-60) > 1e-9 {
		t.Errorf("areas %g and %g; want 40 and 60", left.Area(), right.Area())
	}
	if gone := cutHalf(square, func(geo.Point) float64 { return 1 }); len(gone) != 0 {
		t.Errorf("%v is left of nothing", gone)
	}
}

// Stretches of one name go on in each other past a fork; a tributary ends at the river.
func TestJoinStretches(t *testing.T) {
	main := tagged("name", "Main")
	list := []stretch{
		{[]int32{3, 4}, waterRiver, main},
		{[]int32{1, 2, 3}, waterRiver, main},
		{[]int32{8, 9, 3}, waterRiver, tagged("name", "Other")},
		{[]int32{7, 3}, waterStream, nil},
		{[]int32{5, 6, 5}, waterStream, nil},
	}
	groups := joinStretches(list)
	want := [][]int{{1, 0}, {2}, {3}, {4}}
	if !slices.EqualFunc(groups, want, func(a, b []int) bool { return slices.Equal(a, b) }) {
		t.Errorf("groups %v; want %v", groups, want)
	}
}

// A river that is drawn uphill is reversed.
func TestRiverDrawnUphill(t *testing.T) {
	m := built(t, nil)
	c := chain{line: slices.Clone(m.river.line), enter: true}
	slices.Reverse(c.line)
	c.turnDownhill(m)
	if !slices.Equal(c.line, m.river.line) || c.enter || !c.leave {
		t.Error("a river that is drawn uphill stays so")
	}
}

// The height of a cell is the least highest ground on the way to it: behind a dyke it is the dyke's.
func TestHeightCountsWhatLiesBetween(t *testing.T) {
	m := built(t, nil)
	dyke := 3.0
	for i := range m.grid.NX {
		_, j := m.grid.ClampIJ(geo.Point{Y: m.frame.local(valleyLon, valleyLat).Y + 100})
		m.ground[m.grid.Index(i, j)] += dyke
	}
	m.measurePlain()
	behind := m.frame.local(valleyLon, valleyLat+180/metresPerLat)
	i, j := m.grid.ClampIJ(behind)
	h := m.plain.height[m.grid.Index(i, j)]
	if h < dyke-0.5 || h > dyke+1.5 {
		t.Errorf("ground behind a dyke of %g m counts as %.2f m high", dyke, h)
	}
	front := m.frame.local(valleyLon, valleyLat+50/metresPerLat)
	i, j = m.grid.ClampIJ(front)
	if h := m.plain.height[m.grid.Index(i, j)]; h > 1 {
		t.Errorf("ground before the dyke counts as %.2f m high", h)
	}
}
