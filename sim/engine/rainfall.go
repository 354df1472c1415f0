package engine

import (
	"sort"

	"sandtable/sim"
	"sandtable/sim/num"
)

// rainfall is the rain at one place, exactly as it was published: spells of even rain, each after the other. Depths are
// sums of whole numbers, so that a window is the same however it slides.
type rainfall struct {
	spells []spell
}

// spell is a span of even rain, in whole seconds since the start. Rain is counted in whole units of what falls in a
// second at 1e-6 mm/h, of which 3.6 thousand million are a millimetre, so that its sums are exact.
type spell struct {
	from, to int64 // [s]
	rate     int64 // [1e-6 mm/h]
	before   int64 // all rain until from [1e-6 mm/h s]
}

// published is the value of one step of a rain layer, 0.001 mm/h, as a rate.
const published = 1000

// memory is how long a spell is kept: the longest window.
const memory = 24 * 3600 // [s]

// evenly returns the rain of the day before the start: so many millimetres, evenly.
func evenly(mm float64) rainfall {
	if mm <= 0 {
		return rainfall{}
	}
	return rainfall{spells: []spell{{from: -memory, to: 0, rate: num.RoundInt64(float64(mm*1e6) / 24)}}}
}

// add notes the rate of a span that follows the last one.
func (r *rainfall) add(from, to sim.Time, rate int64) {
	a, b := seconds(from), seconds(to)
	if n := len(r.spells); n > 0 {
		last := &r.spells[n-1]
		if last.to == a && last.rate == rate {
			last.to = b
			return
		}
		r.spells = append(r.spells, spell{a, b, rate, r.upTo(a)})
		r.forget(b)
		return
	}
	r.spells = append(r.spells, spell{from: a, to: b, rate: rate})
}

func seconds(t sim.Time) int64 { return int64(t) / int64(sim.Second) }

// until returns the end of the last spell, -1 without any.
func (r *rainfall) until() sim.Time {
	if len(r.spells) == 0 {
		return -1
	}
	return sim.Time(r.spells[len(r.spells)-1].to) * sim.Time(sim.Second)
}

// forget drops the spells that no window reaches any more, when they are half of all.
func (r *rainfall) forget(now int64) {
	k := 0
	for k < len(r.spells) && r.spells[k].to <= now-memory {
		k++
	}
	if 2*k > len(r.spells) {
		r.spells = append(r.spells[:0], r.spells[k:]...)
	}
}

// upTo returns all rain until an instant, of which the spells are kept or which none came before [1e-6 mm/h s].
func (r *rainfall) upTo(t int64) int64 {
	if len(r.spells) == 0 {
		return 0
	}
	k := sort.Search(len(r.spells), func(i int) bool { return r.spells[i].from >= t })
	if k == 0 {
		return r.spells[0].before // what the spells that are forgotten brought
	}
	s := &r.spells[k-1]
	return s.before + s.rate*(min(t, s.to)-s.from)
}

// depth returns the rain of the window that ends at an instant [1e-6 mm/h s].
func (r *rainfall) depth(at sim.Time, window sim.Duration) int64 {
	to := seconds(at)
	return r.upTo(to) - r.upTo(to-int64(window/sim.Second))
}

// append saves the spells; they follow each other, so that lengths and rates are enough.
func (r *rainfall) append(e *sim.Encoder) {
	e.Len(len(r.spells))
	if len(r.spells) == 0 {
		return
	}
	e.I64(r.spells[0].from)
	e.I64(r.spells[0].before)
	for _, s := range r.spells {
		e.Varint(s.to - s.from)
		e.Varint(s.rate)
	}
}

// load reads what append wrote.
func (r *rainfall) load(d *sim.Decoder) {
	r.spells = r.spells[:0]
	n := d.Len(2)
	if n == 0 {
		return
	}
	next := spell{from: d.I64(), before: d.I64()}
	const most = 1 << 40 // seconds, and whole numbers of rate: no story comes near them
	if next.from < -memory || next.from > most || next.before < 0 || next.before > most*most>>24 {
		d.Fail("rain of a time that cannot be")
	}
	for range n {
		length, rate := d.Varint(), d.Varint()
		if d.Err != nil {
			return
		}
		if length <= 0 || length > most || rate < 0 || rate > 1<<31*published {
			d.Fail("a spell of rain that cannot be")
			return
		}
		next.to, next.rate = next.from+length, rate
		r.spells = append(r.spells, next)
		next = spell{from: next.to, before: r.upTo(next.to)}
	}
}

// clone returns a copy that can go on by itself.
func (r *rainfall) clone() rainfall { return rainfall{spells: append([]spell(nil), r.spells...)} }
