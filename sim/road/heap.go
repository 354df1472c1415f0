package road

import "math/bits"

// distHeap holds states by distance and gives out the nearest one. A state may be in it several times; the nearest
// entry counts. It is a radix heap: what is put in must not be nearer than what was last taken out, unless it is empty.
//
// Reference: Ahuja, Mehlhorn, Orlin, Tarjan, Faster algorithms for the shortest path problem, J. ACM 37 (1990) 213-223.
type distHeap struct {
	last    int64  // distance that was taken out last [µs]
	full    uint64 // bit k is set while bucket k holds something
	buckets [64][]distItem
}

type distItem struct {
	dist  int64
	state int32
}

// clear empties the heap.
func (h *distHeap) clear() {
	for h.full != 0 {
		k := bits.TrailingZeros64(h.full)
		h.buckets[k] = h.buckets[k][:0]
		h.full &= h.full - 1
	}
	h.last = 0
}

// rewind keeps of the heap those entries that are the present distances of their states, and lets nearer ones be put
// in. It uses the memory of spare, which it returns.
func (h *distHeap) rewind(spare []distItem, t *tree) []distItem {
	spare = spare[:0]
	for full := h.full; full != 0; full &= full - 1 {
		spare = append(spare, h.buckets[bits.TrailingZeros64(full)]...)
	}
	h.clear()
	for _, x := range spare {
		if x.dist == t.dist(x.state) {
			h.push(x.dist, x.state)
		}
	}
	return spare
}

// push puts a state in: into the bucket of the highest bit in which its distance differs from the last one.
func (h *distHeap) push(dist int64, state int32) {
	if h.full == 0 {
		h.last = 0
	}
	k := bits.Len64(uint64(dist ^ h.last))
	h.buckets[k] = append(h.buckets[k], distItem{dist, state})
	h.full |= 1 << k
}

// pop takes the nearest state out. Bucket 0 holds those that are as near as the last one; when it is empty, the lowest
// bucket is spread over the ones below it.
func (h *distHeap) pop() (dist int64, state int32, ok bool) {
	if h.full == 0 {
		return 0, 0, false
	}
	k := bits.TrailingZeros64(h.full)
	if k > 0 {
		h.spread(k)
	}
	b := h.buckets[0]
	top := b[len(b)-1]
	h.buckets[0] = b[:len(b)-1]
	if len(b) == 1 {
		h.full &^= 1
	}
	return top.dist, top.state, true
}

// spread makes the least distance of a bucket the last one, and puts what the bucket holds into those below it.
func (h *distHeap) spread(k int) {
	items := h.buckets[k]
	least := items[0].dist
	for _, x := range items[1:] {
		least = min(least, x.dist)
	}
	h.last = least
	h.full &^= 1 << k
	h.buckets[k] = items[:0]
	for _, x := range items {
		j := bits.Len64(uint64(x.dist ^ least))
		h.buckets[j] = append(h.buckets[j], x)
		h.full |= 1 << j
	}
}

// bytes returns what the heap holds of memory.
func (h *distHeap) bytes() (n int) {
	for k := range h.buckets {
		n += 16 * cap(h.buckets[k])
	}
	return n
}
