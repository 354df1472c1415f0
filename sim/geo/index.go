package geo

// Index finds the nearest of a fixed set of points. It is a uniform grid of buckets in two flat slices.
type Index struct {
	grid  Grid
	start []int32 // start[c]..start[c+1] are the entries of bucket c
	items []int32
	pts   []Point
}

// NewIndex builds an index over pts with buckets of about the given size [m].
func NewIndex(pts []Point, bucket float64) *Index {
	b := Bounds(pts)
	nx, ok1 := floorIndex(b.Width()/bucket, 1<<14)
	ny, ok2 := floorIndex(b.Height()/bucket, 1<<14)
	if !ok1 || !ok2 {
		panic("geo: NewIndex: bucket size does not fit the extent of the points")
	}
	ix := &Index{grid: Grid{NX: nx + 1, NY: ny + 1, Cell: bucket, Origin: b.Min}, pts: pts}
	ix.start = make([]int32, ix.grid.Len()+1)
	ix.items = make([]int32, len(pts))
	for _, p := range pts {
		ix.start[ix.bucket(p)+1]++
	}
	for c := range ix.grid.Len() {
		ix.start[c+1] += ix.start[c]
	}
	next := append([]int32(nil), ix.start...)
	for i, p := range pts {
		c := ix.bucket(p)
		ix.items[next[c]] = int32(i)
		next[c]++
	}
	return ix
}

func (ix *Index) bucket(p Point) int {
	i, j := ix.grid.ClampIJ(p)
	return ix.grid.Index(i, j)
}

// Nearest returns the point nearest to p that keep accepts (all when keep is nil), the lower number winning
// ties, and its distance [m]; -1 when there is none.
func (ix *Index) Nearest(p Point, keep func(i int) bool) (best int, dist float64) {
	best = -1
	ci, cj := ix.grid.ClampIJ(p)
	// A point left or right of the grid is clamped to its edge, so the rings are counted from there; the
	// distance from p to anything in ring r or beyond is at least (r-1) cells.
	for r := 0; r < max(ix.grid.NX, ix.grid.NY)+1; r++ {
		if best >= 0 && dist <= float64(float64(r-1)*ix.grid.Cell) {
			break
		}
		ix.ring(ci, cj, r, func(i int) {
			d := ix.pts[i].Dist(p)
			if (best < 0 || d < dist || (d == dist && i < best)) && (keep == nil || keep(i)) {
				best, dist = i, d
			}
		})
	}
	return best, dist
}

// ring calls f for the points in the square ring of buckets at distance r from (ci, cj).
func (ix *Index) ring(ci, cj, r int, f func(i int)) {
	for j := cj - r; j <= cj+r; j++ {
		step := 1
		if r > 0 && j > cj-r && j < cj+r {
			step = 2 * r
		}
		for i := ci - r; i <= ci+r; i += step {
			if !ix.grid.Inside(i, j) {
				continue
			}
			c := ix.grid.Index(i, j)
			for _, k := range ix.items[ix.start[c]:ix.start[c+1]] {
				f(int(k))
			}
		}
	}
}
