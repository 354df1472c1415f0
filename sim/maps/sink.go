package maps

import "sandtable/sim"

// Sink keeps the maps of the run that it is a sink of. It must be one from the first tick on, or begin with maps that
// were loaded.
type Sink struct {
	Threshold int32 // [mm]
	Maps      *Maps // nil before the first tick, and without a flood
	looked    bool
}

// Before does nothing.
func (s *Sink) Before(sim.Time, []sim.Command) error { return nil }

// After takes what was published in the tick.
func (s *Sink) After(_ sim.Time, _ []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	ls := view.Layers()
	if !s.looked && s.Maps == nil {
		s.Maps, s.looked = New(ls, s.Threshold), true
	}
	if s.Maps != nil {
		s.Maps.Take(ls)
	}
	return nil
}
