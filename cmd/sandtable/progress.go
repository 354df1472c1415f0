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
	lang  sim.Lang
	bar   *progressbar.ProgressBar
	until sim.Time
	start time.Time
	shown time.Time
	truth sim.Truth
}

const (
	barEvery  = 200 * time.Millisecond
	lineEvery = 10 * time.Second // where there is no terminal
)

func newProgress(a *app, until sim.Time, lang sim.Lang) *progress {
	p := &progress{a: a, lang: lang, until: until, start: time.Now()}
	p.shown = p.start
	if a.isTerm {
		p.bar = progressbar.NewOptions64(int64(until/sim.Time(sim.Tick)), progressbar.OptionSetWriter(a.err),
			progressbar.OptionSetWidth(24), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(barEvery),
			progressbar.OptionSetPredictTime(true))
	}
	return p
}

// Before does nothing.
func (p *progress) Before(sim.Time, []sim.Command) error { return nil }

// After shows the state when it is time to.
func (p *progress) After(now sim.Time, _ []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	if !p.due(now) {
		return nil
	}
	view.Truth(&p.truth)
	return p.show(now, text(&p.truth.Total, p.lang))
}

// step shows progress where there is no world to look at.
func (p *progress) step(now sim.Time) {
	if p.due(now) {
		_ = p.show(now, "") // only the picture on the terminal is lost
	}
}

// due says whether something is to be shown now.
func (p *progress) due(now sim.Time) bool {
	if now%sim.Time(10*sim.Second) != 0 {
		return false // the clock on the wall is not worth asking every tick
	}
	every := lineEvery
	if p.bar != nil {
		every = barEvery
	}
	wall := time.Now()
	if wall.Sub(p.shown) < every {
		return false
	}
	p.shown = wall
	return true
}

// show shows the time, the speed and what there is to tell besides.
func (p *progress) show(now sim.Time, more string) error {
	head := fmt.Sprintf("%v %4.0fx%s", now, now.Seconds()/max(time.Since(p.start).Seconds(), 1e-9), more)
	if p.bar == nil {
		_, err := fmt.Fprintf(p.a.err, "%s (%s %v)\n", head, tr(p.lang, "共", "of"), p.until)
		return err
	}
	p.bar.Describe(head)
	return p.bar.Set64(int64(now / sim.Time(sim.Tick)))
}

// text tells how the people are.
func text(t *sim.Counts, lang sim.Lang) string {
	form := tr(lang, " 撤出 %d 被困 %d 遇险 %d 死亡 %d", " left %d stranded %d caught %d dead %d")
	return fmt.Sprintf(form, t.Left, t.Stranded, t.Caught, t.Dead)
}

// finish clears the bar.
func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish() // only the picture on the terminal is lost
	}
}
