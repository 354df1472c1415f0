package main

import (
	"cmp"
	"slices"
	"time"

	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/maps"
)

// buffer is a frame with the water of its own: what the world shares is valid only until its next step.
type buffer struct {
	render.Frame
	water  *sim.Layer
	charts render.Charts
}

// frameTime is the least time between two frames.
const frameTime = 30 * time.Millisecond

// shownWorld is the world that is on the screen.
func (s *session) shownWorld() *engine.World {
	if s.past != nil {
		return s.past
	}
	return s.front
}

// show makes a frame when there is something new and the last one is old enough. While ticks are being played only the
// time counts.
func (s *session) show(idle bool) {
	if !s.dirty || time.Since(s.drawn) < frameTime {
		return
	}
	if idle {
		s.dirty = false
	}
	s.drawn = time.Now()
	b := s.making
	w := s.shownWorld()
	s.fill(b, w, s.view, s.shownMaps())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now, s.live, s.over = w.Now(), b.Status.TakesOrders(), b.Status.Ended && b.Status.Phase == render.PhaseLive
	b.Status.Notice, b.Status.Serial = s.notice, s.serial
	s.making, s.ready, s.fresh = s.ready, b, true
}

// fill makes the picture of a world: for the director, or for a seat of what it knows alone.
func (s *session) fill(b *buffer, w *engine.World, view sim.View, m *maps.Maps) {
	if s.seat {
		w.Observe(s.post, &b.Seen)
		render.SeatFrame(s.st.Scenario, w.Names(), &b.Seen, &b.Frame)
	} else {
		s.waters.fill(b, w, view, s.post)
		s.charts.fill(b, m)
	}
	s.fillStatus(&b.Status)
	if s.seat {
		b.Status.Charted, b.Status.SeatOnly = false, true
		b.Status.Marks = append(s.story.bookmarks(), render.SeatMoments(w.Names(), &b.Seen)...)
		slices.SortStableFunc(b.Status.Marks, func(a, b render.Moment) int { return cmp.Compare(a.At, b.At) })
	}
}

// waters is the last water that was seen in a world, with its edition.
type waters struct {
	last    *sim.Layer
	edition int
}

// see takes the water of a world, which is a new edition when a cell differs.
func (w *waters) see(l *sim.Layer) {
	if w.last == nil || w.last.Grid != l.Grid {
		w.last, w.edition = sim.NewLayer(l.Key, l.Grid), w.edition+1
	} else if slices.Equal(w.last.Values, l.Values) {
		return
	}
	copy(w.last.Values, l.Values)
	w.edition++
}

// unseen is what is known in a drill without posts.
var unseen = sim.Observation{Post: sim.None, CutOff: -1, Incident: sim.IncidentKnown{Since: -1, Last: -1},
	Own: sim.OwnKnown{Acting: sim.None, Mandate: sim.None}}

// fill copies what a world shows into a buffer.
func (w *waters) fill(b *buffer, world *engine.World, view sim.View, post sim.PostID) {
	world.Snapshot(view, &b.Snapshot)
	world.Truth(&b.Truth)
	if post >= 0 {
		world.Observe(post, &b.Seen)
	} else {
		b.Seen = unseen
	}
	l := b.Snapshot.Water
	if l == nil {
		return
	}
	w.see(l)
	if b.Water != w.edition {
		if b.water == nil || b.water.Grid != l.Grid {
			b.water = sim.NewLayer(l.Key, l.Grid)
		}
		copy(b.water.Values, l.Values)
		b.Water = w.edition
	}
	b.Snapshot.Water = b.water
}

// meter measures the speed that is reached.
type meter struct {
	since time.Time
	from  sim.Time
	speed float64 // [simulated s/s]
}

// read returns the speed of the last second or so.
func (m *meter) read(now sim.Time) float64 {
	wall := time.Since(m.since)
	if m.since.IsZero() || now < m.from || wall > 5*time.Second {
		*m = meter{since: time.Now(), from: now}
		return 0
	}
	if wall > time.Second {
		*m = meter{since: time.Now(), from: now, speed: now.Sub(m.from).Seconds() / wall.Seconds()}
	}
	return m.speed
}

func (s *session) fillStatus(st *render.Status) {
	marks, curve := s.story.marks, s.story.curve
	*st = render.Status{
		Phase: render.PhaseLive, Paused: s.paused, Ended: s.ended, Speed: s.speed,
		Actual: s.meter.read(s.shownWorld().Now()), Head: s.front.Now(), End: s.st.end(),
		Seeking: s.target, Run: s.st.Scenario.Drill.Name, Seed: s.st.seed.String(),
		Marks: marks[:len(marks):len(marks)], Curve: curve[:len(curve):len(curve)],
	}
	st.Charted = !s.charts.lost
	st.Answers = s.story.answersUntil(s.shownWorld().Now())
	if s.rec != nil {
		st.Record = s.rec.Dir()
	}
	switch {
	case s.st.Run != nil:
		st.Phase, st.Run, st.Head = render.PhaseReplay, s.st.Run.Dir, s.st.end()
	case s.past != nil || s.catchUp >= 0:
		st.Phase = render.PhasePast
	}
	if s.catchUp >= 0 {
		st.Seeking, st.Head = s.catchUp, s.catchUp
	}
}
