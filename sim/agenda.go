package sim

import "fmt"

// Agenda is a queue of things to do at exact times. Entries of one instant come out in the order in which they
// were put in, so that a run does not depend on the shape of the heap.
type Agenda[E any] struct {
	heap []agendaItem[E] // 4-ary heap on (at, seq)
	seq  uint64
	now  Time // instant of the last entry that came out
}

type agendaItem[E any] struct {
	at    Time
	seq   uint64
	entry E
}

// Len returns the number of entries.
func (a *Agenda[E]) Len() int { return len(a.heap) }

// Put adds an entry for the instant at. An instant before the last one taken out is a programmer's mistake and
// panics.
func (a *Agenda[E]) Put(at Time, entry E) {
	if at < a.now {
		panic(fmt.Sprintf("sim: agenda: entry for %v put in at %v: %v", at, a.now, entry))
	}
	item := agendaItem[E]{at, a.seq, entry}
	a.seq++
	a.heap = append(a.heap, item)
	a.rise(item)
}

// Next returns the instant of the first entry, or Never.
func (a *Agenda[E]) Next() Time {
	if len(a.heap) == 0 {
		return Never
	}
	return a.heap[0].at
}

// Take removes the first entry when it lies before the given end.
func (a *Agenda[E]) Take(end Time) (at Time, entry E, ok bool) {
	if len(a.heap) == 0 || a.heap[0].at >= end {
		return 0, entry, false
	}
	top := a.heap[0]
	last := len(a.heap) - 1
	item := a.heap[last]
	a.heap[last] = agendaItem[E]{}
	a.heap = a.heap[:last]
	if last > 0 {
		a.sink(item)
	}
	a.now = top.at
	return top.at, top.entry, true
}

// before says whether an entry comes out before another one.
func (p *agendaItem[E]) before(q *agendaItem[E]) bool {
	return p.at < q.at || (p.at == q.at && p.seq < q.seq)
}

// rise puts an item where the last one is, or above it: later ones above it move down.
func (a *Agenda[E]) rise(item agendaItem[E]) {
	i := len(a.heap) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if !item.before(&a.heap[parent]) {
			break
		}
		a.heap[i] = a.heap[parent]
		i = parent
	}
	a.heap[i] = item
}

// sink puts an item at the top, or below it: earlier ones below it move up.
func (a *Agenda[E]) sink(item agendaItem[E]) {
	heap, i := a.heap, 0
	for {
		first := 4*i + 1
		if first >= len(heap) {
			break
		}
		below := heap[first:min(first+4, len(heap))]
		best, at, seq := 0, below[0].at, below[0].seq
		for c := range below {
			if x := &below[c]; x.at < at || x.at == at && x.seq < seq {
				best, at, seq = c, x.at, x.seq
			}
		}
		if at > item.at || at == item.at && seq > item.seq {
			break
		}
		heap[i] = below[best]
		i = first + best
	}
	heap[i] = item
}

// Append saves the agenda; entry writes one entry.
func (a *Agenda[E]) Append(e *Encoder, entry func(*Encoder, E)) {
	e.Time(a.now)
	e.U64(a.seq)
	e.Len(len(a.heap))
	for i := range a.heap {
		e.Time(a.heap[i].at)
		e.U64(a.heap[i].seq)
		entry(e, a.heap[i].entry)
	}
}

// Load reads what Append wrote; entry reads one entry.
func (a *Agenda[E]) Load(d *Decoder, entry func(*Decoder) E) {
	a.now, a.seq = d.Time(), d.U64()
	n := d.Len(16)
	a.heap = a.heap[:0]
	for i := 0; i < n && d.Err == nil; i++ {
		a.heap = append(a.heap, agendaItem[E]{d.Time(), d.U64(), entry(d)})
	}
	for i := 1; i < len(a.heap) && d.Err == nil; i++ {
		if a.heap[i].before(&a.heap[(i-1)/4]) {
			d.Fail("an agenda out of order")
		}
	}
}
