package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"time"

	"sandtable/replay"
	"sandtable/sim"
	"sandtable/sim/engine"
)

// errAgain ends a round of the front: the next one begins elsewhere.
var errAgain = errors.New("the run begins again")

// play plays until the context ends or nothing more can be played.
func (s *session) play() error {
	err := errAgain
	for errors.Is(err, errAgain) {
		err = s.round()
	}
	if s.ctx.Err() != nil && errors.Is(err, s.ctx.Err()) {
		err = nil
	}
	s.charts.stop()
	err = errors.Join(err, s.dropPast())
	if s.rec != nil {
		err = errors.Join(err, s.rec.Close())
	}
	return err
}

// round plays a front to its end and then waits for what is asked for.
func (s *session) round() (err error) {
	source, closing, err := s.begin()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closing()) }()
	sinks := []sim.Sink{s}
	if s.rec != nil {
		sinks = []sim.Sink{s.rec, s}
	}
	if err := s.serve(); err != nil {
		return err
	}
	played := engine.Drive(s.ctx, s.front, source, s.st.end(), sinks...)
	if played != nil && !engine.Stopped(s.front, played) {
		return played
	}
	s.ended, s.dirty = true, true
	if s.rec != nil {
		if err := s.rec.Finish(s.front, nil); err != nil {
			return errors.Join(played, err)
		}
	}
	if played != nil {
		return played
	}
	s.tell(runEnded)
	return s.serve()
}

// begin makes the world of a round and says what commands it.
func (s *session) begin() (sim.Source, func() error, error) {
	s.ended, s.pace = false, pace{}
	w, err := s.newFront()
	if err != nil {
		return nil, nil, err
	}
	s.front = w
	s.charts.begin(w)
	s.story.begin(s.st, w)
	if s.st.Run != nil {
		return s.st.Run.Source(), w.Close, nil
	}
	note := func(at sim.Time, text string) {
		s.story.note(sim.Event{At: at, Kind: sim.EvScript, Text: sim.Said(text)})
	}
	if s.rec != nil {
		shown := note
		note = func(at sim.Time, text string) { s.rec.Script(at, text); shown(at, text) }
	}
	live, done, err := s.st.Live(w, note)
	if err != nil {
		return nil, nil, errors.Join(err, w.Close())
	}
	source := sim.Source(append(live, s.players))
	switch {
	case s.rec != nil:
		source = s.rec.Source(source)
	case s.catchUp >= 0:
		source = &again{tape: s.story.before, until: s.catchUp, live: source}
	}
	return source, func() error { done(); return w.Close() }, nil
}

// newFront makes the world of a round: at time 0, or for a recorded run where it is to be shown.
func (s *session) newFront() (*engine.World, error) {
	if s.st.Run == nil {
		return engine.New(s.st.config())
	}
	at := min(s.startAt, s.st.Run.Reach())
	s.startAt = 0
	return replay.Seek(s.ctx, s.st.Run, s.st.config(), at)
}

// Before keeps the commands of a tick, for looking back.
func (s *session) Before(now sim.Time, cmds []sim.Command) error {
	s.story.keep(now, cmds)
	return nil
}

// After takes what a tick gave, and returns when the next one is wanted.
func (s *session) After(_ sim.Time, events []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	answered := len(s.story.answers)
	s.story.answer(events)
	for i := range events {
		if said := s.story.note(events[i]); said && s.past == nil && !s.seat {
			s.announce(events[i])
		}
	}
	if list := s.story.answers; s.seat && s.past == nil && len(list) > answered {
		s.tell(list[len(list)-1].Notice())
	}
	take(s.charts.front, s.front)
	s.story.sample(s.front, s.charts.front)
	s.dirty = true
	return s.serve()
}

// announce shows what became of a player's order.
func (s *session) announce(e sim.Event) {
	refused := e.Kind == sim.EvRejected
	taken := e.Kind == sim.EvAccepted && e.Num == float64(sim.FromPlayer)
	if marks := s.story.marks; (refused || taken) && len(marks) > 0 {
		s.tell(marks[len(marks)-1].Text)
	}
}

// serve does what is asked for and shows pictures until the front is to play its next tick.
func (s *session) serve() error {
	for {
		if err := s.obey(s.take()); err != nil {
			return err
		}
		s.yield()
		switch {
		case s.catchUp >= 0:
			if !s.catching() {
				continue
			}
			return nil
		case s.past != nil:
			busy, err := s.playPast()
			if err != nil {
				return err
			}
			if busy {
				continue
			}
		case s.charting():
			s.chase()
			continue
		case s.frontWanted():
			s.show(false)
			return nil
		}
		s.show(true)
		if err := s.wait(); err != nil {
			return err
		}
	}
}

// frontWanted says whether the front is to play a tick.
func (s *session) frontWanted() bool {
	switch {
	case s.ended:
		s.target = -1
		return false
	case s.front.Now() >= s.st.end():
		return true // there is no further tick: the round ends
	case s.target > s.front.Now():
		return true
	}
	if s.target >= 0 {
		s.target, s.dirty = -1, true
		s.pace.reset()
	}
	return !s.paused && s.pace.due(s.speed)
}

// catching says whether the front has still to come up to the moment that was chosen; the moment stays on the screen.
func (s *session) catching() bool {
	if s.front.Now() < s.catchUp {
		s.show(false)
		return true
	}
	s.catchUp = -1
	_ = s.dropPast() // read only
	s.tell(branched)
	return false
}

