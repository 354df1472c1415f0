package engine

import (
	"context"
	"errors"
	"fmt"

	"sandtable/sim"
)

// Drive plays a world until the given instant: the one loop of play, replay, what-if, sweep and soak. Only the
// source differs. It ends early with the error of a sink, of a hazard or of the context; the tick that is under way
// is always finished first, so that the world and its sinks agree.
func Drive(ctx context.Context, w *World, src sim.Source, until sim.Time, sinks ...sim.Sink) error {
	var (
		cmds []sim.Command
		last []sim.Event
	)
	for w.Now() < until {
		if err := ctx.Err(); err != nil {
			return err
		}
		now := w.Now()
		cmds = src.Commands(now, last, w, cmds[:0])
		for _, s := range sinks {
			if err := s.Before(now, cmds); err != nil {
				return fmt.Errorf("at %v: %w", now, err)
			}
		}
		last = w.Step(cmds)
		if err := w.after(last, sinks); err != nil {
			return err
		}
	}
	return nil
}

// after hands the tick's events to the sinks, with the digest when one is due.
func (w *World) after(events []sim.Event, sinks []sim.Sink) error {
	var digest *sim.Digest
	if w.now%sim.Time(DigestEvery) == 0 {
		d := w.Digest()
		digest = &d
	}
	for _, s := range sinks {
		if err := s.After(w.now, events, digest, w); err != nil {
			return fmt.Errorf("at %v: %w", w.now, err)
		}
	}
	if w.failed != nil {
		return fmt.Errorf("at %v: %w", w.now, w.failed)
	}
	return nil
}

// Stopped says whether an error of Drive is that of a hazard that failed: then the run has come to an end, and would
// again. Any other error is one of the machine, of a film, or of a source or sink.
func Stopped(w *World, err error) bool {
	return err != nil && w.failed != nil && errors.Is(err, w.failed) && !errors.Is(err, ErrFilm) &&
		!errors.Is(err, errSaved)
}

// Quiet is a source that never commands anything.
type Quiet struct{}

// Commands returns none.
func (Quiet) Commands(_ sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	return buf
}

// Join is a source made of several, asked in their order.
type Join []sim.Source

// Commands asks each source in turn.
func (j Join) Commands(now sim.Time, last []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	for _, s := range j {
		buf = s.Commands(now, last, v, buf)
	}
	return buf
}
