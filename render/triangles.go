package render

import "sandtable/sim/geo"

// triangulate cuts a simple polygon into triangles by clipping ears, and returns three corner numbers for each. A
// polygon that crosses itself gives as many triangles as can be cut.
func triangulate(poly geo.Polygon) []uint16 {
	n := len(poly)
	if n < 3 || n > 1<<16 {
		return nil
	}
	left := make([]uint16, n)
	for i := range left {
		left[i] = uint16(i)
	}
	if signedArea(poly) < 0 {
		for i := range left {
			left[i] = uint16(n - 1 - i)
		}
	}
	var out []uint16
	for misses := 0; len(left) > 3 && misses < len(left); {
		i := misses % len(left)
		a, b, c := left[(i+len(left)-1)%len(left)], left[i], left[(i+1)%len(left)]
		if !isEar(poly, left, a, b, c) {
			misses++
			continue
		}
		out = append(out, a, b, c)
		left = append(left[:i], left[i+1:]...)
		misses = 0
	}
	if len(left) == 3 {
		out = append(out, left...)
	}
	return out
}

// isEar says whether the corner b can be cut off a polygon that runs counterclockwise.
func isEar(poly geo.Polygon, left []uint16, a, b, c uint16) bool {
	p, q, r := poly[a], poly[b], poly[c]
	if cross(p, q, r) <= 0 {
		return cross(p, q, r) == 0 // a corner on a straight edge goes without harm
	}
	for _, k := range left {
		if k == a || k == b || k == c {
			continue
		}
		s := poly[k]
		if s == p || s == q || s == r {
			continue
		}
		if cross(p, q, s) >= 0 && cross(q, r, s) >= 0 && cross(r, p, s) >= 0 {
			return false
		}
	}
	return true
}

// cross is twice the area of the triangle, positive when it runs counterclockwise.
func cross(a, b, c geo.Point) float64 {
	return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X)
}

func signedArea(poly geo.Polygon) float64 {
	sum := 0.0
	for i, j := 0, len(poly)-1; i < len(poly); j, i = i, i+1 {
		sum += poly[j].X*poly[i].Y - poly[i].X*poly[j].Y
	}
	return sum / 2
}
