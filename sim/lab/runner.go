package lab

import (
	"context"
	"fmt"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

// Runner runs jobs of one scenario. It implements sim.Runner and may be used by many goroutines at once.
type Runner struct {
	Scenario *scenario.Scenario
	Films    sim.FilmStore // nil: the water is solved for every job
	Workers  int           // processors for the water of one job
}

// Run plays the job from time 0 to its end.
func (r *Runner) Run(ctx context.Context, job sim.Job) (*sim.Result, error) {
	w, err := engine.New(engine.Config{Scenario: r.Scenario, Seed: job.Seed, Workers: r.Workers, Films: r.Films,
		Reference: !job.KeepProtective})
	if err != nil {
		return nil, fmt.Errorf("lab: %s: %w", job.Name, err)
	}
	var src engine.Join
	if job.Plan {
		src = append(src, NewPlan(r.Scenario, w.Names()))
	}
	src = append(src, &List{Given: job.Commands})
	source := sim.Source(src)
	if !job.KeepProtective {
		source = Unprotected{src}
	}
	all := &Collector{}
	err = engine.Drive(ctx, w, source, job.Until, all)
	_ = w.Close() // a film that cannot be kept is made again: it never fails a job
	if err != nil {
		return nil, fmt.Errorf("lab: %s: %w", job.Name, err)
	}
	res := &sim.Result{Events: all.Events, Roster: w.Roster(), Digest: w.Digest(), Until: w.Now()}
	w.Truth(&res.Truth)
	return res, nil
}

// List is a source that gives commands from a list in time order, each in the tick of its instant.
type List struct {
	Given []sim.Command
	next  int
}

// Commands gives what is due.
func (l *List) Commands(now sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	for l.next < len(l.Given) && l.Given[l.next].At < now.Add(sim.Tick) {
		buf = append(buf, l.Given[l.next])
		l.next++
	}
	return buf
}

// Skip leaves out the commands before an instant: they have been played already.
func (l *List) Skip(before sim.Time) {
	for l.next < len(l.Given) && l.Given[l.next].At < before {
		l.next++
	}
}

// Unprotected passes on everything that its source gives but protective orders: what is left is the reference run.
type Unprotected struct{ From sim.Source }

// Commands gives what is not protective.
func (u Unprotected) Commands(now sim.Time, last []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	from := len(buf)
	buf = u.From.Commands(now, last, v, buf)
	kept := buf[:from]
	for _, c := range buf[from:] {
		if spec := sim.OrderByName(c.Order); spec != nil && spec.Protective {
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// Collector is a sink that keeps all events.
type Collector struct{ Events []sim.Event }

// Before does nothing.
func (c *Collector) Before(sim.Time, []sim.Command) error { return nil }

// After keeps the events.
func (c *Collector) After(_ sim.Time, events []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	c.Events = append(c.Events, events...)
	return nil
}
