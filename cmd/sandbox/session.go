package main

import (
	"context"
	"sync"
	"time"

	"sandtable/render"
	"sandtable/replay"
	"sandtable/sim"
	"sandtable/sim/engine"
)

// session plays a story and steers by what the desk asks for. It implements render.Controller for the goroutine of the
// window; everything else belongs to the goroutine that called play. The two meet in asked and in the frames.
//
// The front of the run is a world that engine.Drive plays; the session is a sink of it, and After returns when the
// clock wants the next tick. To look back it loads a keyframe into a second world and plays that with the commands
// that were given, while the front waits.
type session struct {
	st   *story
	lang sim.Lang
	ctx  context.Context

	mu      sync.Mutex
	asked   asked
	wake    chan struct{}
	now     sim.Time // shown last
	live    bool     // orders are taken
	over    bool     // the shown run has come to its end
	handed  int      // orders that were handed over in this story
	notice  sim.Text
	serial  int // of the notice
	buffers [3]*buffer
	making  *buffer
	ready   *buffer
	shown   *buffer
	fresh   bool // ready is newer than shown
	any     bool // shown has been filled

	rec      *replay.Recorder // nil when nothing is recorded
	branches int              // of the recorded run, made by going on from the past
	post     sim.PostID       // whose knowledge is shown
	seat     bool             // and nothing else
	front    *engine.World
	past     *engine.World // nil at the front
	players  *players
	story    chronicle
	startAt  sim.Time // replay: where the next round begins
	catchUp  sim.Time // after Continue: up to here the front is played again; -1 when it is not
	target   sim.Time // up to here as fast as it goes; -1 for none
	speed    float64
	paused   bool
	ended    bool
	view     sim.View
	dirty    bool // something has changed since the last frame
	pace     pace
	meter    meter
	waters   waters
	charts   charts
	drawn    time.Time // of the last frame
	yielded  time.Time // when other goroutines last had a turn
}

// asked is what the desk has asked for and the session has not seen yet.
type asked struct {
	view       sim.View
	pause      bool
	speed      float64
	seek       sim.Time // -1: nowhere
	orders     []sim.Command
	live, cont bool
	bookmark   bool
	charts     bool
	stirred    bool // there is something new
}

// newSession returns a session that begins at time 0.
func newSession(ctx context.Context, st *story, lang sim.Lang, speed float64) *session {
	s := &session{st: st, lang: lang, ctx: ctx, wake: make(chan struct{}, 1), post: st.Scenario.HighestPost(), catchUp: -1,
		target: -1, speed: speed, players: &players{}}
	s.asked = asked{speed: speed, seek: -1}
	s.story.seat = sim.None
	for i := range s.buffers {
		s.buffers[i] = &buffer{}
	}
	s.making, s.ready, s.shown = s.buffers[0], s.buffers[1], s.buffers[2]
	return s
}

// ask changes what is asked for and wakes the session.
func (s *session) ask(change func(a *asked)) {
	s.mu.Lock()
	change(&s.asked)
	s.asked.stirred = true
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default: // it has been woken already
	}
}

// Frame returns the newest picture and asks for the next to show that view.
func (s *session) Frame(view sim.View) *render.Frame {
	s.mu.Lock()
	changed := view != s.asked.view
	if s.fresh {
		s.shown, s.ready = s.ready, s.shown
		s.fresh, s.any = false, true
	}
	shown, any := s.shown, s.any
	s.mu.Unlock()
	if changed {
		s.ask(func(a *asked) { a.view = view })
	}
	if !any {
		return nil
	}
	return &shown.Frame
}

// Order gives an order of the player. They are answered in the order in which they are given.
func (s *session) Order(c sim.Command) (number int) {
	s.ask(func(a *asked) {
		number = -1
		switch {
		case !s.live && s.over:
			s.say(runEnded)
			return
		case !s.live:
			s.say(noOrders)
			return
		case a.pause:
			s.say(orderHeld)
		default:
			s.say(orderGiven)
		}
		a.orders, number = append(a.orders, c), s.handed
		s.handed++
	})
	return number
}

// forget forgets the orders that were handed over from an instant on.
func (s *session) forget(at sim.Time) {
	s.players.clear()
	s.story.cut(at)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked.orders, s.handed = nil, len(s.story.answersUntil(at))
}

// Pause stops and starts the clock.
func (s *session) Pause(on bool) { s.ask(func(a *asked) { a.pause = on }) }

// Speed sets the clock.
func (s *session) Speed(x float64) { s.ask(func(a *asked) { a.speed, a.pause = x, false }) }

// Step goes on or back by a span and pauses.
func (s *session) Step(d sim.Duration) {
	s.ask(func(a *asked) {
		from := s.now
		if a.seek >= 0 {
			from = a.seek
		}
		a.seek, a.pause = max(from.Add(d), 0), true
	})
}

// Seek goes to an instant.
func (s *session) Seek(at sim.Time) { s.ask(func(a *asked) { a.seek = max(at, 0) }) }

// Live goes back to the front of the run.
func (s *session) Live() { s.ask(func(a *asked) { a.live, a.seek = true, -1 }) }

// Continue takes the moment shown as the front.
func (s *session) Continue() { s.ask(func(a *asked) { a.cont = true }) }

// Bookmark marks the moment shown.
func (s *session) Bookmark() { s.ask(func(a *asked) { a.bookmark = true }) }

// Charts asks for charts of the water.
func (s *session) Charts(on bool) { s.ask(func(a *asked) { a.charts = on }) }

// say shows a notice. The caller holds the lock.
func (s *session) say(t sim.Text) {
	s.notice = t
	s.serial++
}

// tell is say for the session's own goroutine.
func (s *session) tell(t sim.Text) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.say(t)
	s.dirty = true
}

// take returns what was asked for and forgets what is asked only once.
func (s *session) take() asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.asked
	s.asked.seek, s.asked.orders, s.asked.stirred = -1, nil, false
	s.asked.live, s.asked.cont, s.asked.bookmark = false, false, false
	return a
}

// Words of the session.
var (
	noOrders   = sim.Text{ZH: "回放中不能下达指令", EN: "No orders can be given while looking back"}
	orderGiven = sim.Text{ZH: "指令已交出", EN: "The order is on its way"}
	orderHeld  = sim.Text{ZH: "指令已交出，推演继续时下达", EN: "The order goes out when the drill goes on"}
	noKeyframe = sim.Text{ZH: "无法回到该时刻", EN: "That moment cannot be shown"}
	runEnded   = sim.Text{ZH: "推演结束", EN: "The drill has come to its end"}
	branched   = sim.Text{ZH: "已从此处另作推演", EN: "The story goes on from here"}
	bookmark   = sim.Text{ZH: "书签", EN: "Bookmark"}
	noCharts   = sim.Text{ZH: "此推演的水情图无法生成", EN: "Maps of the water cannot be made for this run"}
)

// spoken lists the texts that a session can show, for the test of the font.
func spoken() []sim.Text {
	return []sim.Text{noOrders, orderGiven, orderHeld, noKeyframe, runEnded, branched, bookmark, noCharts}
}
