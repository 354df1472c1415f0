package geo

// Nearest finds the least of many costs of which each is dear to work out and has a cheap lower bound: the nearest
// shelter by road, of which none is nearer than the straight line. It looks at candidates in the order of their bounds
// and stops when no other can be less, so that it finds the same one as who looks at all. The zero value is ready; it
// keeps its memory from one search to the next.
type Nearest struct{ heap []candidate }

type candidate struct {
	atLeast float64
	id      int32
}

// before orders candidates by bound, then by id.
func (c candidate) before(o candidate) bool {
	return c.atLeast < o.atLeast || c.atLeast == o.atLeast && c.id < o.id
}

// Reset forgets all candidates.
func (n *Nearest) Reset() { n.heap = n.heap[:0] }

// Offer adds a candidate whose cost is not less than the bound.
func (n *Nearest) Offer(id int32, atLeast float64) {
	n.heap = append(n.heap, candidate{atLeast, id})
	for i := len(n.heap) - 1; i > 0; {
		parent := (i - 1) / 2
		if !n.heap[i].before(n.heap[parent]) {
			return
		}
		n.heap[i], n.heap[parent] = n.heap[parent], n.heap[i]
		i = parent
	}
}

// Find returns the candidate of least cost, of equal ones that of the lowest id, and its cost; -1 when there is none.
// cost says for each candidate that it is asked about whether it counts at all. The candidates are used up.
func (n *Nearest) Find(cost func(id int32) (float64, bool)) (id int32, least float64) {
	id = -1
	for len(n.heap) > 0 && (id < 0 || n.heap[0].atLeast <= least) {
		next := n.pop().id
		if c, ok := cost(next); ok && (id < 0 || c < least || c == least && next < id) {
			id, least = next, c
		}
	}
	return id, least
}

// pop takes the first candidate off the heap.
func (n *Nearest) pop() candidate {
	top, last := n.heap[0], len(n.heap)-1
	n.heap[0] = n.heap[last]
	n.heap = n.heap[:last]
	for i := 0; 2*i+1 < last; {
		child := 2*i + 1
		if child+1 < last && n.heap[child+1].before(n.heap[child]) {
			child++
		}
		if !n.heap[child].before(n.heap[i]) {
			break
		}
		n.heap[i], n.heap[child] = n.heap[child], n.heap[i]
		i = child
	}
	return top
}
