package geo

import (
	"cmp"
	"slices"
)

// Turn is twice the signed area of the triangle a, b, c [m2]: positive where c lies left of the line from a to b.
func Turn(a, b, c Point) float64 {
	return float64((b.X-a.X)*(c.Y-a.Y)) - float64((b.Y-a.Y)*(c.X-a.X))
}

// Hull is the convex hull of points, counter-clockwise, without points on its sides. It sorts the points.
//
// Reference: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Information Processing
// Letters 9 (1979) 216-219.
func Hull(pts []Point) Polygon {
	slices.SortFunc(pts, func(a, b Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	var ring Polygon
	for pass := range 2 {
		base := len(ring)
		for i := range pts {
			p := pts[i]
			if pass == 1 {
				p = pts[len(pts)-1-i]
			}
			for len(ring) >= base+2 && Turn(ring[len(ring)-2], ring[len(ring)-1], p) <= 0 {
				ring = ring[:len(ring)-1]
			}
			ring = append(ring, p)
		}
		if len(ring) > 0 {
			ring = ring[:len(ring)-1] // the last point begins the other half
		}
	}
	return ring
}
