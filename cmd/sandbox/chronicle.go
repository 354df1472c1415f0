package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/klauspost/compress/zstd"

	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/maps"
	"sandtable/sim/scenario"
)

// keyEvery is the time between two keyframes in memory: a step back computes half of it again, on average.
const keyEvery = 5 * sim.Minute

// chronicle is what a session remembers of its run: commands and keyframes, to look back with, and moments and curve,
// to be shown on the timeline. What has been handed out in a frame is never changed, only added to or made anew.
type chronicle struct {
	commands []tickCommands
	before   []tickCommands // of the run that this one goes on from
	keys     []keyframe
	answers  []render.Answer
	asked    []sim.Command // of the tick that is being played
	marks    []render.Moment
	curve    []render.Sample
	reporter *render.Reporter
	fixed    bool // marks and curve were read from a recorded run
	zip      *zstd.Encoder
	truth    sim.Truth
	seat     sim.PostID // whose curves are kept; None for those of what is so
	seen     sim.Observation
	sc       *scenario.Scenario
	gauges   []scenario.Gauge
}

type tickCommands struct {
	at   sim.Time // start of the tick
	cmds []sim.Command
}

type keyframe struct {
	at     sim.Time
	packed []byte
	charts []byte // packed; nil without a flood
}

// begin starts a chronicle of a new round. Bookmarks stay.
func (c *chronicle) begin(st *story, w *engine.World) {
	c.commands, c.keys, c.gauges = nil, nil, st.Scenario.Gauges
	c.answers, c.asked, c.sc = nil, nil, st.Scenario
	if st.Run != nil {
		c.recorded(st, w)
		return
	}
	c.curve = nil
	c.marks = slices.DeleteFunc(slices.Clone(c.marks), func(m render.Moment) bool {
		return m.Kind != render.MomentBookmark
	})
	c.reporter = render.NewReporter(st.Scenario, w.Names())
	c.sample(w, maps.New(w.Layers(), maps.Wet))
}

// cut forgets what came after an instant, and keeps the commands before it for the round that goes on from there.
func (c *chronicle) cut(at sim.Time) {
	k := sort.Search(len(c.commands), func(i int) bool { return c.commands[i].at >= at })
	c.before = c.commands[:k]
	c.marks = slices.DeleteFunc(slices.Clone(c.marks), func(m render.Moment) bool { return m.At > at })
}

// keep notes the commands of a tick.
func (c *chronicle) keep(now sim.Time, cmds []sim.Command) {
	c.asked = append(c.asked[:0], cmds...)
	if len(cmds) > 0 {
		c.commands = append(c.commands, tickCommands{now, slices.Clone(cmds)})
	}
}

// answer notes what became of the commands of a tick that a player gave. The world takes them one after the other
// before it does anything else: the first events that accept or refuse a command are theirs, in the same order.
func (c *chronicle) answer(events []sim.Event) {
	for i := 0; i < len(events) && len(c.asked) > 0; i++ {
		e := &events[i]
		refused := e.Kind == sim.EvRejected && e.Count >= 0
		if !refused && e.Kind != sim.EvAccepted {
			continue
		}
		asked := c.asked[0]
		if c.asked = c.asked[1:]; asked.Origin != sim.FromPlayer {
			continue
		}
		a := render.Answer{At: e.At, Refused: refused, Text: e.Text}
		if !refused {
			a.Order, a.Target = sim.OrderID(e.Count), e.A
		}
		c.answers = append(c.answers, a)
	}
	c.asked = c.asked[:0]
}

// answersUntil returns what was answered before the tick that begins at an instant.
func (c *chronicle) answersUntil(at sim.Time) []render.Answer {
	n := sort.Search(len(c.answers), func(i int) bool { return c.answers[i].At >= at })
	return c.answers[:n:n]
}

// given returns the commands of a tick.
func (c *chronicle) given(now sim.Time) []sim.Command { return commandsAt(c.commands, now) }

func commandsAt(list []tickCommands, now sim.Time) []sim.Command {
	k := sort.Search(len(list), func(i int) bool { return list[i].at >= now })
	if k < len(list) && list[k].at == now {
		return list[k].cmds
	}
	return nil
}

// note takes an event, and says whether it is one that is shown.
func (c *chronicle) note(e sim.Event) bool {
	if c.fixed {
		return false
	}
	m, ok := c.reporter.Report(e)
	if ok {
		c.insert(m)
	}
	return ok
}

// mark sets a bookmark.
func (c *chronicle) mark(at sim.Time) {
	c.insert(render.Moment{At: at, Kind: render.MomentBookmark, Text: bookmark})
}

// bookmarks are the moments that were set by hand.
func (c *chronicle) bookmarks() []render.Moment {
	return slices.DeleteFunc(slices.Clone(c.marks), func(m render.Moment) bool { return m.Kind != render.MomentBookmark })
}

// insert puts a moment in its place in time: mostly at the end.
func (c *chronicle) insert(m render.Moment) {
	k := sort.Search(len(c.marks), func(i int) bool { return c.marks[i].At > m.At })
	if k == len(c.marks) {
		c.marks = append(c.marks, m)
		return
	}
	c.marks = slices.Insert(slices.Clone(c.marks), k, m)
}

