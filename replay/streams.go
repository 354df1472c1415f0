package replay

import (
	"errors"
	"path/filepath"

	"sandtable/sim"
)

// streams are the two packed files of a run that can be made again: events and telemetry.
type streams struct {
	events    *eventLog
	telemetry *telemetryLog
	truth     sim.Truth // workspace
	begun     bool
}

// open begins both files anew. A suffix keeps them beside those that are there.
func (s *streams) open(dir, suffix string) error {
	var err error
	if s.events, err = createEvents(filepath.Join(dir, eventsFile+suffix)); err != nil {
		return err
	}
	s.telemetry, err = createTelemetry(filepath.Join(dir, telemetryFile+suffix))
	return err
}

// after writes the events of the tick that ended now, and a row after the first tick and every minute.
func (s *streams) after(now sim.Time, events []sim.Event, view sim.Viewer) error {
	if err := s.events.add(now.Add(-sim.Tick), events); err != nil {
		return err
	}
	if !rowDue(&s.begun, now) {
		return nil
	}
	return s.row(view)
}

// rowDue says whether telemetry has a row of the tick that ended now.
func rowDue(begun *bool, now sim.Time) bool {
	due := !*begun || now%sim.Time(telemetryEvery) == 0
	*begun = true
	return due
}

// lastRowDue says whether a run that ends now has a last row besides.
func lastRowDue(begun bool, now sim.Time) bool { return !begun || now%sim.Time(telemetryEvery) != 0 }

func (s *streams) row(view sim.Viewer) error {
	view.Truth(&s.truth)
	return s.telemetry.add(&s.truth)
}

// end writes the last row, unless it has just been written.
func (s *streams) end(view sim.Viewer) error {
	if !lastRowDue(s.begun, view.Now()) {
		return nil
	}
	return s.row(view)
}

// flush hands what there is to the system.
func (s *streams) flush() error { return errors.Join(s.events.flush(), s.telemetry.flush()) }

// close closes what is open.
func (s *streams) close() error {
	var errs []error
	if s.events != nil {
		errs = append(errs, s.events.close())
	}
	if s.telemetry != nil {
		errs = append(errs, s.telemetry.close())
	}
	return errors.Join(errs...)
}
