package generate

// drainage is where the water of each cell goes.
type drainage struct {
	to    []int32   // next cell downhill; -1 in channels
	root  []int32   // cell of a channel that the water reaches
	owner []int16   // index of the river whose channel a cell is; -1 elsewhere
	level []float64 // elevation with pits filled [m]
}

// fillStep is the slope that a filled pit gets toward its outlet, per cell [m].
const fillStep = 0.002

// drain finds the way of the water from every cell, filling pits, with the channels as outlets:
// the map's edge is a divide.
//
// Reference: R. Barnes, C. Lehman, D. Mulla, "Priority-flood: an optimal depression-filling and watershed-labeling
// algorithm for digital elevation models", Computers & Geosciences 62 (2014) 117-127.
func (l *land) drain() {
	n := l.grid.Len()
	f := drainage{to: make([]int32, n), root: make([]int32, n), owner: l.flow.owner, level: make([]float64, n)}
	seen := make([]bool, n)
	var front heap
	for c := range n {
		if f.owner[c] >= 0 {
			seen[c] = true
			f.to[c], f.root[c], f.level[c] = -1, int32(c), l.z[c]
			front.push(l.z[c], int32(c))
		}
	}
	for len(front) > 0 {
		level, c := front.pop()
		l.around(c, func(next int32) {
			if seen[next] {
				return
			}
			seen[next] = true
			f.to[next], f.root[next] = c, f.root[c]
			f.level[next] = max(l.z[next], level+fillStep)
			front.push(f.level[next], next)
		})
	}
	l.flow = f
}

// around calls f for the up to eight neighbours of a cell, in a fixed order.
func (l *land) around(c int32, f func(next int32)) {
	ci, cj := l.grid.IJ(int(c))
	for j := max(cj-1, 0); j <= min(cj+1, l.grid.NY-1); j++ {
		for i := max(ci-1, 0); i <= min(ci+1, l.grid.NX-1); i++ {
			if i != ci || j != cj {
				f(int32(l.grid.Index(i, j)))
			}
		}
	}
}

// fillPits raises the pits of the hills to where they flow over; the flood plain keeps its hollows.
func (l *land) fillPits() {
	for c, filled := range l.flow.level {
		i, j := l.grid.IJ(c)
		if _, beyond, _ := l.lateral(l.grid.Centre(i, j)); beyond > 0 && l.flow.owner[c] < 0 {
			l.z[c] = filled
		}
	}
}

// measureAreas adds up what drains to each river's mouth, its tributaries included, and sizes the river by it.
func (l *land) measureAreas() {
	cell := float64(l.grid.Cell * l.grid.Cell)
	for _, ch := range l.rivers {
		ch.area = 0
	}
	for _, r := range l.flow.root {
		l.rivers[l.flow.owner[r]].area += cell
	}
	for order := 2; order >= 1; order-- {
		for _, ch := range l.rivers {
			if ch.order == order {
				l.rivers[ch.into].area += ch.area
			}
		}
	}
}

// heap is a queue of cells by level, the lower cell first among equals.
type heap []heapItem

type heapItem struct {
	key  float64
	cell int32
}

func (a heapItem) before(b heapItem) bool {
	return a.key < b.key || (a.key == b.key && a.cell < b.cell)
}

func (h *heap) push(key float64, cell int32) {
	*h = append(*h, heapItem{key, cell})
	q := *h
	for k := len(q) - 1; k > 0; {
		up := (k - 1) / 2
		if !q[k].before(q[up]) {
			break
		}
		q[k], q[up] = q[up], q[k]
		k = up
	}
}

func (h *heap) pop() (key float64, cell int32) {
	q := *h
	top := q[0]
	last := len(q) - 1
	q[0] = q[last]
	q = q[:last]
	for k := 0; ; {
		least := k
		for child := 2*k + 1; child <= 2*k+2 && child < last; child++ {
			if q[child].before(q[least]) {
				least = child
			}
		}
		if least == k {
			break
		}
		q[k], q[least] = q[least], q[k]
		k = least
	}
	*h = q
	return top.key, top.cell
}
