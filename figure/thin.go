package figure

import "math"

// fine is how far a line may move when points of it are left out, as a share of its height or width: a tenth of its
// stroke.
const fine = 0.0006

// thin leaves out the points of a line that lie on it anyway (Douglas and Peucker 1973).
func thin(points []Point) []Point {
	if len(points) < 3 {
		return points
	}
	q := make([]Point, len(points))
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		lo = Point{min(lo.X, p.X), min(lo.Y, p.Y)}
		hi = Point{max(hi.X, p.X), max(hi.Y, p.Y)}
	}
	for i, p := range points {
		q[i] = Point{share(p.X, lo.X, hi.X), share(p.Y, lo.Y, hi.Y)}
	}
	keep := make([]bool, len(points))
	keep[0], keep[len(q)-1] = true, true
	mark(q, keep, 0, len(q)-1)
	var out []Point
	for i, k := range keep {
		if k {
			out = append(out, points[i])
		}
	}
	return out
}

func share(v, lo, hi float64) float64 {
	if hi <= lo {
		return 0
	}
	return (v - lo) / (hi - lo)
}

// mark keeps the point between a and b that is farthest from their chord, and goes on at both its sides.
func mark(q []Point, keep []bool, a, b int) {
	far, at := fine, -1
	dx, dy := q[b].X-q[a].X, q[b].Y-q[a].Y
	length := math.Hypot(dx, dy)
	for i := a + 1; i < b; i++ {
		x, y := q[i].X-q[a].X, q[i].Y-q[a].Y
		d := math.Hypot(x, y)
		if length > 0 {
			d = math.Abs(x*dy-y*dx) / length
		}
		if d > far {
			far, at = d, i
		}
	}
	if at < 0 {
		return
	}
	keep[at] = true
	mark(q, keep, a, at)
	mark(q, keep, at, b)
}
