package replay

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"sandtable/sim"
	"sandtable/sim/engine"
)

// Config completes the configuration of a world that is to play the run: it sets the seed. It gives ErrOtherScenario
// when the scenario is not the run's, and ErrOtherEngine when this program gives other results than the one that
// made it.
func (r *Run) Config(cfg engine.Config) (engine.Config, error) {
	if err := r.canPlay(); err != nil {
		return cfg, fmt.Errorf("%s: %w", r.Dir, err)
	}
	if got := hex.EncodeToString(cfg.Scenario.Hash[:]); got != r.Header.Hash {
		return cfg, sim.Fail("%s：%v：其散列为 %.16s…；应为 %.16s…", "%s: %v: it has the hash %.16s…; want %.16s…", r.Dir,
			ErrOtherScenario, got, r.Header.Hash)
	}
	cfg.Seed = r.Header.Seed
	return cfg, nil
}

// VerifyOptions say what Verify does besides.
type VerifyOptions struct {
	// Rebuild writes events, telemetry and keyframes again. They take the place of the old ones only when the run
	// agrees with its journal.
	Rebuild bool
	// Progress is told the time after every tick. It may be nil.
	Progress func(now sim.Time)
}

// Report is what Verify found.
type Report struct {
	Until     sim.Time // the run was played up to here
	Finished  bool     // the run has an end
	Commands  int      // lines of commands that were used
	Digests   int      // that agree
	Keyframes int      // whose full digests agree
	Mismatch  *Mismatch
	Rebuilt   bool
	// Damage tells what is wrong with events, telemetry and keyframes, all of which Rebuild makes again. What a
	// rebuild has replaced is not told.
	Damage []Damage
}

// Agrees says that no difference was found.
func (r *Report) Agrees() bool { return r.Mismatch == nil }

// Verify plays a run again with its journal's commands, and compares everything that the journal says: digests, full
// digests, refusals, the end. It stops at the first difference and names its time and subsystem in the report. An
// unfinished run is played as far as it is known. Events, telemetry and keyframes are held against their checksums, and
// events and telemetry against what the run gives. An error says that the comparison could not be made.
func Verify(ctx context.Context, run *Run, cfg engine.Config, opt VerifyOptions) (report Report, err error) {
	cfg, err = run.Config(cfg)
	if err != nil {
		return report, err
	}
	w, err := engine.New(cfg)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	c := newChecker(run, opt, &report)
	if opt.Rebuild {
		err = c.startRebuild()
	} else {
		report.Damage, err = run.checkFiles()
		c.proof = newProof(run)
		defer c.proof.close()
	}
	if err != nil {
		return report, err
	}
	err = engine.Drive(ctx, w, run.Source(), run.Reach(), c)
	if engine.Stopped(w, err) {
		err = c.failed(w)
	}
	if err == nil {
		err = c.finish(w)
	}
	report.Until, report.Finished = w.Now(), run.Finished
	if errors.As(err, &report.Mismatch) {
		err = nil
	} else if c.proof != nil {
		report.tell(c.proof.damage)
	}
	return report, errors.Join(err, c.endRebuild(err == nil && report.Agrees()))
}

// tell adds the differences of a proof. A file whose bytes are damaged is not told twice.
func (r *Report) tell(proven []Damage) {
	for _, d := range proven {
		if !slices.ContainsFunc(r.Damage, func(known Damage) bool { return known.File == d.File }) {
			r.Damage = append(r.Damage, d)
		}
	}
}

// rebuildSuffix marks the files of a rebuild until they take the place of the old ones.
const rebuildSuffix = ".new"

// checker is a sink that holds a run against its journal.
type checker struct {
	run     *Run
	opt     VerifyOptions
	report  *Report
	scribe  scribe
	known   known
	streams streams
	keys    keyframes
	proof   *proof       // nil when the files are rebuilt
	keep    func() error // writes the keyframe that is being compared
}

func newChecker(run *Run, opt VerifyOptions, report *Report) *checker {
	c := &checker{run: run, opt: opt, report: report, known: known{records: run.journal.records}}
	c.known.next = min(1, len(c.known.records)) // begin comes from the recorder
	c.scribe.put = c.put
	c.keys.dir = run.Dir
	return c
}

// put compares a record with the one that the journal has.
func (c *checker) put(rec Record) error {
	met, err := c.known.meet(&rec)
	switch {
	case err != nil:
		return err
	case !met && c.run.Finished:
		return &Mismatch{At: rec.At, Since: c.known.agreed, Part: "journal", Recorded: "nothing", Now: rec.summary()}
	case rec.Kind == KindCmds:
		c.report.Commands++
	case rec.Kind == KindDigest && met:
		c.report.Digests++
	case rec.Kind == KindKey && met:
		c.report.Keyframes++
		if c.keep != nil {
			return c.keep()
		}
	}
	return nil
}

// Before compares the commands, which come from the journal itself.
func (c *checker) Before(now sim.Time, cmds []sim.Command) error { return c.scribe.before(now, cmds) }

// After compares what the tick gave.
func (c *checker) After(now sim.Time, events []sim.Event, digest *sim.Digest, view sim.Viewer) error {
	if c.opt.Rebuild {
		if err := c.streams.after(now, events, view); err != nil {
			return err
		}
	} else {
		c.proof.after(now, events, view)
	}
	if err := c.scribe.after(now, events, digest, view.(World)); err != nil {
		return err
	}
	if c.opt.Progress != nil {
		c.opt.Progress(now)
	}
	return nil
}

// failed says what it means that a hazard fails now: nothing where the run was stopped then too, which the end
// compares.
func (c *checker) failed(w World) error {
	if c.run.Finished && w.Now() == c.run.End().At {
		return nil
	}
	return &Mismatch{At: w.Now(), Since: c.known.agreed, Part: "hazards", Recorded: "the run goes on",
		Now: endText(w)}
}

// finish compares the end of a finished run, and finds what the journal has and the run has not.
func (c *checker) finish(w World) error {
	if c.opt.Rebuild {
		if err := c.streams.end(w); err != nil {
			return err
		}
	} else {
		c.proof.end(w)
	}
	if c.run.Finished {
		if err := c.scribe.end(w); err != nil {
			return err
		}
	}
	return c.known.missing(w.Now())
}

func (c *checker) startRebuild() error {
	if err := os.MkdirAll(filepath.Join(c.run.Dir, keyframeDir), 0o777); err != nil {
		return err
	}
	c.scribe.save = func(at sim.Time, full [32]byte, state []byte) error {
		c.keep = func() error { return errors.Join(c.keys.save(at, full, state), c.streams.flush()) }
		return nil
	}
	if err := c.streams.open(c.run.Dir, rebuildSuffix); err != nil {
		return errors.Join(err, c.streams.close())
	}
	return nil
}

// endRebuild puts the new files in the place of the old ones, or removes them.
func (c *checker) endRebuild(good bool) error {
	if !c.opt.Rebuild {
		return nil
	}
	err := c.streams.close()
	for _, name := range [2]string{eventsFile, telemetryFile} {
		path := filepath.Join(c.run.Dir, name)
		if good && err == nil {
			err = os.Rename(path+rebuildSuffix, path)
		} else {
			err = errors.Join(err, os.Remove(path+rebuildSuffix))
		}
	}
	c.report.Rebuilt = good && err == nil
	return err
}
