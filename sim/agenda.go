package sim

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
)

// Agenda is a queue of things to do at exact times. Entries of one instant come out in the order in which they
// were put in, so that a run does not depend on how they are kept.
//
// What is due within the next minute or so lies in slots of a fifteenth of a second, as on a wheel, and is put in order
// when its slot comes up; what is due later lies on a heap. Putting in and taking out thus cost the same however much
// lies on the wheel.
type Agenda[E any] struct {
	open  []agendaItem[E]   // entries of the present slot and before it, in order
	done  int               // how many of them have come out
	slots [][]agendaItem[E] // entries of the slots after it, in any order; slot k at k mod wheelSlots
	full  []uint64          // a bit for each slot with entries
	near  int               // entries in slots
	later []agendaItem[E]   // 4-ary heap of the entries beyond the wheel
	slot  int64             // number of the present slot
	seq   uint64
	now   Time // instant of the last entry that came out
}

type agendaItem[E any] struct {
	at    Time
	seq   uint64
	entry E
}

const (
	slotBits   = 16   // a slot is 2^16 µs long: 66 ms
	wheelSlots = 1024 // 67 s
)

// slotOf returns the number of the slot in which an instant lies.
func slotOf(at Time) int64 { return int64(at) >> slotBits }

// Len returns the number of entries.
func (a *Agenda[E]) Len() int { return len(a.open) - a.done + a.near + len(a.later) }

// Put adds an entry for the instant at. An instant before the last one taken out is a programmer's mistake and
// panics.
func (a *Agenda[E]) Put(at Time, entry E) {
	if at < a.now {
		panic(fmt.Sprintf("sim: agenda: entry for %v put in at %v: %v", at, a.now, entry))
	}
	a.keep(agendaItem[E]{at, a.seq, entry})
	a.seq++
}

// keep puts an item where it belongs.
func (a *Agenda[E]) keep(item agendaItem[E]) {
	switch slot := slotOf(item.at); {
	case slot <= a.slot:
		a.insert(item)
	case slot-a.slot < wheelSlots:
		if a.slots == nil {
			a.slots, a.full = make([][]agendaItem[E], wheelSlots), make([]uint64, wheelSlots/64)
		}
		k := slot & (wheelSlots - 1)
		a.slots[k] = append(a.slots[k], item)
		a.full[k/64] |= 1 << (k % 64)
		a.near++
	default:
		a.later = append(a.later, item)
		a.rise(item)
	}
}

// insert puts an item among the open ones, behind all that come out before it.
func (a *Agenda[E]) insert(item agendaItem[E]) {
	k := len(a.open)
	for k > a.done && item.before(&a.open[k-1]) {
		k--
	}
	a.open = slices.Insert(a.open, k, item)
}

// Next returns the instant of the first entry, or Never.
func (a *Agenda[E]) Next() Time {
	if a.done < len(a.open) {
		return a.open[a.done].at
	}
	at := Never
	if len(a.later) > 0 {
		at = a.later[0].at
	}
	if a.near > 0 {
		for _, item := range a.slots[a.nextSlot()&(wheelSlots-1)] {
			at = min(at, item.at)
		}
	}
	return at
}

// nextSlot returns the number of the first slot on the wheel that has entries; there must be one.
func (a *Agenda[E]) nextSlot() int64 {
	k := (a.slot + 1) & (wheelSlots - 1)
	word, skip := k/64, k%64
	for ahead := -skip; ; ahead += 64 {
		set := a.full[word]
		if ahead < 0 {
			set &= ^uint64(0) << skip
		}
		if set != 0 {
			return a.slot + 1 + ahead + int64(bits.TrailingZeros64(set))
		}
		word = (word + 1) % int64(len(a.full))
	}
}

// Take removes the first entry when it lies before the given end.
func (a *Agenda[E]) Take(end Time) (at Time, entry E, ok bool) {
	if a.done == len(a.open) {
		if a.near+len(a.later) == 0 || a.Next() >= end {
			return 0, entry, false
		}
		a.turn()
	}
	top := &a.open[a.done]
	if top.at >= end {
		return 0, entry, false
	}
	a.done++
	a.now = top.at
	return top.at, top.entry, true
}

