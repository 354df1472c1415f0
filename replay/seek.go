package replay

import (
	"context"
	"errors"
	"fmt"
	"os"

	"sandtable/sim"
	"sandtable/sim/engine"
)

// Seek returns the world of a run at an instant, which is cut to whole ticks: it loads the last keyframe before and
// steps from there with the journal's commands. A keyframe counts only when its state has the digest that the
// journal names; without one the run is played from the start. ErrUnfinished says that the run does not reach the
// instant. Whoever gets the world closes it.
func Seek(ctx context.Context, run *Run, cfg engine.Config, at sim.Time) (*engine.World, error) {
	cfg, err := run.Config(cfg)
	if err != nil {
		return nil, err
	}
	reach := run.Reach()
	switch {
	case at < 0:
		return nil, sim.Fail("%s：%v；应为 0:00:00 至 %v 的时刻", "%s: %v; want an instant from 0:00:00 to %v", run.Dir, at, reach)
	case at > reach && !run.Finished:
		return nil, sim.Fail("%s：%v：只到 %v；应为此前的时刻，而不是 %v",
			"%s: %v: it reaches %v; want an instant up to there, not %v", run.Dir, ErrUnfinished, reach, at)
	case at > reach:
		return nil, sim.Fail("%s：推演到 %v 为止；应为此前的时刻，而不是 %v",
			"%s: it ends at %v; want an instant up to there, not %v", run.Dir, reach, at)
	}
	w, err := run.nearest(cfg, at)
	if err != nil {
		return nil, err
	}
	if err := engine.Drive(ctx, w, run.Source(), at-at%sim.Time(sim.Tick)); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", run.Dir, err), w.Close())
	}
	return w, nil
}

// nearest returns the world of the last good keyframe up to an instant, or a new one.
func (r *Run) nearest(cfg engine.Config, at sim.Time) (*engine.World, error) {
	for i := len(r.journal.records) - 1; i >= 0; i-- {
		rec := &r.journal.records[i]
		if rec.Kind != KindKey || rec.At > at {
			continue
		}
		if w := r.load(cfg, rec); w != nil {
			return w, nil
		}
	}
	return engine.New(cfg)
}

// load returns the world of a keyframe, or nil when its file is missing, damaged or another state than the journal
// says.
func (r *Run) load(cfg engine.Config, rec *Record) *engine.World {
	data, err := os.ReadFile(keyframePath(r.Dir, rec.At))
	if err != nil {
		return nil
	}
	at, full, state, err := decodeKeyframe(data, maxState)
	if err != nil || at != rec.At || full != rec.Full {
		return nil
	}
	w, err := engine.Load(cfg, state)
	if err != nil {
		return nil
	}
	if w.Now() != rec.At || w.FullDigest() != rec.Full {
		_ = w.Close() // nothing was done with it
		return nil
	}
	return w
}
