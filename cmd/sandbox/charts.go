package main

import (
	"errors"
	"time"

	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/maps"
)

// charts keep what the water has done, for the front of the run and for the world that looks back. The front's follow
// it from the start of the run. Only a recorded run that is shown from its middle on has none at first: when somebody
// asks for them, its hazards are played alone up to there, with the changes of structures that the run told.
type charts struct {
	wanted      bool
	front, past *maps.Maps

	waters  *engine.Waters // catching up with the front; nil when it is not needed
	chased  *maps.Maps     // those of waters
	changes []sim.StructureChange
	lost    bool // they cannot be had

	edition   int // of what was shown last
	shown     *maps.Maps
	published int
}

// begin makes the charts of a new round.
func (c *charts) begin(w *engine.World) {
	c.stop()
	c.front, c.past, c.lost = nil, nil, false
	if w.Now() == 0 {
		c.front = maps.New(w.Layers(), maps.Wet)
		c.lost = c.front == nil // there is no water
	}
}

// stop gives up catching up.
func (c *charts) stop() {
	if c.waters != nil {
		_ = c.waters.Close() // films are a cache
	}
	c.waters, c.chased, c.changes = nil, nil, nil
}

// take adds what a world has published.
func take(m *maps.Maps, w *engine.World) {
	if m != nil {
		m.Take(w.Layers())
	}
}

// adopt makes maps of a world from saved ones; nil where that cannot be done.
func adopt(w *engine.World, state []byte) *maps.Maps {
	m := maps.New(w.Layers(), maps.Wet)
	if m == nil {
		return nil
	}
	d := &sim.Decoder{Buf: state}
	if m.LoadState(d); d.Err != nil {
		return nil
	}
	return m
}

// charting says whether charts are wanted that have still to be made.
func (s *session) charting() bool {
	return s.charts.wanted && s.charts.front == nil && !s.charts.lost && s.st.Run != nil
}

// chase plays the hazards alone for a while, until they have come up to the front. Charts that cannot be had are told
// once, and the depth now is shown.
func (s *session) chase() {
	c := &s.charts
	err := c.prepare(s)
	for slice := time.Now(); err == nil && time.Since(slice) < sliceTime && c.waters.Now() < s.front.Now(); {
		n := 0
		for n < len(c.changes) && c.changes[n].At <= c.waters.Now() {
			n++
		}
		err = c.waters.Step(c.changes[:n])
		c.changes = c.changes[n:]
		c.chased.Take(c.waters.Layers())
	}
	switch {
	case err == nil && c.waters.Now() < s.front.Now():
		return
	case err == nil:
		var e sim.Encoder
		c.chased.AppendState(&e)
		c.front = adopt(s.front, e.Buf)
	}
	if c.lost = c.front == nil; c.lost {
		s.tell(noCharts)
	}
	c.stop()
	s.dirty = true
}

// prepare begins to catch up, where that has not begun.
func (c *charts) prepare(s *session) error {
	if c.waters != nil {
		return nil
	}
	events, err := s.st.Run.Events()
	if err != nil {
		return err
	}
	c.changes = nil
	for {
		e, err := events.Next()
		if err != nil {
			break // the end, or what was cut off there
		}
		if change, ok := engine.ChangeOf(&e); ok {
			c.changes = append(c.changes, change)
		}
	}
	_ = events.Close() // read only
	cfg := s.st.config()
	if cfg.Films != nil {
		cfg.Films = onlyRead{cfg.Films}
	}
	if c.waters, err = engine.NewWaters(cfg); err != nil {
		return err
	}
	if c.chased = maps.New(c.waters.Layers(), maps.Wet); c.chased == nil {
		return errors.New("no water")
	}
	return nil
}

// shownMaps are those of the world that is on the screen; nil while there are none.
func (s *session) shownMaps() *maps.Maps {
	if s.past != nil {
		return s.charts.past
	}
	return s.charts.front
}

// fill copies maps into a buffer, where somebody wants them.
func (c *charts) fill(b *buffer, m *maps.Maps) {
	b.Charts = nil
	if !c.wanted || m == nil {
		return
	}
	if published := m.Layers().Edition; m != c.shown || published != c.published {
		c.shown, c.published = m, published
		c.edition++
	}
	b.Charts = &b.charts
	if b.charts.Edition == c.edition {
		return
	}
	b.charts.Edition, b.charts.Scale = c.edition, render.ScaleOf(m.Of(sim.QArrival))
	b.charts.Threshold = float64(m.Threshold()) / 1000
	for q, l := range map[sim.Quantity]**sim.Layer{sim.QDepthMax: &b.charts.Deepest, sim.QArrival: &b.charts.Arrival,
		sim.QDangerMax: &b.charts.Danger} {
		from := m.Of(q)
		if *l == nil || (*l).Grid != from.Grid {
			*l = sim.NewLayer(from.Key, from.Grid)
		}
		copy((*l).Values, from.Values)
	}
}
