package sim

import "context"

// Source gives commands: a player's window, the director's script, the standing plan, a policy, a journal, a
// generator of nonsense. It is asked once per tick.
type Source interface {
	// Commands appends to buf the commands that become due in the tick that begins now. It sees what happened in
	// the tick before and may look at the truth or at an observation through the view; it must not keep either.
	Commands(now Time, last []Event, view Viewer, buf []Command) []Command
}

// Viewer lets a Source or Sink look at a world between two ticks.
type Viewer interface {
	Now() Time
	Truth(t *Truth)
	Observe(post PostID, o *Observation)
	Snapshot(v View, s *Snapshot)
	// Layers returns all that the hazards have published: what is really so, for maps and for the director, never for
	// a player's seat. They are shared, to be read only, and valid until the next step.
	Layers() *Layers
}

// Sink takes what a run gives. An error stops the run.
type Sink interface {
	// Before gets the commands of a tick before the world uses them: what must not be lost is written here.
	Before(now Time, cmds []Command) error
	// After gets the events of the tick that ended now, in their order, and the digest when one is due.
	After(now Time, events []Event, digest *Digest, view Viewer) error
}

// Job is one run that somebody wants made: the scenario it belongs to is known to the Runner.
type Job struct {
	Name  string
	Seed  Seed
	Until Time
	// Commands are given as they are, in time order. KeepProtective false leaves out every protective order,
	// whoever gives it: that is how the reference run is made.
	Commands       []Command
	Plan           bool // the standing plan takes part
	KeepProtective bool
}

// Result is what a run left.
type Result struct {
	Events []Event
	Truth  Truth // at the end
	Roster *Roster
	Digest Digest
	Until  Time
}

// Runner makes runs. Package evaluation gets one from cmd, so that it need not know engine or lab.
type Runner interface {
	Run(ctx context.Context, job Job) (*Result, error)
}
