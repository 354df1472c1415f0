//go:build !headless

package main

import (
	"context"

	"sandtable/render"
	"sandtable/render/window"
	"sandtable/sim/scenario"
)

// window opens the window and plays until it is closed.
func (o *options) window(ctx context.Context, st *story) error {
	width, height, err := o.size()
	if err != nil {
		return err
	}
	font, err := o.font()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lang := o.lang(st)
	s := newSession(ctx, st, lang, o.Speed)
	if err := o.takeSeat(s); err != nil {
		return err
	}
	if o.Out != "" {
		if s.rec, err = st.record(o.Out, lang); err != nil {
			return err
		}
	}
	desk := render.NewDesk(st.Scenario, scenario.NewDirectory(st.Scenario), font, s, lang, o.TextScale)
	done := make(chan struct{})
	var played error
	go func() {
		defer close(done)
		played = s.play()
	}()
	over := func() bool {
		select {
		case <-done:
			return true
		default:
			return false
		}
	}
	err = window.Run(desk, st.Scenario.Drill.Title.In(lang)+" · Sandtable", width, height, over)
	stop()
	<-done
	if played != nil {
		return played
	}
	return err
}
