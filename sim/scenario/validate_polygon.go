package scenario

import (
	"fmt"

	"sandtable/sim/geo"
)

// maxCorners is the largest number of corners of a zone: every pair of edges is compared.
const maxCorners = 2000

// polygon checks the border of a zone: corners, crossings, area. Corners off the map have been reported.
func (c *checker) polygon(path string, corners [][2]float64) {
	n := len(corners)
	poly := make(geo.Polygon, n)
	for i, p := range corners {
		if poly[i] = Point(p); !poly[i].Finite() {
			return
		}
	}
	switch {
	case n == 0:
		return // reported as empty
	case n < 3:
		c.add(path, "边界只有 %d 个顶点；至少 3 个", "a border of %d corners; want at least 3", n)
		return
	case n > maxCorners:
		c.add(path, "边界有 %d 个顶点；最多 %d 个", "a border of %d corners; want at most %d", n, maxCorners)
		return
	case poly[0] == poly[n-1]:
		c.add(fmt.Sprintf("%s[%d]", path, n-1), "末顶点与首顶点重复；每个顶点只写一次",
			"the last corner repeats the first; want each corner once")
		return
	}
	for i := 1; i < n; i++ {
		if poly[i] == poly[i-1] {
			c.add(fmt.Sprintf("%s[%d]", path, i), "与前一顶点重复；每个顶点只写一次", "the corner repeats the one before; want each corner once")
			return
		}
	}
	if flat(poly) {
		c.add(path, "边界没有面积；顶点不能都在一条直线上", "a border without area; want corners that are not on one line")
		return
	}
	if i, j := selfCrossing(poly); i >= 0 {
		c.add(fmt.Sprintf("%s[%d]", path, i), "由此起的边与第 %d 个顶点 [%g, %g] 起的边相交；边界不得自相交",
			"the edge from here crosses the edge from corner %d at [%g, %g]; want a border that does not cross itself",
			j+1, poly[j].X, poly[j].Y)
	}
}

// flat says whether all corners are on one line.
func flat(poly geo.Polygon) bool {
	for _, p := range poly {
		if turn(poly[0], poly[1], p) != 0 {
			return false
		}
	}
	return true
}

// selfCrossing returns the first two edges of a ring that meet where they should not, or -1.
func selfCrossing(poly geo.Polygon) (int, int) {
	n := len(poly)
	for i := range n {
		a, b := poly[i], poly[(i+1)%n]
		box := geo.Bounds([]geo.Point{a, b})
		for j := i + 1; j < n; j++ {
			p, q := poly[j], poly[(j+1)%n]
			if min(p.X, q.X) > box.Max.X || max(p.X, q.X) < box.Min.X ||
				min(p.Y, q.Y) > box.Max.Y || max(p.Y, q.Y) < box.Min.Y {
				continue
			}
			switch {
			case j == i+1:
				if foldsBack(a, b, q) {
					return i, j
				}
			case i == 0 && j == n-1:
				if foldsBack(p, q, b) {
					return i, j
				}
			case segmentsMeet(a, b, p, q):
				return i, j
			}
		}
	}
	return -1, -1
}

// foldsBack says whether the edge from b to c runs back over the edge from a to b.
func foldsBack(a, b, c geo.Point) bool {
	u, v := b.Sub(a), c.Sub(b)
	return turn(a, b, c) == 0 && float64(u.X*v.X)+float64(u.Y*v.Y) < 0
}

// turn is positive where c lies left of the line from a to b, zero on it.
func turn(a, b, c geo.Point) float64 {
	return float64((b.X-a.X)*(c.Y-a.Y)) - float64((b.Y-a.Y)*(c.X-a.X))
}

// segmentsMeet says whether two segments have a point in common.
func segmentsMeet(a, b, p, q geo.Point) bool {
	t1, t2, t3, t4 := turn(a, b, p), turn(a, b, q), turn(p, q, a), turn(p, q, b)
	if (t1 > 0) != (t2 > 0) && (t3 > 0) != (t4 > 0) && t1 != 0 && t2 != 0 && t3 != 0 && t4 != 0 {
		return true
	}
	return t1 == 0 && within(a, b, p) || t2 == 0 && within(a, b, q) ||
		t3 == 0 && within(p, q, a) || t4 == 0 && within(p, q, b)
}

// within says whether a point on the line through a and b lies between them.
func within(a, b, p geo.Point) bool {
	return p.X >= min(a.X, b.X) && p.X <= max(a.X, b.X) && p.Y >= min(a.Y, b.Y) && p.Y <= max(a.Y, b.Y)
}
