package importer

import (
	"container/heap"
	"math"
)

// plain says how high ground lies above the main river, and how high the flood comes.
//
// The height of a cell is that of its ground above the bank of the nearest station of the river; what must be passed on
// the way from the river counts too, so that ground behind a rise is as high as the rise. The flood's height is that at
// which the valley, cut into reaches, carries the peak by Manning's equation, with volume and wetted surface of all
// cells that lie lower.
//
// Reference: X. Zheng, D. G. Tarboton, D. R. Maidment, Y. Y. Liu, P. Passalacqua, "River channel geometry and rating
// curve estimation using height above the nearest drainage", Journal of the American Water Resources Association 54
// (2018) 785-806.
type plain struct {
	near   []int32   // station of the river nearest to each cell
	height []float64 // of each cell above the bank, with what lies between [m]
	rise   []float64 // of the flood above the bank, by reach [m]
}

const (
	reachLength = 1500.0 // of a reach [m] (assumed)
	riseStep    = 0.1    // in which the height of the flood is sought [m]
	riseMost    = 15.0   // [m]
	ends        = 0.3    // reaches at the map's edge that are shorter than this share are joined to their neighbours
)

// reach returns the reach of a station.
func (r *river) reach(s int) int {
	return min(int(r.along[s]/reachLength), r.reaches()-1)
}

// reaches returns how many there are.
func (r *river) reaches() int {
	length := r.along[len(r.along)-1]
	n := int(length / reachLength)
	if length-float64(n)*reachLength > ends*reachLength {
		n++
	}
	return max(n, 1)
}

// measurePlain fills the plain.
func (m *town) measurePlain() {
	m.plain = &plain{near: m.nearestStations(), height: make([]float64, m.grid.Len())}
	m.climb()
	m.rateReaches()
}

// nearestStations finds the nearest station of the river for every cell, by handing stations on from cell to cell in
// two sweeps over the map.
//
// Reference: P.-E. Danielsson, "Euclidean distance mapping", Computer Graphics and Image Processing 14 (1980) 227-248.
func (m *town) nearestStations() []int32 {
	near := make([]int32, m.grid.Len())
	dist := make([]float64, m.grid.Len())
	for c := range near {
		near[c], dist[c] = -1, math.Inf(1)
	}
	for s, p := range m.river.at {
		i, j := m.grid.ClampIJ(p)
		c := m.grid.Index(i, j)
		if d := m.grid.Centre(i, j).Dist(p); d < dist[c] {
			near[c], dist[c] = int32(s), d
		}
	}
	take := func(i, j, di, dj int) {
		if !m.grid.Inside(i+di, j+dj) {
			return
		}
		c, s := m.grid.Index(i, j), near[m.grid.Index(i+di, j+dj)]
		if s < 0 {
			return
		}
		if d := m.grid.Centre(i, j).Dist(m.river.at[s]); d < dist[c] {
			near[c], dist[c] = s, d
		}
	}
	for pass := range 2 {
		for k := range near {
			i, j := m.grid.IJ(k)
			d := -1
			if pass == 1 {
				i, j = m.grid.NX-1-i, m.grid.NY-1-j
				d = 1
			}
			take(i, j, d, 0)
			take(i, j, 0, d)
			take(i, j, d, d)
			take(i, j, -d, d)
		}
		for j := range m.grid.NY { // across rows in the other direction
			for k := range m.grid.NX {
				if pass == 0 {
					k = m.grid.NX - 1 - k
					take(k, j, 1, 0)
				} else {
					take(k, m.grid.NY-1-j, -1, 0)
				}
			}
		}
	}
	return near
}

// climb finds each cell's height: the least highest ground on any way from the river to it.
func (m *town) climb() {
	h := m.plain.height
	var queue cellQueue
	for c := range h {
		h[c] = math.Inf(1)
		if int(m.channel[c]) == m.main && m.channel[c] >= 0 {
			h[c] = 0
			queue = append(queue, cellHeight{0, int32(c)})
		}
	}
	heap.Init(&queue)
	for len(queue) > 0 {
		top := heap.Pop(&queue).(cellHeight)
		if top.height > h[top.cell] {
			continue
		}
		i, j := m.grid.IJ(int(top.cell))
		for _, d := range [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
			if !m.grid.Inside(i+d[0], j+d[1]) {
				continue
			}
			c := m.grid.Index(i+d[0], j+d[1])
			if z := math.Max(top.height, m.above(c)); z < h[c] {
				h[c] = z
				heap.Push(&queue, cellHeight{z, int32(c)})
			}
		}
	}
}

// above returns the height of a cell's own ground above the bank of the river [m].
func (m *town) above(c int) float64 { return m.ground[c] - m.river.bank[m.plain.near[c]] }

// cellHeight is a cell in the queue of climb.
type cellHeight struct {
	height float64
	cell   int32
}

// cellQueue is a heap of cells, the lowest first, the lower number among equals.
type cellQueue []cellHeight

func (q cellQueue) Len() int { return len(q) }
func (q cellQueue) Less(a, b int) bool {
	return q[a].height < q[b].height || q[a].height == q[b].height && q[a].cell < q[b].cell
}
func (q cellQueue) Swap(a, b int) { q[a], q[b] = q[b], q[a] }
func (q *cellQueue) Push(x any)   { *q = append(*q, x.(cellHeight)) }
func (q *cellQueue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// rateReaches finds how high the flood comes in each reach.
func (m *town) rateReaches() {
	n := m.river.reaches()
	cells := make([][]int32, n)
	for c, h := range m.plain.height {
		if h < riseMost && int(m.channel[c]) != m.main {
			k := m.river.reach(int(m.plain.near[c]))
			cells[k] = append(cells[k], int32(c))
		}
	}
	m.plain.rise = make([]float64, n)
	for k := range n {
		m.plain.rise[k] = m.rate(cells[k], k)
	}
	m.plain.rise = smoothBoth(m.plain.rise)
}

// rate finds the height of the flood in one reach [m].
func (m *town) rate(cells []int32, k int) float64 {
	r := m.river
	length := math.Min(reachLength, r.along[len(r.along)-1]-float64(k)*reachLength)
	length = math.Max(length, m.grid.Cell)
	root := math.Sqrt(r.slope())
	wide := math.Max(r.width, m.grid.Cell)
	area := m.grid.Cell * m.grid.Cell
	for h := 0.0; h < riseMost; h += riseStep {
		flow := wide * math.Pow(r.depth+h, 5.0/3) * root / roughChannel
		volume, wet := 0.0, 0.0
		for _, c := range cells {
			if m.plain.height[c] < h {
				volume += (h - math.Max(m.above(int(c)), -r.depth)) * area
				wet += area
			}
		}
		if wet > 0 {
			flow += volume / length * math.Pow(volume/wet, 2.0/3) * root / roughPlain
		}
		if flow >= r.peak {
			return h
		}
	}
	return riseMost
}

// smoothBoth averages each value with its neighbours.
func smoothBoth(z []float64) []float64 {
	out := make([]float64, len(z))
	for i := range z {
		a, b := z[max(i-1, 0)], z[min(i+1, len(z)-1)]
		out[i] = (a + 2*z[i] + b) / 4
	}
	return out
}

// margin returns how far a cell lies above the flood [m]; negative where the flood comes.
func (m *town) margin(c int) float64 {
	return m.plain.height[c] - m.plain.rise[m.river.reach(int(m.plain.near[c]))]
}