// plot adds the truth that was read last to the curve.
func (c *chronicle) plot(now sim.Time) {
	t := &c.truth.Total
	p := render.Sample{At: now, Persons: t.Persons, Warned: t.Warned, Left: t.Left, Stranded: t.Stranded}
	hour, _ := sim.RainWindow(sim.Hour)
	for i, g := range c.truth.Gauges {
		value := g.Level
		if c.gauges[i].Kind == scenario.GaugeRain {
			value = g.Rain[hour]
		}
		p.Gauges = append(p.Gauges, float32(value))
	}
	c.curve = append(c.curve, p)
}

// sample takes a point of the curve every minute and a keyframe every few minutes.
func (c *chronicle) sample(w *engine.World, m *maps.Maps) {
	now := w.Now()
	if c.fixed || now%sim.Time(sim.Minute) != 0 {
		return
	}
	if c.seat >= 0 {
		w.Observe(c.seat, &c.seen)
		c.curve = append(c.curve, render.SeatSample(c.sc, &c.seen))
	} else {
		w.Truth(&c.truth)
		c.plot(now)
	}
	if now%sim.Time(keyEvery) == 0 {
		c.saveKey(w, m)
	}
}

func (c *chronicle) saveKey(w *engine.World, m *maps.Maps) {
	if c.zip == nil {
		zip, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
		if err != nil {
			panic(fmt.Sprintf("sandbox: keyframe at %v: %v", w.Now(), err)) // the options are constants
		}
		c.zip = zip
	}
	var e sim.Encoder
	w.AppendState(&e)
	key := keyframe{at: w.Now(), packed: c.zip.EncodeAll(e.Buf, nil)}
	if m != nil {
		e.Buf = e.Buf[:0]
		m.AppendState(&e)
		key.charts = c.zip.EncodeAll(e.Buf, nil)
	}
	c.keys = append(c.keys, key)
}

// keyBefore returns the last keyframe up to an instant, nil when there is none.
func (c *chronicle) keyBefore(at sim.Time) *keyframe {
	k := sort.Search(len(c.keys), func(i int) bool { return c.keys[i].at > at })
	if k == 0 {
		return nil
	}
	return &c.keys[k-1]
}

// load makes a world of a keyframe, with the maps of its water. It may read films but makes none: the front makes them.
func (c *chronicle) load(st *story, key *keyframe) (*engine.World, *maps.Maps, error) {
	if key == nil {
		return nil, nil, errors.New("no keyframe")
	}
	unzip, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, nil, err
	}
	defer unzip.Close()
	state, err := unzip.DecodeAll(key.packed, nil)
	if err != nil {
		return nil, nil, err
	}
	charts, err := unzip.DecodeAll(key.charts, nil)
	if err != nil {
		return nil, nil, err
	}
	cfg := st.config()
	if cfg.Films != nil {
		cfg.Films = onlyRead{cfg.Films}
	}
	w, err := engine.Load(cfg, state)
	if err != nil {
		return nil, nil, err
	}
	return w, adopt(w, charts), nil
}

// onlyRead is a store of films that takes no new ones.
type onlyRead struct{ sim.FilmStore }

// Create refuses.
func (onlyRead) Create(sim.FilmKey) sim.FilmWriter { return nil }

// recorded reads the moments and the curve of a recorded run, once, so that its whole timeline can be seen. A run
// without these files is shown without them.
func (c *chronicle) recorded(st *story, w *engine.World) {
	if c.fixed {
		return
	}
	c.fixed = true
	c.reporter = render.NewReporter(st.Scenario, w.Names())
	if events, err := st.Run.Events(); err == nil {
		for {
			e, err := events.Next()
			if err != nil {
				break // the end, or what was cut off there
			}
			if m, ok := c.reporter.Report(e); ok {
				c.marks = append(c.marks, m)
			}
		}
		_ = events.Close() // read only
	}
	slices.SortStableFunc(c.marks, func(a, b render.Moment) int { return cmp.Compare(a.At, b.At) })
	if c.seat >= 0 {
		return // what telemetry keeps is what was so
	}
	if rows, err := st.Run.Telemetry(); err == nil {
		for rows.Next(&c.truth) == nil {
			c.plot(c.truth.Now)
		}
		_ = rows.Close() // read only
	}
}

// players is the source of what is ordered at the desk.
type players struct{ queue []sim.Command }

func (p *players) add(cmds []sim.Command) { p.queue = append(p.queue, cmds...) }

func (p *players) clear() { p.queue = nil }

// Commands gives what was ordered since the last tick, as of now.
func (p *players) Commands(now sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	for _, c := range p.queue {
		c.At = now
		buf = append(buf, c)
	}
	p.queue = p.queue[:0]
	return buf
}

// again is the source of a run that goes on from an earlier moment: until then it gives what was given, and lets the
// live sources talk without listening, so that they know the story; from then on it listens.
type again struct {
	tape  []tickCommands
	until sim.Time
	live  sim.Source
	heard []sim.Command
}

// Commands gives the commands of the tape, or of the live sources.
func (a *again) Commands(now sim.Time, last []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	if now >= a.until {
		return a.live.Commands(now, last, v, buf)
	}
	a.heard = a.live.Commands(now, last, v, a.heard[:0])
	return append(buf, commandsAt(a.tape, now)...)
}
