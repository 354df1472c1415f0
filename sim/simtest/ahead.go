package simtest

import (
	"bytes"

	"sandtable/sim"
)

// aheadAt are the publications at which the kit forecasts, aheadLength how many publications its members go.
var aheadAt = [...]int{0, 5, 17}

const aheadLength = 6

// ahead checks the promises of sim.Forecaster: members that begin with the layers of the present, do not depend on the
// number of workers, and leave the hazard as it was. A hazard that does not forecast has nothing to show.
func (k kit) ahead(t reporter) {
	r, other := k.start(t, 1), k.start(t, 7)
	f, ok := r.hazard.(sim.Forecaster)
	if !ok || !f.Outlook().Wanted() {
		return
	}
	for _, fault := range f.Outlook().Faults(r.hazard.Interval()) {
		t.Errorf("%s: %s", fault.Path, fault.Text.EN)
	}
	if s, ok := k.spec.(sim.Outlooker); !ok {
		t.Error("the spec does not say when the hazard forecasts")
	} else if a, b := s.Outlook(), f.Outlook(); a.First != b.First || a.Every != b.Every || a.Lead != b.Lead ||
		a.Step != b.Step || a.Members != b.Members || a.Delay != b.Delay {
		t.Errorf("the spec announces %+v, the hazard %+v", a, b)
	}
	for _, at := range aheadAt {
		r.advance(t, at)
		other.advance(t, at)
		before := r.state()
		for m := range 2 {
			one, two := r.member(t, m), other.member(t, m)
			if one.digestWithout(sim.QRain) != r.digestWithout(sim.QRain) {
				t.Fatalf("publication %d: member %d does not begin with the layers of the present", at, m)
			}
			one.advanceAlone(t, at+aheadLength)
			two.advanceAlone(t, at+aheadLength)
			if one.digest() != two.digest() {
				t.Fatalf("publication %d: member %d sees something else with 7 workers", at, m)
			}
		}
		if !bytes.Equal(before, r.state()) {
			t.Fatalf("publication %d: to look ahead changed the state", at)
		}
	}
	quiet := k.start(t, 1)
	quiet.advance(t, runLength)
	r.advance(t, runLength)
	if r.digest() != quiet.digest() || !bytes.Equal(r.state(), quiet.state()) {
		t.Error("a hazard that has looked ahead goes on otherwise than one that has not")
	}
}

// member returns a member of issue 3 that has published its start.
func (r *run) member(t reporter, m int) *run {
	t.Helper()
	h, err := r.hazard.(sim.Forecaster).Ahead(3, m)
	if err != nil {
		t.Fatalf("Ahead: %v", err)
	}
	if h.Interval() != r.hazard.Interval() {
		t.Fatalf("a member publishes every %v, the hazard every %v", h.Interval(), r.hazard.Interval())
	}
	o := &run{kit: r.kit, hazard: h, layers: sim.NewLayers(r.kit.terrain), n: r.n}
	for _, l := range h.Layers() {
		o.layers.Add(l)
	}
	o.publish(o.now())
	return o
}

// advanceAlone goes on to publication n without a change of any structure.
func (r *run) advanceAlone(t reporter, n int) {
	t.Helper()
	for r.n < n {
		r.n++
		if err := r.hazard.Advance(r.now()); err != nil {
			t.Fatalf("Advance of a member to %v: %v", r.now(), err)
		}
		r.publish(r.now())
	}
}

// digestWithout is a digest of all published values but those of one quantity: rain is a mean since the last
// publication, of which a member has had none.
func (r *run) digestWithout(but sim.Quantity) sim.Trail {
	var d sim.Trail
	for _, l := range r.layers.All() {
		if l.Key.Quantity == but {
			continue
		}
		for _, v := range l.Values {
			d.Mix(uint64(uint32(v)))
		}
	}
	return d
}
