package replay

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"sandtable/sim"
)

// Recorder records a run into its directory. It is a sim.Sink, whose view must be a World. Where the journal holds
// a part of the run already, that part is compared and not written again.
//
// Its methods may be called by several goroutines.
type Recorder struct {
	mu     sync.Mutex
	dir    string
	header Header
	clock  func() time.Time

	scribe  scribe
	known   known
	journal lineLog
	times   lineLog
	keys    keyframes
	streams streams

	now    sim.Time // end of the last tick
	err    error    // what Before is to report
	closed bool

	given   []tapeTick // of a branch
	past    []tapeTick // of a resumed run
	future  sim.Time   // of a resumed run: from here on the live sources command
	resumed bool
	aside   []string
}

// start opens the files of a run whose header and journal are as given, and writes what is missing at their begin.
func (r *Recorder) start(start string, j *journal) error {
	var err error
	r.known.records = j.records
	r.scribe = scribe{put: r.put, save: r.save}
	r.keys.dir = r.dir
	aside, err := r.journal.begin(j.good, j.last(start))
	if err != nil {
		return err
	}
	r.setAside(aside)
	if err := r.startTimes(start); err != nil {
		return err
	}
	if err := r.streams.open(r.dir, ""); err != nil {
		return err
	}
	return r.put(Record{Kind: KindBegin})
}

// startTimes opens times.jsonl and notes the machine.
func (r *Recorder) startTimes(start string) error {
	_, good, last, _, err := readTimes(r.dir, start)
	if err != nil {
		return err
	}
	if r.times.file, err = os.OpenFile(filepath.Join(r.dir, timesFile), os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return err
	}
	aside, err := r.times.begin(good, last)
	if err != nil {
		return err
	}
	r.setAside(aside)
	return r.wall(machine(r.clock().UTC(), r.resumed))
}

func (r *Recorder) setAside(name string) {
	if name != "" {
		r.aside = append(r.aside, name)
	}
}

// SetAside names the files into which damaged ends of the journal or of the times were moved.
func (r *Recorder) SetAside() []string { return r.aside }

// Dir returns the run's directory.
func (r *Recorder) Dir() string { return r.dir }

// Future returns the instant from which on the live sources command: 0 for a new run, Run.Reach for a resumed one, the
// branching point for a branch.
func (r *Recorder) Future() sim.Time {
	if p := r.header.Parent; p != nil {
		return max(r.future, p.At)
	}
	return r.future
}

// Header returns the run's header.
func (r *Recorder) Header() Header { return r.header }

// put compares a record with the journal as far as that goes, and writes it from there on.
func (r *Recorder) put(rec Record) error {
	if met, err := r.known.meet(&rec); met || err != nil {
		return err
	}
	return r.write(&rec)
}

// write appends a record to the journal, and to the times when that was.
func (r *Recorder) write(rec *Record) error {
	body, err := rec.encode()
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if err := r.journal.append(body); err != nil {
		return err
	}
	return r.wall(Wall{Journal: r.journal.hash, At: rec.At, Wall: r.clock().UTC()})
}

func (r *Recorder) wall(w Wall) error {
	body, err := canonical(w)
	if err != nil {
		return fmt.Errorf("times: %w", err)
	}
	return r.times.append(body)
}

// save keeps a keyframe, unless it is there from before.
func (r *Recorder) save(at sim.Time, full [32]byte, state []byte) error {
	if r.known.fromRun() != nil {
		if _, err := os.Stat(keyframePath(r.dir, at)); err == nil {
			return r.streams.flush()
		}
	}
	return errors.Join(r.keys.save(at, full, state), r.streams.flush())
}

// Before writes the commands of a tick: they are with the system before the world uses them.
func (r *Recorder) Before(now sim.Time, cmds []sim.Command) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if want := r.known.fromScript(); want != nil && now >= r.future {
		r.fail(&Mismatch{At: want.At, Since: r.known.agreed, Part: "script", Recorded: want.summary(), Now: "nothing"})
	}
	if r.err != nil {
		return r.err
	}
	return r.scribe.before(now, cmds)
}

