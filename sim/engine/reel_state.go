package engine

import "sandtable/sim"

// appendState saves layers, changes, and the solver when it is live. A reel that plays saves only its place: the
// film gives the rest.
func (r *reel) appendState(e *sim.Encoder) {
	e.U64(r.digest)
	r.ledger.Append(e)
	e.Time(r.next)
	e.Time(r.from)
	e.Len(len(r.past))
	for k, c := range r.past {
		c.Append(e)
		e.Bool(r.own[k])
	}
	for _, l := range r.layers {
		appendValues(e, l.Values)
	}
	e.Bool(r.live)
	if r.live {
		r.hazard.AppendState(e)
	}
}

// loadState reads what appendState wrote, and goes on with the film when there is one by now. Without it a state that
// was saved live goes on live, unfilmed; one that was saved from a film is computed again. published is the instant of
// the last publication of any hazard, or -1.
func (r *reel) loadState(d *sim.Decoder, published sim.Time) {
	r.letGo()
	r.digest = d.U64()
	r.ledger.Load(d)
	r.next, r.from = d.Time(), d.Time()
	r.loadPast(d)
	for _, l := range r.layers {
		loadValues(d, l.Values)
	}
	r.frame.sync()
	if r.live = d.Bool(); r.live {
		r.hazard.LoadState(d)
	}
	every := sim.Time(r.hazard.Interval())
	last := r.next - every // not before 0 unless nothing has been published yet
	if r.next%every != 0 || r.next <= published || last > max(published, -every) || r.from < 0 || r.from > max(last, 0) {
		d.Fail("a hazard that stands at an instant at which it cannot be")
	}
	if d.Err == nil {
		r.takeUp(d)
	}
}

// loadPast reads the changes of structures. Those from outside must be such as the hazard can have taken.
func (r *reel) loadPast(d *sim.Decoder) {
	r.past, r.own = r.past[:0], r.own[:0]
	for range d.Len(sim.ChangeSize + 1) {
		var c sim.StructureChange
		c.Load(d)
		own := d.Bool()
		if reason := r.hazard.Refuse(c, r.past); d.Err == nil && !own && !reason.Empty() {
			d.Fail("a change of a structure that cannot have been made: " + reason.EN)
		}
		r.note(c, own)
	}
}

// takeUp goes on after loading: with the film, with the solver, or with the solver brought to where the film was.
func (r *reel) takeUp(d *sim.Decoder) {
	at := r.next.Add(-r.hazard.Interval())
	if at < 0 {
		r.cue()
		return
	}
	r.reader = r.open(r.key())
	rec, ok := r.recordAt(r.reader, at)
	switch {
	case ok && rec.Digest == r.digest:
		r.live = false
	case r.live:
		r.letGo()
	default:
		if err := r.goLive(at, false); err != nil {
			d.Fail(err.Error())
		}
	}
}
