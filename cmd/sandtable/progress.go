package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"sandtable/sim"
)

// progress is a sink that shows how far a run is: simulated time, speed-up, how many have left, are stranded, died.
// On a terminal it is a bar; elsewhere a line now and then, so that a log stays readable.
type progress struct {
	a     *app
	bar   *progressbar.ProgressBar
	until sim.Time
	start time.Time
	shown time.Time
	truth sim.Truth
}

// lineEvery is how often a line is written where there is no terminal.
const lineEvery = 10 * time.Second

func newProgress(a *app, until sim.Time) *progress {
	p := &progress{a: a, until: until, start: time.Now()}
	p.shown = p.start
	if a.isTerm {
		p.bar = progressbar.NewOptions64(int64(until/sim.Time(sim.Tick)), progressbar.OptionSetWriter(a.err),
			progressbar.OptionSetWidth(24), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(progressEvery),
			progressbar.OptionSetPredictTime(true))
	}
	return p
}

// Before does nothing.
func (p *progress) Before(sim.Time, []sim.Command) error { return nil }

// After shows the state when it is time to.
func (p *progress) After(now sim.Time, _ []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	if now%sim.Time(10*sim.Second) != 0 {
		return nil // the clock on the wall is not worth asking every tick
	}
	wall := time.Now()
	every := lineEvery
	if p.bar != nil {
		every = progressEvery
	}
	if wall.Sub(p.shown) < every {
		return nil
	}
	p.shown = wall
	view.Truth(&p.truth)
	t := &p.truth.Total
	text := fmt.Sprintf("%v %4.0fx 撤出 left %d 被困 stranded %d 遇险 caught %d 死亡 dead %d", now,
		now.Seconds()/max(wall.Sub(p.start).Seconds(), 1e-9), t.Left, t.Stranded, t.Caught, t.Dead)
	if p.bar == nil {
		_, err := fmt.Fprintf(p.a.err, "%s of %v\n", text, p.until)
		return err
	}
	p.bar.Describe(text)
	return p.bar.Set64(int64(now / sim.Time(sim.Tick)))
}

// finish clears the bar.
func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish() // only the picture on the terminal is lost
	}
}