// turn makes the slot of the first entry the present one. Nothing may be left in the one before.
func (a *Agenda[E]) turn() {
	next := slotOf(Never)
	if len(a.later) > 0 {
		next = slotOf(a.later[0].at)
	}
	a.open, a.done = a.open[:0], 0
	if a.near > 0 {
		if slot := a.nextSlot(); slot <= next {
			next = slot
			k := slot & (wheelSlots - 1)
			a.open, a.slots[k] = a.slots[k], a.open
			a.full[k/64] &^= 1 << (k % 64)
			a.near -= len(a.open)
		}
	}
	a.slot = next
	for len(a.later) > 0 && slotOf(a.later[0].at) == next {
		a.open = append(a.open, a.dropFirst())
	}
	sortItems(a.open)
}

// sortItems puts items in the order in which they come out. There are few, and most lie nearly right.
func sortItems[E any](items []agendaItem[E]) {
	if len(items) > 32 {
		slices.SortFunc(items, func(p, q agendaItem[E]) int {
			return cmp.Or(cmp.Compare(p.at, q.at), cmp.Compare(p.seq, q.seq))
		})
		return
	}
	for i := 1; i < len(items); i++ {
		item := items[i]
		k := i
		for ; k > 0 && item.before(&items[k-1]); k-- {
			items[k] = items[k-1]
		}
		items[k] = item
	}
}

// before says whether an entry comes out before another one.
func (p *agendaItem[E]) before(q *agendaItem[E]) bool {
	return p.at < q.at || (p.at == q.at && p.seq < q.seq)
}

// dropFirst takes the first item off the heap.
func (a *Agenda[E]) dropFirst() agendaItem[E] {
	top, last := a.later[0], len(a.later)-1
	item := a.later[last]
	a.later = a.later[:last]
	if last > 0 {
		a.sink(item)
	}
	return top
}

// rise puts an item where the last one on the heap is, or above it: later ones above it move down.
func (a *Agenda[E]) rise(item agendaItem[E]) {
	i := len(a.later) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if !item.before(&a.later[parent]) {
			break
		}
		a.later[i] = a.later[parent]
		i = parent
	}
	a.later[i] = item
}

// sink puts an item at the top of the heap, or below it: earlier ones below it move up.
func (a *Agenda[E]) sink(item agendaItem[E]) {
	heap, i := a.later, 0
	for {
		first := 4*i + 1
		if first >= len(heap) {
			break
		}
		best := first
		for c := first + 1; c < min(first+4, len(heap)); c++ {
			if heap[c].before(&heap[best]) {
				best = c
			}
		}
		if !heap[best].before(&item) {
			break
		}
		heap[i] = heap[best]
		i = best
	}
	heap[i] = item
}

// Append saves the agenda, its entries in order; entry writes one entry.
func (a *Agenda[E]) Append(e *Encoder, entry func(*Encoder, E)) {
	e.Time(a.now)
	e.U64(a.seq)
	items := slices.Concat(a.open[a.done:], a.later)
	for _, slot := range a.slots {
		items = append(items, slot...)
	}
	sortItems(items)
	e.Len(len(items))
	for i := range items {
		e.Time(items[i].at)
		e.U64(items[i].seq)
		entry(e, items[i].entry)
	}
}

// Load reads what Append wrote; entry reads one entry.
func (a *Agenda[E]) Load(d *Decoder, entry func(*Decoder) E) {
	*a = Agenda[E]{now: d.Time(), seq: d.U64()}
	a.slot = slotOf(a.now)
	n := d.Len(16)
	var last agendaItem[E]
	for i := 0; i < n && d.Err == nil; i++ {
		item := agendaItem[E]{d.Time(), d.U64(), entry(d)}
		if d.Err == nil && i > 0 && !last.before(&item) {
			d.Fail("an agenda out of order")
			return
		}
		a.keep(item)
		last = item
	}
}
