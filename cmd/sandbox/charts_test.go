package main

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/maps"
)

// chartsAt plays a story with its plan up to an instant and returns the maps of its water.
func chartsAt(t *testing.T, st *story, at sim.Time) *maps.Maps {
	t.Helper()
	w, err := engine.New(st.config())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() // a film is only read
	live, done, err := st.Live(w, func(sim.Time, string) {})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	sink := &maps.Sink{Threshold: maps.Wet}
	if err := engine.Drive(context.Background(), w, live, at, sink); err != nil {
		t.Fatal(err)
	}
	return sink.Maps
}

// charted waits for a frame of an instant with charts, and compares them with maps.
func (p *playing) charted(at sim.Time, want *maps.Maps) {
	p.t.Helper()
	f := p.until("there are charts of "+at.String(), func(f *render.Frame) bool {
		return f.Snapshot.Now == at && f.Charts != nil && f.Status.Seeking < 0
	})
	for _, o := range []struct {
		overlay render.Overlay
		q       sim.Quantity
	}{{render.OverlayDeepest, sim.QDepthMax}, {render.OverlayArrival, sim.QArrival}, {render.OverlayDanger, sim.QDangerMax}} {
		if !slices.Equal(f.Charts.Of(o.overlay).Values, want.Of(o.q).Values) {
			p.t.Errorf("the chart of %s at %v is not that of the run", o.overlay, at)
		}
	}
}

// Wherever a drill is looked at, its charts are those of the run up to there: at the front, looking back from a
// keyframe and on, and in a recorded run from the middle.
func TestChartsAreOfTheMomentShown(t *testing.T) {
	st := testStory(t)
	early, late := sim.Time(67*sim.Minute), sim.Time(2*sim.Hour)
	atEarly, atLate := chartsAt(t, st, early), chartsAt(t, st, late)
	dir := filepath.Join(t.TempDir(), "run")
	p := start(t, st, dir)
	p.Pause(true)
	if f := p.until("there is a picture", func(*render.Frame) bool { return true }); f.Charts != nil || !f.Status.Charted {
		t.Error("charts that nobody asked for, or none to be had")
	}
	p.Charts(true)
	p.Seek(late)
	p.charted(late, atLate)
	p.Seek(early)
	p.charted(early, atEarly)
	p.Live()
	p.charted(late, atLate)
	p.Charts(false)
	p.until("the charts are gone", func(f *render.Frame) bool { return f.Charts == nil })
	p.Seek(st.end())
	p.until("the run has ended", func(f *render.Frame) bool { return f.Status.Ended })
	p.close()

	r := start(t, testStory(t, "replay", dir), "")
	r.Pause(true)
	r.Seek(late)
	r.until("the recorded run is there", func(f *render.Frame) bool { return f.Snapshot.Now == late })
	r.Charts(true)
	r.charted(late, atLate)
	r.Seek(early)
	r.charted(early, atEarly)
	r.Step(2 * sim.Minute)
	r.charted(early.Add(2*sim.Minute), chartsAt(t, st, early.Add(2*sim.Minute)))
}
