package road

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// People leave their cars when nothing has moved for long. The cars stay where they stand, like those that stall in
// water.

// lookEvery is how often people ask themselves whether to stay in their cars (assumed): on full minutes, so that those
// who have stood about equally long leave together.
const lookEvery = sim.Minute

// lookAt returns the first instant at which they do from a given one on.
func lookAt(at sim.Time) sim.Time {
	return (at + sim.Time(lookEvery) - 1) / sim.Time(lookEvery) * sim.Time(lookEvery)
}

// standstill is what is known of how long the queue of an arc has stood.
type standstill struct {
	moved sim.Time // when somebody left it last
	asked bool     // a look at it is on the agenda
}

// askStill plans a look at a queue to whose end somebody comes at an instant.
func (t *Traffic) askStill(arc int32, ready sim.Time) {
	if t.stills == nil {
		return
	}
	s, a := &t.stills[arc], &t.arcs[arc]
	if a.queue.head == a.queue.tail {
		s.moved = 0 // nobody was there before
	}
	if s.asked {
		return
	}
	s.asked = true
	t.agenda.Put(lookAt(ready.Add(t.net.rules.AbandonAfter)), entry{what: doAbandon, id: arc})
}

// lookStill has those leave their cars who have stood in the queue of an arc for as long as they bear, and plans the
// next look. Crews stay with their units, and who cannot walk stays in his car.
func (t *Traffic) lookStill(arc int32) {
	if t.stills == nil {
		return // only a forged state asks
	}
	t.stills[arc].asked = false
	t.findPlaces(arc)
	after, count := t.net.rules.AbandonAfter, 0
	next := t.now.Add(max(after, lookEvery))
	for _, p := range t.places {
		m := t.movers.at(p.slot)
		if m.stage != stageQueue {
			break
		}
		if m.is(tagUnit) || t.besides(m).stays {
			continue
		}
		if at := t.stoodSince(m, p.metres).Add(after); at > t.now {
			next = min(next, at)
			break // those behind have not stood any longer
		}
		t.places[count] = p
		count++
	}
	if count > 0 {
		t.abandon(arc, count)
	}
	if t.arcs[arc].queue.head >= 0 && !t.stills[arc].asked {
		t.stills[arc].asked = true
		t.agenda.Put(lookAt(next), entry{what: doAbandon, id: arc})
	}
}

// flee has people leave their cars on a link that have stood for a while where the water has come up to what they would
// not drive into, before it stalls them.
func (t *Traffic) flee(link int32) {
	for arc := 2 * link; arc < 2*link+2; arc++ {
		t.findPlaces(arc)
		count := 0
		for _, p := range t.places {
			m := t.movers.at(p.slot)
			if m.stage != stageQueue {
				break
			}
			if m.mode == sim.ModeCar && !m.is(tagUnit) && !t.besides(m).stays &&
				t.stoodSince(m, p.metres).Add(lookEvery) <= t.now && modes[m.mode].enter.exceeded(t.perilOf(m, p.metres).steps()) {
				t.places[count] = p
				count++
			}
		}
		if count > 0 {
			t.abandon(arc, count)
		}
	}
}

// stoodSince returns since when a mover of a queue has stood at its place [m]; the present while it still moves.
func (t *Traffic) stoodSince(m *mover, place float64) sim.Time {
	since, from, to := m.ready, m.start(), t.goal(m)
	if place < to {
		share := max(place-from, 0) / (to - from)
		since = m.since + sim.Time(num.RoundInt64(share*float64(m.ready-m.since)))
	}
	return max(min(since, t.now), t.stills[m.arc].moved)
}

// abandon has the people at the first so many of the places that were kept leave their cars, before those behind them
// are looked at.
func (t *Traffic) abandon(arc int32, count int) {
	t.pin(arc)
	t.batch = true
	for k := count - 1; k >= 0; k-- {
		p := t.places[k]
		m := t.movers.at(p.slot)
		t.leaveWreck(m, p.metres, t.perilOf(m, p.metres))
		t.strand(p.slot, sim.StrandJam)
	}
	t.batch = false
	t.obstruct(arc >> 1)
	t.turnBehind(arc)
	t.wakeEnds(arc >> 1)
}

// appendStills saves for how long queues have stood, where that matters.
func (t *Traffic) appendStills(e *sim.Encoder) {
	for arc := range t.stills {
		s := &t.stills[arc]
		if head := t.arcs[arc].queue.head; head < 0 && !s.asked {
			continue
		}
		e.I32(int32(arc))
		e.Time(s.moved)
		e.Bool(s.asked)
	}
	e.I32(-1)
}

// loadStills reads what appendStills wrote.
func (t *Traffic) loadStills(d *sim.Decoder) {
	for {
		arc := d.Index(len(t.stills), "arc whose queue stands")
		if arc < 0 || d.Err != nil {
			return
		}
		if t.stills[arc] = (standstill{d.Time(), d.Bool()}); t.stills[arc].moved > t.now {
			refuse(d, "a queue that moves later")
		}
	}
}
