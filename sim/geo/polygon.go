package geo

import "math"

// Polygon is a simple ring of points without a repeated last one. Either orientation will do.
type Polygon []Point

// Contains says whether p lies inside, by the crossing number: points on a shared edge of two polygons
// belong to exactly one of them.
func (poly Polygon) Contains(p Point) bool {
	in := false
	for i, j := 0, len(poly)-1; i < len(poly); j, i = i, i+1 {
		a, b := poly[i], poly[j]
		if (a.Y > p.Y) == (b.Y > p.Y) {
			continue
		}
		if p.X < a.X+float64((b.X-a.X)*(p.Y-a.Y))/(b.Y-a.Y) {
			in = !in
		}
	}
	return in
}

// Area returns the area [m2], without sign.
func (poly Polygon) Area() float64 {
	sum := 0.0
	for i, j := 0, len(poly)-1; i < len(poly); j, i = i, i+1 {
		sum += float64(poly[j].X*poly[i].Y) - float64(poly[i].X*poly[j].Y)
	}
	return math.Abs(sum) / 2
}

// Centroid returns the mean of the corners, good enough to place a label; the zero Point for none.
func (poly Polygon) Centroid() Point {
	if len(poly) == 0 {
		return Point{}
	}
	var c Point
	for _, p := range poly {
		c = c.Add(p)
	}
	return Point{c.X / float64(len(poly)), c.Y / float64(len(poly))}
}

// Line is a polyline.
type Line []Point

// Length returns the length of the line [m].
func (l Line) Length() float64 {
	sum := 0.0
	for i := 1; i < len(l); i++ {
		sum += l[i-1].Dist(l[i])
	}
	return sum
}

// At returns the point at distance d [m] from the start, held to the line's ends.
// An empty line gives the zero Point.
func (l Line) At(d float64) Point {
	if len(l) == 0 {
		return Point{}
	}
	for i := 1; i < len(l); i++ {
		step := l[i-1].Dist(l[i])
		if d <= step && step > 0 {
			return l[i-1].Lerp(l[i], math.Max(d, 0)/step)
		}
		d -= step
	}
	return l[len(l)-1]
}

// Visit calls f with points along the line, not further apart than step [m], both ends included.
func (l Line) Visit(step float64, f func(Point)) {
	if len(l) == 0 {
		return
	}
	f(l[0])
	for i := 1; i < len(l); i++ {
		n := math.Ceil(l[i-1].Dist(l[i]) / step)
		for k := 1.0; k < n; k++ {
			f(l[i-1].Lerp(l[i], k/n))
		}
		f(l[i])
	}
}