// obey carries out what is asked for.
func (s *session) obey(a asked) error {
	if !a.stirred {
		return nil
	}
	s.dirty = true
	s.view = a.view
	if a.speed != s.speed || a.pause != s.paused {
		s.speed, s.paused = a.speed, a.pause
		s.pace.reset()
	}
	s.charts.wanted = a.charts
	s.players.add(a.orders)
	if a.bookmark {
		s.story.mark(s.shownWorld().Now())
		if s.rec != nil && s.past == nil && !s.ended {
			if err := s.rec.Note("sandbox", bookmark.EN); err != nil && !errors.Is(err, replay.ErrCatchingUp) {
				return fmt.Errorf("bookmark: %w", err)
			}
		}
	}
	if a.live && s.st.Run == nil && s.catchUp < 0 {
		s.target = -1
		_ = s.dropPast() // read only
	}
	if a.cont && s.past != nil && s.catchUp < 0 {
		return s.goOnFromPast()
	}
	if a.seek >= 0 && s.catchUp < 0 {
		return s.seek(min(a.seek, s.st.end()))
	}
	return nil
}

// seekNear is how far ahead a recorded run is played on rather than begun anew from a keyframe.
const seekNear = 10 * sim.Minute

// seek goes to an instant.
func (s *session) seek(at sim.Time) error {
	front := s.front.Now()
	if s.st.Run != nil {
		if at >= front && at.Sub(front) < seekNear {
			s.target = at
			return nil
		}
		s.startAt = at
		return errAgain
	}
	if at >= front {
		_ = s.dropPast() // read only
		s.target = at
		return nil
	}
	key := s.story.keyBefore(at)
	if s.past == nil || at < s.past.Now() || (key != nil && key.at > s.past.Now()) {
		w, charts, err := s.story.load(s.st, key)
		if err != nil {
			s.tell(noKeyframe)
			return nil
		}
		_ = s.dropPast() // read only
		s.past, s.charts.past = w, charts
	}
	s.target = at
	return nil
}

// playPast plays the second world: up to the target as fast as it goes, else by the clock. It gives false when there
// is nothing to do now.
func (s *session) playPast() (busy bool, err error) {
	for slice := time.Now(); time.Since(slice) < sliceTime; {
		now := s.past.Now()
		switch {
		case now >= s.front.Now():
			s.target = -1
			return true, s.dropPast()
		case s.target > now:
		case s.target >= 0:
			s.target = -1
			s.pace.reset()
			return true, nil
		case s.paused || !s.pace.due(s.speed):
			return false, nil
		}
		s.past.Step(s.story.given(now))
		take(s.charts.past, s.past)
		if err := s.past.Err(); err != nil {
			return false, err
		}
		s.dirty = true
	}
	s.show(false)
	return true, nil
}

// sliceTime is how long the session computes at a stretch before it looks up.
const sliceTime = 8 * time.Millisecond

func (s *session) dropPast() error {
	if s.past == nil {
		return nil
	}
	err := s.past.Close()
	s.past, s.charts.past, s.dirty = nil, nil, true
	return err
}

// goOnFromPast makes the moment shown the front of the run: the run is played again up to it, with the commands that
// were given until then, so that plan and script know what they would know; from there on everybody commands anew.
// A run that is being recorded is closed as it is, and a branch of it begins beside it.
func (s *session) goOnFromPast() error {
	s.catchUp, s.target = s.past.Now(), -1
	s.forget(s.catchUp)
	if s.rec == nil {
		return errAgain
	}
	trunk := s.rec.Dir()
	if err := s.rec.Close(); err != nil {
		return err
	}
	run, err := replay.Open(trunk)
	if err != nil {
		return err
	}
	s.rec, err = replay.Branch(run, s.branchDir(), replay.BranchSpec{At: s.catchUp, Director: replay.DirectorLive,
		Until: s.st.Scenario.Drill.Duration})
	if err != nil {
		return err
	}
	return errAgain
}

// branchDir names a directory beside the run's own that is not there yet.
func (s *session) branchDir() string {
	for {
		s.branches++
		dir := fmt.Sprintf("%s-branch%d", s.st.out, s.branches)
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return dir
		}
	}
}

// wait rests until something is asked for or the clock may be due.
func (s *session) wait() error {
	rest := 50 * time.Millisecond
	if !s.paused && !s.ended || s.dirty {
		rest = 4 * time.Millisecond
	}
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	case <-s.wake:
	case <-timer.C:
	}
	s.yielded = time.Now()
	return nil
}

// yield lets the window have its turn where there is one thread for all: in a browser.
func (s *session) yield() {
	if runtime.GOOS == "js" && time.Since(s.yielded) > sliceTime {
		time.Sleep(time.Millisecond)
		s.yielded = time.Now()
	}
}

// pace turns wall time into ticks.
type pace struct {
	last   time.Time
	credit float64 // simulated time that has become due [s]
}

func (p *pace) reset() { *p = pace{} }

// due says whether a tick is due at a speed [simulated s/s], and takes it. What a slow machine cannot do in a tenth of
// a second is forgotten.
func (p *pace) due(speed float64) bool {
	if speed <= 0 {
		return true
	}
	now := time.Now()
	if !p.last.IsZero() {
		p.credit = min(p.credit+now.Sub(p.last).Seconds()*speed, max(1, speed/10))
	}
	p.last = now
	if p.credit < sim.Tick.Seconds() {
		return false
	}
	p.credit -= sim.Tick.Seconds()
	return true
}