// After writes what the tick gave: refusals, digest and keyframe when they are due, events and telemetry.
func (r *Recorder) After(now sim.Time, events []sim.Event, digest *sim.Digest, view sim.Viewer) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	w, ok := view.(World)
	if !ok {
		panic(fmt.Sprintf("replay: at %v: a %T is recorded; want a World", now, view))
	}
	r.now = now
	if r.err != nil {
		return r.err
	}
	if err := r.streams.after(now, events, view); err != nil {
		return err
	}
	for i := range events {
		if events[i].Kind == sim.EvScript {
			r.script(now.Add(-sim.Tick), events[i].Text.ZH)
		}
	}
	return r.scribe.after(now, events, digest, w)
}

// ErrCatchingUp says that a note was written while a resumed run is still behind its journal.
var ErrCatchingUp = errors.New("the run is still catching up with its journal")

// Note writes down what somebody remarks, at the present instant of the run. Nothing in the world depends on it.
func (r *Recorder) Note(author, text string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.closed:
		return os.ErrClosed
	case r.now < r.future:
		return fmt.Errorf("%w: it is at %v of %v", ErrCatchingUp, r.now, r.future)
	}
	return r.write(&Record{Kind: KindNote, At: r.now, Author: author, Text: text})
}

// Script writes down a note or an error of a script. It has the shape that package scripting wants; what goes wrong
// stops the run at its next tick. A script that is run again says the same again, and is not written twice.
func (r *Recorder) Script(at sim.Time, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.script(at, text)
}

func (r *Recorder) script(at sim.Time, text string) {
	if r.closed {
		return
	}
	rec := Record{Kind: KindScript, At: at, Text: text}
	met, err := r.known.meetScript(&rec)
	switch {
	case met || err != nil:
	case r.known.fromRun() != nil:
		err = &Mismatch{At: at, Since: r.known.agreed, Part: "script", Recorded: "nothing", Now: rec.summary()}
	default:
		err = r.write(&rec)
	}
	r.fail(err)
}

// fail keeps the first error for the next Before or After.
func (r *Recorder) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// Source returns what commands the run: the commands that are recorded or given to a branch, and the live sources
// where it is theirs to speak. Live are the plan and the scripts named in Header.Sources, in that order, and then
// the players; nil is nobody. A resumed or branched run asks them from time 0 on. Where they say something else
// than they said when the run was recorded, the run stops with a Mismatch.
func (r *Recorder) Source(live sim.Source) sim.Source {
	fail := func(err error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.fail(err)
	}
	src := live
	if p := r.header.Parent; p != nil {
		recorded := p.Director == DirectorRecorded
		src = &continuation{tape: &tape{ticks: r.given}, until: p.At, live: live, check: !recorded, tapeFirst: recorded,
			fail: fail}
	}
	if r.resumed {
		src = &continuation{tape: &tape{ticks: r.past}, until: r.future, live: src, check: true, fail: fail}
	}
	if src == nil {
		src = &tape{}
	}
	return src
}

// Finish ends a run that was played to its end, or that cannot go on because a hazard failed: it writes the last
// keyframe and the end with the reason, and summary.json when there is a summary.
func (r *Recorder) Finish(w World, summary any) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return os.ErrClosed
	}
	if r.err != nil {
		return r.err
	}
	if err := r.streams.end(w); err != nil {
		return err
	}
	if err := r.scribe.end(w); err != nil {
		return err
	}
	if err := r.close(); err != nil {
		return err
	}
	if summary == nil {
		return nil
	}
	return WriteSummary(r.dir, summary)
}

// Close leaves the run as it is. Without Finish it is unfinished, and can be resumed.
func (r *Recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	return r.close()
}

func (r *Recorder) close() error {
	r.closed = true
	errs := []error{r.streams.close()}
	for _, c := range []*lineLog{&r.times, &r.journal} {
		if c.file != nil {
			errs = append(errs, c.close())
		}
	}
	return errors.Join(errs...)
}

// WriteSummary writes summary.json into a run's directory.
func WriteSummary(dir string, summary any) error {
	data, err := json.MarshalIndent(summary, "", "  ")
	if err != nil {
		return fmt.Errorf("summary: %w", err)
	}
	return writeFile(filepath.Join(dir, summaryFile), append(data, '\n'), true)
}

// WriteReport writes report.html into a run's directory and returns its path.
func WriteReport(dir string, html []byte) (string, error) {
	path := filepath.Join(dir, reportFile)
	return path, writeFile(path, html, true)
}
