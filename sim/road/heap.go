package road

// distHeap is a 4-ary heap of states by distance. A state may be in it several times; the nearest entry counts.
type distHeap struct{ items []distItem }

type distItem struct {
	dist  int64
	state int32
}

func (h *distHeap) push(dist int64, state int32) {
	h.items = append(h.items, distItem{dist, state})
	i := len(h.items) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if h.items[parent].dist <= dist {
			break
		}
		h.items[i] = h.items[parent]
		i = parent
	}
	h.items[i] = distItem{dist, state}
}

func (h *distHeap) pop() (dist int64, state int32, ok bool) {
	if len(h.items) == 0 {
		return 0, 0, false
	}
	top := h.items[0]
	last := h.items[len(h.items)-1]
	h.items = h.items[:len(h.items)-1]
	n := len(h.items)
	for i := 0; n > 0; {
		best := 4*i + 1
		if best >= n {
			h.items[i] = last
			break
		}
		for c := best + 1; c < min(4*i+5, n); c++ {
			if h.items[c].dist < h.items[best].dist {
				best = c
			}
		}
		if h.items[best].dist >= last.dist {
			h.items[i] = last
			break
		}
		h.items[i] = h.items[best]
		i = best
	}
	return top.dist, top.state, true
}
